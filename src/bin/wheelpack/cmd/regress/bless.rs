//! `--bless`: new results in the place of stored ones, and in that of the report they stand in.

use std::path::{Path, PathBuf};

use wheelpack::Error;
use wheelpack::report::bundle::{self, Recipe, Studied, Whole};
use wheelpack::report::output::{OutputFolder, PAGE, replace_listed, report_at};
use wheelpack::report::regress::baseline::{listed_as, path_of};

use crate::out;

/// What is stored, and how.
pub(super) struct Blessing<'a> {
    /// Folder of the stored results.
    pub(super) folder: &'a Path,
    /// The designs with what was found.
    pub(super) whole: Whole<'a>,
    /// The new `summary.json` of each.
    pub(super) fresh: &'a [String],
    /// The files as the user gave them.
    pub(super) files: &'a [String],
    /// How a report on some files is made.
    pub(super) recipe: &'a dyn Fn(&[String]) -> Recipe,
    /// Whether to say nothing.
    pub(super) is_quiet: bool,
}

impl Blessing<'_> {
    /// Stores each new result, whole or not at all. A report on just these designs is made anew with its page,
    /// figures and tables; of another that holds one of them it is said how to do that.
    pub(super) fn store(&self) -> anyhow::Result<()> {
        let all: Vec<&Studied<'_>> = self.whole.all.iter().collect();
        if self.renewed(self.folder, &all, self.files)? {
            return Ok(());
        }
        let mut old_pages = Vec::new();
        for (one, text) in all.iter().zip(self.fresh) {
            let name = one.design.name.as_str();
            let own = self.folder.join(name);
            let file = std::slice::from_ref(&one.design.file);
            if self.renewed(&own, &[one], file)? {
                continue;
            }
            let path = path_of(self.folder, name);
            std::fs::create_dir_all(&own).map_err(|source| Error::Write {
                path: own.clone(),
                source,
            })?;
            replace_listed(self.folder, &listed_as(name), text.as_bytes())?;
            self.say(&format!("stored {}\n", path.display()))?;
            if own.join(PAGE).is_file() {
                old_pages.push((own, one.design.file.clone()));
            }
        }
        Ok(self.say_of_old_pages(old_pages)?)
    }

    /// Whether `folder` held a report on just these designs, which is then made anew.
    fn renewed(
        &self,
        folder: &Path,
        designs: &[&Studied<'_>],
        files: &[String],
    ) -> anyhow::Result<bool> {
        let Some(report) = report_at(folder) else {
            return Ok(false);
        };
        let is_here = |name: &String| designs.iter().any(|s| s.design.name == *name);
        if report.len() != designs.len() || !report.iter().map(|d| &d.name).all(is_here) {
            return Ok(false);
        }
        let all: Vec<Studied<'_>> = designs.iter().map(|s| **s).collect();
        let whole = Whole {
            all: &all,
            emergency: self.whole.emergency,
        };
        if whole.emergency.is_some() && whole.comparison().is_none() {
            return Ok(false); // its emergency openings were compared with those of others
        }
        // the current folder, for one, cannot be replaced whole
        let Ok(mut out) = OutputFolder::open(folder, "report") else {
            return Ok(false);
        };
        bundle::write(&mut out, &whole, &(self.recipe)(files))?;
        out.commit()?;
        let said = format!("stored {}: results, pages, figures", folder.display());
        self.say(&format!("{said} and tables\n"))?;
        Ok(true)
    }

    /// Says which pages show other results than those stored beside them, and how to make them anew.
    fn say_of_old_pages(&self, own: Vec<(PathBuf, String)>) -> std::io::Result<()> {
        let mut old: Vec<(PathBuf, Vec<String>)> = own
            .into_iter()
            .map(|(folder, file)| (folder, vec![file]))
            .collect();
        if let Some(report) = report_at(self.folder) {
            let is_stored = |name: &String| self.whole.all.iter().any(|s| s.design.name == *name);
            if report.iter().any(|d| is_stored(&d.name)) {
                let files = report.into_iter().map(|d| d.file).collect();
                old = vec![(self.folder.to_owned(), files)];
            }
        }
        for (folder, files) in old {
            let said = format!(
                "note: the report in {} still shows the results from before; `{} --out {}` makes it anew",
                folder.display(),
                (self.recipe)(&files).command,
                folder.display()
            );
            self.say(&out::wrapped(&said))?;
        }
        Ok(())
    }

    fn say(&self, text: &str) -> std::io::Result<()> {
        if self.is_quiet {
            return Ok(());
        }
        out::to_stderr(text)
    }
}
