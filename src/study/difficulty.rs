//! How difficult a lock is to open by manipulation, in bands of published times.
//!
//! A lock *holds* a time if at most one in ten locks like it is opened within it, by the upper end
//! of the 95 % interval: what is not shown does not count. The times are thresholds that others have
//! published: 30 min (the manipulation rating of the S&G 8077 padlock), 2 h (UL 768 Group 2M), 20 h
//! (UL 768 Group 1), and 10 min below them (surreptitious opening, FF-P-110). The band is a model
//! result for one attack and one reader; it is no rating and certifies nothing.

use super::resist::POpen;
use crate::stats::Estimate;
use serde::Serialize;

/// The share of locks that may be opened within a time that the design holds.
pub const MOST_OPENED: f64 = 0.1;

/// Where a lock stands on the scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difficulty {
    /// How many of the stated times it holds, from the shortest on: 0 to 4.
    pub level: usize,
    /// In words: `holds 2 h`, `below 10 min`, or `not known` where nobody has looked for so long or too few
    /// trials leave even the shortest time open.
    pub band: String,
    /// Share of locks opened by the end of the time that is held, or of the shortest.
    pub p_open: Estimate,
    /// The next longer time, if the point estimate alone would hold it: more trials may show it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub perhaps: Option<String>,
    /// What the band means.
    pub scale: &'static str,
}

/// What a band means, in one line.
const SCALE: &str = "the longest published time within which at most one lock in ten is opened, by the upper end of the 95 % interval; model result, no certificate";

impl Difficulty {
    /// The band that follows from chances at the stated times, in ascending order.
    #[must_use]
    pub fn of(p_open: &[POpen]) -> Self {
        let holds = |p: &&POpen| p.p.high.is_some_and(|high| high <= MOST_OPENED);
        let level = p_open.iter().take_while(holds).count();
        let shortest = p_open.first().map_or("any time", |p| p.within);
        let held = level.checked_sub(1).map(|k| &p_open[k]);
        let shown = held.or(p_open.first());
        // Where the budget ends before, a time is known not to be held only by what was opened until then.
        let is_open = |p: &POpen| p.p.low.is_some_and(|low| low > MOST_OPENED);
        let is_likely = |p: &&POpen| p.p.value.is_some_and(|v| v <= MOST_OPENED);
        let is_known = p_open
            .first()
            .is_some_and(|p| p.p.value.is_some() && !is_likely(&p) || is_open(p));
        let next = p_open.get(level);
        Self {
            level,
            band: match held {
                Some(p) => format!("holds {}", p.within),
                None if is_known => format!("below {shortest}"),
                None => "not known".to_owned(),
            },
            p_open: shown.map_or(Estimate::unknown(0.95), |p| p.p),
            perhaps: next.filter(is_likely).map(|p| p.within.to_owned()),
            scale: SCALE,
        }
    }

    /// The band, with what more trials may show.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.perhaps {
            Some(longer) if self.level > 0 => format!("{}, perhaps {longer}", self.band),
            Some(shortest) => format!("perhaps holds {shortest}"),
            None => self.band.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p_open(values: [(f64, f64); 4]) -> Vec<POpen> {
        let times = [
            ("10 min", 10.0),
            ("30 min", 30.0),
            ("2 h", 120.0),
            ("20 h", 1200.0),
        ];
        let of = |((within, time_min), (value, high)): ((&'static str, f64), (f64, f64))| POpen {
            within,
            time_min,
            p: Estimate::new(value, 0.0, high, 0.95),
        };
        times.into_iter().zip(values).map(of).collect()
    }

    #[test]
    fn a_lock_holds_the_longest_time_that_its_interval_clears() {
        let d = Difficulty::of(&p_open([
            (0.0, 0.01),
            (0.01, 0.03),
            (0.4, 0.5),
            (0.9, 0.95),
        ]));
        assert_eq!((d.level, d.text().as_str()), (2, "holds 30 min"));
        assert_eq!(d.p_open.high, Some(0.03));
        let d = Difficulty::of(&p_open([(0.0, 0.01); 4]));
        assert_eq!((d.level, d.text().as_str()), (4, "holds 20 h"));
    }

    #[test]
    fn a_budget_that_ends_before_the_shortest_time_leaves_the_band_unknown() {
        let beyond = |low: f64| {
            let mut all = p_open([(0.0, 1.0); 4]);
            for p in &mut all {
                p.p = Estimate::from_options(None, Some(low), Some(1.0), 0.95);
            }
            Difficulty::of(&all)
        };
        assert_eq!(
            (beyond(0.02).level, beyond(0.02).text().as_str()),
            (0, "not known")
        );
        // More than one in ten were opened before the budget ended: that is known.
        assert_eq!(beyond(0.2).text(), "below 10 min");
        assert_eq!(Difficulty::of(&[]).text(), "not known");
    }

    #[test]
    fn what_is_not_shown_does_not_count_but_is_said() {
        let d = Difficulty::of(&p_open([
            (0.0, 0.01),
            (0.08, 0.12),
            (0.4, 0.5),
            (0.9, 0.95),
        ]));
        assert_eq!(d.text(), "holds 10 min, perhaps 30 min");
        let d = Difficulty::of(&p_open([(0.08, 0.12), (0.5, 0.6), (0.6, 0.7), (0.9, 0.95)]));
        assert_eq!((d.level, d.band.as_str()), (0, "not known"));
        assert_eq!(d.text(), "perhaps holds 10 min");
        let d = Difficulty::of(&p_open([(0.3, 0.4), (0.5, 0.6), (0.6, 0.7), (0.9, 0.95)]));
        assert_eq!((d.level, d.text().as_str()), (0, "below 10 min"));
    }
}
