//! The second factor: a code from an app (TOTP, RFC 6238), or one of ten recovery codes.

use crate::error::Result;
use crate::platform::db::Conn;
use crate::schema::second_factors;
use crate::web::UserId;
use diesel::prelude::*;

pub struct SecondFactor;

impl SecondFactor {
    /// Whether signing in asks for it.
    pub fn is_on(c: &mut Conn, user: UserId) -> Result<bool> {
        let on = second_factors::table.find(user).filter(second_factors::on_at.is_not_null());
        Ok(diesel::select(diesel::dsl::exists(on)).get_result(c)?)
    }
}
