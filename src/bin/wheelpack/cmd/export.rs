//! `wheelpack export DESIGN --out DIR`

use std::path::PathBuf;

use wheelpack::report::cutting::export;
use wheelpack::report::output::OutputFolder;
use wheelpack::report::{Cell, Column, Table};

use crate::args::QuietArg;
use crate::failure::Outcome;
use crate::{designs, out};

/// Export wheels and cam as DXF and as SVG in millimetres
///
/// One file a part, its outline closed, arcs as arcs: wheel-1.dxf, wheel-1.svg, …, cam.dxf, cam.svg, and
/// spare-1-wheel-1.dxf, … where a spare code has a pack of its own.
/// The y axis of a wheel is where the fence falls when the wheel shows 0; that of the cam is the
/// axis of its gate.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Design file or name of a shipped design
    #[arg(value_name = "DESIGN")]
    file: String,
    /// Write the files into this folder; an old export there is replaced whole
    #[arg(long, value_name = "DIR", default_value = "wheelpack-export")]
    out: PathBuf,
    #[command(flatten)]
    quiet: QuietArg,
}

/// Writes the parts.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let Some(designs) = designs::load(std::slice::from_ref(&args.file))? else {
        return Ok(Outcome::Findings);
    };
    let mut folder = OutputFolder::open(&args.out, "export")?;
    let all = export(&mut folder, &designs[0])?;
    folder.commit()?;
    let mut table = Table::new(
        format!("{}: parts in {}", designs[0].name, args.out.display()),
        vec![
            Column::text("part", "Part"),
            Column::text("files", "Files"),
            Column::number("rim_radius_mm", "Rim radius").unit("mm"),
            Column::number("outline_mm", "Outline").unit("mm"),
        ],
    );
    let length = |v: f64| format!("{v:.2}");
    for one in &all {
        table.push(vec![
            Cell::text(one.part.clone()),
            Cell::text(one.files.join(", ")),
            Cell::number(one.rim_radius_mm, length),
            Cell::number(one.outline_mm, length),
        ]);
    }
    out::print_tables(&[&table])?;
    Ok(Outcome::Fine)
}
