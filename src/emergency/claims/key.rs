//! Statements 16–21: the mechanical emergency key.

use super::evidence::Found;
use super::{Evidence, Judgement, Statement, Verdict};
use crate::emergency::cause::Cause;
use crate::emergency::exposure::Route;

const NEEDS: &str = "a design with a mechanical key";

pub(super) static STATEMENTS: [Statement; 6] = [
    Statement {
        number: 16,
        quote: "mechanical keyhole … hidden … removing the decorative cover",
        needs: NEEDS,
        judge: cover,
    },
    Statement {
        number: 17,
        quote: "1-2 mechanical emergency keys",
        needs: NEEDS,
        judge: count,
    },
    Statement {
        number: 18,
        quote: "when the electronic part fails, the lock can be unlocked manually",
        needs: NEEDS,
        judge: manually,
    },
    Statement {
        number: 19,
        quote: "high reliability (not affected by electronic components)",
        needs: NEEDS,
        judge: reliable,
    },
    Statement {
        number: 20,
        quote: "stored in a hidden outdoor place or given to a trusted person",
        needs: NEEDS,
        judge: stored,
    },
    Statement {
        number: 21,
        quote: "lost or obtained by others … safety hazard",
        needs: NEEDS,
        judge: lost,
    },
];

fn key<'a>(e: &Evidence<'a>) -> Option<Found<'a>> {
    e.first("mechanical_key")
}

fn cover(e: &Evidence) -> Option<Judgement> {
    let f = key(e)?;
    let name = f.spec.kind.0.names().last().copied()?;
    let p = e.chance(f.design, name);
    let because = "chance that nobody present knows where the hidden keyhole is; hiding it is free \
                   only up to 1 %";
    let verdict = if p <= 0.01 {
        Verdict::Holds
    } else {
        Verdict::Depends
    };
    Some(Judgement::new(verdict, p, "chance", because))
}

fn count(e: &Evidence) -> Option<Judgement> {
    let keys = e.fact(key(e)?, "keys")?;
    let because = "keys of the lock looked at; holds for 1 or 2";
    Some(Judgement::test(
        (1.0..=2.0).contains(&keys),
        keys,
        "keys",
        because,
    ))
}

fn manually(e: &Evidence) -> Option<Judgement> {
    let f = key(e)?;
    let p = e.alone(f, Cause::Electronics)?;
    let jam = e.alone(f, Cause::Jam).unwrap_or(0.0);
    let because = format!(
        "chance to open by key alone when the electronics failed; for a jam it is {jam:.2} (holds \
         from 0.9, fails below 0.5)"
    );
    Some(Judgement::chance(p, because))
}

fn reliable(e: &Evidence) -> Option<Judgement> {
    let f = key(e)?;
    let by_battery = e.alone(f, Cause::Battery)?;
    let difference = (by_battery - e.alone(f, Cause::Electronics)?).abs();
    let verdict = match (difference < 1e-12, by_battery >= 0.9) {
        (true, true) => Verdict::Holds,
        (true, false) => Verdict::Depends,
        _ => Verdict::Fails,
    };
    let because = format!(
        "chance to open by key alone; it differs by {difference:.3} between a flat battery and dead \
         electronics, so it is independent of them, but whether it is high rests on people \
         (holds from 0.9)"
    );
    Some(Judgement::new(verdict, by_battery, "chance", because))
}

fn stored(e: &Evidence) -> Option<Judgement> {
    let f = key(e)?;
    let keys = e.fact(f, "keys")? as usize;
    let names = f.spec.kind.0.names();
    let nobody = e.chance_of_all(f.design, names.get(..keys)?);
    let first = e.chance(f.design, names[0]);
    let because = format!(
        "chance that one of the {keys} keys is within reach as stored; the first place alone gives \
         {:.2} (holds from 0.9, fails below 0.5)",
        1.0 - first
    );
    Some(Judgement::chance(1.0 - nobody, because))
}

fn lost(e: &Evidence) -> Option<Judgement> {
    let f = key(e)?;
    let openings = e.exposure(f.design, Route::LostKey);
    let losses = e.fact(f, "lost_per_year")?;
    let because = format!(
        "unauthorised openings by a lost key; {losses:.3} keys are lost a year; a hazard if above 0"
    );
    Some(Judgement::test(
        openings > 0.0,
        openings,
        "per year",
        because,
    ))
}
