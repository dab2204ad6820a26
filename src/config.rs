//! Every setting of the server; the doc comment is the help text.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

/// The settings of `serve` and `demo`.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// The database, an address that starts with sqlite: or postgres:; without it, a file in the data folder
    #[arg(long, env = "BUURTSIGNAAL_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,

    /// The folder for the database file and the basemaps
    #[arg(long, env = "BUURTSIGNAAL_DATA_DIR", default_value = "data")]
    pub data_dir: PathBuf,

    /// The address to listen on
    #[arg(long, env = "BUURTSIGNAAL_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// The address people reach the server by, for the addresses it prints; without it, the listening address
    #[arg(long, env = "BUURTSIGNAAL_PUBLIC_URL")]
    pub public_url: Option<String>,

    /// The time zone of the clock on the wall, for walks and for when the sun sets
    #[arg(long, env = "BUURTSIGNAAL_TIME_ZONE", default_value = "Europe/Brussels")]
    pub time_zone: String,

    /// The program that draws the ground of map pictures; without it, buurtsignaal-render beside this program
    #[arg(long, value_name = "PROGRAM", env = "BUURTSIGNAAL_RENDER")]
    pub render: Option<PathBuf>,

    /// A proxy stands before the server: the last address it names in X-Forwarded-For is the visitor's
    #[arg(long, env = "BUURTSIGNAAL_BEHIND_PROXY")]
    pub behind_proxy: bool,
}

impl Settings {
    /// The address of the database.
    #[must_use]
    pub fn database(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| crate::db::Db::file_in(&self.data_dir))
    }

    /// Where the basemap archives are.
    #[must_use]
    pub fn basemaps(&self) -> PathBuf {
        self.data_dir.join("basemaps")
    }

    /// The address people reach the server by, without a slash at the end.
    #[must_use]
    pub fn address(&self) -> String {
        match &self.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.listen),
        }
    }
}
