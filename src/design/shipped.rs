//! The designs that come with the tool, embedded in the binary.

use super::source::SourceText;
use crate::emergency::check::MAX_SOLUTIONS;
use crate::emergency::shipped::shipped_section_json;
use crate::error::Result;
use crate::mechanism::{FAMILIES, MechanismSpec};
use serde_json::Value;

/// One shipped design.
pub struct Shipped {
    /// Its name.
    pub name: &'static str,
    /// One line on what it is.
    pub about: &'static str,
    /// The file's text.
    pub text: &'static str,
}

macro_rules! shipped {
    ($($name:literal: $about:literal),* $(,)?) => {
        &[$(Shipped {
            name: $name,
            about: $about,
            text: include_str!(concat!("../../designs/", $name, ".json")),
        }),*]
    };
}

/// All shipped designs, in the order of the report.
pub const SHIPPED: &[Shipped] = shipped![
    "group2-dial": "three wheels, 100 marks: the plain lock of its kind",
    "group2-four-wheel": "the same with a fourth wheel",
    "group2m-false-gates": "three wheels with false gates and closer tolerances",
    "group1-roller-nose": "three wheels read through a light lever and a roller: the hard one",
    "padlock-50-mark": "three wheels and 50 marks in a padlock",
    "dial-spare-shared-wheels": "main and one spare code as extra gates on shared wheels",
    "dial-two-spares-shared": "main and two spare codes as extra gates on shared wheels",
    "dial-spare-separate-pack": "main and one spare code, each on a wheel pack of its own",
    "dial-two-spares-separate": "main and two spare codes, each on a wheel pack of its own",
    "smart-outdoor-lock": "electronic outdoor lock with four emergency openings",
];

impl Shipped {
    /// The design as a source text named after its file.
    ///
    /// # Errors
    /// Never for the designs in this list; the type is that of any source.
    pub fn open(&self) -> Result<SourceText> {
        SourceText::from_bytes(&format!("designs/{}.json", self.name), self.text.as_bytes())
    }
}

/// A complete design to start from, with the mechanism of family `name`; `None` if there is none.
#[must_use]
pub fn example(name: &str) -> Option<Value> {
    let family = FAMILIES.iter().find(|f| f.name == name)?;
    let mut design: Value = serde_json::from_str(SHIPPED[0].text).ok()?;
    let mechanism: Value = serde_json::from_str(family.example).ok()?;
    let fields = design.as_object_mut()?;
    fields.insert("mechanism".to_owned(), mechanism);
    fields.insert(
        "name".to_owned(),
        format!("my-{}", name.replace('_', "-")).into(),
    );
    fields.insert(
        "source".to_owned(),
        "assumption: a starting point, change every number".into(),
    );
    fields.remove("emergency");
    if !has_wheels(family.example) {
        // All there is to say of such a lock is how it opens in an emergency.
        fields.remove("codes");
        let text = shipped_section_json("smart-outdoor-lock")?;
        fields.insert("emergency".to_owned(), section_of(text));
    }
    Some(design)
}

/// Whether the mechanism of a family's example has wheels that carry codes.
fn has_wheels(example: &str) -> bool {
    let spec = serde_json::from_str::<MechanismSpec>(example).ok();
    spec.and_then(|spec| spec.build().ok())
        .is_some_and(|lock| lock.pack().is_some())
}

/// The template that mends and explains faults of `file`: the example of the family it names, or
/// the first family's.
pub(super) fn template_for(file: &Value) -> Value {
    let named = file.pointer("/mechanism/family").and_then(Value::as_str);
    let design = named
        .and_then(example)
        .or_else(|| example(FAMILIES[0].name));
    let mut design = design.unwrap_or_default();
    // Optional parts too, so that a fault in one is explained by an example.
    if let Some(mechanism) = design.get_mut("mechanism") {
        let family = FAMILIES.iter().find(|f| mechanism["family"] == f.name);
        let optional = family.and_then(|f| serde_json::from_str(f.optional).ok());
        lay_over(mechanism, optional.unwrap_or_default());
    }
    if let Some(codes) = design.pointer_mut("/codes").and_then(Value::as_object_mut) {
        let spare = serde_json::json!([{ "code": "41-30-66", "realisation": "extra_gates" }]);
        codes.insert("spares".to_owned(), spare);
    }
    if let Some(readers) = design.pointer_mut("/study/readers") {
        *readers = serde_json::json!([super::readers::example()]);
    }
    if let Some(fields) = design.as_object_mut() {
        fields.insert("emergency".to_owned(), emergency_template(file));
    }
    design
}

/// Puts what `more` has into `value`, object into object.
fn lay_over(value: &mut Value, more: Value) {
    match (value, more) {
        (Value::Object(fields), Value::Object(more)) => {
            for (name, part) in more {
                lay_over(fields.entry(name).or_insert(Value::Null), part);
            }
        }
        (value, more) if !more.is_null() => *value = more,
        _ => {}
    }
}

/// A shipped emergency section whose solutions are of the kinds of those of `file`, one by one, as far as
/// the shipped sections have these kinds.
fn emergency_template(file: &Value) -> Value {
    let shipped = ["smart-outdoor-lock", "mechanical-one-spare"];
    let mut sections = shipped
        .iter()
        .filter_map(|name| shipped_section_json(name))
        .map(section_of)
        .collect::<Vec<_>>()
        .into_iter();
    let mut section = sections.next().unwrap_or_default();
    let solutions = |section: &Value| {
        let all = section.pointer("/solutions").and_then(Value::as_array);
        all.cloned().unwrap_or_default()
    };
    let kind = |solution: &Value| {
        let named = solution.pointer("/kind").and_then(Value::as_object);
        named.and_then(|k| k.keys().next().cloned())
    };
    let mut known = solutions(&section);
    known.extend(sections.flat_map(|s| solutions(&s)));
    let kinds: Vec<String> = known.iter().filter_map(kind).collect();
    let names: Vec<&str> = kinds.iter().map(String::as_str).collect();
    let like = |solution: &Value| {
        let wanted = kind(solution)?;
        let right = crate::error::nearest(&wanted, &names)?;
        known.iter().find(|s| kind(s).as_deref() == Some(right))
    };
    let own = file
        .pointer("/emergency/solutions")
        .and_then(Value::as_array);
    if let (Some(own), Some(first)) = (own, known.first()) {
        // More than these are a fault of its own.
        let alike = own
            .iter()
            .take(2 * MAX_SOLUTIONS)
            .map(|s| like(s).unwrap_or(first));
        let alike: Vec<Value> = alike.chain([first]).cloned().collect();
        section["solutions"] = alike.into();
    }
    section
}

/// A shipped emergency section as it stands in a design file: without a name.
fn section_of(text: &str) -> Value {
    let mut section: Value = serde_json::from_str(text).unwrap_or_default();
    if let Some(fields) = section.as_object_mut() {
        fields.remove("name");
    }
    section
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_of_a_family_fits_in_shape_with_all_its_optional_parts() {
        for family in FAMILIES {
            let template = template_for(&serde_json::json!({"mechanism": {"family": family.name}}));
            // In shape: some parts are alternatives, such as a rate and the coil that gives it.
            serde_json::from_value::<MechanismSpec>(template["mechanism"].clone())
                .expect(family.name);
            let mut twice = template["mechanism"].clone();
            lay_over(
                &mut twice,
                serde_json::from_str(family.optional).expect("JSON"),
            );
            assert_eq!(twice, template["mechanism"], "{}", family.name);
        }
    }
}
