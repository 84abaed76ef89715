//! A slow answer for those who have been told to wait and ask on: it costs a flood its connections and this program nothing, so
//! that pages for everybody else keep their speed. Who is held is bounded by network and in all; the rest are answered at once, in
//! as few words as there are.

use super::crowd::Crowd;
use std::time::Duration;

/// How long an answer is held back.
const HOLD: Duration = Duration::from_secs(1);
const MOST_OF_NETWORK: usize = 64;
/// A few kilobytes each.
const MOST: usize = 4_096;

#[derive(Clone, Default)]
pub struct Tarpit(Crowd);

impl Tarpit {
    /// Comes back after a while; at once, and with false, when too many are held already.
    pub async fn hold(&self, network: &str) -> bool {
        let place = self.0.join(network.to_owned(), |of_network, all| of_network < MOST_OF_NETWORK && all < MOST);
        if place.is_some() {
            tokio::time::sleep(HOLD).await;
        }
        place.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[tokio::test]
    async fn so_many_of_a_network_are_held_and_the_others_answered_at_once() {
        let tarpit = Tarpit::default();
        let mut held: Vec<_> = (0..MOST_OF_NETWORK).map(|_| Box::pin(tarpit.hold("a"))).collect();
        for waiting in &mut held {
            assert!(waiting.now_or_never().is_none());
        }
        assert_eq!(tarpit.hold("a").now_or_never(), Some(false));
        assert_eq!(tarpit.hold("b").now_or_never(), None, "another network's is held");
        drop(held);
        assert!(tarpit.0.is_empty(), "those who went away are not counted");
    }
}
