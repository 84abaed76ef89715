//! What stands under the product: the database and its migrations, the store, the settings, and the program as a
//! process that can be stopped and killed.

use crate::support::app::{on_postgres, on_s3};
use crate::support::program::{self, Place, until};
use crate::support::{Setup, TestApp, Upload, pictures, postgres, run, s3, site, source};
use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use picstargram::app;
use picstargram::clock::Clock;
use picstargram::config::{Config, Database, StoragePlace};
use picstargram::error::{Error, Result};
use picstargram::platform::db::{Conn, Db, migrate};
use picstargram::platform::storage::{Kind, Storage};
use picstargram::urls;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

// ---- the database ----

fn database(app: &TestApp) -> Database {
    app.state.config.database.clone()
}

#[test]
fn every_process_has_a_number_of_its_own_while_it_lives() {
    site(async |app| {
        let numbers = async || app.numbers("SELECT number FROM nodes ORDER BY number").await;
        assert_eq!(numbers().await, [0]);
        // One that fell asleep, and one that lives.
        let (past, future) = (app.state.now() - TimeDelta::seconds(1), app.state.now() + TimeDelta::seconds(60));
        app.write(move |c| {
            use picstargram::schema::nodes;
            for (number, holder, until) in [(1_i64, "asleep", past), (2, "awake", future)] {
                let row = (nodes::number.eq(number), nodes::holder.eq(holder), nodes::leased_until.eq(until));
                diesel::insert_into(nodes::table).values(row).execute(c)?;
            }
            Ok(())
        })
        .await;
        let third = Db::open(&database(app), app.clock.clone()).expect("it opens");
        third.join().await.expect("a number is free");
        assert_eq!(numbers().await, [0, 1, 2]);
        assert_eq!(app.rows_in("nodes WHERE holder = 'asleep'").await, 0, "who sleeps loses it");
        third.leave().await.expect("it leaves");
        assert_eq!(numbers().await, [0, 2]);
    });
}

#[test]
fn a_transaction_is_whole_or_nothing_even_when_it_panics() {
    site(async |app| {
        let ada = app.member("ada").await;
        let rename = move |c: &mut Conn| {
            diesel::sql_query(format!("UPDATE users SET description = 'half' WHERE id = {ada}")).execute(c)?;
            Ok(())
        };
        let failed: Result<()> = app.state.db.write(move |c| rename(c).and(Err(Error::NotFound))).await;
        assert!(failed.is_err());
        let panicked: Result<()> = app
            .state
            .db
            .write(move |c| {
                rename(c)?;
                panic!("in the middle")
            })
            .await;
        assert!(panicked.is_err());
        assert_eq!(app.texts("SELECT description FROM users").await, [""]);
        // The caller goes away: the transaction still ends.
        let (db, began) = (app.state.db.clone(), Arc::new(Notify::new()));
        let told = began.clone();
        let caller = tokio::spawn(async move {
            db.write(move |c| {
                told.notify_one();
                rename(c)
            })
            .await
        });
        began.notified().await;
        caller.abort();
        until("the transaction ends", Duration::from_secs(5), async || app.texts("SELECT description FROM users").await == ["half"]).await;
    });
}

/// As a restart of the server does: every connection is gone from one moment to the next. SQLite has no server to restart.
#[test]
fn connections_that_break_are_replaced() {
    if !on_postgres() {
        return;
    }
    site(async |app| {
        let ada = app.signed_in("ada").await;
        ada.visit("/").await.assert_ok();
        let all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()";
        // The connection that asks goes as well, so its answer is an error.
        let _ = app.state.db.raw(move |c| Ok(diesel::sql_query(all).execute(c)?)).await;
        // The pool hands its connections out in turn: so many good answers in a row come from all of them.
        let all_answer = async || {
            for _ in 0..16 {
                if app.state.db.check().await.is_err() {
                    return false;
                }
            }
            true
        };
        until("the pool has noticed", Duration::from_secs(10), all_answer).await;
        for path in ["/", "/explore", "/settings"] {
            ada.visit(path).await.assert_ok();
        }
        app.run_jobs().await;
    });
}

#[test]
fn readers_cannot_write() {
    site(async |app| {
        app.member("ada").await;
        let written = app.state.db.read(|c| Ok(diesel::sql_query("DELETE FROM users").execute(c)?)).await;
        if on_postgres() {
            return; // one pool serves both there
        }
        assert!(written.is_err());
        assert_eq!(app.rows_in("users").await, 1);
    });
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    optional: String,
}

type Tables = BTreeMap<String, BTreeSet<(String, String, bool)>>;

/// Tables with their columns, as `schema.rs` would name the types.
fn real_tables(c: &mut Conn) -> Result<Tables> {
    let (tables, columns) = match c {
        Conn::Pg(_) => (
            "SELECT table_name::text AS t FROM information_schema.tables WHERE table_schema = 'public'",
            "SELECT column_name::text AS name, data_type::text AS kind, is_nullable::text AS optional \
             FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ",
        ),
        Conn::Sqlite(_) => (
            "SELECT name AS t FROM sqlite_master WHERE type = 'table'",
            "SELECT name, lower(type) AS kind, CASE \"notnull\" WHEN 0 THEN 'YES' ELSE 'NO' END AS optional FROM pragma_table_info",
        ),
    };
    #[derive(QueryableByName)]
    struct Table {
        #[diesel(sql_type = Text)]
        t: String,
    }
    let names: Vec<Table> = diesel::sql_query(tables).load(c)?;
    let is_sqlite = matches!(c, Conn::Sqlite(_));
    let mut found = Tables::new();
    for Table { t } in names {
        // The words of captions are each database's own affair, and only `search` knows them.
        if t.starts_with("__diesel") || t.starts_with("sqlite_") || t.starts_with("post_search") {
            continue;
        }
        let sql = if is_sqlite { format!("{columns}('{t}')") } else { format!("{columns}'{t}'") };
        let rows: Vec<Column> = diesel::sql_query(sql).load(c)?;
        let rows = rows.into_iter().map(|row| (row.name, row.kind, row.optional == "YES"));
        found.insert(t, rows.collect());
    }
    Ok(found)
}

#[test]
fn schema_rs_is_what_the_database_has() {
    site(async |app| {
        let text = source::code(&source::files("src", &["rs"]).into_iter().find(|(name, _)| name == "schema.rs").expect("schema.rs").1);
        let mut listed: BTreeMap<String, BTreeMap<String, (String, bool)>> = BTreeMap::new();
        for table in text.split("diesel::table! {").skip(1) {
            let name = table.split('(').next().expect("a name").trim().to_owned();
            let body = table.split('{').nth(1).expect("columns").split('}').next().expect("columns");
            let columns = body.lines().filter_map(|line| line.trim().trim_end_matches(',').split_once(" -> "));
            let columns = columns.map(|(column, kind)| {
                let inner = kind.strip_prefix("Nullable<").map(|kind| kind.trim_end_matches('>'));
                (column.to_owned(), (inner.unwrap_or(kind).to_owned(), inner.is_some()))
            });
            listed.insert(name, columns.collect());
        }
        let real = app.read(real_tables).await;
        assert_eq!(listed.keys().collect::<Vec<_>>(), real.keys().collect::<Vec<_>>());
        for (table, columns) in &listed {
            let names: Vec<&String> = columns.keys().collect();
            assert_eq!(names, real[table].iter().map(|(name, ..)| name).collect::<Vec<_>>(), "{table}");
            for (name, kind, optional) in &real[table] {
                let fits: &[&str] = match kind.as_str() {
                    "bigint" => &["BigInt"],
                    "boolean" => &["Bool"],
                    // SQLite calls its own row number so; it has 64 bits.
                    "integer" if !on_postgres() && name == "id" => &["BigInt"],
                    "integer" => &["Integer"],
                    "text" => &["Text"],
                    "date" => &["Date"],
                    "timestamp" | "timestamp without time zone" => &["Timestamp"],
                    other => panic!("{table}.{name} is {other}"),
                };
                let (listed, listed_optional) = &columns[name];
                assert!(fits.contains(&listed.as_str()), "{table}.{name} is {kind}, not {listed}");
                assert_eq!(listed_optional, optional, "{table}.{name}");
            }
        }
    });
}

/// Fills every table, so that migrations run over rows.
async fn fill(app: &TestApp) {
    let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
    let post = app.share(&ada, &[pictures::small(), pictures::small()], "#sea with @mina").await;
    mina.post(urls::post_like(post), &[("liked", "true")]).await.assert_status(303);
    ada.upload(urls::SETTINGS_PROFILE, Upload::default().file("avatar", &pictures::small())).await.assert_status(303);
    app.run_jobs().await;
}

#[test]
fn every_migration_goes_down_and_up_again_over_rows() {
    site(async |app| {
        fill(app).await;
        let before = app.read(real_tables).await;
        let all = migrate::count();
        assert!(all >= 4);
        for steps in 1..=all {
            let (left, applied) = app
                .state
                .db
                .raw(move |c| {
                    migrate::revert(c, steps)?;
                    let left = real_tables(c)?;
                    Ok((left, migrate::migrate(c, None)?.applied))
                })
                .await
                .unwrap_or_else(|error| panic!("{steps} steps: {error}"));
            assert_eq!(applied, steps);
            assert_ne!(left, before, "{steps} steps down leave something else");
            assert_eq!(left.is_empty(), steps == all, "nothing is left at the bottom");
            assert_eq!(app.read(real_tables).await, before, "{steps} steps");
        }
        // The objects are still there, but the ledger that knew them is not.
        for key in app.stored_keys().await {
            app.state.storage.delete(&key).await.expect("it is deleted");
        }
        assert!(app.state.db.raw(migrate::is_current).await.expect("it can be asked"));
    });
}

#[test]
fn a_sqlite_file_is_copied_before_its_tables_change() {
    run(async {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("picstargram.sqlite");
        let lookup = |name: &str| (name == "DATA_DIR").then(|| folder.path().display().to_string());
        let config = Config::from_lookup(lookup).unwrap_or_else(|problems| panic!("{problems}"));

        let started = app::start(config.clone(), Clock::default()).await.expect("it starts");
        assert_eq!(started.migrated, migrate::Migrated { applied: migrate::count(), copy: None }, "there was nothing to copy");
        let db = started.state.db.clone();
        // Before there were posts.
        let later = migrate::count() - 3;
        db.raw(move |c| {
            migrate::revert(c, later)?;
            c.batch_execute(
                "INSERT INTO jobs VALUES (7, 'of the old version', '{}', 'dead', 0, '2026-01-01', 1, NULL, NULL, NULL, '2026-01-01')",
            )?;
            Ok(())
        })
        .await
        .expect("it is an older database now");
        db.leave().await.expect("it leaves");
        drop((started, db));

        let started = app::start(config.clone(), Clock::default()).await.expect("it starts");
        assert_eq!(started.migrated.applied, later);
        let copy = started.migrated.copy.clone().expect("a copy was made");
        assert!(copy.starts_with(folder.path().join("backups")), "{}", copy.display());
        let mut old = SqliteConnection::establish(&copy.to_string_lossy()).expect("the copy opens");
        let kinds: Vec<String> = {
            use picstargram::schema::jobs;
            jobs::table.select(jobs::kind).load(&mut old).expect("the copy is whole")
        };
        assert_eq!(kinds, ["of the old version"]);
        let posts = diesel::sql_query("SELECT * FROM posts").execute(&mut old);
        assert!(posts.is_err(), "the copy is older than the last change");
        started.state.db.leave().await.expect("it leaves");
        drop(started);

        // A second start has nothing to do, and copies nothing.
        let started = app::start(config, Clock::default()).await.expect("it starts");
        assert_eq!(started.migrated, migrate::Migrated { applied: 0, copy: None });
        assert!(file.exists());
        started.state.db.leave().await.expect("it leaves");
    });
}

#[test]
fn a_database_newer_than_the_program_is_left_alone() {
    site(async |app| {
        app.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('9001')").await;
        let refused = app.state.db.raw(|c| migrate::migrate(c, None)).await.expect_err("it is newer").to_string();
        assert!(refused.contains("newer Picstargram") && refused.contains("9001"), "{refused}");
        let output = program::output(program::command(&app.data_dir, &app.environment, &["migrate"]), "").await;
        assert!(!output.status.success());
    });
}

#[test]
fn a_folder_serves_one_program_at_a_time() {
    site(async |app| {
        let second = app::start((*app.state.config).clone(), Clock::default()).await;
        let words = second.err().expect("the first one has it").to_string();
        assert!(words.contains("another Picstargram") && words.contains("DATA_DIR"), "{words}");
        let output = program::output(program::command(&app.data_dir, &app.environment, &["serve"]), "").await;
        assert!(!output.status.success());
        // Whoever was refused has changed nothing.
        app.visitor().visit(urls::HOME).await.assert_ok();
        assert_eq!(app.rows_in("nodes").await, 1);
    });
}

// ---- the store ----

const PUBLIC: Kind = Kind { media_type: "image/webp", public: true };

#[test]
fn a_store_keeps_gives_and_deletes_small_and_large() {
    let works = async |app: &TestApp| {
        let store = &app.state.storage;
        store.put("post/a_512.webp", "small".into(), PUBLIC).await.expect("it is put");
        store.put("post/a_512.webp", "other".into(), PUBLIC).await.expect("it is put again");
        assert_eq!(store.read("post/a_512.webp", 5).await.expect("it is there"), "other");
        assert!(matches!(store.read("post/a_512.webp", 4).await, Err(Error::TooLarge { .. })));
        // Larger than one part.
        let file = app.data_dir.join("large");
        let bytes: Vec<u8> = (0..20_000_000_u32).map(|n| (n % 251) as u8).collect();
        std::fs::write(&file, &bytes).expect("a file");
        store.put_file("original/b.jpg", &file, Kind { media_type: "image/jpeg", public: false }).await.expect("it is put");
        assert!(store.read("original/b.jpg", 30_000_000).await.expect("it is there") == bytes, "it came back another");
        assert_eq!(app.stored_keys().await, ["original/b.jpg", "post/a_512.webp"]);
        assert!(matches!(store.get("post/none").await.map(|object| object.size), Err(Error::NotFound)));
        for key in ["original/b.jpg", "post/a_512.webp", "post/a_512.webp", "post/never"] {
            store.delete(key).await.expect("what is gone may be deleted again");
        }
        assert_eq!(app.stored_keys().await, [] as [String; 0]);
        store.check().await.expect("it answers");
    };
    Setup::default().with_folder().site(works);
    Setup::default().with_s3().site(works);
}

#[test]
fn s3_is_asked_with_a_signature_and_a_wrong_one_is_refused() {
    Setup::default().with_s3().site(async |app| {
        let StoragePlace::S3(right) = &app.state.config.storage.place else { panic!("the place is S3") };
        assert_eq!((right.bucket.as_str(), right.prefix.as_str()), (s3::BUCKET, s3::PREFIX));
        for (key, secret) in [(s3::ACCESS_KEY, "another secret of the same length"), ("stranger", s3::SECRET)] {
            let mut place = right.clone();
            (place.access_key_id, place.secret_access_key) = (key.into(), secret.into());
            let wrong = Storage::open(&StoragePlace::S3(place), None).expect("opening asks nobody");
            assert!(matches!(wrong.put("post/x", "x".into(), PUBLIC).await, Err(Error::Unavailable(_))));
            assert!(wrong.check().await.is_err() && wrong.get("post/x").await.is_err());
        }
        // Without any signature.
        let endpoint = right.endpoint.as_ref().expect("an endpoint");
        let anonymous = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
        let answer = anonymous.get(format!("{endpoint}{}?list-type=2", s3::BUCKET)).send().await.expect("it answers");
        assert_eq!(answer.status().as_u16(), 403);
        assert_eq!(app.stored_keys().await, [] as [String; 0]);
        assert_eq!(app.visitor().visit(urls::READYZ).await.assert_ok().json()["storage"], "ok");
    });
}

#[test]
fn a_site_whose_store_is_away_says_so_and_keeps_nothing_half() {
    Setup::default().with_folder().site(async |app| {
        app.expect_server_errors(1);
        let ada = app.signed_in("ada").await;
        let (media, away) = (app.data_dir.join("media"), app.data_dir.join("unplugged"));
        std::fs::rename(&media, &away).expect("the disk is unplugged");
        // Something else stands in its place, so that it cannot simply be made anew.
        std::fs::write(&media, "").expect("a file");
        let page = ada.upload(urls::NEW_POST, Upload::default().file("photos", &pictures::small())).await.assert_status(503);
        assert!(page.says("error-unavailable-body") && page.header("retry-after").is_some());
        std::fs::remove_file(&media).and_then(|()| std::fs::rename(&away, &media)).expect("it is back");
        app.run_jobs().await;
        assert_eq!((app.rows_in("posts").await, app.rows_in("images").await, app.rows_in("objects").await), (0, 0, 0));
        app.share_any(&ada, "").await;
    });
}

// ---- settings and the process ----

#[test]
fn a_wrong_setting_stops_the_start_with_every_problem_listed() {
    run(async {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data_dir = folder.path().join("data");
        let wrong = [
            ("DATA_DIR", data_dir.display().to_string()),
            ("LISTEN", "nowhere".to_owned()),
            ("PUBLIC_URL", "photos.example/with/a/path".to_owned()),
            ("DATABASE_URL", "postgres://ada:hunter2@[broken/".to_owned()),
            ("STORAGE_URL", "s3://bucket?endpoint=http://example.org".to_owned()),
            ("MEDIA_URL", "not an address".to_owned()),
            ("SECRET_KEY", "short".to_owned()),
            ("WORKERS", "many".to_owned()),
            ("MAX_UPLOAD_BYTES", "-1".to_owned()),
            ("MAX_PIXELS", "1".to_owned()),
            ("MAX_FRAMES", "0".to_owned()),
            ("IMAGING_MEMORY", "64 bits".to_owned()),
            ("LOG", "]".to_owned()),
            ("LOG_FORMAT", "xml".to_owned()),
        ];
        let output = program::output(program::command(folder.path(), &wrong, &[]), "").await;
        assert!(!output.status.success());
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        for (name, _) in wrong.iter().skip(1) {
            assert!(words.lines().any(|line| line.contains(name)), "{name} is missing in:\n{words}");
        }
        for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
            assert!(words.contains(name), "{name} is missing in:\n{words}");
        }
        assert!(!words.contains("hunter2"), "a password is shown");
        assert!(!data_dir.exists(), "nothing is made while something is wrong");
    });
}

/// Signs somebody up and shares one photo of 2000 × 1500; the addresses its page will show when it is ready.
async fn share_on(place: &Place) -> crate::support::Browser {
    let ada = place.browser();
    let password = "kill nine, save all";
    let fields = [("username", "ada"), ("email", "ada@example.org"), ("password", password), ("password_again", password)];
    ada.post(urls::SIGN_UP, &fields).await.assert_redirect(urls::HOME);
    let upload = Upload::default().file("photos", &pictures::jpeg(2000, 1500)).text("caption", "just in time");
    ada.upload(urls::NEW_POST, upload).await.assert_redirect(urls::HOME);
    ada
}

#[test]
fn what_was_answered_survives_kill_9_and_the_rest_is_made_up_for() {
    run(async {
        let place = Place::prepare().await;
        let serving = place.serve().await;
        let ada = share_on(&place).await;
        serving.kill();

        let serving = place.serve().await;
        assert!(ada.is_signed_in().await, "the session is kept");
        let page = ada.visit(urls::HOME).await.assert_ok();
        assert!(page.text(".caption").contains("just in time"));
        // On PostgreSQL a job that was in work comes back when its lease has run out.
        let patience = if on_postgres() { Duration::from_secs(150) } else { Duration::from_secs(30) };
        until("the sizes are there", patience, async || ada.visit(urls::HOME).await.has(".post-photos img[srcset]")).await;
        let srcset = ada.visit(urls::HOME).await.attr(".post-photos img[srcset]", "srcset");
        assert_eq!(srcset.split(", ").count(), 3);
        for address in srcset.split(", ").filter_map(|part| part.split(' ').next()) {
            pictures::decode_published(&ada.visit(address).await.assert_ok().body);
        }
        assert!(serving.stop().await, "it leaves in good order:\n{}", place.log());
        place.clean_up().await;
    });
}

#[test]
fn a_stop_finishes_or_gives_back_and_the_next_start_goes_on() {
    run(async {
        let mut place = Place::prepare().await;
        // No worker in this process: the job must wait for `work`, or for the next start.
        place.environment.push(("WORKERS", "0".to_owned()));
        let serving = place.serve().await;
        let ada = share_on(&place).await;
        assert!(ada.visit(urls::HOME).await.has(".picture.processing"));
        assert!(serving.stop().await, "it leaves in good order:\n{}", place.log());
        assert!(place.log().contains("stopped"));

        place.environment.pop();
        let serving = place.serve().await;
        until("the sizes are there", Duration::from_secs(30), async || ada.visit(urls::HOME).await.has(".post-photos img[srcset]")).await;
        assert!(serving.stop().await, "it leaves in good order:\n{}", place.log());
        place.clean_up().await;
    });
}

#[test]
fn the_log_tells_what_happened_and_no_secrets() {
    run(async {
        let mut place = Place::prepare().await;
        place.environment.push(("LOG", "debug".to_owned()));
        place.environment.push(("LOG_FORMAT", "json".to_owned()));
        let serving = place.serve().await;
        let ada = share_on(&place).await;
        ada.visit(urls::SETTINGS).await.assert_ok();
        assert!(serving.stop().await);
        let log = place.log();
        let lines: Vec<serde_json::Value> = log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        assert!(lines.iter().any(|line| line["route"] == urls::NEW_POST && line["status"] == 303 && line["id"].is_string()), "{log}");
        assert!(lines.iter().any(|line| line["target"] == "picstargram::database"), "the database has a log of its own");
        assert!(log.contains("a…@example.org"), "who asked, masked");
        let session = ada.cookie("session").expect("a session");
        for secret in ["ada@example.org", "kill nine", "$argon2id", &session[..], &session[session.len() - 40..]] {
            assert!(!log.contains(secret), "{secret:?} stands in the log");
        }
        place.clean_up().await;
    });
}

#[test]
fn the_benches_own_settings_are_what_the_run_says() {
    site(async |app| {
        assert_eq!(matches!(database(app), Database::Postgres(_)), on_postgres());
        assert_eq!(matches!(app.state.config.storage.place, StoragePlace::S3(_)), on_s3());
        let _: PathBuf = app.state.spool();
    });
    if on_postgres() {
        run(async {
            let (name, url) = postgres::create_empty().await;
            let db = Db::open(&Database::Postgres(url), Clock::default()).expect("it opens");
            // Two nodes start at the same moment: one migrates, the other waits for it.
            let (one, other) = tokio::join!(db.raw(|c| migrate::migrate(c, None)), db.raw(|c| migrate::migrate(c, None)));
            let mut applied = [one.expect("it migrates").applied, other.expect("it waits").applied];
            applied.sort_unstable();
            assert_eq!(applied, [0, migrate::count()]);
            drop(db);
            postgres::drop(&name).await;
        });
    }
}
