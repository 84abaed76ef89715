comments-label = 댓글:
comments-title = 댓글 { $count }개
comments-none = 아직 댓글이 없어요. 첫 댓글을 남겨 보세요.
comments-none-off = 댓글이 없어요.
comments-off = 이 게시물에는 댓글을 달 수 없어요.
comments-more = 댓글 더 보기
comments-new = 새 댓글 보기
comments-order-liked = 인기순으로 보기
comments-order-newest = 최신순으로 보기
comment-by-author = 작성자
comment-gone = 지워진 댓글이에요.
comment-reply = 답글 달기
comment-reply-to = { $name } 님에게 답글 달기
comment-added = 댓글을 남겼어요.
comment-empty = 먼저 몇 마디 적어 주세요.
comment-long = 댓글은 { $limit }자까지 쓸 수 있어요. 지금은 { $count }자예요.
comment-parent-gone = 답글을 달려던 댓글이 없어졌어요. 다시 보내면 새 댓글로 남아요.
comment-too-many = 1분 동안 댓글을 많이 남겼어요. { $seconds }초 뒤에 다시 쓸 수 있어요.
replies-more = 답글 { $count }개 더 보기
replies-title = { $name } 님에게 달린 답글

say-label = 댓글 쓰기
say-hint = 다정한 한마디를 남겨 보세요
say-send = 댓글 보내기
say-sign-in = 로그인하고 댓글 쓰기
say-to = { $name } 님에게 답글

reactions-label = 반응
reaction-add = 반응 남기기
reaction-applause = 박수 { $count }
reaction-love = 사랑해요 { $count }
reaction-thinking = 음… { $count }
reaction-joy = 웃겨요 { $count }

comment-delete = 지우기
comment-delete-of = { $name } 님의 댓글 지우기
comment-delete-title = 이 댓글을 지울까요?
comment-delete-body = 달린 답글은 그대로 있어요. 되돌릴 수 없어요.
flash-comment-deleted = 댓글을 지웠어요.

error-too-many-title = 조금만 천천히요
error-too-many-body = 짧은 시간에 여러 번 보냈어요. 잠시 기다렸다가 다시 해 보세요.

post-dialog = 게시물
post-previous = 이전 게시물
post-next = 다음 게시물
post-views = { $count ->
   *[other] 조회 { $shown }회
}
