//! What commands that compute for long have in common.

use std::path::Path;

use wheelpack::attack::Reader;
use wheelpack::design::{Design, SourceText};
use wheelpack::study::emergency::{Links, models};
use wheelpack::study::{EmergencyStudy, Options, TrialStore};

use crate::args::RunArgs;
use crate::progress::Progress;
use crate::scenarios::{self, Scenario};
use crate::store::Folder;
use crate::{out, stop};

/// Sets the number of threads; the result does not depend on it.
pub(crate) fn set_threads(args: &RunArgs) -> anyhow::Result<()> {
    if let Some(threads) = args.threads {
        wheelpack::study::use_threads(threads.into())?;
    }
    Ok(())
}

/// Where the trials for a result at `out` are kept, if the user wants to be able to go on.
pub(crate) fn kept(resume: bool, out: Option<&Path>) -> anyhow::Result<Option<Folder>> {
    let out = out.filter(|_| resume);
    out.map(Folder::beside).transpose()
}

/// The same `options` with trials kept in `kept`.
pub(crate) fn with_store<'o>(options: &Options<'o>, kept: Option<&'o Folder>) -> Options<'o> {
    Options {
        store: kept.map(|folder| folder as &dyn TrialStore),
        ..*options
    }
}

/// Says on standard error that the user stopped the run and what that means.
pub(crate) fn say_stopped(what: &str) -> std::io::Result<()> {
    out::say(&format!("stopped: {what}"))
}

/// Says below a text result on which assumptions it rests.
pub(crate) fn print_assumed(designs: &[&Design], readers: &[&Reader]) -> std::io::Result<()> {
    let count = |d: &Design| d.assumptions.iter().map(|a| a.numbers.len()).sum::<usize>();
    let of_designs = designs
        .iter()
        .map(|d| format!("{} numbers of {}", count(d), d.name));
    let mut said = format!(
        "Assumed: {} (--format json lists them)",
        of_designs.collect::<Vec<_>>().join(", ")
    );
    for reader in readers {
        said += &format!("; reader {}: {}", reader.name, reader.source);
    }
    out::print(&format!("\n{}", out::wrapped(&(said + "."))))
}

/// What was computed until the end, or until the user stopped the run.
pub(crate) struct Over<T> {
    /// Results of the first jobs, in their order.
    pub(crate) results: Vec<T>,
    /// Whether the user stopped the run.
    pub(crate) is_stopped: bool,
}

/// Runs `one` over `jobs` (designs, say) under one progress bar.
pub(crate) fn over<J, T>(
    jobs: &[J],
    args: &RunArgs,
    trials: Option<u64>,
    mut one: impl FnMut(&J, &Options<'_>) -> wheelpack::Result<T>,
) -> anyhow::Result<Over<T>> {
    let stop = stop::on_ctrl_c()?;
    let progress = Progress::new("trials", args.quiet || args.no_progress);
    let tell = progress.callback();
    let mut results = Vec::new();
    for (k, job) in jobs.iter().enumerate() {
        let (k, all) = (k as u64, jobs.len() as u64);
        let part = |done: u64, total: u64| tell(k * total + done, all * total);
        let options = Options {
            trials,
            progress: &part,
            stop: Some(stop),
            ..Options::with_seed(args.seed)
        };
        match one(job, &options) {
            Ok(result) => results.push(result),
            Err(wheelpack::Error::Stopped { .. }) => break,
            Err(error) => return Err(error.into()),
        }
        if options.is_stopped() {
            break;
        }
    }
    let is_stopped = stop.load(std::sync::atomic::Ordering::Relaxed);
    Ok(Over {
        results,
        is_stopped,
    })
}

/// The emergency analysis of designs that have its section, with `samples` of the uncertain figures;
/// `None` where a design clashes with the scenario, which has been said on standard error. Warnings
/// are said too.
pub(crate) fn emergency(
    designs: &[(&SourceText, &Design)],
    links: Vec<Links>,
    scenario: &Scenario,
    (samples, args): (u64, &RunArgs),
) -> anyhow::Result<Option<EmergencyStudy>> {
    let (sources, designs): (Vec<&SourceText>, Vec<&Design>) = designs.iter().copied().unzip();
    let models = match models(&designs, &links, &scenario.spec) {
        Ok(models) => models,
        Err(clashes) => {
            scenarios::tell(scenario, &sources, &clashes)?;
            return Ok(None);
        }
    };
    let progress = Progress::new("samples", args.quiet || args.no_progress);
    let tell = progress.callback();
    let options = Options {
        progress: &tell,
        stop: Some(stop::on_ctrl_c()?),
        ..Options::with_seed(args.seed)
    };
    let study = wheelpack::study::emergency::emergency(models, links, samples, &options)?;
    Ok(Some(study))
}
