//! How patient each pass over the lock is.

/// How one pass over the lock is made; each later pass is more patient.
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

/// From a quick look to a patient one.
pub(super) const PASSES: [Pass; 4] = [
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
