# Signing in with an account elsewhere.

social-or = or
social-continue = Continue with { $provider }
social-start-lead = { $provider } asks whether it is you, then brings you back here.
social-start-link = { $provider } asks whether it is you. From then on it signs you in here.
social-again = Try again
social-other-ways = Other ways to sign in
flash-linked = Done: you can sign in this way from now on.
flash-unlinked = Unlinked.
flash-social-gone = That took too long. Please begin again.
confirm-lead-elsewhere = What comes next is important, so show once more that it is you. It counts for a quarter of an hour.

social-denied-title = You stopped the sign-in
social-denied-body = Nothing was changed, and { $provider } told us nothing about you.
social-stale-title = This sign-in has ended
social-stale-body = It was begun in another window, or too long ago. Begin again, and stay in this one.
social-spent-title = That took too long
social-spent-body = What { $provider } gave us works for a moment only. Try once more.
social-away-title = { $provider } does not answer
social-away-body = It may be down for a moment. Try again soon, or sign in another way.
social-refused-title = We could not be sure that it is you
social-refused-body = The answer from { $provider } did not pass our checks, so nobody was signed in. Try again.
social-setup-title = { $provider } is not set up right
social-setup-body = This is not your fault: the people who run this site need to look at it. Sign in another way for now.
social-no-email-title = We need your e-mail address
social-no-email-body = { $provider } did not tell us one. Try again and allow it, or sign up with an address here.
social-other-way-title = You have an account already
social-other-way-body = An account with this address signs in another way. Sign in as you did before, then link { $provider } under Settings, Connections.
social-taken-title = This { $provider } account belongs to somebody else
social-taken-body = It signs another member in. Unlink it there first, or choose another one.
social-another-title = That is another account
social-another-body = Choose the { $provider } account that is linked with the one you are signed in to.
social-closed-title = New members cannot join this way
social-closed-body = This site takes no new members right now. If you have an account, sign in as you did before.
social-closed-invite = This site takes members by invitation. Ask somebody here for a link, open it, and continue from there.
social-closed-approval = The people who run this site look at each application. Sign up first, then link your other account.

social-password-title = Is this account yours?
social-password-lead = There is an account with { $email } already. Type its password once, and { $provider } signs you in from now on.
social-password-button = Link with { $provider }
social-password-wrong = That is not its password.
social-password-not-mine = Not your account?
social-password-new = Make a new one

connections-title = Connections
connections-lead = Accounts elsewhere that sign you in here.
connections-none = Nothing to connect with
connections-none-body = On this site people sign in with a password.
connections-since = since
connections-off = switched off on this site
connections-not-yet = Not linked
connections-link = Link
connections-link-of = Link { $provider }
connections-unlink = Unlink
connections-unlink-of = Unlink { $provider }
connections-last = This is your only way in. Before you unlink it, set a password or link another account.
connections-no-password = You have no password here.

job-import-photo = Bring a profile photo along
