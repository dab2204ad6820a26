//! The withdrawal slip: a code that the device makes and the server knows only by its digest. Whoever holds it sees and
//! deletes their own pins without an account, until retention took the code.

pub mod api;
pub mod store;
