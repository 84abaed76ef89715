# What mails say. Paragraphs are apart by an empty line.

mail-greeting = Hello { $name },
mail-footer = You get this mail because of your account { $name } on Picstargram at { $site }.
mail-stop = Stop mails of this kind
mail-link = If the button does not work, open this address:
mail-not-you = If this was not you, somebody else may be in your account: choose a new password at once. That ends every session.

mail-kind-verify = Confirm an address
mail-kind-welcome = Welcome
mail-kind-exists = Sign-up with a known address
mail-kind-change = Confirm a new address
mail-kind-changed = Address changed
mail-kind-reset = Link to a new password
mail-kind-password-changed = Password changed
mail-kind-device = Sign-in from a new device
mail-kind-second-factor-on = Two-step sign-in on
mail-kind-second-factor-off = Two-step sign-in off
mail-kind-second-factor-removed = Two-step sign-in removed
mail-kind-linked = Account linked
mail-kind-unlinked = Account unlinked
mail-kind-approved = Application approved
mail-kind-refused = Application declined
mail-kind-banned = Account suspended
mail-kind-export = Copy of everything ready
mail-kind-deletion = Deletion planned
mail-kind-deleted = Account deleted

mail-verify-subject = { $code } is your code for Picstargram
mail-verify-body =
    Type this code to confirm that this address is yours. It works for ten minutes.
mail-verify-after = If you did not sign up, somebody mistyped their address: leave this mail alone.

mail-welcome-subject = Welcome to Picstargram
mail-welcome-body =
    Your address is confirmed. It is good to have you here.

    Share your first photo, or follow people whose pictures you like: what they share then waits for you at home.
mail-welcome-button = Look around

mail-exists-subject = You have an account already
mail-exists-body =
    Somebody, perhaps you, just signed up with this address. It belongs to your account { $name } already, so nothing has changed.
mail-exists-button = Sign in
mail-exists-after = If you have forgotten your password, the sign-in page offers a new one.

mail-change-subject = { $code } confirms your new address
mail-change-body =
    Type this code to make this the address of your account. It works for ten minutes.
mail-change-after = If you did not ask for it, leave this mail alone: nothing changes without the code.

mail-changed-subject = Your address was changed
mail-changed-body =
    Mails about your account go to { $to } from now on.

mail-reset-subject = A new password
mail-reset-body =
    Somebody, perhaps you, asked for a new password for your account { $name }. The link works once, within one hour.
mail-reset-button = Choose a new password
mail-reset-after = If you did not ask for it, leave this mail alone: your password stays as it is.

mail-password-subject = Your password was changed
mail-password-body =
    Your account has a new password. All other sessions have ended.
mail-forgot-button = It was not me

mail-device-subject = A sign-in from a new device
mail-device-body =
    Somebody, perhaps you, signed in to your account.

    Device: { $device }
    Address: { $address }
    Time: { $time }
mail-device-button = Look at my sessions

mail-2fa-on-subject = Two-step sign-in is on
mail-2fa-on-body =
    From now on signing in asks for a code from your app as well. Keep your recovery codes where you will find them.

mail-2fa-off-subject = Two-step sign-in is off
mail-2fa-off-body =
    From now on your password alone signs you in.

mail-2fa-removed-subject = Two-step sign-in was removed
mail-2fa-removed-body =
    An administrator removed the second step of your sign-in. Your password alone signs you in until you set it up again.

mail-linked-subject = { $provider } is linked to your account
mail-linked-body =
    You can sign in with { $provider } from now on.

mail-unlinked-subject = { $provider } is no longer linked
mail-unlinked-body =
    { $provider } does not sign you in any more.

mail-approved-subject = You are in
mail-approved-body =
    Your application was approved. Sign in with the name and the password you chose.
mail-approved-button = Sign in

mail-refused-subject = About your application
mail-refused-body =
    Your application was not approved.
mail-refused-body-answer =
    Your application was not approved. This is what the administrator wrote:

    { $answer }

mail-banned-subject = Your account is suspended
mail-banned-body =
    An administrator suspended your account. The reason:

    { $reason }
mail-banned-body-until =
    An administrator suspended your account until { $until }. The reason:

    { $reason }

mail-export-subject = Your copy is ready
mail-export-body =
    The file with everything you shared is ready. You can download it until { $until }, signed in.
mail-export-button = Get my file

mail-deletion-subject = Your account will be deleted
mail-deletion-body =
    Everything of yours goes on { $day }: posts, photos, comments. Until then signing in stops it.
mail-deletion-button = Sign in and keep my account

mail-deleted-subject = Your account is deleted
mail-deleted-body =
    Everything of yours is gone. Thank you for having been here.

unsubscribe-title = Mails
unsubscribe-words = One click and mails of this kind stop.
unsubscribe-button = Stop these mails
unsubscribe-done = Done: mails of this kind stop. The settings can bring them back.
unsubscribe-settings = All settings for mails
