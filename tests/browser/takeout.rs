//! Everything in a file, brought back by somebody else, and an account that ends.

use crate::chromium::journey;
use crate::support::{Picture, pictures, words};
use picstargram::urls;
use std::io::{Cursor, Read};

#[test]
fn a_copy_is_made_opened_brought_back_and_the_account_goes() {
    journey(async |app, chromium| {
        let browser = app.signed_in("ada").await;
        app.share(&browser, &[pictures::portrait(), pictures::small()], "A week by the #sea").await;
        app.run_jobs().await;
        let ada = chromium.window_of("ada", &browser).await;
        ada.visit(urls::SETTINGS).await;
        ada.click(&format!(".setting-links a[href='{}']", urls::SETTINGS_EXPORT)).await;
        ada.at(urls::SETTINGS_EXPORT).await;
        ada.click("#copy button.primary").await;
        ada.reads("#notices", words("flash-export-begun", &[])).await;
        ada.see("#copy progress").await;
        app.run_jobs().await;
        // The page looks by itself.
        ada.reads("#copy-title", words("export-ready", &[])).await;
        ada.see("#copy a[download]").await;
        let zip = browser.visit(urls::SETTINGS_EXPORT_FILE).await.assert_ok().body;

        // Unpacked somewhere, it opens without the site.
        let folder = tempfile::tempdir().expect("a folder");
        let mut archive = zip::ZipArchive::new(Cursor::new(zip.clone())).expect("a ZIP");
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).expect("a file");
            let path = folder.path().join(file.enclosed_name().expect("a name that stays inside"));
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("it unpacks");
            std::fs::write(path, bytes).expect("it is written");
        }
        let index = format!("file://{}", folder.path().join("index.html").display());
        ada.devtools("Page.navigate", serde_json::json!({ "url": index })).await;
        ada.until("its own pages are open", "location.protocol === 'file:' && document.querySelector('h1')?.textContent === 'ada'").await;
        ada.until("every picture is drawn", "document.images.length === 2 && [...document.images].every(i => i.naturalWidth > 0)").await;
        assert!(ada.is("getComputedStyle(document.body).maxInlineSize === '640px'").await, "the style came along");

        let mina = chromium.window_of("mina", &app.signed_in("mina").await).await;
        mina.visit(urls::SETTINGS_IMPORT).await;
        mina.choose("#file", &[Picture::new("ada.zip", "application/zip", zip)]).await;
        mina.click("#brought button.primary").await;
        mina.reads("#brought-title", words("import-looking", &[])).await;
        app.run_jobs().await;
        mina.reads("#brought-title", words("import-looked", &[])).await;
        mina.count(".row-list > li", 1).await;
        mina.click(&format!("form[action='{}'] button", urls::SETTINGS_IMPORT_START)).await;
        mina.reads("#brought-title", words("import-running", &[])).await;
        app.run_jobs().await;
        mina.reads("#brought-title", words("import-done", &[])).await;
        mina.click(".row-list a").await;
        mina.reads(".caption", "A week by the #sea").await;

        ada.visit(urls::SETTINGS_DELETE).await;
        ada.expect_status(422);
        ada.fill("#username", "mina").await;
        ada.click("button.danger").await;
        ada.see("#username-error").await;
        assert_eq!(ada.value("#username").await, "mina");
        ada.fill("#username", "ada").await;
        ada.click("button.danger").await;
        ada.at(urls::HOME).await;
        ada.reads("#notices", words("flash-deletion-planned", &[])).await;
        mina.visit(urls::profile("mina")).await;
        mina.see("ul .picture").await;
    });
}
