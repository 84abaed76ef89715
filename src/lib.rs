//! Picstargram, a self-hosted photo community. A map of the house, from the top floor down; each floor knows only those below:
//!
//! - [`app`] puts everything together; [`demo`] fills an empty site; [`maintenance`] is what operators ask of stored media
//! - [`takeout`]: a copy of everything, bringing one back, leaving
//! - [`downloads`]: pictures as files
//! - [`admin`]: what administrators look after
//! - [`live`]: what open pages are told
//! - [`profiles`]: a person's page
//! - [`search`]: people, tags and captions
//! - [`posts`]: sharing, feeds, grids, likes
//! - [`people`]: following, blocking, muting, lists of people, suggestions
//! - [`notifications`]: what others did that concerns somebody
//! - [`audience`]: who may see whose posts
//! - [`media`]: pictures from upload to variants to deletion
//! - [`accounts`]: sign-up, sign-in, sessions, settings
//! - [`mails`]: what the site writes to people
//! - [`web`]: the HTTP vocabulary all rooms share
//! - [`state`]: what a handler or a job may ask for
//! - [`platform`]: database, storage, imaging, jobs: capabilities that know nothing of the product
//! - [`schema`], [`urls`], [`config`], [`error`], [`clock`]: the ground

pub mod app;
pub mod demo;
pub mod maintenance;

pub mod takeout;

pub mod downloads;

pub mod admin;

pub mod live;

pub mod profiles;

pub mod search;

pub mod posts;

pub mod people;

pub mod notifications;

pub mod audience;

pub mod media;

pub mod accounts;

pub mod mails;

pub mod web;

pub mod state;

pub mod platform;

pub mod clock;
pub mod config;
pub mod error;
pub mod schema;
pub mod urls;
