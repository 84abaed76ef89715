comments-label = Comments:
comments-title = { $count ->
    [one] 1 comment
   *[other] { $count } comments
}
comments-none = No comments yet. Yours can be the first.
comments-none-off = There are no comments here.
comments-off = Comments are turned off for this post.
comments-more = Show more comments
comments-new = New comments
comments-order-liked = Most liked first
comments-order-newest = Newest first
comment-by-author = Author
comment-gone = This comment was deleted.
comment-reply = Reply
comment-reply-to = Reply to { $name }
comment-added = Your comment was added.
comment-empty = Write a few words first.
comment-long = A comment has room for { $limit } characters, this one has { $count }.
comment-parent-gone = The comment you answered is no longer here. Send it again and it stands by itself.
comment-too-many = That was a lot within a minute. You can go on in { $seconds ->
    [one] a second
   *[other] { $seconds } seconds
}.
replies-more = { $count ->
    [one] View 1 more reply
   *[other] View { $count } more replies
}
replies-title = Replies to { $name }

say-label = Write a comment
say-hint = Say something kind
say-send = Send comment
say-sign-in = Sign in to comment
say-to = Replying to { $name }

reactions-label = Reactions
reaction-add = Add a reaction
reaction-applause = Applause, { $count }
reaction-love = Love, { $count }
reaction-thinking = Thinking, { $count }
reaction-joy = Joy, { $count }

comment-delete = Delete
comment-delete-of = Delete the comment by { $name }
comment-delete-title = Delete this comment?
comment-delete-body = Replies to it stay. This cannot be undone.
flash-comment-deleted = The comment was deleted.

error-too-many-title = A little slower
error-too-many-body = This came a few times too often. Wait a moment, then try again.

post-dialog = Post
post-previous = Previous post
post-next = Next post
post-views = { $count ->
    [one] 1 view
   *[other] { $shown } views
}
