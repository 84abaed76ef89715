//! Jobs run again, are cancelled, are removed. What was chosen by the thousand goes in portions, each a transaction of its own:
//! the queue must not stand still meanwhile.

use super::only_admins;
use super::pages::{Chosen, refuse};
use crate::error::{Error, Result};
use crate::platform::db::Conn;
use crate::platform::jobs::{self, Asked, Cancelled, Kinds};
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::{Visit, form};
use actix_web::{HttpResponse, web};

const PORTION: usize = 200;

pub async fn retry(visit: Visit, kinds: web::Data<Kinds>, body: web::Bytes) -> Result<HttpResponse> {
    let chosen = chosen(&visit, &body).await?;
    if chosen.is_empty() {
        return refuse(&visit, kinds, chosen, Message::new("jobs-choose-some")).await;
    }
    let now = visit.state.now();
    let portions = act(&visit, &chosen, move |c, ids| jobs::retry(c, &kinds, ids, now)).await?;
    let asked = portions.into_iter().fold(Asked::default(), |sum, one| Asked { done: sum.done + one.done, not: sum.not + one.not });
    note(&visit, &chosen, "jobs run again", asked);
    Ok(visit.go(&chosen.back(), Some(Flash::counted("flash-jobs-retried", asked.done, asked.not))))
}

pub async fn cancel(visit: Visit, kinds: web::Data<Kinds>, body: web::Bytes) -> Result<HttpResponse> {
    let chosen = chosen(&visit, &body).await?;
    if chosen.is_empty() {
        return refuse(&visit, kinds, chosen, Message::new("jobs-choose-some")).await;
    }
    let now = visit.state.now();
    let portions = act(&visit, &chosen, move |c, ids| jobs::cancel(c, &kinds, ids, now)).await?;
    let sum = portions.into_iter().fold(Cancelled::default(), |sum, one| Cancelled {
        gone: sum.gone + one.gone,
        stopping: sum.stopping + one.stopping,
        removed: sum.removed + one.removed,
        not: sum.not + one.not,
    });
    note(&visit, &chosen, "jobs cancelled", sum);
    let flash = match sum {
        Cancelled { removed, .. } if removed > 0 => Flash::counted("flash-jobs-removed", removed, sum.not),
        Cancelled { gone: 0, stopping, .. } if stopping > 0 => Flash::counted("flash-jobs-stopping", stopping, sum.not),
        _ => Flash::counted("flash-jobs-cancelled", sum.gone + sum.stopping, sum.not),
    };
    Ok(visit.go(&chosen.back(), Some(flash)))
}

async fn chosen(visit: &Visit, body: &[u8]) -> Result<Chosen> {
    only_admins(visit.load_viewer().await?)?;
    if body.len() > form::LIMIT {
        return Err(Error::TooLarge { limit: form::LIMIT as u64 });
    }
    let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(body).map_err(|error| Error::BadRequest(error.to_string()))?;
    Chosen::read(&fields)
}

/// One portion after the other. Of all of a kind, those that were there when it began: ids grow with time.
async fn act<R: Send + 'static>(
    visit: &Visit,
    chosen: &Chosen,
    portion: impl Fn(&mut Conn, &[i64]) -> Result<R> + Clone + Send + 'static,
) -> Result<Vec<R>> {
    let mut results = Vec::new();
    if !chosen.all {
        for ids in chosen.ids.chunks(PORTION) {
            let (ids, portion) = (ids.to_vec(), portion.clone());
            results.push(visit.state.db.write(move |c| portion(c, &ids)).await?);
        }
        return Ok(results);
    }
    let mut after = 0;
    loop {
        let (state, kind, portion) = (chosen.state, chosen.kind.clone(), portion.clone());
        let last = visit
            .state
            .db
            .write(move |c| {
                let ids = jobs::some_of(c, state, kind.as_deref(), after, PORTION as i64)?;
                let Some(last) = ids.last().copied() else { return Ok(None) };
                Ok(Some((last, portion(c, &ids)?)))
            })
            .await?;
        let Some((last, result)) = last else { return Ok(results) };
        results.push(result);
        after = last;
    }
}

fn note(visit: &Visit, chosen: &Chosen, what: &str, came_of_it: impl std::fmt::Debug) {
    let admin = visit.viewer().map(|viewer| viewer.id.get());
    let (state, kind, all, ids) = (chosen.state.as_str(), chosen.kind.as_deref(), chosen.all, &chosen.ids);
    tracing::info!(target: "picstargram::admin", admin, state, kind, all, ?ids, ?came_of_it, "{what}");
}
