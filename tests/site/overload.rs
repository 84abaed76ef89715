//! Uploads when there are too many of them, when they are too large, and when they hardly come: the answer is given early, and
//! even a slow phone, which is still sending, gets to read it.

use crate::support::program::until;
use crate::support::{Browser, Setup, TestApp, Upload, pictures, site, words};
use picstargram::urls;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Bytes a slow phone has to send.
const BODY: usize = 30_000_000;
const CHUNK: usize = 16 * 1024;

/// An answer as it came over the wire, and how much of the body had been sent by then.
struct Answer {
    text: String,
    sent: usize,
}

impl Answer {
    #[track_caller]
    fn assert_status(&self, status: u16) {
        assert!(self.text.starts_with(&format!("HTTP/1.1 {status} ")), "{}", &self.text[..self.text.len().min(300)]);
    }
}

/// A phone on a bad line: the head at once, then `send` bytes of the body in small pieces, a millisecond apart. It reads when
/// something has come, or when it has nothing left to send.
async fn slow_upload(app: &TestApp, browser: &Browser, said: usize, send: usize) -> Answer {
    let mut socket = TcpStream::connect(app.url.trim_start_matches("http://")).await.expect("the site listens");
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: {}\r\nCookie: session={}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: multipart/form-data; boundary=line\r\nContent-Length: {said}\r\n\r\n\
         --line\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.jpg\"\r\n\r\n",
        urls::NEW_POST,
        app.url.trim_start_matches("http://"),
        browser.cookie("session").expect("signed in"),
    );
    socket.write_all(head.as_bytes()).await.expect("the head is sent");
    let (mut reading, mut writing) = socket.split();
    let mut came = Vec::new();
    let mut sent = 0;
    let mut tick = tokio::time::interval(Duration::from_millis(1));
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while sent < send && came.is_empty() {
        tokio::select! {
            biased;
            read = reading.read_buf(&mut came) => assert!(read.expect("the answer can be read") > 0, "closed without an answer"),
            _ = tick.tick() => {
                writing.write_all(&[0; CHUNK]).await.expect("the line stays open until the answer was read");
                sent += CHUNK;
            }
        }
    }
    // It goes on sending for a while before it looks at what has come.
    if !came.is_empty() {
        for _ in 0..20 {
            writing.write_all(&[0; CHUNK]).await.expect("the line stays open until the answer was read");
            tick.tick().await;
        }
    }
    while !String::from_utf8_lossy(&came).contains("</html>") {
        assert!(reading.read_buf(&mut came).await.expect("the answer can be read") > 0, "closed in the middle of the answer");
    }
    Answer { text: String::from_utf8_lossy(&came).into_owned(), sent }
}

#[test]
fn when_all_places_are_taken_an_upload_is_turned_away_before_it_is_read() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let taken: Vec<_> = (0..).map_while(|person| app.state.imaging.admit(person).ok()).collect();
        assert!(taken.len() >= 100, "{} places", taken.len());
        let answer = slow_upload(app, &ada, BODY, BODY).await;
        answer.assert_status(503);
        assert!(answer.text.to_ascii_lowercase().contains("retry-after: 15"), "{}", answer.text);
        assert!(answer.text.contains(&words("error-busy-title", &[])), "{}", answer.text);
        assert!(answer.sent < BODY, "all {} bytes were sent before the answer came", answer.sent);

        // The composer's script is told in JSON, and what it says is the same.
        let upload = || Upload::default().file("photos", &pictures::small());
        let told = ada.json().upload(urls::NEW_POST, upload()).await.assert_status(503).json();
        assert_eq!(told["title"], words("error-busy-title", &[]));
        drop(taken);
        ada.upload(urls::NEW_POST, upload()).await.assert_redirect(urls::HOME);
        app.expect_server_errors(1);
    });
}

#[test]
fn one_person_cannot_take_all_places() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let me = app.id_of("ada").await.get();
        let _taken: Vec<_> = std::iter::from_fn(|| app.state.imaging.admit(me).ok()).collect();
        let upload = || Upload::default().file("photos", &pictures::small());
        ada.upload(urls::NEW_POST, upload()).await.assert_status(503);
        mina.upload(urls::NEW_POST, upload()).await.assert_redirect(urls::HOME);
        app.expect_server_errors(1);
    });
}

#[test]
fn a_body_beyond_any_form_is_answered_while_it_still_comes() {
    Setup::default().set("MAX_UPLOAD_BYTES", "100k").site(async |app| {
        let ada = app.signed_in("ada").await;
        let answer = slow_upload(app, &ada, BODY, BODY).await;
        answer.assert_status(413);
        assert!(answer.text.contains(&words("error-too-large-title", &[])), "{}", answer.text);
        assert!(answer.sent < BODY, "all {} bytes were sent before the answer came", answer.sent);
    });
}

#[test]
fn an_upload_that_stalls_is_cut_off_and_gives_its_place_back() {
    Setup::default().set("UPLOAD_STALL", "1").site(async |app| {
        let ada = app.signed_in("ada").await;
        let me = app.id_of("ada").await.get();
        let free = || std::iter::from_fn(|| app.state.imaging.admit(me).ok()).collect::<Vec<_>>().len();
        let places = free();
        // Some pieces come, then nothing.
        let answer = slow_upload(app, &ada, BODY, 3 * CHUNK).await;
        answer.assert_status(408);
        assert!(answer.text.contains(&words("error-timeout-title", &[])), "{}", answer.text);
        until("the place is given back", Duration::from_secs(5), async || free() == places).await;
    });
}

#[test]
fn a_quota_is_said_before_it_is_used_up_and_refuses_what_would_pass_it() {
    Setup::default().set("USER_QUOTA", "1MB").site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let page = ada.visit(urls::NEW_POST).await.assert_ok();
        assert!(page.text(".drop-area").contains("0 kB of 1.0 MB"), "{}", page.text(".drop-area"));
        let mut photo = pictures::small();
        photo.bytes.resize(1_000_001, 0); // what follows the picture's end is part of the file
        let upload = Upload::default().file("photos", &photo).text("caption", "Too much of a good thing");
        let page = ada.upload(urls::NEW_POST, upload).await.assert_refused();
        assert!(page.photo_errors()[0].contains("you use 0 kB of 1.0 MB"), "{:?}", page.photo_errors());
        assert_eq!(page.value("caption"), "Too much of a good thing");
        assert_eq!((app.rows_in("images").await, app.stored_keys().await.len()), (0, 0));

        let avatar = Upload::default().file("avatar", &photo);
        let page = ada.upload(urls::SETTINGS_PROFILE, avatar).await.assert_refused();
        assert!(page.errors()["avatar"].contains("1.0 MB"), "{:?}", page.errors());

        app.share(&ada, &[pictures::small()], "").await;
        app.run_jobs().await;
        let page = ada.visit(urls::NEW_POST).await;
        assert!(!page.text(".drop-area").contains("0 kB of"), "{}", page.text(".drop-area"));
        assert!(mina.visit(urls::NEW_POST).await.text(".drop-area").contains("0 kB of"), "each person has their own");
    });
}

#[test]
fn how_many_photos_fit_into_a_post_is_a_setting() {
    Setup::default().set("MAX_PHOTOS", "2").site(async |app| {
        let ada = app.signed_in("ada").await;
        let page = ada.visit(urls::NEW_POST).await;
        assert_eq!((page.attr("#composer", "data-most"), page.count(".alt-texts textarea[name=alt]")), ("2".to_owned(), 2));
        let three = (0..3).fold(Upload::default(), |upload, _| upload.file("photos", &pictures::small()));
        let page = ada.upload(urls::NEW_POST, three).await.assert_refused();
        assert_eq!(page.photo_errors()[0], words("photos-too-many", &[("count", 3), ("limit", 2)]));
        app.share(&ada, &[pictures::small(), pictures::small()], "").await;
        app.run_jobs().await;
    });
}
