//! Wrong flags: what is told, and by which name.

use super::{counted, keyspace, refused, text};

#[test]
fn impossible_locks_are_findings_and_wrong_usage_says_what_is_missing() {
    let never = r#"[{"rule":"wheel_not_in","wheel":1,"from":0,"to":50},{"rule":"not_monotone"},
        {"rule":"wheel_not_in","wheel":1,"from":51,"to":99}]"#;
    let two_for_three = "2 half-widths for 3 wheels";
    let beside = "cannot be used with";
    let cases: [(&[&str], i32, &str); 15] = [
        (&["--window", "60"], 1, "WP407"),
        (&["--window", "-1"], 1, "WP407"),
        (
            &["--window", "1", "--wheels", "1000000"],
            1,
            "1 to 16 wheels",
        ),
        (
            &["--window", "1", "--main", "1-2-3", "--spare", "1-2-3"],
            1,
            "WP406",
        ),
        (&["--window", "1", "--rules", never], 1, "(--rules/0) and"),
        (&["--marks", "100", "--wheels", "3"], 2, "--window 0.5"),
        (&["--window", "1", "--propose-spare", "5"], 2, "--main"),
        (
            &["--window", "1", "--rules", "@no-such-file.json"],
            2,
            "no-such-file.json",
        ),
        (&["--window", "0.7,1", "--wheels", "3"], 2, two_for_three),
        (&["--window", "0.7,1", "--main", "1-9-4"], 2, two_for_three),
        (&["--window", "0.7,1", "group2-dial"], 2, two_for_three),
        (&["group2-dial", "--spare", "1-2-3"], 2, beside),
        (&["group2-dial", "--packs", "both"], 2, beside),
        (
            &["group2-dial", "--realisation", "change_key"],
            2,
            "--spare",
        ),
        (
            &["--window", "1", "--main", "1-9-4", "--packs", "both"],
            2,
            "--spare",
        ),
    ];
    for (args, expected, part) in cases {
        let (code, said) = refused(args);
        assert_eq!(code, Some(expected), "{args:?} {said}");
        assert!(said.contains(part), "{part} in {said}");
    }
    for more in [&["--wheels", "3"][..], &["group2-dial"]] {
        let (_, said) = refused(&[&["--window", "60"], more].concat());
        assert_eq!(
            said.matches("WP407").count(),
            1,
            "one flag, one fault: {said}"
        );
        assert!(said.contains("--window"), "{said}");
    }
    let (_, said) = refused(&["--window", "1,60,-1"]);
    for wheel in ["--window, wheel 2: ", "--window, wheel 3: "] {
        assert!(said.contains(wheel), "{said}");
    }
    let (_, said) = refused(cases[4].0);
    assert!(
        !said.contains("not_monotone"),
        "only the smallest conflict: {said}"
    );
}

#[test]
fn what_is_wrong_with_flags_is_told_by_the_flag_and_by_no_place_in_a_file() {
    let rule = r#"[{"rule":"last_not_in","from":0,"to":20}]"#;
    let cases: [(&[&str], &[&str]); 7] = [
        (&["--marks", "0", "--window", "1"], &["]: --marks: "]),
        (&["--wheels", "17", "--window", "1"], &["]: --wheels: "]),
        (&["--main", "1-2-300", "--window", "1"], &["]: --main: "]),
        (
            &[
                "--main", "1-2-3", "--spare", "4-5-6", "--spare", "1-2-3", "--window", "1",
            ],
            &["]: --spare 1-2-3: ", "already at --main"],
        ),
        (
            &["--main", "1-2-3", "--rules", rule, "--window", "1"],
            &["]: --main: ", "(--rules/0)"],
        ),
        (
            &[
                "--rules",
                r#"[{"rule":"last_not_in","from":0,"to":200}]"#,
                "--window",
                "1",
            ],
            &["]: --rules/0/to: "],
        ),
        (&["--window", "-1", "group2-dial"], &["]: --window: "]),
    ];
    for (args, parts) in cases {
        let (code, said) = refused(args);
        assert_eq!(code, Some(1), "{args:?} {said}");
        for part in parts {
            assert!(said.contains(part), "{part} in {said}");
        }
        assert!(!said.contains(" /") && !said.contains("(/"), "{said}");
    }
    let near = ["--window", "1", "--main", "22-67-38", "--spare", "23-30-66"];
    let warned = keyspace(&near);
    let said = text(&warned.stderr);
    assert_eq!(warned.status.code(), Some(0), "{said}");
    assert!(
        said.starts_with("flags: warning[WP414]: --spare: "),
        "{said}"
    );
    let found = counted(&near);
    assert_eq!(found["warnings"][0]["at"], "--spare");
}
