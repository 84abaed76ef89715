//! Korean and dark: chosen once, kept everywhere.

use crate::chromium::{Setup, Window, journey};
use crate::support::factories::PASSWORD;
use picstargram::urls;
use picstargram::web::i18n::{Lang, Message};

fn korean(key: &'static str) -> String {
    Message::new(key).in_language(Lang::Ko)
}

fn english(key: &'static str) -> String {
    Message::new(key).in_language(Lang::En)
}

async fn is_korean_and_dark(window: &Window) {
    window.see("html[lang=ko][data-scheme=dark]").await;
    window.until("the page is dark", "getComputedStyle(document.documentElement).colorScheme === 'dark'").await;
    window.reads(".site-nav", korean("nav-explore")).await;
}

#[test]
fn a_choice_stays_with_the_browser_and_with_the_account() {
    journey(async |app, chromium| {
        let ada = chromium.window_of("ada", &app.signed_in("ada").await).await;
        ada.visit(urls::SETTINGS).await;
        ada.see("html[lang=en]:not([data-scheme])").await;
        ada.click("button[name=language][value=ko]").await;
        ada.see("html[lang=ko]").await;
        ada.reads("#notices", korean("flash-settings-saved")).await;
        ada.see("button[name=language][value=ko][aria-pressed=true]").await;
        ada.click("button[name=appearance][value=dark]").await;
        is_korean_and_dark(&ada).await;

        // By a boosted link, and loaded in full.
        let born = ada.born().await;
        ada.click(&format!(".site-nav a[href='{}']", urls::EXPLORE)).await;
        ada.at(urls::EXPLORE).await;
        ada.reads("h1", korean("nav-explore")).await;
        assert_eq!(ada.born().await, born, "the link is boosted");
        is_korean_and_dark(&ada).await;
        ada.reload().await;
        is_korean_and_dark(&ada).await;

        // On another device, once she is signed in.
        let phone = chromium.window("ada-elsewhere").await;
        phone.visit(urls::SIGN_IN).await;
        phone.see("html[lang=en]").await;
        phone.fill("#username", "ada").await;
        phone.fill("#password", PASSWORD).await;
        phone.click("form.form button[type=submit]").await;
        phone.at(urls::HOME).await;
        is_korean_and_dark(&phone).await;
    });
}

#[test]
fn a_visitor_reads_what_their_browser_prefers_until_they_choose() {
    journey(async |_, chromium| {
        let visitor = chromium.window_with("visitor", Setup { languages: "ko-KR,en", ..Setup::default() }).await;
        visitor.visit(urls::SIGN_UP).await;
        visitor.see("html[lang=ko]").await;
        visitor.reads("h1", korean("signup-heading")).await;
        visitor.click(".languages button[value=en]").await;
        visitor.see("html[lang=en]").await;
        visitor.at(urls::SIGN_UP).await;
        visitor.reads("h1", english("signup-heading")).await;
        visitor.visit(urls::HOME).await;
        visitor.see("html[lang=en]").await;

        // As the system's light is, unless chosen.
        visitor.prefer("dark").await;
        visitor.until("the page follows", "getComputedStyle(document.body).getPropertyValue('color-scheme').includes('dark')").await;
        let surface = "getComputedStyle(document.documentElement).backgroundColor";
        let dark = visitor.text_of(surface).await;
        visitor.prefer("light").await;
        visitor.until("the page lights up", &format!("{surface} !== '{dark}'")).await;

        let other = chromium.window_with("other", Setup { languages: "de-DE,de", ..Setup::default() }).await;
        other.visit(urls::HOME).await;
        other.see("html[lang=en]").await;
    });
}
