# 계정: 주소 확인, 비밀번호, 로그인, 안전.

wait-seconds = 너무 여러 번 시도했어요. { $n }초 뒤에 다시 해 주세요.
wait-minutes = 너무 여러 번 시도했어요. { $n }분 뒤에 다시 해 주세요.

error-unproven-title = 먼저 주소를 확인해 주세요
error-unproven-body = 이곳에서는 메일로 받은 코드를 입력해야 함께할 수 있어요.
error-confirm-title = 본인이신가요?
error-confirm-body = 비밀번호를 한 번 더 입력해야 해요.
flash-confirm-first = 비밀번호를 한 번 더 입력한 뒤 계속해 주세요.
flash-verify-first = 먼저 주소를 확인해 주세요. 코드는 메일에 있어요.
flash-account-kept = 다시 오셨네요. 계정은 삭제되지 않아요.
flash-address-proven = 주소가 확인되었어요.
flash-address-changed = 새 주소가 확인되었어요.
flash-code-sent = 새 코드를 보냈어요.
flash-password-changed = 비밀번호가 새로 정해졌어요. 다른 로그인은 끝났어요.
flash-sessions-ended = 그곳에서 로그아웃했어요.

field-new-password = 새 비밀번호
field-current-password = 지금 비밀번호
field-phone = 전화번호
field-birthday = 생일
field-gender = 성별
gender-untold = 밝히지 않을래요
gender-female = 여성
gender-male = 남성
gender-other = 그 밖
gender-unknown = 목록에서 골라 주세요.
phone-shape = 전화번호는 숫자 5~15자리예요. 예: 010-1234-5678
birthday-shape = 1900년부터 오늘 사이의 날이어야 해요. 예: 1990-02-28
password-wrong = 비밀번호가 맞지 않아요.

signin-forgot = 비밀번호를 잊으셨나요?

verify-title = 주소 확인
verify-lead = { $email } 주소로 코드를 보냈어요. 10분 안에 입력해 주세요.
verify-lead-first = { $email } 주소로 보낸 코드를 여기에 입력하면 돼요.
verify-code = 메일로 받은 코드
verify-hint = 숫자 여섯 자리
verify-button = 확인
verify-missing = 메일이 없나요? 스팸함을 살펴보거나
verify-again = 코드 다시 보내기
verify-again-in = { $n }초 뒤 코드 다시 보내기
verify-send = 코드 보내기
verify-wrong-address = 주소가 다른가요?
verify-other-address = 바꾸기
verify-keep = 마음이 바뀌었나요?
verify-cancel = 지금 주소 그대로 쓰기
code-wrong = 코드가 맞지 않아요. { $left }번 더 해 볼 수 있어요.
code-gone = 이 코드는 더 쓸 수 없어요. 다시 보내 주세요.
mail-folder = 메일 서버가 없어서 메일은 이 컴퓨터에 파일로 있어요:
verify-banner = 주소를 확인해 주세요. { $email } 주소로 코드를 보냈어요.
verify-banner-link = 코드 입력

forgot-title = 새 비밀번호
forgot-lead = 메일 주소를 알려 주시면 새 비밀번호를 정하는 링크를 보내 드려요.
forgot-button = 링크 보내기
forgot-sent-title = 메일을 확인해 주세요
forgot-sent = { $email } 주소의 계정이 있다면 링크가 곧 도착해요. 한 시간 동안 쓸 수 있어요.
forgot-nothing = 몇 분이 지나도 없나요? 스팸함을 살펴보거나 다른 주소로 해 보세요.
forgot-back = 로그인으로 돌아가기
reset-title = 새 비밀번호 정하기
reset-lead = { $name } 계정이에요. 모든 로그인이 끝나요.
reset-button = 비밀번호 정하기
reset-gone-title = 끝난 링크예요
reset-gone = 링크는 한 시간 안에 한 번만 쓸 수 있어요. 다시 요청해 주세요.
reset-another = 링크 다시 요청

confirm-title = 본인이신가요?
confirm-lead = 중요한 일이라 비밀번호를 한 번 더 물어요. 15분 동안 유효해요.
confirm-button = 계속
confirm-without-password = 이 계정에는 비밀번호가 없어요. 로그아웃했다가 다시 로그인한 뒤 돌아와 주세요.

banned-title = 정지된 계정이에요
banned-lead = 관리자가 이 계정을 정지했어요.
banned-until = 관리자가 이 계정을 정지했어요. 끝나는 때:
banned-reason = 이유

sessions-title = 로그인한 기기
sessions-lead = 지금 로그인한 곳이에요. 모르는 곳이 있으면 끝내고 비밀번호를 바꿔 주세요.
sessions-now = 지금
sessions-current = 이 기기
sessions-end = 끝내기
sessions-end-of = { $device }에서 로그아웃
sessions-end-others = 다른 곳 모두 끝내기
sessions-end-others-words = 여기는 그대로 두고 다른 곳은 바로 로그아웃해요.
sessions-unknown = 모르는 기기가 있나요?

security-title = 보안
password-change = 비밀번호 바꾸기
password-set = 비밀번호 정하기
password-none-yet = 다른 서비스로 로그인해서 아직 비밀번호가 없어요.
password-ends-sessions = 비밀번호를 바꾸면 다른 로그인은 모두 끝나요.
security-log = 계정에 있었던 일
security-log-words = 지난 90일이에요. 모르는 일이 있으면 비밀번호를 바꿔 주세요.
security-log-empty = 지난 90일 동안 아무 일도 없었어요.
security-log-more = 이전 기록
security-signed-up = 계정을 만듦
security-signed-in = 로그인
security-refused = 이 로그인 전 틀린 비밀번호:
security-signed-out = 로그아웃
security-sessions-ended = 끝낸 로그인:
security-password-changed = 비밀번호를 바꿈
security-password-reset = 링크로 비밀번호를 새로 정함
security-address-proven = 주소 확인:
security-address-changed = 바꾼 주소:
security-second-factor-on = 2단계 로그인을 켬
security-second-factor-off = 2단계 로그인을 끔
security-second-factor-removed = 관리자가 2단계 로그인을 없앰
security-recovery-code-used = 복구 코드를 씀
security-recovery-codes-made = 복구 코드를 새로 만듦
security-linked = 연결함:
security-unlinked = 연결을 끊음:
security-exported = 내 자료 파일을 만듦
security-imported = 다른 곳의 게시물을 가져옴
security-deletion-planned = 삭제를 예약함
security-deletion-stopped = 로그인해서 삭제를 멈춤
security-banned = 관리자가 정지함
security-unbanned = 정지가 풀림

account-title = 계정
account-proven = 확인됨
account-unproven = 확인 전
account-prove = 확인하기
account-next-email = { $email } 주소가 확인을 기다려요.
account-enter-code = 코드 입력
account-new-email = 다른 주소
account-email-hint = 그 주소로 보낸 코드를 입력하면 바뀌어요. 이전 주소에는 알림이 가요.
account-change-email = 주소 바꾸기
account-details = 자세한 정보
account-details-words = 나와 관리자만 볼 수 있어요.

mails-choose = 받고 싶은 메일
mails-always = 안전에 관한 메일(코드, 비밀번호, 주소)은 항상 가요.
