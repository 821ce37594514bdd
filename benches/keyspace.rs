//! Key space: counting, sampling, unranking, openings; how time grows with marks and wheels.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use wheelpack::keyspace::automaton::count;
use wheelpack::keyspace::gate::GateWindow;
use wheelpack::keyspace::{
    Code, CodeSet, Count, Dial, Gates, Mark, Packs, Places, Realisation, RuleSet, Spare,
    parse_rules,
};
use wheelpack::rng::{Purpose, stream};

/// The maker's advice for a dial lock, scaled to `marks`.
fn advice(marks: u32, wheels: usize, pairs: &str) -> RuleSet {
    let stated = serde_json::json!([
        { "rule": "min_gap", "marks": marks / 10, "strict": true, "pairs": pairs },
        { "rule": "last_not_in", "from": marks - marks / 20, "to": marks / 5 },
        { "rule": "not_monotone" },
        { "rule": "not_all_multiples_of", "k": 5 }
    ]);
    let rules = stated.as_array().map(Vec::as_slice).unwrap_or_default();
    parse_rules(rules, Dial { marks, wheels }).unwrap_or_default()
}

fn counting(c: &mut Criterion) {
    let mut group = c.benchmark_group("keyspace/count");
    for (marks, wheels) in [(100, 3), (100, 4), (100, 8), (100, 16), (50, 8), (200, 8)] {
        let rules = advice(marks, wheels, "adjacent").rules();
        let places = Places::whole_marks(marks, wheels);
        let id = BenchmarkId::new("adjacent", format!("{marks}x{wheels}"));
        group.bench_function(id, |b| b.iter(|| count(black_box(&rules), &places)));
    }
    for (marks, wheels) in [(100, 3), (40, 4)] {
        let rules = advice(marks, wheels, "all").rules();
        let places = Places::whole_marks(marks, wheels);
        let id = BenchmarkId::new("all_pairs", format!("{marks}x{wheels}"));
        group.bench_function(id, |b| b.iter(|| count(black_box(&rules), &places)));
    }
    group.finish();
}

fn code_sets(c: &mut Criterion) {
    let mut group = c.benchmark_group("keyspace/codes");
    for wheels in [3, 4, 8] {
        let rules = advice(100, wheels, "adjacent").rules();
        let places = Places::whole_marks(100, wheels);
        let build = || CodeSet::new(black_box(&rules), places.clone());
        group.bench_function(BenchmarkId::new("build", wheels), |b| b.iter(build));
        let Ok(codes) = build() else { continue };
        let mut rng = stream(1, 0, Purpose::Code);
        group.bench_function(BenchmarkId::new("sample", wheels), |b| {
            b.iter(|| codes.sample(&mut rng));
        });
        let middle = Count(codes.len().0 / 2_u32);
        group.bench_function(BenchmarkId::new("unrank", wheels), |b| {
            b.iter(|| codes.unrank(black_box(&middle)));
        });
    }
    group.finish();
}

fn openings(c: &mut Criterion) {
    let mut group = c.benchmark_group("keyspace/openings");
    for (codes, wheels) in [(2_u32, 3), (8, 3), (8, 8), (32, 4)] {
        let code = |i: u32| {
            Code(
                (0..wheels)
                    .map(|w| (7 * i + 31 * w + i * w) % 100)
                    .collect(),
            )
        };
        let spares: Vec<Spare> = (1..codes)
            .map(|i| Spare {
                code: code(i),
                realisation: Realisation::ExtraGates,
                packs: Packs::Either,
            })
            .collect();
        let windows = vec![GateWindow::symmetric(Mark::from_micro(750_000)); wheels as usize];
        let main = code(0);
        let gates = Gates {
            marks: 100,
            windows: &windows,
            main: &main,
            spares: &spares,
        };
        let id = BenchmarkId::from_parameter(format!("{codes} codes on {wheels} wheels"));
        group.bench_function(id, |b| b.iter(|| black_box(&gates).openings(None)));
    }
    group.finish();
}

criterion_group!(benches, counting, code_sets, openings);
criterion_main!(benches);
