//! The second factor: a code from an app (TOTP, RFC 6238), or one of ten recovery codes.

use crate::error::Result;
use crate::platform::db::Conn;
use crate::schema::{recovery_codes, second_factors};
use crate::web::UserId;
use diesel::prelude::*;

pub struct SecondFactor;

impl SecondFactor {
    /// Whether signing in asks for it.
    pub fn is_on(c: &mut Conn, user: UserId) -> Result<bool> {
        let on = second_factors::table.find(user).filter(second_factors::on_at.is_not_null());
        Ok(diesel::select(diesel::dsl::exists(on)).get_result(c)?)
    }

    /// Takes it away with its recovery codes. False when there was none.
    pub fn remove(c: &mut Conn, user: UserId) -> Result<bool> {
        diesel::delete(recovery_codes::table.filter(recovery_codes::user_id.eq(user))).execute(c)?;
        Ok(diesel::delete(second_factors::table.find(user)).execute(c)? > 0)
    }
}
