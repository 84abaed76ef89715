//! When fewer people may see a picture than before, its public addresses change: the objects are copied to the names of a new
//! UUID, the row is switched, the old objects go. Whoever kept an old address is left with nothing.

use super::image::variant_key;
use super::{Image, ImageId, State, object};
use crate::error::Error;
use crate::platform::crash;
use crate::platform::imaging::Size;
use crate::platform::jobs::{Attempt, Concurrency, Failure, Job, Perform};
use crate::platform::storage::Kind;
use crate::state::AppState;
use serde::{Deserialize, Serialize};

/// The new UUID is part of the job, so that doing it again comes to the same names.
#[derive(Debug, Serialize, Deserialize)]
pub struct MoveVariants {
    image_id: ImageId,
    uuid: String,
}

impl MoveVariants {
    pub fn of(image: ImageId) -> Self {
        MoveVariants { image_id: image, uuid: uuid::Uuid::new_v4().to_string() }
    }
}

impl Job for MoveVariants {
    const KIND: &'static str = "media.move_variants";
    const PRIORITY: i32 = 5;
    // A store that is away for long must not leave them where they are.
    const MAX_ATTEMPTS: i32 = 1_000;
    const CONCURRENCY: Concurrency = Concurrency::One;
    // It keeps a promise about who may look.
    const CANCELLABLE: bool = false;

    fn subject(&self) -> Option<i64> {
        Some(self.image_id.get())
    }
}

impl Perform<AppState> for MoveVariants {
    async fn perform(self, state: AppState, _: Attempt) -> Result<(), Failure> {
        let (id, uuid, now) = (self.image_id, self.uuid, state.now());
        let named = uuid.clone();
        let found = state
            .db
            .write(move |c| {
                let image = match Image::find(c, id) {
                    Ok(image) if image.uuid != named => image,
                    Ok(_) | Err(Error::NotFound) => return Ok(None),
                    Err(error) => return Err(error),
                };
                let old = object::variants_of(c, &image)?;
                let moves: Vec<(String, String, i64)> = old
                    .into_iter()
                    .filter_map(|(key, bytes)| {
                        let size: Size = key.strip_suffix(".webp")?.rsplit_once('_')?.1.parse().ok()?;
                        // What an attempt before this one has put is the target, not a source.
                        key.contains(&image.uuid).then(|| (key, variant_key(image.group(), &named, size), bytes))
                    })
                    .collect();
                moves.iter().try_for_each(|(_, to, bytes)| object::begin(c, id, to, *bytes, now))?;
                Ok(Some((image, moves)))
            })
            .await?;
        let Some((image, moves)) = found else { return Ok(()) };
        crash::point("move.written_down");
        if image.state() == State::Processing {
            // Its sizes are being put under the old name right now.
            return Err(Error::Busy { retry_after: 5 }.into());
        }
        for (from, to, bytes) in &moves {
            match state.storage.read(from, state.config.uploads.max_bytes.max(*bytes as u64)).await {
                Ok(content) => state.storage.put(to, content, Kind { media_type: "image/webp", public: true }).await?,
                // A lost variant is `media check`'s affair, and no reason to leave the others readable.
                Err(Error::NotFound) => {}
                Err(error) => return Err(error.into()),
            }
            crash::point("move.put");
        }
        let (new, old): (Vec<String>, Vec<String>) = moves.into_iter().map(|(from, to, _)| (to, from)).unzip();
        state
            .db
            .write(move |c| {
                if Image::set_uuid(c, &image, &uuid)? {
                    object::confirm(c, id)?;
                    object::doom_some(c, &old, now)
                } else {
                    object::doom_some(c, &new, now)
                }
            })
            .await?;
        crash::point("move.committed");
        Ok(())
    }
}
