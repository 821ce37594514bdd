//! The page in a real browser: Debian's chromium, headless. Without it the tests skip with a printed
//! word; so does the check by axe where `WHEELPACK_AXE` does not name its script.

#![allow(
    clippy::print_stdout,
    reason = "a test that skips says so, and cargo shows it"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "a browser that hangs must not hang the tests; no result depends on the time"
)]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// How long the browser may take.
const PATIENCE: Duration = Duration::from_secs(150);

const DESIGNS: [&str; 2] = ["dial-spare-shared-wheels", "group2m-false-gates"];

fn chromium() -> Option<&'static str> {
    static FOUND: OnceLock<Option<&str>> = OnceLock::new();
    *FOUND.get_or_init(|| {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let found = names.into_iter().find(|name| {
            let version = Command::new(name).arg("--version").output();
            version.is_ok_and(|v| v.status.success())
        });
        if found.is_none() {
            println!("SKIPPED: no chromium (Debian package `chromium`)");
        }
        found
    })
}

/// The report of [`DESIGNS`], made once.
fn report() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser-report");
        let made = Command::new(env!("CARGO_BIN_EXE_wheelpack"))
            .arg("report")
            .args(DESIGNS)
            .args(["--trials", "30", "-q", "--out"])
            .arg(&folder)
            .output()
            .expect("the program is built");
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        folder
    })
}

/// What the browser wrote to its two outputs.
fn browse(binary: &str, args: &[String]) -> (String, String) {
    let profile = tempfile::tempdir().expect("a folder");
    let (out, err) = (profile.path().join("out"), profile.path().join("err"));
    let file = |path: &Path| fs::File::create(path).expect("a file");
    let mut child = Command::new(binary)
        .args([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--enable-logging=stderr",
            // Whoever asks the network gets nothing.
            "--proxy-server=127.0.0.1:9",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(args)
        .stdin(Stdio::null())
        .stdout(file(&out))
        .stderr(file(&err))
        .spawn()
        .expect("chromium starts");
    let start = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        if start.elapsed() > PATIENCE {
            let _ended = child.kill();
            let said = fs::read_to_string(&err).unwrap_or_default();
            panic!("the browser takes too long: {said}");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let read =
        |path: &Path| String::from_utf8_lossy(&fs::read(path).expect("an output")).into_owned();
    (read(&out), read(&err))
}

/// The page with the probe (and axe) in it, seen in a window `width` pixels wide: what the probe
/// found, and what the browser's console said.
fn probed(binary: &str, width: u32, axe: Option<&str>) -> (Value, Vec<String>) {
    let page = fs::read_to_string(report().join("report.html")).expect("a page");
    let scripts = format!(
        "<script>{}</script><script>{}</script></body>",
        axe.unwrap_or_default(),
        include_str!("browser/probe.js")
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.html");
    fs::write(&path, page.replace("</body>", &scripts)).expect("written");
    let args = [
        format!("--window-size={width},1000"),
        "--virtual-time-budget=60000".to_owned(),
        "--dump-dom".to_owned(),
        format!("file://{}", path.display()),
    ];
    let (dom, log) = browse(binary, &args);
    let json = dom
        .rsplit("PROBE-BEGIN")
        .next()
        .and_then(|rest| rest.split("PROBE-END").next())
        .filter(|_| dom.contains("PROBE-END"))
        .unwrap_or_else(|| panic!("the probe did not end: {log}"));
    let console = log.lines().filter(|l| l.contains(":CONSOLE"));
    (
        serde_json::from_str(json).expect("the probe writes JSON"),
        console.map(str::to_owned).collect(),
    )
}

fn assert_no_faults(found: &Value) {
    let faults = found["faults"].as_array().expect("a list");
    let words: Vec<&str> = faults.iter().filter_map(Value::as_str).collect();
    assert!(words.is_empty(), "\n{}", words.join("\n"));
}

#[test]
fn the_page_loads_sorts_changes_its_theme_and_shows_values_at_every_width() {
    let Some(binary) = chromium() else { return };
    for width in [400, 1000, 1600] {
        let (found, console) = probed(binary, width, None);
        assert_no_faults(&found);
        assert!(console.is_empty(), "{console:#?}");
        let facts = &found["facts"];
        assert_eq!(facts["first"], "verdict");
        for name in DESIGNS {
            let links = facts["navigation"].as_array().expect("links");
            assert!(
                links.contains(&Value::from(format!("#{name}"))),
                "{links:?}"
            );
        }
    }
}

#[test]
fn axe_finds_nothing_to_complain_of_in_either_theme() {
    let Some(binary) = chromium() else { return };
    let Some(path) = std::env::var_os("WHEELPACK_AXE") else {
        println!("SKIPPED: WHEELPACK_AXE does not name axe.min.js (npm package `axe-core`)");
        return;
    };
    let axe = fs::read_to_string(&path).expect("WHEELPACK_AXE names a readable script");
    let (found, _) = probed(binary, 1200, Some(&axe));
    assert_no_faults(&found);
    for theme in ["light", "dark"] {
        let checked = &found["facts"][format!("{theme}_contrast_checked")];
        assert!(checked.as_u64() > Some(100), "{theme}: {checked}");
    }
}

/// Width and height of what is printed on a sheet of A4, mm.
const SHEET_MM: (f64, f64) = (182.0, 265.0);

/// The height of all figures of the page, each as wide as the sheet, mm.
fn figures_mm() -> f64 {
    let page = fs::read_to_string(report().join("report.html")).expect("a page");
    let heights = page.split("<figure ").skip(1).map(|figure| {
        let view = figure.split("viewBox=\"").nth(1).expect("a picture");
        let numbers: Vec<f64> = view
            .split('"')
            .next()
            .into_iter()
            .flat_map(str::split_whitespace)
            .map(|n| n.parse().expect("a number"))
            .collect();
        SHEET_MM.0 * numbers[3] / numbers[2]
    });
    heights.sum()
}

#[test]
fn the_page_prints_on_as_many_sheets_as_it_has_matter_for() {
    let Some(binary) = chromium() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let pdf = folder.path().join("page.pdf");
    let args = [
        "--no-pdf-header-footer".to_owned(),
        format!("--print-to-pdf={}", pdf.display()),
        format!("file://{}", report().join("report.html").display()),
    ];
    let (_, log) = browse(binary, &args);
    let bytes = fs::read(&pdf).unwrap_or_else(|e| panic!("{e}: {log}"));
    let text = String::from_utf8_lossy(&bytes);
    let pages = text.match_indices("/Type /Page").filter(|(at, word)| {
        let next = text.as_bytes().get(at + word.len());
        next.is_some_and(|b| !b.is_ascii_alphanumeric())
    });
    let pages = pages.count();
    // The figures alone, as wide as the sheet, are the least; the tables and what is left free below
    // a figure that goes to the next sheet as a whole, at most as much again.
    let least = (figures_mm() / SHEET_MM.1).ceil() as usize;
    assert!(
        (least..=2 * least + 8).contains(&pages),
        "{pages} sheets, {least} of figures"
    );
    // A4 in points, as its stylesheet says.
    assert!(
        text.contains("/MediaBox [0 0 594.9") || text.contains("/MediaBox [0 0 595"),
        "not A4"
    );
}
