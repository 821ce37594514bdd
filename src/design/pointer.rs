//! JSON pointers (RFC 6901): building, splitting, and the lenient look-up in a template.

use serde_json::Value;

/// `pointer` extended by the field or index `segment`.
#[must_use]
pub fn child(pointer: &str, segment: &str) -> String {
    format!(
        "{pointer}/{}",
        segment.replace('~', "~0").replace('/', "~1")
    )
}

/// `pointer` split into its parent and its last, unescaped segment; `None` for the whole document.
#[must_use]
pub fn split(pointer: &str) -> Option<(&str, String)> {
    let (parent, last) = pointer.rsplit_once('/')?;
    Some((parent, unescape(last)))
}

/// The unescaped segments of `pointer`, from the root.
pub fn segments(pointer: &str) -> impl Iterator<Item = String> + '_ {
    pointer.split('/').skip(1).map(unescape)
}

fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

/// The value at `pointer` in `template`; an index beyond the end of a list gives its last item.
#[must_use]
pub fn lenient<'a>(template: &'a Value, pointer: &str) -> Option<&'a Value> {
    segments(pointer).try_fold(template, |value, segment| match value {
        Value::Object(fields) => fields.get(&segment),
        Value::Array(items) => {
            let index: usize = segment.parse().ok()?;
            items.get(index).or_else(|| items.last())
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn slashes_and_tildes_survive_the_way_out_and_back() {
        let pointer = child(&child("", "a/b"), "c~d");
        assert_eq!(pointer, "/a~1b/c~0d");
        assert_eq!(split(&pointer), Some(("/a~1b", "c~d".to_owned())));
        assert_eq!(segments(&pointer).collect::<Vec<_>>(), ["a/b", "c~d"]);
        assert_eq!(
            json!({"a/b": {"c~d": 7}}).pointer(&pointer),
            Some(&json!(7))
        );
        assert_eq!(split(""), None);
    }

    #[test]
    fn an_index_beyond_the_template_falls_back_to_its_last_item() {
        let template = json!({"wheels": [{"r": 1}, {"r": 2}], "none": []});
        assert_eq!(lenient(&template, "/wheels/0/r"), Some(&json!(1)));
        assert_eq!(lenient(&template, "/wheels/9/r"), Some(&json!(2)));
        assert_eq!(lenient(&template, "/none/0"), None);
        assert_eq!(lenient(&template, "/wheels/x"), None);
        assert_eq!(lenient(&template, ""), Some(&template));
    }
}
