mod emergency;
mod emergency_scram;
