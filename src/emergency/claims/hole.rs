//! Statements 30–34: the physical opening hole.

use super::evidence::Found;
use super::{Evidence, Judgement, Statement, Verdict};
use crate::emergency::exposure::Route;

const NEEDS: &str = "a design with an opening hole";

pub(super) static STATEMENTS: [Statement; 5] = [
    Statement {
        number: 30,
        quote: "some high-end products … hidden physical opening hole",
        needs: NEEDS,
        judge: premium,
    },
    Statement {
        number: 31,
        quote: "special tool (emergency paddle, hex wrench)",
        needs: NEEDS,
        judge: tool,
    },
    Statement {
        number: 32,
        quote: "rotated in a specific way … steps in the product manual must be followed",
        needs: NEEDS,
        judge: steps,
    },
    Statement {
        number: 33,
        quote: "high security (special tools are not easy to obtain)",
        needs: NEEDS,
        judge: secure,
    },
    Statement {
        number: 34,
        quote: "operation difficulty is relatively large",
        needs: NEEDS,
        judge: difficult,
    },
];

fn hole<'a>(e: &Evidence<'a>) -> Option<Found<'a>> {
    e.first("opening_hole")
}

fn premium(e: &Evidence) -> Option<Judgement> {
    let f = hole(e)?;
    let value = e
        .report(f.design)
        .solution_values
        .iter()
        .find(|v| v.solution == f.spec.name)?;
    let because = format!(
        "what the hole saves a year on top of all other solutions, its price of {:.0} CNY spread \
         over the horizon; above 0 it would belong in every product and not only in some",
        f.spec.price_cny.value
    );
    let last = value.last_cny_per_year;
    let verdict = if last < 0.0 {
        Verdict::Holds
    } else {
        Verdict::Depends
    };
    Some(Judgement::new(verdict, last, "CNY per year", because))
}

fn tool(e: &Evidence) -> Option<Judgement> {
    let f = hole(e)?;
    let p = 1.0 - e.chance(f.design, Evidence::reference(f, 0)?);
    Some(Judgement::chance(
        p,
        "chance that the tool is here (holds from 0.9, fails below 0.5)",
    ))
}

fn steps(e: &Evidence) -> Option<Judgement> {
    let slip = &hole(e)?.spec.slip;
    let because = format!(
        "chance to turn it wrong without practice ({:.2} with): published for turning against \
         expectation under stress; the steps matter from 0.1",
        slip.p_practised.value
    );
    let p = slip.p_unpractised.value;
    Some(Judgement::test(p >= 0.1, p, "chance per attempt", because))
}

fn secure(e: &Evidence) -> Option<Judgement> {
    let f = hole(e)?;
    let p = e.fact(f, "p_stranger_has_tool")?;
    let openings = e.exposure(f.design, Route::ToolInCirculation);
    let because = format!(
        "chance that a stranger brings the tool; {openings:.4} unauthorised openings a year; a hex \
         wrench is sold everywhere; holds below 0.1"
    );
    Some(Judgement::test(p < 0.1, p, "chance", because))
}

fn difficult(e: &Evidence) -> Option<Judgement> {
    let f = hole(e)?;
    let own = f.spec.slip.p_unpractised.value;
    let others = e
        .section(f.design)
        .solutions
        .iter()
        .filter(|s| s.name != f.spec.name);
    let worst = others
        .map(|s| s.slip.p_unpractised.value)
        .reduce(f64::max)?;
    let because = format!(
        "chance to do the steps wrong without practice; the worst of the others has {worst:.3}; \
         holds where the hole is the worst"
    );
    Some(Judgement::test(
        own > worst,
        own,
        "chance per attempt",
        because,
    ))
}
