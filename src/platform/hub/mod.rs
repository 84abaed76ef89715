//! The hub: what has just changed, told to whoever listens right now. An event is a topic and a few words (see `live`); it is
//! announced within the transaction that makes it true and sent after its commit, so that whoever hears it finds it in the
//! database. Nothing is kept: a listener that was away asks the database what it missed.
//!
//! With several nodes, [`relay`] carries events between them.

pub mod relay;

use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc;

/// Events that wait for a slow listener; one that falls further behind is dropped, connects anew and asks what it missed.
const BACKLOG: usize = 64;

/// Whom an event concerns.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Topic {
    /// One person, on all their pages.
    Person(i64),
    /// Whoever has this post on their page.
    Post(i64),
    /// Every open page.
    Everybody,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub topic: Topic,
    /// JSON, as the pages' script reads it.
    pub text: Arc<str>,
}

thread_local! {
    /// What the transaction on this thread has announced so far.
    static OUTBOX: RefCell<Vec<Event>> = const { RefCell::new(Vec::new()) };
}

/// Sends an event once the transaction on this thread has committed. Of equal ones the last is enough.
pub fn announce(topic: Topic, text: impl Into<Arc<str>>) {
    OUTBOX.with_borrow_mut(|events| {
        let event = Event { topic, text: text.into() };
        events.retain(|earlier| *earlier != event);
        events.push(event);
    });
}

pub(super) fn begin() {
    OUTBOX.with_borrow_mut(Vec::clear);
}

pub(super) fn announced() -> Vec<Event> {
    OUTBOX.take()
}

#[derive(Default)]
struct Listeners {
    by_topic: HashMap<Topic, HashMap<u64, mpsc::Sender<Event>>>,
    next: u64,
    /// To the other nodes.
    relay: Option<mpsc::Sender<Event>>,
}

#[derive(Clone, Default)]
pub struct Hub {
    listeners: Arc<Mutex<Listeners>>,
}

impl Hub {
    /// A listener to nothing yet.
    pub fn listen(&self) -> Listener {
        let (sender, events) = mpsc::channel(BACKLOG);
        let mut listeners = self.lock();
        listeners.next += 1;
        Listener { hub: self.clone(), id: listeners.next, sender, events, topics: Vec::new() }
    }

    /// Tells the listeners of this process.
    pub fn tell(&self, event: &Event) {
        let mut listeners = self.lock();
        if let Some(interested) = listeners.by_topic.get_mut(&event.topic) {
            // A full or closed channel: its listener is let go, which closes it.
            interested.retain(|_, sender| sender.try_send(event.clone()).is_ok());
        }
    }

    /// After a commit.
    pub(super) fn send(&self, events: Vec<Event>) {
        let relay = self.lock().relay.clone();
        for event in events {
            self.tell(&event);
            if let Some(relay) = &relay {
                // A full relay is one whose server is away.
                let _ = relay.try_send(event);
            }
        }
    }

    fn relay_to(&self, relay: mpsc::Sender<Event>) {
        self.lock().relay = Some(relay);
    }

    /// Something may have been missed.
    fn ask_all_to_look_again(&self) {
        self.tell(&Event { topic: Topic::Everybody, text: r#"{"again":true}"#.into() });
    }

    fn lock(&self) -> MutexGuard<'_, Listeners> {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One open page. Dropping it ends its listening.
pub struct Listener {
    hub: Hub,
    id: u64,
    sender: mpsc::Sender<Event>,
    pub events: mpsc::Receiver<Event>,
    topics: Vec<Topic>,
}

impl Listener {
    /// From now on these topics and no others.
    pub fn follow(&mut self, topics: Vec<Topic>) {
        let mut listeners = self.hub.lock();
        for topic in std::mem::take(&mut self.topics) {
            listeners.leave(&topic, self.id);
        }
        for topic in &topics {
            listeners.by_topic.entry(topic.clone()).or_default().insert(self.id, self.sender.clone());
        }
        self.topics = topics;
    }

    /// It was too slow and hears nothing more.
    pub fn was_let_go(&self) -> bool {
        let listeners = self.hub.lock();
        self.topics.iter().any(|topic| !listeners.by_topic.get(topic).is_some_and(|interested| interested.contains_key(&self.id)))
    }
}

impl Listeners {
    fn leave(&mut self, topic: &Topic, id: u64) {
        if let Some(interested) = self.by_topic.get_mut(topic) {
            interested.remove(&id);
            if interested.is_empty() {
                self.by_topic.remove(topic);
            }
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.follow(Vec::new());
    }
}
