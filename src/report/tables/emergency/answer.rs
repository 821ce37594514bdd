//! The buyer's questions, answered in words from the numbers.

use super::{listed, money, rate, said};
use crate::emergency::report::EmergencyReport;
use crate::emergency::{Cause, Mark};
use crate::math::sum;
use crate::report::tables::{percent, short};
use crate::report::{Cell, Column, Table};
use crate::study::EmergencyStudy;

/// Numbers named as the first to find out.
const FIRST: usize = 3;

/// Which lock, what is left as risk, what to do, what to find out.
#[must_use]
pub fn answer(study: &EmergencyStudy) -> Table {
    let columns = vec![
        Column::text("question", "Question"),
        Column::text("answer", "Answer"),
    ];
    let mut table = Table::new(
        format!("In {}: {}", study.scenario.name, study.scenario.about),
        columns,
    );
    let Some(best) = study.comparison.designs.iter().position(|d| d.rank == 1) else {
        return table;
    };
    let d = &study.comparison.designs[best];
    let mut say = |question: &str, answer: String| {
        table.push(vec![Cell::text(question), Cell::text(answer)]);
    };
    say("Which lock?", which(study, best));
    say("With which solutions?", solutions(study, best));
    say("What risk is left?", residual(study, d));
    if let Some(doing) = what_to_do(d) {
        say("Locked out: what to do?", doing);
    }
    say("What to find out first?", find_out(study));
    say("How sure are the figures?", evidence(d));
    table
}

fn which(study: &EmergencyStudy, best: usize) -> String {
    let c = &study.comparison;
    let d = &c.designs[best];
    let e = &d.annual_loss.total;
    let mut text = format!(
        "{}: expected loss {} CNY a year ({} to {})",
        d.design,
        money(e.value),
        money(e.low),
        money(e.high)
    );
    if c.designs.len() > 1 {
        text += &format!(
            ", the least of {} designs in {} of the samples",
            c.designs.len(),
            percent(d.p_best)
        );
    }
    if let Some(second) = c.designs.iter().position(|d| d.rank == 2) {
        let other = &c.designs[second];
        text += &format!(
            "; next is {} with {} CNY, better in {} of the samples",
            other.design,
            money(other.annual_loss.total.value),
            percent(c.p_better[second][best])
        );
    }
    text + "."
}

fn solutions(study: &EmergencyStudy, best: usize) -> String {
    let b = &study.beside[best];
    let out: Vec<String> = b.left_out().map(said).collect();
    let kept: Vec<String> = b.best.solutions.iter().map(|s| said(s)).collect();
    let mut text = format!(
        "{}: {} CNY a year at the figures of the files",
        listed(&kept, ", ", "none"),
        money(b.best.annual_loss_cny_per_year)
    );
    if !out.is_empty() {
        text += &format!(
            "; {} would cost more than saved ({} CNY with all)",
            out.join(", "),
            money(b.whole.annual_loss_cny_per_year)
        );
    }
    text + "."
}

fn emergencies(d: &EmergencyReport) -> impl Iterator<Item = (Cause, f64)> {
    let all = d.rates_per_year.iter().filter(|(c, _)| c.is_emergency());
    all.map(|(c, r)| (*c, r.value))
}

fn residual(study: &EmergencyStudy, d: &EmergencyReport) -> String {
    let e = &d.lockouts_per_year;
    let mut text = format!(
        "{} lock-outs a year ({} to {})",
        rate(e.value),
        rate(e.low),
        rate(e.high)
    );
    if e.value > 0.0 {
        text += &format!(", one in {} years", short(1.0 / e.value));
    }
    let most = emergencies(d).max_by(|a, b| a.1.total_cmp(&b.1));
    if let Some((cause, r)) = most.filter(|(_, r)| *r > 0.0) {
        text += &format!(", most by {} ({} a year)", said(cause.name()), rate(r));
    }
    // The plans are those at the figures of the files, and so are the rates here.
    let nominal = |c: Cause| d.rates_per_year[&c].nominal;
    let stuck = sum(emergencies(d).map(|(c, _)| nominal(c) * (1.0 - d.plan[&c].p_open)));
    let all = sum(emergencies(d).map(|(c, _)| nominal(c)));
    if all > 0.0 {
        text += &format!(
            "; at the figures of the files {} of them end with the last resort ({})",
            percent(stuck / all),
            study.scenario.last_resort.what
        );
    }
    let all = sum(d.exposure_per_year.values().map(|e| e.value));
    text += &format!("; {} intrusions a year by way of the solutions", rate(all));
    let routes = d.exposure_per_year.iter();
    if let Some((route, _)) = routes.max_by(|a, b| a.1.value.total_cmp(&b.1.value))
        && all > 0.0
    {
        text += &format!(", most by {}", said(route.name()));
    }
    text + "."
}

fn what_to_do(d: &EmergencyReport) -> Option<String> {
    let (cause, _) = emergencies(d).max_by(|a, b| a.1.total_cmp(&b.1))?;
    let plan = d.plan.get(&cause)?;
    let order: Vec<String> = plan.order.iter().map(|s| said(s)).collect();
    Some(format!(
        "With all its solutions, for {}, in this order: {}. In without the last resort: {}; {} CNY and {} h on average.",
        said(cause.name()),
        listed(&order, ", then ", "nothing pays but the last resort"),
        percent(plan.p_open),
        money(plan.expected_cost),
        short(plan.expected_time_h)
    ))
}

fn find_out(study: &EmergencyStudy) -> String {
    let c = &study.comparison;
    if c.evppi.is_empty() {
        return if c.designs.len() > 1 {
            "No single figure would change the choice of the lock within its stated range."
                .to_owned()
        } else {
            "Nothing is chosen between here: give a second design.".to_owned()
        };
    }
    let named: Vec<String> = c
        .evppi
        .iter()
        .take(FIRST)
        .map(|w| format!("{} (worth {} CNY a year)", w.key, money(w.evppi)))
        .collect();
    format!(
        "{}. Knowing everything before choosing would be worth {} CNY a year.",
        named.join("; "),
        money(c.evpi)
    )
}

fn evidence(d: &EmergencyReport) -> String {
    let of = |mark: Mark| d.assumptions.iter().filter(|a| a.mark == mark).count();
    format!(
        "Of {} figures behind this lock {} are measured or from standards, {} from surveys, {} from vendors and {} are judgement.",
        d.assumptions.len(),
        of(Mark::Measured),
        of(Mark::Survey),
        of(Mark::Vendor),
        of(Mark::Assumption)
    )
}
