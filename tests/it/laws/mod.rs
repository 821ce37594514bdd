//! Laws: what must hold for every input, over the registries and random cases.

mod contact;
mod drive_train;
mod emergency;
mod keyspace;
mod opening;
mod owner;
mod rocking;
mod spring;
mod stack;
mod wear;
