//! A design with some of its numbers changed: what sweeps and sensitivity studies are made of.

use super::lock_design::{Design, read};
use super::place::Located;
use super::pointer;
use super::source::SourceText;
use super::tree::parse;
use crate::error::{Error, Result};
use crate::finding::Severity;
use serde_json::Value;

/// A design file as a value that can be changed. Its emergency section is left out.
#[derive(Debug, Clone)]
pub struct Variation {
    file: Value,
}

/// A tolerance in a design file.
#[derive(Debug, Clone, PartialEq)]
pub struct Toleranced {
    /// JSON pointer of the dimension.
    pub at: String,
    /// Its upper and lower deviation, in the unit of its name.
    pub deviations: (f64, f64),
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// The number at a JSON pointer becomes this one.
    Number(String, f64),
    /// Both deviations of the dimension at a JSON pointer are multiplied by this factor.
    Tolerance(String, f64),
}

impl Variation {
    /// Of the design in `source`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] where the text is no JSON.
    pub fn new(source: &SourceText) -> Result<Self> {
        let tree = parse(source, &mut Vec::new()).map_err(|fault| {
            let located = Located::unreadable(source, fault);
            refused(&located.finding.message, &located.finding.hint)
        })?;
        let mut file = tree.value;
        if let Some(fields) = file.as_object_mut() {
            fields.shift_remove("emergency");
        }
        Ok(Self { file })
    }

    /// Every dimension of the mechanism that has a tolerance, in the order of the file.
    #[must_use]
    pub fn tolerances(&self) -> Vec<Toleranced> {
        let mut found = Vec::new();
        if let Some(mechanism) = self.file.get("mechanism") {
            collect(mechanism, "/mechanism", &mut found);
        }
        found
    }

    /// The number at a JSON pointer.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] where there is none.
    pub fn number(&self, at: &str) -> Result<f64> {
        let found = self.file.pointer(at).and_then(Value::as_f64);
        found.ok_or_else(|| Error::OutOfRange {
            name: "the place to vary",
            got: at.to_owned(),
            allowed:
                "the JSON pointer of a number in the design, like /mechanism/spring/torque_nmm"
                    .to_owned(),
        })
    }

    /// The design with `changes`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] where a place does not exist or the changed design is not sound.
    pub fn with(&self, changes: &[Change]) -> Result<Design> {
        let mut file = self.file.clone();
        for change in changes {
            match change {
                Change::Number(at, value) => {
                    self.number(at)?;
                    set(&mut file, at, *value);
                }
                Change::Tolerance(at, factor) => {
                    for field in ["plus_minus", "plus", "minus"] {
                        let at = pointer::child(at, field);
                        if let Ok(width) = self.number(&at) {
                            set(&mut file, &at, factor * width);
                        }
                    }
                }
            }
        }
        let source = SourceText::from_bytes("the varied design", file.to_string().as_bytes())?;
        let reading = read(&source);
        let fault = reading.findings.iter().map(|f| &f.finding);
        let fault = fault.clone().find(|f| f.severity == Severity::Error);
        reading.design.ok_or_else(|| match fault {
            Some(f) => refused(&f.message, &f.hint),
            None => refused("it is not sound", "a sound design"),
        })
    }
}

fn refused(message: &str, hint: &str) -> Error {
    Error::OutOfRange {
        name: "the varied design",
        got: message.to_owned(),
        allowed: hint.to_owned(),
    }
}

fn set(file: &mut Value, at: &str, value: f64) {
    if let Some(place) = file.pointer_mut(at) {
        // A whole number stays one: counts are no fractions.
        *place = match place.is_f64() || value.fract().abs() > 0.0 {
            true => value.into(),
            #[allow(clippy::cast_possible_truncation, reason = "checked to be whole")]
            false => (value as i64).into(),
        };
    }
}

fn collect(value: &Value, at: &str, found: &mut Vec<Toleranced>) {
    match value {
        Value::Object(fields) if fields.contains_key("nominal") => {
            let width = |name: &str| fields.get(name).and_then(Value::as_f64);
            let both = width("plus_minus").unwrap_or(0.0);
            let deviations = (
                width("plus").unwrap_or(both),
                width("minus").unwrap_or(both),
            );
            if deviations.0 + deviations.1 > 0.0 {
                found.push(Toleranced {
                    at: at.to_owned(),
                    deviations,
                });
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                collect(field, &pointer::child(at, name), found);
            }
        }
        Value::Array(items) => {
            for (k, item) in items.iter().enumerate() {
                collect(item, &pointer::child(at, &k.to_string()), found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::SHIPPED;

    fn group2() -> Variation {
        Variation::new(&SHIPPED[0].open().unwrap()).unwrap()
    }

    #[test]
    fn every_tolerance_of_the_mechanism_is_found_and_can_be_scaled() {
        let variation = group2();
        let at: Vec<String> = variation.tolerances().into_iter().map(|t| t.at).collect();
        assert_eq!(
            at,
            [
                "/mechanism/wheel/rim_radius_mm",
                "/mechanism/wheel/runout_mm",
                "/mechanism/wheel/gate/width_mm",
                "/mechanism/wheel/gate/position_marks",
                "/mechanism/lever/fence/out_of_parallel"
            ]
        );
        let half = variation
            .with(&[Change::Tolerance(at[0].clone(), 0.5)])
            .unwrap();
        let lock = half.lock.contact().unwrap();
        assert!((lock.rim_radius_mm.plus - 0.3).abs() < 1e-12);
        assert!(half.emergency.is_none());
    }

    #[test]
    fn a_number_is_replaced_and_an_impossible_one_refused() {
        let variation = group2();
        let torque = "/mechanism/spring/torque_nmm".to_owned();
        let stiff = variation.with(&[Change::Number(torque, 90.5)]).unwrap();
        let lock = stiff.lock.contact().unwrap();
        assert!((lock.nominal.torque_nmm(lock.nominal.rim.lever_rad) - 90.5).abs() < 1e-6);
        let four = Change::Number("/mechanism/wheels".to_owned(), 9.0);
        assert!(variation.with(&[four]).is_err());
        let nowhere = Change::Number("/mechanism/spring/force".to_owned(), 1.0);
        let said = variation.with(&[nowhere]).err().unwrap().to_string();
        assert!(said.contains("JSON pointer of a number"), "{said}");
    }
}
