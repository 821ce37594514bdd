//! Export of the trees as Open-PSA Model Exchange Format, so that another program can re-run them.
//!
//! * What: one event tree per cause: its plan in order, each attempt a functional event with its
//!   fault tree; a forced attempt that fails forks into seized or not.
//! * Model: paths collect `gate` or `not gate`; a sequence's probability is that of the path, given
//!   the cause. Sequence names are those of [`sequence_names`], in the order of
//!   [`super::order::Problem::sequences`].
//! * Reference: Open-PSA MEF 2.0d; read by SCRAM 0.16.
//! * Checked by: `val_scram_sequence_probabilities` (6e-6 relative, SCRAM prints six digits).

use super::cause::Cause;
use super::model::CauseModel;
use super::prepare::Prepared;
use super::tree::Expr;
use std::fmt::Write as _;

/// The plan of `cause` as an Open-PSA document; none where the cause does not happen here.
#[must_use]
pub fn open_psa(design: &Prepared, cause: Cause) -> Option<String> {
    let c = design.model.causes.iter().position(|m| m.cause == cause)?;
    let values = design.nominal();
    let given = design.model.given(&values);
    let writer = Writer {
        design,
        cause: &design.model.causes[c],
        order: &design.plans[c].plan.order,
        after: &design.plans[c].plan.after_seizure,
        force: design.model.force_of(&design.model.causes[c], &given),
    };
    Some(writer.document(&design.model.chances(&given)))
}

/// Names of the sequences of a document, in the order in which the plan's endings are listed.
#[must_use]
pub fn sequence_names(endings: usize) -> Vec<String> {
    (0..endings).map(|i| format!("end_{i}")).collect()
}

struct Writer<'a> {
    design: &'a Prepared,
    cause: &'a CauseModel,
    order: &'a [usize],
    after: &'a [usize],
    force: Option<(usize, f64)>,
}

/// The event that a failed forced attempt seizes the lock.
const SEIZES: &str = "the_lock_seizes";

impl Writer<'_> {
    fn document(&self, p: &[f64]) -> String {
        let tree = format!("plan_{}", self.cause.cause);
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opsa-mef>\n");
        let _ = writeln!(
            xml,
            "  <define-initiating-event name=\"{}\" event-tree=\"{tree}\"/>",
            self.cause.cause
        );
        let _ = writeln!(xml, "  <define-event-tree name=\"{tree}\">");
        for event in self.functional_events() {
            let _ = writeln!(xml, "    <define-functional-event name=\"{event}\"/>");
        }
        let count = self.endings();
        for name in sequence_names(count) {
            let _ = writeln!(xml, "    <define-sequence name=\"{name}\"/>");
        }
        xml.push_str("    <initial-state>\n");
        let mut next = 0;
        self.calm(0, &mut next, &mut xml);
        xml.push_str("    </initial-state>\n  </define-event-tree>\n");
        self.fault_tree(&mut xml);
        self.model_data(p, &mut xml);
        xml.push_str("</opsa-mef>\n");
        xml
    }

    fn seizing(&self, a: usize) -> bool {
        self.force.is_some_and(|(f, p)| f == a && p > 0.0)
    }

    fn endings(&self) -> usize {
        let seized = self.order.iter().any(|&a| self.seizing(a));
        self.order.len() + 1 + if seized { self.after.len() + 1 } else { 0 }
    }

    fn functional_events(&self) -> Vec<String> {
        let mut names = Vec::new();
        for &a in self.order {
            names.push(format!("try_{}", self.word(a)));
            if self.seizing(a) {
                names.push("seize".to_owned());
                names.extend(
                    self.after
                        .iter()
                        .map(|&b| format!("seized_{}", self.word(b))),
                );
            }
        }
        names
    }

    fn word(&self, a: usize) -> String {
        word(&self.design.model.solution_of(&self.cause.attempts[a]).name)
    }

    /// The fork of attempt number `k` of the plan; sequences are numbered as they are met.
    fn calm(&self, k: usize, next: &mut usize, xml: &mut String) {
        let Some(&a) = self.order.get(k) else {
            return sequence(next, xml);
        };
        let gate = format!("fails_{}", self.word(a));
        let _ = writeln!(xml, "<fork functional-event=\"try_{}\">", self.word(a));
        works(&gate, next, xml);
        let _ = writeln!(
            xml,
            "<path state=\"fails\"><collect-formula><gate name=\"{gate}\"/></collect-formula>"
        );
        if self.seizing(a) {
            xml.push_str("<fork functional-event=\"seize\">\n<path state=\"seized\">");
            let _ = writeln!(
                xml,
                "<collect-formula><basic-event name=\"{SEIZES}\"/></collect-formula>"
            );
            self.seized(0, next, xml);
            let _ = writeln!(
                xml,
                "</path>\n<path state=\"untouched\"><collect-formula><not><basic-event \
                 name=\"{SEIZES}\"/></not></collect-formula>"
            );
            self.calm(k + 1, next, xml);
            xml.push_str("</path>\n</fork>\n");
        } else {
            self.calm(k + 1, next, xml);
        }
        xml.push_str("</path>\n</fork>\n");
    }

    fn seized(&self, k: usize, next: &mut usize, xml: &mut String) {
        let Some(&a) = self.after.get(k) else {
            return sequence(next, xml);
        };
        let gate = format!("fails_seized_{}", self.word(a));
        let _ = writeln!(xml, "<fork functional-event=\"seized_{}\">", self.word(a));
        works(&gate, next, xml);
        let _ = writeln!(
            xml,
            "<path state=\"fails\"><collect-formula><gate name=\"{gate}\"/></collect-formula>"
        );
        self.seized(k + 1, next, xml);
        xml.push_str("</path>\n</fork>\n");
    }

    fn fault_tree(&self, xml: &mut String) {
        xml.push_str("  <define-fault-tree name=\"solutions\">\n");
        let forced = self.order.iter().any(|&a| self.seizing(a));
        let calm = self
            .order
            .iter()
            .map(|&a| ("fails_", a, &self.cause.attempts[a].fails));
        let seized = self.after.iter().filter(|_| forced);
        let seized = seized.map(|&a| ("fails_seized_", a, &self.cause.attempts[a].fails_seized));
        for (prefix, a, expr) in calm.chain(seized) {
            let _ = write!(xml, "    <define-gate name=\"{prefix}{}\">", self.word(a));
            self.formula(expr, xml);
            xml.push_str("</define-gate>\n");
        }
        xml.push_str("  </define-fault-tree>\n");
    }

    fn formula(&self, expr: &Expr, xml: &mut String) {
        let several = |tag: &str, of: &[Expr], xml: &mut String| match of {
            [] => xml.push_str(if tag == "or" { FALSE } else { TRUE }),
            [one] => self.formula(one, xml),
            _ => {
                let _ = write!(xml, "<{tag}>");
                of.iter().for_each(|e| self.formula(e, xml));
                let _ = write!(xml, "</{}>", tag.split(' ').next().unwrap_or(tag));
            }
        };
        match expr {
            Expr::Never => xml.push_str(FALSE),
            Expr::Always => xml.push_str(TRUE),
            Expr::Leaf(i) => {
                let _ = write!(xml, "<basic-event name=\"{}\"/>", self.event(*i));
            }
            Expr::Any(of) => several("or", of, xml),
            Expr::All(of) => several("and", of, xml),
            Expr::AtLeast(k, of) if *k <= 1 => several("or", of, xml),
            Expr::AtLeast(k, of) if *k == of.len() => several("and", of, xml),
            Expr::AtLeast(k, of) => several(&format!("atleast min=\"{k}\""), of, xml),
        }
    }

    fn event(&self, leaf: usize) -> String {
        format!("e{leaf}_{}", word(&self.design.model.leaves[leaf].name))
    }

    fn model_data(&self, p: &[f64], xml: &mut String) {
        xml.push_str("  <model-data>\n");
        let mut write_event = |name: &str, p: f64| {
            let _ = writeln!(
                xml,
                "    <define-basic-event name=\"{name}\"><float value=\"{p:e}\"/></define-basic-event>"
            );
        };
        for (i, p) in p.iter().enumerate() {
            write_event(&self.event(i), *p);
        }
        if let Some((_, p)) = self.force {
            write_event(SEIZES, p);
        }
        xml.push_str("  </model-data>\n");
    }
}

const TRUE: &str = "<constant value=\"true\"/>";
const FALSE: &str = "<constant value=\"false\"/>";

fn sequence(next: &mut usize, xml: &mut String) {
    let _ = writeln!(xml, "<sequence name=\"end_{next}\"/>");
    *next += 1;
}

fn works(gate: &str, next: &mut usize, xml: &mut String) {
    let _ = write!(
        xml,
        "<path state=\"works\"><collect-formula><not><gate name=\"{gate}\"/></not></collect-formula>"
    );
    sequence(next, xml);
    xml.push_str("</path>\n");
}

/// An Open-PSA identifier made of a name: letters, digits and `_`.
fn word(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect()
}
