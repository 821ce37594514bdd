//! Every kind of series with nothing, one value and ten series, and what the pictures must hold.

use super::*;
use crate::figure::check::layout_faults;

const KINDS: [&str; 11] = [
    "line",
    "step",
    "band",
    "step band",
    "points",
    "bars",
    "lying bars",
    "stacked",
    "tornado",
    "heat",
    "log line",
];

fn names(n: usize) -> Vec<String> {
    (0..n).map(|i| format!("Design number {i}")).collect()
}

/// A chart of `kind` with `count` series of `n` values each.
fn sample(kind: &str, count: usize, n: usize) -> Chart {
    let mut chart = Chart::new(
        "sample",
        format!("A {kind} chart with {count} series of {n}"),
    )
    .alt("A test picture.")
    .x(Axis::linear("Dial position (marks)"))
    .y(Axis::linear("Contact point (marks)"));
    let value = |s: usize, i: usize| (i * (s + 3) % 17) as f64 + 0.1 * s as f64;
    match kind {
        "bars" | "stacked" => chart.x = Axis::categories("Design", names(n)),
        "lying bars" | "tornado" => chart.y = Axis::categories("Design", names(n)),
        "log line" => {
            chart.x = Axis::log_minutes("Time");
            chart.y = Axis::log("Tries");
        }
        _ => {}
    }
    for s in 0..count {
        let name = format!("series {s}");
        let xy: Vec<_> = (0..n).map(|i| (i as f64, value(s, i))).collect();
        let band: Vec<_> = xy.iter().map(|(x, y)| (*x, y - 1.0, y + 1.5)).collect();
        let ys: Vec<f64> = xy.iter().map(|p| p.1).collect();
        let spans: Vec<_> = ys.iter().map(|y| (0.9 * y, 1.2 * y)).collect();
        chart = match kind {
            "line" => chart.series(Series::line(name, xy)),
            "log line" => {
                let raised = xy
                    .iter()
                    .map(|(x, y)| (0.1 * crate::math::pow(3.0, *x), 1.0 + y));
                chart.series(Series::line(name, raised.collect()))
            }
            "step" => chart.series(Series::step(name, xy)),
            "band" => chart
                .series(Series::line(name, xy))
                .series(Series::band(band)),
            "step band" => chart
                .series(Series::step(name, xy))
                .series(Series::step_band(band)),
            "points" => chart.series(Series::points(name, xy).spans(spans)),
            "bars" | "lying bars" => chart.series(Series::bars(name, ys).spans(spans)),
            "stacked" => chart.series(Series::stacked(name, ys)),
            "tornado" => chart.series(Series::tornado(
                5.0,
                spans,
                ["at the low end", "at the high end"],
            )),
            _ => chart.series(Series::heat(
                name,
                Heat {
                    x: (0..n).map(|i| i as f64).collect(),
                    y: (0..n).map(|i| i as f64).collect(),
                    z: vec![ys; n],
                    scale: Axis::linear(""),
                },
            )),
        };
    }
    chart
}

fn faults(chart: &Chart) -> Vec<String> {
    layout_faults(&chart.draw().unwrap()).unwrap()
}

#[test]
fn every_kind_is_drawn_with_nothing_with_one_value_and_with_ten_series() {
    for kind in KINDS {
        for (count, n) in [(0, 0), (1, 0), (1, 1), (1, 5), (2, 8), (10, 12)] {
            let found = faults(&sample(kind, count, n));
            assert!(found.is_empty(), "{kind} {count} {n}: {found:#?}");
        }
    }
}

#[test]
fn a_chart_without_values_says_so() {
    for kind in KINDS {
        let svg = sample(kind, 1, 0).draw().unwrap();
        assert!(svg.standalone().contains("no data"), "{kind}");
        let svg = sample(kind, 1, 3).draw().unwrap();
        assert!(!svg.standalone().contains("no data"), "{kind}");
    }
}

#[test]
fn values_that_are_not_numbers_leave_a_gap_and_no_trace() {
    let data = vec![
        (0.0, 1.0),
        (1.0, f64::NAN),
        (2.0, 3.0),
        (3.0, f64::INFINITY),
    ];
    let svg = Chart::new("gap", "")
        .series(Series::line("a", data))
        .draw()
        .unwrap();
    assert!(!svg.standalone().contains("NaN") && !svg.standalone().contains("inf"));
}

#[test]
fn long_texts_wrap_at_every_size_and_stay_inside() {
    let long = "How probable it is that an experienced manipulator has opened the lock by feel \
                before a given time, at an incomprehensibilities-laden reader";
    for (w, h) in [(320.0, 260.0), (480.0, 320.0), (1200.0, 500.0)] {
        for kind in KINDS {
            let mut chart = sample(kind, 3, 6).size(w, h);
            chart.title = long.to_owned();
            chart.x.label = long.to_owned();
            chart.series[0].name = long.to_owned();
            let found = faults(&chart);
            assert!(found.is_empty(), "{kind} {w} × {h}: {found:#?}");
        }
    }
}

#[test]
fn labels_of_marks_keep_clear_of_one_another() {
    let mut chart = sample("line", 3, 12).mark(Mark::between_x(2.0, 4.0, "forbidden zone"));
    for i in 0..6 {
        let x = 4.0 + 0.05 * f64::from(i);
        chart = chart
            .mark(Mark::at_x(x, format!("gate {i} of the wheel")))
            .mark(Mark::at_y(5.0 + 0.1 * f64::from(i), format!("limit {i}")))
            .mark(Mark::note(x, 8.0, format!("note {i}")));
    }
    let found = faults(&chart);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_long_run_of_data_makes_a_small_picture_and_the_same_bytes_twice() {
    let noisy: Vec<_> = (0..20_000)
        .map(|i| {
            (
                f64::from(i),
                crate::math::sin(f64::from(i) * 0.001) + f64::from(i % 7) * 0.01,
            )
        })
        .collect();
    let side: Vec<f64> = (0..200).map(f64::from).collect();
    let heat = Heat {
        x: side.clone(),
        y: side.clone(),
        z: (0..200)
            .map(|r| (0..200).map(|c| f64::from(r * c)).collect())
            .collect(),
        scale: Axis::linear(""),
    };
    for series in [
        Series::line("line", noisy.clone()),
        Series::step("step", noisy.clone()),
        Series::points("points", noisy),
        Series::heat("heat", heat),
    ] {
        let chart = Chart::new("long", "A long run").series(series);
        let svg = chart.draw().unwrap();
        let (name, bytes) = (&chart.series[0].name, svg.standalone().len());
        assert!(bytes < 150_000, "{name}: {bytes} bytes");
        assert_eq!(svg, chart.draw().unwrap());
    }
}

#[test]
fn a_png_of_a_chart_has_its_size_at_each_scale() {
    let svg = sample("band", 3, 9).draw().unwrap();
    let png = svg.to_png(2.0).unwrap();
    let pixels = resvg::tiny_skia::Pixmap::decode_png(&png).unwrap();
    assert_eq!((pixels.width(), pixels.height()), (1520, 880));
    assert_eq!(png, svg.to_png(2.0).unwrap());
}
