//! Every address of the site, as a function (or a constant where nothing varies). Handlers, templates and tests use these,
//! so that a changed address is changed here only. The patterns the router needs stand beside the functions that fill them.

use std::fmt::Display;

pub const HOME: &str = "/";
pub const EXPLORE: &str = "/explore";
/// What was liked most in the last seven days.
pub const EXPLORE_LIKED: &str = "/explore/liked";
pub const EXPLORE_ATOM: &str = "/explore.atom";
pub const TAG_ATOM: &str = "/tags/{tag}.atom";
pub const PROFILE_ATOM: &str = "/@{username}.atom";
pub const OEMBED: &str = "/oembed";
pub const TAG: &str = "/tags/{tag}";
pub const SIGN_UP: &str = "/signup";
/// Where an applicant stands.
pub const SIGN_UP_STATUS: &str = "/signup/status";
pub const SIGN_UP_WITHDRAW: &str = "/signup/withdraw";
pub const SIGN_IN: &str = "/login";
pub const SIGN_OUT: &str = "/logout";
pub const SETTINGS: &str = "/settings";
pub const SETTINGS_PROFILE: &str = "/settings/profile";
pub const LANGUAGE: &str = "/language";
pub const APPEARANCE: &str = "/appearance";
pub const PROFILE: &str = "/@{username}";
pub const PROFILE_FOLLOW: &str = "/@{username}/follow";
pub const PROFILE_FOLLOWER: &str = "/@{username}/follower";
pub const PROFILE_BLOCK: &str = "/@{username}/block";
pub const PROFILE_MUTE: &str = "/@{username}/mute";
pub const PROFILE_SUGGESTION: &str = "/@{username}/suggestion";
pub const FOLLOWERS: &str = "/@{username}/followers";
pub const FOLLOWING: &str = "/@{username}/following";
/// People one might want to follow.
pub const PEOPLE: &str = "/people";
pub const REQUESTS: &str = "/requests";
pub const REQUEST: &str = "/requests/{username}";
pub const SETTINGS_PRIVACY: &str = "/settings/privacy";
pub const SETTINGS_BLOCKED: &str = "/settings/blocked";
pub const SETTINGS_MUTED: &str = "/settings/muted";
pub const SAVED: &str = "/saved";
pub const ARCHIVE: &str = "/archive";
pub const NEW_POST: &str = "/posts/new";
pub const PHOTOS: &str = "/posts/photos";
pub const PHOTO_DELETE: &str = "/posts/photos/{id}/delete";
pub const SUGGEST: &str = "/suggest";
pub const POST: &str = "/posts/{id}";
pub const POST_EDIT: &str = "/posts/{id}/edit";
pub const POST_DELETE: &str = "/posts/{id}/delete";
pub const POST_LIKE: &str = "/posts/{id}/like";
pub const POST_LIKES: &str = "/posts/{id}/likes";
pub const POST_SAVE: &str = "/posts/{id}/save";
pub const POST_PIN: &str = "/posts/{id}/pin";
pub const POST_ARCHIVE: &str = "/posts/{id}/archive";
pub const POST_RESTORE: &str = "/posts/{id}/restore";
pub const NOTIFICATIONS: &str = "/notifications";
pub const NOTIFICATIONS_READ: &str = "/notifications/read";
pub const SETTINGS_NOTIFICATIONS: &str = "/settings/notifications";
pub const SETTINGS_READING: &str = "/settings/reading";
pub const SEARCH: &str = "/search";
pub const LIVE: &str = "/live";
pub const POST_RETRY: &str = "/posts/{id}/retry";
pub const POST_DOWNLOADS: &str = "/posts/{id}/downloads";
pub const IMAGE_DOWNLOAD: &str = "/images/{id}/download";
pub const API_IMAGE: &str = "/api/v1/images/{id}";
pub const POST_PHOTO: &str = "/posts/{id}/photos/{number}";
pub const POST_PHOTO_DELETE: &str = "/posts/{id}/photos/{image}/delete";
pub const POST_COMMENTS: &str = "/posts/{id}/comments";
pub const COMMENT_DELETE: &str = "/comments/{id}/delete";
pub const COMMENT_REACTIONS: &str = "/comments/{id}/reactions";
pub const COMMENT_REPLIES: &str = "/comments/{id}/replies";
pub const VERIFY: &str = "/verify";
/// A new code.
pub const VERIFY_AGAIN: &str = "/verify/again";
pub const PASSWORD_FORGOT: &str = "/password/forgot";
pub const PASSWORD_RESET: &str = "/password/reset/{token}";
/// Proving who one is once more, before something dangerous.
pub const CONFIRM: &str = "/confirm";
pub const SIGN_IN_CODE: &str = "/login/code";
/// The password of the account that has the address a provider did not make sure of.
pub const SIGN_IN_LINK: &str = "/login/link";
/// Off to a provider.
pub const AUTH: &str = "/auth/{provider}";
/// Back from it: written down over there.
pub const AUTH_CALLBACK: &str = "/auth/{provider}/callback";
pub const SETTINGS_ACCOUNT: &str = "/settings/account";
pub const SETTINGS_EMAIL: &str = "/settings/account/email";
pub const SETTINGS_EMAIL_CANCEL: &str = "/settings/account/email/cancel";
pub const SETTINGS_SESSIONS: &str = "/settings/sessions";
pub const SETTINGS_SECURITY: &str = "/settings/security";
pub const SETTINGS_PASSWORD: &str = "/settings/security/password";
pub const SETTINGS_TWO_STEP: &str = "/settings/security/two-step";
pub const SETTINGS_TWO_STEP_BEGIN: &str = "/settings/security/two-step/begin";
pub const SETTINGS_TWO_STEP_OFF: &str = "/settings/security/two-step/off";
pub const SETTINGS_TWO_STEP_CODES: &str = "/settings/security/two-step/codes";
pub const SETTINGS_TWO_STEP_FILE: &str = "/settings/security/two-step/file";
pub const SETTINGS_CONNECTIONS: &str = "/settings/connections";
pub const SETTINGS_EXPORT: &str = "/settings/export";
pub const SETTINGS_EXPORT_CANCEL: &str = "/settings/export/cancel";
/// The copy itself.
pub const SETTINGS_EXPORT_FILE: &str = "/settings/export/file";
pub const SETTINGS_IMPORT: &str = "/settings/import";
pub const SETTINGS_IMPORT_START: &str = "/settings/import/start";
pub const SETTINGS_IMPORT_CANCEL: &str = "/settings/import/cancel";
pub const SETTINGS_DELETE: &str = "/settings/delete";
pub const SETTINGS_INVITES: &str = "/settings/invites";
pub const SETTINGS_INVITES_REVOKE: &str = "/settings/invites/revoke";
pub const SETTINGS_MAILS: &str = "/settings/notifications/mails";
pub const UNSUBSCRIBE: &str = "/mails/stop/{token}";
pub const ADMIN: &str = "/admin";
pub const ADMIN_USERS: &str = "/admin/users";
pub const ADMIN_USERS_EXPORT: &str = "/admin/users/export";
pub const ADMIN_USERS_BAN: &str = "/admin/users/ban";
pub const ADMIN_USERS_UNBAN: &str = "/admin/users/unban";
pub const ADMIN_USERS_SESSIONS: &str = "/admin/users/sessions";
pub const ADMIN_USERS_SECOND_FACTOR: &str = "/admin/users/second-factor";
pub const ADMIN_USER: &str = "/admin/users/{id}";
pub const ADMIN_REGISTRATIONS: &str = "/admin/registrations";
pub const ADMIN_APPROVE: &str = "/admin/registrations/approve";
pub const ADMIN_DECLINE: &str = "/admin/registrations/decline";
pub const ADMIN_INVITES: &str = "/admin/invites";
pub const ADMIN_INVITES_REVOKE: &str = "/admin/invites/revoke";
pub const ADMIN_MAIL: &str = "/admin/mail";
pub const ADMIN_AUDIT: &str = "/admin/audit";
pub const ADMIN_JOBS: &str = "/admin/jobs";
pub const ADMIN_JOBS_RETRY: &str = "/admin/jobs/retry";
pub const ADMIN_JOBS_CANCEL: &str = "/admin/jobs/cancel";
pub const MEDIA: &str = "/media/{group}/{file}";
pub const STATIC: &str = "/static/{hash}/{file:.*}";
pub const LIVEZ: &str = "/livez";
pub const READYZ: &str = "/readyz";

pub fn unsubscribe(token: impl Display) -> String {
    format!("/mails/stop/{token}")
}

pub fn password_reset(token: impl Display) -> String {
    format!("/password/reset/{token}")
}

/// Signs in with a provider, then goes on to `next`.
pub fn auth_then(provider: impl Display, next: Option<&str>) -> String {
    auth_join(provider, next, None)
}

/// The same for somebody who was invited.
pub fn auth_join(provider: impl Display, next: Option<&str>, invite: Option<&str>) -> String {
    let mut address = format!("/auth/{provider}");
    for (name, value) in [("next", next), ("invite", invite)] {
        if let Some(value) = value {
            address += if address.contains('?') { "&" } else { "?" };
            address += &format!("{name}={}", query_value(value));
        }
    }
    address
}

/// Links one more account elsewhere.
pub fn auth_link(provider: impl Display) -> String {
    format!("/auth/{provider}?link=true")
}

/// Proves who one is by a provider, then goes on to `next`.
pub fn auth_confirm(provider: impl Display, next: impl AsRef<str>) -> String {
    format!("/auth/{provider}?confirm=true&next={}", query_value(next.as_ref()))
}

pub fn auth(provider: impl Display) -> String {
    format!("/auth/{provider}")
}

pub fn auth_callback(provider: impl Display) -> String {
    format!("/auth/{provider}/callback")
}

pub fn confirm_then(next: impl AsRef<str>) -> String {
    format!("/confirm?next={}", query_value(next.as_ref()))
}

pub fn sign_up_invited(code: impl Display) -> String {
    format!("{SIGN_UP}?invite={code}")
}

pub fn profile(username: impl AsRef<str>) -> String {
    format!("/@{}", username.as_ref())
}

pub fn follow(username: impl AsRef<str>) -> String {
    format!("{}/follow", profile(username))
}

/// Their following me: where it is ended.
pub fn follower(username: impl AsRef<str>) -> String {
    format!("{}/follower", profile(username))
}

pub fn block(username: impl AsRef<str>) -> String {
    format!("{}/block", profile(username))
}

pub fn mute(username: impl AsRef<str>) -> String {
    format!("{}/mute", profile(username))
}

/// Their being suggested to me: where it is ended.
pub fn suggestion(username: impl AsRef<str>) -> String {
    format!("{}/suggestion", profile(username))
}

pub fn followers(username: impl AsRef<str>) -> String {
    format!("{}/followers", profile(username))
}

pub fn following(username: impl AsRef<str>) -> String {
    format!("{}/following", profile(username))
}

/// What they ask of me: where it is answered.
pub fn request(username: impl AsRef<str>) -> String {
    format!("{REQUESTS}/{}", username.as_ref())
}

pub fn tag(tag: &str) -> String {
    format!("/tags/{}", path_segment(tag))
}

/// Its newest posts for feed readers.
pub fn tag_atom(tag: &str) -> String {
    format!("/tags/{}.atom", path_segment(tag))
}

pub fn profile_atom(username: impl AsRef<str>) -> String {
    format!("/@{}.atom", username.as_ref())
}

/// What other sites ask to show a post; `origin` is this site's.
pub fn oembed(origin: &str, post: impl Display) -> String {
    format!("{OEMBED}?url={}", query_value(&format!("{origin}/posts/{post}")))
}

/// The form for a new post with these photos in it, which came ahead of it.
pub fn new_post_with<I: Display>(photos: impl IntoIterator<Item = I>) -> String {
    let fields: Vec<String> = photos.into_iter().map(|id| format!("photo_id={id}")).collect();
    if fields.is_empty() { NEW_POST.to_owned() } else { format!("{NEW_POST}?{}", fields.join("&")) }
}

/// Gives up a photo that came ahead of its post.
pub fn photo_delete(id: impl Display) -> String {
    format!("/posts/photos/{id}/delete")
}

pub fn post(id: impl Display) -> String {
    format!("/posts/{id}")
}

/// Its pictures, when no longer exactly `waiting` of them are in the making.
pub fn post_photos(id: impl Display, waiting: usize) -> String {
    format!("/posts/{id}?waiting={waiting}")
}

pub fn post_edit(id: impl Display) -> String {
    format!("/posts/{id}/edit")
}

pub fn post_delete(id: impl Display) -> String {
    format!("/posts/{id}/delete")
}

pub fn post_like(id: impl Display) -> String {
    format!("/posts/{id}/like")
}

pub fn post_likes(id: impl Display) -> String {
    format!("/posts/{id}/likes")
}

pub fn post_save(id: impl Display) -> String {
    format!("/posts/{id}/save")
}

pub fn post_pin(id: impl Display) -> String {
    format!("/posts/{id}/pin")
}

pub fn post_archive(id: impl Display) -> String {
    format!("/posts/{id}/archive")
}

/// Takes a deletion back.
pub fn post_restore(id: impl Display) -> String {
    format!("/posts/{id}/restore")
}

/// Whether there is more than the post `id` at the top of the home feed.
pub fn home_after(id: impl Display) -> String {
    format!("/?after={id}")
}

/// Makes the sizes of its failed photos once more.
pub fn post_retry(id: impl Display) -> String {
    format!("/posts/{id}/retry")
}

pub fn post_downloads(id: impl Display) -> String {
    format!("/posts/{id}/downloads")
}

/// A picture as a file: `size` is `original`, or the name of a size.
pub fn image_download(id: impl Display, size: impl Display) -> String {
    format!("/images/{id}/download?size={size}")
}

pub fn api_image(id: impl Display) -> String {
    format!("/api/v1/images/{id}")
}

/// Takes one photo out of a post.
pub fn post_photo_delete(id: impl Display, image: impl Display) -> String {
    format!("/posts/{id}/photos/{image}/delete")
}

/// One photo of a post as large as the window, the first one being 1.
pub fn post_photo(id: impl Display, number: impl Display) -> String {
    format!("/posts/{id}/photos/{number}")
}

/// A post as a dialog over the page that is open; the address a person sees is [`post`].
pub fn post_dialog(id: impl Display) -> String {
    format!("/posts/{id}?view=dialog")
}

/// What is said about a post, from where one begins to read.
pub fn post_conversation(id: impl Display) -> String {
    format!("/posts/{id}#comments")
}

/// The same page with its comments in this order.
pub fn post_in_order(id: impl Display, order: &str) -> String {
    format!("/posts/{id}?order={order}#comments")
}

/// The same page, about to answer this comment or reply.
pub fn post_answering(id: impl Display, comment: impl Display) -> String {
    format!("/posts/{id}?reply={comment}#say")
}

/// One comment or reply where it stands, however old it is.
pub fn comment(post: impl Display, comment: impl Display) -> String {
    format!("/posts/{post}?comment={comment}#comment-{comment}")
}

pub fn post_comments(id: impl Display) -> String {
    format!("/posts/{id}/comments")
}

/// The conversation alone, in this order.
pub fn post_comments_in(id: impl Display, order: &str) -> String {
    format!("/posts/{id}/comments?order={order}")
}

pub fn comment_delete(id: impl Display) -> String {
    format!("/comments/{id}/delete")
}

pub fn comment_reactions(id: impl Display) -> String {
    format!("/comments/{id}/reactions")
}

/// Answers to a comment that came after this one.
pub fn comment_replies(id: impl Display, after: impl Display) -> String {
    format!("/comments/{id}/replies?after={after}")
}

/// One person, as administrators see them.
pub fn admin_user(id: impl Display) -> String {
    format!("/admin/users/{id}")
}

/// People of whom this is true, whose name or address begins like this.
pub fn admin_users(status: &str, search: &str) -> String {
    let fields = [("status", status), ("q", search)].into_iter().filter(|(_, value)| !value.is_empty());
    with_fields(ADMIN_USERS, fields)
}

/// Asks for how long and why these people are to be kept out.
pub fn admin_users_ban(id: impl Display) -> String {
    format!("{ADMIN_USERS_BAN}?user={id}")
}

pub fn admin_users_second_factor(id: impl Display) -> String {
    format!("{ADMIN_USERS_SECOND_FACTOR}?user={id}")
}

/// Applications in this state.
pub fn admin_registrations(state: &str) -> String {
    format!("{ADMIN_REGISTRATIONS}?state={state}")
}

/// Asks what an applicant is to be told.
pub fn admin_decline(id: impl Display) -> String {
    format!("{ADMIN_DECLINE}?application={id}")
}

/// Mails in this state; all of them without one.
pub fn admin_mail(state: &str) -> String {
    with_fields(ADMIN_MAIL, [("state", state)].into_iter().filter(|(_, value)| !value.is_empty()))
}

/// What this person did as an administrator, and what was done to them.
pub fn admin_audit(person: &str) -> String {
    with_fields(ADMIN_AUDIT, [("person", person)].into_iter().filter(|(_, value)| !value.is_empty()))
}

fn with_fields<'a>(path: &str, fields: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let fields: Vec<String> = fields.map(|(name, value)| format!("{name}={}", query_value(value))).collect();
    if fields.is_empty() { path.to_owned() } else { format!("{path}?{}", fields.join("&")) }
}

/// Jobs in this state, of one kind or of all.
pub fn admin_jobs(state: &str, kind: Option<&str>) -> String {
    with_kind(format!("{ADMIN_JOBS}?state={state}"), kind)
}

/// Asks whether these are to be cancelled: one job, or all of a kind.
pub fn admin_jobs_cancel(state: &str, kind: Option<&str>, job: Option<i64>) -> String {
    let which = job.map_or("all=1".to_owned(), |id| format!("job={id}"));
    with_kind(format!("{ADMIN_JOBS_CANCEL}?state={state}&{which}"), kind)
}

fn with_kind(address: String, kind: Option<&str>) -> String {
    kind.map_or(address.clone(), |kind| format!("{address}&kind={}", query_value(kind)))
}

/// Sign in, then go on to `next` (a path of this site).
pub fn sign_in_then(next: impl AsRef<str>) -> String {
    format!("{SIGN_IN}?next={}", query_value(next.as_ref()))
}

pub fn search(query: &str) -> String {
    format!("{SEARCH}?q={}", query_value(query))
}

/// The same page, from the given cursor on.
pub fn from_cursor(page: impl AsRef<str>, before: impl Display) -> String {
    let page = page.as_ref();
    format!("{page}{}before={before}", if page.contains('?') { '&' } else { '?' })
}

pub fn media(group: &str, file: &str) -> String {
    format!("/media/{group}/{file}")
}

pub fn asset(hash: &str, file: &str) -> String {
    format!("/static/{hash}/{file}")
}

/// Whether `path` is safe to redirect to: a path of this site and nothing a browser could read as another one.
pub fn is_local_path(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && path.len() <= 2_000 && !path.contains(|c: char| c == '\\' || c.is_control())
}

fn path_segment(text: &str) -> String {
    percent(text, |byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte))
}

fn query_value(text: &str) -> String {
    percent(text, |byte| byte.is_ascii_alphanumeric() || b"-_.~/@".contains(&byte))
}

fn percent(text: &str, keep: impl Fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if keep(byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_local() {
        for good in ["/", "/posts/1", "/@ada?before=3#x"] {
            assert!(is_local_path(good), "{good}");
        }
        for bad in ["", "posts", "//evil.example", "/\\evil.example", "https://evil.example", "/a\nb", "/\t/evil.example"] {
            assert!(!is_local_path(bad), "{bad:?}");
        }
    }

    #[test]
    fn tags_of_any_script_make_a_path() {
        assert_eq!(tag("바다"), "/tags/%EB%B0%94%EB%8B%A4");
        assert_eq!(sign_in_then("/a?b=c&d"), "/login?next=/a%3Fb%3Dc%26d");
    }
}
