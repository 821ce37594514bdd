//! Laws: what must hold for every input, over the registries and random cases.

mod drive_train;
mod emergency;
mod keyspace;
mod opening;
mod spring;
mod stack;
