//! Reading a success curve: share opened and time spent up to a limit.

use super::given::{CurvePoint, ProfessionalCurve};

impl ProfessionalCurve {
    /// The curve as atoms `(time_h, probability)` up to `limit_h`; what has not opened by then is
    /// not in the list. The opening of each interval counts at the interval's end.
    #[must_use]
    pub fn atoms(&self, limit_h: f64) -> Vec<(f64, f64)> {
        let mut before = 0.0;
        let mut atoms = Vec::new();
        for CurvePoint { time_h, p_open } in &self.points {
            if *time_h <= limit_h && *p_open > before {
                atoms.push((*time_h, p_open - before));
                before = *p_open;
            }
        }
        atoms
    }

    /// Chance to have opened by `limit_h`, and expected hours spent until then or until open.
    #[must_use]
    pub fn until(&self, limit_h: f64) -> (f64, f64) {
        let atoms = self.atoms(limit_h);
        let p: f64 = atoms.iter().map(|(_, p)| p).sum();
        let spent: f64 = atoms.iter().map(|(t, p)| t * p).sum();
        (p, spent + (1.0 - p) * limit_h)
    }
}
