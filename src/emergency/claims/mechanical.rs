//! Statements 35–46: mechanical locks, their spares, and the professional.

use super::evidence::Found;
use super::{Evidence, Judgement, Statement, Verdict};
use crate::emergency::cause::Cause;
use crate::emergency::exposure::Route;

const SPARE: &str = "a design with spare combinations";
const PRO: &str = "a design with a professional";

pub(super) static STATEMENTS: [Statement; 12] = [
    Statement {
        number: 35,
        quote: "mechanical … relatively limited, primarily relying on spare passwords or professional lock-picking",
        needs: "a mechanical design and one with a battery",
        judge: limited,
    },
    Statement {
        number: 36,
        quote: "one to two sets of spare passwords",
        needs: SPARE,
        judge: sets,
    },
    Statement {
        number: 37,
        quote: "completely independent of the main password",
        needs: SPARE,
        judge: independent,
    },
    Statement {
        number: 38,
        quote: "stored … home safe or with trusted relatives",
        needs: SPARE,
        judge: stored,
    },
    Statement {
        number: 39,
        quote: "if the main password is forgotten, the spare … can be used",
        needs: SPARE,
        judge: used,
    },
    Statement {
        number: 40,
        quote: "simplicity and non-destructive",
        needs: SPARE,
        judge: simple,
    },
    Statement {
        number: 41,
        quote: "prevent unauthorized disclosure",
        needs: SPARE,
        judge: disclosure,
    },
    Statement {
        number: 42,
        quote: "locksmith if forgotten and no spare … or jammed lock cylinder or a broken spring",
        needs: PRO,
        judge: locksmith,
    },
    Statement {
        number: 43,
        quote: "qualified professional locksmith … non-destructive",
        needs: PRO,
        judge: nondestructive,
    },
    Statement {
        number: 44,
        quote: "high success rate and minimal damage",
        needs: PRO,
        judge: success,
    },
    Statement {
        number: 45,
        quote: "cost … tens to hundreds of yuan",
        needs: PRO,
        judge: cost,
    },
    Statement {
        number: 46,
        quote: "verify the locksmith's credentials",
        needs: PRO,
        judge: verify,
    },
];

fn spare<'a>(e: &Evidence<'a>) -> Option<Found<'a>> {
    e.first("spare_combination")
}

fn professional<'a>(e: &Evidence<'a>) -> Option<Found<'a>> {
    e.mechanical()
        .and_then(|d| e.all("professional").find(|f| f.design == d))
        .or_else(|| e.first("professional"))
}

fn limited(e: &Evidence) -> Option<Judgement> {
    let (smart, mechanical) = (e.smart()?, e.mechanical()?);
    let gentle = |d: usize| {
        let all = e.section(d).solutions.iter();
        all.filter(|s| s.kind.0.forced().is_none()).count()
    };
    let most = e
        .designs()
        .filter(|&d| e.section(d).causes.battery.is_none())
        .map(gentle)
        .max();
    let most = most.unwrap_or_else(|| gentle(mechanical));
    let because = format!(
        "non-destructive solutions of the best equipped mechanical design; the smart one has {}; \
         holds where there are fewer",
        gentle(smart)
    );
    Some(Judgement::test(
        most < gentle(smart),
        most as f64,
        "solutions",
        because,
    ))
}

/// Access loss saved by the second spare of two otherwise equal designs.
fn sets(e: &Evidence) -> Option<Judgement> {
    let with = |n: f64| {
        e.all("spare_combination").find(|f| {
            let count = e.fact(*f, "spares").is_some_and(|s| (s - n).abs() < 0.5);
            count && e.fact(*f, "independent").is_some_and(|i| i > 0.5)
        })
    };
    let access = |f: Found| e.report(f.design).annual_loss.parts.access_cny_per_year;
    let (one, two) = (with(1.0)?, with(2.0)?);
    let saved = access(one) - access(two);
    let net =
        e.report(one.design).annual_loss.total.value - e.report(two.design).annual_loss.total.value;
    let because = format!(
        "loss by lock-outs saved by a second independent spare; with exposure and price counted it \
         is {net:.0}; holds where both are above 0"
    );
    let verdict = match (saved > 0.0, net > 0.0) {
        (true, true) => Verdict::Holds,
        (true, false) => Verdict::Depends,
        _ => Verdict::Fails,
    };
    Some(Judgement::new(verdict, saved, "CNY per year", because))
}

fn independent(e: &Evidence) -> Option<Judgement> {
    let verdicts: Vec<_> = e.designs().filter_map(|d| e.report(d).spares).collect();
    let most = verdicts.iter().map(|v| v.added_openings).reduce(f64::max)?;
    let yes = verdicts.iter().filter(|v| v.independent).count();
    let from = verdicts[0].from.name();
    let because = format!(
        "largest number of settings that open beyond the main code; {yes} of {} designs have \
         independent spares (says the {from}); spares as extra gates on shared wheels open every \
         mixture and are not independent",
        verdicts.len()
    );
    let verdict = if yes == verdicts.len() {
        Verdict::Holds
    } else if yes > 0 {
        Verdict::Depends
    } else {
        Verdict::Fails
    };
    Some(Judgement::new(verdict, most, "settings", because))
}

fn stored(e: &Evidence) -> Option<Judgement> {
    let f = spare(e)?;
    let away = e.chance(f.design, Evidence::reference(f, 0)?);
    let told = e.fact(f, "p_disclosed_per_year")?;
    let because = format!(
        "chance that the first holder can be reached; {told:.3} a year that the spare gets into \
         other hands; keeping it behind the lock itself is refused by the loader (holds from 0.9, \
         fails below 0.5)"
    );
    Some(Judgement::chance(1.0 - away, because))
}

fn used(e: &Evidence) -> Option<Judgement> {
    let f = spare(e)?;
    let p = e.alone(f, Cause::Credential)?;
    let jam = e.alone(f, Cause::Jam).unwrap_or(0.0);
    let because = format!(
        "chance to open for a forgotten code by the spare alone; for a jam it is {jam:.2} (holds \
         from 0.9, fails below 0.5)"
    );
    Some(Judgement::chance(p, because))
}

fn simple(e: &Evidence) -> Option<Judgement> {
    let f = spare(e)?;
    let damage = e.surcharge_cny(f, Cause::Credential);
    let slip = f.spec.slip.p_unpractised.value;
    let because = format!(
        "chance to do the steps wrong without practice; expected damage {damage:.0} CNY; holds up \
         to 5 % and without damage"
    );
    let holds = slip <= 0.05 && damage <= 0.0;
    Some(Judgement::test(holds, slip, "chance per attempt", because))
}

fn disclosure(e: &Evidence) -> Option<Judgement> {
    let f = spare(e)?;
    let openings = e.exposure(f.design, Route::DisclosedSpare);
    let because = "unauthorised openings by a disclosed spare; the advice has an object if above 0";
    Some(Judgement::test(
        openings > 0.0,
        openings,
        "per year",
        because,
    ))
}

fn locksmith(e: &Evidence) -> Option<Judgement> {
    let f = professional(e)?;
    let causes = [Cause::Credential, Cause::Jam, Cause::Spring];
    let least = causes
        .iter()
        .filter_map(|c| e.alone(f, *c))
        .reduce(f64::min)?;
    let because = "least chance over forgotten code, jam and broken spring that a professional \
                   opens; holds from 0.5";
    Some(Judgement::test(least >= 0.5, least, "chance", because))
}

fn nondestructive(e: &Evidence) -> Option<Judgement> {
    let f = professional(e)?;
    let p = e.fact(f, "p_nondestructive")?;
    let from = e
        .step(f, Cause::Credential)
        .map_or("design file", |s| s.from.name());
    let because = format!(
        "chance that he opens a whole lock without damage, from the {from} (holds from 0.9, fails \
         below 0.5)"
    );
    Some(Judgement::chance(p, because))
}

fn success(e: &Evidence) -> Option<Judgement> {
    let f = professional(e)?;
    let opens = e.fact(f, "p_opens")?;
    let both = opens * e.fact(f, "p_nondestructive")?;
    let because = format!(
        "chance that he opens and does it without damage; that he opens at all, once there, is \
         {opens:.2} (holds from 0.9, fails below 0.5)"
    );
    Some(Judgement::chance(both, because))
}

fn cost(e: &Evidence) -> Option<Judgement> {
    let f = professional(e)?;
    let fee = f.spec.cost_cny.value;
    let all = fee + e.surcharge_cny(f, Cause::Credential);
    let because = format!(
        "expected money of a call for a forgotten code, with night fee, drilling and overcharge; \
         the fee alone is {fee:.0}; holds from 10 to 1,000, depends where only the fee is inside"
    );
    let inside = |x: f64| (10.0..1000.0).contains(&x);
    let verdict = match (inside(all), inside(fee)) {
        (true, _) => Verdict::Holds,
        (false, true) => Verdict::Depends,
        _ => Verdict::Fails,
    };
    Some(Judgement::new(verdict, all, "CNY per call", because))
}

fn verify(e: &Evidence) -> Option<Judgement> {
    let f = professional(e)?;
    let saves = e.fact(f, "check_saves_cny")?;
    let (without, with) = (
        e.fact(f, "p_unqualified_unchecked")?,
        e.fact(f, "p_unqualified_checked")?,
    );
    let because = format!(
        "saved per call by checking the licence, its time counted; the chance of an unqualified one \
         falls from {without:.2} to {with:.2}; holds above 0"
    );
    Some(Judgement::test(saves > 0.0, saves, "CNY per call", because))
}
