//! The hub: the server on a laptop in a room without internet, with HTTPS of its own and a page that helps tablets to it.

pub mod authority;
pub mod network;
pub mod pages;
mod words;

use std::net::Ipv4Addr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

use crate::app::App;
use crate::error::{Error, Result};
use crate::hub::authority::{Authority, Certified, Names};
use crate::router::router;
use crate::serve::{Door, serve_doors};
use crate::time::Clock;

/// How often the hub looks whether the machine has other addresses or its certificate must be renewed.
const LOOK: Duration = Duration::from_secs(10);

/// A running hub.
#[derive(Debug)]
pub struct Hub {
    authority: Authority,
    clock: Clock,
    plain_port: u16,
    secure_port: u16,
    names: RwLock<Names>,
    shown: RwLock<Arc<CertifiedKey>>,
}

impl Hub {
    /// Opens the certificates of the app's data folder, or makes them, for the names the machine has.
    pub fn open(app: &App, names: Names, plain_port: u16, secure_port: u16) -> Result<Arc<Self>> {
        let authority = Authority::open(&app.settings.data_dir.join("hub"), &app.clock.today())?;
        let shown = certified_key(authority.certify(&names, &app.clock.today())?)?;
        let hub = Self {
            authority,
            clock: app.clock.clone(),
            plain_port,
            secure_port,
            names: RwLock::new(names),
            shown: RwLock::new(shown),
        };
        app.set_room_address(hub.address());
        Ok(Arc::new(hub))
    }

    /// The address that people in the room open: it leads on to HTTPS where the tablet trusts the hub.
    pub fn address(&self) -> String {
        format!("http://{}:{}", self.names().addresses.first().unwrap_or(&Ipv4Addr::LOCALHOST), self.plain_port)
    }

    /// The address for a browser on the laptop itself, which keeps the sign-in of staff there without HTTPS.
    pub fn own_address(&self) -> String {
        format!("http://localhost:{}", self.plain_port)
    }

    /// The address with HTTPS, for who came by this host or address.
    fn secure_address(&self, host: Option<&str>) -> String {
        let names = self.names();
        let known = host.filter(|host| *host == names.host || names.addresses.iter().any(|a| a.to_string() == *host));
        let best = names.addresses.first().unwrap_or(&Ipv4Addr::LOCALHOST).to_string();
        format!("https://{}:{}", known.unwrap_or(&best), self.secure_port)
    }

    /// Takes on the names that the machine now has, and renews the certificate where it is time. Says whether the address
    /// of the room is another.
    pub fn look(&self, app: &App, names: Names) -> Result<bool> {
        let before = self.address();
        let shown = certified_key(self.authority.certify(&names, &self.clock.today())?)?;
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = shown;
        *self.names.write().unwrap_or_else(PoisonError::into_inner) = names;
        app.set_room_address(self.address());
        Ok(self.address() != before)
    }

    fn names(&self) -> Names {
        self.names.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether the machine is on a network that others can be on too.
    pub fn has_network(&self) -> bool {
        self.names().addresses.iter().any(|address| !address.is_loopback())
    }

    /// The mark of the authority's certificate, to compare on two screens.
    pub fn fingerprint(&self) -> String {
        self.authority.fingerprint()
    }
}

impl ResolvesServerCert for Hub {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.shown.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

fn certified_key(from: Certified) -> Result<Arc<CertifiedKey>> {
    let chain = from.chain.into_iter().map(Into::into).collect();
    let key = PrivateKeyDer::Pkcs8(from.key.into());
    CertifiedKey::from_der(chain, key, &ring::default_provider()).map(Arc::new).map_err(Error::internal)
}

/// Answers requests with HTTPS on one listener and plainly on the other until `stop` comes. Asks for the machine's `names`
/// again and again; `moved` hears when it has another address.
pub async fn serve_hub(
    app: Arc<App>,
    hub: Arc<Hub>,
    plain: TcpListener,
    secure: TcpListener,
    names: impl Fn() -> Names,
    moved: impl Fn(&Hub),
    stop: impl Future<Output = ()>,
) -> Result<()> {
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(Error::internal)?
        .with_no_client_auth()
        .with_cert_resolver(hub.clone());
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    let rooms = router(app.clone());
    let doors = vec![
        Door::plain(plain, pages::plain(&hub, rooms.clone())),
        Door::secure(secure, TlsAcceptor::from(Arc::new(config)), pages::secure(&hub, rooms)),
    ];
    let look = async {
        let mut looks = tokio::time::interval(LOOK);
        loop {
            looks.tick().await;
            match hub.look(&app, names()) {
                Ok(true) => moved(&hub),
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "the hub's certificate could not be renewed"),
            }
        }
    };
    tokio::select! {
        served = serve_doors(doors, app.clone(), stop) => served,
        () = look => Ok(()),
    }
}
