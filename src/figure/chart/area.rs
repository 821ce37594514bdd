//! Where data values stand on the paper.

use crate::math::ln;

/// An upright rectangle, CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    pub(super) fn holds(&self, inner: &Self) -> bool {
        self.left <= inner.left
            && inner.right <= self.right
            && self.top <= inner.top
            && inner.bottom <= self.bottom
    }

    /// Whether the segment `a`–`b` passes through (by the slab method).
    pub(super) fn is_crossed(&self, a: (f64, f64), b: (f64, f64)) -> bool {
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (from, way, low, high) in [
            (a.0, b.0 - a.0, self.left, self.right),
            (a.1, b.1 - a.1, self.top, self.bottom),
        ] {
            if way.abs() < 1e-9 {
                if from < low || from > high {
                    return false;
                }
                continue;
            }
            let (s, t) = ((low - from) / way, (high - from) / way);
            enter = enter.max(s.min(t));
            leave = leave.min(s.max(t));
        }
        enter <= leave
    }
}

/// One axis laid on the paper: `low` stands at `from_px`, `high` at `to_px`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Map {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) is_log: bool,
    pub(super) from_px: f64,
    pub(super) to_px: f64,
}

impl Map {
    /// The place of `v`; far outside the range it stays within reach of the paper.
    pub(super) fn px(&self, v: f64) -> f64 {
        let share = if self.is_log {
            ln(v.max(1e-300) / self.low) / ln(self.high / self.low)
        } else {
            (v - self.low) / (self.high - self.low)
        };
        self.from_px + share.clamp(-20.0, 20.0) * (self.to_px - self.from_px)
    }

    /// Whether `v` can be shown at all on this kind of axis.
    pub(super) fn takes(&self, v: f64) -> bool {
        v.is_finite() && (!self.is_log || v > 0.0)
    }

    /// Whether `v` lies in the range, give or take rounding.
    pub(super) fn shows(&self, v: f64) -> bool {
        let slack = 1e-9 * (self.high - self.low);
        self.takes(v) && v >= self.low - slack && v <= self.high + slack
    }

    /// Where bars begin: zero, or the nearest end of the range.
    pub(super) fn base_px(&self) -> f64 {
        let zero = if self.is_log { self.low } else { 0.0 };
        self.px(zero.clamp(self.low, self.high))
    }
}

/// The plot: its frame and both axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Plot {
    pub(super) frame: Area,
    pub(super) x: Map,
    pub(super) y: Map,
}

impl Plot {
    /// The place of a point, or `None` where an axis cannot take it.
    pub(super) fn at(&self, (x, y): (f64, f64)) -> Option<(f64, f64)> {
        (self.x.takes(x) && self.y.takes(y)).then(|| (self.x.px(x), self.y.px(y)))
    }

    pub(super) fn shows(&self, (x, y): (f64, f64)) -> bool {
        self.x.shows(x) && self.y.shows(y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_crosses_a_rectangle_it_only_passes_through() {
        let r = Area {
            left: 0.0,
            top: 0.0,
            right: 10.0,
            bottom: 5.0,
        };
        assert!(r.is_crossed((-5.0, 2.0), (15.0, 3.0)));
        assert!(r.is_crossed((5.0, -5.0), (5.0, 15.0)));
        assert!(!r.is_crossed((-5.0, 6.0), (15.0, 6.0)));
        assert!(!r.is_crossed((-5.0, 2.0), (-1.0, 3.0)));
    }

    #[test]
    fn decades_are_equally_wide_on_a_logarithmic_axis() {
        let m = Map {
            low: 1.0,
            high: 100.0,
            is_log: true,
            from_px: 0.0,
            to_px: 200.0,
        };
        assert!((m.px(10.0) - 100.0).abs() < 1e-9);
        assert!(!m.takes(0.0) && !m.shows(101.0));
    }
}
