# What administrators read, and how people come to join.

admin-users = People
admin-registrations = Registrations
admin-invites = Invites
admin-mail = Mail
admin-audit = Audit log
admin-open = Open the administration
admin-waiting =
    { $count ->
        [one] one waits
       *[other] { $count } wait
    }
list-first = To the beginning
list-more = More
list-tick-all = Choose all on this page

job-send-mail = Send a mail
job-forget-mails = Forget old mails
job-upkeep = Daily upkeep of accounts

people-search = Name or e-mail
people-find = Find
people-export = Export CSV
people-by-status = By status
people-everybody = Everybody
people-active = Active
people-unproven = E-mail not confirmed
people-banned = Suspended
people-admins = Administrators
people-leaving = Leaving
people-none = Nobody found
people-none-yet = Nobody has signed up yet.
people-none-body = Try the beginning of a name or of an address.
people-all = Show everybody
people-name = Name
people-status = Status
people-posts = Posts
people-storage = Storage
people-seen = Last seen
people-joined = Joined
people-sessions = Open sessions
people-second-factor = Two-step sign-in
people-on = On
people-off = Off
people-providers = Signs in with
people-admin = Administrator
people-tick-one = Choose { $name }
people-chosen-label = With the chosen people
people-choose-some = Choose at least one person.
people-back = Back to everybody
people-profile = Profile
people-account = Account
people-log = What happened to the account
people-acts = What you can do
people-sign-out = Sign out everywhere
people-ban = Suspend
people-ban-change = Change the suspension
people-unban = End the suspension
people-remove-second-factor = Remove two-step sign-in
people-yourself = This is you. Another administrator can suspend your account.

status-active = Active
status-unproven = E-mail not confirmed
status-banned = Suspended
status-banned-until = Suspended until
status-leaving = Leaves

ban-title-one = Suspend { $name }?
ban-title = Suspend { $count } people?
ban-words = They are signed out at once and cannot sign in meanwhile. What they shared stays. They get a mail with the reason.
ban-term = How long
ban-one-day = One day
ban-one-week = A week
ban-one-month = 30 days
ban-for-good = Until it is ended
ban-term-unknown = Choose how long.
ban-reason = Reason
ban-reason-hint = They read it, too.
ban-reason-required = Write why: they are told.
reason-long = At most { $limit } characters.
second-factor-title = Remove two-step sign-in of { $name }?
second-factor-words = Do this only if you know who asks. The password alone signs in then. They get a mail.

flash-people-banned =
    { $rest ->
        [0] { $count ->
            [one] Suspended.
           *[other] { $count } people are suspended.
        }
       *[other] Suspended: { $count }. Not possible: { $rest }.
    }
flash-people-unbanned =
    { $rest ->
        [0] The suspension has ended.
       *[other] Suspensions ended: { $count }. Nothing to end: { $rest }.
    }
flash-people-signed-out =
    { $rest ->
        [0] { $count ->
            [one] Signed out everywhere.
           *[other] { $count } people are signed out everywhere.
        }
       *[other] Signed out: { $count }. Not signed in before: { $rest }.
    }
flash-second-factors-removed =
    { $rest ->
        [0] Two-step sign-in is removed.
       *[other] Removed: { $count }. There was none: { $rest }.
    }

applications-waiting = Waiting
applications-refused = Declined
applications-reason = Why they would like to join
applications-since = Since
applications-answer = Answer:
applications-approve = Approve
applications-decline = Decline
applications-choose-some = Choose at least one application.
applications-none = Nobody waits
applications-none-body = Whoever would like to join stands here until somebody decides.
applications-none-refused = Nobody was declined
applications-none-refused-body = Declined applications stay here for a month.
applications-not-needed = Nobody applies at present. Administrators decide who joins with
decline-title-one = Decline { $name }?
decline-title = Decline { $count } people?
decline-words = They get a mail, and read your answer there.
decline-answer = Your answer
flash-approved =
    { $rest ->
        [0] { $count ->
            [one] Approved: one more is here.
           *[other] Approved: { $count } more are here.
        }
       *[other] Approved: { $count }. Not possible any more: { $rest }.
    }
flash-declined =
    { $rest ->
        [0] { $count ->
            [one] Declined.
           *[other] { $count } are declined.
        }
       *[other] Declined: { $count }. Decided before: { $rest }.
    }

mail-all = All
mail-waiting = Waiting
mail-sent = Sent
mail-failed = Failed
mail-what = Mail
mail-made = Made
mail-went = Sent at
mail-retry = Retry failed mails
mail-none = No mails here
mail-none-body = Codes, links and notes to people show here for a month: to whom and whether they went out, never what they say.

audit-person = Name of a person
audit-what = What
audit-whom = Whom
audit-who = By
audit-detail = Detail
audit-when = When
audit-none = Nothing was done yet
audit-all = Show all
audit-more = All entries
audit-operator = On the server
audit-banned = Suspended
audit-unbanned = Suspension ended
audit-sessions-ended = Signed out everywhere
audit-second-factor-removed = Two-step sign-in removed
audit-approved = Application approved
audit-declined = Application declined
audit-invite-made = Invite made
audit-invite-revoked = Invite taken back
audit-people-exported = List of people exported
audit-jobs-retried = Jobs run again
audit-jobs-cancelled = Jobs cancelled
audit-admin-made = Administrator made
audit-reset-link-made = Link to a new password made

invites-title = Invites
invites-lead = A link lets people you know sign up here.
invites-new = A new link
invites-links = Links
invites-none = No links yet.
invites-not-needed = Links are not needed at present. People join by link only with
invite-uses = For how many people
invite-uses-range = A number from 1 to { $most }.
invite-expiry = Good for
invite-one-day = One day
invite-one-week = A week
invite-one-month = 30 days
invite-no-end = Without end
invite-expiry-unknown = Choose how long it is good for.
invite-note = Note
invite-note-hint = To remember whom it is for. They do not see it.
invite-note-long = At most { $limit } characters.
invite-make = Make a link
invite-too-many = { $most } links are open. Take one back first.
invite-used = { $n } of { $most } used
invite-guests = Joined:
invite-guests-more = and { $n } more
people-invited-by = Invited by
invite-until = until
invite-open = Open
invite-used-up = Used up
invite-expired = Expired
invite-revoked = Taken back
invite-copy = Copy link
invite-copied = Copied. Send it to whom you like.
invite-revoke = Take back
flash-invite-made = The link is ready. Copy it and send it.
flash-invite-revoked = The link is taken back.

field-invite = Your invite link
invite-needed = Paste the link you got.
invite-not-good = This link does not let anybody in any more. Ask for another one.
signup-invited = { $name } invites you. Photos, and the people who like them.
signup-invite-title = By invite
signup-invite-lead = Members let people in here. Paste the link somebody sent you.
signup-invite-button = Go on
signup-closed-title = Nobody can join at present
signup-closed-lead = Looking around is still free.
signup-approval = Somebody reads who would like to join. Tell us a little.
signup-apply = Apply
field-reason = Why would you like to join?
reason-hint = Only the administrators read it.
reason-required = A sentence is enough.
flash-applied = Thank you. We have your application.
flash-withdrawn = Your application is gone, and with it all we knew.
standing-title = Your application
standing-waiting = Somebody will read it soon
standing-waiting-mail = We write to { $email } as soon as it is decided.
standing-waiting-lead = Come back here, or sign in with your name and password, to see what was decided.
standing-since = Sent
standing-reason = Your reason
standing-changed-mind = Changed your mind?
standing-withdraw = Take it back
standing-refused = Not this time
standing-refused-lead = { $name }, your application was declined.
standing-again = Apply again
standing-forget = Forget it
standing-in = You are in
standing-in-lead = Welcome, { $name }. Your account is ready.
