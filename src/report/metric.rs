//! The numbers of a result that are worth a verdict, and which way each of them is good.
//!
//! A new number is a line in [`METRICS`]; `compare` and `regress` then judge it.

/// One number, or one kind of number, of `summary.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metric {
    /// Its place in a design's result; `*` stands for any one name.
    pub path: &'static str,
    /// How it is compared.
    pub kind: Kind,
    /// Which way is good.
    pub good: Good,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number, digit by digit.
    Count,
    /// Yes or no.
    Flag,
    /// Computed without chance: equal within 1e-9 of its size.
    Number,
    /// Estimated from trials: by its interval.
    Estimate,
}

/// Which way a number is good for the owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Good {
    /// More is better; for a flag: yes.
    More,
    /// Less is better; for a flag: no.
    Less,
    /// It depends: a change is told and not judged.
    Neither,
}

const fn metric(path: &'static str, kind: Kind, good: Good) -> Metric {
    Metric { path, kind, good }
}

/// All of them, in the order in which they are told.
pub const METRICS: &[Metric] = &[
    metric("keyspace/dialable", Kind::Count, Good::More),
    metric("keyspace/allowed", Kind::Count, Good::More),
    metric("keyspace/effective", Kind::Count, Good::More),
    metric("keyspace/effective_allowed", Kind::Count, Good::More),
    metric("keyspace/cover_tries", Kind::Count, Good::More),
    metric("keyspace/positions/*", Kind::Count, Good::Neither),
    metric("keyspace/intended_openings", Kind::Count, Good::Neither),
    metric("keyspace/openings", Kind::Count, Good::Less),
    metric("keyspace/ghosts", Kind::Count, Good::Less),
    metric("keyspace/ghosts_off_rules", Kind::Count, Good::Less),
    metric("keyspace/independent", Kind::Flag, Good::More),
    metric("keyspace/opening_settings", Kind::Count, Good::Less),
    metric("keyspace/p_random_setting", Kind::Number, Good::Less),
    metric("keyspace/bits_lost", Kind::Number, Good::Less),
    metric("keyspace/search_settings", Kind::Count, Good::More),
    metric("keyspace/random_order_mean_tries", Kind::Number, Good::More),
    metric("keyspace/entropy_bits", Kind::Number, Good::More),
    metric(
        "keyspace/guess/*/min_entropy_bits",
        Kind::Number,
        Good::More,
    ),
    metric("keyspace/guess/*/guesswork_tries", Kind::Number, Good::More),
    metric(
        "keyspace/guess/*/success/*/p_open",
        Kind::Number,
        Good::Less,
    ),
    metric(
        "keyspace/spare_holders/*/tries_to_main_max",
        Kind::Count,
        Good::More,
    ),
    metric("keyspace/standards/*/passes", Kind::Flag, Good::More),
    metric("buttons/dialable", Kind::Count, Good::More),
    metric("buttons/allowed", Kind::Count, Good::More),
    metric("buttons/effective_allowed", Kind::Count, Good::More),
    metric("window/window_half_marks", Kind::Number, Good::More),
    metric("window/signature_half_marks", Kind::Number, Good::Less),
    metric("window/open_depth_mm", Kind::Number, Good::Neither),
    metric("tolerance/window_half_marks/*", Kind::Estimate, Good::More),
    metric("tolerance/p_open_first_dialing", Kind::Estimate, Good::More),
    metric(
        "tolerance/p_open_one_mark_off",
        Kind::Estimate,
        Good::Neither,
    ),
    metric("tolerance/largest_error_marks", Kind::Estimate, Good::More),
    // The bands above are those of locks, which a looser tolerance only widens; these are exact.
    metric("tolerance/worst_case/*/low", Kind::Number, Good::More),
    metric("tolerance/rss/*/low", Kind::Number, Good::More),
    metric("tolerance/worn_out_at_cycles", Kind::Number, Good::More),
    metric("resist/*/t10_min", Kind::Estimate, Good::More),
    metric("resist/*/t50_min", Kind::Estimate, Good::More),
    metric("resist/*/t90_min", Kind::Estimate, Good::More),
    metric("resist/*/p_open/*/p", Kind::Estimate, Good::Less),
    metric("resist/*/readings", Kind::Estimate, Good::More),
    metric("resist/*/tries", Kind::Estimate, Good::More),
    metric("resist/*/turns", Kind::Estimate, Good::More),
    metric("resist/*/inconclusive_share", Kind::Estimate, Good::More),
    metric("resist/*/signal_to_noise/*", Kind::Estimate, Good::Less),
    // Of a sampled figure of the emergency analysis the nominal value is compared: it is exact, and
    // the interval is that of the inputs, not of the computation. Ranks depend on the other designs.
    metric(
        "emergency/rates_per_year/*/nominal",
        Kind::Number,
        Good::Less,
    ),
    metric(
        "emergency/lockouts_per_year/nominal",
        Kind::Number,
        Good::Less,
    ),
    metric("emergency/success/*/*/p", Kind::Number, Good::More),
    metric("emergency/plan/*/p_open", Kind::Number, Good::More),
    metric("emergency/plan/*/expected_cost", Kind::Number, Good::Less),
    metric("emergency/plan/*/expected_time_h", Kind::Number, Good::Less),
    metric(
        "emergency/exposure_per_year/*/nominal",
        Kind::Number,
        Good::Less,
    ),
    metric("emergency/annual_loss/nominal", Kind::Number, Good::Less),
    // What the trials leave open of the numbers above; those are judged.
    metric(
        "emergency/by_trials/plan/*/p_open",
        Kind::Estimate,
        Good::Neither,
    ),
    metric(
        "emergency/by_trials/plan/*/expected_cost",
        Kind::Estimate,
        Good::Neither,
    ),
    metric(
        "emergency/by_trials/plan/*/expected_time_h",
        Kind::Estimate,
        Good::Neither,
    ),
    metric(
        "emergency/by_trials/exposure_per_year/*",
        Kind::Estimate,
        Good::Neither,
    ),
    metric(
        "emergency/by_trials/annual_loss",
        Kind::Estimate,
        Good::Neither,
    ),
];

/// The fingerprint of the trials from which numbers of the emergency analysis follow.
pub const TRIALS: &str = "emergency/by_trials/curve";

/// Where the estimate stands that says what the trials leave open of the number at `path`, if they do.
#[must_use]
pub fn by_trials(path: &str) -> Option<String> {
    let figure = path.strip_prefix("emergency/")?;
    let figure = figure.strip_suffix("/nominal").unwrap_or(figure);
    Some(format!("emergency/by_trials/{figure}"))
}

/// The metric whose place is `path`, names separated by `/`.
#[must_use]
pub fn at(path: &str) -> Option<&'static Metric> {
    METRICS.iter().find(|m| {
        let (mut pattern, mut names) = (m.path.split('/'), path.split('/'));
        loop {
            match (pattern.next(), names.next()) {
                (None, None) => return true,
                (Some("*"), Some(_)) => {}
                (Some(wanted), Some(name)) if wanted == name => {}
                _ => return false,
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_through_any_one_name_and_no_more() {
        let of = |path| at(path).map(|m| m.path);
        assert_eq!(of("keyspace/ghosts"), Some("keyspace/ghosts"));
        assert_eq!(
            of("resist/graphing expert/p_open/2 h/p"),
            Some("resist/*/p_open/*/p")
        );
        assert_eq!(of("resist/t50_min"), None);
        assert_eq!(of("keyspace/ghosts/more"), None);
        assert_eq!(of("resist/graphing expert/curve"), None);
    }

    #[test]
    fn no_place_is_listed_twice() {
        for (k, m) in METRICS.iter().enumerate() {
            assert!(METRICS[..k].iter().all(|n| n.path != m.path), "{}", m.path);
        }
    }
}
