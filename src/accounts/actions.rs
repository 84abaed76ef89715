//! Signing out.

use super::Session;
use crate::error::{Error, Result};
use crate::urls;
use crate::web::flash::Flash;
use crate::web::{Visit, cookies};
use actix_web::HttpResponse;

pub async fn sign_out(visit: Visit) -> Result<HttpResponse> {
    if let Some(id) = visit.session_id().map(str::to_owned) {
        visit.state.db.write(move |c| Session::end(c, &id)).await?;
    }
    let mut response = visit.go(urls::HOME, Some(Flash::good("flash-signed-out")));
    response.add_cookie(&cookies::removal(&visit.state, cookies::SESSION)).map_err(Error::internal)?;
    Ok(response)
}
