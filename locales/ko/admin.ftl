# 관리자가 읽는 말과 가입에 관한 말.

admin-users = 사람들
admin-registrations = 가입 신청
admin-invites = 초대
admin-mail = 메일
admin-audit = 관리 기록
admin-open = 관리 열기
admin-waiting = { $count }명이 기다려요
list-first = 처음으로
list-more = 더 보기
list-tick-all = 이 페이지에서 모두 고르기

job-send-mail = 메일 보내기
job-forget-mails = 오래된 메일 기록 지우기
job-upkeep = 날마다 하는 계정 정리

people-search = 이름 또는 이메일
people-find = 찾기
people-export = CSV로 내보내기
people-by-status = 상태별
people-everybody = 모두
people-active = 활동 중
people-unproven = 이메일 확인 전
people-banned = 정지
people-admins = 관리자
people-leaving = 떠날 예정
people-none = 아무도 없어요
people-none-yet = 아직 가입한 사람이 없어요.
people-none-body = 이름이나 주소의 앞부분으로 찾아보세요.
people-all = 모두 보기
people-name = 이름
people-status = 상태
people-posts = 게시물
people-storage = 저장 공간
people-seen = 마지막 접속
people-joined = 가입
people-sessions = 로그인한 기기
people-second-factor = 2단계 로그인
people-on = 켜짐
people-off = 꺼짐
people-providers = 연결된 로그인
people-admin = 관리자
people-tick-one = { $name }님 고르기
people-chosen-label = 고른 사람들을
people-choose-some = 한 사람 이상 골라 주세요.
people-back = 모두 보기로 돌아가기
people-profile = 프로필
people-account = 계정
people-log = 계정에 있었던 일
people-acts = 할 수 있는 일
people-sign-out = 모든 곳에서 로그아웃
people-ban = 정지하기
people-ban-change = 정지 바꾸기
people-unban = 정지 풀기
people-remove-second-factor = 2단계 로그인 없애기
people-yourself = 본인이에요. 정지는 다른 관리자만 할 수 있어요.

status-active = 활동 중
status-unproven = 이메일 확인 전
status-banned = 정지됨
status-banned-until = 정지됨, 끝나는 때
status-leaving = 떠나는 때

ban-title-one = { $name }님을 정지할까요?
ban-title = { $count }명을 정지할까요?
ban-words = 바로 로그아웃되고 그동안 로그인할 수 없어요. 올린 것은 그대로 있어요. 이유는 메일로 알려 드려요.
ban-term = 기간
ban-one-day = 하루
ban-one-week = 일주일
ban-one-month = 30일
ban-for-good = 풀 때까지
ban-term-unknown = 기간을 골라 주세요.
ban-reason = 이유
ban-reason-hint = 본인도 읽어요.
ban-reason-required = 이유를 적어 주세요. 본인에게 알려 줘요.
reason-long = { $limit }자까지 쓸 수 있어요.
second-factor-title = { $name }님의 2단계 로그인을 없앨까요?
second-factor-words = 누가 부탁하는지 분명할 때만 해 주세요. 그 뒤에는 비밀번호만으로 로그인해요. 본인에게 메일이 가요.

flash-people-banned =
    { $rest ->
        [0] { $count }명을 정지했어요.
       *[other] { $count }명을 정지했어요. { $rest }명은 할 수 없었어요.
    }
flash-people-unbanned =
    { $rest ->
        [0] { $count }명의 정지를 풀었어요.
       *[other] { $count }명의 정지를 풀었어요. { $rest }명은 정지 중이 아니었어요.
    }
flash-people-signed-out =
    { $rest ->
        [0] { $count }명을 모든 곳에서 로그아웃했어요.
       *[other] { $count }명을 로그아웃했어요. { $rest }명은 로그인해 있지 않았어요.
    }
flash-second-factors-removed =
    { $rest ->
        [0] { $count }명의 2단계 로그인을 없앴어요.
       *[other] { $count }명의 2단계 로그인을 없앴어요. { $rest }명은 쓰지 않았어요.
    }

applications-waiting = 기다리는 중
applications-refused = 거절
applications-reason = 함께하고 싶은 이유
applications-since = 언제부터
applications-answer = 답:
applications-approve = 승인
applications-decline = 거절
applications-choose-some = 신청을 하나 이상 골라 주세요.
applications-none = 기다리는 사람이 없어요
applications-none-body = 가입을 신청한 사람이 결정될 때까지 여기에 있어요.
applications-none-refused = 거절한 신청이 없어요
applications-none-refused-body = 거절한 신청은 한 달 동안 여기에 있어요.
applications-not-needed = 지금은 신청을 받지 않아요. 관리자가 가입을 결정하려면:
decline-title-one = { $name }님의 신청을 거절할까요?
decline-title = 신청 { $count }건을 거절할까요?
decline-words = 메일을 받고, 적어 주신 답을 읽게 돼요.
decline-answer = 답
flash-approved =
    { $rest ->
        [0] { $count }명을 승인했어요.
       *[other] { $count }명을 승인했어요. { $rest }명은 더는 할 수 없었어요.
    }
flash-declined =
    { $rest ->
        [0] { $count }명을 거절했어요.
       *[other] { $count }명을 거절했어요. { $rest }명은 이미 결정되었어요.
    }

mail-all = 모두
mail-waiting = 대기 중
mail-sent = 보냄
mail-failed = 실패
mail-what = 메일
mail-made = 만든 때
mail-went = 보낸 때
mail-retry = 실패한 메일 다시 시도
mail-none = 메일이 없어요
mail-none-body = 코드와 링크, 알림 메일이 한 달 동안 여기에 보여요. 누구에게 갔는지만 보이고 내용은 보이지 않아요.

audit-person = 사람 이름
audit-what = 한 일
audit-whom = 대상
audit-who = 한 사람
audit-detail = 자세히
audit-when = 때
audit-none = 아직 한 일이 없어요
audit-all = 모두 보기
audit-more = 기록 모두 보기
audit-operator = 서버에서
audit-banned = 정지함
audit-unbanned = 정지를 풂
audit-sessions-ended = 모든 곳에서 로그아웃함
audit-second-factor-removed = 2단계 로그인을 없앰
audit-approved = 가입 승인
audit-declined = 가입 거절
audit-invite-made = 초대 링크를 만듦
audit-invite-revoked = 초대 링크를 거둠
audit-people-exported = 사람 목록을 내보냄
audit-jobs-retried = 작업을 다시 실행
audit-jobs-cancelled = 작업을 취소
audit-admin-made = 관리자를 만듦
audit-reset-link-made = 새 비밀번호 링크를 만듦

invites-title = 초대
invites-lead = 링크가 있으면 아는 사람이 여기에 가입할 수 있어요.
invites-new = 새 링크
invites-links = 링크
invites-none = 아직 링크가 없어요.
invites-not-needed = 지금은 초대 없이도 돼요. 초대 링크로만 가입하게 하려면:
invite-uses = 몇 명까지
invite-uses-range = 1부터 { $most }까지의 숫자를 적어 주세요.
invite-expiry = 쓸 수 있는 기간
invite-one-day = 하루
invite-one-week = 일주일
invite-one-month = 30일
invite-no-end = 끝없이
invite-expiry-unknown = 기간을 골라 주세요.
invite-note = 메모
invite-note-hint = 누구를 위한 링크인지 적어 두세요. 받는 사람은 볼 수 없어요.
invite-note-long = { $limit }자까지 쓸 수 있어요.
invite-make = 링크 만들기
invite-too-many = 열린 링크가 { $most }개예요. 하나를 먼저 거둬 주세요.
invite-used = { $most }명 중 { $n }명이 씀
invite-guests = 들어온 사람:
invite-guests-more = 외 { $n }명
people-invited-by = 초대한 사람
invite-until = 끝나는 때
invite-open = 열림
invite-used-up = 다 씀
invite-expired = 기간이 끝남
invite-revoked = 거둠
invite-copy = 링크 복사
invite-copied = 복사했어요. 보내고 싶은 사람에게 보내세요.
invite-revoke = 거두기
flash-invite-made = 링크가 준비됐어요. 복사해서 보내세요.
flash-invite-revoked = 링크를 거뒀어요.

field-invite = 받은 초대 링크
invite-needed = 받은 링크를 붙여 넣어 주세요.
invite-not-good = 더는 쓸 수 없는 링크예요. 다른 링크를 부탁해 보세요.
signup-invited = { $name }님이 초대했어요. 사진과 사진을 좋아하는 사람들이 있는 곳이에요.
signup-invite-title = 초대로 가입해요
signup-invite-lead = 이곳은 회원의 초대로 들어와요. 받은 링크를 붙여 넣어 주세요.
signup-invite-button = 계속
signup-closed-title = 지금은 가입할 수 없어요
signup-closed-lead = 둘러보는 것은 언제나 괜찮아요.
signup-approval = 함께하고 싶은 분의 이야기를 읽고 결정해요. 조금만 들려주세요.
signup-apply = 신청하기
field-reason = 왜 함께하고 싶으신가요?
reason-hint = 관리자만 읽어요.
reason-required = 한 문장이면 충분해요.
flash-applied = 고마워요. 신청을 받았어요.
flash-withdrawn = 신청과 적어 주신 내용을 모두 지웠어요.
standing-title = 가입 신청
standing-waiting = 곧 읽어 볼게요
standing-waiting-mail = 결정되면 { $email } 주소로 알려 드려요.
standing-waiting-lead = 여기로 다시 오거나, 이름과 비밀번호로 로그인하면 결과를 볼 수 있어요.
standing-since = 신청한 때
standing-reason = 적어 주신 이유
standing-changed-mind = 마음이 바뀌었나요?
standing-withdraw = 신청 거두기
standing-refused = 이번에는 함께하지 못해요
standing-refused-lead = { $name }님의 신청이 받아들여지지 않았어요.
standing-again = 다시 신청
standing-forget = 지우기
standing-in = 이제 들어올 수 있어요
standing-in-lead = { $name }님, 환영해요. 계정이 준비됐어요.
