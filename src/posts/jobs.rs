//! What happens to posts by themselves: a deletion comes to its end, views are forgotten.

use super::{Post, PostId};
use crate::platform::crash;
use crate::platform::jobs::{Attempt, Failure, Job, Perform};
use crate::state::AppState;
use serde::{Deserialize, Serialize};

/// A deleted post goes for good, when the time to undo it is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct Purge {
    pub post: PostId,
}

impl Job for Purge {
    const KIND: &'static str = "posts.purge";
    const PRIORITY: i32 = 20;
    const MAX_ATTEMPTS: i32 = 1_000;
    // Somebody wanted it gone: who changes their mind undoes the deletion.
    const CANCELLABLE: bool = false;

    fn subject(&self) -> Option<i64> {
        Some(self.post.get())
    }
}

impl Perform<AppState> for Purge {
    async fn perform(self, state: AppState, _: Attempt) -> Result<(), Failure> {
        let (now, post) = (state.now(), self.post);
        state.db.write(move |c| Post::purge(c, post, now)).await?;
        crash::point("delete.committed");
        Ok(())
    }
}
