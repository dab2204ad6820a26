//! Where people feel so.
use std::sync::Arc;
pub mod api {
    pub fn routes() -> utoipa_axum::router::OpenApiRouter<std::sync::Arc<crate::app::App>> {
        Default::default()
    }
}
#[derive(Debug)]
pub struct Indexes;
impl Indexes {
    pub fn new(_: crate::db::Db, _: Arc<crate::live::Hub>) -> Self {
        Self
    }
}
pub fn check_sigma(sigma_m: f64) -> crate::error::Result<f64> {
    Ok(sigma_m)
}
