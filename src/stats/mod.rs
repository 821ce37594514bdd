//! Statistics: numbers in, numbers out; nothing here knows of locks.
//!
//! | file | answers |
//! |---|---|
//! | [`cluster`] | a share of events that come in clusters |
//! | [`estimate`] | the shape of every result: value, low, high, level |
//! | [`explained`] | the share of a variance that one input explains alone |
//! | [`interval`] | Wilson, Clopper–Pearson, Poisson, mean and quantile intervals |
//! | [`quantile`] | sample quantiles (type 7) |
//! | [`robust`] | median, location and spread that a few wild values do not move |
//! | [`survival`] | Kaplan–Meier with censoring, its band, times and probabilities |
//! | [`paired`] | differences under common random numbers |
//! | [`sequential`] | when enough trials have been made |
//! | [`sobol`] | which input moves a result: Sobol' indices |
//! | [`special`] | the distribution functions these need, portable to the last bit |

pub mod cluster;
pub mod estimate;
pub mod explained;
pub mod interval;
pub mod paired;
pub mod quantile;
pub mod robust;
pub mod sequential;
pub mod sobol;
pub mod special;
pub mod survival;

pub use estimate::Estimate;
