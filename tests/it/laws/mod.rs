mod emergency;
mod emergency_input;
mod emergency_links;
mod emergency_shipped;
