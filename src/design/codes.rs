//! The codes of all findings, with their meaning; the documentation of `check` prints this list.
//!
//! `WP0xx` file and syntax · `WP1xx` structure · `WP2xx` mechanism · `WP3xx` head, owner
//! and study of a design · `WP4xx` codes and rules · `WP5xx` emergency · `WP9xx`
//! stored results. A code never changes its meaning and is never used again.

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
/// A design without a stored result.
pub const BASELINE_MISSING: &str = "WP901";
/// A stored result that cannot be read.
pub const BASELINE_BROKEN: &str = "WP902";
/// A stored result of another format.
pub const BASELINE_FORMAT: &str = "WP903";
/// A stored result of another design.
pub const BASELINE_OTHER: &str = "WP904";
/// A number of a stored result that cannot be.
pub const BASELINE_VALUE: &str = "WP905";
/// A stored result made under other settings.
pub const BASELINE_SETTING: &str = "WP906";

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
    (
        "WP205",
        "the nose does not fit the cam gate, or does not reach it",
    ),
    ("WP206", "the engagement lets the lock open never or always"),
    ("WP207", "a false gate is deep enough to open the lock"),
    (
        "WP211",
        "the spring's rate or a length of its coil is missing or given twice",
    ),
    ("WP212", "the spring is pressed past its solid length"),
    (
        "WP213",
        "the spring is slack while the fence rests on the wheels",
    ),
    ("WP301", "the owner's dialing error is out of range"),
    ("WP302", "the format of the file is not known"),
    ("WP303", "the name cannot name files"),
    ("WP304", "the number of trials is out of range"),
    ("WP305", "a reader is not known"),
    ("WP306", "the family of the lock has no such part"),
    ("WP307", "a reader of the design is not possible"),
    ("WP401", "a rule is not known"),
    (
        "WP402",
        "a field of a rule is unknown, missing or of a wrong type",
    ),
    ("WP403", "a field of a rule is not on this dial"),
    (
        "WP404",
        "the rules contradict each other: nothing is allowed",
    ),
    ("WP405", "the main or a spare code breaks a rule"),
    ("WP406", "a code is named twice"),
    ("WP407", "a window is not possible on this dial"),
    ("WP408", "a size is out of bounds"),
    ("WP409", "a code does not fit the lock"),
    ("WP410", "the rules need too many states"),
    (
        "WP411",
        "the file restates a rule that the mechanism imposes",
    ),
    ("WP412", "the rules leave codes but no window"),
    ("WP413", "a prior over codes is no distribution"),
    ("WP414", "windows of several codes have merged"),
    ("WP501", "a share or probability is outside 0 to 1"),
    ("WP502", "a quantity is negative, too small or too large"),
    ("WP503", "the spread of a number does not fit its value"),
    ("WP504", "an event or gate is not known"),
    ("WP505", "a gate leads back to itself"),
    ("WP506", "there are too many solutions"),
    ("WP507", "there are too many events or leaves"),
    ("WP508", "no cause is looked at"),
    (
        "WP509",
        "remote authorisation is to open a lock without power",
    ),
    ("WP510", "a spare is kept behind its own lock"),
    ("WP511", "nobody holds a spare or key"),
    ("WP512", "the number of holders needed is not possible"),
    ("WP513", "spares are not possible"),
    ("WP514", "a solution is named twice"),
    ("WP516", "an event is not used"),
    ("WP517", "a name stands for two things"),
    ("WP518", "a gate is not possible"),
    ("WP519", "what follows force is not known"),
    ("WP520", "a name or source is missing"),
    ("WP521", "more than one solution is force"),
    ("WP522", "the horizon is out of range"),
    ("WP523", "a link to another analysis is not possible"),
    ("WP524", "the spares are not those of the design's codes"),
    (BASELINE_MISSING, "a design has no baseline"),
    (BASELINE_BROKEN, "a baseline is not a result of wheelpack"),
    (BASELINE_FORMAT, "a baseline has another format"),
    (BASELINE_OTHER, "a baseline is of another design"),
    (BASELINE_VALUE, "a number of a baseline is not possible"),
    (BASELINE_SETTING, "a baseline was made under other settings"),
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
