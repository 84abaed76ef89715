//! What the administrator of the demo has to decide, who may bring whom, and where people sign in.

use crate::web::i18n::Lang;

/// Somebody who would like to join.
pub struct Applicant {
    pub username: &'static str,
    pub email: &'static str,
    pub lang: Lang,
    pub description: &'static str,
    pub reason: &'static str,
    pub minutes_ago: u32,
    /// What they were told when they were declined; the others wait.
    pub answer: Option<&'static str>,
}

/// The one who has waited longest first.
pub const APPLICANTS: &[Applicant] = &[
    Applicant {
        username: "best_deals_4u",
        email: "deals@example.net",
        lang: Lang::En,
        description: "Best deals for you.",
        reason: "Hello dear sir, I offer real followers and good prices for all members of this very nice site.",
        minutes_ago: 7_300,
        answer: Some("This is a place for people's own pictures; advertising has no room here. All the best elsewhere."),
    },
    Applicant {
        username: "minho_film",
        email: "minho@example.net",
        lang: Lang::Ko,
        description: "필름으로 동네 고양이를 찍어요.",
        reason: "mina와 같은 사진 모임에 다닙니다. 현상한 사진을 조용히 나눌 곳을 찾고 있었어요.",
        minutes_ago: 2_640,
        answer: None,
    },
    Applicant {
        username: "greta",
        email: "greta@example.net",
        lang: Lang::En,
        description: "Old postcards, carefully mended.",
        reason: "Ines told me about this place. I restore old postcards and would love to show them before and after.",
        minutes_ago: 1_130,
        answer: None,
    },
    Applicant {
        username: "pelle_on_skis",
        email: "pelle@example.net",
        lang: Lang::En,
        description: "",
        reason: "Leo and I share a cabin, a camera and one working charger.",
        minutes_ago: 85,
        answer: None,
    },
];

/// A link by which somebody may join.
pub struct Invitation {
    pub maker: &'static str,
    pub note: &'static str,
    pub most_uses: i32,
    /// Names of those who came by it; `-` has left again.
    pub guests: &'static str,
    pub days_ago: i64,
    /// Days it holds; nothing: for ever.
    pub holds: Option<i64>,
}

/// The earliest first.
pub const INVITATIONS: &[Invitation] = &[
    Invitation { maker: "mina", note: "부산 사촌", most_uses: 1, guests: "bada", days_ago: 100, holds: Some(7) },
    Invitation { maker: "admin", note: "Photo walk in spring", most_uses: 25, guests: "dalbit - -", days_ago: 80, holds: Some(30) },
    Invitation { maker: "admin", note: "Neighbours", most_uses: 10, guests: "lucky_coupon", days_ago: 60, holds: None },
    Invitation { maker: "mina", note: "사진 모임 친구들", most_uses: 5, guests: "", days_ago: 6, holds: Some(14) },
];

const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1";
const LAPTOP: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0";
const LIBRARY: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";

/// Who signed in with what, from where (addresses kept for documentation), the earliest first.
pub struct SignIn {
    pub who: &'static str,
    pub user_agent: &'static str,
    pub address: &'static str,
    pub minutes_ago: u32,
    /// Wrong passwords before.
    pub refused: u32,
    pub still_open: bool,
}

pub const SIGN_INS: &[SignIn] = &[
    SignIn { who: "mina", user_agent: LAPTOP, address: "198.51.100.24", minutes_ago: 28_900, refused: 0, still_open: true },
    SignIn { who: "admin", user_agent: LAPTOP, address: "2001:db8:42::7", minutes_ago: 30_260, refused: 0, still_open: true },
    SignIn { who: "mina", user_agent: LIBRARY, address: "203.0.113.80", minutes_ago: 11_550, refused: 2, still_open: false },
    SignIn { who: "mina", user_agent: PHONE, address: "198.51.100.24", minutes_ago: 1_730, refused: 0, still_open: true },
];

/// Kept out for good by the administrator.
pub const BANNED: (&str, &str, u32) = ("lucky_coupon", "Advertising, again, after two friendly words.", 5_900);
/// Has not proven an address; the others have.
pub const UNPROVEN: &str = "lucky_coupon";
