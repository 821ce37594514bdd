//! An axis: what it measures, its range, where its ticks stand.

use super::format;
use crate::math::{ln, pow};

/// An axis.
#[derive(Debug, Clone)]
pub struct Axis {
    /// What it measures, with the unit: `Dial position (marks)`.
    pub label: String,
    /// Linear, logarithmic or categories.
    pub scale: Scale,
    /// What part of it is shown.
    pub range: Range,
    /// Ticks at these values, thinned to what fits; `None`: round values.
    pub ticks: Option<Vec<f64>>,
    /// How a value is written.
    pub format: fn(f64) -> String,
}

/// The scale of an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scale {
    /// Equal steps.
    Linear,
    /// Equal ratios; values at or below zero are not shown.
    Log,
    /// Named places 0, 1, 2, …; from left to right or from top to bottom.
    Category(Vec<String>),
}

/// What part of an axis is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Range {
    /// All of the data.
    Auto,
    /// From this value on.
    From(f64),
    /// From here to there.
    Fixed(f64, f64),
}

impl Axis {
    fn of(label: impl Into<String>, scale: Scale) -> Self {
        Self {
            label: label.into(),
            scale,
            range: Range::Auto,
            ticks: None,
            format: format::number,
        }
    }

    /// A linear axis.
    pub fn linear(label: impl Into<String>) -> Self {
        Self::of(label, Scale::Linear)
    }

    /// A logarithmic axis.
    pub fn log(label: impl Into<String>) -> Self {
        Self::of(label, Scale::Log)
    }

    /// An axis of named places.
    pub fn categories<S: Into<String>>(
        label: impl Into<String>,
        names: impl IntoIterator<Item = S>,
    ) -> Self {
        Self::of(
            label,
            Scale::Category(names.into_iter().map(Into::into).collect()),
        )
    }

    /// A logarithmic axis of minutes from seconds to weeks, ticks at round times.
    pub fn log_minutes(label: impl Into<String>) -> Self {
        let seconds = [1., 2., 5., 10., 20., 30.].map(|s| s / 60.0);
        let minutes = [1., 2., 5., 10., 20., 30.];
        let hours = [1., 2., 5., 10., 20., 50., 100., 200., 500., 1000.].map(|h| h * 60.0);
        let mut ticks = seconds.to_vec();
        ticks.extend(minutes);
        ticks.extend(hours);
        let mut axis = Self::log(label).format(|v| {
            if v >= 60.0 {
                format!("{}\u{a0}h", format::short(v / 60.0))
            } else {
                format::minutes(v)
            }
        });
        axis.ticks = Some(ticks);
        axis
    }

    /// Showing `low` to `high`.
    #[must_use]
    pub fn range(mut self, low: f64, high: f64) -> Self {
        self.range = Range::Fixed(low, high);
        self
    }

    /// Showing everything from `low` on.
    #[must_use]
    pub fn from(mut self, low: f64) -> Self {
        self.range = Range::From(low);
        self
    }

    /// With values written by `format`.
    #[must_use]
    pub fn format(mut self, format: fn(f64) -> String) -> Self {
        self.format = format;
        self
    }

    /// With ticks at these values.
    #[must_use]
    pub fn ticks(mut self, ticks: Vec<f64>) -> Self {
        self.ticks = Some(ticks);
        self
    }

    pub(super) fn has_names(&self) -> bool {
        matches!(self.scale, Scale::Category(_))
    }

    pub(super) fn is_log(&self) -> bool {
        self.scale == Scale::Log
    }

    /// The value as hovers write it: the name of a category, or formatted.
    pub(super) fn say(&self, v: f64) -> String {
        match &self.scale {
            Scale::Category(names) => names
                .get(v.round().max(0.0) as usize)
                .cloned()
                .unwrap_or_default(),
            _ => (self.format)(v),
        }
    }

    /// The values shown at both ends, given all values of the data.
    pub(super) fn shown(&self, data: &[f64], rounded: bool) -> (f64, f64) {
        if let Scale::Category(names) = &self.scale {
            return (-0.5, names.len().max(1) as f64 - 0.5);
        }
        let usable = |v: &f64| v.is_finite() && (!self.is_log() || *v > 0.0);
        let mut ends = data
            .iter()
            .copied()
            .filter(usable)
            .fold(None, |ends: Option<(f64, f64)>, v| match ends {
                None => Some((v, v)),
                Some((a, b)) => Some((a.min(v), b.max(v))),
            })
            .unwrap_or(if self.is_log() {
                (1.0, 10.0)
            } else {
                (0.0, 1.0)
            });
        match self.range {
            Range::Fixed(a, b) if usable(&a) && usable(&b) && a < b => return (a, b),
            Range::From(a) if usable(&a) => ends = (a, ends.1.max(a)),
            _ => {}
        }
        let (low, high) = opened(ends, self.is_log());
        if !rounded {
            return (low, high);
        }
        let from = matches!(self.range, Range::From(_));
        let (a, b) = self.outward(low, high);
        (if from { low } else { a }, b)
    }

    /// Both ends moved outward to a round value.
    fn outward(&self, low: f64, high: f64) -> (f64, f64) {
        if self.is_log() {
            let ladder = log_values(low / 10.0, high * 10.0, &[1.0, 2.0, 5.0]);
            let below = ladder.iter().rev().find(|v| **v <= low * 1.000_001);
            let above = ladder.iter().find(|v| **v >= high * 0.999_999);
            return (
                below.copied().unwrap_or(low),
                above.copied().unwrap_or(high),
            );
        }
        let step = round_step((high - low) / 5.0);
        (
            (low / step + 1e-9).floor() * step,
            (high / step - 1e-9).ceil() * step,
        )
    }

    /// Values for at most about `count` ticks between `low` and `high`.
    pub(super) fn tick_values(&self, low: f64, high: f64, count: usize) -> Vec<f64> {
        let slack = 1e-9 * (high - low);
        if let Some(own) = &self.ticks {
            let inside = |v: &&f64| **v >= low - slack && **v <= high + slack;
            return own.iter().filter(inside).copied().collect();
        }
        if self.is_log() {
            for marks in [&[1.0, 2.0, 5.0][..], &[1.0, 3.0], &[1.0]] {
                let values = log_values(low, high, marks);
                if (3..=count.max(3)).contains(&values.len()) {
                    return values;
                }
            }
            let decades = log_values(low, high, &[1.0]);
            if decades.len() > count {
                let stride = decades.len().div_ceil(count.max(1));
                return decades.into_iter().step_by(stride).collect();
            }
        }
        let step = round_step((high - low) / count.max(1) as f64);
        let first = ((low - slack) / step).ceil();
        (0..=200)
            .map(|i| (first + f64::from(i)) * step)
            .take_while(|v| *v <= high + slack)
            .collect()
    }
}

/// Ends with room between them where the data are a single value.
fn opened((low, high): (f64, f64), log: bool) -> (f64, f64) {
    if log {
        if high / low < 1.01 {
            return (low / 2.0, high * 2.0);
        }
    } else if high - low <= 1e-9 * high.abs().max(low.abs()) {
        let room = if high.abs() < 1e-300 {
            0.5
        } else {
            0.2 * high.abs()
        };
        return (low - room, high + room);
    }
    (low, high)
}

/// The first of 1, 2, 5, 10, … times a power of ten that is at least `raw`.
fn round_step(raw: f64) -> f64 {
    let power = pow(10.0, (ln(raw) / std::f64::consts::LN_10).floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|m| m * power);
    let reached = steps.into_iter().find(|s| *s >= raw * 0.999_999);
    reached.unwrap_or(10.0 * power)
}

/// `marks` times every power of ten, from `low` to `high`.
fn log_values(low: f64, high: f64, marks: &[f64]) -> Vec<f64> {
    // Rounding must not put 1e12 below its own decade.
    let decade = |v: f64| (ln(v) / std::f64::consts::LN_10 + 1e-9).floor() as i32;
    (decade(low)..=decade(high))
        .flat_map(|d| {
            marks.iter().map(move |m| {
                if d < 0 {
                    m / pow(10.0, f64::from(-d))
                } else {
                    m * pow(10.0, f64::from(d))
                }
            })
        })
        .filter(|v| *v >= low * 0.999_999 && *v <= high * 1.000_001)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_of_a_logarithmic_axis_are_1_2_5_while_they_fit_and_decades_then() {
        let axis = Axis::log("");
        assert_eq!(axis.tick_values(1.0, 60.0, 8), [1., 2., 5., 10., 20., 50.]);
        assert_eq!(axis.tick_values(1.0, 1e4, 6), [1., 10., 100., 1e3, 1e4]);
        assert_eq!(axis.tick_values(1.0, 1e12, 5).len(), 5);
    }

    #[test]
    fn a_single_value_or_none_still_gives_a_range() {
        let linear = Axis::linear("");
        assert_eq!(linear.shown(&[], false), (0.0, 1.0));
        let (low, high) = linear.shown(&[5.0], true);
        assert!(low < 5.0 && 5.0 < high);
        let (low, high) = Axis::log("").shown(&[5.0, -1.0, f64::NAN], true);
        assert!(0.0 < low && low < 5.0 && 5.0 < high);
    }

    #[test]
    fn linear_ticks_are_round_and_within_the_range() {
        let ticks = Axis::linear("").tick_values(0.0, 1.0, 6);
        assert_eq!(ticks.len(), 6);
        assert!((ticks[3] - 0.6).abs() < 1e-12);
    }
}
