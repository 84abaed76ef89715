//! What holds on every page: who may send forms, which headers go out, how errors look, assets, languages, light and dark.

use crate::support::{Browser, Page, Setup, TestApp, Upload, pictures, site, words};
use actix_web::HttpResponse;
use picstargram::urls;
use picstargram::web::assets;
use picstargram::web::request_log::guarded;
use reqwest::Method;

/// A form as a page of another site sends it, or a script that is no browser: with exactly these headers.
fn from(browser: &Browser, headers: &[(&str, &str)]) -> Browser {
    headers.iter().fold(browser.without("Sec-Fetch-Site"), |browser, (name, value)| browser.with(name, value))
}

#[test]
fn forms_of_other_sites_change_nothing() {
    Setup::default().set("PUBLIC_URL", "http://photos.example").site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share_any(&ada, "").await;
        let like = async |browser: Browser| browser.post(urls::post_like(post), &[("liked", "true")]).await;
        let likes = async || app.rows_in("likes").await;

        let own = app.url.clone();
        let other_port = "http://127.0.0.1:1".to_owned();
        for refused in [
            vec![("Sec-Fetch-Site", "cross-site")],
            vec![("Sec-Fetch-Site", "same-site")],
            vec![("Sec-Fetch-Site", "cross-site"), ("Origin", own.as_str())],
            vec![("Origin", "null")],
            vec![("Origin", "https://evil.example")],
            vec![("Origin", other_port.as_str())],
            vec![("Origin", "http://photos.example.evil.example")],
            // No browser sends a form without either, and a script with our cookie is nobody we know.
            vec![],
        ] {
            let page = like(from(&mina, &refused)).await.assert_status(403);
            assert!(page.says("error-cross-site-title"), "{refused:?}");
            assert_eq!(likes().await, 0, "{refused:?}");
        }
        for (count, accepted) in [
            vec![("Sec-Fetch-Site", "same-origin")],
            vec![("Sec-Fetch-Site", "none")],
            vec![("Origin", own.as_str())],
            // Behind a proxy the Host may be another: the public address counts as well.
            vec![("Origin", "http://photos.example")],
            vec![("Origin", "http://photos.example:80")],
        ]
        .into_iter()
        .enumerate()
        {
            let friend = app.signed_in(&format!("friend{count}")).await;
            like(from(&friend, &accepted)).await.assert_redirect(urls::post(post));
            assert_eq!(likes().await, count as i64 + 1, "{accepted:?}");
        }
        // Without a cookie there is nobody in whose name anything could happen.
        app.member("joon").await;
        let fields = [("username", "joon"), ("password", crate::support::factories::PASSWORD)];
        from(&app.visitor(), &[]).post(urls::SIGN_IN, &fields).await.assert_redirect(urls::HOME);
        from(&app.visitor(), &[("Origin", "https://evil.example")]).post(urls::SIGN_IN, &fields).await.assert_status(403);
        // Looking is not changing: links from anywhere work.
        from(&mina, &[("Sec-Fetch-Site", "cross-site")]).visit(urls::post(post)).await.assert_ok();
    });
}

/// One of every kind of answer.
async fn one_of_each(app: &TestApp) -> Vec<(&'static str, Page)> {
    let ada = app.signed_in("ada").await;
    let post = app.share_any(&ada, "").await;
    app.run_jobs().await;
    let [image] = &app.images_of(post).await[..] else { panic!("one image") };
    let visitor = app.visitor();
    vec![
        ("a page", visitor.visit(urls::HOME).await.assert_ok()),
        ("a fragment", visitor.htmx().visit(urls::HOME).await.assert_ok()),
        ("a redirect", visitor.visit(urls::NEW_POST).await.assert_status(303)),
        ("a refused form", visitor.post(urls::SIGN_UP, &[]).await.assert_status(422)),
        ("nothing found", visitor.visit("/nothing").await.assert_status(404)),
        ("a wrong method", visitor.visit(urls::SIGN_OUT).await.assert_status(405)),
        ("a refusal", visitor.with("Sec-Fetch-Site", "cross-site").post(urls::SIGN_OUT, &[]).await.assert_status(403)),
        ("a panic", visitor.visit("/test/panic").await.assert_status(500)),
        ("an asset", visitor.visit(assets::address("app.css")).await.assert_ok()),
        ("a picture", visitor.visit(image.address("full")).await.assert_ok()),
        ("health", visitor.visit(urls::LIVEZ).await.assert_ok()),
        ("readiness", visitor.visit(urls::READYZ).await.assert_ok()),
        ("JSON", visitor.json().visit("/nothing").await.assert_status(404)),
    ]
}

fn panicking(config: &mut actix_web::web::ServiceConfig) {
    let panics = async || -> HttpResponse { panic!("the secret reason") };
    config.service(guarded(actix_web::web::resource("/test/panic").get(panics).post(panics)));
}

#[test]
fn every_answer_bears_the_headers_that_keep_browsers_careful() {
    Setup::default().with_routes(panicking).set("MEDIA_URL", "https://cdn.example/pictures").site(async |app| {
        app.expect_server_errors(1);
        for (what, page) in one_of_each(app).await {
            assert_eq!(page.header("x-content-type-options"), Some("nosniff"), "{what}");
            assert_eq!(page.header("referrer-policy"), Some("same-origin"), "{what}");
            assert_eq!(page.header("cross-origin-opener-policy"), Some("same-origin"), "{what}");
            assert!(page.header("permissions-policy").expect("a policy").contains("geolocation=()"), "{what}");
            assert_eq!(page.header("strict-transport-security"), None, "{what}: not over plain http");
            let csp = page.header("content-security-policy").unwrap_or_else(|| panic!("{what} has no policy"));
            if what == "a picture" {
                assert_eq!(csp, "default-src 'none'; sandbox");
                continue;
            }
            for part in ["default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'"] {
                assert!(csp.contains(&format!("{part};")), "{what}: {part}");
            }
            assert!(csp.contains("frame-ancestors 'none'") && csp.contains("form-action 'self'"), "{what}");
            assert!(csp.contains(" https://cdn.example") && !csp.contains("unsafe"), "{what}: {csp}");
        }
    });
    Setup::default().set("PUBLIC_URL", "https://photos.example").site(async |app| {
        let page = app.visitor().visit(urls::HOME).await;
        assert!(page.header("strict-transport-security").expect("over https").starts_with("max-age="));
    });
}

#[test]
fn no_page_has_script_or_style_in_it() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share(&ada, &[pictures::small(), pictures::small()], "#sea").await;
        let processing = ada.visit(urls::post(post)).await;
        app.run_jobs().await;
        let mut pages = vec![processing, ada.visit("/nothing").await];
        for path in [
            urls::HOME.to_owned(),
            urls::EXPLORE.to_owned(),
            urls::tag("sea"),
            urls::profile("ada"),
            urls::NEW_POST.to_owned(),
            urls::post(post),
            urls::post_edit(post),
            urls::post_delete(post),
            urls::post_likes(post),
            urls::SETTINGS.to_owned(),
            urls::SETTINGS_PROFILE.to_owned(),
        ] {
            pages.push(ada.visit(&path).await.assert_ok());
        }
        for path in [urls::SIGN_UP, urls::SIGN_IN] {
            pages.push(app.visitor().visit(path).await.assert_ok());
        }
        for page in pages {
            let html = page.html();
            assert_eq!(page.count("script:not([src])") + page.count("style") + page.count("[style]"), 0, "{html}");
            for inline in [" onclick=", " onload=", " hx-on", "javascript:", "js:"] {
                assert!(!html.contains(inline), "{inline}: {html}");
            }
            assert!(!html.contains("/static/missing"), "an asset that is not there: {html}");
            assert!(page.attrs("img", "alt").len() == page.count("img"), "a picture without words: {html}");
            assert!(page.attrs("img", "width").len() == page.count("img"), "a picture without its size: {html}");
            assert_eq!(page.count("h1") + page.count("dialog[open] h2"), 1, "one title: {html}");
        }
    });
}

#[test]
fn errors_are_drawn_as_what_was_asked_for_with_the_true_status() {
    site(async |app| {
        for browser in [app.visitor(), app.signed_in("ada").await] {
            let page = browser.visit("/posts/1").await.assert_not_found();
            assert!(page.says("error-not-found-title") && page.html().contains("<html"));
            assert!(page.has(&format!("main a[href='{}']", urls::HOME)), "a way onward");
            assert!(!page.says("error-reference"), "nobody needs a number for that");
            let fragment = browser.htmx().visit("/posts/1").await.assert_not_found();
            assert!(fragment.says("error-not-found-title") && !fragment.html().contains("<html"));
            let problem = browser.json().visit("/posts/1").await.assert_not_found();
            assert_eq!(problem.header("content-type"), Some("application/problem+json"));
            assert_eq!((&problem.json()["status"], &problem.json()["title"]), (&404.into(), &words("error-not-found-title", &[]).into()));
            assert_eq!(problem.header("cache-control"), Some("private, no-store"));
        }
        let visitor = app.visitor();
        let wrong = visitor.visit(urls::SIGN_OUT).await.assert_status(405);
        assert!(wrong.says("error-method-title") && wrong.header("allow").expect("what is allowed").contains("POST"));
        visitor.send(Method::DELETE, urls::HOME, |request| request).await.assert_status(405);
        let long = "x".repeat(70_000);
        visitor.post(urls::SIGN_IN, &[("username", &long)]).await.assert_status(413);
        visitor.send(Method::POST, urls::SIGN_IN, |request| request.json(&[1])).await.assert_status(400);
        visitor.post(urls::LANGUAGE, &[("language", "tlh")]).await.assert_status(400);
    });
}

#[test]
fn a_panic_is_one_persons_error_page_and_the_worker_lives_on() {
    Setup::default().with_routes(panicking).site(async |app| {
        app.expect_server_errors(8);
        let ada = app.signed_in("ada").await;
        for browser in [app.visitor(), ada] {
            let page = browser.visit("/test/panic").await.assert_status(500);
            assert!(page.says("error-internal-title") && !page.html().contains("secret reason"));
            assert_eq!(page.text("main code").len(), 16, "the request's id");
            let fragment = browser.htmx().post("/test/panic", &[]).await.assert_status(500);
            assert!(fragment.has("code") && !fragment.html().contains("<html"));
            let problem = browser.json().visit("/test/panic").await.assert_status(500).json();
            assert_eq!(problem["request_id"].as_str().expect("the request's id").len(), 16);
            // There is one worker only.
            browser.visit(urls::HOME).await.assert_ok();
        }
        // Many at once on one connection pool, and ordinary pages between them.
        let visitor = app.visitor();
        let (one, page, other) = tokio::join!(visitor.visit("/test/panic"), visitor.visit(urls::EXPLORE), visitor.visit("/test/panic"));
        assert_eq!([one.status.as_u16(), page.status.as_u16(), other.status.as_u16()], [500, 200, 500]);
    });
}

#[test]
fn health_tells_the_truth() {
    // On S3 there is no folder to take away.
    Setup::default().with_folder().site(async |app| {
        app.expect_server_errors(1);
        let visitor = app.visitor();
        assert_eq!(visitor.visit(urls::LIVEZ).await.assert_ok().html(), "ok\n");
        let ready = visitor.visit(urls::READYZ).await.assert_ok();
        assert_eq!(ready.json(), serde_json::json!({ "database": "ok", "storage": "ok" }));
        assert_eq!(ready.header("cache-control"), Some("no-store"));
        let (media, away) = (app.data_dir.join("media"), app.data_dir.join("unplugged"));
        std::fs::rename(&media, &away).expect("the disk is unplugged");
        let unready = visitor.visit(urls::READYZ).await.assert_status(503);
        assert_eq!(unready.json(), serde_json::json!({ "database": "ok", "storage": "unavailable" }));
        visitor.visit(urls::LIVEZ).await.assert_ok();
        std::fs::rename(&away, &media).expect("it is back");
        visitor.visit(urls::READYZ).await.assert_ok();
    });
}

#[test]
fn assets_have_the_hash_of_their_content_and_stay_for_ever() {
    site(async |app| {
        let visitor = app.visitor();
        let page = visitor.visit(urls::HOME).await;
        let sheet = page.attr("link[rel=stylesheet]", "href");
        let plain = visitor.visit(&sheet).await.assert_ok();
        assert_eq!(plain.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert_eq!(plain.header("content-type"), Some("text/css; charset=utf-8"));
        assert!(plain.header("vary").expect("what it depends on").contains("Accept-Encoding"));
        for (accepted, coding) in [("gzip, deflate, br", Some("br")), ("gzip", Some("gzip")), ("br;q=0, gzip;q=0.5", Some("gzip"))] {
            let packed = visitor.with("Accept-Encoding", accepted).visit(&sheet).await.assert_ok();
            assert_eq!(packed.header("content-encoding"), coding, "{accepted}");
            assert!(packed.body.len() * 2 < plain.body.len(), "{accepted}");
        }
        let (hash, file) = sheet.trim_start_matches("/static/").split_once('/').expect("a hash and a name");
        visitor.visit(urls::asset(&"0".repeat(hash.len()), file)).await.assert_not_found();
        visitor.visit(urls::asset(hash, "app.js")).await.assert_not_found();
        visitor.visit(urls::asset(hash, "..%2Fapp.css")).await.assert_not_found();
        for address in [page.attrs("script[src]", "src"), page.attrs("link[href]", "href"), page.attrs("img", "src")].concat() {
            visitor.visit(&address).await.assert_ok();
        }
        visitor.visit("/favicon.ico").await.assert_redirect(assets::address("favicon.svg"));
        assert!(visitor.visit("/robots.txt").await.assert_ok().html().contains("User-agent"));
        // A page that is still open over an upgrade is told to load anew.
        let stale = visitor.with("Assets-Version", "an older one").visit(urls::EXPLORE).await.assert_status(204);
        assert_eq!(stale.header("hx-redirect"), Some(urls::EXPLORE));
    });
}

#[test]
fn a_first_visit_of_the_feed_is_light() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        app.follow("mina", "ada").await;
        for number in 0..10 {
            app.share_any(&ada, &format!("{number}: {} #서울 #night with @mina", "Early fog, and the boats not yet awake. ".repeat(8)))
                .await;
        }
        let packed = mina.with("Accept-Encoding", "gzip");
        let weight = async |address: &str| packed.visit(address).await.assert_ok().body.len();
        let page = mina.visit(urls::HOME).await;
        assert_eq!(page.count(".post-card"), 10, "a whole page");
        let mut script = 0;
        for address in page.attrs("script[src]", "src") {
            script += weight(&address).await;
        }
        for (what, weight, most) in [
            ("page", weight(urls::HOME).await, 10_000),
            ("sheet", weight(&page.attr("link[rel=stylesheet]", "href")).await, 14_000),
            ("script", script, 25_000),
        ] {
            assert!((1_000..=most).contains(&weight), "{what}: {weight} bytes, {most} at most");
        }
    });
}

#[test]
fn pages_go_out_compressed_to_those_who_take_it() {
    site(async |app| {
        let visitor = app.visitor();
        let plain = visitor.visit(urls::HOME).await.assert_ok();
        for (accepted, coding) in [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip")] {
            let packed = visitor.with("Accept-Encoding", accepted).visit(urls::HOME).await.assert_ok();
            assert_eq!(packed.header("content-encoding"), Some(coding));
            assert!(packed.header("vary").expect("what it depends on").contains("Accept-Encoding"), "{accepted}");
            assert!(packed.body.len() < plain.body.len());
        }
        let head = visitor.send(Method::HEAD, urls::HOME, |request| request).await.assert_ok();
        assert!(head.body.is_empty());
        assert_eq!(head.header("content-type"), plain.header("content-type"));
    });
}

#[test]
fn the_language_is_the_accounts_then_the_cookies_then_the_browsers() {
    site(async |app| {
        let lang = async |browser: &Browser| browser.visit(urls::EXPLORE).await.attr("html", "lang");
        let (plain, korean) = (app.visitor(), app.visitor().with("Accept-Language", "ko-KR,ko;q=0.9,en;q=0.8"));
        assert_eq!((lang(&plain).await.as_str(), lang(&korean).await.as_str()), ("en", "ko"));
        assert_eq!(lang(&app.visitor().with("Accept-Language", "fr-FR, de;q=0.5")).await, "en");
        // A visitor's choice stays in their browser, and leads back.
        korean.post(urls::LANGUAGE, &[("language", "en"), ("next", "/explore")]).await.assert_redirect(urls::EXPLORE);
        assert_eq!(lang(&korean).await, "en");
        korean.post(urls::LANGUAGE, &[("language", "auto")]).await.assert_redirect(urls::SETTINGS);
        assert_eq!(lang(&korean).await, "ko");
        korean.post(urls::LANGUAGE, &[("language", "en"), ("next", "//evil.example")]).await.assert_redirect(urls::SETTINGS);
        // A member's goes with the account, to every browser they use.
        let ada = app.signed_in("ada").await;
        ada.post(urls::LANGUAGE, &[("language", "ko")]).await.assert_redirect(urls::SETTINGS);
        let phone = app.browser_of(app.id_of("ada").await).await.with("Accept-Language", "en");
        assert_eq!(lang(&phone).await, "ko");
        // Errors speak it too.
        assert_eq!(phone.visit("/nothing").await.assert_not_found().attr("html", "lang"), "ko");
    });
}

#[test]
fn light_and_dark_are_the_accounts_then_the_cookies_then_the_systems() {
    site(async |app| {
        let scheme = async |browser: &Browser| browser.visit(urls::EXPLORE).await.attrs("html", "data-scheme");
        let visitor = app.visitor();
        assert!(scheme(&visitor).await.is_empty(), "as the system has it");
        visitor.post(urls::APPEARANCE, &[("appearance", "dark")]).await.assert_redirect(urls::SETTINGS);
        assert_eq!(scheme(&visitor).await, ["dark"]);
        let ada = app.signed_in("ada").await;
        ada.post(urls::APPEARANCE, &[("appearance", "light")]).await.assert_redirect(urls::SETTINGS);
        let phone = app.browser_of(app.id_of("ada").await).await;
        phone.set_cookie("appearance", "dark");
        assert_eq!(scheme(&phone).await, ["light"]);
        ada.post(urls::APPEARANCE, &[("appearance", "auto")]).await.assert_redirect(urls::SETTINGS);
        assert!(scheme(&ada).await.is_empty());
        visitor.post(urls::APPEARANCE, &[("appearance", "sepia")]).await.assert_status(400);
    });
}

#[test]
fn times_are_shown_in_the_browsers_zone() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share_any(&ada, "").await;
        let shown = async |zone: &str| {
            let browser = app.visitor();
            browser.set_cookie("tz", zone);
            browser.visit(urls::post(post)).await.assert_ok().text("article time")
        };
        let hour = |time: String| time.rsplit(' ').next().and_then(|clock| clock.split(':').next()?.parse::<u32>().ok()).expect("an hour");
        let (utc, seoul) = (hour(shown("UTC").await), hour(shown("Asia/Seoul").await));
        assert_eq!((utc + 9) % 24, seoul);
        assert_eq!(hour(shown("Nowhere/City").await), utc, "a zone nobody knows is UTC");
    });
}

#[test]
fn a_form_that_is_not_one_is_refused_without_a_trace() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let raw = async |content_type: &str, body: &str| {
            let (content_type, body) = (content_type.to_owned(), body.to_owned());
            ada.send(Method::POST, urls::NEW_POST, |request| request.header("Content-Type", content_type).body(body)).await
        };
        raw("text/plain", "hello").await.assert_status(400);
        raw("multipart/form-data", "no boundary").await.assert_status(400);
        raw("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.jpg\"\r\n\r\ncut of")
            .await
            .assert_status(400);
        let flood = (0..70).fold(Upload::default(), |upload, _| upload.text("alt", ""));
        ada.upload(urls::NEW_POST, flood).await.assert_status(400);
        assert_eq!(app.rows_in("posts").await, 0);
    });
}
