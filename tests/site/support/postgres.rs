//! Databases on a real PostgreSQL server: one is migrated when the first test asks, every test gets a copy of it, and a copy is
//! dropped with its test.
//!
//! Names hold the number of the process: what a killed run left behind is dropped by the next one.

use picstargram::clock::Clock;
use picstargram::config::Database;
use picstargram::platform::db::{Db, migrate};
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::OnceCell;
use tokio_postgres::{Client, NoTls};
use url::Url;

const NAMES: &str = "picstargram_test_";

struct Server {
    admin: Client,
    url: Url,
    template: String,
}

static SERVER: OnceCell<Server> = OnceCell::const_new();

/// A fresh database with all tables, and how to reach it.
pub async fn create() -> (String, String) {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    let server = SERVER.get_or_init(connect).await;
    let name = format!("{NAMES}{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let template = &server.template;
    server.admin.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await.expect("a database is copied");
    let url = address(&server.url, &name);
    (name, url)
}

/// An empty one, without tables.
pub async fn create_empty() -> (String, String) {
    let (name, url) = create().await;
    let server = SERVER.get_or_init(connect).await;
    server.admin.batch_execute(&format!("DROP DATABASE {name}")).await.expect("a database is dropped");
    server.admin.batch_execute(&format!("CREATE DATABASE {name}")).await.expect("a database is made");
    (name, url)
}

/// Whoever is still connected is thrown out.
pub async fn drop(name: &str) {
    let server = SERVER.get_or_init(connect).await;
    server.admin.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.expect("a database is dropped");
}

async fn connect() -> Server {
    let url = std::env::var("TEST_POSTGRES_URL").unwrap_or_default();
    let url: Url = url.parse().expect(
        "TEST_DATABASE=postgres needs TEST_POSTGRES_URL, the address of a running server as somebody who may create databases, \
         such as postgres://postgres@127.0.0.1:5433/postgres",
    );
    let (admin, connection) =
        tokio_postgres::connect(url.as_str(), NoTls).await.expect("the PostgreSQL server at TEST_POSTGRES_URL answers");
    tokio::spawn(connection);
    drop_leftovers(&admin).await;
    let template = format!("{NAMES}{}_template", std::process::id());
    admin.batch_execute(&format!("CREATE DATABASE {template}")).await.expect("the template is made");
    let db = Db::open(&Database::Postgres(address(&url, &template)), Clock::default()).expect("the template opens");
    db.raw(|c| migrate::migrate(c, None)).await.expect("the template is migrated");
    std::mem::drop(db);
    // A template can be copied only while nobody is connected to it, and a connection takes a moment to end.
    admin
        .batch_execute(&format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'"))
        .await
        .expect("nobody stays connected to the template");
    Server { admin, url, template }
}

/// Drops databases of processes that are gone.
async fn drop_leftovers(admin: &Client) {
    let rows = admin
        .query(&format!("SELECT datname::text FROM pg_database WHERE datname LIKE '{NAMES}%'"), &[])
        .await
        .expect("the list of databases");
    for row in rows {
        let name: String = row.get(0);
        let process = name[NAMES.len()..].split('_').next().unwrap_or_default();
        let lives = std::path::Path::new("/proc").join(process).exists();
        if !lives || process == std::process::id().to_string() {
            // Another run may be at the same cleaning.
            let _ = admin.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

fn address(server: &Url, database: &str) -> String {
    let mut url = server.clone();
    url.set_path(database);
    url.to_string()
}
