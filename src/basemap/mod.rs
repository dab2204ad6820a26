//! The map under the pins.
use serde::{Deserialize, Serialize};
pub mod archive {
    #[derive(Debug)]
    pub struct Archives;
    impl Archives {
        pub fn open(_: &std::path::Path) -> crate::error::Result<Self> {
            Ok(Self)
        }
        pub fn resolve(&self, _: &super::Basemap, _: [f64; 4]) -> super::Resolved {
            super::Resolved { kind: "archive" }
        }
    }
}
pub mod api {
    pub fn routes() -> utoipa_axum::router::OpenApiRouter<std::sync::Arc<crate::app::App>> {
        Default::default()
    }
}
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Basemap {
    kind: String,
}
impl Basemap {
    pub fn server(&self) -> Option<String> {
        None
    }
    pub fn check(self) -> crate::error::Result<Self> {
        Ok(self)
    }
}
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Resolved {
    kind: &'static str,
}
