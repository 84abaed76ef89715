//! Pictures as files: which sizes, under which name, in which pieces, and for whom.

use crate::support::{Upload, pictures, site};
use picstargram::urls;

#[test]
fn every_size_can_be_saved_under_the_name_the_photo_came_with() {
    site(async |app| {
        let (ada, visitor) = (app.signed_in("ada").await, app.visitor());
        let photo = pictures::jpeg(1100, 700).named("여름 \"바다\" 50%.JPG");
        let post = app.share(&ada, &[photo], "").await;
        app.run_jobs().await;
        let [image] = &app.images_of(post).await[..] else { panic!("one image") };
        for (size, width) in [("thumbnail", 500), ("512", 512), ("1024", 1024)] {
            let file = visitor.visit(urls::image_download(image.id, size)).await.assert_ok();
            assert_eq!(pictures::decode_published(&file.body).size().0, width);
            assert_eq!(file.header("content-type"), Some("image/webp"));
            let disposition = file.header("content-disposition").expect("it is to be saved");
            assert!(disposition.starts_with("attachment; filename="), "{disposition}");
            let encoded = format!("filename*=UTF-8''%EC%97%AC%EB%A6%84%20%22%EB%B0%94%EB%8B%A4%22%2050%25%2D{size}.webp");
            assert!(disposition.contains(&encoded), "{disposition}");
            assert_eq!(file.header("content-security-policy"), Some("default-src 'none'; sandbox"));
            assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
        }
        // Without a size: the largest.
        let file = visitor.visit(format!("/images/{}/download", image.id)).await.assert_ok();
        assert_eq!(pictures::decode_published(&file.body).size().0, 1024);
        for wrong in ["1920", "full", "huge", "../512"] {
            visitor.visit(urls::image_download(image.id, wrong)).await.assert_not_found();
        }
        visitor.visit(urls::image_download(12, "512")).await.assert_not_found();

        let page = visitor.visit(urls::post_downloads(post)).await.assert_ok();
        let offered = page.attrs(".downloads a", "href");
        assert_eq!(offered, ["512", "1024"].map(|size| urls::image_download(image.id, size)), "no original for others");
        for address in offered {
            visitor.visit(&address).await.assert_ok();
        }
        assert!(visitor.visit(urls::post(post)).await.has(&format!(".menu a[href='{}']", urls::post_downloads(post))));
        visitor.htmx().visit(urls::post_downloads(post)).await.assert_ok();
    });
}

#[test]
fn the_original_is_its_owners_alone_and_comes_as_it_was_sent() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let photo = pictures::portrait().named("IMG_0001.HEIC.jpg");
        let post = app.share(&ada, std::slice::from_ref(&photo), "").await;
        let [image] = &app.images_of(post).await[..] else { panic!("one image") };
        let address = urls::image_download(image.id, "original");
        // Before its sizes are made, too.
        let file = ada.visit(&address).await.assert_ok();
        assert_eq!(file.body, photo.bytes);
        assert_eq!(file.header("content-type"), Some("image/jpeg"));
        assert_eq!(file.header("cache-control"), Some("private, no-cache"));
        assert!(file.header("content-disposition").expect("saved").contains("filename=\"IMG_0001.HEIC.jpg\""));
        let plain = ada.visit(format!("/images/{}/download", image.id)).await.assert_ok();
        assert_eq!(plain.body, photo.bytes);
        let page = ada.visit(urls::post_downloads(post)).await.assert_ok();
        assert_eq!(page.attrs(".downloads a", "href"), [address.as_str()], "its sizes are in the making");
        app.run_jobs().await;

        for other in [app.visitor(), app.signed_in("mina").await, app.admin("root").await] {
            other.visit(&address).await.assert_not_found();
        }
        // A file that calls itself something else is saved as what it is.
        let disguised = app.share(&ada, &[pictures::small().named("invoice.html")], "").await;
        app.run_jobs().await;
        let [image] = &app.images_of(disguised).await[..] else { panic!("one image") };
        let file = ada.visit(urls::image_download(image.id, "original")).await.assert_ok();
        assert!(file.header("content-disposition").expect("saved").contains("filename=\"invoice.html.jpg\""));
    });
}

#[test]
fn a_download_can_be_continued_and_is_not_sent_twice() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let photo = pictures::jpeg(600, 400);
        let post = app.share(&ada, std::slice::from_ref(&photo), "").await;
        app.run_jobs().await;
        let [image] = &app.images_of(post).await[..] else { panic!("one image") };
        let (address, size) = (urls::image_download(image.id, "original"), photo.bytes.len());
        let whole = ada.visit(&address).await.assert_ok();
        assert_eq!(whole.header("accept-ranges"), Some("bytes"));
        let tag = whole.header("etag").expect("a tag").to_owned();
        ada.with("If-None-Match", &tag).visit(&address).await.assert_status(304);

        let cases = [("bytes=0-99", 0..100), ("bytes=100-", 100..size), ("bytes=-7", size - 7..size), ("bytes=5-999999999", 5..size)];
        for (range, wanted) in cases {
            let part = ada.with("Range", range).with("If-Range", &tag).visit(&address).await.assert_status(206);
            assert_eq!(part.body, photo.bytes[wanted.clone()], "{range}");
            assert_eq!(part.header("content-range"), Some(format!("bytes {}-{}/{size}", wanted.start, wanted.end - 1).as_str()));
        }
        let beyond = ada.with("Range", &format!("bytes={size}-")).visit(&address).await.assert_status(416);
        assert_eq!(beyond.header("content-range"), Some(format!("bytes */{size}").as_str()));
        // Another version, several ranges, or nonsense: the whole.
        let other = ada.with("Range", "bytes=0-9").with("If-Range", "\"another\"").visit(&address).await.assert_ok();
        assert_eq!(other.body.len(), size);
        for range in ["bytes=0-1,5-6", "lines=1-2", "bytes=9-3"] {
            assert_eq!(ada.with("Range", range).visit(&address).await.assert_ok().body.len(), size, "{range}");
        }
        // Public sizes as well.
        let part = ada.with("Range", "bytes=0-3").visit(image.address("512")).await.assert_status(206);
        assert_eq!(part.body, b"RIFF");
    });
}

#[test]
fn a_face_can_be_saved_while_it_is_worn() {
    site(async |app| {
        let (ada, visitor) = (app.signed_in("ada").await, app.visitor());
        let id = app.id_of("ada").await;
        let wear = async || ada.upload(urls::SETTINGS_PROFILE, Upload::default().file("avatar", &pictures::jpeg(300, 300))).await;
        wear().await.assert_redirect(urls::profile("ada"));
        let face = app.avatar_of(id).await.expect("a face");
        app.run_jobs().await;
        visitor.visit(urls::image_download(face.id, "full")).await.assert_ok();
        visitor.visit(urls::image_download(face.id, "original")).await.assert_not_found();
        ada.visit(urls::image_download(face.id, "original")).await.assert_ok();
        wear().await.assert_redirect(urls::profile("ada"));
        visitor.visit(urls::image_download(face.id, "full")).await.assert_not_found();
        app.run_jobs().await;
    });
}

#[test]
fn the_api_tells_where_each_size_is() {
    site(async |app| {
        let (ada, visitor) = (app.signed_in("ada").await, app.visitor());
        let post = app.share(&ada, &[pictures::jpeg(1100, 700).named("coast.jpg")], "").await;
        let [image] = &app.images_of(post).await[..] else { panic!("one image") };
        let told = visitor.visit(urls::api_image(image.id)).await.assert_ok().json();
        assert_eq!((told["state"].as_str(), told["sizes"].as_object().expect("sizes").len()), (Some("processing"), 1));
        app.run_jobs().await;
        let told = visitor.visit(urls::api_image(image.id)).await.assert_ok().json();
        assert_eq!(told["id"], image.id.to_string());
        assert_eq!((&told["largest"], &told["width"], &told["height"]), (&"1024".into(), &1100.into(), &700.into()));
        assert_eq!((&told["file_name"], &told["original_bytes"]), (&serde_json::Value::Null, &serde_json::Value::Null));
        for (size, width) in [("thumbnail", 500), ("512", 512), ("1024", 1024)] {
            let address = told["sizes"][size]["url"].as_str().expect("an address");
            let file = visitor.visit(address).await.assert_ok();
            assert_eq!(pictures::decode_published(&file.body).size().0, width);
            assert_eq!(told["sizes"][size]["width"], width);
        }
        let own = ada.visit(urls::api_image(image.id)).await.assert_ok().json();
        assert_eq!((own["file_name"].as_str(), own["original_bytes"].as_i64()), (Some("coast.jpg"), Some(image.original_bytes)));
        let problem = visitor.visit(urls::api_image(12)).await.assert_not_found();
        assert_eq!(problem.header("content-type"), Some("application/problem+json"));
    });
}
