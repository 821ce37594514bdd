mod emergency;
mod emergency_extreme;
mod emergency_input;
mod emergency_links;
mod emergency_shipped;
