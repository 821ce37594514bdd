//! The codes of all findings, with their meaning; the documentation of `check` prints this list.
//!
//! `WP0xx` file and syntax · `WP1xx` structure · `WP2xx` mechanism · `WP3xx` codes and rules ·
//! `WP4xx` study · `WP5xx` emergency. A code never changes its meaning and is never used again.

/// The text is not JSON.
pub const SYNTAX: &str = "WP001";
/// The file holds no value at all.
pub const EMPTY: &str = "WP002";
/// Lists and objects nested deeper than any design needs.
pub const TOO_DEEP: &str = "WP003";
/// A field given twice in one object.
pub const DUPLICATE_FIELD: &str = "WP004";
/// A number that is no finite number here.
pub const NUMBER: &str = "WP005";
/// A raw control character in a text.
pub const CONTROL_CHARACTER: &str = "WP006";
/// A field that nobody reads.
pub const UNKNOWN_FIELD: &str = "WP101";
/// A field that is needed and not there.
pub const MISSING_FIELD: &str = "WP102";
/// A value of the wrong type.
pub const WRONG_TYPE: &str = "WP103";
/// A value of the right type that cannot be.
pub const WRONG_VALUE: &str = "WP104";
/// A name that is not in its list.
pub const UNKNOWN_NAME: &str = "WP105";
/// A list with too many or too few items.
pub const WRONG_LENGTH: &str = "WP106";
/// So many faults that the rest is not listed.
pub const TOO_MANY: &str = "WP107";

/// Every code with its meaning, in order.
pub const CODES: &[(&str, &str)] = &[
    (
        SYNTAX,
        "the text is not JSON, not even with comments and trailing commas",
    ),
    (EMPTY, "the file is empty or holds only comments"),
    (TOO_DEEP, "lists and objects are nested too deeply"),
    (DUPLICATE_FIELD, "a field is given twice in one object"),
    (NUMBER, "a number is too large to be represented"),
    (CONTROL_CHARACTER, "a text contains a raw control character"),
    (UNKNOWN_FIELD, "a field is not known at this place"),
    (MISSING_FIELD, "a field is missing"),
    (WRONG_TYPE, "a value has the wrong type"),
    (WRONG_VALUE, "a value is not possible here"),
    (UNKNOWN_NAME, "a name is not in its list"),
    (WRONG_LENGTH, "a list has too many or too few items"),
    (TOO_MANY, "there are too many faults to list them all"),
    ("WP201", "a dimension is outside its range"),
    ("WP202", "a tolerance is not possible"),
    ("WP203", "the fence is too wide for the gate"),
    ("WP204", "the fence does not come down on the wheels"),
    ("WP205", "the nose does not fit the cam gate, or does not reach it"),
    ("WP206", "the engagement lets the lock open never or always"),
    ("WP207", "a false gate is deep enough to open the lock"),
    ("WP211", "the spring's rate or a length of its coil is missing or given twice"),
    ("WP212", "the spring is pressed past its solid length"),
    ("WP213", "the spring is slack while the fence rests on the wheels"),
];

/// Whether the place of a finding with this code is the name of the field, not its value.
pub(super) fn points_at_name(code: &str) -> bool {
    code == UNKNOWN_FIELD || code == DUPLICATE_FIELD
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_well_formed_and_in_order() {
        for pair in CODES.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} before {}", pair[0].0, pair[1].0);
        }
        for (code, meaning) in CODES {
            let digits = code.strip_prefix("WP").unwrap();
            assert!(digits.len() == 3 && digits.parse::<u16>().is_ok(), "{code}");
            assert!(!meaning.is_empty(), "{code} has no meaning");
        }
    }
}
