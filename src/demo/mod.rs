//! `picstargram demo`: fills an empty site with a small community worth looking at. The pictures are drawn by the program itself
//! (see `draw`), the words stand in `content`, and everything goes the way of a real upload, so that what one sees is what the
//! program does.

mod content;
pub mod draw;

use crate::accounts::{NewUser, User, Username, password};
use crate::app;
use crate::clock::{Clock, Timestamp};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::media::upload::{self, Content, File};
use crate::media::{Group, Image, ImageId};
use crate::platform::jobs;
use crate::posts::{Keep, Like, NewPost, Post, PostId};
use crate::state::AppState;
use crate::web::{Role, UserId};
use chrono::TimeDelta;
use futures_util::{StreamExt, TryStreamExt};
use std::collections::HashMap;
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

    let posts: Vec<&content::Post> = content::posts().collect();
    let photos: usize = posts.iter().map(|post| post.photos.len()).sum();
    println!("Drawing {photos} pictures for {} posts …", posts.len());
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let mut created: Vec<(usize, PostId)> = Vec::new();
    let mut work = futures_util::stream::iter(posts.iter().enumerate())
        .map(|(index, post)| {
            let author = people.get(post.author).copied();
            async move {
                let author = author.ok_or_else(|| Error::Internal(format!("the demo has nobody called {}", post.author)))?;
                create_post(state, post, author, now).await.map(|id| (index, id))
            }
        })
        .buffer_unordered(cores);
    while let Some(post) = work.try_next().await? {
        created.push(post);
        progress(created.len(), posts.len());
    }
    drop(work);
    println!();

    like(state, &people, &created).await?;
    println!("Making the other sizes …");
    let runner = app::runner(state);
    futures_util::future::try_join_all((0..cores).map(|_| runner.run_due())).await?;
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

async fn create_people(state: &AppState, password: &str, now: Timestamp) -> Result<HashMap<&'static str, UserId>> {
    let known = password::hash(state, password.to_owned()).await?;
    // Nobody knows this one: the others cannot sign in.
    let unknown = password::hash(state, hex::encode(rand::random::<[u8; 32]>())).await?;
    let mut people = HashMap::new();
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
        let id = state.db.write(move |c| User::create(c, &new)).await?;
        let seed = person.face_seed;
        let file = drawn(state, format!("{}.jpg", person.username), move || (draw::face(seed, FACE_SIDE), FACE_SIDE, FACE_SIDE)).await?;
        let images = store(state, id, vec![file], Group::UserProfile).await?;
        state
            .db
            .write(move |c| {
                User::set_avatar(c, id, images.first().map(|image| image.get()))?;
                Image::adopt(c, &images, now)
            })
            .await?;
        people.insert(person.username, id);
    }
    Ok(people)
}

async fn create_post(state: &AppState, post: &content::Post, author: UserId, now: Timestamp) -> Result<PostId> {
    let mut files = Vec::new();
    for (number, photo) in post.photos.iter().enumerate() {
        let (scene, seed, width, height) = (photo.scene, photo.seed, photo.width, photo.height);
        let name = format!("{scene:?}-{}.jpg", number + 1).to_lowercase();
        files.push(drawn(state, name, move || (draw::draw(scene, seed, width, height), width, height)).await?);
    }
    let images = store(state, author, files, Group::Post).await?;
    let photos = images.iter().zip(post.photos).map(|(id, photo)| (*id, photo.alt.to_owned())).collect();
    let new = NewPost {
        created_at: Some(now - TimeDelta::minutes(i64::from(post.minutes_ago))),
        author,
        caption: post.caption.to_owned(),
        photos,
        keep: Keep::default(),
        post_key: None,
        followers_only: false,
        comments_off: false,
    };
    state.db.write(move |c| Post::create(c, &new, now)).await
}

/// Draws on a blocking thread and writes a JPEG to the spool, as if it had been uploaded.
async fn drawn(state: &AppState, name: String, paint: impl FnOnce() -> (Vec<u8>, u32, u32) + Send + 'static) -> Result<File> {
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

async fn like(state: &AppState, people: &HashMap<&'static str, UserId>, posts: &[(usize, PostId)]) -> Result<()> {
    let likes: Vec<(UserId, PostId)> = posts
        .iter()
        .flat_map(|(index, post)| {
            content::PEOPLE
                .iter()
                .enumerate()
                .filter(|(person, _)| content::likes(*index, *person))
                .filter_map(|(_, person)| Some((*people.get(person.username)?, *post)))
        })
        .collect();
    state.db.write(move |c| likes.iter().try_for_each(|(user, post)| Like::add(c, *user, *post))).await
}
