//! How patient each pass over the lock is.

/// How one pass over the lock is made; each later pass is as patient or more.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pass {
    /// Readings of every point of a sweep, before the deeper half is read again.
    pub(super) readings: u32,
    /// Step of a sweep in widths of the dialing window.
    pub(super) step_windows: f64,
    /// Most dips followed from one graph; clear ones that cost only tries are followed beyond.
    pub(super) breadth: usize,
    /// Dips count from this many standard deviations on.
    pub(super) threshold: f64,
    /// Whether the first stop turns against the standard direction.
    pub(super) reversed: bool,
    /// Whether the next likely owner of a dip is followed too where a test was conclusive.
    pub(super) doubts: bool,
    /// Whether the two wheels that the clearest dips leave are tried through at its end.
    pub(super) trusts: bool,
}

/// Most readings of every point of a sweep.
const MOST_READINGS: u32 = 64;

impl Pass {
    /// Pass number `k`, from 0: from a quick look to a patient one. Beyond the last one that is written down each
    /// has twice as many readings, up to [`MOST_READINGS`], and the other direction.
    pub(super) fn number(k: u32) -> Self {
        let last = PASSES.len() as u32 - 1;
        let Pass {
            readings, reversed, ..
        } = PASSES[k.min(last) as usize];
        let more = k.saturating_sub(last);
        Self {
            readings: (readings << more.min(8)).min(MOST_READINGS),
            reversed: reversed ^ (more % 2 == 1),
            ..PASSES[k.min(last) as usize]
        }
    }
}

/// What pass number `k`, from 1, does otherwise than the one before, in words.
pub(super) fn otherwise(k: u32) -> String {
    let (before, now) = (Pass::number(k - 1), Pass::number(k));
    let mut said = Vec::new();
    if now.readings != before.readings {
        let (now, before) = (now.readings, before.readings);
        said.push(format!("{now} readings of every point instead of {before}"));
    }
    if now.step_windows < before.step_windows {
        let (now, before) = (now.step_windows, before.step_windows);
        said.push(format!("steps of {now} windows instead of {before}"));
    }
    if now.reversed != before.reversed {
        said.push("the other direction first".to_owned());
    }
    if now.threshold < before.threshold {
        let threshold = now.threshold;
        said.push(format!("dips counted from {threshold} times the noise on"));
    }
    if now.breadth > before.breadth {
        said.push(format!("up to {} dips of a graph followed", now.breadth));
    }
    if now.doubts && !before.doubts {
        said.push("clear answers doubted too".to_owned());
    }
    if now.trusts && !before.trusts {
        said.push("the two wheels that clear dips leave tried through".to_owned());
    }
    said.join(", ")
}

/// The first passes.
const PASSES: [Pass; 4] = [
    Pass {
        readings: 1,
        step_windows: 1.0,
        breadth: 2,
        threshold: 3.0,
        reversed: false,
        doubts: false,
        trusts: false,
    },
    Pass {
        readings: 2,
        step_windows: 1.0,
        breadth: 3,
        threshold: 2.5,
        reversed: true,
        doubts: false,
        trusts: true,
    },
    Pass {
        readings: 4,
        step_windows: 0.75,
        breadth: 5,
        threshold: 2.5,
        reversed: false,
        doubts: false,
        trusts: true,
    },
    Pass {
        readings: 8,
        step_windows: 0.75,
        breadth: 8,
        threshold: 2.0,
        reversed: true,
        doubts: true,
        trusts: true,
    },
];

#[cfg(test)]
mod tests {
    use super::otherwise;

    #[test]
    fn each_pass_says_what_it_does_otherwise() {
        assert_eq!(
            otherwise(1),
            "2 readings of every point instead of 1, the other direction first, dips counted from 2.5 times the noise on, \
             up to 3 dips of a graph followed, the two wheels that clear dips leave tried through"
        );
        assert!(otherwise(2).contains("steps of 0.75 windows instead of 1"));
        assert!(otherwise(3).ends_with("clear answers doubted too"));
        assert_eq!(
            otherwise(4),
            "16 readings of every point instead of 8, the other direction first"
        );
        assert_eq!(otherwise(100), "the other direction first");
    }
}
