//! The hub's own pages: the one that helps a tablet to trust it, and the one for the screen of the laptop.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HOST,
    REFERRER_POLICY, SET_COOKIE, USER_AGENT, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;
use serde::Deserialize;

use crate::hub::Hub;
use crate::hub::words::{LANGUAGES, Words, words};
use crate::router::style_sheet;

/// Told by a tablet that goes on without trusting the hub.
const GOES_ON: &str = "without_https=1";

/// What the door for plain HTTP leads to: to the trust page first, and to HTTPS for staff.
pub fn plain(hub: &Arc<Hub>, rooms: Router) -> Router {
    own(hub).fallback_service(rooms.layer(from_fn_with_state(hub.clone(), lead_on)))
}

/// What the door for HTTPS leads to.
pub fn secure(hub: &Arc<Hub>, rooms: Router) -> Router {
    own(hub).fallback_service(rooms)
}

fn own(hub: &Arc<Hub>) -> Router {
    Router::new()
        .route("/trust", get(trust))
        .route("/trust/ca.crt", get(certificate))
        .route("/trust/without", get(go_on))
        .route("/trust/hub.css", get(async || ([(CONTENT_TYPE, "text/css")], include_str!("hub.css"))))
        .route("/trust/hub.js", get(async || ([(CONTENT_TYPE, "text/javascript")], include_str!("hub.js"))))
        .route("/trust/mark.svg", get(async || ([(CONTENT_TYPE, "image/svg+xml")], MARK)))
        .route("/hub", get(screen))
        .layer(from_fn_with_state(hub.clone(), guard))
        .with_state(hub.clone())
}

const MARK: &str = include_str!("../../frontend/src/ui/icon.svg");

/// Says what the hub's pages may do.
async fn guard(State(hub): State<Arc<Hub>>, request: Request, next: Next) -> Response {
    let secure = hub.secure_address(host_of(request.headers()));
    let policy = format!(
        "default-src 'self'; connect-src 'self' {secure}; style-src 'self'; object-src 'none'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
    );
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if let Ok(policy) = policy.parse() {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Leads those who come over plain HTTP on: staff to HTTPS, which keeps their sign-in; tablets to the trust page, until
/// they say that they go on without.
async fn lead_on(State(hub): State<Arc<Hub>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    // A browser on the laptop itself needs no HTTPS.
    if host_of(headers).is_some_and(|host| matches!(host, "localhost" | "127.0.0.1")) {
        return next.run(request).await;
    }
    match request.uri().path() {
        "/" if !goes_on(headers) => Redirect::to("/trust").into_response(),
        path @ ("/desk" | "/wall") => {
            Redirect::temporary(&format!("{}{path}", hub.secure_address(host_of(headers)))).into_response()
        }
        _ => next.run(request).await,
    }
}

fn goes_on(headers: &HeaderMap) -> bool {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    cookies.flat_map(|line| line.split(';')).any(|cookie| cookie.trim() == GOES_ON)
}

/// The host of the request without its port.
fn host_of(headers: &HeaderMap) -> Option<&str> {
    let host = headers.get(HOST)?.to_str().ok()?;
    Some(host.rsplit_once(':').map_or(host, |(host, _)| host))
}

/// Remembers for a day that this tablet goes on without HTTPS.
async fn go_on() -> Response {
    let cookie = format!("{GOES_ON}; Path=/; HttpOnly; SameSite=Strict; Max-Age=86400");
    ([(SET_COOKIE, cookie)], Redirect::to("/")).into_response()
}

async fn certificate(State(hub): State<Arc<Hub>>) -> Response {
    let headers = [
        (CONTENT_TYPE, "application/x-x509-ca-cert"),
        (CONTENT_DISPOSITION, "attachment; filename=\"buurtsignaal-hub.crt\""),
    ];
    (headers, hub.authority.certificate().to_vec()).into_response()
}

/// Which language is chosen on the page.
#[derive(Debug, Deserialize)]
struct Chosen {
    lang: Option<String>,
}

impl Chosen {
    fn words(&self, headers: &HeaderMap) -> (&'static str, &'static Words) {
        let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        words(self.lang.as_deref().or(asked).unwrap_or_default())
    }
}

async fn trust(State(hub): State<Arc<Hub>>, Query(chosen): Query<Chosen>, headers: HeaderMap) -> Html<String> {
    let (lang, w) = chosen.words(&headers);
    let secure = hub.secure_address(host_of(&headers));
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kinds = [
        ("iPad, iPhone", &w.ios, ["iPad", "iPhone"]),
        ("Android", &w.android, ["Android", "Android"]),
        ("Windows", &w.windows, ["Windows", "Windows"]),
        ("ChromeOS", &w.chromeos, ["CrOS", "CrOS"]),
    ];
    let mut steps = String::new();
    for (name, told, marks) in kinds {
        let open = if marks.iter().any(|mark| agent.contains(mark)) { " open" } else { "" };
        let told = told.iter().fold(String::new(), |list, one| list + "<li><span>" + one + "</span></li>");
        let _ = write!(steps, "<details name=\"kind\"{open}><summary>{name}</summary><ol>{told}</ol></details>");
    }
    let Words { title, lead, harmless, get, mark, mark_told, how, then, trusted, .. } = w;
    let Words { without, without_told, go_on, .. } = w;
    let body = format!(
        "<h1>{title}</h1><p class=\"lead\">{lead}</p>\
         <div class=\"acts\"><a class=\"button primary\" href=\"/trust/ca.crt\">{get}</a>\
         <p class=\"trusted\" role=\"status\" hidden>{trusted}</p></div>\
         <div class=\"columns\"><section><h2>{how}</h2>{steps}\
         <p class=\"then\">{then}<br><a class=\"address\" data-on href=\"{secure}/\">{secure}</a></p></section>\
         <div class=\"aside\"><section><h2>{mark}</h2><p>{mark_told}</p>{prints}<p class=\"muted\">{harmless}</p></section>\
         <section><h2>{without}</h2><p>{without_told}</p>\
         <p><a class=\"button\" data-on href=\"/trust/without\">{go_on}</a></p></section></div></div>",
        prints = prints(&hub),
    );
    page(lang, title, &secure, "/trust", &body)
}

async fn screen(State(hub): State<Arc<Hub>>, Query(chosen): Query<Chosen>, headers: HeaderMap) -> Html<String> {
    let (lang, w) = chosen.words(&headers);
    let own = hub.own_address();
    let address = hub.address();
    let plain = address.trim_start_matches("http://");
    let Words { screen, screen_lead, screen_mark, screen_qr, screen_open, no_network, desk, wall, .. } = w;
    let alone =
        if hub.has_network() { String::new() } else { format!("<p class=\"alone\" role=\"alert\">{no_network}</p>") };
    let body = format!(
        "{alone}<div class=\"board\"><div><h1>{screen}</h1><p class=\"lead\">{screen_lead}</p>\
         <p class=\"address\"><bdi dir=\"ltr\">{plain}</bdi></p></div>\
         <div class=\"qr\" role=\"img\" aria-label=\"{screen_qr}\">{code}</div></div>\
         <div class=\"foot\"><section><h2>{screen_mark}</h2>{prints}</section>\
         <section><h2>{screen_open}</h2><p><a href=\"{own}/desk\">{desk}</a> · <a href=\"{own}/wall\">{wall}</a></p>\
         </section></div>",
        code = code(&address),
        prints = prints(&hub),
    );
    page(lang, screen, "", "/hub", &body)
}

/// The mark of the authority in eight columns.
fn prints(hub: &Hub) -> String {
    let pairs = hub.fingerprint().split(':').fold(String::new(), |list, pair| list + "<span>" + pair + "</span> ");
    format!("<div class=\"mark\" dir=\"ltr\">{pairs}</div>")
}

fn code(address: &str) -> String {
    let Ok(code) = QRBuilder::new(address).build() else { return String::new() };
    SvgBuilder::default().to_str(&code)
}

fn page(lang: &str, title: &str, secure: &str, here: &str, body: &str) -> Html<String> {
    let style =
        style_sheet().map(|address| format!("<link rel=\"stylesheet\" href=\"{address}\">")).unwrap_or_default();
    let languages = LANGUAGES.iter().fold(String::new(), |list, (code, name)| {
        let current = if *code == lang { " aria-current=\"true\"" } else { "" };
        list + &format!("<a href=\"{here}?lang={code}\" lang=\"{code}\" data-on{current}>{name}</a>")
    });
    let class = if here == "/hub" { "screen" } else { "" };
    Html(format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} – Buurtsignaal</title><link rel=\"icon\" href=\"/trust/mark.svg\">{style}\
         <link rel=\"stylesheet\" href=\"/trust/hub.css\"><script type=\"module\" src=\"/trust/hub.js\"></script></head>\
         <body data-secure=\"{secure}\"><main class=\"{class}\"><header class=\"top\"><span class=\"brand\">\
         <img src=\"/trust/mark.svg\" alt=\"\">Buurtsignaal</span><nav>{languages}</nav></header>{body}</main></body></html>"
    ))
}
