//! Tags and people while one types, as the options of a list box.

use super::super::suggestion::{Suggestion, suggestions};
use crate::error::Result;
use crate::web::visit::Wants;
use crate::web::{Visit, filters};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Question {
    /// The word that is being typed, its `#` or `@` included.
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "posts/suggest.hx.html")]
struct SuggestFragment {
    suggestions: Vec<Suggestion>,
}

pub async fn suggest(visit: Visit, question: web::Query<Question>) -> Result<HttpResponse> {
    let word = question.into_inner().q;
    let suggestions = visit.read_signed_in(move |c, viewer| suggestions(c, viewer, &word)).await?;
    if visit.wants == Wants::Json {
        let words: Vec<String> = suggestions.iter().map(Suggestion::word).collect();
        return Ok(HttpResponse::Ok().json(serde_json::json!({ "suggestions": words })));
    }
    visit.fragment(&SuggestFragment { suggestions })
}
