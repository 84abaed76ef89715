# Accounts: proving an address, passwords, sessions, safety.

wait-seconds =
    { $n ->
        [one] Too many tries. Wait one second and try again.
       *[other] Too many tries. Wait { $n } seconds and try again.
    }
wait-minutes =
    { $n ->
        [one] Too many tries. Wait one minute and try again.
       *[other] Too many tries. Wait { $n } minutes and try again.
    }

error-unproven-title = Confirm your address first
error-unproven-body = On this site people take part once they have typed the code from a mail.
error-confirm-title = Is it you?
error-confirm-body = This needs your password once more.
flash-confirm-first = Type your password once more, then go on.
flash-verify-first = Confirm your address first: the code is in your mail.
flash-account-kept = Welcome back. Your account is not deleted.
flash-address-proven = Your address is confirmed.
flash-address-changed = Your new address is confirmed.
flash-code-sent = A new code is on its way.
flash-password-changed = You have a new password. Other sessions have ended.
flash-sessions-ended = Done: signed out there.

field-new-password = New password
field-current-password = Current password
field-phone = Phone
field-birthday = Birthday
field-gender = Gender
gender-untold = Rather not say
gender-female = Woman
gender-male = Man
gender-other = Another
gender-unknown = Choose one from the list.
phone-shape = A phone number has 5 to 15 digits, such as +82 10 1234 5678.
birthday-shape = A day between 1900 and today, such as 1990-02-28.
password-wrong = That is not your password.

signin-forgot = Forgot your password?

verify-title = Confirm your address
verify-lead = We sent a code to { $email }. Type it here within ten minutes.
verify-lead-first = We send a code to { $email }, and you type it here.
verify-code = Code from the mail
verify-hint = Six digits
verify-button = Confirm
verify-missing = No mail? Look into the junk folder, or
verify-again = send another code
verify-again-in = send another code in { $n } s
verify-send = Send the code
verify-wrong-address = Not your address?
verify-other-address = Change it
verify-keep = Changed your mind?
verify-cancel = Keep the present address
code-wrong =
    { $left ->
        [one] That is not the code. One try is left.
       *[other] That is not the code. { $left } tries are left.
    }
code-gone = This code does not work any more. Send another one.
mail-folder = No mail server is set up, so mails are files on this machine, in
verify-banner = Confirm your address: we sent a code to { $email }.
verify-banner-link = Type the code

forgot-title = A new password
forgot-lead = Tell us your e-mail address, and a link to a new password comes by mail.
forgot-button = Send the link
forgot-sent-title = Look into your mail
forgot-sent = If { $email } belongs to an account, a link is on its way. It works for one hour.
forgot-nothing = Nothing after some minutes? Look into the junk folder, or try another address.
forgot-back = Back to sign in
reset-title = Choose a new password
reset-lead = For the account { $name }. Every session ends.
reset-button = Set the password
reset-gone-title = This link has ended
reset-gone = It works once, within one hour. Ask for another one.
reset-another = Ask for another link

confirm-title = Is it you?
confirm-lead = What comes next cannot be undone by others, so type your password once more. It counts for a quarter of an hour.
confirm-button = Go on
confirm-without-password = Your account has no password. Sign out and in again to show that it is you, then come back here.

banned-title = Your account is suspended
banned-lead = An administrator suspended this account.
banned-until = An administrator suspended this account until
banned-reason = The reason

sessions-title = Sessions
sessions-lead = Where you are signed in. End any you do not know, then change your password.
sessions-now = now
sessions-current = This device
sessions-end = End
sessions-end-of = End the session on { $device }
sessions-end-others = End all others
sessions-end-others-words = You stay signed in here. All others are signed out at once.
sessions-unknown = Somebody you do not know?

security-title = Security
password-change = Change the password
password-set = Set a password
password-none-yet = You sign in with another service and have no password here yet.
password-ends-sessions = A new password ends all other sessions.
security-log = What happened to your account
security-log-words = The last ninety days. If something was not you, change your password.
security-log-empty = Nothing in the last ninety days.
security-log-more = Earlier
security-signed-up = Account made
security-signed-in = Signed in
security-refused = Wrong passwords before this sign-in:
security-signed-out = Signed out
security-sessions-ended = Sessions ended:
security-password-changed = Password changed
security-password-reset = New password by link
security-address-proven = Address confirmed:
security-address-changed = Address changed to
security-second-factor-on = Two-step sign-in turned on
security-second-factor-off = Two-step sign-in turned off
security-second-factor-removed = Two-step sign-in removed by an administrator
security-recovery-code-used = Recovery code used
security-recovery-codes-made = New recovery codes made
security-linked = Linked with
security-unlinked = No longer linked with
security-exported = Copy of everything made
security-imported = Posts brought from another place
security-deletion-planned = Deletion planned
security-deletion-stopped = Deletion stopped by signing in
security-banned = Suspended by an administrator
security-unbanned = Suspension ended

account-title = Account
account-proven = Confirmed
account-unproven = Not confirmed
account-prove = Confirm it
account-next-email = { $email } waits to be confirmed.
account-enter-code = Type the code
account-new-email = Another address
account-email-hint = It counts once you have typed the code we send there. The old address gets a note.
account-change-email = Change the address
account-details = Details
account-details-words = Only you and the administrators see these.

mails-choose = Which mails you want
mails-always = Mails about your safety (codes, passwords, addresses) always come.

back-to-security = Back to security
flash-two-step-off = Two-step sign-in is off.
flash-begin-again = That took too long. Begin again with your password.
flash-recovery-used = Signed in with a recovery code. It does not work again.
flash-recovery-few = Signed in with one of your last recovery codes. Make new ones soon.
two-step-title = Two-step sign-in
two-step-lead = With it, signing in asks for your password and for a code from an app on your phone. Whoever knows only your password stays out.
two-step-scan = 1. Scan with your app
two-step-scan-words = Any authenticator app will do.
two-step-qr = A square code for your authenticator app
two-step-type = No camera? Type this into the app:
two-step-open-app = Open it in an app on this device
two-step-prove = 2. Type the code that the app shows
two-step-code = Code
two-step-wrong = That code is not right. Codes change every half minute; take the newest.
two-step-turn-on = Turn on
two-step-is-on = Two-step sign-in is on.
two-step-codes = Recovery codes
two-step-codes-words = If you lose your phone, each of these signs you in once. They are shown only now: keep them somewhere safe.
two-step-codes-left =
    { $count ->
        [one] One code is left.
       *[other] { $count } codes are left.
    }
two-step-download = Download
two-step-print = Print
two-step-kept = I have kept them
two-step-new-codes = Make ten new codes
two-step-off = Turn it off
two-step-off-words = Then your password alone signs you in.
two-step-turn-off = Turn off
two-step-ask = Type the code from your app.
two-step-ask-hint = Lost your phone? A recovery code works too.
two-step-on-words = Signing in asks for a code as well.
two-step-off-now = Your password alone signs you in.
two-step-manage = Look after it
two-step-set-up = Set it up
