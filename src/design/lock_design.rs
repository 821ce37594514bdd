//! A design, read and checked: the mechanism, its key space and how it is to be studied.

use super::assumption::{Assumption, assumptions};
use super::codes;
use super::decode::{Shape, decode};
use super::derived::derived_rules;
use super::emergency::section;
use super::file::{CodesSpec, DesignFile, FORMAT, StudySpec};
use super::mended;
use super::place::{Located, locate};
use super::readers::ReaderChoice;
use super::source::SourceText;
use super::tree::parse;
use crate::attack::{READERS, Reader};
use crate::emergency::EmergencySpec;
use crate::error::{Error, Result};
use crate::finding::{Finding, Severity};
use crate::keyspace::rules::Dial;
use crate::keyspace::{
    CodeInput, Convention, GateWindow, KeyspaceInput, Mark, Realisation, RuleSet, Space,
    WindowSource, parse_rules,
};
use crate::mechanism::{Lock, WheelPack};
use serde_json::Value;
use std::sync::LazyLock;

/// A lock design that can be analysed.
pub struct Design {
    /// Its name.
    pub name: String,
    /// The file it was read from.
    pub file: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Where the design comes from.
    pub source: String,
    /// The mechanism.
    pub lock: Box<dyn Lock>,
    /// Dial, windows, rules and codes; `None` where the family has no wheels that carry a code.
    pub keyspace: Option<KeyspaceInput>,
    /// Standard deviation of the owner's dialing, marks.
    pub owner_sd_marks: f64,
    /// How it is studied.
    pub study: StudySpec,
    /// What locks the owner out and what opens it then, named after the design.
    pub emergency: Option<EmergencySpec>,
    /// Every assumed number.
    pub assumptions: Vec<Assumption>,
}

/// A design if there is no error, and all findings with their places.
pub struct Reading {
    /// The design, `None` where there are errors.
    pub design: Option<Design>,
    /// Everything found, in the order of the file.
    pub findings: Vec<Located>,
}

/// Made once: every file is held against it.
static SCHEMA: LazyLock<Value> = LazyLock::new(schema);

/// Reads a design file.
#[must_use]
pub fn read(source: &SourceText) -> Reading {
    let mut findings = Vec::new();
    let tree = match parse(source, &mut findings) {
        Ok(tree) => tree,
        Err(fault) => {
            return Reading {
                design: None,
                findings: vec![Located::unreadable(source, fault)],
            };
        }
    };
    let template = super::shipped::template_for(&tree.value);
    let shape = Shape {
        template: &template,
        schema: &SCHEMA,
    };
    let file: Option<DesignFile> = decode(&tree.value, shape, "", &mut findings);
    let shaped = findings.len();
    let design = file.and_then(|file| {
        let design = assemble(&file, &mut findings);
        design.map(|d| Design {
            file: source.name().to_owned(),
            sha256: source.sha256().to_owned(),
            assumptions: assumptions(&tree.value),
            ..d
        })
    });
    // What was put where a value did not fit is not the user's.
    let (unfit, checked) = findings.split_at(shaped);
    let checked = mended::own(unfit, checked);
    findings.truncate(shaped);
    findings.extend(checked);
    let is_sound = !findings.iter().any(|f| f.severity == Severity::Error);
    Reading {
        design: design.filter(|_| is_sound),
        findings: locate(source, &tree, findings),
    }
}

/// Builds every part; faults of all of them are found, not only of the first.
fn assemble(file: &DesignFile, out: &mut Vec<Finding>) -> Option<Design> {
    head(file, out);
    let lock = match file.mechanism.build() {
        Ok(lock) => Some(lock),
        Err(faults) => {
            out.extend(faults.into_iter().map(|f| f.under("/mechanism")));
            None
        }
    };
    study(&file.study, out);
    let emergency = file.emergency.as_ref().map(|spec| section(spec, file, out));
    if !(0.0..=20.0).contains(&file.owner.dialing_sd_marks) {
        let message = format!(
            "the owner's dialing error is {}",
            file.owner.dialing_sd_marks
        );
        out.push(Finding::error(
            "WP301",
            "/owner/dialing_sd_marks",
            message,
            "give a value from 0 to 20 marks",
        ));
    }
    let lock = lock?;
    let keyspace = match (lock.pack(), &file.codes) {
        (Some(pack), Some(codes)) => Some(key_space(&pack, codes, lock.as_ref(), out)?),
        (Some(_), None) => {
            let hint = "add \"codes\", for example \"codes\": {\"main\": \"22-67-38\"}";
            let message = "missing field `codes`: the wheels need a main code";
            out.push(Finding::error(codes::MISSING_FIELD, "", message, hint));
            return None;
        }
        (None, Some(_)) => {
            let message = format!(
                "the family {} has no wheels to cut codes into",
                lock.family()
            );
            out.push(Finding::error(
                "WP306",
                "/codes",
                message,
                "leave `codes` out",
            ));
            return None;
        }
        (None, None) => None,
    };
    Some(Design {
        name: file.name.clone(),
        file: String::new(),
        sha256: String::new(),
        source: file.source.clone(),
        lock,
        keyspace,
        owner_sd_marks: file.owner.dialing_sd_marks,
        study: file.study.clone(),
        emergency,
        assumptions: Vec::new(),
    })
}

fn head(file: &DesignFile, out: &mut Vec<Finding>) {
    if file.format != FORMAT {
        let message = format!("format {} is not known to this version", file.format);
        out.push(Finding::error(
            "WP302",
            "/format",
            message,
            format!("give {FORMAT}"),
        ));
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if file.name.is_empty() || file.name.len() > 64 || !file.name.chars().all(is_plain) {
        out.push(Finding::error(
            "WP303",
            "/name",
            format!(
                "the name is `{}`",
                file.name.chars().take(80).collect::<String>()
            ),
            "1 to 64 letters, digits, - and _: it names files of the report",
        ));
    }
}

fn study(spec: &StudySpec, out: &mut Vec<Finding>) {
    if !(10..=10_000_000).contains(&spec.trials) {
        let message = format!("{} trials", spec.trials);
        out.push(Finding::error(
            "WP304",
            "/study/trials",
            message,
            "give from 10 to 10,000,000 trials",
        ));
    }
    super::readers::check(&spec.readers, out);
}

fn key_space(
    pack: &WheelPack,
    codes: &CodesSpec,
    lock: &dyn Lock,
    out: &mut Vec<Finding>,
) -> Option<KeyspaceInput> {
    let dial = Dial {
        marks: pack.marks,
        wheels: pack.wheels,
    };
    let stated = match parse_rules(&codes.rules, dial) {
        Ok(rules) => rules,
        Err(faults) => {
            out.extend(faults.into_iter().map(|f| f.under("/codes/rules")));
            RuleSet::new()
        }
    };
    let rules = derived_rules(lock, stated);
    let (half, window_from) = match codes.window_half_marks {
        Some(half) => (vec![half; pack.wheels], WindowSource::File),
        None => (pack.window_half_marks.clone(), WindowSource::Geometry),
    };
    let convention = codes.convention.unwrap_or(Convention::Continuous);
    let space = match Space::new(dial.marks, &half, convention, rules) {
        Ok(space) => space,
        Err(faults) => {
            out.extend(faults.into_iter().map(|f| f.under("/codes")));
            return None;
        }
    };
    let gate_windows = (window_from == WindowSource::Geometry)
        .then(|| {
            half.iter()
                .map(|&h| Mark::new(h).map(GateWindow::symmetric))
                .collect::<Option<Vec<_>>>()
        })
        .flatten();
    let input = KeyspaceInput {
        space,
        window_from,
        gate_windows,
        codes: Some(CodeInput {
            main: codes.main.clone(),
            spares: codes.spares.clone(),
        }),
        chosen: codes.chosen.clone(),
    };
    out.extend(input.check_within("/codes").0);
    Some(input)
}

impl Design {
    /// Its key space.
    ///
    /// # Errors
    /// [`Error::NotApplicable`] where the family has no wheels that carry a code.
    pub fn key_space(&self) -> Result<&KeyspaceInput> {
        self.keyspace.as_ref().ok_or_else(|| Error::NotApplicable {
            what: "the key space",
            to: self.name.clone(),
            why: format!(
                "the family {} has no wheels that carry a code",
                self.lock.family()
            ),
        })
    }

    /// Its emergency section.
    ///
    /// # Errors
    /// [`Error::NotApplicable`] where the file has none.
    pub fn emergency_section(&self) -> Result<&EmergencySpec> {
        self.emergency.as_ref().ok_or_else(|| Error::NotApplicable {
            what: "the emergency analysis",
            to: self.name.clone(),
            why: "its file has no section `emergency`; `wheelpack new smart_lock` shows one"
                .to_owned(),
        })
    }

    /// The reader called `name`: one of the design's own, or a shipped one.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the known names.
    pub fn reader(&self, name: &str) -> Result<&Reader> {
        let own = self.study.readers.iter().filter_map(ReaderChoice::reader);
        let mut all = own.chain(READERS.iter());
        all.clone().find(|r| r.name == name).ok_or_else(|| {
            let mut known: Vec<&str> = Vec::new();
            for reader in &mut all {
                if !known.contains(&reader.name.as_str()) {
                    known.push(&reader.name);
                }
            }
            Error::unknown("reader", name, &known).of_design(&self.name)
        })
    }

    /// The reader called `name` that the design brings itself.
    #[must_use]
    pub fn own_reader(&self, name: &str) -> Option<&Reader> {
        self.study.readers.iter().find_map(|choice| match choice {
            ReaderChoice::Own(reader) if reader.name == name => Some(&**reader),
            _ => None,
        })
    }

    /// The codes that are cut into the main pack: the main one first, then the spares on extra
    /// gates; marks, one number a wheel.
    #[must_use]
    pub fn pack_codes(&self) -> Vec<Vec<f64>> {
        let codes = self.keyspace.as_ref().and_then(|k| k.codes.as_ref());
        let main = codes.map(|c| numbers(&c.main));
        let extra = self.spare_codes(Realisation::ExtraGates);
        match main {
            Some(main) => std::iter::once(main).chain(extra).collect(),
            None => Vec::new(),
        }
    }

    /// The codes of the spares that are built in as `realisation`, in the order of the file; marks, one number a
    /// wheel.
    #[must_use]
    pub fn spare_codes(&self, realisation: Realisation) -> Vec<Vec<f64>> {
        let codes = self.keyspace.as_ref().and_then(|k| k.codes.as_ref());
        let spares = codes.map_or(&[][..], |c| &c.spares[..]);
        let built_so = spares.iter().filter(|s| s.realisation == realisation);
        built_so.map(|s| numbers(&s.code)).collect()
    }

    /// How many codes the main pack carries.
    #[must_use]
    pub fn pack_code_count(&self) -> usize {
        self.pack_codes().len()
    }
}

fn numbers(code: &crate::keyspace::Code) -> Vec<f64> {
    code.0.iter().map(|&n| f64::from(n)).collect()
}

/// The JSON Schema of design files.
#[must_use]
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(DesignFile).to_value();
    if let Some(object) = schema.as_object_mut() {
        object.insert("title".to_owned(), "wheelpack design".into());
    }
    schema
}
