//! The request as a handler sees it: who asks, for a page or a fragment, in which language. `visit.read(…)` finds the viewer and
//! runs the handler's reads in one hop to the database.

use crate::error::{Error, Result};
use crate::platform::db::Conn;
use crate::state::AppState;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Lang;
use crate::web::layout::{Layout, Reader, Scheme};
use crate::web::viewer::{Sessions, Viewer};
use crate::web::{cookies, request_log};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use chrono_tz::Tz;
use std::cell::OnceCell;
use std::future::{Ready, ready};

/// What the answer should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// A whole page: a browser, or htmx following a boosted link.
    Page,
    /// A piece of the page that is open (`HX-Request-Type: partial`).
    Fragment,
    Json,
}

pub struct Visit {
    pub state: AppState,
    pub wants: Wants,
    request: HttpRequest,
    sessions: Sessions,
    session_id: Option<String>,
    viewer: OnceCell<Option<Viewer>>,
}

impl FromRequest for Visit {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Visit::of(request))
    }
}

impl Visit {
    pub fn of(request: &HttpRequest) -> Result<Self> {
        let state = request.app_data::<web::Data<AppState>>().ok_or_else(|| Error::internal("the application state is missing"))?;
        let sessions = request.app_data::<web::Data<Sessions>>().ok_or_else(|| Error::internal("nobody can be recognised"))?;
        let state = state.get_ref().clone();
        let session_id = cookies::read_signed(&state, request, cookies::SESSION);
        Ok(Visit { wants: wants(request), sessions: ***sessions, session_id, request: request.clone(), viewer: OnceCell::new(), state })
    }

    pub fn request(&self) -> &HttpRequest {
        &self.request
    }

    pub fn is_fragment(&self) -> bool {
        self.wants == Wants::Fragment
    }

    pub fn session_id(&self) -> Option<&str> {
        self.session_id.as_deref()
    }

    /// Who is looking; known once `read`, `write` or `load_viewer` has run.
    pub fn viewer(&self) -> Option<&Viewer> {
        self.viewer.get().and_then(Option::as_ref)
    }

    /// Reads for this viewer, in one hop.
    pub async fn read<R: Send + 'static>(&self, f: impl FnOnce(&mut Conn, Option<&Viewer>) -> Result<R> + Send + 'static) -> Result<R> {
        let who = self.who();
        let (viewer, result) = self
            .state
            .db
            .read(move |c| {
                let viewer = who.find(c)?;
                let result = f(c, viewer.as_ref());
                Ok((viewer, result))
            })
            .await?;
        self.remember(viewer);
        result
    }

    /// The same for those who are signed in only.
    pub async fn read_signed_in<R: Send + 'static>(&self, f: impl FnOnce(&mut Conn, &Viewer) -> Result<R> + Send + 'static) -> Result<R> {
        self.read(|c, viewer| f(c, viewer.ok_or(Error::SignInNeeded)?)).await
    }

    /// The same for members only: for what is looked up before a long upload is taken from them.
    pub async fn read_member<R: Send + 'static>(&self, f: impl FnOnce(&mut Conn, &Viewer) -> Result<R> + Send + 'static) -> Result<R> {
        let proven_only = self.state.config.accounts.require_verified_email;
        self.read_signed_in(move |c, viewer| {
            takes_part(viewer, proven_only)?;
            f(c, viewer)
        })
        .await
    }

    /// One transaction by a member: somebody who is signed in and, where the site asks for it, has proven their address.
    pub async fn write<R: Send + 'static>(&self, f: impl FnOnce(&mut Conn, &Viewer) -> Result<R> + Send + 'static) -> Result<R> {
        let proven_only = self.state.config.accounts.require_verified_email;
        self.write_own(move |c, viewer| {
            takes_part(viewer, proven_only)?;
            f(c, viewer)
        })
        .await
    }

    /// One transaction by somebody who is signed in, about nothing but their own account. The session is looked up in it once more:
    /// between a first look and this there may lie an upload, a hash, and the end of the session.
    pub async fn write_own<R: Send + 'static>(&self, f: impl FnOnce(&mut Conn, &Viewer) -> Result<R> + Send + 'static) -> Result<R> {
        let who = self.who();
        let who = Who { for_page: who.for_page && who.known.is_none(), known: None, ..who };
        let (viewer, result) = self
            .state
            .db
            .write(move |c| {
                let viewer = who.find(c)?.ok_or(Error::SignInNeeded)?;
                let result = f(c, &viewer)?;
                Ok((viewer, result))
            })
            .await?;
        self.remember(Some(viewer));
        Ok(result)
    }

    /// Reads for whoever the session belongs to now: a connection that stays open outlives what it knew at its beginning.
    pub async fn read_anew<R: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Conn, Option<&Viewer>) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        let who = Who { known: None, now: self.state.now(), ..self.who() };
        self.state
            .db
            .read(move |c| {
                let viewer = who.find(c)?;
                f(c, viewer.as_ref())
            })
            .await
    }

    /// Whether one of our own pages asks (see `origin_guard`).
    pub fn is_same_origin(&self) -> bool {
        super::origin_guard::is_same_site(&self.request)
    }

    /// Finds the viewer when there is nothing else to read.
    pub async fn load_viewer(&self) -> Result<Option<&Viewer>> {
        if self.viewer.get().is_none() {
            if self.session_id.is_some() {
                self.read(|_, _| Ok(())).await?;
            } else {
                self.remember(None);
            }
        }
        Ok(self.viewer())
    }

    fn who(&self) -> Who {
        Who {
            known: self.viewer.get().cloned(),
            session_id: self.session_id.clone(),
            sessions: self.sessions,
            now: self.state.now(),
            for_page: self.wants == Wants::Page,
        }
    }

    fn remember(&self, viewer: Option<Viewer>) {
        if let Some(viewer) = &viewer {
            request_log::note_viewer(&self.request, viewer);
        }
        let _ = self.viewer.set(viewer); // a second finding is the same as the first
    }

    /// Extends the session when half its life is over, and notes now and then that it is used; true when the cookie must be sent again.
    pub(super) async fn renew_session(&self) -> bool {
        let Some(viewer) = self.viewer().filter(|viewer| viewer.renewal_due || viewer.sighting_due) else { return false };
        let Some(id) = self.session_id.clone() else { return false };
        let (now, due) = (self.state.now(), viewer.renewal_due);
        let write = if due { self.sessions.renew } else { self.sessions.sight };
        match self.state.db.write(move |c| write(c, &id, now)).await {
            Ok(()) => due,
            Err(error) => {
                tracing::warn!(%error, "a session could not be renewed; the next request tries again");
                false
            }
        }
    }

    /// The person's setting, else the cookie, else what the browser prefers, else English.
    pub fn lang(&self) -> Lang {
        let cookie = || self.request.cookie(cookies::LANGUAGE).and_then(|cookie| Lang::from_code(cookie.value()));
        let browser = || self.header(header::ACCEPT_LANGUAGE).and_then(Lang::from_accept_language);
        self.viewer().and_then(|viewer| viewer.language).or_else(cookie).or_else(browser).unwrap_or(Lang::En)
    }

    pub fn scheme(&self) -> Option<Scheme> {
        let cookie = || self.request.cookie(cookies::APPEARANCE).and_then(|cookie| Scheme::from_name(cookie.value()));
        self.viewer().and_then(|viewer| viewer.scheme).or_else(cookie)
    }

    pub fn reader(&self) -> Reader {
        let time_zone = self.request.cookie(cookies::TIME_ZONE).and_then(|cookie| cookie.value().parse::<Tz>().ok());
        Reader {
            lang: self.lang(),
            time_zone: time_zone.unwrap_or(Tz::UTC),
            now: self.state.now(),
            media_base: self.state.media_base.clone(),
            absolute_media_base: self.absolute_media_base(),
            paging: self.viewer().is_some_and(|viewer| viewer.paging),
        }
    }

    fn origin(&self) -> String {
        self.state.config.server.public_url.as_str().trim_end_matches('/').to_owned()
    }

    fn absolute_media_base(&self) -> String {
        let base = &*self.state.media_base;
        if base.starts_with('/') { format!("{}{base}", self.origin()) } else { base.to_owned() }
    }

    /// The address of a picture for other sites.
    pub fn absolute_media(&self, group: &str, uuid: &str, size: &str) -> String {
        format!("{}/{group}/{uuid}_{size}.webp", self.absolute_media_base())
    }

    pub fn layout(&self) -> Layout {
        Layout {
            lang: self.lang(),
            scheme: self.scheme(),
            viewer: self.viewer().cloned(),
            flash: self.flash(),
            path: self.request.path().to_owned(),
            asks_proof: self.state.mailer.is_real() && self.viewer().is_some_and(|viewer| !viewer.verified && !viewer.email.is_empty()),
            origin: self.origin(),
        }
    }

    pub(super) fn flash(&self) -> Option<Flash> {
        let value = cookies::read_signed(&self.state, &self.request, cookies::FLASH)?;
        Flash::from_cookie(&value)
    }

    /// Whether the page that is open (htmx says which) has this path.
    pub fn is_on(&self, path: &str) -> bool {
        self.header("hx-current-url").and_then(|url| url::Url::parse(url).ok()).is_some_and(|url| url.path() == path)
    }

    /// The page behind a post that is open over it: the address bar has the post's then, and `app.js` says where one really is.
    pub fn page_behind(&self) -> Option<&str> {
        self.header("page-behind").filter(|path| urls::is_local_path(path))
    }

    /// The page of this site a form was on: htmx says so itself, a browser by Referer.
    pub fn came_from(&self) -> Option<String> {
        let from = self.header("hx-current-url").or_else(|| self.header(header::REFERER))?;
        let url = url::Url::parse(from).ok()?;
        Some(url[url::Position::BeforePath..url::Position::AfterQuery].to_owned()).filter(|path| urls::is_local_path(path))
    }

    pub fn path_and_query(&self) -> String {
        self.request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
    }

    pub fn header(&self, name: impl header::AsHeaderName) -> Option<&str> {
        self.request.headers().get(name).and_then(|value| value.to_str().ok())
    }
}

fn takes_part(viewer: &Viewer, proven_only: bool) -> Result<()> {
    if proven_only && !viewer.verified && !viewer.is_admin() { Err(Error::AddressNotProven) } else { Ok(()) }
}

/// What a closure on another thread needs to find the viewer.
struct Who {
    known: Option<Option<Viewer>>,
    session_id: Option<String>,
    sessions: Sessions,
    now: crate::clock::Timestamp,
    /// Whole pages show what is unread.
    for_page: bool,
}

impl Who {
    fn find(self, c: &mut Conn) -> Result<Option<Viewer>> {
        match (self.known, self.session_id) {
            (Some(known), _) => Ok(known),
            (None, None) => Ok(None),
            (None, Some(id)) => {
                let mut viewer = (self.sessions.find)(c, &id, self.now)?;
                if let (Some(viewer), true) = (&mut viewer, self.for_page) {
                    viewer.unread = (self.sessions.unread)(c, viewer.id)?;
                }
                Ok(viewer)
            }
        }
    }
}

/// A fragment only when htmx says `partial`: `HX-Request` alone also comes with boosted links, which want the page.
pub(super) fn wants(request: &HttpRequest) -> Wants {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if header("hx-request-type") == Some("partial") {
        return Wants::Fragment;
    }
    let json = request.path().starts_with("/api/")
        || header("accept").is_some_and(|accept| {
            let first = accept.split([',', ';']).next().unwrap_or_default().trim();
            first == "application/json" || first == "application/problem+json"
        });
    if json { Wants::Json } else { Wants::Page }
}
