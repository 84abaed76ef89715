//! One open page: its connection, what it listens to, and what it is told.

use crate::error::{Error, Result};
use crate::notifications::{self, Notification};
use crate::platform::hub::{Event, Topic};
use crate::posts::{self, PostId};
use crate::web::{Viewer, Visit};
use actix_web::{HttpResponse, web};
use actix_ws::{AggregatedMessage, CloseCode, CloseReason};
use futures_util::StreamExt;
use serde::Deserialize;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;

/// How often a silent page is asked whether it is still there; one that says nothing for twice as long is gone.
const PING: Duration = Duration::from_secs(25);
/// Posts one page may name: more than anybody scrolls through.
const MOST_POSTS: usize = 400;
/// Bytes of a message from a page.
const MESSAGE: usize = 16 * 1024;
/// A page says what it shows when that changes: no more often than this for long.
const MESSAGES_A_MINUTE: u32 = 120;
/// News that come together are told once.
const GATHER: Duration = Duration::from_millis(40);

/// Ends every socket when the site stops, before requests are waited for.
#[derive(Clone)]
pub struct Sockets {
    stopping: watch::Receiver<bool>,
}

impl Sockets {
    pub fn until(stopping: watch::Receiver<bool>) -> Self {
        Sockets { stopping }
    }
}

/// What a page says.
#[derive(Deserialize)]
struct Shown {
    posts: Vec<PostId>,
}

pub async fn connect(visit: Visit, body: web::Payload, sockets: web::Data<Sockets>) -> Result<HttpResponse> {
    // A page of another site must not listen with our cookie.
    if !visit.is_same_origin() {
        return Err(Error::CrossSite);
    }
    visit.load_viewer().await?;
    let upgrade = actix_ws::handle(visit.request(), body);
    let (response, session, messages) = upgrade.map_err(|error| Error::BadRequest(error.to_string()))?;
    let messages = messages.max_frame_size(MESSAGE).aggregate_continuations().max_continuation_size(MESSAGE);
    let stopping = sockets.stopping.clone();
    actix_web::rt::spawn(Socket { visit, session }.run(messages, stopping));
    Ok(response)
}

struct Socket {
    visit: Visit,
    session: actix_ws::Session,
}

/// A post with its likes and comments.
type Counted = (PostId, i64, i64);

fn ids_of(counts: &[Counted]) -> Vec<PostId> {
    counts.iter().map(|(id, ..)| *id).collect()
}

impl Socket {
    async fn run(mut self, mut messages: actix_ws::AggregatedMessageStream, mut stopping: watch::Receiver<bool>) {
        let mut listener = self.visit.state.db.hub().listen();
        listener.follow(self.topics(&[]));
        let mut heard_at = Instant::now();
        let mut budget = MESSAGES_A_MINUTE;
        let mut ping = tokio::time::interval_at(heard_at + PING, PING);
        let mut news_due: Option<Instant> = None;
        let mut is_news = false;
        // What the page last said it shows.
        let mut on_page: Vec<PostId> = Vec::new();
        let reason = loop {
            let gathered = async {
                match news_due {
                    Some(due) => tokio::time::sleep_until(due).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                message = messages.next() => {
                    heard_at = Instant::now();
                    match message {
                        Some(Ok(AggregatedMessage::Text(text))) => {
                            let Ok(shown) = serde_json::from_str::<Shown>(&text) else { break CloseCode::Unsupported };
                            if budget == 0 || shown.posts.len() > MOST_POSTS {
                                break CloseCode::Policy;
                            }
                            budget -= 1;
                            // First listened to, then asked for: what happens in between is told twice rather than never.
                            listener.follow(self.topics(&shown.posts));
                            on_page = shown.posts;
                            match self.tell_present(on_page.clone()).await {
                                Ok(visible) => listener.follow(self.topics(&visible)),
                                Err(_) => break CloseCode::Error,
                            }
                        }
                        Some(Ok(AggregatedMessage::Ping(bytes))) => {
                            if self.session.pong(&bytes).await.is_err() {
                                return;
                            }
                        }
                        Some(Ok(AggregatedMessage::Pong(_))) => {}
                        Some(Ok(AggregatedMessage::Binary(_))) => break CloseCode::Unsupported,
                        Some(Ok(AggregatedMessage::Close(_))) | Some(Err(_)) | None => return,
                    }
                }
                event = listener.events.recv() => {
                    let Some(event) = event else { break CloseCode::Again };
                    if matches!(event.topic, Topic::Person(_)) {
                        is_news |= &*event.text != notifications::COUNT_ONLY;
                        news_due.get_or_insert_with(|| Instant::now() + GATHER);
                    } else if self.tell(&event).await.is_err() {
                        return;
                    }
                }
                _ = gathered => {
                    news_due = None;
                    match self.tell_news(std::mem::take(&mut is_news)).await {
                        Ok(true) => {}
                        // The session has ended since.
                        Ok(false) => break CloseCode::Policy,
                        Err(_) => break CloseCode::Again,
                    }
                }
                _ = ping.tick() => {
                    budget = (budget + MESSAGES_A_MINUTE / 2).min(MESSAGES_A_MINUTE);
                    if heard_at.elapsed() > 2 * PING + PING / 2 || listener.was_let_go() || self.session.ping(b"").await.is_err() {
                        break CloseCode::Again;
                    }
                    // What its reader may no longer see is not heard of any longer either.
                    if !on_page.is_empty() {
                        match self.present(on_page.clone()).await {
                            Ok((counts, _)) => listener.follow(self.topics(&ids_of(&counts))),
                            Err(_) => break CloseCode::Again,
                        }
                    }
                }
                _ = stopping.wait_for(|stop| *stop) => break CloseCode::Away,
            }
        };
        // The page connects anew by itself; one that is gone does not read this.
        let _ = self.session.close(Some(CloseReason::from(reason))).await;
    }

    fn topics(&self, shown: &[PostId]) -> Vec<Topic> {
        let me = self.visit.viewer().map(|viewer| Topic::Person(viewer.id.get()));
        me.into_iter().chain([Topic::Everybody]).chain(shown.iter().map(|post| Topic::Post(post.get()))).collect()
    }

    async fn tell(&mut self, event: &Event) -> Result<(), actix_ws::Closed> {
        self.session.text(event.text.to_string()).await
    }

    /// What the posts on the page count now, of those its reader may see, and what is unread.
    async fn present(&self, shown: Vec<PostId>) -> Result<(Vec<Counted>, Option<i64>)> {
        let Ok((viewer, counts, unread)) = self
            .visit
            .read_anew(move |c, viewer: Option<&Viewer>| {
                let unread = viewer.map(|viewer| Notification::unread(c, viewer.id)).transpose()?;
                Ok((viewer.is_some(), posts::counts(c, viewer, &shown)?, unread))
            })
            .await
        else {
            return Err(Error::unavailable("the present could not be read"));
        };
        // Signed out in another tab: this page has another viewer than it thinks.
        if viewer != self.visit.viewer().is_some() {
            return Err(Error::SignInNeeded);
        }
        Ok((counts, unread))
    }

    /// Says so, and returns which posts those are.
    async fn tell_present(&mut self, shown: Vec<PostId>) -> Result<Vec<PostId>> {
        let (counts, unread) = self.present(shown).await?;
        let visible = ids_of(&counts);
        let counts: Vec<serde_json::Value> = counts
            .into_iter()
            .map(|(id, likes, comments)| serde_json::json!({ "post": id, "likes": likes, "comments": comments }))
            .collect();
        let text = serde_json::json!({ "unread": unread, "posts": counts }).to_string();
        self.session.text(text).await.map_err(Error::unavailable)?;
        Ok(visible)
    }

    /// How many notifications wait, and whether the list of them is another. False when nobody is signed in any more.
    async fn tell_news(&mut self, is_news: bool) -> Result<bool> {
        let unread =
            self.visit.read_anew(|c, viewer: Option<&Viewer>| viewer.map(|viewer| Notification::unread(c, viewer.id)).transpose()).await?;
        let Some(unread) = unread else { return Ok(false) };
        let text = serde_json::json!({ "unread": unread, "news": is_news }).to_string();
        Ok(self.session.text(text).await.is_ok())
    }
}
