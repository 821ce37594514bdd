//! Statements 7–15: external power.

use super::evidence::Found;
use super::{Evidence, Judgement, Statement, Verdict};
use crate::emergency::cause::Cause;

const NEEDS: &str = "a design with external power";

pub(super) static STATEMENTS: [Statement; 9] = [
    Statement {
        number: 7,
        quote: "Micro-USB, Type-C, or dedicated emergency power supply interface",
        needs: NEEDS,
        judge: port,
    },
    Statement {
        number: 8,
        quote: "mobile power bank or emergency battery pack",
        needs: NEEDS,
        judge: at_hand,
    },
    Statement {
        number: 9,
        quote: "temporarily power the lock … unlocked normally",
        needs: NEEDS,
        judge: normally,
    },
    Statement {
        number: 10,
        quote: "simple operation (no professional knowledge)",
        needs: NEEDS,
        judge: simple,
    },
    Statement {
        number: 11,
        quote: "no damage to the lock",
        needs: NEEDS,
        judge: no_damage,
    },
    Statement {
        number: 12,
        quote: "needs to be prepared in advance",
        needs: NEEDS,
        judge: prepared,
    },
    Statement {
        number: 13,
        quote: "interface may be rusted by water if exposed for a long time",
        needs: NEEDS,
        judge: rust,
    },
    Statement {
        number: 14,
        quote: "matching voltage (usually 5V) to avoid damage to the circuit board",
        needs: NEEDS,
        judge: voltage,
    },
    Statement {
        number: 15,
        quote: "correct direction … to prevent damage to the interface",
        needs: NEEDS,
        judge: direction,
    },
];

fn power<'a>(e: &Evidence<'a>) -> Option<Found<'a>> {
    e.first("external_power")
}

fn port(e: &Evidence) -> Option<Judgement> {
    let p = e.fact(power(e)?, "p_damaged_by_polarity")?;
    let because = "chance that the plug is put in the wrong way and damages the port: 0 for Type-C, \
                   so the interfaces named together are not alike; holds below 1 %";
    let verdict = if p < 0.01 {
        Verdict::Holds
    } else {
        Verdict::Depends
    };
    Some(Judgement::new(verdict, p, "chance per attempt", because))
}

fn at_hand(e: &Evidence) -> Option<Judgement> {
    let f = power(e)?;
    let p = 1.0 - e.chance(f.design, Evidence::reference(f, 0)?);
    Some(Judgement::chance(
        p,
        "chance that a source is at hand (holds from 0.9, fails below 0.5)",
    ))
}

fn normally(e: &Evidence) -> Option<Judgement> {
    let f = power(e)?;
    let p = e.alone(f, Cause::Battery)?;
    let forgotten = e.alone(f, Cause::Credential).unwrap_or(0.0);
    let because = format!(
        "chance to open a lock with a flat battery by power alone; for a forgotten code it is \
         {forgotten:.2}, since the usual credential is needed (holds from 0.9, fails below 0.5)"
    );
    Some(Judgement::chance(p, because))
}

fn simple(e: &Evidence) -> Option<Judgement> {
    let p = power(e)?.spec.slip.p_unpractised.value;
    let because = "chance to do the steps wrong without practice; holds up to 5 %";
    Some(Judgement::test(p <= 0.05, p, "chance per attempt", because))
}

fn no_damage(e: &Evidence) -> Option<Judgement> {
    let f = power(e)?;
    let p = e.fact(f, "p_destroyed_by_voltage")? + e.fact(f, "p_damaged_by_polarity")?;
    let because = "chance that an attempt damages board or port; holds up to 0.1 %, fails from 5 %";
    let verdict = if p <= 0.001 {
        Verdict::Holds
    } else if p < 0.05 {
        Verdict::Depends
    } else {
        Verdict::Fails
    };
    Some(Judgement::new(verdict, p, "chance per attempt", because))
}

fn prepared(e: &Evidence) -> Option<Judgement> {
    let f = power(e)?;
    let event = Evidence::reference(f, 0)?;
    let unprepared = e.loss_if(f.design, event, 1.0)? - e.loss_if(f.design, event, 0.0)?;
    let because = "annual loss with never a source at hand, less that with always one; what being \
                   prepared is worth; holds above 1";
    Some(Judgement::test(
        unprepared > 1.0,
        unprepared,
        "CNY per year",
        because,
    ))
}

fn rust(e: &Evidence) -> Option<Judgement> {
    let f = power(e)?;
    let p = e.chance(f.design, Evidence::reference(f, 1)?);
    let because = "chance that the port is corroded at an emergency, mean over the horizon; holds \
                   from 1 % (the life is an assumption: no figure for such ports was found)";
    Some(Judgement::test(p >= 0.01, p, "chance", because))
}

fn voltage(e: &Evidence) -> Option<Judgement> {
    let f = power(e)?;
    let cost = e.fact(f, "p_destroyed_by_voltage")? * e.fact(f, "damage_cny")?;
    let volts = e.fact(f, "supply_v")?;
    let because = format!(
        "expected damage by a supply above the limit of this {volts} V port, per attempt; the \
         warning is due if it is above 0"
    );
    Some(Judgement::test(
        cost > 0.0,
        cost,
        "CNY per attempt",
        because,
    ))
}

fn direction(e: &Evidence) -> Option<Judgement> {
    let f = power(e)?;
    let cost = e.fact(f, "p_damaged_by_polarity")? * e.fact(f, "damage_cny")?;
    let because = "expected damage by a reversed plug, per attempt; 0 for Type-C, where either way \
                   is right: the advice then has no object";
    let verdict = if cost > 0.0 {
        Verdict::Holds
    } else {
        Verdict::Depends
    };
    Some(Judgement::new(verdict, cost, "CNY per attempt", because))
}
