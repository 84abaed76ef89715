//! What the demo has besides pictures, which take too long to draw here.

use crate::support::factories::PASSWORD;
use crate::support::{Browser, site};
use picstargram::{demo, urls};

#[test]
fn the_demo_has_something_for_each_page_about_accounts() {
    site(async |app| {
        demo::create_people(&app.state, PASSWORD, app.state.now()).await.expect("accounts");
        app.run_jobs().await;
        let enter = async |name: &str| -> Browser {
            let browser = app.visitor();
            browser.post(urls::SIGN_IN, &[("username", name), ("password", PASSWORD)]).await.assert_redirect(urls::HOME);
            browser
        };
        let admin = enter("admin").await;
        for (path, told) in [
            (urls::ADMIN_USERS, "lucky_coupon"),
            (urls::ADMIN_REGISTRATIONS, "greta"),
            (urls::ADMIN_INVITES, "Photo walk in spring"),
            (urls::ADMIN_MAIL, "deals@example.net"),
            (urls::ADMIN_AUDIT, "best_deals_4u"),
        ] {
            assert!(admin.visit(path).await.assert_ok().html().contains(told), "{path}");
        }
        let mina = enter("mina").await;
        assert_eq!(mina.visit(urls::SETTINGS_SESSIONS).await.count("li.row"), 3, "two more, and this one");
        assert!(mina.visit(urls::SETTINGS_SECURITY).await.html().contains("203.0.113.80"));
    });
}
