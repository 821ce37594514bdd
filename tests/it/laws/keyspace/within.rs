//! Questions about many settings at once against each setting, and their count, by itself.

use super::{random_lock, random_rule, read};
use rand::RngExt as _;
use serde_json::Value;
use wheelpack::attack::Allowed as _;
use wheelpack::keyspace::{CodeSet, Dial, Places};
use wheelpack::rng::{Purpose, Stream, stream};

#[test]
fn which_groups_hold_allowed_codes_agrees_with_each_code_by_itself() {
    let mut rng = stream(13, 0, Purpose::Code);
    let mut seen = [0, 0];
    for _ in 0..150 {
        let (dial, rules) = random_lock(&mut rng);
        let places = Places::whole_marks(dial.marks, dial.wheels);
        let codes = CodeSet::new(&read(&rules, dial).rules(), places).unwrap();
        // Positions beyond the dial are on no code.
        let any = |rng: &mut Stream| rng.random_range(0..dial.marks + 1);
        for _ in 0..20 {
            let choices: Vec<Vec<u32>> = (0..dial.wheels)
                .map(|_| {
                    (0..rng.random_range(0..=2))
                        .map(|_| any(&mut rng))
                        .collect()
                })
                .collect();
            let groups: Vec<u32> = (0..7).map(|_| any(&mut rng)).collect();
            let wheel = rng.random_range(0..dial.wheels);
            let one_by_one = |code: &[u32]| codes.contains(code);
            let expected = one_by_one.which(wheel, (&groups, 2), &choices);
            assert_eq!(codes.which(wheel, (&groups, 2), &choices), expected);
            assert_eq!(expected.len(), 4);
            assert_eq!(codes.any(&choices), one_by_one.any(&choices), "{choices:?}");
            for answer in expected {
                seen[usize::from(answer)] += 1;
            }
        }
    }
    assert!(seen.iter().all(|&n| n > 500), "{seen:?}");
}

#[test]
fn which_marks_are_on_allowed_codes_agrees_with_the_count_of_such_codes_for_many_wheels() {
    let mut rng = stream(14, 0, Purpose::Code);
    let dial = Dial {
        marks: 24,
        wheels: 5,
    };
    let all: Vec<u32> = (0..dial.marks).collect();
    let mut seen = [0, 0];
    for _ in 0..60 {
        let count = rng.random_range(1..=4);
        let rules: Vec<Value> = (0..count).map(|_| random_rule(&mut rng, dial)).collect();
        let places = Places::whole_marks(dial.marks, dial.wheels);
        let Ok(codes) = CodeSet::new(&read(&rules, dial).rules(), places) else {
            continue; // a gap of all pairs has too many states
        };
        let mut choices = vec![all.clone(); dial.wheels];
        for _ in 0..2 {
            let few = rng.random_range(0..=2);
            choices[rng.random_range(0..dial.wheels)] =
                (0..few).map(|_| rng.random_range(0..dial.marks)).collect();
        }
        for wheel in 0..dial.wheels {
            let which = codes.which(wheel, (&all, 1), &choices);
            for (mark, is_on) in all.iter().zip(which) {
                let mut of_mark = choices.clone();
                of_mark.iter_mut().for_each(|c| c.dedup());
                of_mark[wheel] = vec![*mark];
                let expected = !codes.count_within(&of_mark).is_zero();
                assert_eq!(is_on, expected, "{rules:?} {choices:?} {wheel} {mark}");
                assert_eq!(codes.any(&of_mark), expected, "{rules:?} {of_mark:?}");
                seen[usize::from(is_on)] += 1;
            }
        }
    }
    assert!(seen.iter().all(|&n| n > 500), "{seen:?}");
}

#[test]
fn groups_of_neighbouring_marks_with_allowed_codes_are_counted_as_by_looking_at_each() {
    let mut rng = stream(15, 0, Purpose::Code);
    let mut some = 0;
    for _ in 0..120 {
        let (dial, rules) = random_lock(&mut rng);
        let places = Places::whole_marks(dial.marks, dial.wheels);
        let codes = CodeSet::new(&read(&rules, dial).rules(), places).unwrap();
        let from = rng.random_range(0..dial.marks);
        let marks: Vec<u32> = (0..dial.marks).map(|m| (m + from) % dial.marks).collect();
        let width = rng.random_range(1..=4);
        let groups: Vec<Vec<u32>> = marks.chunks(width).map(<[u32]>::to_vec).collect();
        let mut place = vec![0; dial.wheels];
        let mut expected = 0_u128;
        loop {
            let choices: Vec<Vec<u32>> = place.iter().map(|&k: &usize| groups[k].clone()).collect();
            expected += u128::from(!codes.count_within(&choices).is_zero());
            let Some(i) = (0..place.len()).find(|&i| place[i] + 1 < groups.len()) else {
                break;
            };
            place[i] += 1;
            place[..i].fill(0);
        }
        let of_each = vec![groups.iter().map(Vec::as_slice).collect(); dial.wheels];
        assert_eq!(codes.count_groups(&of_each), expected, "{rules:?}");
        some += u64::from(expected > 0);
    }
    assert!(some > 50, "{some}");
}
