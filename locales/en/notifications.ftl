notifications-choose = What you hear about
notifications-choose-lead = Tell me when somebody …
notifications-new = New
notifications-earlier = Earlier
notifications-read = Mark all as read
notifications-more = Earlier ones
notifications-empty-title = Nothing has happened yet
notifications-empty-body = When somebody likes, answers or follows, you will read it here.
notification-unread = Unread
notification-and = {" "}and{" "}
notification-like = { $others ->
    [0] {" "}liked your post
    [one] {" "}and 1 other liked your post
   *[other] {" "}and { $others } others liked your post
}
notification-comment = { $others ->
    [0] {" "}commented on your post
    [one] {" "}and 1 other commented on your post
   *[other] {" "}and { $others } others commented on your post
}
notification-reply = { $others ->
    [0] {" "}answered you
    [one] {" "}and 1 other answered you
   *[other] {" "}and { $others } others answered you
}
notification-reaction = { $others ->
    [0] {" "}liked what you wrote
    [one] {" "}and 1 other liked what you wrote
   *[other] {" "}and { $others } others liked what you wrote
}
notification-mention = { $others ->
    [0] {" "}mentioned you
    [one] {" "}and 1 other mentioned you
   *[other] {" "}and { $others } others mentioned you
}
notification-follow = { $others ->
    [0] {" "}started following you
    [one] {" "}and 1 other started following you
   *[other] {" "}and { $others } others started following you
}
notification-request = { $others ->
    [0] {" "}would like to follow you
    [one] {" "}and 1 other would like to follow you
   *[other] {" "}and { $others } others would like to follow you
}
notify-like = likes a post of mine
notify-comment = comments on a post of mine
notify-reply = answers a comment of mine
notify-reaction = likes a comment of mine
notify-mention = mentions me
notify-follow = follows me
notify-request = asks to follow me
