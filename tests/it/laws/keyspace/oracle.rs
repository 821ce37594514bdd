//! Rules as plain predicates over a whole setting, and counting by going through all settings:
//! a second opinion that shares no code with the automaton.

use serde_json::Value;
use wheelpack::keyspace::Places;

/// Millionths of a mark, so that comparisons are exact.
fn micro(v: &Value) -> i64 {
    (v.as_f64().unwrap() * 1e6).round() as i64
}

fn whole(v: &Value) -> i64 {
    v.as_i64().unwrap()
}

const M: i64 = 1_000_000;

/// Every setting that obeys all of `rules`, in lexicographic order.
pub(crate) fn enumerate(rules: &[Value], places: &Places) -> Vec<Vec<u32>> {
    let mut settings = vec![vec![]];
    for ring in places.rings() {
        settings = settings
            .into_iter()
            .flat_map(|s: Vec<u32>| {
                (0..ring.n).map(move |p| {
                    let mut longer = s.clone();
                    longer.push(p);
                    longer
                })
            })
            .collect();
    }
    let mut left = settings;
    for rule in rules {
        left.retain(|s| obeys(rule, places, s));
    }
    left
}

/// Whether `setting` obeys `rule`, straight from the rule's definition.
pub(crate) fn obeys(rule: &Value, places: &Places, setting: &[u32]) -> bool {
    let rings = places.rings();
    let value = |i: usize| i64::from(setting[i]) * micro(&Value::from(rings[i].pitch.marks()));
    let values: Vec<i64> = (0..setting.len()).map(value).collect();
    let last = values.len() - 1;
    let arc = |v: i64| {
        let (from, to) = (micro(&rule["from"]), micro(&rule["to"]));
        if from <= to {
            from <= v && v <= to
        } else {
            v >= from || v <= to
        }
    };
    let pairs = || {
        let all = rule["pairs"] == "all";
        (0..values.len())
            .flat_map(|j| (0..j).map(move |i| (i, j)))
            .filter(move |&(i, j)| all || i + 1 == j)
    };
    let code_is = |code: &Value| {
        code.as_array()
            .unwrap()
            .iter()
            .zip(&values)
            .all(|(c, v)| whole(c) * M == *v)
    };
    match rule["rule"].as_str().unwrap() {
        "last_not_in" => !arc(values[last]),
        "wheel_not_in" => !arc(values[rule["wheel"].as_u64().unwrap() as usize - 1]),
        "way_at_most" => {
            let to = rule["wheel"].as_u64().unwrap() as usize - 1;
            let up = values[to] - values[to - 1];
            let turn = i64::from(places.marks()) * M;
            let mut way = if rule["turning"] == "left" { up } else { -up };
            while way <= 0 {
                way += turn;
            }
            while way > turn {
                way -= turn;
            }
            way <= micro(&rule["marks"])
        }
        "usable_fraction_last" => {
            let share = micro(&rule["fraction"]) as i128 * i128::from(rings[last].n);
            let kept = (share + i128::from(M / 2)).div_euclid(i128::from(M));
            i128::from(setting[last]) < kept
        }
        "min_gap" => pairs().all(|(i, j)| {
            let plain = (values[i] - values[j]).abs();
            let around = if rings[i] == rings[j] {
                i64::from(rings[i].n) * micro(&Value::from(rings[i].pitch.marks()))
            } else {
                i64::from(places.marks()) * M
            };
            let circular = rule["circular"] == true;
            let gap = if circular {
                plain.min(around - plain)
            } else {
                plain
            };
            let least = micro(&rule["marks"]);
            if rule["strict"] == true {
                gap > least
            } else {
                gap >= least
            }
        }),
        "not_monotone" => {
            let rising = values.windows(2).all(|p| p[0] < p[1]);
            let falling = values.windows(2).all(|p| p[0] > p[1]);
            !rising && !falling
        }
        "not_all_multiples_of" => values.iter().any(|v| v % (whole(&rule["k"]) * M) != 0),
        "not_all_same_parity" => {
            let all = |rest: i64| values.iter().all(|v| v.rem_euclid(2 * M) == rest);
            !all(0) && !all(M)
        }
        "difference_not_multiple_of" => {
            pairs().all(|(i, j)| (values[i] - values[j]) % (whole(&rule["k"]) * M) != 0)
        }
        "residue" => {
            let at = |name: &str| values[rule[name].as_u64().unwrap() as usize - 1];
            let off = at("wheel") - at("of_wheel") - whole(&rule["plus"]) * M;
            off % (whole(&rule["modulus"]) * M) == 0
        }
        "catch_points" => {
            let marks = i64::from(places.marks());
            let first = (micro(&rule["resistance"]) + micro(&rule["ahead"]) + M - 1) / M % marks;
            let locked = rule["locked"].as_array().unwrap().iter().map(whole);
            let thirds: Vec<i64> = locked
                .flat_map(|l| (0..marks).map(move |i| (i, l)))
                .map(|(i, l)| (l + i * whole(&rule["repeat"])) % marks)
                .filter(|third| (third - first) % whole(&rule["modulus"]) == 0)
                .collect();
            let seconds = |third: i64| {
                let ring = (0..marks).map(|i| {
                    (first + whole(&rule["modulus"]) * i + whole(&rule["modulus"]) / 2) % marks
                });
                let beside = [1, -1].map(|s| (third + s * whole(&rule["apart"])).rem_euclid(marks));
                ring.filter(|second| !beside.contains(second))
                    .collect::<Vec<_>>()
            };
            let is = |third: &i64| {
                let mut seconds = seconds(*third).into_iter();
                seconds.any(|second| values == [first, second, *third].map(|v| v * M))
            };
            thirds.iter().any(is)
        }
        "not_equal" => !code_is(&rule["code"]),
        "not_in_list" => !rule["codes"].as_array().unwrap().iter().any(code_is),
        "no_dates" => {
            let orders = rule["orders"].as_array().unwrap();
            !orders
                .iter()
                .any(|o| is_date(o.as_str().unwrap(), places.marks(), &values))
        }
        other => panic!("no oracle for {other}"),
    }
}

fn is_date(order: &str, marks: u32, values: &[i64]) -> bool {
    if values.iter().any(|v| v % M != 0) {
        return false;
    }
    let letters: Vec<char> = order.chars().collect();
    let numbers: Vec<i64> = values.iter().map(|v| v / M).collect();
    let mut i = 0;
    while i < letters.len() {
        let two = marks == 10 && letters.get(i + 1) == Some(&letters[i]);
        let number = if two {
            10 * numbers[i] + numbers[i + 1]
        } else {
            numbers[i]
        };
        let range = match letters[i] {
            'd' => 1..=31,
            'm' => 1..=12,
            _ => 0..=99,
        };
        if !range.contains(&number) {
            return false;
        }
        i += if two { 2 } else { 1 };
    }
    true
}
