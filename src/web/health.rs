//! For whoever keeps the program running: `/livez` (the process answers) and `/readyz` (database and storage answer too).

use crate::error::Error;
use crate::state::AppState;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

pub async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

pub async fn ready(state: web::Data<AppState>) -> HttpResponse {
    let database = state.db.check().await;
    let storage = state.storage.check().await;
    let well = database.is_ok() && storage.is_ok();
    let word = |name: &str, result: Result<(), Error>| match result {
        Ok(()) => "ok",
        Err(error) => {
            tracing::warn!(%error, "{name} is not ready");
            "unavailable"
        }
    };
    let status = if well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    HttpResponse::build(status)
        .insert_header(("Cache-Control", "no-store"))
        .json(serde_json::json!({ "database": word("the database", database), "storage": word("the storage", storage) }))
}
