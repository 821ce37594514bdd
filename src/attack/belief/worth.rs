//! What a setting can tell.

use super::Belief;
use super::heights::GAPS;

impl Belief<'_> {
    /// How far from its number a wheel is on the flank of its gate, marks.
    pub(in crate::attack) fn flank_marks(&self) -> f64 {
        let middle = self.gaps[GAPS / 2].mean_rad;
        self.shape.flank_marks(self.unknown[0], 0.5 * middle)
    }

    /// How much the contact width varies over what is believed, with the wheels at `numbers`, in
    /// variances of one reading; with `posterior` as of now and its `masses` by wheel.
    pub(in crate::attack) fn contrast(
        &self,
        posterior: &[f64],
        masses: &[f64],
        numbers: &[f64],
    ) -> f64 {
        let places = self.places();
        let (mut mean, mut square) = (0.0, 0.0);
        let sense = self.sense.borrow();
        let zero = sense.width_marks(sense.level(self.wave.at(0.0)));
        for (k, &wheel) in self.unknown.iter().enumerate() {
            let number = numbers[wheel];
            let level_rad = self.wave.at(number - self.shifts[k]);
            let width = |drop: f64| sense.width_marks(sense.level(level_rad - drop)) - zero;
            let off = width(0.0);
            let mut rest = masses[k];
            for step in self.shape.felt(wheel) {
                let place = self.place_before(number, *step);
                let at = (k * places + place) * GAPS;
                if posterior[at..at + GAPS].iter().all(|p| *p < 1e-9) {
                    continue;
                }
                let Some(drops) = self.drops(wheel, number - self.number(place)) else {
                    continue;
                };
                for (p, gap) in posterior[at..at + GAPS].iter().zip(&self.gaps) {
                    if *p > 1e-9 {
                        let w = width(drops[1].min(gap.mean_rad));
                        mean += p * w;
                        square += p * w * w;
                        rest -= p;
                    }
                }
            }
            mean += rest.max(0.0) * off;
            square += rest.max(0.0) * off * off;
        }
        let sd = sense.width_sd_marks();
        (square - mean * mean).max(0.0) / (sd * sd)
    }
}
