//! The demo's people and what they posted: written by hand, with pictures to match.
//!
//! Every picture is named by its scene and seed, and its words describe what that seed draws, so change a seed only
//! together with its alternative text.

mod earlier;
mod people;
mod recent;

use super::draw::Scene;

pub use people::PEOPLE;

/// Someone in the demo community.
pub struct Person {
    pub username: &'static str,
    pub email: &'static str,
    pub description: &'static str,
    pub face_seed: u64,
}

/// A post with its pictures in order.
pub struct Post {
    pub author: &'static str,
    pub caption: &'static str,
    pub minutes_ago: u32,
    pub photos: &'static [Photo],
}

pub struct Photo {
    pub scene: Scene,
    pub seed: u64,
    pub width: u32,
    pub height: u32,
    pub alt: &'static str,
}

const TALL: (u32, u32) = (1120, 1400);
const TALL_LARGE: (u32, u32) = (2000, 2500);
const SQUARE: (u32, u32) = (1200, 1200);
const SQUARE_LARGE: (u32, u32) = (2000, 2000);
const WIDE: (u32, u32) = (1500, 1000);
const WIDE_LARGE: (u32, u32) = (2160, 1440);
const FILM_LARGE: (u32, u32) = (2400, 1350);
const NARROW: (u32, u32) = (1120, 1680);

const fn photo(scene: Scene, seed: u64, size: (u32, u32), alt: &'static str) -> Photo {
    Photo { scene, seed, width: size.0, height: size.1, alt }
}

/// Whether a person likes a post: the same answer every time, never the author, and some posts far more than others.
pub fn likes(post_index: usize, person_index: usize) -> bool {
    let (Some(post), Some(person)) = (posts().nth(post_index), PEOPLE.get(person_index)) else {
        return false;
    };
    if post.author == person.username {
        return false;
    }
    let stir = |n: u64| {
        let z = (n ^ 0x51_7c_c1_b7).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let z = (z ^ (z >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (z ^ (z >> 32)) % 100
    };
    // How much a post is loved: between a few and nearly everybody. The newest have had less time to be seen.
    let loved = 18 + stir(post_index as u64 + 1) * 70 / 100;
    let seen = if post.minutes_ago < 30 { 45 } else { 100 };
    stir((post_index as u64 + 1) * 131 + person_index as u64 * 7919) < loved * seen / 100
}

/// All posts, the newest first.
pub fn posts() -> impl Iterator<Item = &'static Post> {
    recent::POSTS.iter().chain(earlier::POSTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_community_is_large_varied_and_consistent() {
        let names: Vec<&str> = PEOPLE.iter().map(|person| person.username).collect();
        assert!(names.len() >= 12 && names.contains(&"mina") && names.contains(&"admin"));
        assert!(posts().count() >= 80);
        assert!(posts().map(|post| post.minutes_ago).is_sorted(), "the newest first");
        let photos: Vec<&Photo> = posts().flat_map(|post| post.photos).collect();
        assert!(3 * photos.iter().filter(|photo| photo.width > 1_920).count() >= photos.len(), "a third has every size");
        let mut drawn: Vec<(u8, u64)> = photos.iter().map(|photo| (photo.scene as u8, photo.seed)).collect();
        drawn.sort_unstable();
        drawn.dedup();
        assert_eq!(drawn.len(), photos.len(), "no picture twice");
        for (index, post) in posts().enumerate() {
            assert!(names.contains(&post.author), "{}", post.author);
            assert!((1..=5).contains(&post.photos.len()), "{}", post.caption);
            assert!(post.photos.iter().all(|photo| !photo.alt.is_empty()), "{}", post.caption);
            let author = names.iter().position(|name| *name == post.author);
            assert!(author.is_some_and(|author| !likes(index, author)), "nobody likes their own");
        }
    }
}
