//! The shipped emergency sections: an outdoor smart lock and its mechanical rivals.

use super::spec::EmergencySpec;

const SHIPPED: [(&str, &str); 6] = [
    (
        "smart-outdoor-lock",
        include_str!("data/design/smart-outdoor-lock.json"),
    ),
    (
        "mechanical-no-spare",
        include_str!("data/design/mechanical-no-spare.json"),
    ),
    (
        "mechanical-one-spare",
        include_str!("data/design/mechanical-one-spare.json"),
    ),
    (
        "mechanical-two-spares",
        include_str!("data/design/mechanical-two-spares.json"),
    ),
    (
        "mechanical-one-spare-shared",
        include_str!("data/design/mechanical-one-spare-shared.json"),
    ),
    (
        "mechanical-two-spares-shared",
        include_str!("data/design/mechanical-two-spares-shared.json"),
    ),
];

/// Names of the shipped emergency sections.
#[must_use]
pub fn shipped_section_names() -> [&'static str; 6] {
    SHIPPED.map(|(name, _)| name)
}

/// The text of a shipped emergency section (also the template to start from), or `None`.
#[must_use]
pub fn shipped_section_json(name: &str) -> Option<&'static str> {
    SHIPPED
        .iter()
        .find(|(n, _)| *n == name)
        .map(|(_, text)| *text)
}

/// A shipped emergency section, or `None` where there is none of that name.
#[must_use]
pub fn shipped_section(name: &str) -> Option<EmergencySpec> {
    shipped_section_json(name)
        .map(|text| serde_json::from_str(text).expect("the shipped sections are valid"))
}
