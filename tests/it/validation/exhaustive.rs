//! Times of dialing machines (cases A3, A4, A6).

use wheelpack::attack::Steps;

fn steps(counts: &[u64], seconds: &[f64]) -> Steps {
    Steps {
        counts: counts.to_vec(),
        seconds: seconds.to_vec(),
    }
}

#[test]
fn val_sparkfun_log_steps_of_three_kinds_take_2432_seconds() {
    // all wheels anew 8 times, the last two 263 times, the last one alone 815 times
    let log = steps(&[8, 263, 815], &[11.519, 3.224, 1.831]);
    assert!((log.total_s() - 2432.0).abs() <= 1.0, "{} s", log.total_s());
}

#[test]
fn val_sparkfun_33_by_33_codes_take_12_2_and_1_hours() {
    let windows = [33, 33];
    for (seconds, hours) in [(40.0, 12.1), (8.3, 2.51), (4.0, 1.21)] {
        let all = Steps::of_grid(&windows, &[seconds, seconds]);
        assert_eq!(all.counts.iter().sum::<u64>(), 33 * 33);
        let got = all.total_s() / 3600.0;
        assert!((got / hours - 1.0).abs() <= 0.005, "{got} h for {hours} h");
    }
}

#[test]
fn val_published_64_000_codes_in_36_hours_are_2_025_seconds_each() {
    let all = Steps::of_grid(&[40, 40, 40], &[2.025; 3]);
    assert_eq!(all.counts, [40, 40 * 39, 1600 * 39]);
    assert_eq!(all.counts.iter().sum::<u64>(), 64_000);
    assert!((all.total_s() - 36.0 * 3600.0).abs() < 1e-6);
}
