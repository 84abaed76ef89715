//! `picstargram demo`: fills an empty site with a small community worth looking at. The pictures are drawn by the program itself
//! (see `draw`), the words stand in `content`, and everything goes the way of a real upload, so that what one sees is what the
//! program does.

mod accounts;
mod content;
pub mod draw;
mod exif;
mod life;

use crate::accounts::{NewUser, User, Username, password};
use crate::app;
use crate::audience;
use crate::clock::{Clock, Timestamp};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::media::upload::{self, Content, File};
use crate::media::{Group, Image, ImageId};
use crate::platform::jobs;
use crate::platform::turns::Lane;
use crate::posts::{Keep, NewPost, Post, PostId};
use crate::state::AppState;
use crate::web::{Avatar, Role, UserId, Viewer};
use chrono::TimeDelta;
use content::{Facts, ties};
use futures_util::{StreamExt, TryStreamExt};
pub use life::People;
use life::Posts;
use std::io::Write;

/// Quality of the JPEG originals: what a camera would write.
const ORIGINAL_QUALITY: i32 = 90;
const FACE_SIDE: u32 = 640;

/// # Errors
/// A site that has people already is left alone.
pub async fn fill(config: Config, password: Option<String>) -> Result<()> {
    let state = app::join(config, Clock::default()).await?;
    let result = fill_state(&state, password).await;
    state.db.leave().await?;
    result
}

/// The same on an opened application.
pub async fn fill_state(state: &AppState, password: Option<String>) -> Result<()> {
    if state.db.read(User::count).await? > 0 {
        return Err(Error::internal("this site has people already: the demo fills an empty one only"));
    }
    let (password, given) = match password {
        Some(password) => (password, true),
        None => (hex::encode(rand::random::<[u8; 6]>()), false),
    };
    let now = state.now();
    println!("Drawing faces …");
    let people = create_people(state, &password, now).await?;
    draw_faces(state, &people, now).await?;

    let posts: Vec<&content::Post> = content::posts().collect();
    let photos: usize = posts.iter().map(|post| post.photos.len()).sum();
    println!("Drawing {photos} pictures for {} posts …", posts.len());
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let mut created = Posts::new();
    let mut work = futures_util::stream::iter(&posts)
        .map(|post| {
            let author = people.get(post.author).map(|author| author.id);
            async move {
                let author = author.ok_or_else(|| Error::Internal(format!("the demo has nobody called {}", post.author)))?;
                create_post(state, post, author, now).await.map(|id| (post.minutes_ago, id))
            }
        })
        .buffer_unordered(cores);
    while let Some(post) = work.try_next().await? {
        created.extend([post]);
        progress(created.len(), posts.len());
    }
    drop(work);
    println!();

    println!("Letting them talk …");
    let (mina, archived) = (people.get("mina").cloned(), created.get(&ties::ARCHIVED).copied());
    state.db.write(move |c| life::live(c, &people, &created, now)).await?;
    println!("Making the other sizes …");
    let runner = app::runner(state);
    futures_util::future::try_join_all((0..cores).map(|_| runner.run_due())).await?;
    if let Some((mina, archived)) = mina.zip(archived) {
        // Now, because its pictures move, and only ready ones can.
        state.db.write(move |c| Post::own(c, &mina, archived)?.set_archived(c, true, now)).await?;
        runner.run_due().await?;
    }
    let dead = state.db.read(jobs::dead).await?;
    if let Some((kind, error)) = dead.first() {
        return Err(Error::Internal(format!("{} jobs failed, the last one {kind}: {}", dead.len(), error.clone().unwrap_or_default())));
    }
    println!("Done. Sign in as mina (a member) or admin{}.", if given { "".to_owned() } else { format!(", password {password}") });
    Ok(())
}

fn progress(done: usize, all: usize) {
    let filled = done * 40 / all.max(1);
    print!("\r[{}{}] {done}/{all}", "#".repeat(filled), " ".repeat(40 - filled));
    let _ = std::io::stdout().flush(); // a terminal that is gone does not matter
}

/// Everybody's accounts, with what administrators and security logs have to show, but without faces: those take their time to draw.
pub async fn create_people(state: &AppState, password: &str, now: Timestamp) -> Result<People> {
    let known = password::hash(state, Lane::Known, password.to_owned()).await?;
    // Nobody knows this one: the others cannot sign in.
    let unknown = password::hash(state, Lane::Known, hex::encode(rand::random::<[u8; 32]>())).await?;
    let mut people = People::new();
    for (index, person) in content::PEOPLE.iter().enumerate() {
        let username = Username::parse(person.username).map_err(|message| Error::internal(message.key))?;
        let role = if person.username == "admin" { Role::Admin } else { Role::Member };
        let password_hash = if ["mina", "admin"].contains(&person.username) { known.clone() } else { unknown.clone() };
        let new = NewUser {
            username,
            email: person.email.to_owned(),
            password_hash,
            description: person.description.to_owned(),
            role,
            created_at: now - TimeDelta::days(420 - 23 * index as i64),
        };
        let private = ties::PRIVATE.contains(&person.username);
        let id = state
            .db
            .write(move |c| {
                let id = User::create(c, &new)?;
                audience::set_private(c, id, private, now)?;
                Ok(id)
            })
            .await?;
        people.insert(person.username, as_viewer(id, person, role));
    }
    accounts::settle(state, &people, now).await?;
    Ok(people)
}

async fn draw_faces(state: &AppState, people: &People, now: Timestamp) -> Result<()> {
    for person in content::PEOPLE {
        let Some((seed, id)) = person.face_seed.zip(people.get(person.username).map(|viewer| viewer.id)) else { continue };
        let paint = move || (draw::face(seed, FACE_SIDE), FACE_SIDE, FACE_SIDE);
        let file = drawn(state, format!("{}.jpg", person.username), paint, None).await?;
        let images = store(state, id, vec![file], Group::UserProfile).await?;
        state
            .db
            .write(move |c| {
                User::set_avatar(c, id, images.first().map(|image| image.get()))?;
                Image::adopt(c, &images, now)
            })
            .await?;
    }
    Ok(())
}

fn as_viewer(id: UserId, person: &content::Person, role: Role) -> Viewer {
    Viewer {
        id,
        username: person.username.to_owned(),
        email: person.email.to_owned(),
        role,
        avatar: Avatar { user_id: id, username: person.username.to_owned(), uuid: None },
        language: None,
        scheme: None,
        paging: false,
        unread: 0,
        verified: true,
        confirmed: false,
        sighting_due: false,
        renewal_due: false,
    }
}

async fn create_post(state: &AppState, post: &content::Post, author: UserId, now: Timestamp) -> Result<PostId> {
    let created_at = now - TimeDelta::minutes(i64::from(post.minutes_ago));
    let facts = ties::FACTS.iter().find(|facts| facts.post == post.minutes_ago);
    let mut files = Vec::new();
    for (number, photo) in post.photos.iter().enumerate() {
        let (scene, seed, width, height) = (photo.scene, photo.seed, photo.width, photo.height);
        let name = format!("{scene:?}-{}.jpg", number + 1).to_lowercase();
        let paint = move || (draw::draw(scene, seed, width, height), width, height);
        let taken = facts.map(|facts| (facts, created_at - TimeDelta::minutes(95)));
        files.push(drawn(state, name, paint, taken).await?);
    }
    let images = store(state, author, files, Group::Post).await?;
    let photos = images.iter().zip(post.photos).map(|(id, photo)| (*id, photo.alt.to_owned())).collect();
    let new = NewPost {
        created_at: Some(created_at),
        author,
        caption: post.caption.to_owned(),
        photos,
        keep: facts.map_or(Keep::default(), |facts| Keep { camera: true, date: facts.day, place: facts.place.is_some() }),
        post_key: None,
        followers_only: post.minutes_ago == ties::FOLLOWERS_ONLY,
        comments_off: post.minutes_ago == ties::COMMENTS_OFF,
    };
    state.db.write(move |c| Post::create(c, &new, now)).await
}

/// Draws on a blocking thread and writes a JPEG to the spool, as if it had been uploaded.
async fn drawn(
    state: &AppState,
    name: String,
    paint: impl FnOnce() -> (Vec<u8>, u32, u32) + Send + 'static,
    taken: Option<(&'static Facts, Timestamp)>,
) -> Result<File> {
    let spool = state.spool();
    tokio::task::spawn_blocking(move || {
        let (pixels, width, height) = paint();
        let image = turbojpeg::Image {
            pixels: pixels.as_slice(),
            width: width as usize,
            pitch: width as usize * 3,
            height: height as usize,
            format: turbojpeg::PixelFormat::RGB,
        };
        let jpeg = turbojpeg::compress(image, ORIGINAL_QUALITY, turbojpeg::Subsamp::Sub2x2).map_err(Error::internal)?;
        let jpeg = match taken {
            Some((facts, at)) => exif::with_facts(&jpeg, facts.camera, at, facts.place),
            None => jpeg.to_vec(),
        };
        let mut file = tempfile::NamedTempFile::new_in(spool).map_err(Error::internal)?;
        file.write_all(&jpeg).map_err(Error::internal)?;
        Ok(File { name, content: Content::Spooled { path: file.into_temp_path(), bytes: jpeg.len() as u64 } })
    })
    .await
    .map_err(Error::internal)?
}

async fn store(state: &AppState, user: UserId, files: Vec<File>, group: Group) -> Result<Vec<ImageId>> {
    let looked = upload::look_at(state, files, group).await?;
    let looked = looked.map_err(|problems| Error::Internal(format!("a drawn picture was refused: {problems:?}")))?;
    upload::store(state, user, looked).await
}
