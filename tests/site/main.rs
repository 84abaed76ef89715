//! The site, tried as people use it: a real server, a real database, a real store, and browsers that speak HTTP. One binary, one
//! file per room; `support` is the bench.

mod support;

mod accounts;
mod admin;
mod admin_users;
mod comments;
mod composer;
mod demo;
mod downloads;
mod faults;
mod feed;
mod jobs;
mod layering;
mod lifecycle;
mod likes;
mod live;
mod locales;
mod mails;
mod no_js;
mod notifications;
mod overload;
mod people;
mod permissions;
mod photos;
mod platform;
mod profiles;
mod readers;
mod registration;
mod search;
mod security;
mod social;
mod takeout;
mod upkeep;
mod visibility;
mod web;
