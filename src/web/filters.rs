//! What templates call: words, times, numbers, addresses of pictures and assets. The reader's language, time zone and clock come
//! with every rendering (see `layout::Reader`), so that no template has to pass them on.

use crate::clock::{self, Ago, Ahead, Timestamp};
use crate::web::i18n::{self, Arg, Message};
use crate::web::layout::Reader;
use crate::web::{FieldErrors, assets};
use askama::{Result, Values, get_value};

fn reader(values: &dyn Values) -> Result<&Reader> {
    get_value::<Reader>(values, "reader")
}

/// `{{ "nav-home"|t }}`: a message without values.
#[askama::filter_fn]
pub fn t(key: &str, values: &dyn Values) -> Result<&'static str> {
    Ok(i18n::text(reader(values)?.lang, key))
}

/// `{{ "post-likes"|tr("count", post.like_count) }}`: a message with one value.
#[askama::filter_fn]
pub fn tr<V: Into<Arg>>(key: &str, values: &dyn Values, name: &'static str, value: V) -> Result<String> {
    Ok(i18n::format(reader(values)?.lang, key, &[(name, value.into())]))
}

/// A message with two values.
#[askama::filter_fn]
pub fn tr2<V: Into<Arg>, W: Into<Arg>>(
    key: &str,
    values: &dyn Values,
    name: &'static str,
    value: V,
    other_name: &'static str,
    other_value: W,
) -> Result<String> {
    Ok(i18n::format(reader(values)?.lang, key, &[(name, value.into()), (other_name, other_value.into())]))
}

/// A message that Rust made, in the reader's language.
#[askama::filter_fn]
pub fn words(message: &Message, values: &dyn Values) -> Result<String> {
    Ok(message.in_language(reader(values)?.lang))
}

/// The error at a field, if there is one: `{% if let Some(error) = errors|at("email") %}`.
#[askama::filter_fn]
pub fn at<F: AsRef<str>>(errors: &FieldErrors, values: &dyn Values, field: F) -> Result<Option<String>> {
    let lang = reader(values)?.lang;
    Ok(errors.get(field.as_ref()).map(|message| message.in_language(lang)))
}

/// "3 min", "2 h", or the date when it is older than a week.
#[askama::filter_fn]
pub fn ago(then: &Timestamp, values: &dyn Values) -> Result<String> {
    let reader = reader(values)?;
    Ok(match clock::ago(*then, reader.now) {
        Ago::JustNow => i18n::text(reader.lang, "time-just-now").to_owned(),
        Ago::Minutes(n) => i18n::format(reader.lang, "time-minutes", &[("n", n.into())]),
        Ago::Hours(n) => i18n::format(reader.lang, "time-hours", &[("n", n.into())]),
        Ago::Days(n) => i18n::format(reader.lang, "time-days", &[("n", n.into())]),
        Ago::Date => date_words(reader, *then, false),
    })
}

/// "in 5 s", "in 3 min", or "now" when it is due.
#[askama::filter_fn]
pub fn ahead(then: &Timestamp, values: &dyn Values) -> Result<String> {
    let reader = reader(values)?;
    let (key, n) = match clock::ahead(*then, reader.now) {
        Ahead::Now => return Ok(i18n::text(reader.lang, "time-now").to_owned()),
        Ahead::Seconds(n) => ("time-in-seconds", n),
        Ahead::Minutes(n) => ("time-in-minutes", n),
        Ahead::Hours(n) => ("time-in-hours", n),
        Ahead::Days(n) => ("time-in-days", n),
    };
    Ok(i18n::format(reader.lang, key, &[("n", n.into())]))
}

/// "18 May 2026, 06:12" in the reader's time zone.
#[askama::filter_fn]
pub fn date(then: &Timestamp, values: &dyn Values) -> Result<String> {
    Ok(date_words(reader(values)?, *then, true))
}

/// "May 2026".
#[askama::filter_fn]
pub fn month(then: &Timestamp, values: &dyn Values) -> Result<String> {
    use chrono::Datelike;
    let reader = reader(values)?;
    let local = then.and_utc().with_timezone(&reader.time_zone);
    let month = i18n::text(reader.lang, MONTHS[local.month0() as usize]);
    Ok(i18n::format(reader.lang, "date-month", &[("year", local.year().to_string().into()), ("month", month.into())]))
}

/// "18 May 2026" of a day that is in no time zone: what a camera's own clock said.
#[askama::filter_fn]
pub fn day(then: &Timestamp, values: &dyn Values) -> Result<String> {
    Ok(day_words(reader(values)?.lang, *then))
}

/// The same, for messages.
pub fn day_words(lang: i18n::Lang, then: Timestamp) -> String {
    use chrono::Datelike;
    let month = i18n::text(lang, MONTHS[then.month0() as usize]);
    i18n::format(lang, "date-full", &[("day", then.day().into()), ("month", month.into()), ("year", then.year().to_string().into())])
}

/// For `<time datetime>`: UTC, to the second.
#[askama::filter_fn]
pub fn iso(then: &Timestamp, _: &dyn Values) -> Result<String> {
    Ok(then.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// A `lang` attribute for what somebody wrote: `<p{{ text|spoken }}>`.
#[askama::filter_fn]
pub fn spoken(text: &str, _: &dyn Values) -> Result<askama::filters::Safe<String>> {
    Ok(askama::filters::Safe(match i18n::language_of(text) {
        Some(lang) => format!(" lang=\"{}\"", lang.code()),
        None => String::new(),
    }))
}

/// 12,345.
#[askama::filter_fn]
pub fn number(count: &i64, _: &dyn Values) -> Result<String> {
    Ok(grouped(*count))
}

/// Bytes as people read them: `812 kB`, `3.4 MB`, `1.2 GB`, in thousands.
#[askama::filter_fn]
pub fn size(bytes: &i64, _: &dyn Values) -> Result<String> {
    Ok(size_words((*bytes).max(0) as u64))
}

/// The same, for messages.
pub fn size_words(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

/// When the next page of a list is asked for: as it comes into sight, or only when its reader says so.
#[askama::filter_fn]
pub fn or_when_seen(trigger: &str, values: &dyn Values) -> Result<String> {
    Ok(if reader(values)?.paging { trigger.to_owned() } else { format!("revealed, {trigger}") })
}

/// The badge's number: "99+" is the most.
#[askama::filter_fn]
pub fn badge(count: &i64, _: &dyn Values) -> Result<String> {
    Ok(if *count > 99 { "99+".to_owned() } else { count.to_string() })
}

/// The address of an embedded file: `{{ "app.css"|asset }}`.
#[askama::filter_fn]
pub fn asset(file: &str, _: &dyn Values) -> Result<&'static str> {
    Ok(assets::address(file))
}

/// The public address of a picture: `{{ uuid|media("post", "512") }}`.
#[askama::filter_fn]
pub fn media<G: AsRef<str>>(uuid: &str, values: &dyn Values, group: G, size: &str) -> Result<String> {
    Ok(media_address(reader(values)?, uuid, group.as_ref(), size))
}

/// The same, for answers to scripts.
pub fn media_address(reader: &Reader, uuid: &str, group: &str, size: &str) -> String {
    format!("{}/{group}/{uuid}_{size}.webp", reader.media_base)
}

/// The same for other sites, with scheme and host.
#[askama::filter_fn]
pub fn absolute_media<G: AsRef<str>>(uuid: &str, values: &dyn Values, group: G, size: &str) -> Result<String> {
    Ok(format!("{}/{}/{uuid}_{size}.webp", reader(values)?.absolute_media_base, group.as_ref()))
}

const MONTHS: [&str; 12] =
    ["month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9", "month-10", "month-11", "month-12"];

fn date_words(reader: &Reader, then: Timestamp, with_time: bool) -> String {
    use chrono::{Datelike, Timelike};
    let local = then.and_utc().with_timezone(&reader.time_zone);
    let this_year = reader.now.and_utc().with_timezone(&reader.time_zone).year() == local.year();
    let month = i18n::text(reader.lang, MONTHS[local.month0() as usize]);
    // Years and times as text: Fluent would group a year as 2,026.
    let mut args: Vec<(&'static str, Arg)> =
        vec![("day", local.day().into()), ("month", month.into()), ("year", local.year().to_string().into())];
    if with_time {
        args.push(("time", format!("{:02}:{:02}", local.hour(), local.minute()).into()));
        return i18n::format(reader.lang, "date-time", &args);
    }
    i18n::format(reader.lang, if this_year { "date-this-year" } else { "date-full" }, &args)
}

fn grouped(count: i64) -> String {
    let digits = count.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if count < 0 {
        out.push('-');
    }
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_are_grouped_by_three() {
        for (count, words) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-4_200, "-4,200")] {
            assert_eq!(super::grouped(count), words);
        }
    }
}
