# 사람이 읽는 모든 말. 이름은 영어 파일과 같아야 하고, 테스트가 비교해요.

site-description = 사진과 사진을 좋아하는 사람들을 위한 작은 자리.
skip-to-content = 본문으로 바로 가기
dismiss = 닫기
cancel = 취소
save-changes = 저장하기
try-again = 다시 시도
share = 공유
edited = 고침
close = 닫기
close-without-saving = 저장하지 않고 닫기
count-of = { $n } / { $limit }

nav-label = 주 메뉴
nav-home = 홈
nav-explore = 둘러보기
nav-new = 새 게시물
nav-profile = 내 프로필
nav-sign-in = 로그인
nav-settings = 설정
sign-out = 로그아웃

time-just-now = 방금 전
time-minutes = { $n }분 전
time-hours = { $n }시간 전
time-days = { $n }일 전
time-now = 지금
time-in-seconds = { $n }초 뒤
time-in-minutes = { $n }분 뒤
time-in-hours = { $n }시간 뒤
time-in-days = { $n }일 뒤
date-this-year = { $month } { $day }일
date-full = { $year }년 { $month } { $day }일
date-time = { $year }년 { $month } { $day }일 { $time }
date-month = { $year }년 { $month }
month-1 = 1월
month-2 = 2월
month-3 = 3월
month-4 = 4월
month-5 = 5월
month-6 = 6월
month-7 = 7월
month-8 = 8월
month-9 = 9월
month-10 = 10월
month-11 = 11월
month-12 = 12월

flash-welcome = 반가워요. 계정이 준비됐어요.
flash-signed-out = 로그아웃했어요.
flash-sign-in-first = 먼저 로그인해 주세요.
flash-settings-saved = 저장했어요.
flash-profile-saved = 프로필을 저장했어요.
flash-post-shared = 게시물을 올렸어요.
flash-post-saved = 고친 내용을 저장했어요.
flash-post-deleted = 게시물을 지웠어요.
flash-photo-deleted = 사진을 뺐어요.
flash-jobs-retried = { $count ->
    [0] 다시 실행할 작업이 없었어요.
   *[other] 작업 { $count }개를 다시 실행해요.
} { $rest ->
    [0] {""}
   *[other] { $rest }개는 이미 끝났어요.
}
flash-jobs-cancelled = { $count ->
    [0] 취소한 작업이 없어요.
   *[other] 작업 { $count }개를 취소했어요.
} { $rest ->
    [0] {""}
   *[other] { $rest }개는 이미 끝났거나 취소할 수 없어요.
}
flash-jobs-stopping = 작업 { $count }개를 멈추고 있어요. { $rest ->
    [0] {""}
   *[other] { $rest }개는 이미 끝났거나 취소할 수 없어요.
}
flash-jobs-removed = 실패한 작업 { $count }개를 없앴어요. { $rest ->
    [0] {""}
   *[other] { $rest }개는 이미 없었어요.
}

field-username = 사용자 이름
field-email = 이메일
field-password = 비밀번호
field-password-again = 비밀번호 한 번 더
field-description = 소개
field-optional = (선택)
field-caption = 글
field-alt = 사진 { $n }에는 무엇이 있나요?
field-alt-hint = 사진을 볼 수 없는 사람을 위한 설명
field-avatar = 프로필 사진

signup-title = 가입하기
signup-heading = 편하게 자리 잡으세요
signup-lead = 사진과 사진을 좋아하는 사람들을 위한 작은 자리예요.
signup-button = 계정 만들기
signup-already = 이미 계정이 있나요?
signup-again = { $count }가지를 다시 봐 주세요.
signup-kept = 나머지는 그대로 있어요. 비밀번호만 다시 적어 주세요.
signup-leave-empty = 이 칸은 비워 두세요
signup-robot = 사람이 아닌 것처럼 보였어요. 숨은 칸을 비우고 다시 시도해 주세요.

signin-heading = 다시 만나서 반가워요
signin-lead = 로그인하면 사진을 올리고 좋아요를 누를 수 있어요.
signin-name = 사용자 이름 또는 이메일
signin-new = 처음이신가요?
signin-create = 계정 만들기
signin-wrong = 이름이나 비밀번호가 맞지 않아요. 다시 확인해 주세요.
signin-wrong-address = 이메일이나 비밀번호가 맞지 않아요. 이메일을 확인하기 전이라면 사용자 이름으로 로그인해 주세요.
signin-unreadable = 저장된 비밀번호를 읽을 수 없어요. 관리자에게 알려 주세요.

username-required = 이름을 정해 주세요. 사람들이 이 이름으로 찾아와요.
username-shape = 영문자로 시작하고, 영문자와 숫자, _만 쓸 수 있어요.
username-long = 64자까지 쓸 수 있어요.
username-taken = 이미 쓰고 있는 이름이에요.
username-too-many = 지금까지 쓴 이름 { $limit }개가 모두 나에게 이어져 있어요. 그중 하나를 다시 골라 주세요.
username-reserved = 사이트가 쓰는 이름이에요. 다른 이름을 골라 주세요.
username-suggestion = { $name } 이름은 쓸 수 있어요.
username-hint = 예전 이름으로 된 링크도 그대로 이어져요.
email-required = 이메일 주소를 적어 주세요.
email-long = 256자까지 쓸 수 있어요.
email-shape = 이메일 주소처럼 보이지 않아요. name@example.org 같은 모양이어야 해요.
email-taken = 이 주소로 만든 계정이 이미 있어요. 로그인해 볼까요?
password-hint = 8자 이상. 짧은 문장이면 좋아요.
password-required = 비밀번호를 정해 주세요.
password-short = { $least }자 이상이어야 해요.
password-long = { $most }자까지 쓸 수 있어요.
password-same = 이름이나 주소와 같으면 너무 쉽게 알 수 있어요.
password-common = 흔한 비밀번호 목록에 있어요. 다른 것을 골라 주세요.
password-different = 처음에 적은 것과 달라요.
description-long = { $limit }자까지 쓸 수 있어요.

settings-profile = 내 프로필
settings-account = 내 계정
settings-language = 언어
settings-browser-language = 브라우저와 같게
settings-appearance = 화면
settings-system = 시스템과 같게
settings-light = 밝게
settings-dark = 어둡게
settings-session = 이 기기

home-empty-title = 아직 벽이 비어 있어요
home-empty-body = 사진이 새것부터 여기에 걸려요. 첫 사진을 올려 보세요.
home-empty-share = 사진 올리기
feed-more = 게시물 더 보기
people-more = 더 보기
caught-up-title = 모두 봤어요
caught-up-body = 여기까지가 전부예요.
caught-up-explore = 모든 사진 한눈에 보기
aside-label = 나와 이곳에 대해
aside-welcome = 어서 오세요
aside-signed-in = 로그인했어요
tag-empty-title = 아직 아무것도 없어요
tag-empty-body = #{ $tag } 태그가 달린 게시물이 없어요. 글에 적으면 첫 게시물이 돼요.

photo-by = { $name } 님의 사진
photo-number = 사진 { $n }
photo-processing = 사진을 준비하고 있어요.
photo-processing-note = 다른 곳을 보고 있어도 저절로 나타나요.
photo-failed = 이 사진은 준비하지 못했어요.
photo-failed-lost = 저장해 둔 파일을 찾을 수 없어요.
photo-failed-storage = 저장소가 응답하지 않았어요.
photo-failed-limits = 지금 이 사이트가 받는 크기를 넘어요.
photo-failed-internal = 저희 쪽에서 문제가 생겼어요.
photo-failed-cancelled = 다 되기 전에 멈췄어요.
album-of = 사진 { $count }장
likes-label = 좋아요:
carousel-label = { $name } 님의 사진 { $count }장
carousel-strip = 사진, 옆으로 넘기기
carousel-item = 사진 { $n } / { $count }
carousel-previous = 이전 사진
carousel-next = 다음 사진
caption-more = 더 보기
caption-more-of = ({ $name }님의 글)

post-menu = 게시물 메뉴
post-open = 게시물 열기
downloads-title = 사진 내려받기
downloads-original = 원본, { $width } × { $height }
downloads-original-hint = 원본은 나만 내려받을 수 있어요. 촬영 장소를 비롯해 카메라가 남긴 정보가 그대로 들어 있어요.
downloads-failed = 크기별 사진을 만들지 못했어요.
post-copy-link = 링크 복사
link-copied = 링크를 복사했어요
post-edit = 게시물 고치기
post-delete = 게시물 지우기
like-label = 좋아요 { $count }
likes-of-mine = 좋아요 { $count }, 누가 좋아했는지 보기
liked-by = { $count }명이 좋아해요
likes-title = 좋아한 사람
likes-none = 아직 좋아요가 없어요
likes-none-body = 누군가 이 게시물을 좋아하면 여기에 보여요.
back-to-post = 게시물로 돌아가기
more-from = { $name } 님의 다른 사진
more-from-all = 사진 모두 보기
delete-title = 이 게시물을 지울까요?
delete-body = 사진 { $photos }장과 좋아요 { $likes }개도 함께 사라져요. 되돌릴 수 없어요.
delete-keep = 그대로 두기
photo-delete = 사진 빼기
photo-delete-title = 이 사진을 뺄까요?
photo-delete-body = 게시물의 다른 사진은 그대로 있어요. 되돌릴 수 없어요.

photos-title = 사진
photos-count = 사진 { $n } / { $most }
photos-reorder = 끌어서 옮기거나 화살표를 누르세요
photos-add = 사진 고르기
photos-drop = , 여기에 놓거나 붙여 넣어도 돼요
photos-kinds = JPEG, PNG, WebP, AVIF, GIF. 하나에 { $limit } MB까지
photos-kinds-heic = JPEG, HEIC, PNG, WebP, AVIF, GIF. 하나에 { $limit } MB까지
photos-waiting = 게시물을 기다리는 사진이 벌써 { $limit }장이에요. 먼저 올리거나 빼 주세요.
photos-changed = 그사이에 이 게시물의 사진이 바뀌었어요. 다시 살펴보고 저장해 주세요.
photos-needed = 사진을 한 장 이상 골라 주세요.
photos-too-many = { $count }장은 너무 많아요. 게시물 하나에 { $limit }장까지예요.
photos-too-many-here = 게시물 하나에 { $limit }장까지라서 나머지는 빼 두었어요.
photo-one-too-many = 이 게시물에 더는 넣을 수 없어요.
photo-earlier = 사진 { $n } 앞으로 옮기기
photo-later = 사진 { $n } 뒤로 옮기기
photo-remove = 사진 { $n } 빼기
photo-preview = 사진 { $n } 미리 보기
photo-take = 사진 찍기
photo-sending = 사진 { $n } 보내는 중
photo-there = 사진 { $n } 도착했어요.
photo-moved = 사진 { $n } 순서가 { $to }번째로 바뀌었어요.
photo-gone = 이 사진은 이제 여기에 없어요. 다시 골라 주세요.
photo-twice = 이미 이 게시물에 넣은 사진이에요.
photo-empty = 빈 파일이에요.
photo-not-a-picture = 사진이 아니에요.
photo-svg = SVG 그림은 올릴 수 없어요. PNG로 저장해서 올려 보세요.
photo-unsupported = { $what } 파일은 올릴 수 없어요. JPEG, PNG, WebP, AVIF, GIF는 돼요.
photo-unsupported-heic = { $what } 파일은 올릴 수 없어요. JPEG, HEIC, PNG, WebP, AVIF, GIF는 돼요.
photos-room = { $limit } 중 { $used }를 쓰고 있어요.
photos-over-quota = { $more }를 더 올릴 자리가 없어요. { $limit } 중 { $used }를 쓰고 있어요. 오래된 사진을 지우면 자리가 생겨요.
photo-too-large = 너무 커요. 사진 하나에 { $limit } MB까지예요.
photo-too-many-pixels = { $width } × { $height } 픽셀은 너무 많아요. { $limit } 메가픽셀까지예요.
photo-side-too-long = 한 변이 { $limit }픽셀보다 길어요.
photo-too-many-frames = 움직이는 그림의 장면이 너무 많아요. 이 크기에서는 { $limit }장까지예요.
photo-too-slow = 파일을 여는 데 너무 오래 걸려요. 다시 내보내서 올려 보세요.
photo-damaged = 파일이 깨졌거나 온전하지 않아요. 다시 내보내서 올려 보세요.
alts-summary = 사진 설명 쓰기
alts-hint = 고른 순서대로 사진마다 한 줄씩 적어 주세요.
alt-long = { $limit }자까지 쓸 수 있어요. 지금은 { $count }자예요.
caption-placeholder = 거기는 어땠어요?
caption-long = { $limit }자까지 쓸 수 있어요. 지금은 { $count }자예요.
share-button = 올리기
share-again = 아직 올리지 않았어요.
share-kept = 적은 글은 그대로 있어요. 사진만 다시 골라 주세요.
share-kept-photos = 적은 글과 여기 보이는 사진은 그대로 있어요. 다른 파일은 다시 골라 주세요.
share-waits-one = 사진 한 장을 아직 보내고 있어요.
share-waits-some = 사진 { $n }장을 아직 보내고 있어요.
share-broken-one = 사진 한 장을 보내지 못했어요. 다시 시도하거나 빼 주세요.
share-broken-some = 사진 { $n }장을 보내지 못했어요. 다시 시도하거나 빼 주세요.
share-bare-one = 사진 한 장에 아직 설명이 없어요.
share-bare-some = 사진 { $n }장에 아직 설명이 없어요.
share-sharing = 게시물을 올리고 있어요
shared-title = 함께 공개할 정보
shared-lead = 사진 파일에는 보이는 것보다 많은 정보가 들어 있곤 해요. 켜 둔 것만 공개하고 나머지는 나만 볼 수 있어요.
shared-camera = 카메라
shared-camera-hint = 파일에 적혀 있으면
shared-date = 찍은 날
shared-date-hint = 시각은 빼고 날짜만
shared-place = 장소
shared-place-hint = 파일에 적혀 있으면 1km쯤으로 어림해서
shared-nothing-found = 이 사진들에는 없어요
shared-of-photo = 사진 { $n }: { $value }
shared-still = 사진과 함께 공개한 정보
facts-place = { $ns ->
    [south] 남위
   *[north] 북위
} { $latitude }°, { $ew ->
    [west] 서경
   *[east] 동경
} { $longitude }°
field-audience = 볼 수 있는 사람
audience-everyone = 누구나
audience-followers = 팔로워만
comments-turn-off = 댓글 받지 않기
suggestions-label = 추천
draft-kept = 이 기기에 임시로 저장했어요
draft-discard = 임시 저장 지우기
draft-restored = 쓰던 글을 다시 가져왔어요.
draft-photo-gone = 쓰던 글의 사진 한 장이 이제 여기에 없어요. 다시 골라 주세요.
draft-photos-gone = 쓰던 글의 사진 { $n }장이 이제 여기에 없어요. 다시 골라 주세요.
leaving-title = 이 페이지를 떠날까요?
leaving-body = 아직 다 보내지 못한 사진이 있어요. 떠나면 다시 골라야 해요.
leaving-leave = 떠나기
leaving-stay = 여기 있기
sending-bytes = { $sent } / { $total }
sending-finishing = 사진을 살펴보고 있어요
send-offline = 연결이 끊겼어요. 모두 그대로 있으니 다시 시도해 주세요.

profile-edit = 프로필 고치기
profile-of = { $name } 님의 사진
profile-posts-title = 게시물
profile-posts = { $count ->
   *[other] 게시물
}
profile-since = { $month }부터 함께했어요
profile-empty = 아직 사진이 없어요
profile-empty-body = { $name } 님이 올린 사진이 아직 없어요.
profile-empty-mine = 내 벽은 아직 비어 있어요
profile-empty-mine-body = 올린 사진은 여기에 걸려서 모두가 볼 수 있어요.
avatar-of = { $name } 님의 프로필 사진
avatar-now = 지금 프로필 사진
avatar-hint = 정사각형 사진이 잘 어울려요. { $limit } MB까지.
avatar-remove = 글자로 된 기본 그림으로 돌아가기
crop-label = 보여 줄 부분. 화살표 키로 옮길 수 있어요.
crop-zoom = 확대
crop-hint = 사진을 끌어서 보여 줄 부분을 고르세요.

admin-title = 관리
admin-jobs = 작업
job-make-variants = 사진 크기 만들기
job-delete-objects = 파일 지우기
job-sweep = 끝나지 않은 업로드 정리
job-about-post = { $name } 님의 게시물
job-about-avatar = { $name } 님의 프로필 사진
job-about-gone = 그사이에 지워졌어요
jobs-by-state = 상태별
jobs-by-kind = 종류별
jobs-all-kinds = 모든 종류
jobs-running = 실행 중
jobs-waiting = 대기 중
jobs-dead = 실패
jobs-fresh = 저절로 새로 고쳐져요
jobs-paused = 보고 고르는 동안 멈춰 있어요
jobs-tick = 고르기
jobs-tick-one = 이 작업 고르기:
jobs-tick-all = 이 페이지의 작업 모두 고르기
jobs-tick-none = 고른 것 모두 풀기
jobs-chosen = { $n }개 골랐어요
jobs-chosen-label = 고른 작업을
jobs-choose-some = 작업을 하나 이상 골라 주세요.
jobs-job = 작업
jobs-since = 언제부터
jobs-attempts = 시도
jobs-attempt-of = { $n } / { $most }
jobs-next = 다음 실행
jobs-worker = 작업자
jobs-stopping = 멈추는 중
jobs-error = 마지막 오류
jobs-acts = 할 수 있는 일
jobs-retry = 다시 시도
jobs-run-now = 지금 실행
jobs-cancel = 취소
jobs-remove = 없애기
jobs-retry-all = { $count }개 모두 다시 시도
jobs-cancel-all = { $count }개 모두 취소
jobs-remove-all = { $count }개 모두 없애기
jobs-older = 더 오래된 작업
jobs-newest = 가장 새로운 작업
jobs-none-running = 지금 실행 중인 작업이 없어요
jobs-none-running-body = 사진을 준비하거나 파일을 지우는 동안 여기에 보여요.
jobs-none-waiting = 기다리는 작업이 없어요
jobs-none-waiting-body = 곧 하거나 다시 할 일이 여기에 보여요.
jobs-none-dead = 실패한 작업이 없어요
jobs-none-dead-body = 여러 번 실패한 작업은 누군가 결정할 때까지 여기에 남아요.
jobs-cancel-title = { $count ->
    [1] 이 작업을 취소할까요?
   *[other] 작업 { $count }개를 취소할까요?
}
jobs-cancel-body = 이 일은 하지 않아요. 기다리던 사람에게는 알려 주고, 다시 시도할 수 있어요.
jobs-cancel-do = 작업 취소하기
jobs-remove-title = { $count ->
    [1] 이 작업을 없앨까요?
   *[other] 작업 { $count }개를 없앨까요?
}
jobs-remove-body = 여기서 다시 시도할 수 없게 돼요. 되돌릴 수 없어요.
jobs-remove-do = 없애기
jobs-keep = 그대로 두기

connection-lost = 지금은 연결되지 않아요. 사라진 것은 없으니 잠시 뒤에 다시 해 주세요.
error-reference = 참조 번호
error-go-home = 홈으로
error-explore = 사진 둘러보기
error-invalid-title = 적은 내용을 다시 봐 주세요.
error-not-found-title = 여기에는 아무것도 없어요
error-not-found-body = 지워졌거나 일부 사람만 볼 수 있는 페이지예요. 잘못하신 것은 없어요.
error-sign-in-title = 로그인해 주세요
error-sign-in-body = 회원만 볼 수 있는 페이지예요.
error-forbidden-title = 고칠 수 없어요
error-forbidden-body = 주인만 할 수 있는 일이에요. 내 것이라면 그 계정으로 로그인해 주세요.
error-cross-site-title = 다른 사이트에서 온 요청이에요
error-cross-site-body = 안전을 위해 아무것도 바꾸지 않았어요. 이 사이트에서 다시 해 주세요.
error-method-title = 여기서는 할 수 없어요
error-method-body = 이 주소에서는 할 수 없는 일이에요.
error-bad-request-title = 이해하지 못했어요
error-bad-request-body = 보낸 내용이 온전하지 않거나 모양이 달라요. 돌아가서 다시 해 주세요.
error-too-large-title = 한 번에 너무 많아요
error-too-large-body = 받을 수 있는 것보다 커요. 파일을 줄여서 다시 해 주세요.
error-timeout-title = 너무 오래 걸렸어요
error-timeout-body = 아무것도 바뀌지 않았어요. 다시 시도해 주세요.
error-taken-title = 누군가 먼저 바꿨어요
error-taken-body = 그사이에 내용이 바뀌었어요. 돌아가서 다시 봐 주세요.
error-busy-title = 지금은 아주 바빠요
error-busy-body = 많은 사람이 동시에 올리고 있어요. 잠시 뒤에 다시 해 주세요. 잃어버린 것은 없어요.
error-unavailable-title = 잠시만 기다려 주세요
error-unavailable-body = 일부가 지금 응답하지 않아요. 저절로 나아지니 조금 뒤에 다시 해 주세요.
error-internal-title = 저희 쪽에서 문제가 생겼어요
error-internal-body = 기록해 두었고 살펴볼게요. 저장한 내용은 안전해요.

nav-search = 검색
nav-notifications = 알림
unread-count = 읽지 않음 { $count }개
undo = 되돌리기
save-label = 저장
post-pin = 프로필에 고정
post-unpin = 고정 풀기
post-archive = 보관하기
post-unarchive = 보관함에서 꺼내기
flash-post-pinned = 프로필 맨 위에 고정했어요.
flash-post-unpinned = 고정을 풀었어요.
flash-pins-full = 이미 세 개를 고정했어요. 먼저 하나를 풀어 주세요.
flash-post-archived = 보관했어요. 이제 나만 볼 수 있어요.
flash-post-unarchived = 다시 프로필에 보여요.
flash-post-restored = 게시물을 되살렸어요.
new-posts = 새 게시물 { $count }개
home-nobody-title = 아직 보여 드릴 사람이 없어요
home-nobody-body = 팔로우하는 사람들의 게시물과 내 게시물이 여기에 나와요.
home-nobody-explore = 사람 찾아보기
caught-up-followed = 팔로우하는 사람들의 게시물을 모두 봤어요.
explore-orders = 보기
explore-newest = 최신
explore-liked = 이번 주 인기
explore-liked-empty = 지난 7일 동안 올라온 게시물이 없어요.
saved-title = 저장한 게시물
saved-lead = 무엇을 저장했는지는 나만 볼 수 있어요.
saved-empty-title = 아직 저장한 게시물이 없어요
saved-empty-body = 사진 아래 책갈피를 누르면 여기에 모여요.
archive-title = 보관함
archive-lead = 여기 있는 게시물은 나만 볼 수 있어요. 좋아요와 댓글은 그대로 남아 있어요.
archive-empty-title = 보관함이 비어 있어요
archive-empty-body = 게시물을 지우지 않고 모두에게서 숨기고 싶을 때 보관해 보세요.
tile-pinned = 고정됨
job-move-variants = 사진 주소 옮기기
job-purge = 게시물 지우기
settings-reading = 피드와 소식
settings-scrolling = 스크롤하면 이어서 보기
settings-paging = 눌렀을 때만 더 보기
