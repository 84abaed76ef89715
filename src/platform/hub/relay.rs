//! Between nodes: what one of them announces, the others tell their listeners, over one channel of a Redis server. Nothing is
//! kept there. While it is away each node tells its own listeners only; when it is back, every open page is asked to look again.

use super::{Event, Hub, Topic};
use futures_util::StreamExt;
use redis::AsyncCommands;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tokio::sync::mpsc;

const CHANNEL: &str = "picstargram:events";
/// Events that wait to be sent; beyond them they are lost, as they are while the server is away.
const BACKLOG: usize = 10_000;
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);
const STILL_THERE: Duration = Duration::from_secs(20);

#[derive(Serialize, Deserialize)]
struct Message {
    /// Who sent it: a node has told its own listeners already.
    node: String,
    topic: Topic,
    text: String,
}

/// Relays until it is dropped.
pub async fn run(url: &str, hub: Hub) {
    let (sender, mut events) = mpsc::channel(BACKLOG);
    hub.relay_to(sender);
    let node = uuid::Uuid::new_v4().to_string();
    let mut pause = FIRST_PAUSE;
    let mut was_away = false;
    loop {
        let began = tokio::time::Instant::now();
        let problem = match connected(url, &hub, &node, &mut events, was_away).await {
            Ok(()) => "the server closed the connection".to_owned(),
            Err(error) => error.to_string(),
        };
        was_away = true;
        if began.elapsed() > LONGEST_PAUSE {
            pause = FIRST_PAUSE;
        }
        tracing::warn!(problem, "other nodes are not heard for a moment; open pages look again afterwards");
        tokio::time::sleep(pause.mul_f64(0.75 + rand::random::<f64>() / 2.0)).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
        // What was announced meanwhile is old by now.
        while events.try_recv().is_ok() {}
    }
}

async fn connected(url: &str, hub: &Hub, node: &str, events: &mut mpsc::Receiver<Event>, was_away: bool) -> Result<(), redis::RedisError> {
    let client = redis::Client::open(url)?;
    let mut ears = client.get_async_pubsub().await?;
    ears.subscribe(CHANNEL).await?;
    let mut mouth = client.get_multiplexed_async_connection().await?;
    if was_away {
        hub.ask_all_to_look_again();
    }
    let mut heard = ears.into_on_message();
    loop {
        tokio::select! {
            message = heard.next() => {
                let Some(message) = message else { return Ok(()) };
                let text: String = message.get_payload()?;
                // A newer version of the program may say what this one does not know.
                let Ok(message) = serde_json::from_str::<Message>(&text) else { continue };
                if message.node != node {
                    hub.tell(&Event { topic: message.topic, text: message.text.into() });
                }
            }
            event = events.recv() => {
                let Some(event) = event else { return Ok(()) };
                let message = Message { node: node.to_owned(), topic: event.topic, text: event.text.to_string() };
                let text = serde_json::to_string(&message).unwrap_or_default();
                let _: () = mouth.publish(CHANNEL, text).await?;
            }
            _ = tokio::time::sleep(STILL_THERE) => {
                let _: String = redis::cmd("PING").query_async(&mut mouth).await?;
            }
        }
    }
}
