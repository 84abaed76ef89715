//! The tabs above every page of the administration, with what waits behind them.

use crate::accounts::application::{Application, State};
use crate::config::Registration;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::state::AppState;

#[derive(Clone, Copy, Debug, Default)]
pub struct Nav {
    /// Applications nobody has decided about, where people apply.
    pub waiting: i64,
}

impl Nav {
    pub fn read(c: &mut Conn, state: &AppState) -> Result<Self> {
        let people_apply = state.config.accounts.registration == Registration::Approval;
        Ok(Nav { waiting: if people_apply { Application::count(c, State::Waiting)? } else { 0 } })
    }
}
