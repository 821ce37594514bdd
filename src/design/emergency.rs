//! The emergency section of a design, checked against the rest of the file; scenario files.

use super::decode::{Shape, decode};
use super::file::{CodesSpec, DesignFile};
use super::place::{Located, locate};
use super::source::SourceText;
use super::tree::parse;
use crate::emergency::EmergencySpec;
use crate::emergency::ScenarioSpec;
use crate::emergency::check::{check_design, check_known_names, check_scenario};
use crate::emergency::scenario::{shipped_scenario_json, shipped_scenario_names};
use crate::finding::{Finding, Severity};
use serde_json::Value;

/// The emergency section of `file` under the design's name; its faults are added to `out`.
pub(super) fn section(
    spec: &EmergencySpec,
    file: &DesignFile,
    out: &mut Vec<Finding>,
) -> EmergencySpec {
    let mut spec = spec.clone();
    if !spec.name.is_empty() && spec.name != file.name {
        let message = format!(
            "the section is named `{}`, the design `{}`",
            spec.name, file.name
        );
        let hint = "leave the name out here: the design's own stands for it";
        out.push(Finding::error("WP520", "/emergency/name", message, hint));
    }
    spec.name.clone_from(&file.name);
    // What is wrong with the design's own name has been said already.
    let found = check_design(&spec).into_iter().filter(|f| f.at != "/name");
    let found = found.chain(check_known_names(&spec));
    out.extend(found.map(|f| f.under("/emergency")));
    if let Some(codes) = &file.codes {
        check_spares(&spec, codes, out);
    }
    spec
}

/// Spares of the section that are not those of the codes.
fn check_spares(spec: &EmergencySpec, codes: &CodesSpec, out: &mut Vec<Finding>) {
    let is_spare = |name: &str| name == "spare_combination";
    let stated = spec
        .solutions
        .iter()
        .enumerate()
        .find(|(_, s)| is_spare(s.kind.0.kind().name));
    let Some((i, solution)) = stated else { return };
    let details = solution.kind.0.to_value();
    let at = |field: &str| format!("/emergency/solutions/{i}/kind/spare_combination/{field}");
    let mut differ = |field: &str, got: String, codes: String| {
        let message = format!("{field} is {got} here, {codes} by the `codes` of the design");
        let hint = format!("give {codes}, or change the codes");
        out.push(Finding::error("WP524", at(field), message, hint));
    };
    let (count, wheels) = (codes.spares.len() as u64, codes.main.0.len() as u64);
    if details["spares"].as_u64() != Some(count) {
        differ("spares", details["spares"].to_string(), count.to_string());
    }
    if details["wheels"].as_u64() != Some(wheels) {
        differ("wheels", details["wheels"].to_string(), wheels.to_string());
    }
    let built: Vec<Value> = codes
        .spares
        .iter()
        .map(|s| serde_json::to_value(s.realisation).unwrap_or_default())
        .collect();
    let said = &details["realisation"];
    if let Some(other) = built.iter().find(|b| *b != said) {
        differ("realisation", said.to_string(), other.to_string());
    }
}

/// A scenario if there is no error, and all findings with their places.
pub struct ScenarioReading {
    /// The scenario, `None` where there are errors.
    pub scenario: Option<ScenarioSpec>,
    /// Everything found, in the order of the file.
    pub findings: Vec<Located>,
}

/// Reads a scenario file.
#[must_use]
pub fn read_scenario(source: &SourceText) -> ScenarioReading {
    let mut findings = Vec::new();
    let tree = match parse(source, &mut findings) {
        Ok(tree) => tree,
        Err(fault) => {
            return ScenarioReading {
                scenario: None,
                findings: vec![Located::unreadable(source, fault)],
            };
        }
    };
    let template =
        shipped_scenario_json("outdoor_cabinet").and_then(|t| serde_json::from_str(t).ok());
    let template: Value = template.unwrap_or_default();
    let shape = Shape {
        template: &template,
        schema: &schemars::schema_for!(ScenarioSpec).to_value(),
    };
    let scenario: Option<ScenarioSpec> = decode(&tree.value, shape, "", &mut findings);
    findings.extend(scenario.iter().flat_map(check_scenario));
    let is_sound = !findings.iter().any(|f| f.severity == Severity::Error);
    ScenarioReading {
        scenario: scenario.filter(|_| is_sound),
        findings: locate(source, &tree, findings),
    }
}

/// The shipped scenario `name` as a source text; `None` if there is none.
#[must_use]
pub fn shipped_scenario_source(name: &str) -> Option<SourceText> {
    let name = shipped_scenario_names().into_iter().find(|n| *n == name)?;
    let text = shipped_scenario_json(name)?;
    SourceText::from_bytes(&format!("scenarios/{name}.json"), text.as_bytes()).ok()
}

/// `findings` about parts of `source`, each at its place; pointers as in the file.
#[must_use]
pub fn at_places(source: &SourceText, findings: Vec<Finding>) -> Vec<Located> {
    match parse(source, &mut Vec::new()) {
        Ok(tree) => locate(source, &tree, findings),
        Err(fault) => vec![Located::unreadable(source, fault)],
    }
}
