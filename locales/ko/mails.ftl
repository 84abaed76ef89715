# 메일에 적히는 말. 문단은 빈 줄로 나뉘어요.

mail-greeting = { $name }님, 안녕하세요.
mail-footer = { $site } 픽스타그램의 { $name } 계정 때문에 보내는 메일이에요.
mail-stop = 이런 메일 그만 받기
mail-link = 버튼이 안 되면 이 주소를 열어 주세요:
mail-not-you = 직접 하지 않았다면 다른 사람이 계정에 들어왔을 수 있어요. 바로 비밀번호를 바꿔 주세요. 그러면 모든 로그인이 끝나요.

mail-kind-verify = 주소 확인
mail-kind-welcome = 환영 인사
mail-kind-exists = 이미 있는 주소로 가입
mail-kind-change = 새 주소 확인
mail-kind-changed = 주소가 바뀜
mail-kind-reset = 새 비밀번호 링크
mail-kind-password-changed = 비밀번호가 바뀜
mail-kind-device = 새 기기에서 로그인
mail-kind-second-factor-on = 2단계 로그인 켜짐
mail-kind-second-factor-off = 2단계 로그인 꺼짐
mail-kind-second-factor-removed = 2단계 로그인 제거됨
mail-kind-linked = 계정 연결됨
mail-kind-unlinked = 계정 연결 끊김
mail-kind-approved = 가입 승인
mail-kind-refused = 가입 거절
mail-kind-banned = 계정 정지
mail-kind-export = 내 자료 준비됨
mail-kind-deletion = 삭제 예정
mail-kind-deleted = 계정 삭제됨

mail-verify-subject = 픽스타그램 확인 코드 { $code }
mail-verify-body =
    이 주소가 본인 것인지 확인하려면 아래 코드를 입력해 주세요. 10분 동안 쓸 수 있어요.
mail-verify-after = 가입한 적이 없다면 누군가 주소를 잘못 적은 거예요. 이 메일은 그냥 두세요.

mail-welcome-subject = 픽스타그램에 오신 걸 환영해요
mail-welcome-body =
    주소가 확인되었어요. 와 주셔서 반가워요.

    첫 사진을 올리거나, 마음에 드는 사진을 올리는 사람을 팔로우해 보세요. 올라온 사진이 홈에서 기다려요.
mail-welcome-button = 둘러보기

mail-exists-subject = 이미 계정이 있어요
mail-exists-body =
    누군가(어쩌면 본인이) 방금 이 주소로 가입했어요. 이 주소는 이미 { $name } 계정의 것이라서 바뀐 것은 없어요.
mail-exists-button = 로그인
mail-exists-after = 비밀번호를 잊었다면 로그인 화면에서 새로 정할 수 있어요.

mail-change-subject = 새 주소 확인 코드 { $code }
mail-change-body =
    이 주소를 계정의 주소로 쓰려면 아래 코드를 입력해 주세요. 10분 동안 쓸 수 있어요.
mail-change-after = 요청한 적이 없다면 그냥 두세요. 코드가 없으면 아무것도 바뀌지 않아요.

mail-changed-subject = 메일 주소가 바뀌었어요
mail-changed-body =
    이제부터 계정에 관한 메일은 { $to } 주소로 가요.

mail-reset-subject = 새 비밀번호
mail-reset-body =
    누군가(어쩌면 본인이) { $name } 계정의 새 비밀번호를 요청했어요. 아래 링크는 한 시간 안에 한 번만 쓸 수 있어요.
mail-reset-button = 새 비밀번호 정하기
mail-reset-after = 요청한 적이 없다면 그냥 두세요. 비밀번호는 그대로예요.

mail-password-subject = 비밀번호가 바뀌었어요
mail-password-body =
    계정의 비밀번호가 새로 정해졌어요. 다른 로그인은 모두 끝났어요.
mail-forgot-button = 제가 한 게 아니에요

mail-device-subject = 새 기기에서 로그인했어요
mail-device-body =
    누군가(어쩌면 본인이) 계정에 로그인했어요.

    기기: { $device }
    주소: { $address }
    시각: { $time }
mail-device-button = 로그인 기록 보기

mail-2fa-on-subject = 2단계 로그인이 켜졌어요
mail-2fa-on-body =
    이제부터 로그인할 때 앱의 코드도 물어요. 복구 코드는 찾기 쉬운 곳에 보관해 주세요.

mail-2fa-off-subject = 2단계 로그인이 꺼졌어요
mail-2fa-off-body =
    이제부터 비밀번호만으로 로그인해요.

mail-2fa-removed-subject = 2단계 로그인이 제거되었어요
mail-2fa-removed-body =
    관리자가 로그인의 두 번째 단계를 없앴어요. 다시 설정할 때까지 비밀번호만으로 로그인해요.

mail-linked-subject = 계정에 { $provider } 연결됨
mail-linked-body =
    이제부터 { $provider } 계정으로 로그인할 수 있어요.

mail-unlinked-subject = { $provider } 연결이 끊겼어요
mail-unlinked-body =
    이제 { $provider } 계정으로는 로그인할 수 없어요.

mail-approved-subject = 가입이 승인되었어요
mail-approved-body =
    신청이 승인되었어요. 정한 이름과 비밀번호로 로그인해 주세요.
mail-approved-button = 로그인

mail-refused-subject = 가입 신청에 관하여
mail-refused-body =
    신청이 승인되지 않았어요.
mail-refused-body-answer =
    신청이 승인되지 않았어요. 관리자가 남긴 말이에요:

    { $answer }

mail-banned-subject = 계정이 정지되었어요
mail-banned-body =
    관리자가 계정을 정지했어요. 이유:

    { $reason }
mail-banned-body-until =
    관리자가 { $until }까지 계정을 정지했어요. 이유:

    { $reason }

mail-export-subject = 내 자료가 준비되었어요
mail-export-body =
    지금까지 올린 것이 담긴 파일이 준비되었어요. 로그인하면 { $until }까지 내려받을 수 있어요.
mail-export-button = 파일 받기

mail-deletion-subject = 계정이 삭제될 예정이에요
mail-deletion-body =
    { $day }에 게시물, 사진, 댓글이 모두 사라져요. 그 전에 로그인하면 멈춰요.
mail-deletion-button = 로그인해서 계정 지키기

mail-deleted-subject = 계정이 삭제되었어요
mail-deleted-body =
    모든 것이 지워졌어요. 그동안 함께해 주셔서 고마워요.

unsubscribe-title = 메일
unsubscribe-words = 한 번 누르면 이런 메일이 더는 가지 않아요.
unsubscribe-button = 그만 받기
unsubscribe-done = 이제 이런 메일은 가지 않아요. 설정에서 다시 켤 수 있어요.
unsubscribe-settings = 메일 설정 모두 보기
