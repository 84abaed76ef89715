notifications-choose = 받을 알림
notifications-choose-lead = 이럴 때 알려 주세요.
notifications-new = 새 알림
notifications-earlier = 지난 알림
notifications-read = 모두 읽음으로 표시
notifications-more = 더 지난 알림
notifications-empty-title = 아직 소식이 없어요
notifications-empty-body = 누군가 좋아하거나 답하거나 팔로우하면 여기에서 알려 드려요.
notification-unread = 읽지 않음
notification-and = 님과{" "}
notification-like = { $others ->
    [0] 님이 내 게시물을 좋아해요
   *[other] 님 외 { $others }명이 내 게시물을 좋아해요
}
notification-comment = { $others ->
    [0] 님이 내 게시물에 댓글을 남겼어요
   *[other] 님 외 { $others }명이 내 게시물에 댓글을 남겼어요
}
notification-reply = { $others ->
    [0] 님이 답글을 남겼어요
   *[other] 님 외 { $others }명이 답글을 남겼어요
}
notification-reaction = { $others ->
    [0] 님이 내 댓글을 좋아해요
   *[other] 님 외 { $others }명이 내 댓글을 좋아해요
}
notification-mention = { $others ->
    [0] 님이 나를 언급했어요
   *[other] 님 외 { $others }명이 나를 언급했어요
}
notification-follow = { $others ->
    [0] 님이 나를 팔로우하기 시작했어요
   *[other] 님 외 { $others }명이 나를 팔로우하기 시작했어요
}
notification-request = { $others ->
    [0] 님이 팔로우하고 싶어 해요
   *[other] 님 외 { $others }명이 팔로우하고 싶어 해요
}
notify-like = 누군가 내 게시물을 좋아할 때
notify-comment = 누군가 내 게시물에 댓글을 남길 때
notify-reply = 누군가 내 댓글에 답할 때
notify-reaction = 누군가 내 댓글을 좋아할 때
notify-mention = 누군가 나를 언급할 때
notify-follow = 누군가 나를 팔로우할 때
notify-request = 누군가 팔로우를 요청할 때
