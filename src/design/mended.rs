//! Which findings of meaning are of what the file says, and which of what was put where a value did not fit.

use super::{codes, pointer};
use crate::finding::Finding;

/// Faults of shape after which another value stands in the place.
const MENDED: [&str; 7] = [
    codes::TOO_DEEP,
    codes::NUMBER,
    codes::MISSING_FIELD,
    codes::WRONG_TYPE,
    codes::WRONG_VALUE,
    codes::UNKNOWN_NAME,
    codes::WRONG_LENGTH,
];

/// Findings that hold a place against others in a section.
const AGAINST: &[(&str, &str)] = &[
    ("WP203", "/mechanism"),
    ("WP204", "/mechanism"),
    ("WP205", "/mechanism"),
    ("WP206", "/mechanism"),
    ("WP207", "/mechanism"),
    ("WP212", "/mechanism"),
    ("WP213", "/mechanism"),
    ("WP524", "/codes"),
];

/// Those of `checked` that do not come from mending the faults of shape `unfit`.
pub(super) fn own(unfit: &[Finding], checked: &[Finding]) -> Vec<Finding> {
    let is_own = |f: &&Finding| !unfit.iter().any(|u| is_by(u, f));
    checked.iter().filter(is_own).cloned().collect()
}

/// Whether `f` may only come from what stands in the place of `u`.
fn is_by(u: &Finding, f: &Finding) -> bool {
    let is_part = u.code != codes::UNKNOWN_FIELD
        && pointer::split(&u.at).is_some_and(|(parent, _)| parent == f.at);
    let is_mended = MENDED.contains(&u.code);
    let mut others = AGAINST.iter().filter(|(code, _)| *code == f.code);
    u.at == f.at
        || is_part
        || is_mended && is_below(&f.at, &u.at)
        || is_mended && others.any(|(_, section)| u.at == *section || is_below(&u.at, section))
}

fn is_below(at: &str, above: &str) -> bool {
    let below = at.strip_prefix(above);
    below.is_some_and(|below| below.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mends_a_fault_is_not_told_of_and_what_is_said_in_the_file_is() {
        let finding = |code, at: &str| Finding::error(code, at, "", "");
        let is_told = |u: (&'static str, &str), f: (&'static str, &str)| {
            !own(&[finding(u.0, u.1)], &[finding(f.0, f.1)]).is_empty()
        };
        let wheel = (codes::WRONG_TYPE, "/mechanism/wheel");
        for (f, expected) in [
            (("WP201", "/mechanism/wheel"), false),
            (("WP201", "/mechanism/wheel/runout_mm"), false),
            (("WP201", "/mechanism/wheels"), true),
            (("WP201", "/mechanism/cam/radius_mm"), true),
            (("WP205", "/mechanism/cam/gate/mouth_mm"), false),
            (("WP409", "/codes/main"), true),
        ] {
            assert_eq!(is_told(wheel, f), expected, "{f:?}");
        }
        let misspelt = (codes::UNKNOWN_FIELD, "/mechanism/wheel/runot_mm");
        assert!(is_told(misspelt, ("WP205", "/mechanism/cam/gate/mouth_mm")));
        let spare = (codes::WRONG_TYPE, "/codes/spares/0");
        assert!(!is_told(spare, ("WP524", "/emergency/solutions/0/kind")));
        assert!(is_told(wheel, ("WP524", "/emergency/solutions/0/kind")));
    }
}
