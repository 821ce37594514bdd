use super::super::shelf::Shelf;
use super::*;
use crate::design::{Design, SHIPPED, read as read_design};
use crate::study::options::Options;
use crate::study::{Target, attack_named, reader_named, resist};
use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};

fn read(bench: &Bench<'_>, text: &[u8]) -> Result<Vec<Outcome>> {
    Log::new(bench)
        .read(bench, text)
        .map(|(_, outcomes)| outcomes)
}

fn group2() -> Design {
    read_design(&SHIPPED[0].open().unwrap()).design.unwrap()
}

fn options<'a>(shelf: &'a Shelf, seed: u64) -> Options<'a> {
    Options {
        trials: Some(150),
        store: Some(shelf),
        ..Options::with_seed(seed)
    }
}

#[test]
fn a_run_stopped_and_taken_up_again_ends_with_the_same_bytes() {
    let (attack, reader) = (
        attack_named("graphing").unwrap(),
        reader_named("expert").unwrap(),
    );
    let (design, whole, parts) = (group2(), Shelf::default(), Shelf::default());
    let stop = AtomicBool::new(false);
    let once = resist(&design, attack, reader, &options(&whole, 1)).unwrap();
    let stopping = Options {
        progress: &|_, _| stop.store(true, Ordering::Relaxed),
        stop: Some(&stop),
        ..options(&parts, 1)
    };
    let partial = resist(&design, attack, reader, &stopping).unwrap();
    assert!(partial.trials < 150, "{}", partial.trials);
    let again = resist(&design, attack, reader, &options(&parts, 1)).unwrap();
    let json = |r| serde_json::to_string(r).unwrap();
    assert_eq!(json(&once), json(&again));
    assert_eq!(whole.text(), parts.text());
    // fewer trials than are kept: the first ones of them
    let fewer = Options {
        trials: Some(40),
        ..options(&parts, 1)
    };
    let alone = Options {
        trials: Some(40),
        ..Options::with_seed(1)
    };
    let first = resist(&design, attack, reader, &fewer).unwrap();
    assert_eq!(
        json(&first),
        json(&resist(&design, attack, reader, &alone).unwrap())
    );
}

#[test]
fn trials_of_another_run_and_damaged_ones_are_refused() {
    let attack = attack_named("graphing").unwrap();
    let (expert, novice) = (
        reader_named("expert").unwrap(),
        reader_named("novice").unwrap(),
    );
    let (design, shelf) = (group2(), Shelf::default());
    let bench =
        |reader, seed| Bench::new(&design, attack, reader, &Options::with_seed(seed)).unwrap();
    let few = Options {
        trials: Some(10),
        ..options(&shelf, 1)
    };
    resist(&design, attack, expert, &few).unwrap();
    let text = String::from_utf8(shelf.text()).unwrap();
    let said = |bench: &Bench<'_>, text: &str| match read(bench, text.as_bytes()) {
        Ok(outcomes) => format!("{} trials", outcomes.len()),
        Err(error) => error.to_string(),
    };
    assert!(said(&bench(expert, 2), &text).contains("seed 1, now 2"));
    assert!(said(&bench(novice, 1), &text).contains("another run: reader {"));
    let mut changed = group2();
    changed.sha256 = "0".to_owned();
    let other = Bench::new(&changed, attack, expert, &Options::with_seed(1)).unwrap();
    assert!(said(&other, &text).contains("design file"));
    let own = bench(expert, 1);
    assert_eq!(said(&own, &text), "10 trials");
    let old = text.replacen("\"format\":2", "\"format\":1", 1);
    let cure = "format 1, this version reads and writes 2: go on with the version that made it";
    assert!(said(&own, &old).contains(cure));
    let without = |gone: usize| -> String {
        let lines = text.split_inclusive('\n').enumerate();
        lines.filter(|(k, _)| *k != gone).map(|(_, l)| l).collect()
    };
    assert!(said(&own, &without(0)).contains("line 1: damaged"));
    let lost = said(&own, &without(5));
    assert!(
        lost.contains("line 2: damaged: lines 2 to 11 are not"),
        "{lost}"
    );
    assert_eq!(said(&own, &without(11)), "0 trials", "without the seal");
    let forged = text.replacen("\"opened\":true", "\"opened\":false", 1);
    assert!(said(&own, &forged).contains("lines 2 to 12 are not what was kept; remove the file"));
    let foreign = format!("{text}something else\n");
    assert!(said(&own, &foreign).contains("line 13: damaged"));
    assert!(
        said(&own, "{\"form").ends_with("0 trials") && said(&own, "{\"fork").contains("line 1")
    );
}

#[test]
fn a_target_is_met_with_the_same_trials_whatever_the_batches() {
    let (attack, reader) = (
        attack_named("graphing").unwrap(),
        reader_named("expert").unwrap(),
    );
    let (design, shelf) = (group2(), Shelf::default());
    let wanted = Options {
        trials: Some(2000),
        until: Some(Target::POpen { half_width: 0.06 }),
        ..Options::with_seed(1)
    };
    let once = resist(&design, attack, reader, &wanted).unwrap();
    let met = once.until_ci.clone().unwrap();
    assert!(
        met.is_met && met.reached.unwrap() <= 0.06 && once.trials < 2000,
        "{met:?}"
    );
    assert!(
        once.trials > 200,
        "one look would not be enough: {}",
        once.trials
    );
    let (looks, stop) = (Cell::new(0), AtomicBool::new(false));
    // stopped again and again, each time after one batch
    let last = loop {
        stop.store(false, Ordering::Relaxed);
        looks.set(looks.get() + 1);
        let part = Options {
            progress: &|_, _| stop.store(true, Ordering::Relaxed),
            stop: Some(&stop),
            store: Some(&shelf),
            ..wanted
        };
        let report = resist(&design, attack, reader, &part).unwrap();
        if !stop.load(Ordering::Relaxed) {
            break report;
        }
    };
    assert!(looks.get() > 3);
    assert_eq!(
        serde_json::to_string(&last).unwrap(),
        serde_json::to_string(&once).unwrap()
    );
}
