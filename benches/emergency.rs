//! All shipped emergency sections in all shipped scenarios with 2,000 parameter samples.

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use wheelpack::emergency::scenario::{shipped_scenario, shipped_scenario_names};
use wheelpack::emergency::shipped::{shipped_section, shipped_section_names};
use wheelpack::emergency::{Contest, Model, SolverLinks};

fn contests() -> Vec<Contest> {
    let build = |scenario: &str| {
        let scenario = shipped_scenario(scenario).expect("shipped");
        let models = shipped_section_names().map(|name| {
            let section = shipped_section(name).expect("shipped");
            Model::new(&section, &scenario, &SolverLinks::default()).expect("no findings")
        });
        Contest::new(models.into()).expect("small diagrams")
    };
    shipped_scenario_names().map(build).into()
}

fn emergency(c: &mut Criterion) {
    let mut group = c.benchmark_group("emergency");
    group.sample_size(10);
    group.bench_function("prepare all designs and scenarios", |b| b.iter(contests));
    let all = contests();
    group.bench_function("all designs and scenarios, 2000 samples, one thread", |b| {
        b.iter(|| {
            for contest in &all {
                black_box(contest.run(1, 2000));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, emergency);
criterion_main!(benches);
