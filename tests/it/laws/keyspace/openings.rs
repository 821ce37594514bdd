//! Openings of several codes against going through all settings on a fine grid.

use std::collections::BTreeSet;

use rand::RngExt as _;
use wheelpack::keyspace::gate::GateWindow;
use wheelpack::keyspace::{
    Code, Convention, Gates, Mark, Packs, Realisation, RuleSet, Space, Spare, SpareWish,
    independent_spares, propose_spare,
};
use wheelpack::rng::{Purpose, Stream, stream};

/// A lock whose windows end on eighths of a mark.
struct Lock {
    marks: u32,
    windows: Vec<GateWindow>,
    codes: Vec<Code>,
    spares: Vec<Spare>,
}

impl Lock {
    fn random(rng: &mut Stream) -> Self {
        let wheels = rng.random_range(1..=3);
        let marks = rng.random_range(3..=[14, 10, 6][wheels - 1]);
        let eighths = |rng: &mut Stream| {
            let most = (4 * marks - 1).min(16);
            Mark::new(f64::from(rng.random_range(0..most)) / 8.0).unwrap()
        };
        let windows = (0..wheels)
            .map(|_| GateWindow {
                low: eighths(rng),
                high: eighths(rng),
            })
            .collect();
        let mut codes: Vec<Code> = (0..rng.random_range(1..=4))
            .map(|_| Code((0..wheels).map(|_| rng.random_range(0..marks)).collect()))
            .collect();
        codes.sort();
        codes.dedup();
        let spares = codes[1..].iter().map(|code| Spare {
            code: code.clone(),
            realisation: Realisation::ExtraGates,
            packs: Packs::Either,
        });
        Self {
            marks,
            windows,
            spares: spares.collect(),
            codes,
        }
    }

    fn gates(&self) -> Gates<'_> {
        Gates {
            marks: self.marks,
            windows: &self.windows,
            main: &self.codes[0],
            spares: &self.spares,
        }
    }

    /// Whether a wheel passes at `sixteenth` for `code`, from the definition, in whole numbers.
    fn passes(&self, wheel: usize, code: &Code, sixteenth: i64) -> bool {
        let around = 16 * i64::from(self.marks);
        let sixteenths = |m: Mark| (m.marks() * 16.0).round() as i64;
        let gate = 16 * i64::from(code.0[wheel]);
        let (low, high) = (self.windows[wheel].low, self.windows[wheel].high);
        (-sixteenths(low)..=sixteenths(high)).any(|d| (gate + d - sixteenth) % around == 0)
    }

    /// Connected stretches of one wheel's open sixteenths; ends lie on even ones, so that
    /// neighbours in the list are neighbours on the wheel.
    fn stretches(&self, wheel: usize) -> Vec<BTreeSet<i64>> {
        let around = 16 * i64::from(self.marks);
        let open = |s: i64| self.codes.iter().any(|c| self.passes(wheel, c, s));
        let mut left: BTreeSet<i64> = (0..around).filter(|&s| open(s)).collect();
        let mut found = Vec::new();
        while let Some(&seed) = left.iter().next() {
            let (mut stretch, mut edge) = (BTreeSet::new(), vec![seed]);
            while let Some(s) = edge.pop() {
                if left.remove(&s) {
                    stretch.insert(s);
                    edge.extend([(s + 1).rem_euclid(around), (s - 1).rem_euclid(around)]);
                }
            }
            found.push(stretch);
        }
        found
    }
}

/// All choices of one element per list.
fn product<T: Clone>(lists: &[Vec<T>]) -> Vec<Vec<T>> {
    lists.iter().fold(vec![vec![]], |all, list| {
        let longer = |head: &Vec<T>, item: &T| [head.clone(), vec![item.clone()]].concat();
        all.iter()
            .flat_map(|head| {
                list.iter()
                    .map(|item| longer(head, item))
                    .collect::<Vec<_>>()
            })
            .collect()
    })
}

#[test]
fn openings_equal_brute_force_over_a_fine_grid_for_random_locks_with_overlapping_windows() {
    let mut rng = stream(21, 0, Purpose::Lock);
    let (mut merged, mut independent) = (0, 0);
    for _ in 0..150 {
        let lock = Lock::random(&mut rng);
        let result = lock.gates().openings(None);
        let stretches: Vec<_> = (0..lock.windows.len()).map(|w| lock.stretches(w)).collect();
        let boxes = product(&stretches);
        let holds = |b: &Vec<BTreeSet<i64>>, code: &Code| {
            let gates = code.0.iter().zip(b);
            gates
                .clone()
                .all(|(&n, stretch)| stretch.contains(&(16 * i64::from(n))))
        };
        let ghosts = boxes
            .iter()
            .filter(|b| !lock.codes.iter().any(|c| holds(b, c)));
        assert_eq!(result.openings, boxes.len() as u128, "{:?}", lock.codes);
        assert_eq!(result.ghosts, ghosts.count() as u128, "{:?}", lock.codes);
        assert_eq!(
            result.ghost_codes.len() as u128,
            result.ghosts.to_u128().unwrap()
        );
        for ghost in &result.ghost_codes {
            assert!(!lock.codes.contains(ghost));
            assert!(boxes.iter().any(|b| holds(b, ghost)));
        }
        let per_wheel = |stretches: &Vec<BTreeSet<i64>>| -> Vec<i64> {
            stretches.iter().flatten().copied().collect()
        };
        let open = product(&stretches.iter().map(per_wheel).collect::<Vec<_>>());
        let in_window = |s: &Vec<i64>, code: &Code| {
            s.iter()
                .enumerate()
                .all(|(w, &at)| lock.passes(w, code, at))
        };
        let union = open
            .iter()
            .all(|s| lock.codes.iter().any(|c| in_window(s, c)));
        assert_eq!(
            result.independent, union,
            "{:?} {:?}",
            lock.codes, lock.windows
        );
        let whole = open
            .iter()
            .filter(|s| s.iter().all(|at| at % 16 == 0))
            .count();
        assert_eq!(result.opening_settings, whole as u128);
        let eighth = |s: &&Vec<i64>| s.iter().all(|at| at % 2 == 0);
        let eighths = open.iter().filter(eighth).count();
        assert_eq!(lock.gates().opening_settings(8), eighths as u128);
        let gates = result.gates.iter().flatten();
        merged += gates.filter(|g| g.numbers.len() > 1).count();
        independent += usize::from(union && lock.codes.len() > 1);
    }
    assert!(merged > 20 && independent > 5, "{merged} {independent}");
}

fn ten_mark_space(wheels: usize) -> Space {
    let rules = RuleSet::new();
    Space::new(10, &vec![0.25; wheels], Convention::Continuous, rules).unwrap()
}

#[test]
fn the_named_independent_spares_are_the_largest_pairwise_independent_set() {
    let mut rng = stream(22, 0, Purpose::Code);
    let windows = vec![GateWindow::symmetric(Mark::new(0.25).unwrap()); 3];
    let space = ten_mark_space(3);
    for _ in 0..60 {
        let code = |rng: &mut Stream| Code((0..3).map(|_| rng.random_range(4..6)).collect());
        let mut codes: Vec<Code> = (0..6).map(|_| code(&mut rng)).collect();
        codes.sort();
        codes.dedup();
        let spares: Vec<Spare> = codes[1..]
            .iter()
            .map(|code| Spare {
                code: code.clone(),
                realisation: [Realisation::ExtraGates, Realisation::SeparatePack]
                    [usize::from(rng.random_bool(0.2))],
                packs: Packs::Either,
            })
            .collect();
        let main = &codes[0];
        let pair = |main: &Code, spare: &Spare| {
            let (marks, windows, spares) = (10, &windows, std::slice::from_ref(spare));
            Gates {
                marks,
                windows,
                main,
                spares,
            }
            .openings(None)
            .independent
        };
        let agree = |a: &Spare, b: &Spare| {
            let shared = a.realisation == Realisation::ExtraGates;
            !shared || pair(&a.code, b)
        };
        let mutually = |set: &Vec<usize>| {
            set.iter().all(|&i| pair(main, &spares[i]))
                && set
                    .iter()
                    .all(|&i| set.iter().all(|&j| i >= j || agree(&spares[i], &spares[j])))
        };
        let subsets = (0..1_usize << spares.len()).map(|bits| {
            (0..spares.len())
                .filter(|i| bits >> i & 1 == 1)
                .collect::<Vec<_>>()
        });
        let largest = subsets.filter(mutually).map(|s| s.len()).max().unwrap();
        let found = independent_spares(&space, &windows, main, &spares);
        assert_eq!(found.named.len(), largest, "{main} {spares:?}");
        assert!(mutually(&found.named));
    }
}

#[test]
fn as_many_independent_spares_fit_on_one_wheel_as_its_gates_keep_apart() {
    let main = Code(vec![3, 7]);
    let fit = |half: f64, rules: RuleSet| {
        let space = Space::new(10, &[half; 2], Convention::Continuous, rules).unwrap();
        let windows = [GateWindow::symmetric(Mark::new(half).unwrap()); 2];
        independent_spares(&space, &windows, &main, &[])
            .fitting
            .codes
            .len()
    };
    assert_eq!(fit(0.25, RuleSet::new()), 9);
    assert_eq!(fit(0.5, RuleSet::new()), 4);
    assert_eq!(fit(2.4, RuleSet::new()), 1);
    assert_eq!(fit(3.0, RuleSet::new()), 0);
}

#[test]
fn a_proposed_spare_keeps_its_distance_and_makes_no_ghost_that_breaks_a_rule() {
    let stated = serde_json::json!([
        { "rule": "min_gap", "marks": 10, "strict": true },
        { "rule": "last_not_in", "from": 95, "to": 20 }
    ]);
    let dial = wheelpack::keyspace::Dial {
        marks: 100,
        wheels: 3,
    };
    let rules = wheelpack::keyspace::parse_rules(stated.as_array().unwrap(), dial).unwrap();
    let space = Space::new(100, &[0.75; 3], Convention::Continuous, rules).unwrap();
    let main: Code = "22-67-38".parse().unwrap();
    let mut rng = stream(23, 0, Purpose::Code);
    let mut wish = SpareWish {
        space: &space,
        main: &main,
        spares: &[],
        realisation: Realisation::ExtraGates,
        margin_marks: 15,
    };
    let proposed = propose_spare(&wish, &mut rng).unwrap().unwrap();
    assert!(proposed.distance_marks >= 15);
    assert_eq!(proposed.ghosts, 6);
    let spares = [Spare {
        code: proposed.code,
        realisation: Realisation::ExtraGates,
        packs: Packs::Either,
    }];
    let windows = [GateWindow::symmetric(Mark::new(0.75).unwrap()); 3];
    let gates = Gates {
        marks: 100,
        windows: &windows,
        main: &main,
        spares: &spares,
    };
    let openings = gates.openings(Some(&space.codes().unwrap()));
    assert_eq!(openings.ghosts, 6);
    assert_eq!(openings.ghosts_off_rules.unwrap(), 0);
    wish.margin_marks = 51;
    assert_eq!(propose_spare(&wish, &mut rng).unwrap(), None);
}
