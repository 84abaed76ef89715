//! Jobs run again, are cancelled, are removed. What was chosen by the thousand goes in portions, each a transaction of its own:
//! the queue must not stand still meanwhile.

use super::fields;
use super::pages::{Chosen, refuse};
use crate::accounts::audit::{Act, Audit, By};
use crate::error::Result;
use crate::platform::db::Conn;
use crate::platform::jobs::{self, Asked, Cancelled, Kinds};
use crate::web::Visit;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use actix_web::{HttpResponse, web};

const PORTION: usize = 200;

pub async fn retry(visit: Visit, kinds: web::Data<Kinds>, body: web::Bytes) -> Result<HttpResponse> {
    let chosen = chosen(&visit, &body).await?;
    if chosen.is_empty() {
        return refuse(&visit, kinds, chosen, Message::new("jobs-choose-some")).await;
    }
    let now = visit.state.now();
    let portions = act(&visit, &chosen, Act::JobsRetried, move |c, ids| jobs::retry(c, &kinds, ids, now)).await?;
    let asked = portions.into_iter().fold(Asked::default(), |sum, one| Asked { done: sum.done + one.done, not: sum.not + one.not });
    Ok(visit.go(&chosen.back(), Some(Flash::counted("flash-jobs-retried", asked.done, asked.not))))
}

pub async fn cancel(visit: Visit, kinds: web::Data<Kinds>, body: web::Bytes) -> Result<HttpResponse> {
    let chosen = chosen(&visit, &body).await?;
    if chosen.is_empty() {
        return refuse(&visit, kinds, chosen, Message::new("jobs-choose-some")).await;
    }
    let now = visit.state.now();
    let portions = act(&visit, &chosen, Act::JobsCancelled, move |c, ids| jobs::cancel(c, &kinds, ids, now)).await?;
    let sum = portions.into_iter().fold(Cancelled::default(), |sum, one| Cancelled {
        gone: sum.gone + one.gone,
        stopping: sum.stopping + one.stopping,
        removed: sum.removed + one.removed,
        not: sum.not + one.not,
    });
    let flash = match sum {
        Cancelled { removed, .. } if removed > 0 => Flash::counted("flash-jobs-removed", removed, sum.not),
        Cancelled { gone: 0, stopping, .. } if stopping > 0 => Flash::counted("flash-jobs-stopping", stopping, sum.not),
        _ => Flash::counted("flash-jobs-cancelled", sum.gone + sum.stopping, sum.not),
    };
    Ok(visit.go(&chosen.back(), Some(flash)))
}

async fn chosen(visit: &Visit, body: &[u8]) -> Result<Chosen> {
    Chosen::read(&fields(visit, body).await?)
}

/// One portion after the other, each with its line in the audit log. Of all of a kind, those that were there when it began: ids
/// grow with time.
async fn act<R: Send + 'static>(
    visit: &Visit,
    chosen: &Chosen,
    what: Act,
    portion: impl Fn(&mut Conn, &[i64]) -> Result<R> + Clone + Send + 'static,
) -> Result<Vec<R>> {
    let (now, state) = (visit.state.now(), chosen.state);
    let kind = chosen.kind.clone().unwrap_or_default();
    let portion = move |c: &mut Conn, by: &By, ids: &[i64]| -> Result<R> {
        let some: Vec<String> = ids.iter().take(20).map(i64::to_string).collect();
        let more = if ids.len() > some.len() { " …" } else { "" };
        let detail = format!("{}× {} {kind} {}{more}", ids.len(), state.as_str(), some.join(" "));
        Audit::note(c, by, what, None, &detail, now)?;
        portion(c, ids)
    };
    let mut results = Vec::new();
    if !chosen.all {
        for ids in chosen.ids.chunks(PORTION) {
            let (ids, portion) = (ids.to_vec(), portion.clone());
            results.push(visit.write(move |c, viewer| portion(c, &By::of(viewer), &ids)).await?);
        }
        return Ok(results);
    }
    let mut after = 0;
    loop {
        let (kind, portion) = (chosen.kind.clone(), portion.clone());
        let last = visit
            .write(move |c, viewer| {
                let ids = jobs::some_of(c, state, kind.as_deref(), after, PORTION as i64)?;
                let Some(last) = ids.last().copied() else { return Ok(None) };
                Ok(Some((last, portion(c, &By::of(viewer), &ids)?)))
            })
            .await?;
        let Some((last, result)) = last else { return Ok(results) };
        results.push(result);
        after = last;
    }
}
