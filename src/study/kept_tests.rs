use super::super::shelf::Shelf;
use super::*;
use crate::design::{Design, SHIPPED, read as read_design};
use crate::study::{attack_named, reader_named};
use proptest::prelude::*;
use std::sync::Mutex;
use std::sync::OnceLock;

fn bench() -> Bench<'static> {
    static DESIGN: OnceLock<Design> = OnceLock::new();
    let design = DESIGN.get_or_init(|| read_design(&SHIPPED[0].open().unwrap()).design.unwrap());
    let (attack, reader) = (attack_named("graphing"), reader_named("expert"));
    Bench::new(
        design,
        attack.unwrap(),
        reader.unwrap(),
        &Options::with_seed(1),
    )
    .unwrap()
}

/// Makes the first `total` trials with what `shelf` holds, on so many threads.
fn run(bench: &Bench<'_>, shelf: &Shelf, total: u64, threads: usize) -> Result<Vec<Outcome>> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    pool.build().unwrap().install(|| {
        let options = Options {
            store: Some(shelf),
            ..Options::with_seed(1)
        };
        let mut kept = Kept::open(bench, &options)?;
        kept.grow(bench, total, &options)?;
        Ok(kept.into_first(total))
    })
}

/// The trials sealed in `text`.
fn sealed(bench: &Bench<'_>, text: &[u8]) -> Result<Vec<Outcome>> {
    Log::open(bench, &Shelf::holding(text)).map(|(_, outcomes)| outcomes)
}

fn whole_lines(text: &[u8]) -> usize {
    text.iter().filter(|&&byte| byte == b'\n').count()
}

/// Three blocks and a part of one.
const TOTAL: u64 = 100;

/// The log of a run that was never stopped, and its trials.
fn uninterrupted(bench: &Bench<'_>) -> (Vec<u8>, Vec<Outcome>) {
    let shelf = Shelf::default();
    let outcomes = run(bench, &shelf, TOTAL, 1).unwrap();
    (shelf.text(), outcomes)
}

fn json(outcomes: &[Outcome]) -> String {
    serde_json::to_string(outcomes).unwrap()
}

#[test]
fn a_log_cut_anywhere_is_read_and_has_lost_at_most_one_block() {
    let bench = bench();
    let (text, outcomes) = uninterrupted(&bench);
    let mut last = 0;
    for cut in 0..=text.len() {
        let kept = sealed(&bench, &text[..cut]).unwrap();
        let written = whole_lines(&text[..cut]).saturating_sub(1 + kept.len() / 32);
        assert!(kept.len() >= last && written < kept.len() + 33, "{cut}");
        if kept.len() != last {
            assert_eq!(text[cut - 1], b'\n');
            assert_eq!(json(&kept), json(&outcomes[..kept.len()]));
        }
        last = kept.len();
    }
    assert_eq!(last, outcomes.len());
}

#[test]
fn a_byte_changed_anywhere_is_found() {
    let bench = bench();
    let shelf = Shelf::default();
    run(&bench, &shelf, 40, 1).unwrap();
    let text = shelf.text();
    for at in 0..text.len() - 1 {
        for change in [1, 0x80, text[at] ^ b'\n'] {
            let mut changed = text.clone();
            changed[at] ^= change;
            let read = sealed(&bench, &changed);
            assert!(changed == text || read.is_err(), "byte {at} by {change}");
        }
    }
    // without its newline the last seal is none, as if it had been cut
    let mut cut = text.clone();
    *cut.last_mut().unwrap() = b' ';
    assert_eq!(sealed(&bench, &cut).unwrap().len(), 32);
}

#[test]
fn the_log_is_the_same_on_any_number_of_threads() {
    let bench = bench();
    let (text, outcomes) = uninterrupted(&bench);
    for threads in 2..5 {
        let shelf = Shelf::default();
        let made = run(&bench, &shelf, TOTAL, threads).unwrap();
        assert_eq!(json(&made), json(&outcomes));
        assert!(shelf.text() == text, "{threads} threads");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn a_run_cut_anywhere_and_resumed_ends_with_the_same_bytes(
        share in 0.0..1.0,
        threads in 1_usize..5,
    ) {
        static WHOLE: OnceLock<(Vec<u8>, Vec<Outcome>)> = OnceLock::new();
        let bench = bench();
        let (text, outcomes) = WHOLE.get_or_init(|| uninterrupted(&bench));
        let shelf = Shelf::holding(&text[..(share * text.len() as f64) as usize]);
        let resumed = run(&bench, &shelf, TOTAL, threads).unwrap();
        prop_assert_eq!(json(&resumed), json(outcomes));
        prop_assert!(&shelf.text() == text, "the log");
    }
}

#[test]
fn every_batch_is_kept_before_it_is_told_of_and_costs_what_it_holds() {
    let (bench, shelf, told) = (bench(), Shelf::default(), Mutex::new(Vec::new()));
    let tell = |done: u64, total: u64| {
        assert_eq!(sealed(&bench, &shelf.text()).unwrap().len() as u64, done);
        assert_eq!(total, 1000);
        told.lock().unwrap().push(done);
    };
    let options = Options {
        store: Some(&shelf),
        progress: &tell,
        ..Options::with_seed(1)
    };
    let mut kept = Kept::open(&bench, &options).unwrap();
    kept.grow(&bench, 1000, &options).unwrap();
    let batch = BATCH_A_THREAD * rayon::current_num_threads() as u64;
    let told = told.lock().unwrap().clone();
    let steps = told.iter().zip(told.iter().skip(1));
    assert!(steps.clone().count() > 2 && steps.clone().all(|(a, b)| b - a <= batch));
    assert_eq!(shelf.saves(), 1, "only the first is written whole");
    let appended = shelf.appended();
    assert_eq!(appended.len() + 1, told.len());
    let (least, most) = (appended.iter().rev().skip(1).min(), appended.iter().max());
    assert!(most.unwrap() < &(2 * least.unwrap()), "{appended:?}");
    // once everything is there, nothing is written
    let again = Kept::open(&bench, &options).unwrap();
    assert_eq!(again.outcomes().len(), 1000);
}

#[test]
fn a_torn_end_is_taken_away_with_the_next_batch_and_not_before() {
    let bench = bench();
    let (text, _) = uninterrupted(&bench);
    let torn = &text[..text.len() * 2 / 3];
    let shelf = Shelf::holding(torn);
    run(&bench, &shelf, 10, 1).unwrap();
    assert_eq!(shelf.text(), torn, "ten trials are there");
    run(&bench, &shelf, TOTAL, 2).unwrap();
    assert_eq!(shelf.text(), text);
    assert_eq!(shelf.saves(), 1);
}
