//! The command line: what each command does, in the order it does it.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks to the person who typed it")]

use std::io::Read;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::net::TcpListener;

use crate::app::App;
use crate::basemap::{self, parse_bounds};
use crate::carry::{Carried, Target, carry};
use crate::config::Settings;
use crate::demo;
use crate::error::{Error, Result};
use crate::hub::authority::keep_private;
use crate::hub::{Hub, network, serve_hub};
use crate::people::{check_email, check_name, hash_password, store as people};
use crate::serve::{asked_to_stop, serve};
use crate::time::Clock;

/// A participatory safety-perception map: residents pin where they feel safe, the room sees how many people feel so.
#[derive(Debug, Parser)]
#[command(name = "buurtsignaal", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the server
    Serve(Serve),
    /// Start the server with a made-up neighbourhood to look around in
    Demo(Settings),
    /// Carry what this hub gathered to the main server; the password is read from standard input
    Carry(Carry),
    /// Accounts
    #[command(subcommand)]
    Person(PersonCommand),
    /// Maps under the pins
    #[command(subcommand)]
    Basemap(BasemapCommand),
    /// Print the description of the HTTP interface (OpenAPI)
    Openapi,
}

#[derive(Debug, Args)]
struct Serve {
    #[command(flatten)]
    settings: Settings,
    /// Serve a room without internet from this laptop, with HTTPS of its own; --listen is then not used
    #[arg(long)]
    hub: bool,
    /// The port of the hub's plain address, which helps tablets to HTTPS
    #[arg(long, value_name = "PORT", default_value_t = 8080, requires = "hub")]
    hub_http: u16,
    /// The port of the hub's HTTPS
    #[arg(long, value_name = "PORT", default_value_t = 8443, requires = "hub")]
    hub_https: u16,
}

#[derive(Debug, Args)]
struct Carry {
    /// The address of the main server
    #[arg(long)]
    to: String,
    /// The slug of the neighbourhood on this hub
    #[arg(long, value_name = "SLUG")]
    neighbourhood: String,
    /// Its slug on the main server, where it is another
    #[arg(long, value_name = "SLUG")]
    into: Option<String>,
    /// The address of an account on the main server: an owner or facilitator of the neighbourhood there
    #[arg(long)]
    email: String,
    /// Say nothing while it goes well
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Subcommand)]
enum PersonCommand {
    /// Add an account; the password is read from standard input
    Add(AddPerson),
}

#[derive(Debug, Args)]
struct AddPerson {
    /// The e-mail address
    #[arg(long)]
    email: String,
    /// The name; without it, what stands before the @
    #[arg(long)]
    name: Option<String>,
    /// Make them an owner of the installation
    #[arg(long)]
    owner: bool,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Subcommand)]
enum BasemapCommand {
    /// Turn an OpenStreetMap extract into an archive of map tiles
    Import(ImportBasemap),
}

#[derive(Debug, Args)]
struct ImportBasemap {
    /// The extract, an .osm.pbf file
    file: PathBuf,
    /// Take only this part: west,south,east,north in degrees
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true)]
    bbox: Option<String>,
    /// Where to write; without it, basemaps/NAME.pmtiles in the data folder
    #[arg(long, value_name = "FILE.pmtiles")]
    out: Option<PathBuf>,
    /// The folder for the database file and the basemaps
    #[arg(long, env = "BUURTSIGNAAL_DATA_DIR", default_value = "data")]
    data_dir: PathBuf,
    /// Say nothing while it goes well
    #[arg(long)]
    quiet: bool,
}

/// Runs the command that was typed.
pub async fn run(cli: Cli) -> Result<()> {
    match cli.command {
        Command::Serve(serve) if serve.hub => start_hub(serve).await,
        Command::Serve(serve) => start(serve.settings).await,
        Command::Demo(settings) => demo(settings).await,
        Command::Carry(carry) => carry_on(carry).await,
        Command::Person(PersonCommand::Add(add)) => add_person(add).await,
        Command::Basemap(BasemapCommand::Import(import)) => import_basemap(import),
        Command::Openapi => {
            println!("{}", crate::router::document().to_pretty_json().map_err(Error::internal)?);
            Ok(())
        }
    }
}

async fn start(settings: Settings) -> Result<()> {
    let listener = listen(settings.listen).await?;
    let app = App::open(settings, Clock::Machine).await?;
    println!("Buurtsignaal listens on {}", app.settings.address());
    welcome_owner(&app, &app.settings.address()).await?;
    serve(listener, app, asked_to_stop()).await
}

/// Prints the address that makes the first owner, where there is none.
async fn welcome_owner(app: &App, address: &str) -> Result<()> {
    if !people::has_owner(&app.db).await? {
        let token = people::make_link(&app.db, None, app.clock.now_ms()).await?;
        println!("\nThis installation has no owner yet. This address makes you the owner; it works once, for a day:");
        println!("  {address}/desk#welcome={token}");
    }
    Ok(())
}

async fn start_hub(serve: Serve) -> Result<()> {
    let plain = listen(SocketAddr::from((Ipv4Addr::UNSPECIFIED, serve.hub_http))).await?;
    let secure = listen(SocketAddr::from((Ipv4Addr::UNSPECIFIED, serve.hub_https))).await?;
    let app = App::open(serve.settings, Clock::Machine).await?;
    let hub = Hub::open(&app, network::names(), serve.hub_http, serve.hub_https)?;
    tell_room(&hub);
    welcome_owner(&app, &hub.own_address()).await?;
    serve_hub(app, Arc::clone(&hub), plain, secure, network::names, tell_room, asked_to_stop()).await
}

/// Prints what the room needs: the address, its QR code, and the mark to compare.
fn tell_room(hub: &Hub) {
    if hub.has_network() {
        println!("\nTablets on the same network open\n\n  {}\n", hub.address());
        if let Ok(code) = fast_qr::QRBuilder::new(hub.address()).build() {
            println!("{}", code.to_str());
        }
    } else {
        println!("\nThis laptop is on no network yet. Connect it to a router, or switch on its own hotspot;");
        println!("internet is not needed. The address for tablets is shown as soon as there is one.\n");
    }
    println!("On this laptop: {0}/hub for the screen of the room, {0}/desk for staff", hub.own_address());
    println!(
        "The mark of this hub (SHA-256), the same on every tablet that is asked to trust it:\n  {}",
        hub.fingerprint()
    );
}

async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .map_err(|error| Error::invalid("listen", format!("cannot listen on {address}: {error}")))
}

async fn demo(settings: Settings) -> Result<()> {
    let listener = listen(settings.listen).await?;
    let app = App::open(settings, Clock::Machine).await?;
    println!("Preparing a made-up quarter …");
    let seeded = demo::seed(&app).await?;
    let address = app.settings.address();
    let link = async |at: usize| people::make_link(&app.db, Some(&seeded.people[at].id), app.clock.now_ms()).await;
    let tablet = format!("{address}/#code={}", seeded.today.code);
    let wall = format!("{address}/wall#link={}&gathering={}", link(1).await?, seeded.today.id);
    println!("\n{} is ready. An address with a link signs in once, for a day.", seeded.neighbourhood.name);
    println!("  tablet  {tablet}\n  walk    {address}/walk#code={}", seeded.walk);
    println!("  station {address}/station#code={}\n  wall    {wall}", seeded.data_walk);
    for (at, account) in demo::ACCOUNTS.iter().enumerate() {
        println!("  desk    {address}/desk#link={}  {}, {}", link(at).await?, account.name, account.role.code());
    }
    let addresses = serde_json::json!({
        "tablet": tablet,
        "wall": format!("{address}/wall#link={}&gathering={}", link(1).await?, seeded.today.id),
        "desk": format!("{address}/desk#link={}", link(0).await?),
        "neighbourhood": seeded.neighbourhood.id,
        "gathering": seeded.today.id,
        "code": seeded.today.code,
        "walk": seeded.walk,
        "data_walk": seeded.data_walk,
    });
    // Whoever reads them can sign in.
    keep_private(&app.settings.data_dir.join("demo.json"), addresses.to_string().as_bytes())?;
    serve(listener, app, asked_to_stop()).await
}

/// Asks for a password on standard input.
fn read_password(email: &str) -> Result<String> {
    eprintln!("Password for {email} (one line, then Enter):");
    let mut password = String::new();
    std::io::stdin().take(1000).read_to_string(&mut password)?;
    Ok(password.lines().next().unwrap_or_default().to_owned())
}

async fn carry_on(typed: Carry) -> Result<()> {
    let password = read_password(&typed.email)?;
    let app = App::open(typed.settings, Clock::Machine).await?;
    let neighbourhood = typed.into.unwrap_or_else(|| typed.neighbourhood.clone());
    let target = Target { server: typed.to, neighbourhood, email: typed.email, password };
    let bar = if typed.quiet { ProgressBar::hidden() } else { ProgressBar::new(0) };
    bar.set_style(ProgressStyle::with_template("{wide_bar} {pos} of {len}").map_err(Error::internal)?);
    let carried = carry(&app, &typed.neighbourhood, &target, &mut |carried| {
        bar.set_length(carried.all);
        bar.set_position(carried.seen);
    })
    .await;
    bar.finish_and_clear();
    app.db.close().await;
    let carried = carried?;
    if !typed.quiet {
        let Carried { gatherings, arrived, .. } = carried;
        println!(
            "{gatherings} gatherings are at {}: {} things are new there, {} were there already.",
            target.server, arrived.new, arrived.already
        );
        if arrived.gone > 0 {
            println!("{} things stayed away: they were deleted or taken back there.", arrived.gone);
        }
    }
    Ok(())
}

async fn add_person(add: AddPerson) -> Result<()> {
    let email = check_email(&add.email)?;
    let name = match add.name {
        Some(name) => check_name(&name)?,
        None => email.split('@').next().unwrap_or_default().to_owned(),
    };
    let hash = hash_password(&read_password(&email)?)?;
    let app = App::open(add.settings, Clock::Machine).await?;
    people::add_person(&app.db, &email, &name, &hash, add.owner).await?;
    println!("{name} can sign in at {}/desk", app.settings.address());
    app.db.close().await;
    Ok(())
}

fn import_basemap(import: ImportBasemap) -> Result<()> {
    let bbox = import.bbox.map(|text| parse_bounds("bbox", &text)).transpose()?;
    let out = if let Some(out) = import.out {
        out
    } else {
        let name = import.file.file_name().unwrap_or_default().to_string_lossy();
        let name = name.trim_end_matches(".pbf").trim_end_matches(".osm");
        let folder = import.data_dir.join("basemaps");
        std::fs::create_dir_all(&folder)?;
        folder.join(format!("{name}.pmtiles"))
    };
    let bar = if import.quiet { ProgressBar::hidden() } else { ProgressBar::new(0) };
    let style = ProgressStyle::with_template("{msg:>10} {wide_bar} {percent:>3} %").map_err(Error::internal)?;
    bar.set_style(style);
    let drawn = basemap::import(&import.file, bbox, &out, "© OpenStreetMap", &mut |progress| {
        bar.set_message(progress.step.code());
        bar.set_length(progress.total);
        bar.set_position(progress.done);
    });
    bar.finish_and_clear();
    let drawn = drawn?;
    if !import.quiet {
        println!("{}: {} things on {} tiles, {} kB", out.display(), drawn.features, drawn.tiles, drawn.bytes / 1000);
        if drawn.missing_nodes > 0 {
            println!("The extract lacks {} nodes that its ways refer to; they are drawn without.", drawn.missing_nodes);
        }
    }
    Ok(())
}
