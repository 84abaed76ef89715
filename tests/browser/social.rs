//! Signing in at a provider and coming back: by the button and by a bookmark, with script and without.

use crate::axe::examine;
use crate::chromium::{Setup, Window, journey_on};
use crate::support::factories::PASSWORD;
use crate::support::oidc::{CLIENT_ID, CLIENT_SECRET, Provider, Shape};
use crate::support::{Setup as Site, run, words};
use picstargram::urls;
use serde_json::json;

fn knowing(name: [&'static str; 4], provider: &Provider) -> Site {
    let [id, secret, issuer, api] = name;
    Site::default().set(id, CLIENT_ID).set(secret, CLIENT_SECRET).set(issuer, &*provider.url).set(api, &*provider.url)
}

const GOOGLE: [&str; 4] = ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "GOOGLE_ISSUER", "GOOGLE_API_URL"];
const KAKAO: [&str; 4] = ["KAKAO_CLIENT_ID", "KAKAO_CLIENT_SECRET", "KAKAO_ISSUER", "KAKAO_API_URL"];

async fn agree(window: &Window, account: &str) {
    window.fill("[name=account]", account).await;
    window.click("[name=answer][value=yes]").await;
}

#[test]
fn with_google_by_the_button_and_out_of_the_settings_again() {
    run(async {
        let google = Provider::start(Shape::Google).await;
        google.knows("g-1", json!({ "name": "Ada Lovelace", "email": "ada@example.org", "email_verified": true }), json!({})).await;
        journey_on(knowing(GOOGLE, &google), async |_, chromium| {
            let (ada, mut found) = (chromium.window("ada").await, Vec::new());
            ada.visit(urls::sign_in_then("/saved")).await;
            examine(&ada, "sign-in", &mut found).await;
            ada.click("a[href^='/auth/google']").await;
            // Changed her mind, then again.
            ada.expect_status(403);
            ada.click("[name=answer][value=no]").await;
            ada.reads("h1", words("social-denied-title", &[])).await;
            examine(&ada, "refused", &mut found).await;
            ada.click(".button.primary").await;
            agree(&ada, "g-1").await;
            ada.at("/saved").await;
            ada.reads(".toast p", words("flash-welcome", &[])).await;

            ada.visit(urls::SETTINGS_CONNECTIONS).await;
            examine(&ada, "connections", &mut found).await;
            ada.expect_status(409);
            ada.click("button[name=unlink]").await;
            ada.see("[role=alert]").await;
            examine(&ada, "the last way in", &mut found).await;
            assert_eq!(found, [] as [String; 0]);
        })
        .await;
    });
}

#[test]
fn with_kakao_from_a_bookmark_without_script() {
    run(async {
        let kakao = Provider::start(Shape::Kakao).await;
        let api =
            json!({ "email": "mina@example.org", "is_email_valid": true, "is_email_verified": false, "profile": { "nickname": "미나" } });
        kakao.knows("4242", json!({}), api).await;
        journey_on(knowing(KAKAO, &kakao), async |app, chromium| {
            app.member("mina").await;
            let mina = chromium.window_with("mina", Setup { script: false, languages: "ko", ..Setup::default() }).await;
            mina.visit(urls::auth("kakao")).await;
            mina.click("form[action='/auth/kakao'] button").await;
            agree(&mina, "4242").await;
            mina.see("[name=password]").await;
            mina.expect_status(422);
            mina.fill("[name=password]", "not hers").await;
            mina.click("form[action='/login/link'] button.primary").await;
            mina.see("#password-error").await;
            mina.fill("[name=password]", PASSWORD).await;
            mina.click("form[action='/login/link'] button.primary").await;
            mina.see(".site-nav a[href='/@mina']").await;
            assert_eq!(mina.path().await, urls::HOME);
        })
        .await;
    });
}
