//! JSON file → design: reading, with every fault as a finding at its place in the file.

pub mod codes;
pub mod decode;
mod fault;
mod misfit;
mod node;
pub mod place;
pub mod pointer;
mod repair;
pub mod source;
pub mod tree;
