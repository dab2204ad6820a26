//! Buurtsignaal: residents pin where they feel safe and where they do not; the room sees how many people feel so.
//!
//! One binary holds the server, the pages and a SQLite file; the same binary on PostgreSQL serves many municipalities.
//! Three sentences decide most arguments:
//!
//! - **Count people, not pins.** The unit of every surface, hotspot, threshold and legend is the distinct participant.
//! - **"No signal" is not "safe", and "nobody said anything" is neither.** They are different things and look different.
//! - **Nothing that is published can be traced to a person**, and nothing acknowledged is ever lost.
//!
//! # The house: a folder is a noun, a file name is a role
//!
//! ```text
//! edge    main  cli  hub  carry  demo  serve  router  access  problem  and every api.rs     the only layer that knows axum
//! state   app                                                     what handlers share; imports no api.rs
//! nouns   print   exports
//!         data_walks
//!         walks   actions
//!         places   carried
//!         hotspots   attachments
//!         pins   outboxes   recorders
//!         gatherings
//!         neighbourhoods
//!         people   basemap   live                                 a noun imports only nouns on lower lines
//! base    config  db  error  geometry  id  limits  phrases  time  words    imports no noun
//! ```
//!
//! | file in a noun's folder | holds | may use |
//! | --- | --- | --- |
//! | `mod.rs` | the words: types, rules, pure functions | no I/O |
//! | any other name | one algorithm each | |
//! | `store.rs` | the only SQL | `sqlx` |
//! | `api.rs`, `api/` | the only HTTP: `routes()`, handlers, JSON shapes | `axum` |
//!
//! `tests/it/architecture.rs` reads every `use` line and fails on a breach, so this diagram cannot go stale. A twin does
//! the same for `frontend/src`.
//!
//! # A pin's way
//!
//! `pins/api put_pin` → `NewPin::check` → `pins/writer Writer`, which commits pins in groups and answers each sender after
//! the commit → `live.publish(Change)` → `hotspots` brings its index up to date when it is next asked → whoever follows
//! the gathering (`live/api`) is told the new state → the wall fetches the surface anew. No noun calls upwards.
//!
//! # Invariants
//!
//! - **A pin is acknowledged only when it is on disk**, and its id is made by the device: the same put again is no other
//!   pin. What was deleted stays deleted, however late an older put arrives.
//! - **No time of creation is stored with a pin, and no row says who somebody is.** Ids are random (UUID v4), so their
//!   order tells nothing. What is known of when is the gathering's date.
//! - **Words of residents are seen by moderators only** until one approves them ([`pins::moderation`]).
//! - **Of a photo only the picture is kept** ([`attachments::photo`]), and moderators alone get it before a yes; a voice note
//!   they alone ever hear ([`attachments::may_be_shown`]). Both go with their pin.
//! - **While a gathering is open, nobody follows more of it than counts**: the events tell how many people and pins.
//! - **One SQL text for both databases**: text, bigint, double precision, boolean; a difference of dialect is a visible
//!   `match`. A transaction begins and ends inside one store function.
//! - **Before the reveal nobody sees the pins of others**, and single ones only where three people pinned.
//! - **Whoever holds a withdrawal slip ([`pins::slip`]) needs nobody to take back what they said**: it is then gone from
//!   all that is counted, shown or exported, and no older letter brings it back.
//! - **Every staff route asks for one right** ([`people::Right`]); `tests/it/access.rs` holds the table of who may what,
//!   and a route without a row fails it.
//! - **No comment, coordinate, code, token or address in a log**; a test reads the log.
//! - **Who floods is slowed, a full room is not** ([`limits`]): each device has its own limit; only what comes without a
//!   known token is counted by address, where wrong codes and passwords weigh ten times. Addresses live in memory only.
//! - **Who leads a walk and who does what in it** ([`walks::Roles`]) stands on its sheet and on its group's phones, in no
//!   file that leaves and no log, and goes when the walk was kept long enough.
//! - **Metres are metres**: distances are taken in a plane laid at the neighbourhood's middle ([`geometry::Plane`]), never
//!   in degrees.
//!
//! # How hotspots are found
//!
//! - The *people surface* ([`hotspots::surface`]) says for each cell of 25 m how many people feel unsafe and how many
//!   safe: each participant adds their strongest pin, `exp(-d²/2σ²)` at distance d, σ = 100 m unless the neighbourhood
//!   says otherwise. Only own experience counts; `mixed` speaks on both sides.
//! - Who agrees with an own pin of somebody else ([`pins::votes`]) is one more person there, with its place, feeling,
//!   reasons and times, and no more pins. Who disagrees is counted nowhere, only shown.
//! - The share of unsafe is drawn towards the overall share by two people, so that one voice is no certainty.
//! - An area ([`hotspots::areas`]) is the contour at half of the local peak, at least five people, where five distinct
//!   people spoke within 1.5 σ, of 0.2 ha or more. Peaks are places of their own where the saddle between them is at least
//!   a fifth and one person lower; else parts under 75 m apart are one. Contested is where at least three say each and the
//!   share lies between a third and two thirds.
//! - Under five people or ten own pins there is no map, and what fewer than three people say of a place is not told.
//!   What more people allow stands in [`hotspots::tier`]; an answer without a map says why.
//!
//! # Whether they can be trusted
//!
//! - The surface and the areas are answered at once. Behind them a job ([`hotspots::job`]) deals each person's feelings
//!   anew over their own pins, 999 times ([`hotspots::significance`]), and draws the people themselves anew, 500 times
//!   ([`hotspots::stability`]). Whoever follows a gathering hears how far it is; a newer pin stops it.
//! - Above two thousand people the hexagons are the test ([`hotspots::hexes`]): Gi* of the residual of the share, with the
//!   false discovery rate held at one in twenty.
//! - Two selections are compared by dealing people to the sides ([`hotspots::comparison`]); that they do not differ is
//!   never said.
//! - A line or an area is one person's voice, however long or large ([`hotspots::Footprint`]).
//! - All of it is seeded and knows no order: the same pins give the same answer on every machine.
//!
//! # How a place stays the same
//!
//! A hotspot has no id: it is found anew with every pin. One that is named and kept is a *place*: at each date that had
//! a gathering it is the hotspot that shares most ground with it, or the next one within a sigma ([`places::matching`]).
//! The ground goes along; the id, the name and a picture for each date stay ([`places::following`]).
//!
//! # How a walk finds its way
//!
//! - An import of an extract keeps the ways one can walk beside the tiles ([`basemap::paths`]). Of these a network is built
//!   around a neighbourhood when a walk first asks for it ([`walks::Networks`]); a map that came without them gives straight
//!   lines, three tenths longer, and says so.
//! - Ways are Dijkstra's, in whole millimetres so that sums are the same in every order ([`walks::route`]). Up to twelve
//!   stops the order is exact ([`walks::order`], Held and Karp); more are turned and moved until nothing helps.
//! - A stop further than 60 m from any way, or cut off from the one before, is a warning and no error: the length is then a
//!   guess and no line is drawn through what nobody can cross.
//! - What people decided is stored; way, time, sunset and warnings are worked out whenever asked for ([`walks::plan`]).
//! - Beside it stand a short-cut and, where some stops have a roof, the walk along these alone for bad weather.
//! - A walk of more than two hours has no code and no GPX until somebody decides that it may be so long.
//!
//! # Out of the room
//!
//! - Phones and tablets without an account join a walk or a data walk with its code ([`recorders`]); each keeps its own
//!   notes ([`recorders::Notes`]), so that several in one group never overwrite each other, and staff reads them together.
//! - What a group sees on a walk or reads in a chart ([`data_walks`]) belongs to the place and has its own count. It is never
//!   a pin: else the same people would be counted twice.
//! - An action ([`actions`]) is a promise: it goes from proposed to checked by steps that make sense, a no needs its reason,
//!   the date of the answer is told until there is one. What is published of it is frozen under a person's name.
//! - Paper and pictures ([`mod@print`]) are made by the program: one drawing of the map, true to scale, for PDF and PNG.
//!
//! # In a hall without internet
//!
//! - The hub ([`hub`]) is the same server behind two doors: HTTPS with a certificate of its own, and plain HTTP that helps
//!   tablets to it. Its authority stays in the data folder and may vouch for private addresses and `.local` only
//!   ([`hub::authority`]), so whoever trusts it risks nothing on the internet.
//! - [`carry`] brings a hub's gatherings to the main server in parts that may come again and again ([`carried`]). Tokens do
//!   not go along: a page opened from the hub has the hub's address, so its outbox could never speak to the main server.
//!   What such a tablet still holds comes as a file ([`outboxes`]): the device's id does go along.
//! - What the main server decided wins: a comment moderated there, a photo blurred there, a pin deleted or a person
//!   withdrawn there. What it only waits for comes from the hub.
//! - A letter of a tablet's file goes through the very route that the tablet would have used, as that device.
//!
//! # Known quirks
//!
//! - A file of a tablet says what it had not sent when it was saved. Taken in after the tablet itself sent a newer edit of
//!   the same pin, the older words are there again.
//! - Limits count for each server: behind several of them a sender has as many bursts.
//! - A hub listens on IPv4 only, and the name `.local` works where the laptop's system announces it.
//!
//! - On plain `http://` other than localhost browsers refuse the `__Host-` sign-in cookie; tablets work, staff pages need
//!   HTTPS or localhost. Safari refuses it on localhost too.
//! - SQLite keeps a hidden row number with each participant that grows with each insert: whoever holds the database file
//!   could read in which order they came. Pins have none there ([`db`]), and PostgreSQL's rows lie about as they came.
//! - A voice note is kept as the browser made it: a recording of Safari's tells its minute to whoever holds the database.
//! - Basemap archives are mapped into memory: replace one by renaming the new file over it. A mapped file that shrinks in
//!   place ends the process.
//! - An edit of a neighbourhood through one server is not seen by another server on the same PostgreSQL until it starts
//!   again.

pub mod access;
pub mod actions;
pub mod app;
pub mod attachments;
pub mod basemap;
pub mod carried;
pub mod carry;
pub mod cli;
pub mod config;
pub mod data_walks;
pub mod db;
pub mod demo;
pub mod error;
pub mod exports;
pub mod gatherings;
pub mod geometry;
pub mod hotspots;
pub mod hub;
pub mod id;
pub mod limits;
pub mod live;
pub mod neighbourhoods;
pub mod outboxes;
pub mod people;
pub mod phrases;
pub mod pins;
pub mod places;
pub mod print;
pub mod problem;
pub mod recorders;
pub mod router;
pub mod serve;
pub mod time;
pub mod walks;
pub mod words;
