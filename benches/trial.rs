//! Whole trials of the graphing attack by the expert: draw a lock, manipulate it until it opens.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use wheelpack::attack::{self, Known, Room, Setup, reader, run_trial_in, trace_trial};
use wheelpack::design::{self, SHIPPED};
use wheelpack::rng::{Purpose, stream};

/// Trials of one pass: the first of the seed, always the same ones.
const TRIALS: u64 = 64;

fn trials(c: &mut Criterion) {
    let reader = reader::find("expert").expect("shipped");
    let attack = attack::find("graphing").expect("listed");
    let mut group = c.benchmark_group("trial");
    group
        .sample_size(20)
        .throughput(Throughput::Elements(TRIALS));
    for shipped in SHIPPED {
        let read = design::read(&shipped.open().expect("valid text"));
        let design = read.design.expect("no errors in a shipped design");
        let Some(lock) = design.lock.contact() else {
            continue;
        };
        let codes = design
            .keyspace
            .as_ref()
            .expect("a key space")
            .space
            .codes()
            .expect("rules that can be counted");
        let setup = Setup {
            lock,
            reader,
            attack,
            allowed: &codes,
            seed: 1,
            known: Known::default(),
        };
        let set = |trial: u64| -> Vec<Vec<f64>> {
            let mut rng = stream(1, trial, Purpose::Code);
            let code = codes.sample(&mut rng).expect("some code is allowed");
            vec![code.into_iter().map(f64::from).collect()]
        };
        let sets: Vec<Vec<Vec<f64>>> = (0..TRIALS).map(set).collect();
        let mut room = Room::default();
        group.bench_function(shipped.name, |b| {
            b.iter(|| {
                for (trial, set) in (0..TRIALS).zip(&sets) {
                    black_box(run_trial_in(&mut room, &setup, set, trial));
                }
            });
        });
        if shipped.name != "group2-dial" {
            continue;
        }
        // What lists of settings made in one go are held against; it writes its trace, too.
        group.bench_function("group2-dial, action by action and written down", |b| {
            b.iter(|| {
                for (trial, set) in (0..TRIALS).zip(&sets) {
                    black_box(trace_trial(&setup, set, trial));
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, trials);
criterion_main!(benches);
