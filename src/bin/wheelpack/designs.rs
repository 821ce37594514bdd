//! Designs named on the command line: read, with every finding said at once.

use wheelpack::design::place::Located;
use wheelpack::design::shipped::Shipped;
use wheelpack::design::{Design, Reading, SHIPPED, SourceText, read};
use wheelpack::error::Error;
use wheelpack::finding::Severity;
use wheelpack::report::findings::findings_as_text;

use crate::out;

/// The designs, or `None` where one of them has errors, which have been said on standard error.
pub(crate) fn load(files: &[String]) -> anyhow::Result<Option<Vec<Design>>> {
    Ok(load_with_sources(files)?.map(|(_, designs)| designs))
}

/// As [`load`], but designs may share a name, as two states of one design do: they are then called
/// by their files.
pub(crate) fn load_twins(files: &[String]) -> anyhow::Result<Option<Vec<Design>>> {
    let Some((_, mut designs)) = load_any(files)? else {
        return Ok(None);
    };
    let names: Vec<String> = designs.iter().map(|d| d.name.clone()).collect();
    let is_twin = |name: &String| names.iter().filter(|n| *n == name).count() > 1;
    for k in 0..designs.len() {
        if is_twin(&names[k]) {
            let file = std::path::Path::new(&designs[k].file);
            let stem = file.file_stem().map(|s| s.to_string_lossy().into_owned());
            let called = stem.unwrap_or_else(|| format!("{} {}", names[k], k + 1));
            let is_taken = designs.iter().any(|d| d.name == called);
            designs[k].name = match is_taken {
                true => format!("{called} {}", k + 1),
                false => called,
            };
        }
    }
    Ok(Some(designs))
}

/// As [`load`], with the texts the designs were read from, in the same order.
pub(crate) fn load_with_sources(
    files: &[String],
) -> anyhow::Result<Option<(Vec<SourceText>, Vec<Design>)>> {
    let loaded = load_any(files)?;
    if let Some((_, designs)) = &loaded {
        distinct(designs)?;
    }
    Ok(loaded)
}

fn load_any(files: &[String]) -> anyhow::Result<Option<(Vec<SourceText>, Vec<Design>)>> {
    let (sources, unread) = opened(files);
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
    all_read(unread)?;
    Ok(is_sound.then_some((sources, designs)))
}

/// Those of `loaded` that have codes to count; the others are said on standard error unless `quiet`.
pub(crate) fn with_codes(loaded: Vec<Design>, quiet: bool) -> anyhow::Result<Vec<Design>> {
    let has_codes = |d: &Design| d.keyspace.is_some() || d.lock.buttons().is_some();
    let (have, lack): (Vec<Design>, Vec<Design>) = loaded.into_iter().partition(has_codes);
    for design in &lack {
        let Err(reason) = design.key_space() else {
            continue;
        };
        if have.is_empty() {
            return Err(reason.into());
        }
        if !quiet {
            out::say(&reason.to_string())?;
        }
    }
    Ok(have)
}

/// Says findings about `source` on standard error.
pub(crate) fn say(source: &SourceText, findings: &[Located]) -> std::io::Result<()> {
    let style = out::findings_style(&std::io::stderr());
    out::to_stderr(&findings_as_text(source, findings, style))
}

/// The sources: files, shipped designs by name, and all shipped ones where nothing is named; and why
/// the others could not be read, so that one missing file hides no finding in another.
pub(crate) fn opened(files: &[String]) -> (Vec<SourceText>, Vec<Error>) {
    let open = |file: &String| match SHIPPED.iter().find(|d| d.name == file.as_str()) {
        Some(shipped) if !std::path::Path::new(file).exists() => shipped.open(),
        _ => SourceText::open(file).map_err(|error| misspelt(file, error)),
    };
    let tried: Vec<_> = if files.is_empty() {
        SHIPPED.iter().map(Shipped::open).collect()
    } else {
        files.iter().map(open).collect()
    };
    let (mut sources, mut unread) = (Vec::new(), Vec::new());
    for source in tried {
        match source {
            Ok(source) => sources.push(source),
            Err(error) => unread.push(error),
        }
    }
    (sources, unread)
}

/// Where there is no such file and the name is nearly that of a shipped design: that.
fn misspelt(file: &str, error: Error) -> Error {
    let is_missing = matches!(&error, Error::Read { source, .. } if source.kind() == std::io::ErrorKind::NotFound);
    let names: Vec<&str> = SHIPPED.iter().map(|d| d.name).collect();
    if is_missing && wheelpack::error::nearest(file, &names).is_some() {
        return Error::unknown("file or shipped design", file, &names);
    }
    error
}

/// Fails with every reason why a design could not be read.
pub(crate) fn all_read(unread: Vec<Error>) -> anyhow::Result<()> {
    let mut unread = unread.into_iter();
    let Some(first) = unread.next() else {
        return Ok(());
    };
    let others: Vec<String> = unread.map(|e| e.to_string()).collect();
    if others.is_empty() {
        return Err(first.into());
    }
    anyhow::bail!("{first}\nerror: {}", others.join("\nerror: "))
}

/// Reports name their parts after the designs, so two cannot share a name.
fn distinct(designs: &[Design]) -> anyhow::Result<()> {
    for (k, design) in designs.iter().enumerate() {
        if let Some(twin) = designs[..k].iter().find(|d| d.name == design.name) {
            anyhow::ensure!(
                twin.sha256 != design.sha256,
                "{} and {} are one and the same design: name one of them",
                twin.file,
                design.file
            );
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
