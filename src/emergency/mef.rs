//! Export of the trees as Open-PSA Model Exchange Format, so that another program can re-run them.
//!
//! * What: one document a design: per cause an event tree of its plan, each attempt a functional
//!   event with its fault tree; a forced attempt that fails forks into seized or not.
//! * Model: paths collect `gate` or `not gate`; a sequence's probability is that of the path, given
//!   the cause. Sequence `i` of a cause is named [`sequence_name`] and is ending `i` of its plan.
//! * Reference: Open-PSA MEF 2.0d; read by SCRAM 0.16.
//! * Checked by: `val_scram_sequence_probabilities` (6e-6 relative, SCRAM prints six digits).

use super::cause::Cause;
use super::model::CauseModel;
use super::prepare::Prepared;
use super::tree::Expr;
use std::fmt::Write as _;

/// The plans of all causes of a design as one Open-PSA document.
#[must_use]
pub fn open_psa(design: &Prepared) -> String {
    let values = design.nominal();
    let given = design.model.given(&values);
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opsa-mef>\n");
    let plans: Vec<Writer> = design
        .model
        .causes
        .iter()
        .zip(&design.plans)
        .map(|(cause, prepared)| Writer {
            design,
            cause,
            order: &prepared.plan.order,
            after: &prepared.plan.after_seizure,
            force: design.model.force_of(cause, &given),
        })
        .collect();
    plans.iter().for_each(|w| w.initiating_event(&mut xml));
    plans.iter().for_each(|w| w.event_tree(&mut xml));
    plans.iter().for_each(|w| w.fault_tree(&mut xml));
    let seizes = plans.iter().find_map(|w| w.force);
    model_data(
        design,
        &design.model.chances(&given),
        seizes.map(|f| f.1),
        &mut xml,
    );
    xml.push_str("</opsa-mef>\n");
    xml
}

/// Name of ending `i` of the plan against `cause`.
#[must_use]
pub fn sequence_name(cause: Cause, i: usize) -> String {
    format!("{cause}_{i}")
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
    fn initiating_event(&self, xml: &mut String) {
        let cause = self.cause.cause;
        let _ = writeln!(
            xml,
            "  <define-initiating-event name=\"{cause}\" event-tree=\"plan_{cause}\"/>"
        );
    }

    fn event_tree(&self, xml: &mut String) {
        let _ = writeln!(
            xml,
            "  <define-event-tree name=\"plan_{}\">",
            self.cause.cause
        );
        for event in self.functional_events() {
            let _ = writeln!(xml, "    <define-functional-event name=\"{event}\"/>");
        }
        for i in 0..self.endings() {
            let name = sequence_name(self.cause.cause, i);
            let _ = writeln!(xml, "    <define-sequence name=\"{name}\"/>");
        }
        xml.push_str("    <initial-state>\n");
        self.calm(0, &mut 0, xml);
        xml.push_str("    </initial-state>\n  </define-event-tree>\n");
    }

    fn gate(&self, prefix: &str, a: usize) -> String {
        format!("{}_{prefix}_{}", self.cause.cause, self.word(a))
    }

    fn sequence(&self, next: &mut usize, xml: &mut String) {
        let name = sequence_name(self.cause.cause, *next);
        let _ = writeln!(xml, "<sequence name=\"{name}\"/>");
        *next += 1;
    }

    fn works(&self, gate: &str, next: &mut usize, xml: &mut String) {
        let _ = write!(
            xml,
            "<path state=\"works\"><collect-formula><not><gate name=\"{gate}\"/></not></collect-formula>"
        );
        self.sequence(next, xml);
        xml.push_str("</path>\n");
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
            return self.sequence(next, xml);
        };
        let gate = self.gate("fails", a);
        let _ = writeln!(xml, "<fork functional-event=\"try_{}\">", self.word(a));
        self.works(&gate, next, xml);
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
            return self.sequence(next, xml);
        };
        let gate = self.gate("fails_seized", a);
        let _ = writeln!(xml, "<fork functional-event=\"seized_{}\">", self.word(a));
        self.works(&gate, next, xml);
        let _ = writeln!(
            xml,
            "<path state=\"fails\"><collect-formula><gate name=\"{gate}\"/></collect-formula>"
        );
        self.seized(k + 1, next, xml);
        xml.push_str("</path>\n</fork>\n");
    }

    fn fault_tree(&self, xml: &mut String) {
        let _ = writeln!(
            xml,
            "  <define-fault-tree name=\"solutions_{}\">",
            self.cause.cause
        );
        let forced = self.order.iter().any(|&a| self.seizing(a));
        let calm = self
            .order
            .iter()
            .map(|&a| ("fails", a, &self.cause.attempts[a].fails));
        let seized = self.after.iter().filter(|_| forced);
        let seized = seized.map(|&a| ("fails_seized", a, &self.cause.attempts[a].fails_seized));
        for (prefix, a, expr) in calm.chain(seized) {
            let _ = write!(xml, "    <define-gate name=\"{}\">", self.gate(prefix, a));
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
        event(self.design, leaf)
    }
}

fn event(design: &Prepared, leaf: usize) -> String {
    format!("e{leaf}_{}", word(&design.model.leaves[leaf].name))
}

fn model_data(design: &Prepared, p: &[f64], seizes: Option<f64>, xml: &mut String) {
    let named = p.iter().enumerate().map(|(i, p)| (event(design, i), *p));
    xml.push_str("  <model-data>\n");
    for (name, p) in named.chain(seizes.map(|p| (SEIZES.to_owned(), p))) {
        let _ = writeln!(
            xml,
            "    <define-basic-event name=\"{name}\"><float value=\"{p:e}\"/></define-basic-event>"
        );
    }
    xml.push_str("  </model-data>\n");
}

const TRUE: &str = "<constant value=\"true\"/>";
const FALSE: &str = "<constant value=\"false\"/>";

/// An Open-PSA identifier made of a name: letters, digits and `_`.
fn word(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect()
}
