//! The command line. Without a command it serves.

use clap::{Parser, Subcommand};
use picstargram::clock::Clock;
use picstargram::config::{Config, Log};
use picstargram::error::Error;
use picstargram::{accounts, app, demo, maintenance};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    version,
    about = "A self-hosted photo community in one program.",
    after_help = "Settings come from the environment and from a .env file: see README.md."
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site (the default)
    Serve,
    /// Run background jobs only
    Work,
    /// Bring the database up to date and stop
    Migrate,
    /// Administrators are made here, never by a request
    #[command(subcommand)]
    Admin(Admin),
    /// Look after the stored pictures
    #[command(subcommand)]
    Media(Media),
    /// Write a copy of everything somebody has into a ZIP file
    Export {
        username: String,
        /// The file (picstargram-USERNAME-DATE.zip here otherwise); one that is there is not replaced
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Bring posts here from such a file; ends with 1 when something in it cannot be brought
    Import {
        username: String,
        file: PathBuf,
        /// Only say what would happen
        #[arg(long)]
        dry_run: bool,
    },
    /// Fill an empty site with a small community to look at
    Demo {
        /// Password of the members mina and admin (a random one is printed otherwise)
        #[arg(long)]
        password: Option<String>,
    },
}

#[derive(Subcommand)]
enum Media {
    /// Compare the ledger of objects with what is stored, both ways; ends with 1 when something differs
    Check {
        /// Make missing sizes anew, delete what no picture needs
        #[arg(long)]
        repair: bool,
        /// Repair even when so much differs that something else must be wrong
        #[arg(long, requires = "repair")]
        force: bool,
    },
    /// Copy every object to another place while the site runs; can be broken off and run again
    Copy {
        /// The other place, written as STORAGE_URL
        #[arg(long)]
        to: String,
    },
}

#[derive(Subcommand)]
enum Admin {
    /// Make an administrator; the password is asked for twice
    Create {
        #[arg(long)]
        username: String,
        #[arg(long)]
        email: String,
    },
    /// Print a link to a new password for somebody whom no mail reaches; it works once, for an hour
    ResetLink {
        /// Username or e-mail
        user: String,
    },
    /// Take away the second factor of somebody who has lost it
    #[command(name = "remove-2fa")]
    RemoveSecondFactor {
        /// Username or e-mail
        user: String,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Err(error) = dotenvy::dotenv()
        && !error.not_found()
    {
        eprintln!("The .env file cannot be read: {error}");
        return ExitCode::FAILURE;
    }
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(problems) => {
            eprint!("{problems}");
            return ExitCode::FAILURE;
        }
    };
    let quiet = !matches!(arguments.command, None | Some(Command::Serve | Command::Work));
    log_to_stdout(&config.log, quiet);
    let result = match arguments.command.unwrap_or(Command::Serve) {
        Command::Serve => app::serve(config).await.map_err(|error| error.to_string()),
        Command::Work => app::work(config).await.map_err(|error| error.to_string()),
        Command::Migrate => migrate(config).await,
        Command::Admin(Admin::Create { username, email }) => create_admin(config, &username, &email).await,
        Command::Admin(Admin::ResetLink { user }) => reset_link(config, &user).await,
        Command::Admin(Admin::RemoveSecondFactor { user }) => remove_second_factor(config, &user).await,
        Command::Media(command) => return media(config, command).await,
        Command::Import { username, file, dry_run } => return end(maintenance::import_account(config, &username, &file, dry_run).await),
        Command::Export { username, to } => match maintenance::export_account(config, &username, to).await {
            Ok(file) => {
                println!("Everything of {username} is in {}", file.display());
                Ok(())
            }
            Err(error) => Err(error.to_string()),
        },
        Command::Demo { password } => demo::fill(config, password).await.map_err(|error| error.to_string()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// 0 when all is well, 1 when something differs, 2 when the command could not do its work.
async fn media(config: Config, command: Media) -> ExitCode {
    end(match command {
        Media::Check { repair, force } => maintenance::check_media(config, repair, force).await,
        Media::Copy { to } => maintenance::copy_media(config, &to).await,
    })
}

fn end(result: picstargram::error::Result<bool>) -> ExitCode {
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// Text for people, JSON for machines; commands that answer on the terminal log only what went wrong.
fn log_to_stdout(log: &Log, quiet: bool) {
    let filter = if quiet { "warn" } else { log.filter.as_str() };
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stdout);
    if log.json { builder.json().flatten_event(true).init() } else { builder.init() }
}

async fn migrate(config: Config) -> Result<(), String> {
    let started = app::start(config, Clock::default()).await.map_err(|error| error.to_string())?;
    println!("{} changes applied; the database is up to date.", started.migrated.applied);
    if let Some(copy) = &started.migrated.copy {
        println!("It was copied before: {}", copy.display());
    }
    started.state.db.leave().await.map_err(|error| error.to_string())
}

async fn create_admin(config: Config, username: &str, email: &str) -> Result<(), String> {
    let state = app::join(config, Clock::default()).await.map_err(|error| error.to_string())?;
    let password = accounts::create_admin::ask_password().map_err(|error| format!("No password could be read: {error}"))?;
    let created = accounts::create_admin::create(&state.db, username, email, password, state.now()).await;
    state.db.leave().await.map_err(|error| error.to_string())?;
    created.map_err(|problems| problems.join("\n"))?;
    println!("{username} is an administrator and can sign in.");
    Ok(())
}

async fn reset_link(config: Config, user: &str) -> Result<(), String> {
    let state = app::join(config, Clock::default()).await.map_err(|error| error.to_string())?;
    let link = accounts::reset::link_for(&state, user).await;
    state.db.leave().await.map_err(|error| error.to_string())?;
    println!("{}", link.map_err(|error| unknown(user, error))?);
    Ok(())
}

async fn remove_second_factor(config: Config, user: &str) -> Result<(), String> {
    let state = app::join(config, Clock::default()).await.map_err(|error| error.to_string())?;
    let removed = accounts::oversight::remove_second_factor(&state, user).await;
    state.db.leave().await.map_err(|error| error.to_string())?;
    if removed.map_err(|error| unknown(user, error))? {
        println!("{user} signs in with the password alone now, and can set up a second factor anew.");
    } else {
        println!("{user} has no second factor.");
    }
    Ok(())
}

fn unknown(user: &str, error: Error) -> String {
    match error {
        Error::NotFound => format!("There is no account {user}."),
        other => other.to_string(),
    }
}
