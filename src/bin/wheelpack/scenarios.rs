//! The scenario named on the command line, and findings where it clashes with a design.

use wheelpack::Error;
use wheelpack::design::{
    ScenarioReading, SourceText, at_places, read_scenario, shipped_scenario_source,
};
use wheelpack::emergency::ScenarioSpec;
use wheelpack::emergency::scenario::shipped_scenario_names;
use wheelpack::finding::{Finding, Severity};
use wheelpack::study::emergency::Clash;

use crate::designs;

/// A scenario with the text it was read from.
pub(crate) struct Scenario {
    pub(crate) spec: ScenarioSpec,
    source: SourceText,
}

/// Reads the shipped scenario or the file `name`; `None` where it has errors, which have been said
/// on standard error.
pub(crate) fn load(name: &str) -> anyhow::Result<Option<Scenario>> {
    let is_file = name == "-" || std::path::Path::new(name).exists();
    let source = match shipped_scenario_source(name) {
        Some(shipped) if !is_file => shipped,
        None if !is_file && !name.ends_with(".json") && !name.contains('/') => {
            return Err(Error::unknown("scenario", name, &shipped_scenario_names()).into());
        }
        _ => SourceText::open(name)?,
    };
    let ScenarioReading { scenario, findings } = read_scenario(&source);
    let is_faulty = |f: &wheelpack::design::place::Located| f.finding.severity == Severity::Error;
    if findings.iter().any(is_faulty) {
        designs::say(&source, &findings)?;
    }
    Ok(scenario.map(|spec| Scenario { spec, source }))
}

/// Says what is wrong where designs, read from `sources`, and the scenario meet.
pub(crate) fn tell(
    scenario: &Scenario,
    sources: &[&SourceText],
    clashes: &[Clash],
) -> anyhow::Result<()> {
    for clash in clashes {
        let (of_scenario, of_design): (Vec<Finding>, Vec<Finding>) = clash
            .findings
            .iter()
            .cloned()
            .partition(|f| f.at.starts_with("/scenario"));
        let source = sources[clash.design];
        designs::say(source, &at_places(source, of_design))?;
        let below = |f: Finding| Finding {
            at: f.at.trim_start_matches("/scenario").to_owned(),
            ..f
        };
        let found = of_scenario.into_iter().map(below).collect();
        designs::say(&scenario.source, &at_places(&scenario.source, found))?;
    }
    Ok(())
}
