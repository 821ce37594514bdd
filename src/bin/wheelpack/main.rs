//! The command line of wheelpack.
fn main() {}
