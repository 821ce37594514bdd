//! The analyses of a study, one by one, and a small manipulation study on all cores.

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use wheelpack::design::{self, SHIPPED};
use wheelpack::keyspace::analyse;
use wheelpack::study::{Options, attack_named, contact, reader_named, resist, window};

/// Trials of the small manipulation study.
const TRIALS: u64 = 128;

fn study(c: &mut Criterion) {
    let shipped = SHIPPED
        .iter()
        .find(|s| s.name == "group2-dial")
        .expect("shipped");
    let source = shipped.open().expect("valid text");
    let read = || {
        design::read(black_box(&source))
            .design
            .expect("no errors in a shipped design")
    };
    let design = read();
    let lock = design.lock.contact().expect("a dial lock");
    let keyspace = design.keyspace.as_ref().expect("a key space");
    let reader = reader_named("expert").expect("shipped");
    let attack = attack_named("graphing").expect("listed");
    let options = Options {
        trials: Some(TRIALS),
        ..Options::with_seed(1)
    };

    let mut group = c.benchmark_group("study");
    group.sample_size(20);
    group.bench_function("read the design", |b| b.iter(read));
    group.bench_function("keyspace", |b| b.iter(|| analyse(black_box(keyspace))));
    group.bench_function("window", |b| b.iter(|| window(black_box(lock))));
    group.bench_function("contact", |b| {
        b.iter(|| contact(black_box(&design), reader, Some(0), 1))
    });
    group.bench_function("resist, 128 trials", |b| {
        b.iter(|| resist(black_box(&design), attack, reader, &options));
    });
    group.finish();
}

criterion_group!(benches, study);
criterion_main!(benches);
