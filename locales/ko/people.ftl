# 사람 사이: 팔로우, 요청, 차단, 숨기기.

follow = 팔로우
follow-back = 맞팔로우
follow-ask = 팔로우 요청
follow-requested = 요청함
following = 팔로잉
follows-you = 나를 팔로우해요
follows-you-now = 이제 나를 팔로우해요
flash-follow-limit = 7,500명까지 팔로우할 수 있어요. 먼저 다른 사람의 팔로우를 취소해 주세요.

followers = 팔로워
following-list = 팔로잉
followers-of = { $name } 님의 팔로워
following-of = { $name } 님이 팔로우하는 사람
follows-tabs = 팔로워와 팔로잉
back-to-profile = { $name } 님의 프로필로 돌아가기
followers-none = 아직 팔로워가 없어요
followers-none-body = { $name } 님의 첫 팔로워가 되어 보세요.
followers-none-mine = 아직 팔로워가 없어요
followers-none-mine-body = 누군가 나를 팔로우하면 여기에 보여요.
following-none = 아직 팔로우하는 사람이 없어요
following-none-body = { $name } 님이 팔로우하는 사람이 여기에 보여요.
following-none-mine = 아직 팔로우하는 사람이 없어요
following-none-mine-body = 팔로우하는 사람의 사진이 홈에 모여요.
follower-remove = 팔로워에서 빼기
follower-remove-name = { $name } 님을 팔로워에서 빼기
follower-remove-title = { $name } 님을 팔로워에서 뺄까요?
follower-remove-body = 상대에게 알리지 않아요. 비공개 계정이 아니면 다시 팔로우할 수 있어요.
flash-follower-removed = 이제 나를 팔로우하지 않아요.

closed-title = 비공개 계정이에요
closed-body = { $name } 님의 사진을 보려면 팔로우를 요청하세요. 받아들일지는 { $name } 님이 정해요.
closed-requested = { $name } 님에게 팔로우를 요청했어요. 받아들이면 여기에 사진이 보여요.

requests-title = 팔로우 요청
requests-accept-all = 모두 수락
requests-none = 요청이 없어요
requests-none-body = 누군가 팔로우를 요청하면 여기에서 정할 수 있어요.
requests-none-public = 모두에게 열린 계정이라 요청 없이 팔로우할 수 있어요.
request-accept = 수락
request-decline = 거절
flash-request-accepted = 이제 나를 팔로우해요.
flash-request-declined = 거절했어요. 상대에게 알리지 않아요.
flash-requests-accepted = 이제 모두 나를 팔로우해요.

block = 차단
block-title = { $name } 님을 차단할까요?
block-body = 서로 어디에서도 보이지 않고, 서로의 팔로우도 끊겨요. 상대에게 알리지 않아요.
unblock = 차단 풀기
unblock-title = { $name } 님의 차단을 풀까요?
unblock-body = 서로 다시 볼 수 있어요. 팔로우는 새로 해야 해요.
flash-blocked = 차단했어요. 이제 서로 보이지 않아요.
flash-unblocked = 차단을 풀었어요. 서로 다시 볼 수 있어요.
blocked-title = 차단한 사람
blocked-lead = 나도 상대도 서로 보이지 않아요.
blocked-none = 차단한 사람이 없어요
blocked-none-body = 차단한 사람은 여기에 보이고, 차단을 풀 수 있어요.
blocked-profile-title = 차단한 사람이에요
blocked-profile-body = 올린 것이 나에게 보이지 않고, 상대도 나를 볼 수 없어요.

mute = 숨기기
unmute = 숨기기 풀기
flash-muted = 숨겼어요. 게시물과 알림이 오지 않고, 상대는 알 수 없어요.
flash-unmuted = 숨기기를 풀었어요. 소식이 다시 와요.
muted-title = 숨긴 사람
muted-lead = 게시물과 알림이 나에게 오지 않아요. 상대는 알 수 없어요.
muted-none = 숨긴 사람이 없어요
muted-none-body = 숨긴 사람은 여기에 보이고, 숨기기를 풀 수 있어요.
muted-chip = 숨김

person-menu = 더 보기
person-copy-link = 프로필 링크 복사
private-chip = 비공개
profile-followers = { $count ->
   *[other] 팔로워
}
profile-following = 팔로잉
profile-tabs = 내 사진
tab-saved = 저장함
tab-archived = 보관함

suggestions-title = 알 수도 있는 사람
suggestion-followed-by = { $name } 님이 팔로우해요
suggestion-followed-by-more = { $name } 님 외 { $count }명이 팔로우해요
suggestion-dismiss = { $name } 님을 다시 추천하지 않기
suggestion-new = 새로 왔어요
suggestion-followers = 팔로워 { $count }명

settings-privacy = 공개 범위
settings-public = 모두에게 공개
settings-private = 내가 수락한 팔로워만
settings-public-words = 누구나 나를 팔로우하고 내 게시물을 볼 수 있어요. 게시물마다 팔로워만 보게 할 수도 있어요.
settings-private-words = 팔로워만 내 게시물을 볼 수 있어요. 팔로우하려면 먼저 요청해야 해요.
back-to-settings = 설정으로 돌아가기
flash-private = 이제 비공개 계정이에요.
flash-public = 이제 모두에게 공개된 계정이에요.
suggestions-all = 모두 보기
suggestions-none = 추천할 사람이 더 없어요
suggestions-none-body = 떠오르는 분은 모두 팔로우하고 있어요. 새로운 분이 오면 여기에서 알려 드려요.
