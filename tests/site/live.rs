//! What open pages are told: over a real WebSocket, by one site or by two that share a database and a Redis server.

use crate::support::app::on_postgres;
use crate::support::program::until;
use crate::support::{Browser, Setup, TestApp, pictures, run, site};
use futures_util::{SinkExt, StreamExt};
use picstargram::clock::Clock;
use picstargram::config::SecretKey;
use picstargram::platform::hub::{self, Topic, relay};
use picstargram::platform::limits::{Delays, Limits, Rule};
use picstargram::platform::seal::Sealer;
use picstargram::posts::PostId;
use picstargram::urls;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Longer than any machine needs; what it really took is compared where it matters.
const PATIENCE: Duration = Duration::from_secs(20);

struct Tab {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

async fn connect(app: &TestApp, browser: &Browser, origin: Option<&str>) -> Result<Tab, Error> {
    let address = format!("{}{}", app.url.replacen("http", "ws", 1), urls::LIVE);
    let mut request = address.into_client_request()?;
    if let Some(cookie) = browser.cookie_header() {
        request.headers_mut().insert("cookie", cookie.parse().expect("a header"));
    }
    let origin = origin.unwrap_or(&app.url);
    request.headers_mut().insert("origin", origin.parse().expect("a header"));
    connect_async(request).await.map(|(socket, _)| Tab { socket })
}

impl Tab {
    async fn open(app: &TestApp, browser: &Browser, shown: &[PostId]) -> (Tab, Value) {
        let mut tab = connect(app, browser, None).await.expect("a socket");
        let present = tab.show(shown).await;
        (tab, present)
    }

    /// Says what the page shows, and hears how things are.
    async fn show(&mut self, shown: &[PostId]) -> Value {
        self.socket.send(Message::text(json!({ "posts": shown }).to_string())).await.expect("sent");
        self.hears(|told| told.get("posts").is_some()).await
    }

    /// The next message of the kind.
    async fn hears(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        let heard = async {
            loop {
                match self.socket.next().await {
                    Some(Ok(Message::Text(text))) => {
                        let told: Value = serde_json::from_str(&text).expect("JSON");
                        if wanted(&told) {
                            return told;
                        }
                    }
                    Some(Ok(Message::Close(reason))) => panic!("closed: {reason:?}"),
                    Some(Ok(_)) => {}
                    other => panic!("the connection ended: {other:?}"),
                }
            }
        };
        tokio::time::timeout(PATIENCE, heard).await.expect("it is told")
    }

    async fn ends(mut self) -> bool {
        let ended = async {
            while let Some(message) = self.socket.next().await {
                if matches!(message, Ok(Message::Close(_)) | Err(_)) {
                    break;
                }
            }
        };
        tokio::time::timeout(PATIENCE, ended).await.is_ok()
    }
}

#[test]
fn a_like_reaches_every_page_that_shows_the_post_and_its_author_on_any() {
    site(async |app| {
        let (ada, mina, joon) = (app.signed_in("ada").await, app.signed_in("mina").await, app.signed_in("joon").await);
        let (post, other) = (app.share_any(&ada, "").await, app.share_any(&ada, "").await);
        let (mut hers, present) = Tab::open(app, &ada, &[]).await;
        assert_eq!(present, json!({ "unread": 0, "posts": [] }));
        let (mut his, present) = Tab::open(app, &joon, &[post]).await;
        assert_eq!(present["posts"], json!([{ "post": post, "likes": 0, "comments": 0 }]));

        let began = Instant::now();
        mina.post(urls::post_like(post), &[("liked", "true")]).await.assert_status(303);
        assert_eq!(his.hears(|told| told.get("likes").is_some()).await, json!({ "post": post.to_string(), "likes": 1 }));
        let took = began.elapsed();
        assert_eq!(hers.hears(|told| told.get("news").is_some()).await, json!({ "unread": 1, "news": true }));
        println!("a like and the word of it: {took:?}");

        // Another page in the same tab: only what it shows now.
        his.show(&[other]).await;
        mina.post(urls::post_like(post), &[("liked", "false")]).await;
        mina.post(urls::post_like(other), &[("liked", "true")]).await;
        let told = his.hears(|told| told.get("likes").is_some()).await;
        assert_eq!(told["post"], other.to_string());
    });
}

#[test]
fn what_happened_while_a_page_was_away_is_told_when_it_is_back() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share_any(&ada, "").await;
        let (tab, _) = Tab::open(app, &ada, &[post]).await;
        drop(tab);
        mina.post(urls::post_like(post), &[("liked", "true")]).await;
        let (_tab, present) = Tab::open(app, &ada, &[post]).await;
        assert_eq!(present, json!({ "unread": 1, "posts": [{ "post": post.to_string(), "likes": 1, "comments": 0 }] }));
    });
}

#[test]
fn a_page_is_told_of_nothing_that_its_reader_may_not_see() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let (open, hidden) = (app.share_any(&ada, "").await, app.share_any(&ada, "").await);
        ada.post(urls::post_archive(hidden), &[("archived", "true")]).await;
        let (_tab, present) = Tab::open(app, &mina, &[open, hidden]).await;
        assert_eq!(present["posts"].as_array().map(Vec::len), Some(1));
        assert_eq!(present["posts"][0]["post"], open.to_string());
        // Nor of what happens to it afterwards, whatever a page says that it shows.
        let joon = app.signed_in("joon").await;
        app.follow("joon", "ada").await;
        let for_followers = app.share(&ada, &[pictures::jpeg(16, 16)], "").await;
        app.execute(format!("UPDATE posts SET followers_only = TRUE, is_open = FALSE WHERE id = {for_followers}")).await;
        let (mut stranger, present) = Tab::open(app, &app.visitor(), &[for_followers, open]).await;
        assert_eq!(present["posts"].as_array().map(Vec::len), Some(1));
        joon.post(urls::post_like(for_followers), &[("liked", "true")]).await.assert_status(303);
        joon.post(urls::post_like(open), &[("liked", "true")]).await.assert_status(303);
        let first = stranger.hears(|told| told.get("likes").is_some()).await;
        assert_eq!(first["post"], open.to_string());
        // A page of another site does not listen with her cookie, and nonsense ends the connection.
        let foreign = connect(app, &mina, Some("https://evil.example")).await;
        assert!(matches!(foreign, Err(Error::Http(answer)) if answer.status() == 403));
        for nonsense in ["hello".to_owned(), "{}".to_owned(), json!({ "posts": vec!["1"; 500] }).to_string(), "x".repeat(100_000)] {
            let mut tab = connect(app, &mina, None).await.expect("a socket");
            let _ = tab.socket.send(Message::text(nonsense)).await;
            assert!(tab.ends().await);
        }
    });
}

#[test]
fn a_session_that_ends_is_told_nothing_more() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share_any(&ada, "").await;
        let (tab, _) = Tab::open(app, &ada, &[]).await;
        ada.post(urls::SIGN_OUT, &[]).await.assert_status(303);
        mina.post(urls::post_like(post), &[("liked", "true")]).await;
        assert!(tab.ends().await);
    });
}

#[test]
fn a_site_that_stops_ends_its_sockets_first() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let (tab, _) = Tab::open(app, &ada, &[]).await;
        app.cut_sockets(true);
        assert!(tab.ends().await);
    });
}

/// A real server on a free port, gone with the test.
struct Redis {
    port: u16,
    process: std::process::Child,
}

impl Redis {
    fn start(port: Option<u16>) -> Redis {
        let port = port.unwrap_or_else(|| {
            let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
            free.local_addr().expect("bound").port()
        });
        let process = std::process::Command::new("redis-server")
            .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("redis-server is installed (Debian package redis-server): bin/test does so");
        Redis { port, process }
    }

    fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    fn stop(mut self) -> u16 {
        self.process.kill().expect("it runs");
        let _ = self.process.wait();
        self.port
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn nodes_hear_of_each_other_and_look_again_when_they_could_not() {
    // Sites of several nodes are sites on PostgreSQL.
    if !on_postgres() {
        return;
    }
    site(async |one| {
        site_beside(async |two| {
            let redis = Redis::start(None);
            let relays: Vec<_> = [one, two]
                .map(|app| {
                    let (url, hub) = (redis.url(), app.state.db.hub().clone());
                    tokio::spawn(async move { relay::run(&url, hub).await })
                })
                .into_iter()
                .collect();
            let mut page = two.state.db.hub().listen();
            page.follow(vec![Topic::Post(7), Topic::Everybody]);
            let announce = async || {
                one.write(|_| {
                    hub::announce(Topic::Post(7), "{\"post\":\"7\",\"likes\":1}");
                    hub::announce(Topic::Post(8), "{\"post\":\"8\",\"likes\":1}");
                    Ok(())
                })
                .await;
            };
            until("the other node's page hears of it", PATIENCE, async || {
                announce().await;
                page.events.try_recv().is_ok_and(|event| event.topic == Topic::Post(7))
            })
            .await;
            let port = redis.stop();
            let redis = Redis::start(Some(port));
            until("pages are asked to look again", PATIENCE, async || {
                page.events.try_recv().is_ok_and(|event| event.topic == Topic::Everybody)
            })
            .await;
            until("it goes on", PATIENCE, async || {
                announce().await;
                page.events.try_recv().is_ok_and(|event| event.topic == Topic::Post(7))
            })
            .await;
            relays.into_iter().for_each(|relay| relay.abort());
            drop(redis);
        })
        .await;
    });
}

async fn site_beside(test: impl AsyncFnOnce(&TestApp)) {
    Setup::default().tell(test).await;
}

#[test]
fn nodes_count_together_how_often_something_was_tried() {
    run(async {
        let redis = Redis::start(None);
        let address = redis.url().trim_start_matches("redis://").to_owned();
        until("the server answers", PATIENCE, async || tokio::net::TcpStream::connect(&address).await.is_ok()).await;
        let node = || Limits::new(Some(&redis.url()), Sealer::new(SecretKey::from_bytes([3; 32])));
        let (one, other, now) = (node(), node(), Clock::default().now());
        let rule = Rule { name: "test", burst: 2, every: Duration::from_secs(60) };
        assert_eq!(one.take(&rule, "ada", now).await, Ok(()));
        assert_eq!(other.take(&rule, "ada", now).await, Ok(()));
        assert_eq!(one.take(&rule, "ada", now).await, Err(Duration::from_secs(60)));
        other.give_back(&rule, "ada").await;
        assert_eq!(one.take(&rule, "ada", now).await, Ok(()));
        let delays = Delays {
            name: "test delays",
            free: 1,
            first: Duration::from_secs(2),
            longest: Duration::from_secs(60),
            forget: Duration::from_secs(600),
        };
        assert_eq!(one.attempt(&delays, "ada", now).await, Ok(()));
        assert_eq!(other.attempt(&delays, "ada", now).await, Err(Duration::from_secs(2)));
        other.succeeded(&delays, "ada").await;
        assert_eq!(one.attempt(&delays, "ada", now).await, Ok(()));
        one.tally("wrong", "ada").await;
        other.tally("wrong", "ada").await;
        assert_eq!((one.tallied("wrong", "ada").await, other.tallied("wrong", "ada").await), (2, 0));
        // The server goes away: each counts for itself, and nobody is refused for it.
        drop(redis);
        assert_eq!(one.take(&rule, "ada", now).await, Ok(()));
    });
}
