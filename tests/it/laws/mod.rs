//! Laws: what must hold for every input, over the registries and random cases.

mod emergency;
mod keyspace;
