//! Makes a value fit, part by part, with parts of a template: so that reading can go on after the
//! first fault and all faults come out at once.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fault::Fault;
use super::misfit::Misfit;
use super::pointer;
use crate::error::nearest;

/// A value under repair.
pub(super) struct Repair<'a> {
    pub(super) value: Value,
    template: &'a Value,
    /// Places that already hold the template's value: a fault there again is one further up.
    replaced: BTreeSet<String>,
    /// Items taken out of lists, in order: the list and the index.
    removed: Vec<(String, usize)>,
    /// Where a field was taken out for want of a fitting one, in the file.
    gone: Vec<String>,
}

impl<'a> Repair<'a> {
    pub(super) fn new(value: Value, template: &'a Value) -> Self {
        Self {
            value,
            template,
            replaced: BTreeSet::new(),
            removed: Vec::new(),
            gone: Vec::new(),
        }
    }

    /// Whether a fault at `place` in the file may only say that a field is gone that was taken out here.
    pub(super) fn is_of_repair(&self, place: &str) -> bool {
        let is_below = |gone: &String| {
            gone.strip_prefix(place)
                .is_some_and(|below| below.is_empty() || below.starts_with('/'))
        };
        self.gone.iter().any(is_below)
    }

    /// The pointer in the file of the place `at` of the value under repair.
    pub(super) fn pointer_in_file(&self, at: &str) -> String {
        let mut at = at.to_owned();
        for (list, removed) in self.removed.iter().rev() {
            if let Some(below) = at.strip_prefix(list.as_str())
                && let Some(below) = below.strip_prefix('/')
            {
                let (index, rest) = below.split_at(below.find('/').unwrap_or(below.len()));
                if let Ok(index) = index.parse::<usize>()
                    && index >= *removed
                {
                    at = format!("{list}/{}{rest}", index + 1);
                }
            }
        }
        at
    }

    /// Takes the misfit away; false if nothing is left that could be changed.
    pub(super) fn mend(&mut self, misfit: &Misfit) -> bool {
        match &misfit.fault {
            Fault::UnknownField { name, known } => self.rename_or_remove(&misfit.at, name, known),
            Fault::MissingField { name } => self.insert(&misfit.at, name),
            _ => self.replace(&misfit.at),
        }
    }

    /// A misspelt field keeps its value under the right name, unless that is there as well.
    fn rename_or_remove(&mut self, at: &str, name: &str, known: &[&str]) -> bool {
        let Some((parent, _)) = pointer::split(at) else {
            return self.replace(at);
        };
        let Some(Value::Object(fields)) = self.value.pointer_mut(parent) else {
            return self.replace(parent);
        };
        let Some(content) = fields.shift_remove(name) else {
            return self.replace(parent);
        };
        if let Some(right) = nearest(name, known)
            && !fields.contains_key(right)
        {
            fields.insert(right.to_owned(), content);
        }
        true
    }

    fn insert(&mut self, at: &str, name: &str) -> bool {
        let parent = pointer::split(at).map_or("", |(parent, _)| parent);
        match (
            pointer::lenient(self.template, at),
            self.value.pointer_mut(parent),
        ) {
            (Some(content), Some(Value::Object(fields))) if !fields.contains_key(name) => {
                fields.insert(name.to_owned(), content.clone());
                self.replaced.insert(at.to_owned());
                true
            }
            _ => self.replace(parent),
        }
    }

    /// Puts the template's value at `at`; where it has none, takes the part out; if that was done
    /// before, does the same one level up.
    fn replace(&mut self, at: &str) -> bool {
        let mut at = at;
        loop {
            if self.replaced.insert(at.to_owned()) {
                if let (Some(content), Some(part)) = (
                    pointer::lenient(self.template, at),
                    self.value.pointer_mut(at),
                ) {
                    *part = content.clone();
                    return true;
                }
                if self.remove(at) {
                    return true;
                }
            }
            match pointer::split(at) {
                Some((parent, _)) => at = parent,
                None => return false,
            }
        }
    }

    fn remove(&mut self, at: &str) -> bool {
        let Some((parent, last)) = pointer::split(at) else {
            return false;
        };
        match self.value.pointer_mut(parent) {
            Some(Value::Object(fields)) => {
                let is_gone = fields.shift_remove(&last).is_some();
                if is_gone {
                    let place = self.pointer_in_file(at);
                    self.gone.push(place);
                }
                is_gone
            }
            Some(Value::Array(items)) => match last.parse::<usize>() {
                Ok(index) if index < items.len() => {
                    items.remove(index);
                    self.removed.push((parent.to_owned(), index));
                    // what stood behind has moved up
                    let below = format!("{parent}/");
                    self.replaced.retain(|place| !place.starts_with(&below));
                    true
                }
                _ => false,
            },
            _ => false,
        }
    }
}
