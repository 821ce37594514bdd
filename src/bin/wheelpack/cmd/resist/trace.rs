//! `wheelpack resist DESIGN --trial K --trace`: one trial, action by action.

use std::fs;

use wheelpack::Error;
use wheelpack::figure::draw_trace;
use wheelpack::report::json::Envelope;
use wheelpack::report::output::write_file_atomically;
use wheelpack::report::{csv, tables};
use wheelpack::study::{Options, TraceReport, trace};

use super::{Args, Job};
use crate::args::Format;
use crate::failure::Outcome;
use crate::out;

/// Most actions printed as text.
const SHOWN: usize = 60;
/// Pixels of a PNG per CSS pixel of its figure.
const PNG_SCALE: f64 = 1.5;

/// Makes the trial again and prints it; with --out also into files, with a picture.
pub(super) fn run(args: &Args, jobs: &[Job<'_>], trial: u64) -> anyhow::Result<Outcome> {
    let [job] = jobs else {
        anyhow::bail!("a trace is of one design, one attack and one reader: name one of each");
    };
    let options = Options::with_seed(args.run.seed);
    let report = trace(job.design, job.attack, &job.reader, trial, &options)?;
    let name = &job.design.name;
    let envelope = Envelope::new("resist", args.run.seed, &[job.design], vec![&report]);
    if let Some(path) = &args.out {
        fs::create_dir_all(path).map_err(|source| Error::Write {
            path: path.clone(),
            source,
        })?;
        let write = |file: &str, bytes: &[u8]| write_file_atomically(path.join(file), bytes);
        let all = tables::trace_steps(&report, None);
        write("trace.csv", csv::render(&all).as_bytes())?;
        write("trace.json", envelope.to_text().as_bytes())?;
        if let Some(svg) = draw_trace(name, &report)? {
            write("trace.svg", svg.standalone().as_bytes())?;
            write("trace.png", &svg.to_png(PNG_SCALE)?)?;
        }
    }
    match args.format.format {
        Format::Json => out::print(&envelope.to_text())?,
        Format::Csv => out::print(&csv::render(&tables::trace_steps(&report, None)))?,
        Format::Text => print(name, &report)?,
    }
    Ok(Outcome::Fine)
}

fn print(name: &str, report: &TraceReport) -> std::io::Result<()> {
    let chapters = tables::trace_chapters(name, report);
    out::print_tables(&[&chapters, &tables::trace_steps(report, Some(SHOWN))])
}
