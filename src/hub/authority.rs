//! The hub's certificates: an authority made once, which vouches for this machine's local addresses and nothing else.

use std::fs;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, date_time_ymd,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::time::{days_after, days_before};

/// Ten years: a tablet trusts it once.
const AUTHORITY_DAYS: i64 = 3650;
/// Apple's devices take no certificate of a server that lasts longer than 825 days.
const SERVER_DAYS: i64 = 397;
/// A certificate of the server that ends within so many days is renewed.
const RENEW_DAYS: i64 = 30;
/// Certificates begin a day early: clocks of tablets are wrong.
const EARLY_DAYS: i64 = 1;

/// The private networks of RFC 1918, those that devices give themselves, and this machine.
const LOCAL_NETWORKS: [([u8; 4], u8); 5] =
    [([10, 0, 0, 0], 8), ([172, 16, 0, 0], 12), ([192, 168, 0, 0], 16), ([169, 254, 0, 0], 16), ([127, 0, 0, 0], 8)];

/// Whether the authority may vouch for an address.
#[must_use]
pub fn is_local(address: Ipv4Addr) -> bool {
    let bits = u32::from(address);
    LOCAL_NETWORKS.iter().any(|(network, length)| (bits ^ u32::from(Ipv4Addr::from(*network))) >> (32 - length) == 0)
}

/// What the server is called: `NAME.local` and its addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// The name of the machine on the local network.
    pub host: String,
    /// Its addresses on local networks, the best one first.
    pub addresses: Vec<Ipv4Addr>,
}

/// A certificate with its chain, and its key, in DER.
#[derive(Debug, Clone)]
pub struct Certified {
    /// The server's certificate and the authority's.
    pub chain: Vec<Vec<u8>>,
    /// The server's key in PKCS #8.
    pub key: Vec<u8>,
}

/// What the present certificate of the server is good for.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    names: Names,
    until: String,
}

/// The authority, as it lies in the data folder.
#[derive(Debug)]
pub struct Authority {
    folder: PathBuf,
    certificate: Vec<u8>,
    key: KeyPair,
}

impl Authority {
    /// Opens the authority of a folder, or makes one on the first start.
    pub fn open(folder: &Path, today: &str) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let (key_file, file) = (folder.join("authority-key.pem"), folder.join("authority.der"));
        if key_file.exists() && file.exists() {
            let key = KeyPair::from_pem(&fs::read_to_string(key_file)?).map_err(Error::internal)?;
            return Ok(Self { folder: folder.to_owned(), certificate: fs::read(file)?, key });
        }
        let key = KeyPair::generate().map_err(Error::internal)?;
        let mut params = params_of_authority(&key);
        set_dates(&mut params, today, &days_after(today, AUTHORITY_DAYS)?)?;
        let certificate = params.self_signed(&key).map_err(Error::internal)?.der().to_vec();
        keep_private(&key_file, key.serialize_pem().as_bytes())?;
        fs::write(file, &certificate)?;
        Ok(Self { folder: folder.to_owned(), certificate, key })
    }

    /// The certificate that tablets are asked to trust, in DER.
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// The SHA-256 of the certificate as devices show it: pairs of signs with colons between.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex(&Sha256::digest(&self.certificate))
    }

    /// The server's certificate for these names: the one in the folder, or a new one where the names changed or its end is
    /// near.
    pub fn certify(&self, names: &Names, today: &str) -> Result<Certified> {
        let files = ["server.json", "server.der", "server-key.pem"].map(|name| self.folder.join(name));
        let made = fs::read(&files[0]).ok().and_then(|bytes| serde_json::from_slice::<Made>(&bytes).ok());
        let good = made.is_some_and(|made| {
            made.names == *names && days_before(&made.until, RENEW_DAYS).is_ok_and(|renew| today < renew.as_str())
        });
        if good && let (Ok(certificate), Ok(key)) = (fs::read(&files[1]), fs::read_to_string(&files[2])) {
            let key = KeyPair::from_pem(&key).map_err(Error::internal)?;
            return Ok(self.certified(certificate, &key));
        }
        let made = Made { names: names.clone(), until: days_after(today, SERVER_DAYS)? };
        let key = KeyPair::generate().map_err(Error::internal)?;
        let called = std::iter::once(names.host.clone()).chain(names.addresses.iter().map(Ipv4Addr::to_string));
        let mut params = CertificateParams::new(called.collect::<Vec<_>>()).map_err(Error::internal)?;
        params.distinguished_name = name_of("Buurtsignaal");
        set_dates(&mut params, today, &made.until)?;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let authority = params_of_authority(&self.key);
        let issuer = Issuer::from_params(&authority, &self.key);
        let certificate = params.signed_by(&key, &issuer).map_err(Error::internal)?.der().to_vec();
        keep_private(&files[2], key.serialize_pem().as_bytes())?;
        fs::write(&files[1], &certificate)?;
        fs::write(&files[0], serde_json::to_vec(&made).map_err(Error::internal)?)?;
        Ok(self.certified(certificate, &key))
    }

    fn certified(&self, certificate: Vec<u8>, key: &KeyPair) -> Certified {
        Certified { chain: vec![certificate, self.certificate.clone()], key: key.serialize_der() }
    }
}

/// What the authority says of itself. All but its dates follows from its key, so that it can sign again after a restart.
fn params_of_authority(key: &KeyPair) -> CertificateParams {
    let mark = hex(&Sha256::digest(key.public_key_raw())[..2]).replace(':', "");
    let networks = LOCAL_NETWORKS.map(|(network, length)| {
        GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(IpAddr::from(network), length))
    });
    let mut permitted_subtrees = vec![GeneralSubtree::DnsName("local".to_owned())];
    permitted_subtrees.extend(networks);
    let mut params = CertificateParams::default();
    params.distinguished_name = name_of(&format!("Buurtsignaal hub {mark}"));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.name_constraints = Some(NameConstraints { permitted_subtrees, excluded_subtrees: Vec::new() });
    params
}

fn name_of(name: &str) -> DistinguishedName {
    let mut of = DistinguishedName::new();
    of.push(DnType::CommonName, name);
    of
}

/// Sets from when, a little before today, until when a certificate holds.
fn set_dates(params: &mut CertificateParams, today: &str, until: &str) -> Result<()> {
    let parts = |date: &str| -> Result<(i32, u8, u8)> {
        let date: jiff::civil::Date = date.parse().map_err(Error::internal)?;
        let part = |number: i8| u8::try_from(number).map_err(Error::internal);
        Ok((date.year().into(), part(date.month())?, part(date.day())?))
    };
    let (year, month, day) = parts(&days_before(today, EARLY_DAYS)?)?;
    params.not_before = date_time_ymd(year, month, day);
    let (year, month, day) = parts(until)?;
    params.not_after = date_time_ymd(year, month, day);
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}

/// Writes a file that nobody but its owner may read, whole or not at all.
pub fn keep_private(file: &Path, bytes: &[u8]) -> Result<()> {
    let part = file.with_extension("part");
    let mut options = fs::File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&part)?.write_all(bytes)?;
    fs::rename(part, file)?;
    Ok(())
}
