//! The hub: HTTPS of its own with a real client, an authority that stays, and pages that help a tablet to it.

use std::net::Ipv4Addr;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use buurtsignaal::hub::authority::{Authority, Names, is_local};
use buurtsignaal::hub::{Hub, serve_hub};
use buurtsignaal::time::Clock;
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::support::{Database, TestApp, new_browser};

const TODAY: &str = "2026-11-17";

fn names(addresses: &[[u8; 4]]) -> Names {
    Names { host: "laptop.local".to_owned(), addresses: addresses.iter().map(|a| Ipv4Addr::from(*a)).collect() }
}

/// A hub on this machine's own address.
struct Room {
    hub: Arc<Hub>,
    http: String,
    https: String,
    _stop: oneshot::Sender<()>,
}

async fn open_room(app: &TestApp) -> Room {
    let plain = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let secure = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (http, https) = (plain.local_addr().unwrap(), secure.local_addr().unwrap());
    let here = || names(&[[127, 0, 0, 1]]);
    // Whoever looks at a certificate goes by the machine's clock.
    let behind_ms = Clock::Machine.now_ms() - app.app.clock.now_ms();
    app.later(behind_ms);
    let hub = Hub::open(&app.app, here(), http.port(), https.port()).unwrap();
    app.later(-behind_ms);
    let (stop, stopped) = oneshot::channel::<()>();
    let served = serve_hub(app.app.clone(), hub.clone(), plain, secure, here, |_| {}, async { drop(stopped.await) });
    tokio::spawn(served);
    Room { hub, http: format!("http://{http}"), https: format!("https://{https}"), _stop: stop }
}

fn folder(app: &TestApp) -> std::path::PathBuf {
    app.database().1.join("hub")
}

/// A browser that trusts no authority but, perhaps, this one.
fn browser(trusted: Option<&[u8]>) -> Client {
    let trusted = trusted.map(|der| Certificate::from_der(der).unwrap());
    new_browser().tls_certs_only(trusted).redirect(Policy::none()).build().unwrap()
}

#[tokio::test]
async fn who_trusts_the_hub_works_over_https_and_who_does_not_hears_why_over_http() {
    let mut app = TestApp::start(Database::sqlite()).await;
    app.sign_in_new("lotte@example.org", true).await;
    let n = app.neighbourhood().await;
    let room = open_room(&app).await;
    let gathering = app.open_gathering(&n, json!({})).await;
    assert_eq!(gathering["join_address"], room.hub.address());
    let fresh = browser(None);
    assert!(fresh.get(format!("{}/health", room.https)).send().await.is_err(), "nobody vouches for the hub yet");

    let certificate = fresh.get(format!("{}/trust/ca.crt", room.http)).send().await.unwrap();
    assert_eq!(certificate.headers()["content-type"], "application/x-x509-ca-cert");
    let trusting = browser(Some(&certificate.bytes().await.unwrap()));
    let join = json!({"code": gathering["code"]});
    let joined = trusting.post(format!("{}/api/join", room.https)).json(&join).send().await.unwrap();
    assert_eq!(joined.status(), 200);
    let sign_in = trusting.post(format!("{}/api/sign-in", room.https));
    let wrong = sign_in.json(&json!({"email": "lotte@example.org", "password": "wrong horse"})).send().await.unwrap();
    assert_eq!(wrong.status(), 401);

    // The plain door leads on, by the name of the laptop in the room.
    let ask = async |path: &str, cookie: &str| {
        let host = format!("laptop.local:{}", room.http.rsplit(':').next().unwrap());
        let request = fresh.get(format!("{}{path}", room.http)).header("host", host).header("cookie", cookie);
        let answer = request.send().await.unwrap();
        let to = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        (answer.status().as_u16(), to)
    };
    assert_eq!(ask("/", "").await, (303, Some("/trust".to_owned())));
    let secure = format!("https://laptop.local:{}", room.https.rsplit(':').next().unwrap());
    assert_eq!(ask("/desk", "").await, (307, Some(format!("{secure}/desk"))));
    assert_eq!(ask("/trust/without", "").await, (303, Some("/".to_owned())));
    assert_ne!(ask("/", "a=b; without_https=1").await.0, 303, "who goes on without is not sent back");
    assert_eq!(ask("/health", "").await.0, 200);
}

#[tokio::test]
async fn the_pages_speak_four_languages_and_show_the_mark_that_the_terminal_shows() {
    let app = TestApp::start(Database::sqlite()).await;
    let room = open_room(&app).await;
    let (browser, mark) = (browser(None), room.hub.fingerprint());
    assert_eq!(mark.len(), 32 * 3 - 1);
    for (language, title) in
        [("nl-BE", "Vertrouw deze hub"), ("fr", "Faites confiance"), ("de-DE", "Vertraue"), ("en-GB", "Trust this hub")]
    {
        let page = browser.get(format!("{}/trust", room.http)).header("accept-language", language);
        let page = page.send().await.unwrap().text().await.unwrap();
        assert!(page.contains(title) && page.contains(&mark.replace(':', "</span> <span>")), "{page}");
    }
    let screen = browser.get(format!("{}/hub", room.http)).send().await.unwrap().text().await.unwrap();
    assert!(screen.contains("<svg") && screen.contains(room.hub.address().trim_start_matches("http://")), "{screen}");
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap()
}

#[tokio::test]
async fn the_authority_stays_and_the_server_is_certified_anew_for_other_addresses_and_near_its_end() {
    let app = TestApp::start(Database::sqlite()).await;
    let folder = folder(&app);
    let (home, hall) = (names(&[[192, 168, 1, 7], [127, 0, 0, 1]]), names(&[[10, 0, 0, 4], [127, 0, 0, 1]]));
    let first = Authority::open(&folder, TODAY).unwrap();
    let certified = first.certify(&home, TODAY).unwrap();
    for secret in ["authority-key.pem", "server-key.pem"] {
        assert_eq!(std::fs::metadata(folder.join(secret)).unwrap().permissions().mode() & 0o777, 0o600, "{secret}");
    }

    let again = Authority::open(&folder, "2027-06-01").unwrap();
    assert_eq!(again.fingerprint(), first.fingerprint());
    assert_eq!(again.certify(&home, "2027-06-01").unwrap().chain, certified.chain, "nothing changed");
    let moved = again.certify(&hall, "2027-06-01").unwrap();
    assert_ne!(moved.chain[0], certified.chain[0]);
    assert_eq!(moved.chain[1], certified.chain[1]);
    assert_eq!(read(&folder, "server.der"), moved.chain[0]);
    assert_eq!(again.certify(&hall, "2028-05-01").unwrap().chain, moved.chain);
    assert_ne!(again.certify(&hall, "2028-06-15").unwrap().chain[0], moved.chain[0], "it ends soon");
}

#[tokio::test]
async fn a_restarted_hub_that_moved_is_still_trusted() {
    let app = TestApp::start(Database::sqlite()).await;
    let today = Clock::Machine.today();
    let first = Authority::open(&folder(&app), &today).unwrap();
    first.certify(&names(&[[192, 168, 1, 7]]), &today).unwrap();
    let trusting = browser(Some(first.certificate()));
    let room = open_room(&app).await;
    let answer = trusting.get(format!("{}/health", room.https)).send().await.unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn the_authority_vouches_for_no_address_of_the_internet() {
    use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
    use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, ServerConfig, ServerConnection};
    let app = TestApp::start(Database::sqlite()).await;
    let today = Clock::Machine.today();
    let authority = Authority::open(&folder(&app), &today).unwrap();
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let trusts = |named: &str, host: &str, address: [u8; 4]| {
        let names = Names { host: host.to_owned(), addresses: vec![Ipv4Addr::from(address)] };
        let certified = authority.certify(&names, &today).unwrap();
        let chain = certified.chain.into_iter().map(CertificateDer::from).collect();
        let server =
            ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions().unwrap();
        let server = server.with_no_client_auth().with_single_cert(chain, PrivateKeyDer::Pkcs8(certified.key.into()));
        let mut roots = RootCertStore::empty();
        roots.add(authority.certificate().to_vec().into()).unwrap();
        let client =
            ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions().unwrap();
        let client = client.with_root_certificates(roots).with_no_client_auth();
        let mut client =
            ClientConnection::new(Arc::new(client), ServerName::try_from(named.to_owned()).unwrap()).unwrap();
        let mut server = ServerConnection::new(Arc::new(server.unwrap())).unwrap();
        while client.is_handshaking() {
            let mut wire = Vec::new();
            client.write_tls(&mut wire).unwrap();
            server.read_tls(&mut wire.as_slice()).unwrap();
            server.process_new_packets().unwrap();
            let mut wire = Vec::new();
            while server.wants_write() {
                server.write_tls(&mut wire).unwrap();
            }
            client.read_tls(&mut wire.as_slice()).unwrap();
            if client.process_new_packets().is_err() {
                return false;
            }
        }
        true
    };
    assert!(trusts("192.168.1.7", "laptop.local", [192, 168, 1, 7]));
    assert!(trusts("laptop.local", "laptop.local", [192, 168, 1, 7]));
    assert!(!trusts("81.82.83.84", "laptop.local", [81, 82, 83, 84]));
    assert!(!trusts("bank.example.org", "bank.example.org", [192, 168, 1, 7]));
    assert!(is_local([172, 31, 0, 1].into()) && !is_local([172, 32, 0, 1].into()) && !is_local([11, 0, 0, 1].into()));
}
