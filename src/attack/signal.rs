//! How well a lock can be read at all: the signal of each wheel against the reader's noise.

use super::reader::Reader;
use crate::mechanism::dial_lock::AsBuilt;

/// The signal-to-noise ratio of each wheel on one as-built lock: the change of the contact width
/// when that wheel alone goes from `away` (all wheels off their gates) into its gate, over the standard
/// deviation of one width reading.
///
/// `numbers` are the wheels' true numbers and `away` numbers at which no gate is under the fence; both
/// in marks, one a wheel. Wheels below the tallest have ratio 0.
#[must_use]
pub fn signal_to_noise(
    built: &AsBuilt<'_>,
    reader: &Reader,
    numbers: &[f64],
    away: &[f64],
) -> Vec<f64> {
    let lock = built.lock();
    let at = |x: &[f64]| lock.cam.at(built.rest(x).lever_rad);
    let Some(off) = at(away) else {
        return vec![0.0; numbers.len()];
    };
    let sd = reader.width_sd_marks(
        off.left_step_nmm,
        off.right_step_nmm,
        lock.dial_friction_nmm,
    );
    let width = off.right_marks - off.left_marks;
    (0..numbers.len())
        .map(|i| {
            let mut x = away.to_vec();
            x[i] = numbers[i];
            let inside = at(&x).map_or(width, |c| c.right_marks - c.left_marks);
            (width - inside) / sd.max(1e-12)
        })
        .collect()
}
