use crate::support::site;
use picstargram::urls;
#[test]
fn smoke() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        app.share_any(&ada, "hello").await;
        assert!(ada.is_signed_in().await);
        ada.visit(urls::HOME).await.assert_ok();
    });
}
