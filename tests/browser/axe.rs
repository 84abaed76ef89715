//! What axe-core finds on the pages, in both lights, at a desk and on a phone: nothing. And none is wider than its window.

use crate::chromium::{Setup, Window, journey};
use crate::support::factories::PASSWORD;
use crate::support::pictures;
use picstargram::urls;
use serde_json::json;

fn axe_core() -> String {
    let path = std::env::var("AXE_CORE_JS").unwrap_or_else(|_| {
        panic!("AXE_CORE_JS must be the path of axe.min.js, which npm has (npm install axe-core; node_modules/axe-core/axe.min.js)")
    });
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("AXE_CORE_JS={path}: {error}"))
}

const RULES: [&str; 7] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/// Looks at the page that is open in both lights, and notes what is wrong with it.
pub async fn examine(window: &Window, page: &str, found: &mut Vec<String>) {
    for scheme in ["light", "dark"] {
        window.prefer(scheme).await;
        // Colours halfway between two states are nobody's choice.
        window.until("everything is at rest", "document.getAnimations().every((one) => one.playState !== 'running')").await;
        if !window.is("window.axe").await {
            window.eval(&axe_core()).await;
        }
        let script = "const [rules, done] = arguments; \
                      axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] }).then( \
                        ({ violations, passes }) => done([passes.length, ...violations.flatMap((rule) => \
                          rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`))]), \
                        (error) => done([0, String(error)]))";
        let answer = window.eval_async(script, vec![json!(RULES)]).await;
        let answer = answer.as_array().expect("axe answers");
        let wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth";
        if window.is(wider).await {
            found.push(format!("{page}, {scheme}: it is wider than the window"));
        }
        assert!(answer[0].as_u64() > Some(10), "{page}: axe looked at nothing: {answer:?}");
        found.extend(answer[1..].iter().map(|problem| format!("{page}, {scheme}: {}", problem.as_str().unwrap_or_default())));
    }
}

#[test]
fn members_at_a_desk() {
    pages_for_members(Setup::default());
}

#[test]
fn members_on_a_phone() {
    pages_for_members(Setup { phone: true, ..Setup::default() });
}

#[test]
fn visitors_at_a_desk() {
    pages_for_visitors(Setup::default());
}

#[test]
fn visitors_on_a_phone() {
    pages_for_visitors(Setup { phone: true, ..Setup::default() });
}

fn pages_for_members(setup: Setup) {
    journey(async |app, chromium| {
        let person = app.signed_in("ada").await;
        let grace = app.signed_in("grace").await;
        let theirs = app.share(&grace, &[pictures::portrait(), pictures::webp(640, 480)], "With @ada by the #sea").await;
        let post = app.share(&person, &[pictures::jpeg(640, 480)], "한 줄\nand another one\nand a third\nand a fourth").await;
        app.run_jobs().await;
        let in_the_making = app.share_any(&person, "").await;
        let ada = chromium.window_of_with("ada", &person, setup).await;
        let mut found = Vec::new();

        ada.visit(urls::HOME).await;
        ada.see(".picture.processing").await;
        examine(&ada, "home", &mut found).await;
        // Away from the tab bar: axe knows no top layer, and takes the bar for something that covers the menu.
        ada.scroll_to(&format!("#post-{post}")).await;
        ada.click(&format!("[popovertarget=menu-{post}]")).await;
        ada.see(&format!("#menu-{post}:popover-open")).await;
        examine(&ada, "menu", &mut found).await;
        ada.click(&format!("#menu-{post} a[href='{}']", urls::post_edit(post))).await;
        ada.see("dialog:modal").await;
        examine(&ada, "dialog: edit post", &mut found).await;
        for (name, page) in [
            ("explore", urls::EXPLORE.to_owned()),
            ("tag", urls::tag("sea")),
            ("post", urls::post(theirs)),
            ("own post", urls::post(post)),
            ("post in the making", urls::post(in_the_making)),
            ("who liked it", urls::post_likes(post)),
            ("profile", urls::profile("ada")),
            ("somebody's profile", urls::profile("grace")),
            ("settings", urls::SETTINGS.to_owned()),
            ("edit profile", urls::SETTINGS_PROFILE.to_owned()),
            ("edit post", urls::post_edit(post)),
            ("delete post", urls::post_delete(post)),
        ] {
            ada.visit(&page).await;
            examine(&ada, name, &mut found).await;
        }
        app.run_jobs().await;

        ada.visit(urls::post(post)).await;
        ada.click(&format!("[popovertarget=menu-{post}]")).await;
        ada.click(&format!("#menu-{post} a[href='{}']", urls::post_delete(post))).await;
        ada.see("dialog:modal").await;
        examine(&ada, "dialog: delete post", &mut found).await;

        ada.visit(urls::profile("ada")).await;
        ada.click(&format!(".profile-head a[href='{}']", urls::SETTINGS_PROFILE)).await;
        ada.see("dialog:modal").await;
        ada.choose("#avatar", &[pictures::jpeg(320, 240)]).await;
        ada.see("[data-crop-stage] canvas").await;
        ada.until("it is cut out", "!document.querySelector('dialog button.primary').disabled").await;
        examine(&ada, "dialog: edit profile", &mut found).await;

        ada.visit(urls::NEW_POST).await;
        examine(&ada, "composer", &mut found).await;
        ada.expect_status(422);
        let files = [pictures::jpeg(320, 240).named(&format!("{}.jpg", "a-long-name-".repeat(12))), pictures::truncated()];
        ada.choose(".drop-area input[type=file]", &files).await;
        ada.see(".photo-slip.failed .photo-failure").await;
        examine(&ada, "composer with a wrong file", &mut found).await;

        ada.expect_status(404);
        ada.visit("/nowhere").await;
        examine(&ada, "404", &mut found).await;
        assert!(found.is_empty(), "{found:#?}");
    });
}

fn pages_for_visitors(setup: Setup) {
    journey(async |app, chromium| {
        let visitor = chromium.window_with("visitor", setup).await;
        let mut found = Vec::new();
        visitor.visit(urls::HOME).await;
        examine(&visitor, "empty home", &mut found).await;
        visitor.visit(urls::EXPLORE).await;
        examine(&visitor, "empty explore", &mut found).await;
        visitor.visit(urls::SETTINGS).await;
        examine(&visitor, "visitor's settings", &mut found).await;

        let ada = app.signed_in("ada").await;
        app.share_any(&ada, "By the sea").await;
        app.run_jobs().await;
        visitor.visit(urls::HOME).await;
        examine(&visitor, "home", &mut found).await;

        visitor.visit(urls::SIGN_UP).await;
        examine(&visitor, "sign-up", &mut found).await;
        visitor.expect_status(422);
        visitor.fill("#username", "1 2").await;
        visitor.fill("#email", "nobody").await;
        visitor.fill("#password", "short").await;
        visitor.click("form.form button[type=submit]").await;
        visitor.see("#password_again-error").await;
        examine(&visitor, "sign-up with errors", &mut found).await;

        visitor.visit(urls::SIGN_IN).await;
        examine(&visitor, "sign-in", &mut found).await;
        visitor.fill("#username", "nobody").await;
        visitor.fill("#password", PASSWORD).await;
        visitor.click("form.form button[type=submit]").await;
        visitor.see("#form-error").await;
        examine(&visitor, "sign-in with an error", &mut found).await;
        assert!(found.is_empty(), "{found:#?}");
    });
}
