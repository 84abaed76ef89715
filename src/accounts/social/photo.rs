//! The face somebody has at their provider, to be theirs here as well. Pictures are a higher room's business: `profiles` performs
//! what is written down here.

use crate::platform::jobs::Job;
use crate::web::UserId;
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
pub struct ImportPhoto {
    pub user: UserId,
    pub url: String,
    /// The provider runs on this very machine, and so may the picture.
    pub local: bool,
}

impl Job for ImportPhoto {
    const KIND: &'static str = "profiles.import_photo";
    // Somebody looks at their new account right now.
    const PRIORITY: i32 = 0;
    const MAX_ATTEMPTS: i32 = 4;
}
