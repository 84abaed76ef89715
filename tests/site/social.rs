//! Signing in with an account elsewhere: against a real OpenID provider in the shapes of Google and Kakao, and against one that
//! lies.

use crate::support::factories::PASSWORD;
use crate::support::oidc::{CLIENT_ID, CLIENT_SECRET, Liar, Provider, Seal, Shape};
use crate::support::{Browser, Page, Setup, TestApp, pictures, run, site, words};
use chrono::TimeDelta;
use picstargram::urls;
use serde_json::{Value, json};

const BIRTHDAY: &str = "https://www.googleapis.com/auth/user.birthday.read";
const GENDER: &str = "https://www.googleapis.com/auth/user.gender.read";
const PHONE: &str = "https://www.googleapis.com/auth/user.phonenumbers.read";

/// A site that knows this provider as Google.
fn with_google(provider: &Provider) -> Setup {
    Setup::default()
        .with_mail()
        .set("GOOGLE_CLIENT_ID", CLIENT_ID)
        .set("GOOGLE_CLIENT_SECRET", CLIENT_SECRET)
        .set("GOOGLE_ISSUER", &*provider.url)
        .set("GOOGLE_API_URL", &*provider.url)
        .set("GOOGLE_SCOPES", format!("openid email profile {BIRTHDAY} {GENDER} {PHONE}"))
}

fn and_kakao(setup: Setup, provider: &Provider) -> Setup {
    setup
        .set("KAKAO_CLIENT_ID", CLIENT_ID)
        .set("KAKAO_CLIENT_SECRET", CLIENT_SECRET)
        .set("KAKAO_ISSUER", &*provider.url)
        .set("KAKAO_API_URL", &*provider.url)
}

fn with_liar(liar: &Liar) -> Setup {
    Setup::default().set("OIDC_LIAR_CLIENT_ID", CLIENT_ID).set("OIDC_LIAR_CLIENT_SECRET", CLIENT_SECRET).set("OIDC_LIAR_ISSUER", &*liar.url)
}

/// A story with one provider.
fn google(test: impl AsyncFnOnce(&TestApp, &Provider)) {
    run(async {
        let provider = Provider::start(Shape::Google).await;
        with_google(&provider).tell(async |app| test(app, &provider).await).await;
    });
}

fn kakao(test: impl AsyncFnOnce(&TestApp, &Provider)) {
    run(async {
        let provider = Provider::start(Shape::Kakao).await;
        and_kakao(Setup::default().with_mail(), &provider).tell(async |app| test(app, &provider).await).await;
    });
}

fn liar(test: impl AsyncFnOnce(&TestApp, &Liar)) {
    run(async {
        let liar = Liar::start().await;
        with_liar(&liar).tell(async |app| test(app, &liar).await).await;
    });
}

fn claims(name: &str, email: &str, verified: bool) -> Value {
    json!({ "name": name, "email": email, "email_verified": verified })
}

/// Off to the provider: where it is.
async fn leave(browser: &Browser, way: impl AsRef<str>) -> String {
    browser.visit(way).await.assert_status(303).leads_to()
}

/// All the way there and back.
async fn sign_in(browser: &Browser, provider: &Provider, way: impl AsRef<str>, account: &str) -> Page {
    let back = provider.agree(&leave(browser, way).await, account).await;
    browser.visit(back).await
}

async fn tell(browser: &Browser, liar: &Liar, change: impl FnOnce(&mut Value), seal: Seal) -> Page {
    let to = leave(browser, urls::auth("liar")).await;
    let mut truth = liar.truth(&to, "1", "ada@example.org");
    change(&mut truth);
    liar.says(truth, seal);
    browser.visit(liar.back(&to)).await
}

/// Names of accounts, the oldest first.
async fn people(app: &TestApp) -> Vec<String> {
    app.texts("SELECT username FROM users ORDER BY id").await
}

async fn events(app: &TestApp, username: &str) -> Vec<String> {
    let of = format!(
        "SELECT kind FROM security_events JOIN users ON users.id = user_id WHERE username = '{username}' ORDER BY security_events.id"
    );
    app.texts(of).await
}

#[test]
fn somebody_new_becomes_a_member_with_what_the_provider_tells() {
    google(async |app, google| {
        let photo = google.shows(&pictures::jpeg(300, 200)).await;
        let api = json!({
            "photos": [{ "url": photo }],
            "birthdays": [{ "date": { "month": 12, "day": 10 } }, { "date": { "year": 1815, "month": 12, "day": 10 } }, { "date": { "year": 1990, "month": 2, "day": 28 } }],
            "genders": [{ "value": "female" }],
            "phoneNumbers": [{ "value": "010 1234 5678", "canonicalForm": "+821012345678" }],
        });
        google.knows("g-1", claims("Ada Lovelace", "Ada@example.org", true), api).await;
        let ada = app.visitor();
        let page = ada.visit(urls::sign_in_then("/explore")).await.assert_ok();
        let way = page.attr("a[href^='/auth/google']", "href");
        assert_eq!(way, urls::auth_then("google", Some("/explore")));
        let to = leave(&ada, &way).await;
        for part in ["code_challenge=", "code_challenge_method=S256", "state=", "nonce=", "response_type=code"] {
            assert!(to.contains(part), "{to}");
        }
        let back = google.agree(&to, "g-1").await;
        let landed = ada.visit(&back).await.assert_redirect("/explore");
        assert!(ada.follow(&landed).await.says("flash-welcome"));
        assert!(ada.is_signed_in().await);

        assert_eq!(people(app).await, ["Ada_Lovelace"]);
        assert_eq!(
            app.texts("SELECT email FROM users WHERE email_verified_at IS NOT NULL AND password_hash = '-'").await,
            ["Ada@example.org"]
        );
        assert_eq!(app.texts("SELECT gender FROM users").await, ["female"]);
        assert_eq!(app.texts("SELECT phone FROM users").await, ["+821012345678"]);
        assert_eq!(app.number("SELECT count(*) FROM users WHERE birthday IS NULL").await, 1, "nobody was born in 1815");
        assert_eq!(events(app, "Ada_Lovelace").await, ["linked", "signed_up"]);
        assert!(app.mail_to("Ada@example.org").await.text.contains("Ada_Lovelace"));
        let id = app.number("SELECT id FROM users").await.into();
        let face = app.avatar_of(id).await.expect("a face");
        assert_eq!((face.width, face.height, &*face.group), (300, 200, "user_profile"));

        // The next time it is who it was, whatever the address says now.
        google.knows("g-1", claims("Somebody Else", "other@example.org", true), json!({})).await;
        let other_browser = app.visitor();
        sign_in(&other_browser, google, urls::auth("google"), "g-1").await.assert_redirect(urls::HOME);
        assert!(other_browser.is_signed_in().await);
        assert_eq!(people(app).await, ["Ada_Lovelace"]);
        assert_eq!(app.texts("SELECT email FROM identities").await, ["other@example.org"]);
        assert_eq!(app.mail_to("Ada@example.org").await.subject, words("mail-device-subject", &[]));
    });
}

#[test]
fn what_was_not_granted_is_not_asked_for_and_what_cannot_be_had_is_left_out() {
    google(async |app, google| {
        let api = json!({ "birthdays": [{ "date": { "year": 1990, "month": 2, "day": 28 } }], "genders": [{ "value": "male" }], "phoneNumbers": [{ "value": "call me" }] });
        google.knows("g-1", claims("민아", "mina.kim@example.org", true), api).await;
        let mina = app.visitor();
        let back = google.agree_without(&leave(&mina, urls::auth("google")).await, "g-1", &[GENDER]).await;
        mina.visit(back).await.assert_redirect(urls::HOME);
        assert_eq!(people(app).await, ["mina_kim"], "a name in other letters makes no username");
        assert_eq!(app.number("SELECT count(*) FROM users WHERE gender = '' AND phone = '' AND birthday IS NOT NULL").await, 1);
        assert_eq!(app.numbers("SELECT avatar_id FROM users WHERE avatar_id IS NOT NULL").await, [] as [i64; 0]);

        // Two people of one name, a reserved one, and a picture that is none.
        let photo = google.shows(&pictures::Picture::new("x", "image/jpeg", b"no picture".to_vec())).await;
        for (id, name) in [("g-2", "Mina Kim"), ("g-3", "Mina-Kim"), ("g-4", "Admin")] {
            let mut claims = claims(name, &format!("{id}@example.org"), true);
            claims["picture"] = json!(photo);
            google.knows(id, claims, json!({})).await;
            sign_in(&app.visitor(), google, urls::auth("google"), id).await.assert_redirect(urls::HOME);
        }
        assert_eq!(people(app).await, ["mina_kim", "Mina_Kim_2", "Mina_Kim_3", "g_4"]);
        app.run_jobs().await;
        assert_eq!(app.rows_in("images").await, 0);
    });
}

#[test]
fn a_proven_address_leads_to_the_account_that_has_proven_it() {
    google(async |app, google| {
        app.member("ada").await;
        app.execute("UPDATE users SET email_verified_at = created_at, gender = 'other'").await;
        let api = json!({ "genders": [{ "value": "female" }], "phoneNumbers": [{ "value": "02 123 4567" }], "photos": [{ "url": google.shows(&pictures::small()).await }] });
        google.knows("g-1", claims("Ada", "ADA@example.org", true), api).await;
        let browser = app.visitor();
        let page = sign_in(&browser, google, urls::auth("google"), "g-1").await.assert_redirect(urls::HOME);
        assert!(browser.follow(&page).await.says("flash-linked"));
        assert_eq!(people(app).await, ["ada"]);
        assert_eq!(app.mail_to("ada@example.org").await.subject, "Google is linked to your account");
        assert_eq!(events(app, "ada").await, ["linked", "signed_in"]);
        assert_eq!(app.texts("SELECT gender FROM users").await, ["other"], "what she said herself stays");
        assert_eq!(app.texts("SELECT phone FROM users").await, ["02 123 4567"]);
        assert_eq!(app.rows_in("images").await, 0, "her face stays hers to choose");
    });
}

#[test]
fn an_account_that_only_claims_an_address_loses_it_to_whoever_proves_it() {
    google(async |app, google| {
        app.member("squatter").await;
        app.execute("UPDATE users SET email = 'ada@example.org', email_key = 'ada@example.org'").await;
        google.knows("g-1", claims("Ada", "ada@example.org", true), json!({})).await;
        sign_in(&app.visitor(), google, urls::auth("google"), "g-1").await.assert_redirect(urls::HOME);
        assert_eq!(people(app).await, ["squatter", "Ada"]);
        assert_eq!(app.texts("SELECT username FROM users WHERE email_key = 'ada@example.org'").await, ["Ada"]);
    });
}

#[test]
fn an_address_nobody_made_sure_of_needs_the_password_of_its_account() {
    kakao(async |app, kakao| {
        app.member("ada").await;
        let api =
            json!({ "email": "ada@example.org", "is_email_valid": true, "is_email_verified": false, "profile": { "nickname": "에이다" } });
        kakao.knows("4242", json!({ "email": "ada@example.org", "nickname": "에이다" }), api).await;
        let browser = app.visitor();
        let page = sign_in(&browser, kakao, urls::auth_then("kakao", Some("/saved")), "4242").await.assert_redirect(urls::SIGN_IN_LINK);
        assert!(!browser.is_signed_in().await);
        let page = browser.follow(&page).await.assert_ok();
        assert!(page.text(".page p").contains("ada@example.org") && !page.html().contains("/@ada"), "the address, and no more than that");
        let wrong = browser.post(urls::SIGN_IN_LINK, &[("password", "not hers")]).await.assert_refused();
        assert_eq!(wrong.errors().get("password"), Some(&words("social-password-wrong", &[])));
        assert_eq!(app.rows_in("identities").await, 0);
        let page = browser.post(urls::SIGN_IN_LINK, &[("password", PASSWORD)]).await.assert_redirect("/saved");
        assert!(browser.follow(&page).await.says("flash-linked"));
        assert!(browser.is_signed_in().await);
        assert_eq!(app.mail_to("ada@example.org").await.subject, "Kakao is linked to your account");
        assert_eq!(
            app.number("SELECT count(*) FROM users WHERE email_verified_at IS NOT NULL").await,
            0,
            "the address is as proven as before"
        );
        // Answered once.
        app.visitor().post(urls::SIGN_IN_LINK, &[("password", PASSWORD)]).await.assert_redirect(urls::SIGN_IN);
        browser.post(urls::SIGN_IN_LINK, &[("password", PASSWORD)]).await.assert_redirect(urls::SIGN_IN);
        // From now on Kakao is enough.
        let again = app.visitor();
        sign_in(&again, kakao, urls::auth("kakao"), "4242").await.assert_redirect(urls::HOME);
        assert!(again.is_signed_in().await);
        assert_eq!(people(app).await, ["ada"]);
    });
}

#[test]
fn whoever_does_not_own_the_account_with_their_address_gets_one_of_their_own() {
    kakao(async |app, kakao| {
        app.member("squatter").await;
        app.execute("UPDATE users SET email = 'mina@example.org', email_key = 'mina@example.org'").await;
        let api =
            json!({ "email": "mina@example.org", "is_email_valid": true, "is_email_verified": false, "profile": { "nickname": "mina" } });
        kakao.knows("7", json!({}), api).await;
        let mina = app.visitor();
        sign_in(&mina, kakao, urls::auth("kakao"), "7").await.assert_redirect(urls::SIGN_IN_LINK);
        assert!(mina.visit(urls::SIGN_IN_LINK).await.has("button[name=new]"));
        mina.post(urls::SIGN_IN_LINK, &[("new", "true")]).await.assert_redirect(urls::HOME);
        assert_eq!(people(app).await, ["squatter", "mina"]);
        // Then she proves the address by its code, like anybody.
        let code = app.mail_to("mina@example.org").await.code();
        mina.post(urls::VERIFY, &[("code", &code)]).await.assert_redirect(urls::HOME);
        assert_eq!(app.texts("SELECT username FROM users WHERE email_key = 'mina@example.org'").await, ["mina"]);
        // Whoever has proven theirs is not offered around.
        kakao.knows("8", json!({}), json!({ "email": "mina@example.org", "is_email_valid": true, "is_email_verified": false })).await;
        let other = app.visitor();
        let page = sign_in(&other, kakao, urls::auth("kakao"), "8").await;
        assert!(page.assert_status(403).says("social-other-way-title"), "and her account has no password to ask for");
    });
}

#[test]
fn kakao_is_believed_where_its_api_says_valid_and_verified() {
    kakao(async |app, kakao| {
        let photo = kakao.shows(&pictures::small()).await;
        let account = |email: &str, valid: bool, verified: bool| {
            json!({
                "email": email, "is_email_valid": valid, "is_email_verified": verified,
                "profile": { "nickname": "Jiwoo", "profile_image_url": photo, "is_default_image": false },
                "birthyear": "1999", "birthday": "0115", "birthday_type": "SOLAR", "gender": "male", "phone_number": "+82 10-1234-5678",
                "age_range": "20~29",
            })
        };
        kakao.knows("1", json!({}), account("jiwoo@example.org", true, true)).await;
        sign_in(&app.visitor(), kakao, urls::auth("kakao"), "1").await.assert_redirect(urls::HOME);
        assert_eq!(app.texts("SELECT email FROM users WHERE email_verified_at IS NOT NULL").await, ["jiwoo@example.org"]);
        assert_eq!(
            app.number("SELECT count(*) FROM users WHERE birthday IS NOT NULL AND gender = 'male' AND phone = '+82 10-1234-5678'").await,
            1
        );
        app.run_jobs().await;
        assert_eq!(app.number("SELECT count(*) FROM users WHERE avatar_id IS NOT NULL").await, 1);

        for (id, valid, verified) in [("2", false, true), ("3", true, false)] {
            kakao.knows(id, json!({}), account(&format!("{id}@example.org"), valid, verified)).await;
            sign_in(&app.visitor(), kakao, urls::auth("kakao"), id).await.assert_redirect(urls::HOME);
        }
        assert_eq!(people(app).await, ["Jiwoo", "Jiwoo_2", "Jiwoo_3"]);
        assert_eq!(app.number("SELECT count(*) FROM users WHERE email_verified_at IS NOT NULL").await, 1);

        // Nothing at all was granted.
        kakao.knows("4", json!({}), json!({})).await;
        let page = sign_in(&app.visitor(), kakao, urls::auth("kakao"), "4").await.assert_refused();
        assert!(page.says("social-no-email-title") && page.has("a[href='/auth/kakao']"));
        assert_eq!(people(app).await.len(), 3);
    });
}

#[test]
fn the_same_address_at_two_providers_is_one_person() {
    run(async {
        let (google, kakao) = (Provider::start(Shape::Google).await, Provider::start(Shape::Kakao).await);
        and_kakao(with_google(&google), &kakao)
            .tell(async |app| {
                google.knows("g-1", claims("Ada", "ada@example.org", true), json!({})).await;
                let api = json!({ "email": "ada@example.org", "is_email_valid": true, "is_email_verified": true });
                kakao.knows("4242", json!({}), api).await;
                sign_in(&app.visitor(), &google, urls::auth("google"), "g-1").await.assert_redirect(urls::HOME);
                sign_in(&app.visitor(), &kakao, urls::auth("kakao"), "4242").await.assert_redirect(urls::HOME);
                assert_eq!(people(app).await, ["Ada"]);
                assert_eq!(app.texts("SELECT provider FROM identities ORDER BY id").await, ["google", "kakao"]);
                // A journey to one does not end at the other.
                let ada = app.visitor();
                let back = google.agree(&leave(&ada, urls::auth("google")).await, "g-1").await;
                let page = ada.visit(back.replace("/auth/google/", "/auth/kakao/")).await.assert_status(400);
                assert!(page.says("social-stale-title"));
                ada.visit(back).await.assert_redirect(urls::HOME);
            })
            .await;
    });
}

#[test]
fn a_plain_provider_tells_by_its_userinfo() {
    run(async {
        let provider = Provider::start(Shape::Plain).await;
        let setup = Setup::default().set("OIDC_MY_HOUSE_ISSUER", &*provider.url).set("OIDC_MY_HOUSE_CLIENT_ID", CLIENT_ID);
        setup
            .set("OIDC_MY_HOUSE_CLIENT_SECRET", CLIENT_SECRET)
            .tell(async |app| {
                let mut claims = claims("Ada Lovelace", "ada@example.org", true);
                claims["preferred_username"] = json!("countess");
                claims["birthdate"] = json!("1990-02-28");
                provider.knows("42", claims, json!({})).await;
                let ada = app.visitor();
                assert!(ada.visit(urls::SIGN_UP).await.text("a[href='/auth/my-house']").contains("My House"));
                sign_in(&ada, &provider, urls::auth("my-house"), "42").await.assert_redirect(urls::HOME);
                assert_eq!(people(app).await, ["countess"]);
                assert_eq!(app.number("SELECT count(*) FROM users WHERE email_verified_at IS NOT NULL AND birthday IS NOT NULL").await, 1);
            })
            .await;
    });
}

#[test]
fn accounts_elsewhere_are_linked_and_unlinked_in_the_settings() {
    google(async |app, google| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        google.knows("g-1", claims("Countess", "countess@example.org", true), json!({})).await;
        let link = ada.visit(urls::SETTINGS_CONNECTIONS).await.assert_ok().attr("a[href^='/auth/']", "href");
        assert_eq!(link, urls::auth_link("google"));
        let page = sign_in(&ada, google, &link, "g-1").await.assert_redirect(urls::SETTINGS_CONNECTIONS);
        let page = ada.follow(&page).await;
        assert!(page.says("flash-linked") && page.html().contains("countess@example.org"));
        assert!(app.mail_to("ada@example.org").await.subject.contains("Google"));
        // It signs her in, and is nobody else's.
        let elsewhere = app.visitor();
        sign_in(&elsewhere, google, urls::auth("google"), "g-1").await.assert_redirect(urls::HOME);
        assert!(elsewhere.visit(urls::SETTINGS).await.html().contains("/@ada"));
        let refused = sign_in(&mina, google, &link, "g-1").await.assert_status(409);
        assert!(refused.html().contains(&words("social-taken-body", &[])));
        // Linking once more what is linked already is no mistake.
        sign_in(&ada, google, &link, "g-1").await.assert_redirect(urls::SETTINGS_CONNECTIONS);
        assert_eq!(people(app).await, ["ada", "mina"]);

        let id = app.number("SELECT id FROM identities").await.to_string();
        mina.post(urls::SETTINGS_CONNECTIONS, &[("unlink", &id)]).await.assert_redirect(urls::SETTINGS_CONNECTIONS);
        assert_eq!(app.rows_in("identities").await, 1, "not hers to unlink");
        app.later(TimeDelta::minutes(16));
        ada.visit(urls::SETTINGS_CONNECTIONS).await;
        ada.post(urls::SETTINGS_CONNECTIONS, &[("unlink", &id)]).await.assert_redirect(urls::confirm_then(urls::SETTINGS_CONNECTIONS));
        ada.visit(&link).await.assert_redirect(urls::confirm_then(urls::SETTINGS_CONNECTIONS));
        ada.post(urls::CONFIRM, &[("password", PASSWORD)]).await;
        let page = ada.post(urls::SETTINGS_CONNECTIONS, &[("unlink", &id)]).await.assert_redirect(urls::SETTINGS_CONNECTIONS);
        assert!(ada.follow(&page).await.says("flash-unlinked"));
        assert_eq!(app.rows_in("identities").await, 0);
        assert_eq!(app.mail_to("ada@example.org").await.subject, "Google is no longer linked");
        assert!(events(app, "ada").await.ends_with(&["unlinked".to_owned()]));
    });
}

#[test]
fn the_last_way_in_stays() {
    google(async |app, google| {
        google.knows("g-1", claims("Ada", "ada@example.org", true), json!({})).await;
        let ada = app.visitor();
        sign_in(&ada, google, urls::auth("google"), "g-1").await;
        let id = app.number("SELECT id FROM identities").await.to_string();
        let page = ada.post(urls::SETTINGS_CONNECTIONS, &[("unlink", &id)]).await.assert_status(409);
        assert!(page.says("connections-last"));
        assert_eq!(app.rows_in("identities").await, 1);
        // Another one that the operator has switched off since is no way in either.
        app.execute(format!(
            "INSERT INTO identities SELECT id + 1, user_id, 'gone', 'x', '', created_at, used_at FROM identities WHERE id = {id}"
        ))
        .await;
        ada.post(urls::SETTINGS_CONNECTIONS, &[("unlink", &id)]).await.assert_status(409);
        let password = "a sentence nobody else uses";
        ada.post(urls::SETTINGS_PASSWORD, &[("password", password), ("password_again", password)])
            .await
            .assert_redirect(urls::SETTINGS_SECURITY);
        ada.post(urls::SETTINGS_CONNECTIONS, &[("unlink", &id)]).await.assert_redirect(urls::SETTINGS_CONNECTIONS);
        assert_eq!(app.texts("SELECT provider FROM identities").await, ["gone"]);
    });
}

#[test]
fn who_has_a_password_is_asked_for_that_and_not_sent_to_a_provider() {
    google(async |app, _| {
        let ada = app.signed_in("ada").await;
        let way = "/auth/google?confirm=true&next=/settings/export";
        ada.visit(way).await.assert_redirect(urls::confirm_then("/settings/export"));
    });
}

#[test]
fn who_has_no_password_confirms_with_the_provider() {
    google(async |app, google| {
        google.knows("g-1", claims("Ada", "ada@example.org", true), json!({})).await;
        google.knows("g-2", claims("Mina", "mina@example.org", true), json!({})).await;
        sign_in(&app.visitor(), google, urls::auth("google"), "g-2").await;
        let ada = app.visitor();
        sign_in(&ada, google, urls::auth("google"), "g-1").await;
        app.later(TimeDelta::minutes(16));
        let fields = [("password", "a sentence nobody else uses"), ("password_again", "a sentence nobody else uses")];
        ada.visit(urls::SETTINGS_SECURITY).await;
        ada.post(urls::SETTINGS_PASSWORD, &fields).await.assert_redirect(urls::confirm_then(urls::SETTINGS_SECURITY));
        let way = ada.visit(urls::confirm_then(urls::SETTINGS_SECURITY)).await.assert_ok().attr("a[href^='/auth/']", "href");
        let to = leave(&ada, &way).await;
        assert!(to.contains("prompt=select_account"), "{to}");
        let wrong = ada.visit(google.agree(&to, "g-2").await).await.assert_status(403);
        assert!(wrong.says("social-another-title"));
        ada.visit(urls::SETTINGS_SECURITY).await;
        ada.post(urls::SETTINGS_PASSWORD, &fields).await.assert_redirect(urls::confirm_then(urls::SETTINGS_SECURITY));
        sign_in(&ada, google, &way, "g-1").await.assert_redirect(urls::SETTINGS_SECURITY);
        ada.post(urls::SETTINGS_PASSWORD, &fields).await.assert_redirect(urls::SETTINGS_SECURITY);
    });
}

#[test]
fn what_was_refused_or_comes_back_wrong_has_a_page_of_its_own() {
    google(async |app, google| {
        google.knows("g-1", claims("Ada", "ada@example.org", true), json!({})).await;
        let ada = app.visitor();
        let refused =
            ada.visit(google.refuse(&leave(&ada, urls::auth_then("google", Some("/saved"))).await).await).await.assert_status(403);
        assert!(refused.says("social-denied-title"));
        assert_eq!(refused.attr(".button.primary", "href"), urls::auth_then("google", Some("/saved")), "one can change one's mind");

        // In another browser, with another state, twice, too late, or with nothing at all.
        let first = google.agree(&leave(&ada, urls::auth("google")).await, "g-1").await;
        let stranger = app.visitor();
        assert!(stranger.visit(&first).await.assert_status(400).says("social-stale-title"));
        let mut other = url::Url::parse(&first).expect("an address");
        other.set_query(Some("code=any&state=made-up"));
        assert!(ada.visit(other.as_str()).await.assert_status(400).says("social-stale-title"));
        ada.visit(urls::auth_callback("google")).await.assert_status(400);
        ada.visit(&first).await.assert_redirect(urls::HOME);
        assert!(ada.is_signed_in().await, "none of these took it away");
        ada.visit(&first).await.assert_status(400);
        let late = app.visitor();
        let back = google.agree(&leave(&late, urls::auth("google")).await, "g-1").await;
        app.later(TimeDelta::minutes(11));
        assert!(late.visit(&back).await.assert_status(400).says("social-stale-title"));

        // A code that was traded before.
        let code = |address: &str| {
            url::Url::parse(address).expect("an address").query_pairs().find(|(key, _)| key == "code").expect("a code").1.into_owned()
        };
        let again = app.visitor();
        let back = google.agree(&leave(&again, urls::auth("google")).await, "g-1").await;
        let spent = again.visit(back.replace(&code(&back), &code(&first))).await.assert_status(400);
        assert!(spent.says("social-spent-title"));
        // What another issuer answers.
        let mixed = app.visitor();
        let back = google.agree(&leave(&mixed, urls::auth("google")).await, "g-1").await;
        let issuer = back.split("iss=").nth(1).expect("the provider says who it is").to_owned();
        app.expect_server_errors(1);
        let page = mixed.visit(back.replace(&issuer, "https%3A%2F%2Fevil.example")).await.assert_status(502);
        assert!(page.says("social-refused-title"));
        assert_eq!(people(app).await, ["Ada"]);
        assert_eq!(app.rows_in("challenges").await, 0, "answered ones are struck out, and those that came too late");
    });
}

#[test]
fn a_provider_that_is_down_or_slow_is_a_page_and_no_wait() {
    run(async {
        let provider = Provider::start(Shape::Google).await;
        with_google(&provider)
            .set("SIGN_IN_TIMEOUT", "0.5")
            .tell(async |app| {
                app.expect_server_errors(4);
                provider.knows("g-1", claims("Ada", "ada@example.org", true), json!({})).await;
                provider.is_down(true).await;
                let away = app.visitor().visit(urls::auth("google")).await.assert_status(503);
                assert!(away.header("retry-after").is_some() && away.html().contains(&words("social-away-body", &[])));
                // The next one is told at once, without asking.
                let before = provider.asked("/.well-known/openid-configuration").await;
                app.visitor().visit(urls::auth("google")).await.assert_status(503);
                assert_eq!(provider.asked("/.well-known/openid-configuration").await, before);

                provider.is_down(false).await;
                app.later(TimeDelta::seconds(6));
                let ada = app.visitor();
                let back = provider.agree(&leave(&ada, urls::auth("google")).await, "g-1").await;
                provider.is_slow(2_000).await;
                ada.visit(&back).await.assert_status(503);
                assert_eq!(people(app).await, [] as [String; 0]);
                provider.is_slow(0).await;
                sign_in(&ada, &provider, urls::auth("google"), "g-1").await.assert_redirect(urls::HOME);

                // What is known is kept for an hour, and a day while nothing newer can be had: the page is still reached.
                app.later(TimeDelta::hours(2));
                provider.is_down(true).await;
                leave(&app.visitor(), urls::auth("google")).await;
                app.later(TimeDelta::days(1));
                app.visitor().visit(urls::auth("google")).await.assert_status(503);
            })
            .await;
    });
}

#[test]
fn tokens_that_are_not_right_in_every_way_are_refused() {
    liar(async |app, liar| {
        type Lie = (&'static str, fn(&mut Value), Seal);
        let lies: [Lie; 14] = [
            ("another audience", |t| t["aud"] = json!("another site"), Seal::Right),
            ("more audiences", |t| t["aud"] = json!([CLIENT_ID, "another site"]), Seal::Right),
            ("no audience", |t| t["aud"] = json!([]), Seal::Right),
            ("another issuer", |t| t["iss"] = json!("https://accounts.google.com"), Seal::Right),
            ("another nonce", |t| t["nonce"] = json!("guessed"), Seal::Right),
            ("no nonce", |t| drop(t.as_object_mut().map(|t| t.remove("nonce"))), Seal::Right),
            ("expired", |t| t["exp"] = json!(chrono::Utc::now().timestamp() - 90), Seal::Right),
            ("from the future", |t| t["iat"] = json!(chrono::Utc::now().timestamp() + 90), Seal::Right),
            ("made for another client", |t| t["azp"] = json!("another site"), Seal::Right),
            ("another access token", |t| t["at_hash"] = json!("bm90IHRoaXMgb25l"), Seal::Right),
            ("nobody", |t| t["sub"] = json!(""), Seal::Right),
            ("another key", |_| {}, Seal::Stranger),
            ("our own secret", |_| {}, Seal::Secret),
            ("no signature", |_| {}, Seal::None),
        ];
        app.expect_server_errors(lies.len());
        for (what, change, seal) in lies {
            let browser = app.visitor();
            let page = tell(&browser, liar, change, seal).await;
            assert_eq!(page.status, 502, "{what}");
            assert!(page.says("social-refused-title"), "{what}");
            assert!(!browser.is_signed_in().await, "{what}");
        }
        assert_eq!(people(app).await, [] as [String; 0]);
        assert_eq!(liar.asked("/.well-known/openid-configuration"), 1, "what it is like is asked once");
        // Clocks differ by a little.
        let skewed = |t: &mut Value| {
            t["exp"] = json!(chrono::Utc::now().timestamp() - 30);
            t["iat"] = json!(chrono::Utc::now().timestamp() + 30);
        };
        tell(&app.visitor(), liar, skewed, Seal::Right).await.assert_redirect(urls::HOME);
        assert_eq!(people(app).await, ["ada"]);
        // An address that is none, or that is not said to be proven.
        let unproven = |t: &mut Value| (t["sub"], t["email"], t["email_verified"]) = (json!("2"), json!("mina@example.org"), json!(false));
        tell(&app.visitor(), liar, unproven, Seal::Right).await.assert_redirect(urls::HOME);
        assert_eq!(app.texts("SELECT username FROM users WHERE email_verified_at IS NULL").await, ["mina"]);
        let no_address = |t: &mut Value| (t["sub"], t["email"]) = (json!("3"), json!("not an address"));
        tell(&app.visitor(), liar, no_address, Seal::Right).await.assert_refused();
        // Pictures in our own network are not fetched, whoever says so: here the provider may be on this machine, and nothing else.
        let picture = |t: &mut Value| {
            (t["sub"], t["email"], t["picture"]) = (json!("4"), json!("joon@example.org"), json!("http://192.0.2.1/metadata"))
        };
        tell(&app.visitor(), liar, picture, Seal::Right).await.assert_redirect(urls::HOME);
        app.run_jobs().await;
        assert_eq!(app.rows_in("images").await, 0);
    });
}

#[test]
fn new_keys_are_fetched_when_a_token_needs_them_and_at_most_once_a_minute() {
    liar(async |app, liar| {
        tell(&app.visitor(), liar, |_| {}, Seal::Right).await.assert_redirect(urls::HOME);
        assert_eq!(liar.asked("/keys"), 1);
        app.expect_server_errors(2);
        liar.rotates();
        tell(&app.visitor(), liar, |_| {}, Seal::Right).await.assert_status(502);
        assert_eq!(liar.asked("/keys"), 1, "they were fetched a moment ago");
        app.later(TimeDelta::seconds(61));
        tell(&app.visitor(), liar, |_| {}, Seal::Right).await.assert_redirect(urls::HOME);
        assert_eq!(liar.asked("/keys"), 2);
        // Forged ones do not make us hammer the provider.
        for _ in 0..2 {
            tell(&app.visitor(), liar, |_| {}, Seal::Right).await.assert_redirect(urls::HOME);
        }
        tell(&app.visitor(), liar, |_| {}, Seal::Stranger).await.assert_status(502);
        assert_eq!(liar.asked("/keys"), 2);
    });
    google(async |app, google| {
        google.knows("g-1", claims("Ada", "ada@example.org", true), json!({})).await;
        sign_in(&app.visitor(), google, urls::auth("google"), "g-1").await.assert_redirect(urls::HOME);
        google.rotates().await;
        app.later(TimeDelta::seconds(61));
        sign_in(&app.visitor(), google, urls::auth("google"), "g-1").await.assert_redirect(urls::HOME);
    });
}

#[test]
fn nobody_is_sent_away_or_linked_unasked() {
    liar(async |app, liar| {
        let visitor = app.visitor();
        for site in ["cross-site", "same-site", "none"] {
            let page = visitor.with("Sec-Fetch-Site", site).visit(urls::auth_then("liar", Some("/saved"))).await.assert_ok();
            assert_eq!(page.attr("form[method=post][action='/auth/liar'] input[name=next]", "value"), "/saved", "{site}");
        }
        // Over plain http browsers say only which page a link was on.
        let plain = visitor.without("Sec-Fetch-Site");
        leave(&plain.with("Referer", &format!("{}/login", app.url)), urls::auth("liar")).await;
        plain.with("Referer", "https://evil.example/").visit(urls::auth("liar")).await.assert_ok();
        // Its button.
        let csp = visitor.visit(urls::SIGN_IN).await.header("content-security-policy").expect("a policy").to_owned();
        assert!(csp.contains(&format!("form-action 'self' {}", liar.url)), "{csp}");
        visitor.post(urls::auth("liar"), &[("next", "/saved")]).await.assert_status(303);
        visitor.with("Sec-Fetch-Site", "cross-site").post(urls::auth("liar"), &[]).await.assert_status(403);
        // One's own page is not left for a sign-in, and nobody links who is nobody.
        let ada = app.signed_in("ada").await;
        ada.visit(urls::auth("liar")).await.assert_redirect(urls::HOME);
        visitor.visit(urls::auth_link("liar")).await.assert_sign_in(&urls::auth_link("liar"));
        for (next, leads_to) in [("//evil.example", urls::HOME), ("/saved", "/saved")] {
            let browser = app.visitor();
            let to = leave(&browser, urls::auth_then("liar", Some(next))).await;
            liar.says(liar.truth(&to, "5", "eve@example.org"), Seal::Right);
            browser.visit(liar.back(&to)).await.assert_redirect(leads_to);
        }
        // A link is finished in the session it was begun in, and by whoever began it.
        let to = leave(&ada, urls::auth_link("liar")).await;
        liar.says(liar.truth(&to, "6", "ada@example.org"), Seal::Right);
        ada.post(urls::SIGN_OUT, &[]).await;
        assert!(ada.visit(liar.back(&to)).await.assert_status(400).says("social-stale-title"));
        assert_eq!(app.number("SELECT count(*) FROM identities WHERE subject = '6'").await, 0);
    });
    site(async |app| {
        app.visitor().visit(urls::auth("google")).await.assert_not_found();
        app.visitor().visit(urls::auth_callback("google")).await.assert_not_found();
        for path in [urls::SIGN_IN, urls::SIGN_UP] {
            assert!(!app.visitor().visit(path).await.has("a[href^='/auth/']"), "{path}");
        }
        assert!(app.signed_in("ada").await.visit(urls::SETTINGS_CONNECTIONS).await.says("connections-none"));
    });
}

#[test]
fn a_site_that_takes_nobody_in_still_knows_its_members() {
    for (registration, says) in
        [("closed", "social-closed-body"), ("invite", "social-closed-invite"), ("approval", "social-closed-approval")]
    {
        run(async {
            let liar = Liar::start().await;
            with_liar(&liar)
                .set("REGISTRATION", registration)
                .tell(async |app| {
                    let page = tell(&app.visitor(), &liar, |_| {}, Seal::Right).await.assert_status(403);
                    assert!(page.says("social-closed-title") && page.says(says), "{registration}");
                    assert_eq!(people(app).await, [] as [String; 0]);
                    app.member("ada").await;
                    app.execute("UPDATE users SET email_verified_at = created_at").await;
                    tell(&app.visitor(), &liar, |_| {}, Seal::Right).await.assert_redirect(urls::HOME);
                })
                .await;
        });
    }
}

#[test]
fn bans_and_second_factors_count_here_as_well() {
    liar(async |app, liar| {
        let ada = app.visitor();
        tell(&ada, liar, |_| {}, Seal::Right).await.assert_redirect(urls::HOME);
        app.execute("INSERT INTO second_factors (user_id, secret, on_at, last_step, created_at) SELECT id, '', created_at, 0, created_at FROM users").await;
        let other = app.visitor();
        tell(&other, liar, |_| {}, Seal::Right).await.assert_redirect(urls::SIGN_IN_CODE);
        assert!(!other.is_signed_in().await);
        app.execute("UPDATE users SET banned_at = created_at, ban_reason = 'Unkind words'").await;
        let page = tell(&app.visitor(), liar, |_| {}, Seal::Right).await.assert_status(403);
        assert!(page.says("banned-title") && page.html().contains("Unkind words"));
    });
}

/// Two windows come back at the same moment.
#[test]
fn one_identity_makes_one_account_however_many_windows() {
    google(async |app, google| {
        google.knows("g-1", claims("Ada", "ada@example.org", true), json!({})).await;
        let (one, other) = (app.visitor(), app.visitor());
        let (back, forth) = (
            google.agree(&leave(&one, urls::auth("google")).await, "g-1").await,
            google.agree(&leave(&other, urls::auth("google")).await, "g-1").await,
        );
        let (one, other) = tokio::join!(one.visit(&back), other.visit(&forth));
        one.assert_redirect(urls::HOME);
        other.assert_redirect(urls::HOME);
        assert_eq!(people(app).await, ["Ada"]);
        assert_eq!(app.rows_in("identities").await, 1);
        assert_eq!(app.rows_in("challenges").await, 0, "answered ones are struck out");
    });
}

#[test]
fn an_invite_lets_somebody_join_with_a_provider() {
    run(async {
        let provider = Provider::start(Shape::Google).await;
        with_google(&provider)
            .set("REGISTRATION", "invite")
            .tell(async |app| {
                let grace = app.admin("grace").await;
                grace.post(urls::ADMIN_INVITES, &[("uses", "1"), ("expiry", "7")]).await.assert_redirect(urls::ADMIN_INVITES);
                let link = grace.visit(urls::ADMIN_INVITES).await.text(".invite-link");
                let link = &link[link.find("/signup").expect("a link into the site")..];
                for (subject, name) in [("g-1", "Ada"), ("g-2", "Mina")] {
                    provider.knows(subject, claims(name, &format!("{name}@example.org"), true), json!({})).await;
                }
                let ada = app.visitor();
                // Without the invite the provider's word opens nothing.
                sign_in(&ada, &provider, urls::auth("google"), "g-1").await.assert_status(403);
                let way = ada.visit(link).await.assert_ok().attr("a[href^='/auth/google']", "href");
                // From a bookmark a page with a button comes first, and keeps the invite.
                let page = ada.with("Sec-Fetch-Site", "none").visit(&way).await.assert_ok();
                assert!(link.ends_with(&page.value("invite")), "{}", page.value("invite"));
                sign_in(&ada, &provider, &way, "g-1").await.assert_redirect(urls::HOME);
                assert!(ada.is_signed_in().await);
                assert_eq!(grace.visit(urls::ADMIN_INVITES).await.texts(".invite-guests a"), ["Ada"]);
                // It was the last use; whoever has an account needs none.
                sign_in(&app.visitor(), &provider, &way, "g-2").await.assert_status(403);
                sign_in(&app.visitor(), &provider, urls::auth("google"), "g-1").await.assert_redirect(urls::HOME);
                assert_eq!(people(app).await, ["grace", "Ada"]);
            })
            .await;
    });
}
