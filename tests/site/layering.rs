//! The plan of the house, enforced: who may know whom, and where SQL may stand.

use crate::support::source::{code, files};
use std::collections::BTreeSet;

/// From the ground up. A module imports only what stands before it; those of one line do not know each other.
const FLOORS: &[&[&str]] = &[
    &["clock", "config", "error", "schema", "urls"],
    &["platform"],
    &["state"],
    &["web"],
    &["mails"],
    &["accounts"],
    &["media"],
    &["audience"],
    &["notifications"],
    &["people"],
    &["posts"],
    &["profiles", "search"],
    &["live"],
    &["downloads", "admin"],
    &["takeout"],
    &["app"],
    &["demo", "maintenance"],
    &["main"],
];

/// Files of a room that are doors, not nouns: they ask nouns, and hold no SQL.
const DOORS: &[&str] = &[
    "mod",
    "pages",
    "actions",
    "ahead",
    "share",
    "edit",
    "suggest",
    "settings",
    "api",
    "admin",
    "acts",
    "csv",
    "inviting",
    "nav",
    "oversight",
    "sign_up",
    "standing",
    "jobs",
    "upload",
    "caption",
    "create_admin",
];

/// The top-level module a file belongs to.
fn module(file: &str) -> &str {
    file.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

fn floor(module: &str) -> usize {
    FLOORS.iter().position(|floor| floor.contains(&module)).unwrap_or_else(|| panic!("{module} is new: say on which floor it stands"))
}

/// Modules of ours that a file names: `crate::x` anywhere, and the first names of `use crate::{x, y::z}`.
fn imports(text: &str) -> BTreeSet<String> {
    let text = code(text);
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 1;
            let mut name = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ if depth == 1 => name.push(c),
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
            found.extend(name.split(',').map(first_name).filter(|name| !name.is_empty()));
        } else {
            found.insert(first_name(rest));
        }
    }
    // Macros live at the root, whoever defines them.
    found.remove("each");
    found.remove("id_type");
    found
}

fn first_name(path: &str) -> String {
    path.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn every_module_knows_only_the_floors_below() {
    let mut wrong = Vec::new();
    for (file, text) in files("src", &["rs"]) {
        let own = module(&file);
        if own == "lib" {
            continue;
        }
        for other in imports(&text) {
            if other == own {
                continue;
            }
            let allowed = match own {
                // The two that put things together know each other.
                "main" => true,
                "demo" => other == "app" || floor(&other) < floor("app"),
                _ => floor(&other) < floor(own),
            };
            if !allowed {
                wrong.push(format!("src/{file} imports {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_map_in_lib_names_every_module() {
    let lib = files("src", &["rs"]).into_iter().find(|(file, _)| file == "lib.rs").expect("lib.rs").1;
    for (file, _) in files("src", &["rs"]) {
        let own = module(&file);
        if !matches!(own, "lib" | "main") {
            assert!(lib.contains(&format!("[`{own}`]")) && lib.contains(&format!("pub mod {own};")), "{own}");
        }
    }
}

#[test]
fn sql_stands_in_nouns_and_in_the_platform_only() {
    let mut wrong = Vec::new();
    for (file, text) in files("src", &["rs"]) {
        let (own, name) = (module(&file), file.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs"));
        // The table list itself, what errors of the database mean, and the database.
        let may = match own {
            "schema" | "error" | "platform" => true,
            "clock" | "config" | "urls" | "state" | "web" | "app" | "main" | "lib" | "demo" => false,
            _room => !DOORS.contains(&name),
        };
        let code = code(&text);
        if !may && ["diesel::", "schema::", "sql_query"].iter().any(|word| code.contains(word)) {
            wrong.push(format!("src/{file} speaks SQL"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_platform_knows_no_word_of_the_product() {
    for (file, text) in files("src/platform", &["rs"]) {
        let tables = ["users", "posts", "images", "likes", "sessions"];
        for table in tables {
            let code = code(&text);
            assert!(!code.contains(&format!("schema::{table}")) && !code.contains(&format!("{table}::table")), "platform/{file}: {table}");
        }
    }
}

#[test]
fn html_stands_in_templates_only() {
    for (file, text) in files("src", &["rs"]).into_iter().filter(|(file, _)| !file.contains("/tests/")) {
        let code = code(&text).to_lowercase();
        for tag in ["<div", "<p>", "<html", "<a href=", "<span ", "<form ", "<br>"] {
            assert!(!code.contains(tag), "src/{file} writes {tag}");
        }
    }
}

#[test]
fn every_module_tells_what_it_is() {
    for (file, text) in files("src", &["rs"]) {
        if file.contains("/tests/") {
            continue;
        }
        assert!(text.starts_with("//! "), "src/{file} does not say what it is");
    }
}
