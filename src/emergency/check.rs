//! Faults of an emergency section, of a scenario, and of the two together: all at once, as
//! findings with their place, what was got and what would pass.
//!
//! Codes: WP501–503 numbers, WP504–507 and WP516–518 events and gates, WP506 and WP514 solutions,
//! WP508 causes, WP509 remote without power, WP510–513 holders and spares, WP519 and WP521 force,
//! WP520 names and sources, WP522–523 horizon and links.

use super::cause::Cause;
use super::given::SolverLinks;
use super::number::{Law, Number, Scale};
use super::parameter::Numbers;
use super::place::Findings;
use super::scenario::ScenarioSpec;
use super::solution::Reach;
use super::spec::EmergencySpec;
use crate::finding::{Finding, number};

/// Most solutions of one design: the order of attempts is exact over all subsets, and with a forced
/// attempt over all pairs of subsets (3^9 states).
pub const MAX_SOLUTIONS: usize = 10;
/// Longest horizon, years.
pub const MAX_HORIZON_YEARS: u32 = 200;
/// Largest quantity of any kind (CNY, hours, years, cycles): beyond it products of several lose all meaning.
pub const MAX_QUANTITY: f64 = 1e12;
/// Smallest quantity that a formula divides by or takes the logarithm of.
pub const MIN_DIVISOR: f64 = 1e-12;

/// Faults of an emergency section by itself; pointers start at the section.
#[must_use]
pub fn check_design(spec: &EmergencySpec) -> Vec<Finding> {
    let mut found = Findings::default();
    let mut copy = spec.clone();
    copy.price_cny
        .numbers("/price_cny", &mut |at, n| check_number(at, n, &mut found));
    copy.upkeep_cny_per_year
        .numbers("/upkeep_cny_per_year", &mut |at, n| {
            check_number(at, n, &mut found)
        });
    copy.causes
        .numbers("/causes", &mut |at, n| check_number(at, n, &mut found));
    copy.events
        .numbers("/events", &mut |at, n| check_number(at, n, &mut found));
    for (i, s) in copy.solutions.iter_mut().enumerate() {
        s.numbers(&format!("/solutions/{i}"), &mut |at, n| {
            check_number(at, n, &mut found)
        });
    }
    check_word("/name", &spec.name, &mut found);
    for name in spec.events.keys() {
        check_word(&format!("/events/{name}"), name, &mut found);
    }
    super::check_tree::check_gates(spec, &mut found);
    found.within("solutions", |found| check_solutions(spec, found));
    found.list
}

/// Names that neither the section nor any shipped scenario has, as warnings: a scenario of the user's own may bring
/// them. Pointers start at the section.
#[must_use]
pub fn check_known_names(spec: &EmergencySpec) -> Vec<Finding> {
    let mut found = Findings::default();
    super::check_tree::check_known(spec, &super::scenario::SCENARIOS, &mut found);
    found.list
}

/// Faults of a scenario by itself; pointers start at the scenario.
#[must_use]
pub fn check_scenario(scenario: &ScenarioSpec) -> Vec<Finding> {
    let mut found = Findings::default();
    scenario
        .clone()
        .numbers("", &mut |at, n| check_number(at, n, &mut found));
    check_word("/name", &scenario.name, &mut found);
    for name in scenario.events.keys() {
        check_word(&format!("/events/{name}"), name, &mut found);
    }
    found.within("causes", |found| {
        if scenario.causes.is_empty() {
            found.error(
                "WP508",
                "the scenario looks at no cause",
                "name at least one of battery, electronics, credential, jam, spring",
            );
        }
    });
    found.within("horizon_years", |found| {
        if !(1..=MAX_HORIZON_YEARS).contains(&scenario.horizon_years) {
            found.error(
                "WP522",
                format!("a horizon of {} years", scenario.horizon_years),
                format!("1 to {MAX_HORIZON_YEARS} years"),
            );
        }
    });
    found.list
}

/// Faults that show only when design, scenario and links come together; pointers start at the
/// emergency section.
#[must_use]
pub fn check_pair(
    spec: &EmergencySpec,
    scenario: &ScenarioSpec,
    links: &SolverLinks,
) -> Vec<Finding> {
    let mut found = Findings::default();
    super::check_tree::check_names(spec, scenario, &mut found);
    let c = &spec.causes;
    let has = |cause: &Cause| match cause {
        Cause::Battery => c.battery.is_some(),
        Cause::Electronics => c.electronics.is_some(),
        Cause::Credential => c.credential.is_some(),
        Cause::Jam => c.jam.is_some(),
        Cause::Spring => c.spring.is_some(),
        Cause::AuthoriseOther => false,
    };
    if !scenario.causes.is_empty() && !scenario.causes.iter().any(has) {
        found.within("causes", |found| {
            found.error(
                "WP508",
                format!("no cause of {} happens to {}", scenario.name, spec.name),
                "state at least one cause that the scenario looks at",
            );
        });
    }
    check_links(links, &mut found);
    found.list
}

fn check_number(at: &str, n: &Number, found: &mut Findings) {
    let field = at.rsplit('/').next().unwrap_or(at);
    let unit = Scale::of_field(field) == Scale::Unit;
    let divides = POSITIVE.contains(&field);
    let at = at.trim_start_matches('/');
    let most = if unit { 1.0 } else { MAX_QUANTITY };
    let is_tiny = |x: f64| divides && x > 0.0 && x < MIN_DIVISOR;
    let pass = |x: f64| (0.0..=most).contains(&x) && !is_tiny(x);
    let least = if divides { MIN_DIVISOR } else { 0.0 };
    let stated = [
        ("value", Some(n.value), !divides || n.value != 0.0),
        ("low", n.low, true),
        ("high", n.high, true),
    ];
    let beyond: Vec<(&str, f64)> = stated
        .into_iter()
        .filter_map(|(name, x, is_right)| Some((name, x?)).filter(|(_, x)| !(pass(*x) && is_right)))
        .collect();
    let proves_nothing = field == "confidence_share" && n.value >= 1.0;
    found.within(at, |found| {
        // A range around what cannot be is no fault of its own.
        if !beyond.is_empty() {
            let message = format!("{field}{}", said(&beyond));
            if unit {
                found.error("WP501", message, "a share or probability from 0 to 1");
            } else {
                let quantity = format!(
                    "a number from {} to {}",
                    number(least),
                    number(MAX_QUANTITY)
                );
                found.error("WP502", message, quantity);
            }
        } else if proves_nothing {
            let message = "a confidence of 1 proves nothing";
            found.error("WP501", message, "a confidence below 1");
        } else {
            check_range(n, unit, found);
        }
        if n.source.trim().is_empty() {
            found.error(
                "WP520",
                "no source",
                "where the number comes from, or `judgement`",
            );
        }
    });
}

/// What stands where of a number, behind its name: ` is 3`, or `: value 3, high 4`.
fn said(stated: &[(&str, f64)]) -> String {
    if let [("value", x)] = stated {
        return format!(" is {}", number(*x));
    }
    let all: Vec<String> = stated
        .iter()
        .map(|(name, x)| format!("{name} {}", number(*x)))
        .collect();
    format!(": {}", all.join(", "))
}

/// Fields that formulas divide by or take the logarithm of.
const POSITIVE: [&str; 11] = [
    "capacity_mah",
    "grade_cycles",
    "specimens",
    "shape",
    "reference_cycles",
    "reference_mpa",
    "exponent",
    "sd_ln",
    "stress_range_mpa",
    "scale_years",
    "corrosion_factor",
];

fn check_range(n: &Number, unit: bool, found: &mut Findings) {
    let (low, high) = match (n.low, n.high) {
        (None, None) => return,
        (Some(low), Some(high)) => (low, high),
        _ => {
            found.error("WP503", "only one of low and high", "both, or none");
            return;
        }
    };
    if !(low <= n.value && n.value <= high) {
        found.error(
            "WP503",
            format!(
                "low {}, value {}, high {}",
                number(low),
                number(n.value),
                number(high)
            ),
            "low not above the value, high not below it",
        );
    }
    let inside = low > 0.0 && (!unit || high < 1.0);
    if n.law == Law::TwoPiece && !inside {
        let ends = if unit {
            "strictly between 0 and 1"
        } else {
            "above 0"
        };
        found.error(
            "WP503",
            format!(
                "the 5 % and 95 % points are {} and {}",
                number(low),
                number(high)
            ),
            format!("points {ends}, or the law `uniform` or `triangular`"),
        );
    }
}

fn check_word(at: &str, word: &str, found: &mut Findings) {
    let mut letters = word.chars();
    let starts = letters.next().is_some_and(|c| c.is_ascii_alphanumeric());
    let goes_on = letters.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if !(starts && goes_on) {
        found.within(at.trim_start_matches('/'), |found| {
            found.error(
                "WP520",
                format!("the name `{word}`"),
                "letters, digits, `_` and `-`, a letter or digit first",
            );
        });
    }
}

fn check_solutions(spec: &EmergencySpec, found: &mut Findings) {
    if spec.solutions.len() > MAX_SOLUTIONS {
        found.error(
            "WP506",
            format!("{} solutions", spec.solutions.len()),
            format!("at most {MAX_SOLUTIONS}: the order of attempts is exact over all subsets"),
        );
    }
    let mut forced = 0;
    for (i, s) in spec.solutions.iter().enumerate() {
        found.within(&i.to_string(), |found| {
            check_word("/name", &s.name, found);
            if spec.solutions[..i].iter().any(|other| other.name == s.name) {
                found.error(
                    "WP514",
                    format!("a second `{}`", s.name),
                    "a name of its own",
                );
            }
            let kind = s.kind.0.kind().name;
            let bare = matches!(
                s.answers.get(&Cause::Battery),
                Some(Reach::Can | Reach::PartlyShare(_))
            );
            if kind == "remote" && bare {
                found.within("answers/battery", |found| {
                    found.error(
                        "WP509",
                        "remote authorisation is to open a lock whose battery is flat",
                        "`with_power` (and an external_power solution), or `cannot`",
                    );
                });
            }
            found.within("kind", |found| {
                found.within(kind, |found| s.kind.0.check(&spec.name, found));
            });
            if let Some(force) = s.kind.0.forced() {
                forced += 1;
                let known = |name: &String| spec.solutions.iter().any(|o| o.name == *name);
                for name in force.after_seizure.keys().filter(|n| !known(n)) {
                    found.within("kind/force/after_seizure", |found| {
                        found.error(
                            "WP519",
                            format!("no solution `{name}`"),
                            "a name in `solutions`",
                        );
                    });
                }
            }
        });
    }
    if forced > 1 {
        found.error("WP521", format!("{forced} forced solutions"), "at most one");
    }
}

fn check_links(links: &SolverLinks, found: &mut Findings) {
    let rates = [
        links.jam_rate_per_year,
        links.spring_rate_per_year,
        links.spring_stress_range_mpa,
    ];
    let mut bad: Vec<String> = rates
        .into_iter()
        .flatten()
        .filter(|r| !(r.is_finite() && *r >= 0.0))
        .map(|r| format!("a linked rate or stress of {r}"))
        .collect();
    if links
        .keyspace
        .is_some_and(|k| k.settings == 0 || k.openings > k.settings)
    {
        bad.push("a linked keyspace with more openings than settings".to_owned());
    }
    if let Some(points) = &links.worn_shut {
        let rising = points.windows(2).all(|p| p[0].openings < p[1].openings);
        let shares = points.iter().all(|p| (0.0..=1.0).contains(&p.share));
        if !rising || !shares || points.iter().any(|p| !p.openings.is_finite()) {
            bad.push("linked shares of worn locks that are no shares or out of order".to_owned());
        }
    }
    if let Some(curve) = &links.professional_time {
        let rises = curve
            .points
            .windows(2)
            .all(|w| w[0].time_h <= w[1].time_h && w[0].p_open <= w[1].p_open);
        let inside = curve
            .points
            .iter()
            .all(|p| p.time_h >= 0.0 && p.time_h.is_finite() && (0.0..=1.0).contains(&p.p_open));
        if !rises || !inside {
            bad.push(format!(
                "the success curve of `{}` does not rise within [0, 1]",
                curve.attack
            ));
        }
    }
    for message in bad {
        found.error(
            "WP523",
            message,
            "the result of a finished analysis of the same design",
        );
    }
}
