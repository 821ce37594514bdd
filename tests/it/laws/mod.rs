//! Laws that hold for every input.

mod drive_train;
mod emergency;
mod opening;
