//! Every address that changes something, tried by people who may not: a visitor, and somebody it does not belong to. What they
//! get is a refusal, and what they leave behind is nothing.

use crate::support::{Browser, Page, TestApp, Upload, pictures, site, source};
use diesel::prelude::*;
use picstargram::posts::PostId;
use picstargram::schema::{comments, images, jobs, likes, objects, post_photos, post_tags, posts, reactions, usernames, users};
use picstargram::urls;

/// Changing addresses that need no account, or concern nobody but oneself.
const OPEN: &[&str] = &[
    "SIGN_UP",
    "SIGN_UP_WITHDRAW",
    "SIGN_IN",
    "SIGN_IN_CODE",
    "SIGN_IN_LINK",
    "AUTH",
    "SIGN_OUT",
    "LANGUAGE",
    "APPEARANCE",
    "PASSWORD_FORGOT",
    "PASSWORD_RESET",
    "UNSUBSCRIBE",
];
/// What members do in their own name.
const FOR_MEMBERS: &[&str] = &[
    "NEW_POST",
    "PHOTOS",
    "PHOTO_DELETE",
    "SETTINGS_PROFILE",
    "SETTINGS_CONNECTIONS",
    "SETTINGS_PRIVACY",
    "POST_LIKE",
    "POST_SAVE",
    "POST_COMMENTS",
    "COMMENT_REACTIONS",
    "NOTIFICATIONS_READ",
    "SETTINGS_NOTIFICATIONS",
    "SETTINGS_READING",
    "PROFILE_FOLLOW",
    "PROFILE_FOLLOWER",
    "PROFILE_BLOCK",
    "PROFILE_MUTE",
    "PROFILE_SUGGESTION",
    "REQUESTS",
    "REQUEST",
    "SETTINGS_INVITES",
    "SETTINGS_INVITES_REVOKE",
    "SETTINGS_EXPORT",
    "SETTINGS_EXPORT_CANCEL",
    "SETTINGS_IMPORT",
    "SETTINGS_IMPORT_START",
    "SETTINGS_IMPORT_CANCEL",
    "SETTINGS_DELETE",
    "CONFIRM",
    "VERIFY",
    "VERIFY_AGAIN",
    "SETTINGS_ACCOUNT",
    "SETTINGS_EMAIL",
    "SETTINGS_EMAIL_CANCEL",
    "SETTINGS_MAILS",
    "SETTINGS_PASSWORD",
    "SETTINGS_SESSIONS",
    "SETTINGS_TWO_STEP",
    "SETTINGS_TWO_STEP_BEGIN",
    "SETTINGS_TWO_STEP_CODES",
    "SETTINGS_TWO_STEP_FILE",
    "SETTINGS_TWO_STEP_OFF",
];
/// What only the author of a post and an administrator may.
const FOR_AUTHORS: &[&str] = &["POST_EDIT", "POST_DELETE", "POST_RETRY", "POST_PHOTO_DELETE", "COMMENT_DELETE"];
/// What not even an administrator decides for the author. A deletion is taken back by whoever could delete.
const FOR_THE_AUTHOR_ALONE: &[&str] = &["POST_PIN", "POST_ARCHIVE"];
const FOR_A_MOMENT: &[&str] = &["POST_RESTORE"];
/// What exists for administrators only.
const FOR_ADMINS: &[&str] = &[
    "ADMIN_JOBS_RETRY",
    "ADMIN_JOBS_CANCEL",
    "ADMIN_USERS_EXPORT",
    "ADMIN_USERS_BAN",
    "ADMIN_USERS_UNBAN",
    "ADMIN_USERS_SESSIONS",
    "ADMIN_USERS_SECOND_FACTOR",
    "ADMIN_APPROVE",
    "ADMIN_DECLINE",
    "ADMIN_INVITES",
    "ADMIN_INVITES_REVOKE",
];

/// A comment by the author of the post, where there is one.
const COMMENT: i64 = 77;

/// Routes as the rooms declare them: the constant in `urls`, and the methods.
fn routes() -> Vec<(String, Vec<&'static str>)> {
    let mut routes = Vec::new();
    for (_, text) in source::files("src", &["rs"]) {
        for line in source::code(&text).lines() {
            let Some((_, rest)) = line.split_once("web::resource(urls::") else { continue };
            let name: String = rest.chars().take_while(|c| c.is_ascii_uppercase() || *c == '_').collect();
            let methods = ["get", "post", "put", "delete", "patch"];
            let methods = methods.into_iter().filter(|method| rest.contains(&format!(".{method}("))).collect();
            routes.push((name, methods));
        }
    }
    routes
}

async fn change(browser: &Browser, name: &str, post: PostId) -> Page {
    match name {
        "NEW_POST" => browser.upload(urls::NEW_POST, Upload::default().file("photos", &pictures::small())).await,
        "PHOTOS" => browser.upload(urls::PHOTOS, Upload::default().file("photos", &pictures::small())).await,
        "PHOTO_DELETE" => browser.post(urls::photo_delete(1), &[]).await,
        "SETTINGS_PROFILE" => {
            let upload = Upload::default().text("description", "taken over").file("avatar", &pictures::small());
            browser.upload(urls::SETTINGS_PROFILE, upload).await
        }
        "POST_LIKE" => browser.post(urls::post_like(post), &[("liked", "true")]).await,
        "POST_SAVE" => browser.post(urls::post_save(post), &[("saved", "true")]).await,
        "POST_PIN" => browser.post(urls::post_pin(post), &[("pinned", "true")]).await,
        "POST_ARCHIVE" => browser.post(urls::post_archive(post), &[("archived", "true")]).await,
        "POST_RESTORE" => browser.post(urls::post_restore(post), &[]).await,
        "NOTIFICATIONS_READ" => browser.post(urls::NOTIFICATIONS_READ, &[]).await,
        "SETTINGS_READING" => browser.post(urls::SETTINGS_READING, &[("paging", "true")]).await,
        "SETTINGS_NOTIFICATIONS" => browser.post(urls::SETTINGS_NOTIFICATIONS, &[]).await,
        "PROFILE_FOLLOW" => browser.post(urls::follow("ada"), &[("following", "true")]).await,
        "PROFILE_FOLLOWER" => browser.post(urls::follower("ada"), &[("removed", "true")]).await,
        "PROFILE_BLOCK" => browser.post(urls::block("ada"), &[("blocked", "true")]).await,
        "PROFILE_MUTE" => browser.post(urls::mute("ada"), &[("muted", "true")]).await,
        "PROFILE_SUGGESTION" => browser.post(urls::suggestion("ada"), &[("dismissed", "true")]).await,
        "REQUESTS" => browser.post(urls::REQUESTS, &[("accepted", "true")]).await,
        "REQUEST" => browser.post(urls::request("ada"), &[("accepted", "true")]).await,
        "SETTINGS_CONNECTIONS" => browser.post(urls::SETTINGS_CONNECTIONS, &[("unlink", "1")]).await,
        "SETTINGS_PRIVACY" => browser.post(urls::SETTINGS_PRIVACY, &[("private", "true")]).await,
        "SETTINGS_EXPORT" => browser.post(urls::SETTINGS_EXPORT, &[]).await,
        "SETTINGS_EXPORT_CANCEL" => browser.post(urls::SETTINGS_EXPORT_CANCEL, &[]).await,
        "SETTINGS_IMPORT" => browser.upload(urls::SETTINGS_IMPORT, Upload::default().file("file", &pictures::small())).await,
        "SETTINGS_IMPORT_START" => browser.post(urls::SETTINGS_IMPORT_START, &[]).await,
        "SETTINGS_IMPORT_CANCEL" => browser.post(urls::SETTINGS_IMPORT_CANCEL, &[]).await,
        "SETTINGS_DELETE" => browser.post(urls::SETTINGS_DELETE, &[("username", "ada")]).await,
        "CONFIRM" => browser.post(urls::CONFIRM, &[("password", "guessed")]).await,
        "VERIFY" => browser.post(urls::VERIFY, &[("code", "000000")]).await,
        "VERIFY_AGAIN" => browser.post(urls::VERIFY_AGAIN, &[]).await,
        "SETTINGS_ACCOUNT" => browser.post(urls::SETTINGS_ACCOUNT, &[("phone", "12345678")]).await,
        "SETTINGS_EMAIL" => browser.post(urls::SETTINGS_EMAIL, &[("email", "taken@over.example")]).await,
        "SETTINGS_EMAIL_CANCEL" => browser.post(urls::SETTINGS_EMAIL_CANCEL, &[]).await,
        "SETTINGS_MAILS" => browser.post(urls::SETTINGS_MAILS, &[]).await,
        "SETTINGS_PASSWORD" => browser.post(urls::SETTINGS_PASSWORD, &[("password", "taken over by me")]).await,
        "SETTINGS_SESSIONS" => browser.post(urls::SETTINGS_SESSIONS, &[]).await,
        "SETTINGS_TWO_STEP" => browser.post(urls::SETTINGS_TWO_STEP, &[("code", "000000")]).await,
        "SETTINGS_TWO_STEP_BEGIN" => browser.post(urls::SETTINGS_TWO_STEP_BEGIN, &[]).await,
        "SETTINGS_TWO_STEP_CODES" => browser.post(urls::SETTINGS_TWO_STEP_CODES, &[]).await,
        "SETTINGS_TWO_STEP_FILE" => browser.post(urls::SETTINGS_TWO_STEP_FILE, &[]).await,
        "SETTINGS_TWO_STEP_OFF" => browser.post(urls::SETTINGS_TWO_STEP_OFF, &[]).await,
        "POST_COMMENTS" => browser.post(urls::post_comments(post), &[("body", "taken over")]).await,
        "COMMENT_REACTIONS" => browser.post(urls::comment_reactions(COMMENT), &[("emoji", "👏"), ("on", "true")]).await,
        "COMMENT_DELETE" => browser.post(urls::comment_delete(COMMENT), &[]).await,
        "POST_EDIT" => browser.post(urls::post_edit(post), &[("caption", "taken over"), ("alt", "taken over")]).await,
        "POST_DELETE" => browser.post(urls::post_delete(post), &[]).await,
        "POST_PHOTO_DELETE" => browser.post(urls::post_photo_delete(post, 1), &[]).await,
        "ADMIN_JOBS_RETRY" => browser.post(urls::ADMIN_JOBS_RETRY, &[("all", "1")]).await,
        "ADMIN_JOBS_CANCEL" => browser.post(urls::ADMIN_JOBS_CANCEL, &[("all", "1")]).await,
        "SETTINGS_INVITES" => browser.post(urls::SETTINGS_INVITES, &[("uses", "1"), ("expiry", "7")]).await,
        "SETTINGS_INVITES_REVOKE" => browser.post(urls::SETTINGS_INVITES_REVOKE, &[("id", "1")]).await,
        "ADMIN_USERS_EXPORT" => browser.post(urls::ADMIN_USERS_EXPORT, &[]).await,
        "ADMIN_USERS_BAN" => browser.post(urls::ADMIN_USERS_BAN, &[("user", "1"), ("term", "1"), ("reason", "taken over")]).await,
        "ADMIN_USERS_UNBAN" => browser.post(urls::ADMIN_USERS_UNBAN, &[("user", "1")]).await,
        "ADMIN_USERS_SESSIONS" => browser.post(urls::ADMIN_USERS_SESSIONS, &[("user", "1")]).await,
        "ADMIN_USERS_SECOND_FACTOR" => browser.post(urls::ADMIN_USERS_SECOND_FACTOR, &[("user", "1")]).await,
        "ADMIN_APPROVE" => browser.post(urls::ADMIN_APPROVE, &[("only", "1")]).await,
        "ADMIN_DECLINE" => browser.post(urls::ADMIN_DECLINE, &[("only", "1")]).await,
        "ADMIN_INVITES" => browser.post(urls::ADMIN_INVITES, &[("uses", "1"), ("expiry", "7")]).await,
        "ADMIN_INVITES_REVOKE" => browser.post(urls::ADMIN_INVITES_REVOKE, &[("id", "1")]).await,
        "POST_RETRY" => browser.post(urls::post_retry(post), &[]).await,
        other => panic!("{other} is a new address that changes something: say here who may use it"),
    }
}

/// Every row of every table that a person could care about.
async fn everything(app: &TestApp) -> String {
    let mut rows = String::new();
    for table in ["audit_log", "invites", "applications", "sessions"] {
        rows += &format!("{table} {} ", app.rows_in(table).await);
    }
    let read = app.read(|c| {
        type Account = (i64, String, String, String, String);
        let people: Vec<Account> =
            users::table.order(users::id).select((users::id, users::username, users::email, users::password_hash, users::role)).load(c)?;
        let shown: Vec<(String, i64, Option<i64>)> =
            users::table.order(users::id).select((users::description, users::post_count, users::avatar_id)).load(c)?;
        let names: Vec<(String, i64)> = usernames::table.order(usernames::name).load(c)?;
        let shared: Vec<(i64, i64, String, String, i64, i32)> = posts::table
            .order(posts::id)
            .select((posts::id, posts::author_id, posts::caption, posts::mentions, posts::like_count, posts::photo_count))
            .load(c)?;
        let edited: i64 = posts::table.filter(posts::edited_at.is_not_null()).count().get_result(c)?;
        let photos: Vec<(i64, i32, i64, String)> = post_photos::table
            .order((post_photos::post_id, post_photos::position))
            .select((post_photos::post_id, post_photos::position, post_photos::image_id, post_photos::alt))
            .load(c)?;
        let liked: Vec<(i64, i64, i64)> = likes::table.order(likes::id).load(c)?;
        let tags: Vec<(String, i64)> = post_tags::table.order((post_tags::tag, post_tags::post_id)).load(c)?;
        let pictures: Vec<(i64, String)> = images::table.order(images::id).select((images::id, images::state)).load(c)?;
        let stored: Vec<(String, String)> = objects::table.order(objects::key).select((objects::key, objects::state)).load(c)?;
        let said: Vec<(i64, i64, Option<i64>, String, i64)> = comments::table
            .order(comments::id)
            .select((comments::id, comments::author_id, comments::parent_id, comments::body, comments::like_count))
            .load(c)?;
        let reacted: i64 = reactions::table.count().get_result(c)?;
        let queued: i64 = jobs::table.count().get_result(c)?;
        Ok(format!("{people:?} {shown:?} {names:?} {shared:?} {edited} {photos:?} {liked:?} {tags:?} {pictures:?} {stored:?} {said:?} {reacted} {queued}"))
    });
    rows + &read.await
}

async fn failed_post(app: &TestApp, browser: &Browser) -> PostId {
    let post = app.share_any(browser, "Mine #own").await;
    app.run_jobs().await;
    app.execute(format!(
        "UPDATE images SET state = 'failed', failure = 'photo-failed-internal' WHERE id IN (SELECT image_id FROM post_photos WHERE post_id = {post})"
    ))
    .await;
    app.execute(format!(
        "INSERT INTO comments (id, post_id, author_id, body, mentions, created_at) \
         SELECT {COMMENT}, id, author_id, 'Mine', '', created_at FROM posts WHERE id = {post}"
    ))
    .await;
    app.execute(format!("UPDATE posts SET comment_count = 1 WHERE id = {post}")).await;
    post
}

#[test]
fn every_changing_address_has_somebody_who_may_use_it() {
    let mut changing: Vec<String> =
        routes().into_iter().filter(|(_, methods)| methods.iter().any(|method| *method != "get")).map(|(name, _)| name).collect();
    changing.sort();
    let mut known: Vec<String> =
        [OPEN, FOR_MEMBERS, FOR_AUTHORS, FOR_THE_AUTHOR_ALONE, FOR_A_MOMENT, FOR_ADMINS].concat().into_iter().map(str::to_owned).collect();
    known.sort();
    assert_eq!(changing, known);
    assert!(routes().iter().all(|(_, methods)| methods.iter().all(|method| matches!(*method, "get" | "post"))), "forms know only these");
}

#[test]
fn a_visitor_changes_nothing_and_is_led_to_the_sign_in() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = failed_post(app, &ada).await;
        let before = everything(app).await;
        let visitor = app.visitor();
        for name in [FOR_MEMBERS, FOR_AUTHORS, FOR_THE_AUTHOR_ALONE, FOR_A_MOMENT, FOR_ADMINS].concat() {
            visitor.visit(urls::post(post)).await;
            let page = change(&visitor, name, post).await.assert_sign_in(&urls::post(post));
            assert!(visitor.follow(&page).await.says("flash-sign-in-first"), "{name}");
            // As htmx sends it: the whole page has to go to the sign-in, not a piece of it.
            visitor.visit(urls::post(post)).await;
            let answer = change(&visitor.htmx(), name, post).await.assert_status(204);
            assert_eq!(answer.leads_to(), urls::sign_in_then(urls::post(post)), "{name}");
            // And a script reads it.
            let answer = change(&visitor.json(), name, post).await.assert_status(401);
            assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{name}");
        }
        let cancel = urls::admin_jobs_cancel("dead", None, None);
        let members = [urls::NEW_POST, urls::SETTINGS_PROFILE, urls::ADMIN, urls::ADMIN_JOBS, &cancel].map(str::to_owned);
        let among_people = [urls::REQUESTS, urls::SETTINGS_BLOCKED, urls::SETTINGS_MUTED].map(str::to_owned);
        let own = [urls::SETTINGS_ACCOUNT, urls::SETTINGS_SECURITY, urls::SETTINGS_SESSIONS, urls::SETTINGS_TWO_STEP, urls::VERIFY]
            .map(str::to_owned);
        let among_people = among_people.into_iter().chain(own);
        let members = members.into_iter().chain(among_people).chain([urls::block("ada"), urls::follower("ada")]);
        let authors = [urls::post_edit(post), urls::post_delete(post), urls::comment_delete(COMMENT)];
        for path in authors.into_iter().chain(members) {
            visitor.visit(&path).await.assert_sign_in(&path);
        }
        assert_eq!(everything(app).await, before);
    });
}

#[test]
fn somebody_else_changes_nothing_and_is_told_so() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = failed_post(app, &ada).await;
        let before = everything(app).await;
        for name in FOR_AUTHORS {
            let page = change(&mina, name, post).await.assert_status(403);
            assert!(page.says("error-forbidden-title"), "{name}");
            change(&mina.htmx(), name, post).await.assert_status(403);
            change(&mina.json(), name, post).await.assert_status(403);
        }
        for path in [urls::post_edit(post), urls::post_delete(post), urls::comment_delete(COMMENT)] {
            mina.visit(&path).await.assert_status(403);
        }
        for name in FOR_ADMINS {
            for who in [&ada, &mina] {
                change(who, name, post).await.assert_not_found();
            }
        }
        for path in [urls::ADMIN, urls::ADMIN_JOBS, &urls::admin_jobs_cancel("dead", None, None)] {
            ada.visit(path).await.assert_not_found();
        }
        for path in [urls::HOME, urls::SETTINGS] {
            assert!(!ada.visit(path).await.has(&format!("a[href='{}']", urls::ADMIN)), "what is not for her is not offered");
        }
        let menu = mina.visit(urls::post(post)).await;
        assert!(!menu.has(&format!("[href='{}']", urls::post_edit(post))), "what one may not do is not offered");
        assert_eq!(everything(app).await, before);
    });
}

#[test]
fn what_is_not_there_is_not_found_whoever_asks() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        for id in ["1", "9223372036854775807"] {
            let post = PostId::from(id.parse::<i64>().expect("a number"));
            for name in FOR_AUTHORS.iter().chain(FOR_THE_AUTHOR_ALONE).chain(FOR_A_MOMENT).chain(&[
                "POST_LIKE",
                "POST_SAVE",
                "POST_COMMENTS",
                "COMMENT_REACTIONS",
            ]) {
                change(&ada, name, post).await.assert_not_found();
            }
            for path in [urls::post(post), urls::post_edit(post), urls::post_delete(post), urls::post_likes(post)] {
                ada.visit(&path).await.assert_not_found();
            }
        }
        for path in ["/posts/none", "/posts/99999999999999999999", "/posts/-", "/@nobody", "/posts/1/nothing"] {
            ada.visit(path).await.assert_not_found();
        }
    });
}

#[test]
fn the_author_and_an_administrator_may() {
    site(async |app| {
        let (ada, grace) = (app.signed_in("ada").await, app.admin("grace").await);
        for who in [&ada, &grace] {
            let post = failed_post(app, &ada).await;
            assert!(who.visit(urls::post(post)).await.has(&format!("[href='{}']", urls::post_edit(post))));
            change(who, "POST_RETRY", post).await.assert_redirect(urls::post(post));
            app.run_jobs().await;
            who.visit(urls::post_edit(post)).await.assert_ok();
            change(who, "POST_EDIT", post).await.assert_redirect(urls::post(post));
            let page = app.visitor().visit(urls::post(post)).await;
            assert!(page.text(".caption").contains("taken over") && page.has(".post-photos [alt='taken over']"));
            who.visit(urls::post_delete(post)).await.assert_ok();
            who.visit(urls::comment_delete(COMMENT)).await.assert_ok();
            change(who, "COMMENT_DELETE", post).await.assert_redirect(urls::post_conversation(post));
            assert_eq!(app.rows_in("comments").await, 0);
            change(who, "POST_DELETE", post).await.assert_redirect(urls::profile("ada"));
        }
    });
}

/// Other people's bookmarks and scripts rely on these.
#[test]
fn the_table_of_addresses_is_what_it_was() {
    let addresses = source::files("src", &["rs"]).into_iter().find(|(name, _)| name == "urls.rs").expect("urls.rs").1;
    let address_of = |name: &str| {
        let line = addresses.lines().find(|line| line.starts_with(&format!("pub const {name}: "))).expect("every route has its address");
        line.split('"').nth(1).expect("a text").to_owned()
    };
    let mut table: Vec<String> =
        routes().into_iter().map(|(name, methods)| format!("{:<28} {}", address_of(&name), methods.join(" "))).collect();
    table.sort();
    insta::assert_snapshot!(table.join("\n"), @r"
    /                            get
    /@{username}                 get
    /@{username}.atom            get
    /@{username}/block           get post
    /@{username}/follow          post
    /@{username}/follower        get post
    /@{username}/followers       get
    /@{username}/following       get
    /@{username}/mute            post
    /@{username}/suggestion      post
    /admin                       get
    /admin/audit                 get
    /admin/invites               get post
    /admin/invites/revoke        post
    /admin/jobs                  get
    /admin/jobs/cancel           get post
    /admin/jobs/retry            post
    /admin/mail                  get
    /admin/registrations         get
    /admin/registrations/approve post
    /admin/registrations/decline get post
    /admin/users                 get
    /admin/users/ban             get post
    /admin/users/export          post
    /admin/users/second-factor   get post
    /admin/users/sessions        post
    /admin/users/unban           post
    /admin/users/{id}            get
    /api/v1/images/{id}          get
    /appearance                  post
    /archive                     get
    /auth/{provider}             get post
    /auth/{provider}/callback    get
    /comments/{id}/delete        get post
    /comments/{id}/reactions     post
    /comments/{id}/replies       get
    /confirm                     get post
    /explore                     get
    /explore.atom                get
    /explore/liked               get
    /images/{id}/download        get
    /language                    post
    /live                        get
    /livez                       get
    /login                       get post
    /login/code                  get post
    /login/link                  get post
    /logout                      post
    /mails/stop/{token}          get post
    /media/{group}/{file}        get
    /notifications               get
    /notifications/read          post
    /oembed                      get
    /password/forgot             get post
    /password/reset/{token}      get post
    /people                      get
    /posts/new                   get post
    /posts/photos                post
    /posts/photos/{id}/delete    post
    /posts/{id}                  get
    /posts/{id}/archive          post
    /posts/{id}/comments         get post
    /posts/{id}/delete           get post
    /posts/{id}/downloads        get
    /posts/{id}/edit             get post
    /posts/{id}/like             post
    /posts/{id}/likes            get
    /posts/{id}/photos/{image}/delete get post
    /posts/{id}/photos/{number}  get
    /posts/{id}/pin              post
    /posts/{id}/restore          post
    /posts/{id}/retry            post
    /posts/{id}/save             post
    /readyz                      get
    /requests                    get post
    /requests/{username}         post
    /saved                       get
    /search                      get
    /settings                    get
    /settings/account            get post
    /settings/account/email      get post
    /settings/account/email/cancel post
    /settings/blocked            get
    /settings/connections        get post
    /settings/delete             get post
    /settings/export             get post
    /settings/export/cancel      post
    /settings/export/file        get
    /settings/import             get post
    /settings/import/cancel      post
    /settings/import/start       post
    /settings/invites            get post
    /settings/invites/revoke     post
    /settings/muted              get
    /settings/notifications      get post
    /settings/notifications/mails post
    /settings/privacy            post
    /settings/profile            get post
    /settings/reading            post
    /settings/security           get
    /settings/security/password  get post
    /settings/security/two-step  get post
    /settings/security/two-step/begin get post
    /settings/security/two-step/codes get post
    /settings/security/two-step/file get post
    /settings/security/two-step/off get post
    /settings/sessions           get post
    /signup                      get post
    /signup/status               get
    /signup/withdraw             post
    /static/{hash}/{file:.*}     get
    /suggest                     get
    /tags/{tag}                  get
    /tags/{tag}.atom             get
    /verify                      get post
    /verify/again                post
    ");
}
