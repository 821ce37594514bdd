//! What `sweep` and `sensitivity` share: the range of `--vary`, and files with a figure.

use std::fs;
use std::path::{Path, PathBuf};

use wheelpack::design::Variation;
use wheelpack::figure::Svg;
use wheelpack::report::output::write_file_atomically;
use wheelpack::study::sensitivity::{Input, InputKind};
use wheelpack::{Error, error};

/// Pixels of a PNG per CSS pixel of its figure.
const PNG_SCALE: f64 = 1.5;

/// `/mechanism/spring/torque_nmm=40..80`
pub(crate) fn input(text: &str, variation: &Variation) -> anyhow::Result<Input> {
    let parts = text.split_once('=').and_then(|(at, range)| {
        let (low, high) = range.split_once("..")?;
        let (low, high) = (low.parse::<f64>().ok()?, high.parse::<f64>().ok()?);
        (low.is_finite() && high.is_finite() && low < high).then_some((at, low, high))
    });
    let Some((at, low, high)) = parts else {
        anyhow::bail!(
            "--vary is `{text}`: give a place and a range, like /mechanism/spring/torque_nmm=40..80"
        );
    };
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

/// A folder for results.
pub(crate) struct Files {
    path: PathBuf,
}

impl Files {
    /// The folder at `path`, made where it does not exist.
    pub(crate) fn open(path: &Path) -> error::Result<Self> {
        fs::create_dir_all(path).map_err(|source| Error::Write {
            path: path.to_owned(),
            source,
        })?;
        Ok(Self {
            path: path.to_owned(),
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
