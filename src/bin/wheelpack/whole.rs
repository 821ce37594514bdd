//! Every analysis of designs, as `report` and `regress` need it.

use wheelpack::design::{Design, SourceText};
use wheelpack::report::bundle::{Recipe, Studied};
use wheelpack::study::emergency::{SAMPLES, links_of_study};
use wheelpack::study::{EmergencyStudy, Options, Study, TrialStore, study};

use crate::args::RunArgs;
use crate::run;
use crate::scenarios::Scenario;

/// What was found of designs, in their order.
pub(crate) struct Found {
    /// Each design's own analyses.
    pub(crate) studies: Vec<Study>,
    /// Emergency opening of those that have the section.
    pub(crate) emergency: Option<Box<EmergencyStudy>>,
}

impl Found {
    /// Each design with its study.
    pub(crate) fn studied<'a>(&'a self, designs: &'a [Design]) -> Vec<Studied<'a>> {
        let pairs = designs.iter().zip(&self.studies);
        pairs
            .map(|(design, study)| Studied { design, study })
            .collect()
    }
}

/// How it ended.
pub(crate) enum Ended {
    /// With everything found.
    Found(Found),
    /// The user stopped it.
    Stopped,
    /// A design and the scenario do not go together; it has been said.
    Clash,
}

/// Runs every analysis of the designs read from `sources`, with as many trials as `trials` says of
/// each, `None` for the design's own; trials are kept in `store`.
pub(crate) fn analyse(
    (sources, designs): (&[SourceText], &[Design]),
    scenario: &Scenario,
    trials: impl Fn(&Design) -> Option<u64>,
    (args, store): (&RunArgs, Option<&dyn TrialStore>),
) -> anyhow::Result<Ended> {
    let run::Over {
        results: studies,
        is_stopped,
    } = run::over(designs, args, None, |design, options| {
        let trials = trials(design);
        let options = Options {
            trials,
            store,
            ..*options
        };
        study(design, &options)
    })?;
    if is_stopped {
        return Ok(Ended::Stopped);
    }
    let (mut with_section, mut links) = (Vec::new(), Vec::new());
    for ((source, design), study) in sources.iter().zip(designs).zip(&studies) {
        if design.emergency.is_some() {
            let options = Options {
                trials: trials(design),
                ..Options::with_seed(args.seed)
            };
            with_section.push((source, design));
            links.push(links_of_study(design, study, &options)?);
        }
    }
    if with_section.is_empty() {
        return Ok(Ended::Found(Found {
            studies,
            emergency: None,
        }));
    }
    let found = run::emergency(&with_section, links, scenario, (SAMPLES, args))?;
    Ok(found.map_or(Ended::Clash, |emergency| {
        Ended::Found(Found {
            studies,
            emergency: Some(Box::new(emergency)),
        })
    }))
}

/// The command line that gives a report again.
pub(crate) fn recipe(files: &[String], scenario: &str, trials: Option<u64>, seed: u64) -> Recipe {
    let mut command = "wheelpack report".to_owned();
    for file in files {
        command += &format!(" {file}");
    }
    command += &format!(" --scenario {scenario}");
    if let Some(trials) = trials {
        command += &format!(" --trials {trials}");
    }
    Recipe {
        command: format!("{command} --seed {seed}"),
        seed,
    }
}
