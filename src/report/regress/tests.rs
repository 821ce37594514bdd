use super::*;
use std::path::Path;

fn document(result: &str) -> String {
    format!(
        r#"{{"format":1,"tool":"wheelpack 0.1.0","seed":1,"results":[{{"name":"a",{result}}}]}}"#
    )
}

fn compared(old: &str, new: &str, strict: bool) -> Comparison {
    let baseline = baseline::parse(Path::new("b/a/summary.json"), "a", &document(old)).unwrap();
    let fresh = baseline::fresh("a", &document(new)).unwrap();
    compare(("a", "a.json"), &baseline, fresh, strict)
}

fn verdict_of(c: &Comparison, metric: &str) -> Option<Verdict> {
    c.metrics
        .iter()
        .find(|m| m.metric == metric)
        .map(|m| m.verdict)
}

fn t50(value: &str, low: &str, high: &str) -> String {
    format!(
        r#""resist":[{{"attack":"g","reader":"e","trials":9,
        "t50_min":{{"value":{value},"low":{low},"high":{high},"level":0.95}}}}]"#
    )
}

#[test]
fn a_count_is_compared_to_the_last_digit_and_judged_by_its_good_way() {
    let digits = "1".repeat(50);
    let with = |ghosts: &str, dialable: &str| {
        format!(r#""keyspace":{{"ghosts":{ghosts},"dialable":{dialable}}}"#)
    };
    let c = compared(
        &with("6", &format!("{digits}1")),
        &with("7", &format!("{digits}2")),
        false,
    );
    assert_eq!(verdict_of(&c, "keyspace/ghosts"), Some(Verdict::Worse));
    assert_eq!(verdict_of(&c, "keyspace/dialable"), Some(Verdict::Better));
    assert!(!c.passes);
    let c = compared(&with("7", "9"), &with("6", "10"), false);
    assert_eq!(c.count(Verdict::Better), 2);
    assert!(c.passes);
}

#[test]
fn an_estimate_moves_only_where_the_intervals_part() {
    let of = |new: &str| {
        let c = compared(&t50("90", "80", "100"), new, false);
        verdict_of(&c, "resist/g e/t50_min")
    };
    assert_eq!(of(&t50("90", "80", "100")), Some(Verdict::Same));
    assert_eq!(of(&t50("75", "70", "81")), Some(Verdict::Within));
    assert_eq!(of(&t50("70", "65", "79")), Some(Verdict::Worse));
    assert_eq!(of(&t50("null", "1440", "null")), Some(Verdict::Better));
}

#[test]
fn what_is_gone_fails_and_what_is_new_does_not() {
    let (with, without) = (r#""keyspace":{"ghosts":0}"#, r#""keyspace":null"#);
    let gone = compared(with, without, false);
    assert_eq!(verdict_of(&gone, "keyspace/ghosts"), Some(Verdict::Removed));
    assert!(!gone.passes);
    let new = compared(without, with, false);
    assert_eq!(verdict_of(&new, "keyspace/ghosts"), Some(Verdict::Added));
    assert!(new.passes);
}

#[test]
fn strict_wants_every_number_the_same_and_lenient_none_that_is_no_metric() {
    let of = |x: &str| format!(r#""window":{{"window_half_marks":{x},"points":[{x}]}}"#);
    let (a, b) = (of("0.5"), of("0.50000000000001"));
    let lenient = compared(&a, &b, false);
    assert!(lenient.passes);
    assert_eq!(lenient.count(Verdict::Same), 1);
    let strict = compared(&a, &b, true);
    assert!(!strict.passes);
    assert_eq!(
        verdict_of(&strict, "window/points/1"),
        Some(Verdict::Changed)
    );
    assert!(compared(&a, &a, true).passes);
}

#[test]
fn strict_lets_a_sentence_be_worded_anew_and_no_name_that_is_a_result() {
    let of = |reason: &str, source: &str, note: &str| {
        format!(r#""derived":{{"reason":"{reason}","source":"{source}","notes":[{note}]}}"#)
    };
    let old = of(
        "opened",
        "judgement",
        r#""the pack is new","and clean too""#,
    );
    let reworded = of("opened", "an estimate", r#""the wheels are new""#);
    let strict = compared(&old, &reworded, true);
    assert!(strict.passes, "{strict:?}");
    let shut = of(
        "wheel_off",
        "judgement",
        r#""the pack is new","and clean too""#,
    );
    let strict = compared(&old, &shut, true);
    assert!(!strict.passes);
    assert_eq!(
        verdict_of(&strict, "derived/reason"),
        Some(Verdict::Changed)
    );
    // A number that became a sentence is a change.
    let gone = old.replace("\"opened\"", "\"it is not known\"");
    assert!(!compared(&old.replace("\"opened\"", "5"), &gone, true).passes);
}

#[test]
fn a_neutral_number_is_told_and_not_judged() {
    let of = |x: &str| format!(r#""window":{{"open_depth_mm":{x}}}"#);
    let c = compared(&of("2.5"), &of("2.6"), false);
    assert_eq!(
        verdict_of(&c, "window/open_depth_mm"),
        Some(Verdict::Changed)
    );
    assert!(c.passes);
}

#[test]
fn the_forms_for_a_ci_escape_what_they_quote() {
    let design = ("a<b", "de,si:gn.json");
    let baseline = baseline::parse(Path::new("x"), "a", &document(r#""keyspace":{"ghosts":1}"#));
    let fresh = baseline::fresh("a", &document(r#""keyspace":{"ghosts":2}"#)).unwrap();
    let all = [compare(design, &baseline.unwrap(), fresh, false)];
    let xml = junit::render(&all);
    assert!(xml.contains("<testsuite name=\"a&lt;b\" tests=\"1\" failures=\"1\""));
    assert!(xml.contains("message=\"worse: keyspace/ghosts, 1 became 2\""));
    let notes = github::render(&all);
    assert!(
        notes.starts_with(
            "::error file=de%2Csi%3Agn.json,title=a<b%3A worse::worse: keyspace/ghosts"
        ),
        "{notes}"
    );
}

#[test]
fn a_damaged_baseline_is_a_finding_that_says_where() {
    let faults = |text: &str| {
        let found = baseline::parse(Path::new("x.json"), "a", text).unwrap_err();
        found
            .iter()
            .map(baseline::Fault::as_text)
            .collect::<String>()
    };
    assert!(faults("{\n  \"format\": 1,,").starts_with("x.json:2:15: error[WP902]: not JSON"));
    assert!(faults("[]").contains("WP902"));
    assert!(faults(&document("\"x\":1").replace("\"a\"", "\"b\"")).contains("WP904"));
    assert!(faults(&document("\"x\":1").replace("\"format\":1", "\"format\":2")).contains("WP903"));
    let bad = faults(&document(r#""keyspace":{"ghosts":-1,"dialable":"no"}"#));
    assert_eq!(bad.matches("WP905").count(), 2, "{bad}");
    assert!(bad.contains("at /results/keyspace/ghosts"), "{bad}");
}
