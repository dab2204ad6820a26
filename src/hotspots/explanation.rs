//! stub
use super::Spot;
use crate::gatherings::Who;
use std::collections::HashMap;
/// x
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Explanation {
    Open,
}
/// x
pub fn explain(_spots_here: &[&Spot], _who: &HashMap<u32, Who>) -> Explanation {
    Explanation::Open
}
