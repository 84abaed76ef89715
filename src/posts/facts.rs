//! What a post says of how its photos were taken: only what its author chose to keep, and no more exactly than they were told.

use crate::clock::Timestamp;
use crate::platform::imaging::Taken;
use crate::web::i18n::Message;
use chrono::NaiveTime;

/// Which of the facts in the files go out with the post. Nothing, unless somebody says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    pub camera: bool,
    pub date: bool,
    pub place: bool,
}

impl Keep {
    /// From the names a form sends; others mean nothing.
    pub fn from_names<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        names.fold(Keep::default(), |keep, name| match name {
            "camera" => Keep { camera: true, ..keep },
            "date" => Keep { date: true, ..keep },
            "place" => Keep { place: true, ..keep },
            _ => keep,
        })
    }

    /// What either of them keeps.
    #[must_use]
    pub fn or(self, other: Keep) -> Self {
        Keep { camera: self.camera || other.camera, date: self.date || other.date, place: self.place || other.place }
    }

    /// What of these facts is published: the day without its hours, the place to about a kilometre.
    pub fn of(self, taken: &Taken) -> Facts {
        Facts {
            camera: taken.camera.clone().filter(|_| self.camera),
            taken_at: taken.at.filter(|_| self.date).map(|at| at.date().and_time(NaiveTime::MIN)),
            place: taken.place.as_deref().filter(|_| self.place).and_then(roughly),
        }
    }
}

/// Published with a photo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub camera: Option<String>,
    /// A day by the camera's own clock, in no time zone.
    pub taken_at: Option<Timestamp>,
    /// Degrees north and east, as "37.57,126.98".
    pub place: Option<String>,
}

impl Facts {
    /// As much as could be published of a file.
    pub fn all_of(taken: &Taken) -> Self {
        Keep { camera: true, date: true, place: true }.of(taken)
    }

    pub fn is_empty(&self) -> bool {
        self == &Facts::default()
    }

    /// Which of them there are.
    pub fn kinds(&self) -> Keep {
        Keep { camera: self.camera.is_some(), date: self.taken_at.is_some(), place: self.place.is_some() }
    }

    /// "37.57° N, 126.98° E", in words.
    pub fn place_words(&self) -> Option<Message> {
        let (north, east) = degrees(self.place.as_deref()?)?;
        Some(
            Message::new("facts-place")
                .with("latitude", format!("{:.2}", north.abs()))
                .with("ns", if north < 0.0 { "south" } else { "north" })
                .with("longitude", format!("{:.2}", east.abs()))
                .with("ew", if east < 0.0 { "west" } else { "east" }),
        )
    }
}

fn degrees(place: &str) -> Option<(f64, f64)> {
    let (north, east) = place.split_once(',')?;
    Some((north.parse().ok()?, east.parse().ok()?))
}

/// A hundredth of a degree is about a kilometre.
fn roughly(place: &str) -> Option<String> {
    let (north, east) = degrees(place)?;
    // Adding nothing turns a negative zero into one.
    let rounded = |degrees: f64| (degrees * 100.0).round() / 100.0 + 0.0;
    Some(format!("{:.2},{:.2}", rounded(north), rounded(east)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_kept_goes_out_and_no_more_exactly_than_was_said() {
        let at = "2026-05-03T06:12:44".parse().ok();
        let taken = Taken { camera: Some("Fujifilm X-T5".into()), at, place: Some("37.5667,-0.0049".into()) };
        assert!(Keep::default().of(&taken).is_empty());
        let kept = Keep::from_names(["date", "place", "everything"].into_iter()).of(&taken);
        assert_eq!((kept.camera.as_deref(), kept.place.as_deref()), (None, Some("37.57,0.00")));
        assert_eq!(kept.taken_at.map(|at| at.to_string()).as_deref(), Some("2026-05-03 00:00:00"));
        assert_eq!(Facts::all_of(&taken).camera.as_deref(), Some("Fujifilm X-T5"));
    }
}
