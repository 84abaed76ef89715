//! Leaving for a provider by a button of a form.

use super::flow::{self, Wish};
use crate::error::Result;
use crate::web::Visit;
use actix_web::{HttpResponse, web};

pub async fn start(visit: Visit, name: web::Path<String>, wish: web::Form<Wish>) -> Result<HttpResponse> {
    flow::set_off(&visit, flow::provider(&visit.state, &name)?, &wish).await
}
