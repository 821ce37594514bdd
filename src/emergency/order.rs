//! In what order to try the solutions: an exact dynamic program over subsets.
//!
//! * What: the order of attempts of least expected cost, and the cost of any stated order.
//! * Model: with `F(T)` the probability that all of `T` fail,
//!   `V(T) = min(L, min_a [c_a + F(T∪a)/F(T)·V(T∪a)])`: at every point one may also give up and
//!   pay the last resort `L`. A forced attempt that fails seizes the lock with probability `s`;
//!   from then on the rest works worse, and the state is the pair (tried before, tried after).
//! * Assumptions: an attempt is made once; costs do not depend on how the others failed; seizing is
//!   independent of the events of the tree.
//! * Reference: Bellman's principle; case E9.
//! * Checked by: `val_hand_order_of_attempts`, `the_program_is_the_best_of_all_permutations`.

/// A set of attempts, bit `i` = attempt `i`.
pub type Subset = u32;

/// The chance that all of `before` (untouched lock; with the forced attempt where it is in the set)
/// and all of `after` (seized lock) fail, seizing itself not counted.
pub type FailAll<'a> = &'a dyn Fn(Subset, Subset) -> f64;

/// One order problem: the attempts of one cause.
#[derive(Clone, Copy)]
pub struct Problem<'a> {
    /// Cost of each attempt.
    pub cost: &'a [f64],
    /// Cost of each attempt on a seized lock.
    pub cost_seized: &'a [f64],
    /// Place of the forced attempt, if it is among them, and its chance to seize when it fails.
    pub force: Option<(usize, f64)>,
    /// Cost of the last resort.
    pub last_resort: f64,
    /// Joint failure.
    pub fail_all: FailAll<'a>,
}

/// An order of attempts and what it costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Attempts in order; giving up after the last.
    pub order: Vec<usize>,
    /// Attempts after the forced one has failed and seized the lock, in order.
    pub after_seizure: Vec<usize>,
    /// Expected cost.
    pub cost: f64,
}

impl Problem<'_> {
    fn ratio(&self, from: (Subset, Subset), to: (Subset, Subset)) -> f64 {
        let all = (self.fail_all)(from.0, from.1);
        if all > 0.0 {
            (self.fail_all)(to.0, to.1) / all
        } else {
            0.0
        }
    }

    /// The cheapest plan using only the attempts in `allowed`.
    #[must_use]
    pub fn best_plan(&self, allowed: Subset) -> Plan {
        let n = self.cost.len();
        let mut value = vec![self.last_resort; 1 << n];
        let mut choice = vec![None; 1 << n];
        let mut seized = std::collections::BTreeMap::new();
        for tried in (0..1_u32 << n).rev().filter(|t| t & !allowed == 0) {
            for a in members(allowed & !tried) {
                let next = tried | 1 << a;
                let mut rest = value[next as usize];
                if let Some((_, p_seize)) = self.force.filter(|(f, s)| *f == a && *s > 0.0) {
                    let (v, order) = self.best_seized(next, allowed & !next);
                    rest = (1.0 - p_seize) * rest + p_seize * v;
                    seized.insert(next, order);
                }
                let v = self.cost[a] + self.ratio((tried, 0), (next, 0)) * rest;
                if v < value[tried as usize] {
                    (value[tried as usize], choice[tried as usize]) = (v, Some(a));
                }
            }
        }
        let (mut order, mut after_seizure, mut tried) = (Vec::new(), Vec::new(), 0);
        while let Some(a) = choice[tried as usize] {
            order.push(a);
            tried |= 1 << a;
            if self.force.is_some_and(|(f, _)| f == a) {
                after_seizure = seized.remove(&tried).unwrap_or_default();
            }
            if (self.fail_all)(tried, 0) <= 0.0 {
                break;
            }
        }
        Plan {
            order,
            after_seizure,
            cost: value[0],
        }
    }

    /// The cheapest continuation on a seized lock after `before`, out of `left`.
    #[must_use]
    pub fn best_seized(&self, before: Subset, left: Subset) -> (f64, Vec<usize>) {
        let places: Vec<usize> = members(left).collect();
        let spread = |packed: usize| -> Subset {
            let chosen = places
                .iter()
                .enumerate()
                .filter(|(k, _)| packed >> k & 1 == 1);
            chosen.fold(0, |set, (_, a)| set | 1 << a)
        };
        let mut value = vec![self.last_resort; 1 << places.len()];
        let mut choice = vec![None; 1 << places.len()];
        for packed in (0..1_usize << places.len()).rev() {
            let tried = spread(packed);
            for (k, &a) in places
                .iter()
                .enumerate()
                .filter(|(k, _)| packed >> k & 1 == 0)
            {
                let ratio = self.ratio((before, tried), (before, tried | 1 << a));
                let v = self.cost_seized[a] + ratio * value[packed | 1 << k];
                if v < value[packed] {
                    (value[packed], choice[packed]) = (v, Some(k));
                }
            }
        }
        let (mut order, mut packed) = (Vec::new(), 0);
        while let Some(k) = choice[packed] {
            order.push(places[k]);
            packed |= 1 << k;
        }
        (value[0], order)
    }

    /// Every way the plan can end, in the order of the plan.
    #[must_use]
    pub fn sequences(&self, order: &[usize], after_seizure: &[usize]) -> Vec<Sequence> {
        let mut list = Vec::new();
        let (mut tried, mut path) = (0, Vec::new());
        let mut weight = 1.0;
        for &a in order {
            path.push(a);
            let next = tried | 1 << a;
            let opens = (self.fail_all)(tried, 0) - (self.fail_all)(next, 0);
            list.push(Sequence::new(&path, None, Some(a), weight * opens));
            if let Some((_, p_seize)) = self.force.filter(|(f, _)| *f == a) {
                if p_seize > 0.0 {
                    self.seized_sequences(next, &path, after_seizure, weight * p_seize, &mut list);
                }
                weight *= 1.0 - p_seize;
            }
            tried = next;
        }
        let left = weight * (self.fail_all)(tried, 0);
        list.push(Sequence::new(&path, None, None, left));
        list
    }

    fn seized_sequences(
        &self,
        before: Subset,
        path: &[usize],
        after: &[usize],
        weight: f64,
        list: &mut Vec<Sequence>,
    ) {
        let (mut path, mut tried) = (path.to_vec(), 0);
        let seized_at = Some(path.len());
        for &a in after {
            path.push(a);
            let next = tried | 1 << a;
            let opens = (self.fail_all)(before, tried) - (self.fail_all)(before, next);
            list.push(Sequence::new(&path, seized_at, Some(a), weight * opens));
            tried = next;
        }
        let left = weight * (self.fail_all)(before, tried);
        list.push(Sequence::new(&path, seized_at, None, left));
    }

    /// Expected cost of following the given orders to their end, then the last resort.
    #[must_use]
    pub fn cost_of(&self, order: &[usize], after_seizure: &[usize]) -> f64 {
        self.cost_of_sequences(&self.sequences(order, after_seizure))
    }

    /// Expected cost over the ways a plan can end.
    #[must_use]
    pub fn cost_of_sequences(&self, sequences: &[Sequence]) -> f64 {
        crate::math::sum(sequences.iter().map(|s| {
            let untouched = s.seized_at.unwrap_or(s.path.len());
            let (calm, seized) = s.path.split_at(untouched);
            let spent: f64 = calm.iter().map(|&a| self.cost[a]).sum::<f64>()
                + seized.iter().map(|&a| self.cost_seized[a]).sum::<f64>();
            let end = if s.opened_by.is_none() {
                self.last_resort
            } else {
                0.0
            };
            s.p * (spent + end)
        }))
    }
}

/// One way a plan can end.
#[derive(Debug, Clone, PartialEq)]
pub struct Sequence {
    /// Attempts made, in order.
    pub path: Vec<usize>,
    /// How many of them were made before the lock seized, if it did.
    pub seized_at: Option<usize>,
    /// The attempt that opened, or none: the last resort.
    pub opened_by: Option<usize>,
    /// Its probability, given the cause.
    pub p: f64,
}

impl Sequence {
    fn new(path: &[usize], seized_at: Option<usize>, opened_by: Option<usize>, p: f64) -> Self {
        Self {
            path: path.to_vec(),
            seized_at,
            opened_by,
            p: p.max(0.0),
        }
    }
}

/// The members of a set, lowest first.
pub fn members(set: Subset) -> impl Iterator<Item = usize> {
    (0..Subset::BITS as usize).filter(move |i| set >> i & 1 == 1)
}

/// The chance to seize above which forcing does not pay:
/// `p* = [(V_nd − c_f)/(1 − p_f) − V_nd]/(V_seized − V_nd)`.
///
/// `v_nd` is the expected cost of going on without force, `v_seized` that on a seized lock, `c_f`
/// the cost of the forced attempt with its damage, `p_f` its chance to open. Negative: never pays;
/// above 1: always pays; none where seizing costs nothing (`v_seized ≤ v_nd`).
#[must_use]
pub fn break_even_seizure(v_nd: f64, v_seized: f64, c_f: f64, p_f: f64) -> Option<f64> {
    (v_seized > v_nd && p_f < 1.0).then(|| ((v_nd - c_f) / (1.0 - p_f) - v_nd) / (v_seized - v_nd))
}
