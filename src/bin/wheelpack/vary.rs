//! What `sweep` and `sensitivity` share: the range of `--vary`, and files with a figure.

use std::fs;
use std::path::{Path, PathBuf};

use wheelpack::design::{Design, Variation};
use wheelpack::figure::Svg;
use wheelpack::report::output::write_file_atomically;
use wheelpack::study::sensitivity::{Input, InputKind};
use wheelpack::{Error, error};

/// Pixels of a PNG per CSS pixel of its figure.
const PNG_SCALE: f64 = 1.5;

/// `/mechanism/spring/torque_nmm=40..80`, of `design` manipulated by `reader`.
pub(crate) fn input(
    text: &str,
    variation: &Variation,
    (design, reader): (&Design, &str),
) -> anyhow::Result<Input> {
    let parts = text.split_once('=').and_then(|(at, range)| {
        let (low, high) = range.split_once("..")?;
        Some((at, low.parse::<f64>().ok()?, high.parse::<f64>().ok()?))
    });
    let Some((at, low, high)) = parts.filter(|(_, low, high)| (high - low).is_finite()) else {
        anyhow::bail!(
            "--vary is `{text}`: give a place and a range of two numbers, like \
             /mechanism/spring/torque_nmm=40..80 (and :N points behind it for sweep alone)"
        );
    };
    anyhow::ensure!(
        low < high,
        "--vary is `{text}`: the range begins at {low}, which is not below its end, {high}"
    );
    anyhow::ensure!(
        !at.starts_with("/study/") || is_of(design, reader, at),
        "--vary is `{text}`: that moves no result of reader `{reader}`; of the study only the figures of an \
         own reader count that is chosen by --reader"
    );
    let kind = if variation.tolerances().iter().any(|t| t.at == at) {
        InputKind::Tolerance
    } else {
        variation.number(at)?;
        InputKind::Number
    };
    Ok(Input {
        at: at.to_owned(),
        kind,
        low,
        high,
    })
}

/// Whether `at` is a figure of the design's own reader called `reader`.
fn is_of(design: &Design, reader: &str, at: &str) -> bool {
    let readers = design.study.readers.iter().enumerate();
    let mut own = readers.filter(|(_, choice)| choice.name() == reader);
    own.any(|(k, _)| at.starts_with(&format!("/study/readers/{k}/")))
}

/// A folder for results. One that was made for them goes again if none were written.
pub(crate) struct Files {
    path: PathBuf,
    is_new: bool,
}

impl Drop for Files {
    fn drop(&mut self) {
        if self.is_new {
            // with something in it the system refuses
            let _ = fs::remove_dir(&self.path);
        }
    }
}

impl Files {
    /// The folder at `path`, made where it does not exist.
    pub(crate) fn open(path: &Path) -> error::Result<Self> {
        let is_new = !path.exists();
        fs::create_dir_all(path).map_err(|source| Error::Write {
            path: path.to_owned(),
            source,
        })?;
        Ok(Self {
            path: path.to_owned(),
            is_new,
        })
    }

    /// Writes a file, whole or not at all.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> error::Result<()> {
        write_file_atomically(self.path.join(name), bytes)
    }

    /// Writes a figure as SVG and PNG.
    pub(crate) fn draw(&self, svg: &Svg) -> error::Result<()> {
        self.write(&format!("{}.svg", svg.name()), svg.standalone().as_bytes())?;
        self.write(&format!("{}.png", svg.name()), &svg.to_png(PNG_SCALE)?)
    }
}
