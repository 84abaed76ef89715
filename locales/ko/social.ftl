# 다른 서비스의 계정으로 로그인.

social-or = 또는
social-continue = { $provider } 계정으로 계속하기
social-start-lead = { $provider }에서 본인인지 확인한 뒤 여기로 돌아와요.
social-start-link = { $provider }에서 본인인지 확인하면 다음부터 그 계정으로 로그인할 수 있어요.
social-again = 다시 하기
social-other-ways = 다른 방법으로 로그인
flash-linked = 연결했어요. 이제 이 방법으로도 로그인할 수 있어요.
flash-unlinked = 연결을 끊었어요.
flash-social-gone = 시간이 너무 지났어요. 처음부터 다시 해 주세요.
confirm-lead-elsewhere = 중요한 일이라 본인인지 한 번 더 확인해요. 15분 동안 유효해요.

social-denied-title = 로그인을 그만두셨어요
social-denied-body = 바뀐 것은 없고, { $provider } 쪽에서 받은 정보도 없어요.
social-stale-title = 끝난 로그인이에요
social-stale-body = 다른 창에서 시작했거나 시간이 너무 지났어요. 이 창에서 다시 시작해 주세요.
social-spent-title = 시간이 너무 지났어요
social-spent-body = { $provider }에서 받은 확인은 잠깐만 쓸 수 있어요. 한 번 더 해 주세요.
social-away-title = { $provider }에서 답이 없어요
social-away-body = 잠시 멈춘 것 같아요. 조금 뒤에 다시 하거나 다른 방법으로 로그인해 주세요.
social-refused-title = 본인인지 확인하지 못했어요
social-refused-body = { $provider }에서 온 답을 믿을 수 없어서 로그인하지 않았어요. 다시 해 주세요.
social-setup-title = { $provider } 로그인 설정에 문제가 있어요
social-setup-body = 잘못하신 게 아니에요. 이곳을 운영하는 분이 살펴봐야 해요. 지금은 다른 방법으로 로그인해 주세요.
social-no-email-title = 메일 주소가 필요해요
social-no-email-body = { $provider }에서 주소를 받지 못했어요. 다시 하면서 허용하거나 여기에서 메일 주소로 가입해 주세요.
social-other-way-title = 이미 계정이 있어요
social-other-way-body = 이 주소의 계정은 다른 방법으로 로그인해요. 전에 쓰던 방법으로 로그인한 뒤 설정의 연결에서 { $provider } 계정을 연결해 주세요.
social-taken-title = 다른 분의 { $provider } 계정이에요
social-taken-body = 이미 다른 회원의 로그인에 쓰이고 있어요. 그쪽에서 먼저 연결을 끊거나 다른 계정을 골라 주세요.
social-another-title = 다른 계정이에요
social-another-body = 지금 로그인한 계정에 연결된 { $provider } 계정을 골라 주세요.
social-closed-title = 이 방법으로는 가입할 수 없어요
social-closed-body = 지금은 새 회원을 받지 않아요. 계정이 있다면 전에 쓰던 방법으로 로그인해 주세요.
social-closed-invite = 초대받은 분만 가입할 수 있어요. 회원에게 초대 링크를 받아 열고 거기서 이어 가 주세요.
social-closed-approval = 가입은 운영자가 확인해요. 먼저 가입을 신청한 뒤 이 계정을 연결해 주세요.

social-password-title = 본인의 계정인가요?
social-password-lead = { $email } 주소의 계정이 이미 있어요. 비밀번호를 한 번 입력하면 다음부터 { $provider } 계정으로 로그인할 수 있어요.
social-password-button = { $provider } 계정 연결하기
social-password-wrong = 비밀번호가 맞지 않아요.
social-password-not-mine = 본인의 계정이 아닌가요?
social-password-new = 새 계정 만들기

connections-title = 연결
connections-lead = 여기에 로그인할 수 있는 다른 서비스의 계정이에요.
connections-none = 연결할 서비스가 없어요
connections-none-body = 이곳에서는 비밀번호로 로그인해요.
connections-since = 연결한 날:
connections-off = 이곳에서 꺼 둔 방법
connections-not-yet = 연결 전
connections-link = 연결
connections-link-of = { $provider } 계정 연결
connections-unlink = 끊기
connections-unlink-of = { $provider } 계정 연결 끊기
connections-last = 로그인할 수 있는 유일한 방법이에요. 끊기 전에 비밀번호를 정하거나 다른 계정을 연결해 주세요.
connections-no-password = 아직 비밀번호가 없어요.

job-import-photo = 프로필 사진 가져오기
