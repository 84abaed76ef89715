//! The second factor: a code from an app (TOTP, RFC 6238), or one of ten recovery codes. It is on once a code has proven that the
//! app has the seed. The seed is sealed at rest; of recovery codes only digests are kept; no code is taken twice.

use crate::clock::Timestamp;
use crate::each;
use crate::error::{Error, Result};
use crate::platform::db::Conn;
use crate::platform::seal::Sealer;
use crate::schema::{recovery_codes, second_factors};
use crate::web::UserId;
use diesel::prelude::*;
use rand::Rng;
use totp_rs::{Builder, Secret, Totp};

/// Bytes of a seed: as long as the digest (RFC 4226, section 4, R6).
const SEED_BYTES: usize = 20;
const RECOVERY_CODES: usize = 10;
/// Letters and digits that nobody takes for another.
const ALPHABET: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
const PURPOSE: &str = "second factor";

/// What a code was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Right,
    /// One of the recovery codes; so many are left.
    Recovery {
        left: i64,
    },
    Wrong,
}

/// A seed on its way into an app.
pub struct Setup {
    /// For typing it: groups of four.
    pub secret: String,
    /// For an app that is on this very device.
    pub address: String,
    /// The same as a square of dark modules: an SVG path, and its width in modules.
    pub qr: (String, usize),
}

pub struct SecondFactor;

impl SecondFactor {
    /// Whether signing in asks for it.
    pub fn is_on(c: &mut Conn, user: UserId) -> Result<bool> {
        let on = second_factors::table.find(user).filter(second_factors::on_at.is_not_null());
        Ok(diesel::select(diesel::dsl::exists(on)).get_result(c)?)
    }

    /// Makes a seed that waits to be proven, in the place of another that waits.
    pub fn begin(c: &mut Conn, sealer: &Sealer, user: UserId, now: Timestamp) -> Result<()> {
        diesel::delete(second_factors::table.find(user).filter(second_factors::on_at.is_null())).execute(c)?;
        let fresh = Secret::from(rand::random::<[u8; SEED_BYTES]>().to_vec()).to_base32();
        let row = (
            second_factors::user_id.eq(user),
            second_factors::secret.eq(sealer.seal(PURPOSE, &fresh)?),
            second_factors::last_step.eq(0),
            second_factors::created_at.eq(now),
        );
        each!(c, |c| diesel::insert_into(second_factors::table).values(row).on_conflict_do_nothing().execute(c))?;
        Ok(())
    }

    /// The seed that waits to be proven, if one does: the same as often as the page is loaded.
    pub fn waiting(c: &mut Conn, sealer: &Sealer, user: UserId, username: &str, site: &str) -> Result<Option<Setup>> {
        let Some(secret) = Self::secret(c, sealer, user)? else { return Ok(None) };
        let address = totp(&secret, Some((username, site)))?.to_url().map_err(Error::internal)?;
        let grouped: Vec<String> = secret.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
        Ok(Some(Setup { qr: qr(&address)?, address, secret: grouped.join(" ") }))
    }

    /// Turns it on with the first right code, and makes the recovery codes: they are shown now and never again.
    pub fn turn_on(c: &mut Conn, sealer: &Sealer, user: UserId, code: &str, now: Timestamp) -> Result<Option<Vec<String>>> {
        if Self::is_on(c, user)? || !Self::takes(c, sealer, user, code, now)? {
            return Ok(None);
        }
        diesel::update(second_factors::table.find(user)).set(second_factors::on_at.eq(now)).execute(c)?;
        Self::new_recovery_codes(c, sealer, user).map(Some)
    }

    /// Ten in the place of all earlier ones.
    pub fn new_recovery_codes(c: &mut Conn, sealer: &Sealer, user: UserId) -> Result<Vec<String>> {
        diesel::delete(recovery_codes::table.filter(recovery_codes::user_id.eq(user))).execute(c)?;
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code()).collect();
        for code in &codes {
            let row = (recovery_codes::user_id.eq(user), recovery_codes::code_hash.eq(digest(sealer, user, code)));
            diesel::insert_into(recovery_codes::table).values(row).execute(c)?;
        }
        Ok(codes)
    }

    /// Takes a code of either kind, once.
    pub fn check(c: &mut Conn, sealer: &Sealer, user: UserId, code: &str, now: Timestamp) -> Result<Verdict> {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).take(32).collect();
        if code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(if Self::takes(c, sealer, user, &code, now)? { Verdict::Right } else { Verdict::Wrong });
        }
        let unused =
            recovery_codes::table.find((user, digest(sealer, user, &code.to_lowercase()))).filter(recovery_codes::used_at.is_null());
        if diesel::update(unused).set(recovery_codes::used_at.eq(now)).execute(c)? == 0 {
            return Ok(Verdict::Wrong);
        }
        Ok(Verdict::Recovery { left: Self::codes_left(c, user)? })
    }

    pub fn codes_left(c: &mut Conn, user: UserId) -> Result<i64> {
        let unused = recovery_codes::table.filter(recovery_codes::user_id.eq(user)).filter(recovery_codes::used_at.is_null());
        Ok(unused.count().get_result(c)?)
    }

    /// Turns it off, or takes it from somebody who lost their phone. False when there was none.
    pub fn remove(c: &mut Conn, user: UserId) -> Result<bool> {
        diesel::delete(recovery_codes::table.filter(recovery_codes::user_id.eq(user))).execute(c)?;
        let on = Self::is_on(c, user)?;
        diesel::delete(second_factors::table.find(user)).execute(c)?;
        Ok(on)
    }

    /// Whether the app's code is right now, or was half a minute ago or will be: clocks differ. A step that was taken is over.
    fn takes(c: &mut Conn, sealer: &Sealer, user: UserId, code: &str, now: Timestamp) -> Result<bool> {
        let Some(secret) = Self::secret(c, sealer, user)? else { return Ok(false) };
        let seconds = u64::try_from(now.and_utc().timestamp()).unwrap_or_default();
        let Some(step) = totp(&secret, None)?.check(code.trim(), seconds) else { return Ok(false) };
        let step = i64::try_from(step).unwrap_or(i64::MAX);
        let unused = second_factors::table.find(user).filter(second_factors::last_step.lt(step));
        Ok(diesel::update(unused).set(second_factors::last_step.eq(step)).execute(c)? == 1)
    }

    fn secret(c: &mut Conn, sealer: &Sealer, user: UserId) -> Result<Option<String>> {
        let sealed: Option<String> = second_factors::table.find(user).select(second_factors::secret).first(c).optional()?;
        sealed.map(|sealed| sealer.open(PURPOSE, &sealed)).transpose()
    }
}

/// SHA-1, six digits, half a minute: what every app does, whatever else it is told.
fn totp(secret: &str, owner: Option<(&str, &str)>) -> Result<Totp> {
    let secret = Secret::try_from_base32(secret).map_err(|_| Error::internal("the seed of a second factor is damaged"))?;
    let mut builder = Builder::new().with_secret(secret).with_skew(1);
    if let Some((username, site)) = owner {
        builder = builder.with_account_name(username).with_issuer(Some(site));
    }
    builder.build().map_err(Error::internal)
}

fn qr(address: &str) -> Result<(String, usize)> {
    let code = qrcode::QrCode::new(address).map_err(Error::internal)?;
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, colour)| *colour == qrcode::Color::Dark);
    let path = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width, at / width)).collect();
    Ok((path, width))
}

fn recovery_code() -> String {
    let mut rng = rand::rng();
    let mut four = || -> String { (0..4).map(|_| char::from(ALPHABET[rng.random_range(0..ALPHABET.len())])).collect() };
    format!("{}-{}-{}", four(), four(), four())
}

/// Without its hyphens, so that it may be typed without them.
fn digest(sealer: &Sealer, user: UserId, code: &str) -> String {
    sealer.digest("recovery code", &format!("{user}/{}", code.replace('-', "")))
}
