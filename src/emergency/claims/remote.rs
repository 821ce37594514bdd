//! Statements 22–29: remote authorisation.

use super::evidence::Found;
use super::{Evidence, Judgement, Statement, Verdict};
use crate::emergency::cause::Cause;
use crate::emergency::exposure::Route;

const NEEDS: &str = "a design with remote authorisation";

pub(super) static STATEMENTS: [Statement; 8] = [
    Statement {
        number: 22,
        quote: "Bluetooth, Wi-Fi, NB-IoT",
        needs: "a design with online remote authorisation",
        judge: link,
    },
    Statement {
        number: 23,
        quote: "temporary authorization passwords or unlock instructions",
        needs: NEEDS,
        judge: codes,
    },
    Statement {
        number: 24,
        quote: "even if there is no power supply or key on site",
        needs: "a design with remote authorisation and a battery",
        judge: no_power,
    },
    Statement {
        number: 25,
        quote: "others can be authorized",
        needs: NEEDS,
        judge: others,
    },
    Statement {
        number: 26,
        quote: "high convenience",
        needs: NEEDS,
        judge: convenience,
    },
    Statement {
        number: 27,
        quote: "relies on network signals … cannot be used in signal-free environments",
        needs: NEEDS,
        judge: network,
    },
    Statement {
        number: 28,
        quote: "security of the APP account … account theft",
        needs: NEEDS,
        judge: account,
    },
    Statement {
        number: 29,
        quote: "complex password and … two-factor",
        needs: "a remote authorisation with a second factor",
        judge: two_factor,
    },
];

fn remote<'a>(e: &Evidence<'a>) -> Option<Found<'a>> {
    e.first("remote")
}

fn link(e: &Evidence) -> Option<Judgement> {
    let f = remote(e)?;
    if e.fact(f, "needs_lock_network")? < 1.0 {
        return None;
    }
    let p = 1.0 - e.chance(f.design, Evidence::reference(f, 2)?);
    Some(Judgement::chance(
        p,
        "chance that the lock's own link is up (holds from 0.9, fails below 0.5)",
    ))
}

fn codes(e: &Evidence) -> Option<Judgement> {
    let p = e.alone(remote(e)?, Cause::Credential)?;
    let because = "chance to open for a forgotten code by remote authorisation alone (holds from \
                   0.9, fails below 0.5)";
    Some(Judgement::chance(p, because))
}

fn no_power(e: &Evidence) -> Option<Judgement> {
    let p = e.alone(remote(e)?, Cause::Battery)?;
    let because = "chance to open a lock with a flat battery by remote authorisation alone: the \
                   electronics that check the authorisation have no power; holds above 0";
    Some(Judgement::test(p > 0.0, p, "chance", because))
}

fn others(e: &Evidence) -> Option<Judgement> {
    let p = e.alone(remote(e)?, Cause::AuthoriseOther)?;
    let because = "chance to let somebody else in by remote authorisation alone (holds from 0.9, \
                   fails below 0.5)";
    Some(Judgement::chance(p, because))
}

fn convenience(e: &Evidence) -> Option<Judgement> {
    let f = remote(e)?;
    let own = e.step(f, Cause::Credential)?.time_h;
    let plan = e.plan(f.design, Cause::Credential)?;
    let others = plan
        .steps
        .iter()
        .filter(|s| s.solution != f.spec.name)
        .map(|s| s.time_h);
    let fastest = others.reduce(f64::min)?;
    let because = format!(
        "time of an attempt for a forgotten code; the fastest other solution in the plan takes \
         {fastest:.2} h; holds where none is faster"
    );
    Some(Judgement::test(own <= fastest, own, "h", because))
}

fn network(e: &Evidence) -> Option<Judgement> {
    let f = remote(e)?;
    let event = Evidence::reference(f, 1)?;
    let p = e.alone_when(f, Cause::Credential, event)?;
    let online = e.fact(f, "needs_lock_network")? > 0.0;
    let because = format!(
        "chance to open by remote authorisation alone without coverage; coverage is missing with \
         {:.2}; {}",
        e.chance(f.design, event),
        if online {
            "this lock needs a network itself, so the statement holds where it is 0"
        } else {
            "this lock takes offline codes: who makes the code needs a network, the lock's place \
             does not"
        }
    );
    let verdict = match (online, p > 0.0) {
        (true, false) => Verdict::Holds,
        (true, true) => Verdict::Fails,
        (false, _) => Verdict::Depends,
    };
    Some(Judgement::new(verdict, p, "chance", because))
}

fn account(e: &Evidence) -> Option<Judgement> {
    let openings = e.exposure(remote(e)?.design, Route::AccountTakeover);
    let because = "unauthorised openings by account takeover, with the second factor if there is \
                   one; a risk if above 0";
    Some(Judgement::test(
        openings > 0.0,
        openings,
        "per year",
        because,
    ))
}

fn two_factor(e: &Evidence) -> Option<Judgement> {
    let f = remote(e)?;
    let saved = e.fact(f, "second_factor_saves_per_year")?;
    let model = &e.prepared(f.design).model;
    let saved_cny = saved * model.scenario.unauthorised_opening_cny.value;
    let blocked = f.spec.kind.0.names().last().copied()?;
    let cost = e.loss(f.design) - e.loss_if(f.design, blocked, 0.0)?;
    let because = format!(
        "loss saved by the second factor ({saved_cny:.2} by takeovers stopped) less what it costs \
         when the owner cannot give it ({cost:.2}); holds above 0"
    );
    let net = saved_cny - cost;
    Some(Judgement::new(
        if net > 0.0 {
            Verdict::Holds
        } else {
            Verdict::Depends
        },
        net,
        "CNY per year",
        because,
    ))
}
