//! Statements 47–55: the warning against force, the comparison, and the advice on choice.

use super::evidence::Found;
use super::{Evidence, Judgement, Statement, Verdict};
use crate::emergency::cause::Cause;
use crate::emergency::exposure::Route;
use crate::emergency::number::Mark;
use crate::math::sum;

const FORCE: &str = "a design with force among its solutions";

pub(super) static STATEMENTS: [Statement; 9] = [
    Statement {
        number: 47,
        quote: "strongly advised against … prying or smashing",
        needs: FORCE,
        judge: against,
    },
    Statement {
        number: 48,
        quote: "damage the lock body and its mounting surfaces—doors and walls",
        needs: FORCE,
        judge: damage,
    },
    Statement {
        number: 49,
        quote: "may also cause the lock cylinder to seize completely",
        needs: FORCE,
        judge: seize,
    },
    Statement {
        number: 50,
        quote: "significantly increasing the difficulty of subsequent lock-picking",
        needs: FORCE,
        judge: harder,
    },
    Statement {
        number: 51,
        quote: "remote: account theft; key: loss; spare: leak; pick: insufficient verification",
        needs: "a design with exposed solutions",
        judge: security,
    },
    Statement {
        number: 52,
        quote: "power and remote more suitable for daily emergencies",
        needs: "a design with external power and remote authorisation",
        judge: daily,
    },
    Statement {
        number: 53,
        quote: "spare password more suitable for password forgetting",
        needs: "a design with spare combinations",
        judge: forgetting,
    },
    Statement {
        number: 54,
        quote: "prioritize products with rich emergency solutions and high security",
        needs: "two designs",
        judge: rich,
    },
    Statement {
        number: 55,
        quote: "familiarize … in advance to avoid panic",
        needs: "a design with solutions",
        judge: practise,
    },
];

fn force<'a>(e: &Evidence<'a>) -> Option<Found<'a>> {
    e.first("force")
}

/// The advice holds where no best plan of any design forces before something gentler.
fn against(e: &Evidence) -> Option<Judgement> {
    let (mut plans, mut early) = (0_u32, 0_u32);
    for f in e.all("force") {
        for plan in e.report(f.design).plan.values() {
            plans += 1;
            let place = plan.order.iter().position(|name| *name == f.spec.name);
            early += u32::from(place.is_some_and(|p| p + 1 < plan.order.len()));
        }
    }
    if plans == 0 {
        return None;
    }
    let share = f64::from(early) / f64::from(plans);
    let because = format!(
        "share of the {plans} best plans that force before something gentler is tried; holds at 0, \
         fails from a half (forcing as the last attempt before the last resort is not counted)"
    );
    let verdict = if early == 0 {
        Verdict::Holds
    } else if share < 0.5 {
        Verdict::Depends
    } else {
        Verdict::Fails
    };
    Some(Judgement::new(verdict, share, "share of plans", because))
}

fn damage(e: &Evidence) -> Option<Judgement> {
    let f = force(e)?;
    let (all, surface) = (e.fact(f, "damage_cny")?, e.fact(f, "damage_surface_cny")?);
    let because = format!("damage by one forced attempt, {surface:.0} of it to door and wall");
    Some(Judgement::test(all > 0.0, all, "CNY per attempt", because))
}

fn seize(e: &Evidence) -> Option<Judgement> {
    let f = force(e)?;
    let p = e.fact(f, "p_seize")?;
    let key = format!("/solutions/{}/kind/force/p_seize", f.spec.name);
    let assumptions = &e.report(f.design).assumptions;
    let mark = assumptions.iter().find(|a| a.key.ends_with(&key))?.mark;
    let (verdict, because) = if mark == Mark::Assumption {
        (
            Verdict::NoData,
            "chance to seize in the file: an assumption, no figure was found",
        )
    } else {
        (
            if p > 0.0 {
                Verdict::Holds
            } else {
                Verdict::Fails
            },
            "chance to seize; holds above 0",
        )
    };
    Some(Judgement::new(
        verdict,
        p,
        "chance per failed attempt",
        because,
    ))
}

fn harder(e: &Evidence) -> Option<Judgement> {
    let f = force(e)?;
    let report = e.plan(f.design, Cause::Credential)?.force?;
    let more = report.seized - report.without_force;
    let because = format!(
        "expected cost of going on with a seized lock less that with an untouched one, forgotten \
         code; forcing first pays up to a chance to seize of {}; holds above 0",
        report
            .p_seize_break_even
            .map_or("any".to_owned(), |p| format!("{p:.2}"))
    );
    Some(Judgement::test(more > 0.0, more, "CNY", because))
}

fn security(e: &Evidence) -> Option<Judgement> {
    let named = [
        Route::AccountTakeover,
        Route::LostKey,
        Route::DisclosedSpare,
        Route::UnqualifiedOpener,
    ];
    let most = |r: Route| e.designs().map(|d| e.exposure(d, r)).fold(0.0, f64::max);
    let mut rows: Vec<(f64, Route)> = Route::ALL.iter().map(|r| (most(*r), *r)).collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let there = named.iter().filter(|r| most(**r) > 0.0).count();
    if there == 0 {
        return None;
    }
    let order: Vec<String> = rows
        .iter()
        .filter(|(p, _)| *p > 0.0)
        .map(|(p, r)| format!("{r} {p:.2e}"))
        .collect();
    let because = format!(
        "largest exposure of a design by one route; all in unauthorised openings per year: {}; \
         holds where all four routes named are real",
        order.join(", ")
    );
    let verdict = if there == 4 {
        Verdict::Holds
    } else {
        Verdict::Depends
    };
    Some(Judgement::new(verdict, rows[0].0, "per year", because))
}

fn daily(e: &Evidence) -> Option<Judgement> {
    let power = e.first("external_power")?;
    let remote = e.all("remote").find(|f| f.design == power.design)?;
    let leads =
        |cause| -> Option<&str> { Some(e.plan(power.design, cause)?.order.first()?.as_str()) };
    let battery = leads(Cause::Battery)? == power.spec.name;
    let others = leads(Cause::AuthoriseOther)? == remote.spec.name;
    let verdict = match (battery, others) {
        (true, true) => Verdict::Holds,
        (false, false) => Verdict::Fails,
        _ => Verdict::Depends,
    };
    let p = e.alone(power, Cause::Battery)?;
    let because = "chance to open a flat battery's lock by power alone; holds where power leads the \
                   plan for a flat battery and remote that for letting others in";
    Some(Judgement::new(verdict, p, "chance", because))
}

fn forgetting(e: &Evidence) -> Option<Judgement> {
    let f = e.first("spare_combination")?;
    let plan = e.plan(f.design, Cause::Credential)?;
    let p = e.alone(f, Cause::Credential)?;
    let leads = plan.order.first().is_some_and(|name| *name == f.spec.name);
    let because = "chance to open for a forgotten code by the spare alone; holds where it leads the \
                   plan for that cause";
    Some(Judgement::test(leads, p, "chance", because))
}

/// Rich in solutions is good only while the last one still saves more than it exposes and costs.
fn rich(e: &Evidence) -> Option<Judgement> {
    if e.designs().len() < 2 {
        return None;
    }
    let rows: Vec<f64> = e
        .designs()
        .flat_map(|d| {
            e.report(d)
                .solution_values
                .iter()
                .map(|v| v.last_cny_per_year)
        })
        .collect();
    let worse = rows.iter().filter(|v| **v < 0.0).count();
    let least = rows.iter().copied().reduce(f64::min)?;
    let best = e.comparison.designs.iter().min_by_key(|d| d.rank)?;
    let exposed = sum(best.exposure_per_year.values().map(|x| x.nominal));
    let because = format!(
        "least that a solution saves on top of all others of its design; {worse} of {} save less \
         than they cost and expose; least loss: {} with {} solutions and {exposed:.4} unauthorised \
         openings a year",
        rows.len(),
        best.design,
        best.solution_values.len()
    );
    let verdict = if worse == 0 {
        Verdict::Holds
    } else if worse < rows.len() {
        Verdict::Depends
    } else {
        Verdict::Fails
    };
    Some(Judgement::new(verdict, least, "CNY per year", because))
}

fn practise(e: &Evidence) -> Option<Judgement> {
    let design = e.smart().or_else(|| e.designs().next())?;
    let (unpractised, practised) = e.practice(design)?;
    let saved = unpractised - practised;
    let because = format!(
        "annual loss of {} without practice less that with a yearly one, its cost counted; holds \
         above 0",
        e.report(design).design
    );
    let verdict = if saved > 0.0 {
        Verdict::Holds
    } else {
        Verdict::Depends
    };
    Some(Judgement::new(verdict, saved, "CNY per year", because))
}
