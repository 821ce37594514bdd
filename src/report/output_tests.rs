use super::*;

const SUMMARY: &[u8] = br#"{"format": 1, "tool": "wheelpack 0.1.0", "results": []}"#;

fn report(target: &Path, files: &[(&str, &str)]) -> Result<()> {
    let mut folder = OutputFolder::open(target, "report")?;
    folder.write(MARKER, SUMMARY)?;
    for (name, text) in files {
        folder.write(name, text.as_bytes())?;
    }
    folder.commit()
}

/// Every file below a folder with its text, hidden ones too.
fn contents(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

fn names(folder: &Path) -> Vec<String> {
    contents(folder).into_keys().collect()
}

#[test]
fn a_report_appears_whole_and_leaves_nothing_else_behind() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    report(&out, &[("figures/curve.svg", "<svg/>")]).unwrap();
    assert_eq!(
        names(root.path()),
        [
            "out/SHA256SUMS",
            "out/figures/curve.svg",
            "out/summary.json"
        ]
    );
    let manifest = &contents(&out)[MANIFEST];
    let curve = format!("{}  figures/curve.svg\n", sha256_hex(b"<svg/>"));
    assert!(manifest.starts_with(&curve), "{manifest}");
}

#[test]
fn a_file_of_a_report_that_is_replaced_still_fits_the_list_of_its_files() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    let listed = |at: &Path| fs::read_to_string(at.join(MANIFEST)).unwrap();
    report(&out, &[("a/summary.json", "{}"), ("b/summary.json", "{}")]).unwrap();
    let before = listed(&out);
    replace_listed(&out, "a/summary.json", b"{1}").unwrap();
    assert_eq!(contents(&out)["a/summary.json"], "{1}");
    let line = |text: &[u8], name: &str| format!("{}  {name}\n", sha256_hex(text));
    let (was, is) = (
        line(b"{}", "a/summary.json"),
        line(b"{1}", "a/summary.json"),
    );
    assert_eq!(listed(&out), before.replace(&was, &is));
    // The report of one design alone, named after it.
    replace_listed(root.path(), "out/summary.json", b"{2}").unwrap();
    assert!(listed(&out).contains(&line(b"{2}", "summary.json")));
    // Where there is no report, none is made up.
    fs::create_dir(root.path().join("c")).unwrap();
    replace_listed(root.path(), "c/summary.json", b"{}").unwrap();
    assert_eq!(names(&root.path().join("c")), ["summary.json"]);
}

#[test]
fn an_old_report_goes_but_foreign_files_stay() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    report(
        &out,
        &[
            ("report.html", "1"),
            ("figures/old.svg", "1"),
            ("data/a.csv", "1"),
        ],
    )
    .unwrap();
    fs::write(out.join("README.md"), "mine").unwrap();
    fs::write(out.join("figures/photo.txt"), "mine").unwrap();
    fs::create_dir_all(out.join("notes/deep")).unwrap();
    fs::write(out.join("notes/deep/a.txt"), "mine").unwrap();
    fs::write(out.join("new.csv"), "mine").unwrap();
    report(
        &out,
        &[
            ("report.html", "2"),
            ("figures/new.svg", "2"),
            ("new.csv", "2"),
        ],
    )
    .unwrap();
    let mut found = contents(&out);
    found.remove(MANIFEST);
    found.remove(MARKER);
    let expected = [
        ("README.md", "mine"),
        ("figures/new.svg", "2"),
        ("figures/photo.txt", "mine"),
        ("new.csv", "2"),
        ("new.csv.old", "mine"),
        ("notes/deep/a.txt", "mine"),
        ("report.html", "2"),
    ];
    let expected = expected.map(|(name, text)| (name.to_owned(), text.to_owned()));
    assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
    assert_eq!(
        fs::read_dir(root.path()).unwrap().count(),
        1,
        "no work folder is left"
    );
}

#[test]
fn without_commit_the_old_report_is_untouched() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    report(&out, &[("report.html", "1")]).unwrap();
    let before = contents(root.path());
    let mut folder = OutputFolder::open(&out, "report").unwrap();
    folder.write("report.html", b"2").unwrap();
    drop(folder);
    assert_eq!(contents(root.path()), before);
}

#[test]
fn results_of_another_command_are_not_replaced() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    let mut folder = OutputFolder::open(&out, "report").unwrap();
    let summary = br#"{"tool": "wheelpack 0.1.0", "command": "report"}"#;
    folder.write(MARKER, summary).unwrap();
    folder.commit().unwrap();
    assert!(OutputFolder::open(&out, "report").is_ok());
    let error = OutputFolder::open(&out, "export").unwrap_err();
    assert!(matches!(error, Error::OfCommand { .. }), "{error}");
}

#[test]
fn bad_targets_are_refused_before_the_run() {
    let root = tempfile::tempdir().unwrap();
    let at = |name: &str| root.path().join(name);
    let error = |target: PathBuf| OutputFolder::open(target, "report").unwrap_err();

    assert!(matches!(error(at("no/such/parent")), Error::Write { .. }));
    fs::write(at("file"), "x").unwrap();
    assert!(matches!(error(at("file")), Error::Write { .. }));
    assert!(matches!(error(at("file/below")), Error::Write { .. }));

    fs::create_dir(at("photos")).unwrap();
    fs::write(at("photos/a.jpg"), "x").unwrap();
    assert!(matches!(error(at("photos")), Error::NotOurs { .. }));
    fs::write(at("photos/summary.json"), r#"{"tool": "holiday 1.0"}"#).unwrap();
    assert!(matches!(error(at("photos")), Error::NotOurs { .. }));
    assert_eq!(names(&at("photos")), ["a.jpg", "summary.json"]);

    fs::create_dir(at("empty")).unwrap();
    report(&at("empty"), &[]).expect("an empty folder is taken");
}

#[cfg(unix)]
#[test]
fn a_mount_point_is_told_from_a_folder() {
    assert!(is_mount_point(Path::new("/proc")).unwrap());
    assert!(!is_mount_point(&std::env::current_dir().unwrap().join("src")).unwrap());
}

#[test]
fn no_name_leads_out_of_the_report() {
    let root = tempfile::tempdir().unwrap();
    let mut folder = OutputFolder::open(root.path().join("out"), "report").unwrap();
    for name in [
        "",
        "../x",
        "/etc/x",
        "a/../../x",
        "a\nb",
        "./x/../y",
        "a\\b",
    ] {
        assert!(folder.write(name, b"x").is_err(), "{name:?}");
    }
    assert!(folder.write("a/b/c.txt", b"x").is_ok());
}

#[test]
fn a_swap_that_fails_puts_the_old_report_back() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    report(&out, &[("report.html", "1")]).unwrap();
    fs::write(out.join("README.md"), "mine").unwrap();
    let before = contents(&out);
    let mut folder = OutputFolder::open(&out, "report").unwrap();
    folder.write(MARKER, SUMMARY).unwrap();
    // somebody put something in the way of the renaming of the old report
    fs::create_dir_all(folder.work.path().join("old/in/the/way")).unwrap();
    assert!(folder.commit().is_err());
    assert_eq!(contents(&out), before);
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
}

#[test]
fn moves_are_undone_in_reverse() {
    let root = tempfile::tempdir().unwrap();
    let (old, new) = (root.path().join("old"), root.path().join("new"));
    fs::create_dir_all(old.join("a")).unwrap();
    fs::create_dir_all(new.join("a")).unwrap();
    fs::write(old.join("a/x"), "x").unwrap();
    fs::write(old.join("y"), "y").unwrap();
    let before = contents(&old);
    let mut moves = takeover::Moves::default();
    moves.take_over(&old, &new, &[]).unwrap();
    assert_eq!(names(&new), ["a/x", "y"]);
    moves.undo();
    assert_eq!(contents(&old), before);
    assert_eq!(names(&new), [""; 0]);
}

#[test]
fn a_single_file_is_replaced_at_once_and_keeps_its_link_and_mode() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("table.csv");
    write_file_atomically(&path, b"1").unwrap();
    write_file_atomically(&path, b"2").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"2");
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    assert!(write_file_atomically(root.path().join("no/table.csv"), b"3").is_err());
    assert!(write_file_atomically(root.path(), b"3").is_err());

    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt, symlink};
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let link = root.path().join("link.csv");
        symlink(&path, &link).unwrap();
        write_file_atomically(&link, b"4").unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"4");
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o640
        );
        write_file_atomically("/dev/null", b"5").expect("a device is written to, not replaced");
    }
}
