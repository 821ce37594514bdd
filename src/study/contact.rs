//! The contact-point graph of one as-built lock: what an all-wheels sweep would show.

use super::production::{Production, production};
use crate::attack::Reader;
use crate::design::Design;
use crate::error::{Error, Result};
use crate::mechanism::dial_lock::{AsBuilt, DialLock};
use crate::rng::{Purpose, stream};
use serde::Serialize;

/// The graph of one lock.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContactReport {
    /// Which lock: `nominal`, or the number of the trial whose lock it is.
    pub lock: String,
    /// The reader whose noise gives the bands.
    pub reader: String,
    /// The codes cut into the pack, the main one first.
    pub codes: Vec<Vec<f64>>,
    /// Nominal contact points on plain rims, dial marks: left, right.
    pub plain_contact_marks: [f64; 2],
    /// Standard deviation of one width reading on plain rims, marks.
    pub reading_sd_marks: f64,
    /// Signal-to-noise ratio of each wheel.
    pub signal_to_noise: Vec<f64>,
    /// The points of the sweep.
    pub points: Vec<ContactPoint>,
    /// What one sweep of each lock of a series shows.
    pub production: Production,
}

/// One point of the sweep: all wheels at one number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ContactPoint {
    /// Number at which all wheels stand, marks.
    pub at_marks: f64,
    /// Left contact point without reading error, dial marks.
    pub left_marks: Option<f64>,
    /// Right contact point.
    pub right_marks: Option<f64>,
    /// Distance between them.
    pub width_marks: Option<f64>,
    /// Standard deviation of one reading of the width here.
    pub reading_sd_marks: Option<f64>,
    /// Wheel the fence rests on, from 1.
    pub wheel: usize,
}

/// Points a mark.
const POINTS_PER_MARK: u32 = 4;

/// The graph of the nominal lock (`trial` is `None`) or of the as-built lock of a trial, with the
/// design's own codes.
///
/// # Errors
/// [`Error::NotApplicable`] where the family has no contact points.
pub fn contact(
    design: &Design,
    reader: &Reader,
    trial: Option<u64>,
    seed: u64,
) -> Result<ContactReport> {
    let lock = design.lock.contact().ok_or_else(|| Error::NotApplicable {
        what: "a contact-point graph",
        to: design.name.clone(),
        why: format!("the family {} has no fence on wheels", design.lock.family()),
    })?;
    let codes = design.pack_codes();
    let built = match trial {
        Some(k) => AsBuilt::sample(lock, &codes, &mut stream(seed, k, Purpose::Lock)),
        None => AsBuilt::nominal(lock, &codes),
    };
    let away = crate::attack::trial::away_from(&built, &codes[0]);
    let ratios = crate::attack::signal::signal_to_noise(&built, reader, &codes[0], &away);
    let points: Vec<ContactPoint> = (0..lock.marks * POINTS_PER_MARK)
        .map(|k| {
            point(
                lock,
                &built,
                reader,
                f64::from(k) / f64::from(POINTS_PER_MARK),
            )
        })
        .collect();
    let plain = lock.plain_contact_marks();
    let on_rim = lock.cam.at(lock.nominal.rim.lever_rad);
    let reading_sd_marks = on_rim.map_or(0.0, |c| sd(lock, reader, c));
    Ok(ContactReport {
        production: production(lock, &codes, reader, reading_sd_marks, seed),
        lock: trial.map_or_else(|| "nominal".to_owned(), |k| k.to_string()),
        reader: reader.name.clone(),
        codes,
        plain_contact_marks: [plain.0, plain.1],
        reading_sd_marks,
        signal_to_noise: ratios,
        points,
    })
}

fn sd(lock: &DialLock, reader: &Reader, c: crate::mechanism::dial_lock::Contact) -> f64 {
    reader.width_sd_marks(c.left_step_nmm, c.right_step_nmm, lock.dial_friction_nmm)
}

fn point(lock: &DialLock, built: &AsBuilt<'_>, reader: &Reader, at_marks: f64) -> ContactPoint {
    let rest = built.rest(&vec![at_marks; lock.wheels]);
    let contact = lock.cam.at(rest.lever_rad);
    let centre = lock.contact_centre_marks;
    ContactPoint {
        at_marks,
        left_marks: contact.map(|c| centre + c.left_marks),
        right_marks: contact.map(|c| centre + c.right_marks),
        width_marks: contact.map(|c| c.right_marks - c.left_marks),
        reading_sd_marks: contact.map(|c| sd(lock, reader, c)),
        wheel: rest.wheel + 1,
    }
}
