//! Statements 1–6: why emergency openings matter, and how the solutions differ.

use super::{Evidence, Judgement, Statement, Verdict};
use crate::emergency::cause::Cause;
use crate::math::sum;

pub(super) static STATEMENTS: [Statement; 6] = [
    Statement {
        number: 1,
        quote: "important complement to lock security … address emergencies",
        needs: "a design with solutions",
        judge: complement,
    },
    Statement {
        number: 2,
        quote: "battery depletion",
        needs: "a design with a battery",
        judge: battery,
    },
    Statement {
        number: 3,
        quote: "forgotten passwords",
        needs: "a design with a credential",
        judge: forgotten,
    },
    Statement {
        number: 4,
        quote: "lock mechanism failure",
        needs: "a design",
        judge: mechanism,
    },
    Statement {
        number: 5,
        quote: "significant differences in the underlying principles, operational complexity, and security levels",
        needs: "a design with two solutions",
        judge: differences,
    },
    Statement {
        number: 6,
        quote: "four main types (smart locks)",
        needs: "a design with a battery",
        judge: four_types,
    },
];

fn complement(e: &Evidence) -> Option<Judgement> {
    let saved: Vec<f64> = e
        .designs()
        .map(|d| {
            sum(e
                .report(d)
                .solution_values
                .iter()
                .map(|v| v.shapley_cny_per_year))
        })
        .collect();
    let least = saved.iter().copied().reduce(f64::min)?;
    let most = saved.iter().copied().reduce(f64::max)?;
    let verdict = match (least > 0.0, most > 0.0) {
        (true, _) => Verdict::Holds,
        (false, true) => Verdict::Depends,
        _ => Verdict::Fails,
    };
    let because = format!(
        "loss saved by all emergency solutions of a design, exposure and price counted against \
         them: {least:.0} to {most:.0} over the designs; the largest is shown"
    );
    Some(Judgement::new(verdict, most, "CNY per year", because))
}

fn cause_share(e: &Evidence, design: usize, causes: &[Cause], what: &str) -> Judgement {
    let share = e.share(design, causes);
    let name = &e.report(design).design;
    let because = format!("share of the lock-outs of {name} by {what}; holds from 1 %");
    Judgement::test(share >= 0.01, share, "share", because)
}

fn battery(e: &Evidence) -> Option<Judgement> {
    Some(cause_share(
        e,
        e.smart()?,
        &[Cause::Battery],
        "a flat battery",
    ))
}

fn forgotten(e: &Evidence) -> Option<Judgement> {
    let design = e
        .designs()
        .find(|&d| e.section(d).causes.credential.is_some())?;
    Some(cause_share(
        e,
        design,
        &[Cause::Credential],
        "a forgotten code",
    ))
}

fn mechanism(e: &Evidence) -> Option<Judgement> {
    let causes = [Cause::Jam, Cause::Spring, Cause::Electronics];
    Some(cause_share(
        e,
        e.designs().next()?,
        &causes,
        "jam, spring and electronics",
    ))
}

fn differences(e: &Evidence) -> Option<Judgement> {
    let spread = e
        .designs()
        .flat_map(|d| e.report(d).success.values())
        .filter_map(|row| {
            let able = || row.values().map(|s| s.p);
            let most = able().reduce(f64::max)?;
            let least = able().reduce(f64::min)?;
            Some(most - least)
        });
    let widest = spread.reduce(f64::max)?;
    let because = "widest difference in the chance to open between two solutions of one design for \
                   one cause; holds from 0.2";
    Some(Judgement::test(widest >= 0.2, widest, "chance", because))
}

fn four_types(e: &Evidence) -> Option<Judgement> {
    let solutions = &e.section(e.smart()?).solutions;
    let kinds = ["external_power", "mechanical_key", "remote", "opening_hole"];
    let there = |k: &&&str| solutions.iter().any(|s| s.kind.0.kind().name == **k);
    let count = kinds.iter().filter(there).count();
    let because = "of the four kinds of the text, this many are in the smart lock looked at";
    let verdict = if count == 4 {
        Verdict::Holds
    } else {
        Verdict::Depends
    };
    Some(Judgement::new(verdict, count as f64, "kinds", because))
}
