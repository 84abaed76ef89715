//! Who follows whom, and what they do besides sharing and talking: saved and pinned posts, what a photo tells of itself.

use super::Facts;

/// A name, and whom this person follows. Everybody did so before the oldest post, but for [`LATELY`].
pub const FOLLOWS: &[(&str, &str)] = &[
    ("mina", "admin joon ada seoyeon haneul ines sunja persimmon_house bada dalbit"),
    ("admin", "mina joon ada seoyeon sunja persimmon_house salma"),
    ("joon", "mina dalbit bada kwame tomas haneul seoyeon leo_frost"),
    ("ada", "leo_frost noor mina kwame ines salma dalbit"),
    ("tomas", "ines salma ada persimmon_house noor mina"),
    ("seoyeon", "sunja mina haneul persimmon_house dalbit"),
    ("noor", "dalbit salma ada ines leo_frost"),
    ("leo_frost", "ada noor dalbit ines kwame"),
    ("kwame", "tomas joon ada ines leo_frost"),
    ("haneul", "mina sunja seoyeon persimmon_house dalbit joon"),
    ("ines", "tomas ada kwame noor salma bada"),
    ("salma", "tomas noor ines persimmon_house seoyeon"),
    ("sunja", "seoyeon haneul mina persimmon_house bada admin"),
    ("persimmon_house", "mina seoyeon sunja joon tomas haneul"),
    ("bada", "joon dalbit mina ines haneul kwame"),
    ("dalbit", "noor mina bada leo_frost seoyeon joon"),
];

/// The same of the last days, with how many minutes ago.
pub const LATELY: &[(&str, &str, u32)] =
    &[("salma", "mina", 4_020), ("tomas", "kwame", 2_700), ("kwame", "mina", 95), ("admin", "haneul", 60)];

/// Accounts whose posts are for followers.
pub const PRIVATE: &[&str] = &["seoyeon", "noor"];

/// Who asked a private account, and how many minutes ago.
pub const REQUESTS: &[(&str, &str, u32)] = &[("leo_frost", "seoyeon", 2_900), ("mina", "noor", 310)];

/// Whom the administrator wants nothing of, and of whom to hear nothing.
pub const BLOCKED: (&str, &str) = ("admin", "lucky_coupon");
pub const MUTED: (&str, &str) = ("admin", "bada");

/// Posts, by their minutes. What mina keeps, the latest last.
pub const SAVED: &[u32] = &[22_322, 12_723, 8_303, 5_380, 7_298, 3_894, 206, 275];
/// On top of mina's profile, the upper one last.
pub const PINNED: &[u32] = &[9_370, 1_980];
/// Of mina's.
pub const ARCHIVED: u32 = 44_836;
/// Of mina's.
pub const FOLLOWERS_ONLY: u32 = 15_794;
pub const COMMENTS_OFF: u32 = 24_971;

/// Until so many minutes ago those who can sign in have read what they were told.
pub const READ: &[(&str, u32)] = &[("mina", 1_100), ("admin", 2_000)];

const fn facts(post: u32, camera: (&'static str, &'static str), place: Option<(f64, f64)>, day: bool) -> Facts {
    Facts { post, camera, place, day }
}

/// What files tell and their authors kept.
pub const FACTS: &[Facts] = &[
    facts(4, ("FUJIFILM", "X100V"), Some((37.5826, 126.9831)), true),
    facts(19, ("NIKON CORPORATION", "NIKON Z 7"), Some((46.6943, 12.0854)), true),
    facts(206, ("SONY", "ILCE-7M4"), None, true),
    facts(275, ("FUJIFILM", "X-T5"), Some((37.5155, 126.9960)), true),
    facts(715, ("Canon", "Canon EOS R6"), Some((35.1587, 129.2253)), false),
    facts(871, ("NIKON CORPORATION", "NIKON D850"), None, true),
    facts(1_980, ("FUJIFILM", "X100V"), None, true),
    facts(2_902, ("RICOH IMAGING COMPANY, LTD.", "RICOH GR III"), Some((5.5330, -0.2120)), false),
    facts(3_894, ("DJI", "Mini 3 Pro"), Some((38.4441, -9.1017)), true),
    facts(7_298, ("NIKON CORPORATION", "NIKON Z 7"), Some((46.5100, 11.8600)), true),
    facts(9_370, ("FUJIFILM", "X100V"), Some((37.5270, 126.9340)), true),
];
