# People among people: following, requests, blocking, muting.

follow = Follow
follow-back = Follow back
follow-ask = Ask to follow
follow-requested = Requested
following = Following
follows-you = Follows you
follows-you-now = Follows you now
flash-follow-limit = You follow 7,500 people, and that is as many as one can. Unfollow somebody first.

followers = Followers
following-list = Following
followers-of = Followers of { $name }
following-of = People { $name } follows
follows-tabs = Followers and following
back-to-profile = Back to { $name }
followers-none = No followers yet
followers-none-body = You could be the first to follow { $name }.
followers-none-mine = No followers yet
followers-none-mine-body = When somebody follows you, you find them here.
following-none = Follows nobody yet
following-none-body = Whom { $name } follows will stand here.
following-none-mine = You follow nobody yet
following-none-mine-body = Photos of the people you follow come to your home page.
follower-remove = Remove follower
follower-remove-name = Remove { $name } as a follower
follower-remove-title = Remove { $name } as a follower?
follower-remove-body = They are not told. They can follow you again, unless your account is private.
flash-follower-removed = They no longer follow you.

closed-title = This account is private
closed-body = Follow { $name } to see their photos. They decide who follows them.
closed-requested = You have asked to follow { $name }. Their photos show here as soon as they say yes.

requests-title = Follow requests
requests-accept-all = Accept all
requests-none = No requests
requests-none-body = When somebody asks to follow you, you decide here.
requests-none-public = Your account is open to everyone, so people follow you without asking.
request-accept = Accept
request-decline = Decline
flash-request-accepted = They follow you now.
flash-request-declined = Declined. They are not told.
flash-requests-accepted = All of them follow you now.

block = Block
block-title = Block { $name }?
block-body = You will not see each other anywhere here, and you no longer follow each other. They are not told.
unblock = Unblock
unblock-title = Unblock { $name }?
unblock-body = You will see each other again. Neither of you follows the other until you choose to.
flash-blocked = Blocked. You no longer see each other.
flash-unblocked = Unblocked. You can see each other again.
blocked-title = Blocked people
blocked-lead = You do not see them, and they do not see you.
blocked-none = You block nobody
blocked-none-body = Whoever you block stands here, and can be unblocked.
blocked-profile-title = You block this person
blocked-profile-body = You do not see what they share, and they see nothing of you.

mute = Mute
unmute = Unmute
flash-muted = Muted. Their posts and notifications stay away; they do not know.
flash-unmuted = Unmuted. You hear of them again.
muted-title = Muted people
muted-lead = Their posts and notifications stay away from you. They do not know.
muted-none = You have muted nobody
muted-none-body = Whoever you mute stands here, and can be unmuted.
muted-chip = Muted

person-menu = More
person-copy-link = Copy link to profile
private-chip = Private
profile-followers = { $count ->
    [one] follower
   *[other] followers
}
profile-following = following
profile-tabs = Your photos
tab-saved = Saved
tab-archived = Archive

suggestions-title = People you may know
suggestion-followed-by = Followed by { $name }
suggestion-followed-by-more = { $count ->
    [one] Followed by { $name } and 1 other
   *[other] Followed by { $name } and { $count } others
}
suggestion-dismiss = Do not suggest { $name } again
suggestion-new = New here
suggestion-followers = { $count ->
    [one] 1 follower
   *[other] { $count } followers
}

settings-privacy = Privacy
settings-public = Everyone sees my posts
settings-private = Only followers I accept
settings-public-words = Anyone can follow you and see what you share. You can still choose “followers only” for a single post.
settings-private-words = Only your followers see what you share. Whoever wants to follow you asks first.
back-to-settings = Back to settings
flash-private = Your account is private now.
flash-public = Your account is open to everyone now.
suggestions-all = See all
suggestions-none = Nobody left to suggest
suggestions-none-body = You follow everybody we could think of. New people will appear here.
