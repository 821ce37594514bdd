//! Laws of the emergency model.
