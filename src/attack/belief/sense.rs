//! What one reading says about where the lever rests.

use crate::attack::reader::Reader;
use crate::attack::wall::Reading;
use crate::math;
use crate::mechanism::dial_lock::DialLock;
use crate::stats::special::normal_cdf;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Levels of the lever within the standard deviation of one reading.
const LEVELS_PER_SD: f64 = 4.0;
/// Most levels that are told apart, and fewest.
const LEVELS: (f64, f64) = (192.0, 4096.0);
/// Range of levels, in standard deviations of the height of a wheel, below and above the plain rim.
const BELOW_SD: f64 = 8.0;
const ABOVE_SD: f64 = 4.5;
/// Standard deviation of a point that nobody feels, marks.
const UNFELT_SD_MARKS: f64 = 1e3;
/// Least standard deviation of a point, in steps of it from level to level.
const LEAST_SD: f64 = 0.5;
/// Standard deviation of a point by which the belief's model may be off, marks: who reads more exactly does not
/// trust it further. Assumption: with less, exact readers need longer.
const MODEL_SD_MARKS: f64 = 0.01;
/// Chance of a reading that the model does not expect.
const OUTLIER: f64 = 1e-5;

/// How far from a reading, in standard deviations, its point may stand.
const REACH_SD: f64 = 6.0;
/// Log chances so far below the best one count as none.
const NEGLIGIBLE: f64 = -25.0;

/// The wide law beforehand: its standard deviation is that of the levels' range over this.
const WIDE: f64 = 4.0;
/// A precision so small against that of the range of levels is none.
const NOTHING: f64 = 0.01;

/// One contact point at each level: dial mark and standard deviation, marks.
type Points = Vec<(f64, f64)>;

/// Likelihoods of readings over levels of the lever.
pub(in crate::attack) struct Sense<'a> {
    reader: &'a Reader,
    low_rad: f64,
    step_rad: f64,
    left: Points,
    right: Points,
    widths: Vec<f64>,
    width_sd_marks: f64,
    /// Mean and variance of the wide law beforehand, levels.
    beforehand: (f64, f64),
    /// Rounded readings come again and again.
    seen: BTreeMap<(i64, i64), Rc<Vec<f64>>>,
}

impl<'a> Sense<'a> {
    /// The sense of `reader` on a lock whose wheels' heights move the lever by `sd_rad`.
    pub(in crate::attack) fn new(model: &DialLock, reader: &'a Reader, sd_rad: f64) -> Self {
        let rim = model.nominal.rim.lever_rad;
        let range_rad = (BELOW_SD + ABOVE_SD) * sd_rad.max(1e-6);
        let sd_rad = sd_rad.max(1e-6);
        let levels = (range_rad / reading_sd_rad(model, reader) * LEVELS_PER_SD)
            .clamp(LEVELS.0, LEVELS.1)
            .ceil();
        let step_rad = range_rad / (levels - 1.0);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few thousand levels"
        )]
        let levels = levels as usize;
        let low_rad = rim - BELOW_SD * sd_rad;
        let centre = model.contact_centre_marks + reader.bias_marks;
        let friction = model.dial_friction_nmm;
        let (mut left, mut right) = (Points::new(), Points::new());
        for k in 0..levels {
            #[allow(clippy::cast_precision_loss, reason = "a few thousand levels")]
            let lever = low_rad + k as f64 * step_rad;
            // above the cam's rim nothing is felt: any reading is as good as another
            let point = |at: f64, nmm: f64| (centre + at, reader.sigma_marks(nmm, friction));
            let (l, r) = model.cam.at(lever).map_or(
                ((centre, UNFELT_SD_MARKS), (centre, UNFELT_SD_MARKS)),
                |c| {
                    (
                        point(c.left_marks, c.left_step_nmm),
                        point(c.right_marks, c.right_step_nmm),
                    )
                },
            );
            left.push(l);
            right.push(r);
        }
        widen(&mut left);
        widen(&mut right);
        let plain = model.cam.at(rim);
        let width_sd_marks = plain.map_or(f64::INFINITY, |c| {
            reader.width_sd_marks(c.left_step_nmm, c.right_step_nmm, friction)
        });
        let widths = left.iter().zip(&right).map(|(l, r)| r.0 - l.0).collect();
        Self {
            reader,
            low_rad,
            step_rad,
            left,
            right,
            widths,
            width_sd_marks,
            beforehand: moments(&vec![0.0; levels], wide_levels(levels)),
            seen: BTreeMap::new(),
        }
    }

    /// Standard deviation of one contact width, marks.
    pub(super) fn width_sd_marks(&self) -> f64 {
        self.width_sd_marks
    }

    /// Distance between levels, rad.
    pub(super) fn step_rad(&self) -> f64 {
        self.step_rad
    }

    /// The level nearest to `lever_rad`.
    #[inline]
    pub(super) fn level(&self, lever_rad: f64) -> usize {
        let x = ((lever_rad - self.low_rad) / self.step_rad + 0.5).max(0.0);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "x ≥ 0, cut to the levels"
        )]
        let k = x as usize;
        k.min(self.widths.len() - 1)
    }

    /// Contact width at a level, marks.
    #[inline]
    pub(super) fn width_marks(&self, level: usize) -> f64 {
        self.widths[level]
    }

    /// The log likelihood of `reading` at each level, its largest value about 0.
    pub(super) fn ln_likelihood(&mut self, reading: Reading) -> Rc<Vec<f64>> {
        let q = self.reader.resolution_marks;
        if q <= 0.0 {
            return Rc::new(self.solve(reading));
        }
        #[allow(clippy::cast_possible_truncation, reason = "steps of a dial")]
        let step = |x: f64| math::round(x / q) as i64;
        let key = (step(reading.left_marks), step(reading.right_marks));
        if let Some(known) = self.seen.get(&key) {
            return Rc::clone(known);
        }
        let made = Rc::new(self.solve(reading));
        self.seen.insert(key, Rc::clone(&made));
        made
    }

    fn solve(&self, reading: Reading) -> Vec<f64> {
        let points = self.left.iter().zip(&self.right);
        let both: Vec<f64> = points
            .map(|(l, r)| {
                let left = self.density(reading.left_marks, *l);
                if left > 0.0 {
                    left * self.density(reading.right_marks, *r)
                } else {
                    0.0
                }
            })
            .collect();
        let most = both.iter().fold(0.0_f64, |a, &b| a.max(b));
        let scale = if most > 0.0 { 1.0 / most } else { 0.0 };
        let floor = math::ln(OUTLIER);
        both.iter()
            .map(|p| {
                if *p > 0.0 {
                    math::ln(p * scale + OUTLIER)
                } else {
                    floor
                }
            })
            .collect()
    }

    /// The chance of reading `read` (to the reader's step) at a point, up to a constant.
    fn density(&self, read: f64, (at, sd): (f64, f64)) -> f64 {
        let half = 0.5 * self.reader.resolution_marks;
        let sd = sd.max(1e-6);
        if (read - at).abs() > half + REACH_SD * sd {
            return 0.0;
        }
        if half <= 0.0 {
            let z = (read - at) / sd;
            return math::exp(-0.5 * z * z) / sd;
        }
        normal_cdf((read + half - at) / sd) - normal_cdf((read - half - at) / sd)
    }

    /// What a log likelihood says of the lever's level: the level, rad, and its precision, rad⁻², of the
    /// normal law that makes of a wide normal law beforehand what the likelihood makes of it. The
    /// precision is 0 where it says nothing.
    pub(super) fn summed_up(&self, ln_likelihood: &[f64]) -> (f64, f64) {
        let (mean, variance) = moments(ln_likelihood, self.wide_levels());
        let (middle, wide) = self.beforehand;
        let precision = 1.0 / variance - 1.0 / wide;
        if precision < NOTHING / wide {
            return (self.low_rad + middle * self.step_rad, 0.0);
        }
        let level = (mean / variance - middle / wide) / precision;
        (
            self.low_rad + level * self.step_rad,
            precision / (self.step_rad * self.step_rad),
        )
    }

    /// Middle and standard deviation of the wide law beforehand, levels.
    fn wide_levels(&self) -> (f64, f64) {
        wide_levels(self.widths.len())
    }
}

/// A level stands for all of its step, and the model is not exact: where readings are exacter, points are as wide as
/// those, so that no reading falls between two levels or is held for something else.
fn widen(points: &mut Points) {
    let all = points.clone();
    for (k, (here, sd)) in points.iter_mut().enumerate() {
        let beside = [k.checked_sub(1), Some(k + 1)];
        let beside = beside.into_iter().flatten().filter_map(|i| all.get(i));
        let felt = beside.filter(|(_, sd)| *sd < UNFELT_SD_MARKS);
        let step = felt.map(|(at, _)| (at - *here).abs()).fold(0.0, f64::max);
        if *sd < UNFELT_SD_MARKS {
            *sd = sd.max(MODEL_SD_MARKS).max(LEAST_SD * step);
        }
    }
}

/// Middle of so many levels, and the standard deviation of a wide law over them.
fn wide_levels(levels: usize) -> (f64, f64) {
    #[allow(clippy::cast_precision_loss, reason = "a few thousand levels")]
    let n = levels as f64;
    (0.5 * (n - 1.0), n / WIDE)
}

/// Mean and variance over the levels of a log likelihood times a normal law of `(middle, sd)`.
fn moments(ln_likelihood: &[f64], (middle, sd): (f64, f64)) -> (f64, f64) {
    let most = ln_likelihood
        .iter()
        .fold(f64::NEG_INFINITY, |a, &b| a.max(b));
    let (mut sum, mut moment, mut square) = (0.0, 0.0, 0.0);
    for (k, ln_p) in ln_likelihood.iter().enumerate() {
        if ln_p - most < NEGLIGIBLE {
            continue;
        }
        #[allow(clippy::cast_precision_loss, reason = "a few thousand levels")]
        let k = k as f64;
        let z = (k - middle) / sd;
        let p = math::exp(ln_p - most - 0.5 * z * z);
        sum += p;
        moment += p * k;
        square += p * k * k;
    }
    let mean = moment / sum;
    // a level stands for a whole step
    (mean, (square / sum - mean * mean).max(0.0) + 1.0 / 12.0)
}

/// About how well one reading tells the lever's level, rad.
fn reading_sd_rad(model: &DialLock, reader: &Reader) -> f64 {
    let rim = model.nominal.rim.lever_rad;
    let step = 1e-5;
    let (Some(high), Some(low)) = (model.cam.at(rim), model.cam.at(rim - step)) else {
        return f64::INFINITY;
    };
    let rounding = reader.resolution_marks * reader.resolution_marks / 12.0;
    let precision = |moved: f64, nmm: f64| {
        let sd = reader.sigma_marks(nmm, model.dial_friction_nmm);
        (moved / step).powi(2) / (sd * sd + rounding).max(1e-12)
    };
    let left = precision(high.left_marks - low.left_marks, high.left_step_nmm);
    let right = precision(high.right_marks - low.right_marks, high.right_step_nmm);
    1.0 / (left + right).sqrt().max(1e-12)
}
