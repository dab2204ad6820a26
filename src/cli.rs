//! The command line: what each command does, in the order it does it.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks to the person who typed it")]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::net::TcpListener;

use crate::app::App;
use crate::basemap::{self, parse_bounds};
use crate::config::Settings;
use crate::demo;
use crate::error::{Error, Result};
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
    Serve(Settings),
    /// Start the server with a made-up neighbourhood to look around in
    Demo(Settings),
    /// Accounts
    #[command(subcommand)]
    Person(PersonCommand),
    /// Maps under the pins
    #[command(subcommand)]
    Basemap(BasemapCommand),
    /// Print the description of the HTTP interface (OpenAPI)
    Openapi,
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
        Command::Serve(settings) => start(settings).await,
        Command::Demo(settings) => demo(settings).await,
        Command::Person(PersonCommand::Add(add)) => add_person(add).await,
        Command::Basemap(BasemapCommand::Import(import)) => import_basemap(import),
        Command::Openapi => {
            println!("{}", crate::router::document().to_pretty_json().map_err(Error::internal)?);
            Ok(())
        }
    }
}

async fn start(settings: Settings) -> Result<()> {
    let listener = listen(&settings).await?;
    let app = App::open(settings, Clock::Machine).await?;
    println!("Buurtsignaal listens on {}", app.settings.address());
    if !people::has_owner(&app.db).await? {
        let token = people::make_link(&app.db, None, app.clock.now_ms()).await?;
        println!("\nThis installation has no owner yet. This address makes you the owner; it works once, for a day:");
        println!("  {}/desk#welcome={token}", app.settings.address());
    }
    serve(listener, app, asked_to_stop()).await
}

async fn listen(settings: &Settings) -> Result<TcpListener> {
    TcpListener::bind(settings.listen)
        .await
        .map_err(|error| Error::invalid("listen", format!("cannot listen on {}: {error}", settings.listen)))
}

async fn demo(settings: Settings) -> Result<()> {
    let listener = listen(&settings).await?;
    let app = App::open(settings, Clock::Machine).await?;
    println!("Preparing a made-up quarter …");
    let seeded = demo::seed(&app).await?;
    let address = app.settings.address();
    let link = async |at: usize| people::make_link(&app.db, Some(&seeded.people[at].id), app.clock.now_ms()).await;
    let tablet = format!("{address}/#code={}", seeded.today.code);
    let wall = format!("{address}/wall#link={}&gathering={}", link(1).await?, seeded.today.id);
    println!("\n{} is ready. An address with a link signs in once, for a day.", seeded.neighbourhood.name);
    println!("  tablet  {tablet}\n  wall    {wall}");
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
    });
    keep_addresses(&app.settings.data_dir.join("demo.json"), &addresses)?;
    serve(listener, app, asked_to_stop()).await
}

/// Writes the demo's addresses for programs that drive the pages; whoever reads them can sign in, so nobody else may.
fn keep_addresses(file: &Path, addresses: &serde_json::Value) -> Result<()> {
    let part = file.with_extension("part");
    let mut options = std::fs::File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&part)?.write_all(addresses.to_string().as_bytes())?;
    std::fs::rename(part, file)?;
    Ok(())
}

async fn add_person(add: AddPerson) -> Result<()> {
    let email = check_email(&add.email)?;
    let name = match add.name {
        Some(name) => check_name(&name)?,
        None => email.split('@').next().unwrap_or_default().to_owned(),
    };
    eprintln!("Password for {email} (one line, then Enter):");
    let mut password = String::new();
    std::io::stdin().take(1000).read_to_string(&mut password)?;
    let hash = hash_password(password.lines().next().unwrap_or_default())?;
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
