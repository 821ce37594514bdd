//! Designs named on the command line: read, with every finding said at once.

use std::io::Write as _;

use wheelpack::design::place::Located;
use wheelpack::design::{Design, Reading, SHIPPED, SourceText, read};
use wheelpack::finding::Severity;
use wheelpack::report::findings::findings_as_text;

use crate::out;

/// The designs, or `None` where one of them has errors, which have been said on standard error.
pub(crate) fn load(files: &[String]) -> anyhow::Result<Option<Vec<Design>>> {
    Ok(load_with_sources(files)?.map(|(_, designs)| designs))
}

/// As [`load`], with the texts the designs were read from, in the same order.
pub(crate) fn load_with_sources(
    files: &[String],
) -> anyhow::Result<Option<(Vec<SourceText>, Vec<Design>)>> {
    let sources = sources(files)?;
    let mut designs = Vec::new();
    let mut is_sound = true;
    for source in &sources {
        let Reading { design, findings } = read(source);
        if findings
            .iter()
            .any(|f| f.finding.severity == Severity::Error)
        {
            say(source, &findings)?;
        }
        is_sound &= design.is_some();
        designs.extend(design);
    }
    if is_sound {
        distinct(&designs)?;
    }
    Ok(is_sound.then_some((sources, designs)))
}

/// Says findings about `source` on standard error.
pub(crate) fn say(source: &SourceText, findings: &[Located]) -> std::io::Result<()> {
    let style = out::findings_style(&std::io::stderr());
    anstream::stderr().write_all(findings_as_text(source, findings, style).as_bytes())
}

/// The sources: files, shipped designs by name, and all shipped ones where nothing is named.
pub(crate) fn sources(files: &[String]) -> anyhow::Result<Vec<SourceText>> {
    if files.is_empty() {
        return Ok(SHIPPED
            .iter()
            .map(wheelpack::design::shipped::Shipped::open)
            .collect::<Result<_, _>>()?);
    }
    let open = |file: &String| match SHIPPED.iter().find(|d| d.name == file.as_str()) {
        Some(shipped) if !std::path::Path::new(file).exists() => shipped.open(),
        _ => SourceText::open(file),
    };
    Ok(files.iter().map(open).collect::<Result<_, _>>()?)
}

/// Reports name their parts after the designs, so two cannot share a name.
fn distinct(designs: &[Design]) -> anyhow::Result<()> {
    for (k, design) in designs.iter().enumerate() {
        if let Some(twin) = designs[..k].iter().find(|d| d.name == design.name) {
            anyhow::bail!(
                "{} and {} are both named `{}`: change the `name` in one of them",
                twin.file,
                design.file,
                design.name
            );
        }
    }
    Ok(())
}
