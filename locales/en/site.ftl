# Every word a person reads, in English. A test compares the names with the Korean file and with what is used.

site-description = A small place for your photos and the people who like them.
skip-to-content = Skip to content
dismiss = Dismiss
cancel = Cancel
save-changes = Save changes
try-again = Try again
share = Share
edited = edited
close = Close
close-without-saving = Close without saving
count-of = { $n } of { $limit }

nav-label = Main
nav-home = Home
nav-explore = Explore
nav-new = New post
nav-profile = Profile
nav-sign-in = Sign in
nav-settings = Settings
sign-out = Sign out

time-just-now = just now
time-minutes = { $n } min
time-hours = { $n } h
time-days = { $n } d
time-now = now
time-in-seconds = in { $n } s
time-in-minutes = in { $n } min
time-in-hours = in { $n } h
time-in-days = in { $n } d
date-this-year = { $day } { $month }
date-full = { $day } { $month } { $year }
date-time = { $day } { $month } { $year }, { $time }
date-month = { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

flash-welcome = Welcome. Your account is ready.
flash-signed-out = You are signed out.
flash-sign-in-first = Please sign in first.
flash-settings-saved = Saved.
flash-profile-saved = Your profile is saved.
flash-post-shared = Your post is shared.
flash-post-saved = Your changes are saved.
flash-post-deleted = The post is deleted.
flash-photo-deleted = The photo was removed.
flash-jobs-retried = { $count ->
    [0] Nothing was run again.
    [one] 1 job will run again.
   *[other] { $count } jobs will run again.
} { $rest ->
    [0] {""}
    [one] 1 had ended already.
   *[other] { $rest } had ended already.
}
flash-jobs-cancelled = { $count ->
    [0] Nothing was cancelled.
    [one] 1 job was cancelled.
   *[other] { $count } jobs were cancelled.
} { $rest ->
    [0] {""}
    [one] 1 had ended already or cannot be cancelled.
   *[other] { $rest } had ended already or cannot be cancelled.
}
flash-jobs-stopping = { $count ->
    [one] The job is being stopped.
   *[other] { $count } jobs are being stopped.
} { $rest ->
    [0] {""}
    [one] 1 had ended already or cannot be cancelled.
   *[other] { $rest } had ended already or cannot be cancelled.
}
flash-jobs-removed = { $count ->
    [one] 1 failed job was removed.
   *[other] { $count } failed jobs were removed.
} { $rest ->
    [0] {""}
    [one] 1 was no longer there.
   *[other] { $rest } were no longer there.
}

field-username = Username
field-email = E-mail
field-password = Password
field-password-again = Password again
field-description = About you
field-optional = (optional)
field-caption = Caption
field-alt = What is in photo { $n }?
field-alt-hint = For people who cannot see it
field-avatar = Photo of you

signup-title = Sign up
signup-heading = Make yourself at home
signup-lead = A small place for your photos and the people who like them.
signup-button = Create account
signup-already = Already here?
signup-again = { $count ->
    [one] One thing needs another look.
   *[other] { $count } things need another look.
}
signup-kept = Everything else is kept; please type the password again.
signup-leave-empty = Leave this empty
signup-robot = This looked like a program to us. Leave the hidden field empty and try again.

signin-heading = Welcome back
signin-lead = Sign in to share photos and like those of others.
signin-name = Username or e-mail
signin-new = New here?
signin-create = Create an account
signin-wrong = The name or the password is not right. Check both and try again.
signin-wrong-address = The address or the password is not right. Until an address is confirmed, sign in with the username.
signin-unreadable = The stored password is not valid, ask the administrator.

username-required = Choose a name; people find you by it.
username-shape = Start with a letter; letters, digits and _ only, no spaces.
username-long = At most 64 characters.
username-taken = Somebody already has this name.
username-too-many = You keep { $limit } names already, because each one still leads to you. Take one of them again.
username-reserved = This name is kept for the site itself. Please choose another.
username-suggestion = { $name } is free.
username-hint = Links to your old name go on working.
email-required = Type your e-mail address.
email-long = At most 256 characters.
email-shape = This does not look like an e-mail address: something like name@example.org.
email-taken = An account with this address exists already. Sign in instead?
password-hint = At least 8 characters. A short sentence works well.
password-required = Choose a password.
password-short = At least { $least } characters, please.
password-long = At most { $most } characters.
password-same = The same as your name or address is too easy to guess.
password-common = This one is on every list of common passwords. Please choose another.
password-different = This is not the same as the first one.
description-long = At most { $limit } characters.

settings-profile = Your profile
settings-account = Your account
settings-language = Language
settings-browser-language = As in the browser
settings-appearance = Appearance
settings-system = As the system
settings-light = Light
settings-dark = Dark
settings-session = This device

home-empty-title = The walls are still bare
home-empty-body = Photos will hang here, newest first. Yours could be the first.
home-empty-share = Share a photo
feed-more = More posts
people-more = More people
caught-up-title = You are all caught up
caught-up-body = That is everything there is to see.
caught-up-explore = See all photos at a glance
aside-label = About you and this place
aside-welcome = Welcome
aside-signed-in = Signed in
tag-empty-title = Nothing here yet
tag-empty-body = No post carries #{ $tag }. Write it in a caption and yours will be the first.

photo-by = Photo by { $name }
photo-number = Photo { $n }
photo-processing = Getting this photo ready.
photo-processing-note = You can leave, it will appear by itself.
photo-failed = This photo could not be prepared.
photo-failed-lost = The file is no longer where it was stored.
photo-failed-storage = The storage did not answer.
photo-failed-limits = It is beyond what this site takes in now.
photo-failed-internal = Something went wrong on our side.
photo-failed-cancelled = It was stopped before it was done.
album-of = Album of { $count } photos
likes-label = Likes:
carousel-label = { $count } photos by { $name }
carousel-strip = Photos, scroll sideways
carousel-item = Photo { $n } of { $count }
carousel-previous = Previous photo
carousel-next = Next photo
caption-more = more
# Read out after "more"
caption-more-of = of what { $name } says

post-menu = Post options
post-open = Open post
downloads-title = Download photos
downloads-original = Original, { $width } × { $height }
downloads-original-hint = Only you can download the originals: they keep what your camera wrote into them, the place included.
downloads-failed = Its sizes could not be made.
post-copy-link = Copy link
link-copied = Link copied
post-edit = Edit post
post-delete = Delete post
like-label = { $count ->
    [one] Like, 1 like
   *[other] Like, { $count } likes
}
likes-of-mine = { $count ->
    [one] See who liked it, 1 like
   *[other] See who liked it, { $count } likes
}
liked-by = { $count ->
    [one] Liked by 1 person
   *[other] Liked by { $count } people
}
likes-title = Who liked it
likes-none = No likes yet
likes-none-body = As soon as somebody likes this post, they stand here.
back-to-post = Back to the post
more-from = More from { $name }
more-from-all = All their photos
delete-title = Delete this post?
delete-body = { $photos ->
    [one] Its photo
   *[other] Its { $photos } photos
} and { $likes ->
    [one] 1 like
   *[other] { $likes } likes
} go with it. This cannot be undone.
delete-keep = Keep it
photo-delete = Remove photo
photo-delete-title = Remove this photo?
photo-delete-body = The other photos of this post stay. This cannot be undone.

photos-title = Photos
photos-count = { $n } of { $most } photos
photos-reorder = Drag to reorder, or use the arrows
photos-add = Add photos
photos-drop = , drop them here or paste
photos-kinds = JPEG, PNG, WebP, AVIF or GIF, up to { $limit } MB each
photos-kinds-heic = JPEG, HEIC, PNG, WebP, AVIF or GIF, up to { $limit } MB each
photos-waiting = { $limit } photos are waiting for a post already. Share or remove some of them first.
photos-changed = The photos of this post have changed meanwhile. Have another look, then save again.
photos-needed = Add at least one photo.
photos-too-many = { $count } photos are too many: { $limit } fit into one post.
photos-too-many-here = Only { $limit } photos fit into one post; the rest was left out.
photo-one-too-many = One too many for this post.
photo-earlier = Move photo { $n } earlier
photo-later = Move photo { $n } later
photo-remove = Remove photo { $n }
photo-preview = Preview of photo { $n }
photo-take = Take a photo
photo-sending = Sending photo { $n }
photo-there = Photo { $n } is there.
photo-moved = Photo { $n } is now number { $to }.
photo-gone = This photo is no longer here; add it again.
photo-twice = This photo is in the post already.
photo-empty = This file is empty.
photo-not-a-picture = This is not a picture.
photo-svg = SVG drawings cannot be shared. Save it as PNG and try that.
photo-unsupported = { $what } files cannot be shared. JPEG, PNG, WebP, AVIF and GIF can.
photo-unsupported-heic = { $what } files cannot be shared. JPEG, HEIC, PNG, WebP, AVIF and GIF can.
photos-room = You use { $used } of { $limit }.
photos-over-quota = There is not enough room for { $more } more: you use { $used } of { $limit }. Deleting older photos makes room.
photo-too-large = Too large: { $limit } MB is the most for one photo.
photo-too-many-pixels = { $width } × { $height } pixels are too many: { $limit } megapixels is the most.
photo-side-too-long = One side is longer than { $limit } pixels.
photo-too-many-frames = This animation has too many pictures in it: { $limit } is the most at this size.
photo-too-slow = This file takes too long to open. Try to export it again.
photo-damaged = This file is damaged or not complete. Try to export it again.
alts-summary = Describe the photos
alts-hint = One line for each photo, in the order you chose them.
alt-long = At most { $limit } characters; these are { $count }.
caption-placeholder = What was it like to be there?
caption-long = At most { $limit } characters; these are { $count }.
share-button = Share
share-again = Not shared yet.
share-kept = Your words are kept; please choose the photos again.
share-kept-photos = Your words and the photos you see here are kept; other files have to be chosen again.
share-waits-one = One photo is still on its way.
share-waits-some = { $n } photos are still on their way.
share-broken-one = One photo could not be sent. Try it again or remove it.
share-broken-some = { $n } photos could not be sent. Try them again or remove them.
share-bare-one = One photo has no description yet.
share-bare-some = { $n } photos have no description yet.
share-sharing = Sharing your post
shared-title = What will be shared
shared-lead = Photo files often tell more than the photo shows. Only what you switch on goes out; the rest stays with you.
shared-camera = Camera
shared-camera-hint = If the file names it
shared-date = Date taken
shared-date-hint = The day, without the time
shared-place = Place
shared-place-hint = To about a kilometre, if the file knows it
shared-nothing-found = Not in these photos
shared-of-photo = Photo { $n }: { $value }
shared-still = Shared with the photos
facts-place = { $latitude }° { $ns ->
    [south] S
   *[north] N
}, { $longitude }° { $ew ->
    [west] W
   *[east] E
}
field-audience = Who can see it
audience-everyone = Everyone
audience-followers = Followers only
comments-turn-off = Turn comments off
suggestions-label = Suggestions
draft-kept = Draft kept on this device
draft-discard = Discard draft
draft-restored = Your draft is back.
draft-photo-gone = One photo of your draft is no longer here; add it again.
draft-photos-gone = { $n } photos of your draft are no longer here; add them again.
leaving-title = Leave this page?
leaving-body = Some photos have not arrived yet. You would have to add them again.
leaving-leave = Leave
leaving-stay = Stay here
sending-bytes = { $sent } of { $total }
sending-finishing = Looking at your photos
send-offline = The connection broke off. Everything is still here; try again.

profile-edit = Edit profile
profile-of = Photos by { $name }
profile-posts-title = Posts
profile-posts = { $count ->
    [one] post
   *[other] posts
}
profile-since = Here since { $month }
profile-empty = No photos yet
profile-empty-body = { $name } has not shared anything so far.
profile-empty-mine = Your wall is still bare
profile-empty-mine-body = What you share hangs here for everybody to see.
avatar-of = Photo of { $name }
avatar-now = Your photo now
avatar-hint = A square photo looks best. Up to { $limit } MB.
avatar-remove = Go back to the plain letter
crop-label = Part of the photo that will be shown. Move it with the arrow keys.
crop-zoom = Zoom
crop-hint = Drag the photo to choose what is shown.

admin-title = Administration
admin-jobs = Jobs
job-make-variants = Photo sizes
job-delete-objects = Deleting files
job-sweep = Unfinished uploads
job-about-post = Post by { $name }
job-about-avatar = Photo of { $name }
job-about-gone = Deleted meanwhile
jobs-by-state = By state
jobs-by-kind = By kind
jobs-all-kinds = All kinds
jobs-running = Running
jobs-waiting = Waiting
jobs-dead = Failed
jobs-fresh = Refreshes by itself
jobs-paused = Paused while you are at it
jobs-tick = Choose
jobs-tick-one = Choose this job:
jobs-tick-all = Choose all on this page
jobs-tick-none = Choose none
jobs-chosen = { $n } chosen
jobs-chosen-label = With the chosen jobs
jobs-choose-some = Choose at least one job.
jobs-job = Job
jobs-since = Since
jobs-attempts = Attempts
jobs-attempt-of = { $n } of { $most }
jobs-next = Next run
jobs-worker = Worker
jobs-stopping = Being stopped
jobs-error = Last error
jobs-acts = What can be done
jobs-retry = Retry
jobs-run-now = Run now
jobs-cancel = Cancel
jobs-remove = Remove
jobs-retry-all = Retry all { $count }
jobs-cancel-all = Cancel all { $count }
jobs-remove-all = Remove all { $count }
jobs-older = Older jobs
jobs-newest = Newest jobs
jobs-none-running = Nothing is running
jobs-none-running-body = Photos being prepared and files being deleted show here while it happens.
jobs-none-waiting = Nothing waits
jobs-none-waiting-body = What is to be done next, or once more, stands here.
jobs-none-dead = Nothing has failed
jobs-none-dead-body = A job that fails too often stays here until somebody decides what becomes of it.
jobs-cancel-title = { $count ->
    [one] Cancel this job?
   *[other] Cancel { $count } jobs?
}
jobs-cancel-body = It will not be done. Whoever waits for it is told, and can try again.
jobs-cancel-do = Cancel for good
jobs-remove-title = { $count ->
    [one] Remove this job?
   *[other] Remove { $count } jobs?
}
jobs-remove-body = It will not be tried again from here. This cannot be undone.
jobs-remove-do = Remove for good
jobs-keep = Keep

connection-lost = No connection right now. Nothing is lost; try again in a moment.
error-reference = Reference
error-go-home = Go home
error-explore = Explore photos
error-invalid-title = Something in the form needs another look.
error-not-found-title = This page is not here
error-not-found-body = It may have been deleted, or it is only for some people's eyes. Nothing on your side is broken.
error-sign-in-title = Please sign in
error-sign-in-body = This page is for members.
error-forbidden-title = This is not yours to change
error-forbidden-body = Only its owner can do that. If it is yours, sign in with the account it belongs to.
error-cross-site-title = This came from another site
error-cross-site-body = To be safe, nothing was changed. Open the page here and do it again.
error-method-title = That cannot be done here
error-method-body = This address does not know what to do with that.
error-bad-request-title = That was not understood
error-bad-request-body = What arrived was not complete or not in the right form. Go back and try once more.
error-too-large-title = Too much at once
error-too-large-body = What you sent is larger than this place can take. Try fewer or smaller files.
error-timeout-title = That took too long
error-timeout-body = Nothing was changed. Please try again.
error-taken-title = Somebody was faster
error-taken-body = It changed while you were at it. Go back and have another look.
error-busy-title = Very busy right now
error-busy-body = Many people are sharing at this moment. Wait a few seconds and try again; nothing is lost.
error-unavailable-title = One moment, please
error-unavailable-body = A part of this place does not answer right now. It looks after itself; try again in a little while.
error-internal-title = Something broke on our side
error-internal-body = It was written down and will be looked at. What you had saved is safe.

nav-search = Search
nav-notifications = Notifications
unread-count = { $count } unread
undo = Undo
save-label = Save
post-pin = Pin to your profile
post-unpin = Unpin
post-archive = Archive
post-unarchive = Take out of the archive
flash-post-pinned = Pinned to the top of your profile.
flash-post-unpinned = No longer pinned.
flash-pins-full = Three posts are pinned already. Unpin one of them first.
flash-post-archived = Archived. Only you can see it now.
flash-post-unarchived = Back on your profile.
flash-post-restored = Your post is back.
new-posts = { $count ->
    [one] 1 new post
   *[other] { $count } new posts
}
home-nobody-title = Nobody to see here yet
home-nobody-body = Posts by the people you follow appear here, and your own.
home-nobody-explore = Find people
caught-up-followed = You have seen everything from the people you follow.
explore-orders = Show
explore-newest = Newest
explore-liked = Most liked this week
explore-liked-empty = Nothing was shared in the last seven days.
saved-title = Saved
saved-lead = Only you can see what you save.
saved-empty-title = Nothing saved yet
saved-empty-body = The bookmark below a photo keeps it here for you.
archive-title = Archive
archive-lead = Only you can see these posts. Their likes and comments are kept.
archive-empty-title = The archive is empty
archive-empty-body = Archive a post to hide it from everybody without deleting it.
tile-pinned = Pinned
job-move-variants = Photos to new addresses
job-purge = Deleting a post
settings-reading = Feeds and news
settings-scrolling = Load on while scrolling
settings-paging = Wait for a click
