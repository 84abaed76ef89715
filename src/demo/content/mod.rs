//! The demo's people and what they posted: written by hand, with pictures to match.
//!
//! Every picture is named by its scene and seed, and its words describe what that seed draws, so change a seed only
//! together with its alternative text.

pub mod accounts;
mod earlier;
mod people;
mod recent;
mod talk;
pub mod ties;

use super::draw::Scene;

pub use people::PEOPLE;
pub use talk::TALKS;

/// Someone in the demo community.
pub struct Person {
    pub username: &'static str,
    pub email: &'static str,
    pub description: &'static str,
    /// `None` shows no face and shares nothing.
    pub face_seed: Option<u64>,
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

/// What is said about a post.
pub struct Talk {
    /// The minutes of the post: no two have the same.
    pub post: u32,
    pub comments: &'static [Comment],
}

pub struct Comment {
    pub author: &'static str,
    /// Minutes after the post.
    pub after: u32,
    pub text: &'static str,
    pub reactions: &'static str,
    pub replies: &'static [Reply],
}

pub struct Reply {
    pub author: &'static str,
    pub after: u32,
    pub text: &'static str,
    pub likes: &'static str,
}

/// What the files of a post tell, and its author shows.
pub struct Facts {
    pub post: u32,
    /// Maker and model, as cameras write them.
    pub camera: (&'static str, &'static str),
    /// Degrees north and east.
    pub place: Option<(f64, f64)>,
    /// Whether the day is shown; the file tells it in any case.
    pub day: bool,
}

impl Comment {
    /// Which emoji, and by whom.
    pub fn reactions(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.reactions.split(';').flat_map(|kind| {
            let mut words = kind.split_whitespace();
            let emoji = words.next().unwrap_or_default();
            words.map(move |who| (emoji, who))
        })
    }
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

/// A number below a hundred, the same for the same `n` every time.
fn stir(n: u64) -> u64 {
    let z = (n ^ 0x51_7c_c1_b7).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (z ^ (z >> 32)) % 100
}

/// Whether a person likes a post, and how many minutes ago: the same answer every time, never the author, and some posts far
/// more than others.
pub fn likes(post_index: usize, person_index: usize) -> Option<u32> {
    let (post, person) = (posts().nth(post_index)?, PEOPLE.get(person_index)?);
    if post.author == person.username || person.face_seed.is_none() {
        return None;
    }
    // How much a post is loved: between a few and nearly everybody. The newest have had less time to be seen.
    let loved = 18 + stir(post_index as u64 + 1) * 70 / 100;
    let seen = if post.minutes_ago < 30 { 45 } else { 100 };
    let both = (post_index as u64 + 1) * 131 + person_index as u64 * 7919;
    // Most of them come soon, none after four days.
    let late = stir(both + 17);
    let after = u64::from(post.minutes_ago.min(5_760)) * late * late / 10_000;
    (stir(both) < loved * seen / 100).then(|| post.minutes_ago - after as u32)
}

/// When somebody reacts to what was said so many minutes ago: within two days, and never in the future.
pub fn soon_after(minutes_ago: u32, number: usize) -> u32 {
    let share = stir(u64::from(minutes_ago) * 31 + number as u64 * 7);
    minutes_ago - (u64::from(minutes_ago.min(2_880)) * share / 100) as u32
}

/// A moment when everybody had come and nobody had shared anything.
pub fn before_all(number: usize) -> u32 {
    60_000 + 450 * stir(number as u64 * 13 + 5) as u32
}

/// How often a post was looked at: by far more people than liked it.
pub fn views(post_index: usize) -> i64 {
    let likes = (0..PEOPLE.len()).filter(|person| likes(post_index, *person).is_some()).count() as u64;
    (11 + likes * (17 + stir(post_index as u64 + 401) / 4)) as i64
}

/// Whom a text names, of those who are here.
pub fn named(text: &str) -> impl Iterator<Item = &'static str> {
    let words = text.split('@').skip(1);
    let names = words.map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default());
    let people: Vec<&str> = names.filter_map(|name| PEOPLE.iter().find(|person| person.username == name)).map(|p| p.username).collect();
    people.into_iter()
}

/// All posts, the newest first.
pub fn posts() -> impl Iterator<Item = &'static Post> {
    recent::POSTS.iter().chain(earlier::POSTS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::posts::comments::Emoji;

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
            assert!(author.is_some_and(|author| likes(index, author).is_none()), "nobody likes their own");
            assert!((0..names.len()).filter_map(|person| likes(index, person)).all(|ago| ago <= post.minutes_ago));
        }
    }

    fn post(minutes: u32) -> &'static Post {
        posts().find(|post| post.minutes_ago == minutes).unwrap_or_else(|| panic!("no post of {minutes} minutes ago"))
    }

    fn follows(who: &str, whom: &str) -> bool {
        ties::FOLLOWS.iter().any(|(name, followed)| *name == who && followed.split(' ').any(|name| name == whom))
    }

    /// Whether somebody could see it when it was new.
    fn sees(who: &str, post: &Post) -> bool {
        let narrow = ties::PRIVATE.contains(&post.author) || post.minutes_ago == ties::FOLLOWERS_ONLY;
        who == post.author || (post.minutes_ago != ties::ARCHIVED && (!narrow || follows(who, post.author)))
    }

    #[test]
    fn they_talk_about_what_they_see_and_nobody_answers_before_being_asked() {
        let mut minutes: Vec<u32> = posts().map(|post| post.minutes_ago).collect();
        minutes.dedup();
        assert_eq!(minutes.len(), posts().count(), "a post is named by its minutes");
        let comments: Vec<&Comment> = TALKS.iter().flat_map(|talk| talk.comments).collect();
        let replies = comments.iter().flat_map(|comment| comment.replies).count();
        assert!(2 * TALKS.len() >= posts().count() && comments.len() >= 60 && replies >= 30, "{} {replies}", comments.len());
        let emoji: Vec<&str> = Emoji::FOR_COMMENTS.iter().map(|emoji| emoji.as_str()).collect();
        for talk in TALKS {
            let post = post(talk.post);
            let here = |name: &str| PEOPLE.iter().any(|person| person.username == name && person.face_seed.is_some());
            assert_ne!(talk.post, ties::COMMENTS_OFF);
            for comment in talk.comments {
                assert!(here(comment.author) && sees(comment.author, post), "{}", comment.text);
                assert!(comment.after > 0 && comment.after < talk.post, "{}", comment.text);
                assert!(comment.replies.is_sorted_by_key(|reply| reply.after));
                for (kind, who) in comment.reactions() {
                    assert!(emoji.contains(&kind) && here(who) && sees(who, post), "{kind} {who}: {}", comment.text);
                }
                for reply in comment.replies {
                    assert!(here(reply.author) && sees(reply.author, post), "{}", reply.text);
                    assert!(reply.after > comment.after && reply.after < talk.post, "{}", reply.text);
                    for who in reply.likes.split_whitespace() {
                        assert!(here(who) && sees(who, post) && who != reply.author, "{who}: {}", reply.text);
                    }
                }
            }
        }
    }

    #[test]
    fn their_ties_fit_together() {
        let name = |name: &str| PEOPLE.iter().any(|person| person.username == name);
        let pairs = ties::FOLLOWS.iter().flat_map(|(who, whom)| whom.split(' ').map(move |whom| (*who, whom)));
        let lately = ties::LATELY.iter().map(|(who, whom, _)| (*who, *whom));
        let all: Vec<(&str, &str)> = pairs.chain(lately).collect();
        for (who, whom) in &all {
            assert!(name(who) && name(whom) && who != whom, "{who} {whom}");
            assert_eq!(all.iter().filter(|pair| *pair == &(*who, *whom)).count(), 1, "{who} {whom}");
            assert!(!whom.contains(ties::BLOCKED.1));
        }
        for (who, whom, _) in ties::REQUESTS {
            assert!(ties::PRIVATE.contains(whom) && !follows(who, whom));
        }
        assert!(ties::SAVED.iter().all(|minutes| sees("mina", post(*minutes))));
        assert!(ties::PINNED.iter().chain(&[ties::ARCHIVED, ties::FOLLOWERS_ONLY]).all(|minutes| post(*minutes).author == "mina"));
        assert!(ties::FACTS.iter().all(|facts| !post(facts.post).photos.is_empty()));
        assert!(posts().all(|post| post.minutes_ago != ties::COMMENTS_OFF || post.author == "admin"));
    }
}
