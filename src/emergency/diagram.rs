//! Reduced ordered binary decision diagrams with shared nodes: exact probabilities of Boolean
//! expressions whose events occur in several places.
//!
//! * What: the probability that an expression is true, for any number of roots in one sweep, and
//!   its derivative by every event in one reverse sweep.
//! * Model: Bryant's diagrams, order of variables = number of the leaf; `P(node) = p·P(hi) +
//!   (1 − p)·P(lo)`; adjoints run from the root down.
//! * Assumptions: events are independent; what is common to two solutions is one event.
//! * Reference: Bryant 1986; Rauzy 1993; cases E7, E8.
//! * Checked by: `the_diagram_agrees_with_the_truth_table`, `birnbaum_is_the_finite_difference`,
//!   `val_scram_…` (an independent program).

use super::tree::Expr;
use crate::error::{Error, Result};
use std::collections::HashMap;

/// A function in a [`Diagram`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Root(u32);

/// The function that is never true.
pub const FALSE: Root = Root(0);
/// The function that is always true.
pub const TRUE: Root = Root(1);

/// Most nodes of one diagram; beyond it an expression is refused, not computed for ever.
pub const MAX_NODES: usize = 2_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Node {
    var: u32,
    lo: Root,
    hi: Root,
}

/// A store of functions that share nodes. Children stand before their parents.
#[derive(Debug, Clone)]
pub struct Diagram {
    nodes: Vec<Node>,
    unique: HashMap<Node, Root>,
    memo: HashMap<(Root, Root, Root), Root>,
}

impl Default for Diagram {
    fn default() -> Self {
        Self::new()
    }
}

impl Diagram {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        let end = |r| Node {
            var: u32::MAX,
            lo: r,
            hi: r,
        };
        Self {
            nodes: vec![end(FALSE), end(TRUE)],
            unique: HashMap::new(),
            memo: HashMap::new(),
        }
    }

    /// Number of nodes, the two constants included.
    #[must_use]
    pub fn size(&self) -> usize {
        self.nodes.len()
    }

    fn node(&mut self, var: u32, lo: Root, hi: Root) -> Result<Root> {
        if lo == hi {
            return Ok(lo);
        }
        let node = Node { var, lo, hi };
        if let Some(&known) = self.unique.get(&node) {
            return Ok(known);
        }
        if self.nodes.len() >= MAX_NODES {
            return Err(Error::OutOfRange {
                name: "size of the decision diagram",
                got: format!("more than {MAX_NODES} nodes"),
                allowed: "smaller: fewer `at_least` gates over shared events".to_owned(),
            });
        }
        let root = Root(u32::try_from(self.nodes.len()).expect("MAX_NODES fits 32 bits"));
        self.nodes.push(node);
        self.unique.insert(node, root);
        Ok(root)
    }

    fn at(&self, r: Root) -> Node {
        self.nodes[r.0 as usize]
    }

    /// The variable of event `leaf`.
    ///
    /// # Errors
    /// As all builders: [`Error::OutOfRange`] beyond [`MAX_NODES`].
    pub fn leaf(&mut self, leaf: usize) -> Result<Root> {
        let var = u32::try_from(leaf).expect("leaves are counted in a file");
        self.node(var, FALSE, TRUE)
    }

    /// `f` if-then-else: `g` where `f`, else `h`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] beyond [`MAX_NODES`].
    pub fn ite(&mut self, f: Root, g: Root, h: Root) -> Result<Root> {
        match (f, g, h) {
            (TRUE, ..) => return Ok(g),
            (FALSE, ..) => return Ok(h),
            (_, TRUE, FALSE) => return Ok(f),
            _ if g == h => return Ok(g),
            _ => {}
        }
        if let Some(&known) = self.memo.get(&(f, g, h)) {
            return Ok(known);
        }
        let (nf, ng, nh) = (self.at(f), self.at(g), self.at(h));
        let var = nf.var.min(ng.var).min(nh.var);
        let cut = |n: Node, r: Root| if n.var == var { (n.lo, n.hi) } else { (r, r) };
        let ((f0, f1), (g0, g1), (h0, h1)) = (cut(nf, f), cut(ng, g), cut(nh, h));
        let lo = self.ite(f0, g0, h0)?;
        let hi = self.ite(f1, g1, h1)?;
        let root = self.node(var, lo, hi)?;
        self.memo.insert((f, g, h), root);
        Ok(root)
    }

    /// Both.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] beyond [`MAX_NODES`].
    pub fn and(&mut self, f: Root, g: Root) -> Result<Root> {
        let (f, g) = (f.min(g), f.max(g));
        self.ite(f, g, FALSE)
    }

    /// At least one of the two.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] beyond [`MAX_NODES`].
    pub fn or(&mut self, f: Root, g: Root) -> Result<Root> {
        let (f, g) = (f.min(g), f.max(g));
        self.ite(f, TRUE, g)
    }

    /// The function of `expr`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] beyond [`MAX_NODES`].
    pub fn build(&mut self, expr: &Expr) -> Result<Root> {
        match expr {
            Expr::Never => Ok(FALSE),
            Expr::Always => Ok(TRUE),
            Expr::Leaf(i) => self.leaf(*i),
            Expr::Any(of) => of.iter().try_fold(FALSE, |sum, e| {
                let r = self.build(e)?;
                self.or(sum, r)
            }),
            Expr::All(of) => of.iter().try_fold(TRUE, |product, e| {
                let r = self.build(e)?;
                self.and(product, r)
            }),
            Expr::AtLeast(k, of) => self.at_least(*k, of),
        }
    }

    /// Row by row: `reached[j]` says that at least `j` of the members seen so far are true.
    fn at_least(&mut self, k: usize, of: &[Expr]) -> Result<Root> {
        if k > of.len() {
            return Ok(FALSE);
        }
        let mut reached = vec![FALSE; k + 1];
        reached[0] = TRUE;
        for e in of {
            let r = self.build(e)?;
            for j in (1..=k).rev() {
                reached[j] = self.ite(r, reached[j - 1], reached[j])?;
            }
        }
        Ok(reached[k])
    }

    /// Keeps only what `roots` need, for fast repeated sweeps; the roots are renumbered.
    #[must_use]
    pub fn compact(&self, roots: &[Root]) -> (Self, Vec<Root>) {
        let mut needed = vec![false; self.nodes.len()];
        for r in roots {
            needed[r.0 as usize] = true;
        }
        for i in (2..self.nodes.len()).rev() {
            if needed[i] {
                needed[self.nodes[i].lo.0 as usize] = true;
                needed[self.nodes[i].hi.0 as usize] = true;
            }
        }
        let mut small = Self::new();
        let mut place = vec![FALSE, TRUE];
        place.resize(self.nodes.len(), FALSE);
        for i in (2..self.nodes.len()).filter(|&i| needed[i]) {
            let n = self.nodes[i];
            let (lo, hi) = (place[n.lo.0 as usize], place[n.hi.0 as usize]);
            place[i] = small.node(n.var, lo, hi).expect("smaller than its source");
        }
        let roots = roots.iter().map(|r| place[r.0 as usize]).collect();
        (small, roots)
    }

    /// Probability of every node, `p[i]` being that of leaf `i`; indexed by [`Sweep::of`].
    #[must_use]
    pub fn sweep(&self, p: &[f64]) -> Sweep {
        let mut value = Vec::with_capacity(self.nodes.len());
        value.extend([0.0, 1.0]);
        for n in &self.nodes[2..] {
            let q = p[n.var as usize];
            let (lo, hi): (f64, f64) = (value[n.lo.0 as usize], value[n.hi.0 as usize]);
            value.push(q * hi + (1.0 - q) * lo);
        }
        Sweep(value)
    }

    /// Derivative of the probability of `root` by the probability of every leaf (Birnbaum), by one
    /// sweep up and one down.
    #[must_use]
    pub fn gradient(&self, root: Root, p: &[f64]) -> Vec<f64> {
        let up = self.sweep(p);
        let mut adjoint = vec![0.0; self.nodes.len()];
        let mut slope = vec![0.0; p.len()];
        adjoint[root.0 as usize] = 1.0;
        for i in (2..=root.0 as usize).rev() {
            let (n, a) = (self.nodes[i], adjoint[i]);
            let q = p[n.var as usize];
            slope[n.var as usize] += a * (up.of(n.hi) - up.of(n.lo));
            adjoint[n.hi.0 as usize] += a * q;
            adjoint[n.lo.0 as usize] += a * (1.0 - q);
        }
        slope
    }

    /// Leaf, low child and high child of `root`, or `None` where it is constant.
    #[must_use]
    pub fn split(&self, root: Root) -> Option<(usize, Root, Root)> {
        let n = self.at(root);
        (n.var != u32::MAX).then_some((n.var as usize, n.lo, n.hi))
    }
}

/// Probabilities of all functions of a diagram.
#[derive(Debug, Clone)]
pub struct Sweep(Vec<f64>);

impl Sweep {
    /// The probability of `root`.
    #[must_use]
    pub fn of(&self, root: Root) -> f64 {
        self.0[root.0 as usize]
    }
}
