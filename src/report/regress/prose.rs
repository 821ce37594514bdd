//! What in a result is prose: it may be worded anew without a number having changed.
//!
//! Names that are results (`opened`, the order of attempts) are no prose, and are compared to the letter.

/// Fields that hold prose, whatever stands in them.
const FIELDS: &[&str] = &[
    "about",
    "band",
    "because",
    "hint",
    "message",
    "note",
    "reader_source",
    "scale",
    "source",
];

/// Whether the text at `path`, names separated by `/`, is prose.
pub(super) fn is_prose(path: &str, text: &str) -> bool {
    let field = path.rsplit('/').next().unwrap_or(path);
    FIELDS.contains(&field) || is_sentence(text)
}

/// Whether two words stand side by side: `fails mostly by …` is a sentence, `opened`, `2 h` and `L4 22 R3 67 L` are
/// none.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let of_letters = |c: char| c.is_alphabetic() || "-_'’.".contains(c);
        word.chars().count() > 1 && word.chars().all(of_letters)
    };
    let words: Vec<bool> = text.split_whitespace().map(is_word).collect();
    words.windows(2).any(|pair| pair[0] && pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_prose_and_names_programs_and_times_are_not() {
        for text in [
            "fails mostly by lock_network_down (10.00 %)",
            "model result, not a measurement",
            "wheel 4 gate width",
        ] {
            assert!(is_prose("a/reason", text), "{text}");
        }
        for text in ["opened", "L4 22 R3 67 L2 38 R", "2 h", "EN 1300", "", "0.5"] {
            assert!(!is_prose("a/reason", text), "{text}");
        }
        assert!(is_prose("keyspace/standards/1/source", "judgement"));
    }
}
