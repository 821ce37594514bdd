//! One contact reading: where the fence rests on three wheels, what the cam says there, two noisy
//! rounded contact points. Over random settings of one as-built lock, on one core.
//!
//! The yardsticks of the same run: `plain` solves each wheel in closed form and the cam too, without
//! tables; `resolve` solves the perturbed geometry of every wheel in full.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rand::RngExt as _;
use wheelpack::attack::{Gauge, Reader, Readings, reader};
use wheelpack::design::{self, Design, SHIPPED};
use wheelpack::geometry::Outline;
use wheelpack::math;
use wheelpack::mechanism::dial_lock::{AsBuilt, Contact, Levers, Sweep};
use wheelpack::rng::{Normals, Purpose, stream};
use wheelpack::units::circular_difference;

/// Settings read in one pass.
const SETTINGS: usize = 4096;

fn shipped(name: &str) -> Design {
    let file = SHIPPED.iter().find(|s| s.name == name).expect("shipped");
    let read = design::read(&file.open().expect("valid text"));
    read.design.expect("no errors in a shipped design")
}

/// The wheels' numbers at random, marks.
fn settings(wheels: usize, marks: u32) -> Vec<Vec<f64>> {
    let mut rng = stream(1, 0, Purpose::Hand);
    let mut number = || f64::from(marks) * rng.random::<f64>();
    (0..SETTINGS)
        .map(|_| (0..wheels).map(|_| number()).collect())
        .collect()
}

/// Width of the two contact points as `reader` reads them; 0 where the nose meets no flank.
fn width_read(
    built: &AsBuilt<'_>,
    reader: &Reader,
    felt: Option<Contact>,
    eye: &mut Normals,
) -> f64 {
    let lock = built.lock();
    felt.map_or(0.0, |c| {
        let friction = lock.dial_friction_nmm;
        let mut read = |at_marks: f64, step_nmm: f64| {
            let at_marks = lock.contact_centre_marks + at_marks;
            reader.read(at_marks, step_nmm, friction, eye.draw())
        };
        let left = read(c.left_marks, c.left_step_nmm);
        read(c.right_marks, c.right_step_nmm) - left
    })
}

/// The lever angle from closed forms alone: the tables' and short cuts' yardstick.
fn plain_lever_rad(built: &AsBuilt<'_>, outlines: &[Outline], numbers: &[f64]) -> f64 {
    let lock = built.lock();
    let wheels = built.wheels().iter().zip(outlines).zip(numbers);
    wheels.fold(f64::NEG_INFINITY, |highest, ((wheel, outline), number)| {
        let shown = number + lock.window.centre_marks();
        let marks = circular_difference(shown, wheel.number_marks, f64::from(lock.marks));
        let turn_rad = marks * lock.rad_per_mark();
        let fence = &lock.nominal.fence;
        let touch = lock.nominal.lever.first_touch(fence, outline, turn_rad);
        let rise_mm = wheel.taller_mm + wheel.runout_mm * math::cos(turn_rad - wheel.runout_rad);
        touch.map_or(highest, |t| {
            let lever = t.lever_rad + t.per_radius * rise_mm + t.per_height * wheel.fence_rise_mm;
            highest.max(lever)
        })
    })
}

fn reading(c: &mut Criterion) {
    let expert = reader::find("expert").expect("shipped");
    for name in ["group2-dial", "group2m-false-gates"] {
        let design = shipped(name);
        let lock = design.lock.contact().expect("a dial lock");
        let codes = design.pack_codes();
        let built = AsBuilt::sample(lock, &codes, &mut stream(1, 0, Purpose::Lock));
        let settings = settings(lock.wheels, lock.marks);
        let outlines: Vec<Outline> = (0..lock.wheels)
            .map(|i| built.outline(i, lock.rim_radius_mm.nominal))
            .collect();
        let solve = |lever_rad: f64| {
            lock.cam
                .solve(&lock.nominal, lever_rad, lock.rad_per_mark())
        };
        let mut group = c.benchmark_group(format!("contact/{name}"));
        group.throughput(Throughput::Elements(SETTINGS as u64));
        let mut pass = |id: &str, felt: &dyn Fn(&[f64]) -> Option<Contact>| {
            let mut eye = Normals::new(stream(1, 0, Purpose::Reading));
            group.bench_function(id, |b| {
                b.iter(|| {
                    let read =
                        |x: &Vec<f64>| width_read(&built, expert, felt(black_box(x)), &mut eye);
                    settings.iter().map(read).sum::<f64>()
                });
            });
        };
        pass("reading", &|x| lock.cam.at(built.rest(x).lever_rad));
        pass("plain", &|x| solve(plain_lever_rad(&built, &outlines, x)));
        pass("resolve", &|x| solve(built.resolve(x).lever_rad));
        group.finish();
    }
}

/// Locks and settings of one sweep pass: every lock swept once over the dial, all wheels together.
const LOCKS: u64 = 512;
const SWEPT: u32 = 50;

/// Times `pass` by what the processor gave to this thread, so that other work on the machine does not
/// count; by the clock where the system does not tell.
fn on_cpu(b: &mut criterion::Bencher<'_>, pass: &mut dyn FnMut() -> f64) {
    let given = || -> Option<u64> {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        text.split(' ').next()?.parse().ok()
    };
    b.iter_custom(|times| {
        #[allow(clippy::disallowed_methods, reason = "a benchmark measures time")]
        let (begun, begun_ns) = (std::time::Instant::now(), given());
        for _ in 0..times {
            black_box(pass());
        }
        match (begun_ns, given()) {
            (Some(from), Some(to)) if to > from => std::time::Duration::from_nanos(to - from),
            _ => begun.elapsed(),
        }
    });
}

/// What readings cost in bulk: many as-built locks, each swept once, wheels with runout, the tallest
/// wheel, two noisy rounded contact points; prepared settings against one reading after the other.
/// `benches/peers/` has the same work in numpy.
fn sweep(c: &mut Criterion) {
    let expert = reader::find("expert").expect("shipped");
    let design = shipped("group2-dial");
    let lock = design.lock.contact().expect("a dial lock");
    let codes = design.pack_codes();
    let locks: Vec<AsBuilt<'_>> = (0..LOCKS)
        .map(|trial| AsBuilt::sample(lock, &codes, &mut stream(1, trial, Purpose::Lock)))
        .collect();
    let step = f64::from(lock.marks) / f64::from(SWEPT);
    let settings: Vec<Vec<f64>> = (0..SWEPT)
        .map(|k| vec![f64::from(k) * step; lock.wheels])
        .collect();
    let mut group = c.benchmark_group("contact");
    group.throughput(Throughput::Elements(LOCKS * u64::from(SWEPT)));
    let prepared = Sweep::new(lock, &settings);
    let gauge = Gauge::new(lock, expert);
    let eye = || Normals::new(stream(1, 0, Purpose::Reading));
    group.bench_function("sweep", |b| {
        let (mut levers, mut readings) = (Levers::default(), Readings::default());
        let mut eye = eye();
        on_cpu(b, &mut || {
            for built in &locks {
                prepared.rest(black_box(built), &mut levers);
                gauge.read(levers.rad(), &mut eye, black_box(&mut readings));
            }
            readings.left_marks[0]
        });
    });
    group.bench_function("sweep without noise", |b| {
        let mut levers = Levers::default();
        on_cpu(b, &mut || {
            let mut sum = 0.0;
            for built in &locks {
                prepared.rest(black_box(built), &mut levers);
                sum += levers.rad()[0];
            }
            sum
        });
    });
    group.bench_function("sweep one by one", |b| {
        let mut eye = eye();
        on_cpu(b, &mut || {
            let mut sum = 0.0;
            for built in &locks {
                for numbers in &settings {
                    let felt = lock.cam.at(black_box(built).rest(numbers).lever_rad);
                    sum += width_read(built, expert, felt, &mut eye);
                }
            }
            sum
        });
    });
    group.bench_function("noise alone", |b| {
        let mut eye = eye();
        on_cpu(b, &mut || {
            let readings = 0..LOCKS * u64::from(SWEPT);
            readings.map(|_| eye.draw() + eye.draw()).sum::<f64>()
        });
    });
    group.finish();
}

criterion_group!(benches, reading, sweep);
criterion_main!(benches);
