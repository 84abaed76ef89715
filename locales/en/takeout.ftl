# Taking everything along, and leaving.

settings-data = Your data

export-title = Copy of everything
export-lead = Everything you shared here, as one file for you alone.
export-what = What is in it
export-what-photos = Your photos, exactly as you uploaded them
export-what-pages = Pages that open from the file, without this site
export-what-document = A document other programs can read, and another Picstargram can bring back
export-what-others = What others wrote or shared is theirs and stays here. You get a mail when the file is ready.
export-begin = Make a copy
export-again = Make a new copy
export-running = Making your copy
export-running-words = This goes on when you leave this page. You get a mail when it is ready.
export-progress = { $done } of { $total } photos
export-ready = Your copy is ready
export-until = can be downloaded until
export-download = Download
export-confirm = Confirm that it is you
export-next = You can ask for the next copy from
export-failed = The copy could not be made. Please try again.
flash-export-begun = Your copy is being made.
flash-export-too-soon = One copy a day is made. Yours is here.
flash-export-cancelled = The copy is not made.

archive-posts = { $count ->
    [one] { $count } post
   *[other] { $count } posts
}
archive-made = Copy of
archive-archived = Archived
archive-likes = { $count ->
    [one] { $count } like
   *[other] { $count } likes
}
archive-comments = Your comments
archive-newer = Newer posts
archive-older = Older posts
archive-empty = No posts yet.

import-title = Bring posts here
import-lead = Bring a copy from another Picstargram: posts with their photos, dates, words and your own comments.
import-choose = Choose a file
import-file = Copy of everything (ZIP)
import-file-hint = Up to { $limit }. First you see what would happen; nothing is shared yet.
import-look = Look through it
import-looking = Looking through the file
import-running = Bringing your posts here
import-progress = { $done } of { $total }
import-looked = This is what would happen
import-looked-words = Nothing has been shared yet. Nobody is notified of posts you bring here.
import-done = Done
import-failed = This did not work
import-failed-words = What is here already stays. You can go on where it stopped.
import-cancelled = Stopped
import-start = Import now
import-again = Go on
import-discard = Discard
import-count-new = { $count } new
import-count-made = { $count } brought here
import-count-here = { $count } already here
import-count-cannot = { $count } not possible
import-receipt = Receipt
import-show-problems = Only what is not possible
import-show-all = Everything
import-more = More
import-post = Post
import-comment = Comment
import-untitled = Without words
import-item-new = New
import-item-made = Brought here
import-item-here = Already here
import-item-cannot = Not possible:
import-needed = Choose a ZIP file.
import-too-large = This file is too large; { $limit } is the most.
import-no-zip = This is no ZIP file, or it did not arrive whole.
import-not-ours = This is no copy from a Picstargram, or a newer one made it.
import-encrypted = This ZIP is locked with a password. Bring one without.
import-packed-otherwise = This ZIP is packed in a way that cannot be read here.
import-damaged = The document in this file is damaged.
import-bomb = This ZIP unpacks to far more than photos do, so it is not opened.
import-too-many-files = This ZIP has too many files; { $limit } are the most.
import-too-many-lines = This file names too many posts and comments; { $limit } are the most.
import-photo-missing = A photo is missing in the file.
import-photo-twice = A photo is used twice.
import-date = Its date cannot be right.
import-comments-over = { $count ->
    [one] { $count } more comment; there are too many under one post.
   *[other] { $count } more comments; there are too many under one post.
}
import-comment-elsewhere = It is under somebody else’s post.
import-comment-without-post = Its post cannot be brought here.
flash-import-looking = Your file is being looked through.
flash-import-under-way = Another file is being worked on. Wait for it, or stop it.
flash-import-begun = Your posts are being brought here.
flash-import-cancelled = The file is discarded. What was brought here stays.

leave-title = Delete account
leave-lead = Your account is deleted in { $days } days. Sign in before then and everything stays.
leave-what = Posts, photos, comments, likes and followers go for good.
leave-answers = Where others answered you, an empty place stays, without your name.
leave-back = After that nobody can bring it back, not even an administrator.
leave-copy-first = You can take everything along first:
leave-type-label = Type your username { $name } to confirm
leave-type-name = Type { $name } here.
leave-last-administrator = You are the only administrator. Make somebody else one first.
leave-button = Delete my account
flash-deletion-planned = Your account will be deleted in two weeks. Sign in before then to keep it.
comment-by-nobody = This comment was by a deleted account.

job-export = Copy of everything
job-import = Posts from a file
job-delete-account = Deleting an account
job-tidy = Old copies and files
