//! One set of data in a chart.

use super::Heat;

/// One set of data, how it is drawn and what it is called.
#[derive(Debug, Clone)]
pub struct Series {
    /// Name in label, legend and hover; empty for none.
    pub name: String,
    /// Index into the palette; `None`: the next one. A band takes that of the series before it.
    pub colour: Option<usize>,
    /// The data.
    pub kind: Kind,
}

/// Data of a series by the way it is drawn. Values that are not finite are left out.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Points (x, y) joined by straight lines; a value that is not finite leaves a gap.
    Line(Vec<(f64, f64)>),
    /// Points (x, y): y holds from x to the next x.
    Step(Vec<(f64, f64)>),
    /// Area (x, low, high) between two lines.
    Band(Vec<(f64, f64, f64)>),
    /// Area (x, low, high) between two step lines.
    StepBand(Vec<(f64, f64, f64)>),
    /// Markers at (x, y), each with an interval (low, high) of y where `spans` is as long.
    Points {
        /// Places.
        at: Vec<(f64, f64)>,
        /// Intervals of y, or empty.
        spans: Vec<(f64, f64)>,
    },
    /// One bar from zero a category, beside those of other such series, each with an interval
    /// (low, high) where `spans` is as long.
    Bars {
        /// Value a category.
        values: Vec<f64>,
        /// Intervals, or empty.
        spans: Vec<(f64, f64)>,
    },
    /// One piece of bar a category, on top of those of the stacked series before it.
    Stacked(Vec<f64>),
    /// Tornado: for each category a bar from the result at the low end of an input to that at its
    /// high end, around the result `base`.
    Spans {
        /// Result with every input at its middle.
        base: f64,
        /// Result at the low end, result at the high end, a category.
        ends: Vec<(f64, f64)>,
        /// What the two ends are called.
        names: [String; 2],
    },
    /// Coloured cells; one such series a chart.
    Heat(Heat),
}

impl Series {
    fn of(name: impl Into<String>, kind: Kind) -> Self {
        Self {
            name: name.into(),
            colour: None,
            kind,
        }
    }

    /// A line through (x, y).
    pub fn line(name: impl Into<String>, data: Vec<(f64, f64)>) -> Self {
        Self::of(name, Kind::Line(data))
    }

    /// A step line: y holds from x to the next x.
    pub fn step(name: impl Into<String>, data: Vec<(f64, f64)>) -> Self {
        Self::of(name, Kind::Step(data))
    }

    /// The band (x, low, high) of the series before it.
    #[must_use]
    pub fn band(data: Vec<(f64, f64, f64)>) -> Self {
        Self::of("", Kind::Band(data))
    }

    /// The step band (x, low, high) of the series before it.
    #[must_use]
    pub fn step_band(data: Vec<(f64, f64, f64)>) -> Self {
        Self::of("", Kind::StepBand(data))
    }

    /// Markers at (x, y).
    pub fn points(name: impl Into<String>, at: Vec<(f64, f64)>) -> Self {
        let spans = Vec::new();
        Self::of(name, Kind::Points { at, spans })
    }

    /// One bar a category.
    pub fn bars(name: impl Into<String>, values: Vec<f64>) -> Self {
        let spans = Vec::new();
        Self::of(name, Kind::Bars { values, spans })
    }

    /// One piece a category of a stack of bars.
    pub fn stacked(name: impl Into<String>, values: Vec<f64>) -> Self {
        Self::of(name, Kind::Stacked(values))
    }

    /// A tornado around `base`; `names` are those of the low and the high end.
    #[must_use]
    pub fn tornado(base: f64, ends: Vec<(f64, f64)>, names: [&str; 2]) -> Self {
        let names = names.map(str::to_owned);
        Self::of("", Kind::Spans { base, ends, names })
    }

    /// A heat map; its name stands at the scale of colours.
    pub fn heat(name: impl Into<String>, heat: Heat) -> Self {
        Self::of(name, Kind::Heat(heat))
    }

    /// With an interval (low, high) for each point or bar.
    #[must_use]
    pub fn spans(mut self, intervals: Vec<(f64, f64)>) -> Self {
        if let Kind::Points { spans, .. } | Kind::Bars { spans, .. } = &mut self.kind {
            *spans = intervals;
        }
        self
    }

    /// With this colour of the palette.
    #[must_use]
    pub fn colour(mut self, index: usize) -> Self {
        self.colour = Some(index);
        self
    }

    pub(super) fn is_band(&self) -> bool {
        matches!(self.kind, Kind::Band(_) | Kind::StepBand(_))
    }

    pub(super) fn is_line(&self) -> bool {
        matches!(self.kind, Kind::Line(_) | Kind::Step(_))
    }
}

/// The colour index of each series: its own, or the next; a band follows the series before it.
pub(super) fn colours(all: &[Series]) -> Vec<usize> {
    let mut next = 0;
    let mut last = 0;
    let mut colours = Vec::with_capacity(all.len());
    for s in all {
        last = match s.colour {
            Some(own) => own,
            None if s.is_band() && !colours.is_empty() => last,
            None => {
                next += 1;
                next - 1
            }
        };
        colours.push(last);
    }
    colours
}
