//! What an analysis of a key space starts from, and what can be wrong with it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::count::Count;
use super::gate::GateWindow;
use super::mark::{Code, Mark};
use super::opening::CODES_MAX;
use super::place::Places;
use super::prior::Chosen;
use super::rule_set::RuleSet;
use super::share::smallest_conflict;
use super::space::{Counts, Space, too_large};
use super::spare::{Spare, code_fault};
use crate::finding::Finding;

/// Where the half-windows are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowSource {
    /// Computed from the mechanism.
    Geometry,
    /// Stated in the design file.
    File,
    /// Given on the command line.
    Flag,
}

/// The main code and its spares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeInput {
    /// The main code.
    pub main: Code,
    /// The spares.
    pub spares: Vec<Spare>,
}

/// What an analysis starts from.
#[derive(Debug, Clone)]
pub struct KeyspaceInput {
    /// Dial, windows and rules.
    pub space: Space,
    /// Where the half-windows are from.
    pub window_from: WindowSource,
    /// Window of a gate per wheel where it is not symmetric; else ± the half-windows.
    pub gate_windows: Option<Vec<GateWindow>>,
    /// The codes, where the lock has them.
    pub codes: Option<CodeInput>,
    /// How codes are chosen, where they are not drawn uniformly.
    pub chosen: Option<Chosen>,
}

impl KeyspaceInput {
    /// Window of a gate per wheel.
    #[must_use]
    pub fn gate_windows(&self) -> Vec<GateWindow> {
        let halves = self.space.half_windows().iter().copied();
        self.gate_windows
            .clone()
            .unwrap_or_else(|| halves.map(GateWindow::symmetric).collect())
    }

    /// Everything that is wrong or worth knowing, all at once, and the counts where there are any.
    #[must_use]
    pub fn check(&self) -> (Vec<Finding>, Option<Counts>) {
        self.check_within("")
    }

    /// As [`check`](Self::check), of a key space that stands at `root` in its file: places of findings, and those that
    /// their messages name, are places in the file.
    #[must_use]
    pub fn check_within(&self, root: &str) -> (Vec<Finding>, Option<Counts>) {
        let mut found = self.window_faults();
        found.extend(self.restated_rules());
        let counts = self.space.counts();
        let conflict = counts.as_ref().map_err(Clone::clone);
        match conflict.and_then(|counts| self.contradiction(root, counts)) {
            Ok(fault) => found.extend(fault),
            Err(fault) => found.push(fault),
        }
        if let Some(codes) = &self.codes {
            found.extend(self.code_faults(root, codes));
        }
        if let Some(chosen) = &self.chosen {
            let faults = chosen.check(self.space.dial()).into_iter();
            found.extend(faults.map(|f| f.under("/chosen")));
        }
        let found = found.into_iter().map(|f| f.under(root)).collect();
        (found, counts.ok())
    }

    fn window_faults(&self) -> Vec<Finding> {
        let Some(windows) = &self.gate_windows else {
            return Vec::new();
        };
        if windows.len() != self.space.wheels() {
            return vec![Finding::error(
                "WP407",
                "/gate_windows",
                format!(
                    "{} windows for {} wheels",
                    windows.len(),
                    self.space.wheels()
                ),
                "one window per wheel",
            )];
        }
        let dial = Mark::whole(self.space.marks());
        let wide = |w: &GateWindow| w.width() >= dial || w.width() < Mark::default();
        let windows = windows.iter().enumerate().filter(|(_, w)| wide(w));
        windows
            .map(|(i, w)| {
                Finding::error(
                    "WP407",
                    format!("/gate_windows/{i}"),
                    format!(
                        "a window from -{} to +{} marks on a dial of {dial}",
                        w.low, w.high
                    ),
                    format!("a window narrower than the dial of {dial} marks"),
                )
            })
            .collect()
    }

    /// Stated rules that the mechanism imposes already.
    fn restated_rules(&self) -> Vec<Finding> {
        let entries = self.space.rules().entries();
        let derived: Vec<_> = entries.iter().filter(|e| e.derived.is_some()).collect();
        let restated = entries.iter().enumerate().filter_map(|(i, entry)| {
            let json = entry.to_json();
            let twin = derived.iter().find(|d| d.to_json() == json)?;
            (entry.derived.is_none()).then_some((i, twin))
        });
        restated
            .map(|(i, twin)| {
                let reason = twin.derived.as_deref().unwrap_or_default();
                Finding::error(
                    "WP411",
                    pointer(self.space.rules(), i),
                    format!("the mechanism imposes this rule already: {reason}"),
                    "leave the rule out",
                )
            })
            .collect()
    }

    /// Rules that leave nothing, with the smallest set of them that does so.
    fn contradiction(&self, root: &str, counts: &Counts) -> Result<Option<Finding>, Finding> {
        let set = self.space.rules();
        let conflict = |left: &Count, places: &Places| {
            if !left.is_zero() {
                return Ok(None);
            }
            smallest_conflict(&set.rules(), places).map_err(too_large)
        };
        let tell = |conflict: Vec<usize>| -> (String, String) {
            let names: Vec<String> = conflict
                .iter()
                .map(|&i| format!("{} ({root}{})", set.entries()[i].to_json(), pointer(set, i)))
                .collect();
            (pointer(set, conflict[0]), names.join(" and "))
        };
        if let Some(conflict) = conflict(&counts.allowed, &self.space.mark_places())? {
            let alone = conflict.len() == 1;
            let (at, names) = tell(conflict);
            let verb = if alone { "leaves" } else { "together leave" };
            return Ok(Some(Finding::error(
                "WP404",
                at,
                format!("no code is allowed: {names} {verb} nothing"),
                "drop or loosen one of them",
            )));
        }
        let windows = self.space.window_places();
        Ok(
            conflict(&counts.effective_allowed, &windows)?.map(|conflict| {
                let (at, names) = tell(conflict);
                Finding::warning(
                    "WP412",
                    at,
                    format!("codes on whole marks are allowed, but no window is: {names}"),
                    "narrower windows, or a looser rule",
                )
            }),
        )
    }

    fn code_faults(&self, root: &str, codes: &CodeInput) -> Vec<Finding> {
        if codes.spares.len() >= CODES_MAX {
            return vec![Finding::error(
                "WP408",
                "/spares",
                format!("{} spares", codes.spares.len()),
                format!("at most {} spares", CODES_MAX - 1),
            )];
        }
        let spares = codes.spares.iter().enumerate();
        let named = spares.map(|(i, s)| (format!("/spares/{i}/code"), &s.code));
        let mut seen = BTreeMap::new();
        let mut found = Vec::new();
        for (at, code) in std::iter::once(("/main".to_owned(), &codes.main)).chain(named) {
            if let Some((message, hint)) = code_fault(code, self.space.dial()) {
                let message = format!("code {code}: {message}");
                found.push(Finding::error("WP409", at, message, hint));
                continue;
            }
            if let Some(other) = seen.get(code) {
                found.push(Finding::error(
                    "WP406",
                    at,
                    format!("code {code} is named already at {root}{other}"),
                    "a code of its own",
                ));
                continue;
            }
            found.extend(self.broken_rule(root, &at, code));
            seen.insert(code, at);
        }
        found
    }

    fn broken_rule(&self, root: &str, at: &str, code: &Code) -> Option<Finding> {
        let set = self.space.rules();
        let broken = set.broken_by(&self.space.mark_places(), &code.0);
        if broken.is_empty() {
            return None;
        }
        let name = |&i: &usize| {
            let entry = &set.entries()[i];
            // A rule of the mechanism stands nowhere in the file.
            let from = match &entry.derived {
                Some(reason) => format!("derived: {reason}"),
                None => format!("{root}{}", pointer(set, i)),
            };
            format!("{} ({from})", entry.to_json())
        };
        let names: Vec<String> = broken.iter().map(name).collect();
        let nearest = self.space.codes().ok().and_then(|s| s.nearest(&code.0));
        let such_as = nearest.map_or_else(String::new, |n| format!("; {} is the nearest", Code(n)));
        Some(Finding::error(
            "WP405",
            at,
            format!("code {code} breaks {}", names.join(" and ")),
            format!("a code that obeys every rule{such_as}"),
        ))
    }
}

/// JSON pointer of rule `i`: its place among the stated rules, or the mechanism.
fn pointer(set: &RuleSet, i: usize) -> String {
    let entries = set.entries();
    if entries[i].derived.is_some() {
        return "/rules".to_owned();
    }
    let stated = entries[..i].iter().filter(|e| e.derived.is_none()).count();
    format!("/rules/{stated}")
}
