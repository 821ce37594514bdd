//! The order of difficulty that lock pickers agree on (A8): tiers of safe locks, LockPickers United.

use crate::support::shipped;
use wheelpack::stats::Estimate;
use wheelpack::study::{Options, attack_named, resist};

/// Median time of the design called `name`, manipulated by hand for as long as it takes.
fn t50_min(name: &str) -> Estimate {
    let design = shipped(name);
    let mut reader = design.reader("expert").expect("shipped").clone();
    reader.budget_h = 100.0;
    let options = Options {
        trials: Some(700),
        ..Options::with_seed(1)
    };
    let graphing = attack_named("graphing").expect("listed");
    let report = resist(&design, graphing, &reader, &options).expect("a dial lock");
    report.t50_min
}

/// The order is of what pickers do by hand, so the reader is the expert. With a dial reader the last step
/// does not show: false gates of stated depth and the close radii of Group 1 cost about the same then.
/// What decides it is an assumption: the light lever and the close radii of `group1-roller-nose`, of which
/// only the kind is published.
#[test]
fn val_lockpickers_united_order_of_group_2_its_variants_and_group_1() {
    let plain = t50_min("group2-dial");
    let group1 = t50_min("group1-roller-nose");
    for middle in ["group2-four-wheel", "group2m-false-gates"] {
        let middle = t50_min(middle);
        assert!(
            plain.high < middle.low && plain.high.is_some(),
            "{plain:?} {middle:?}"
        );
        assert!(
            middle.high < group1.low && middle.high.is_some(),
            "{middle:?} {group1:?}"
        );
    }
}
