//! The accept loop: its own, because `axum::serve` holds half-sent headers for ever.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use futures_util::future::join_all;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use crate::access::Peer;
use crate::app::App;
use crate::error::Result;
use crate::router::router;

/// A client sends its headers within this time or is let go.
const HEADER_TIME: Duration = Duration::from_secs(10);
/// Requests under way get this long to end when the server stops.
const LAST_CALL: Duration = Duration::from_secs(5);

/// How often the server looks for what has been kept long enough.
const RETENTION_LOOK: Duration = Duration::from_hours(1);

/// A listener, and what stands behind it.
pub struct Door {
    listener: TcpListener,
    secured: Option<TlsAcceptor>,
    rooms: Router,
}

impl Door {
    /// A door for plain HTTP.
    pub fn plain(listener: TcpListener, rooms: Router) -> Self {
        Self { listener, secured: None, rooms }
    }

    /// A door for HTTPS.
    pub fn secure(listener: TcpListener, secured: TlsAcceptor, rooms: Router) -> Self {
        Self { listener, secured: Some(secured), rooms }
    }

    /// Lets connections in for as long as it is asked to.
    async fn let_in(&self, graceful: &GracefulShutdown) {
        loop {
            match self.listener.accept().await {
                Ok((stream, peer)) => {
                    // Small answers must not wait for more to come.
                    let _ = stream.set_nodelay(true);
                    let (rooms, secured, watcher) = (self.rooms.clone(), self.secured.clone(), graceful.watcher());
                    tokio::spawn(async move {
                        match secured {
                            None => talk(stream, peer, rooms, watcher).await,
                            Some(secured) => {
                                let shaken = tokio::time::timeout(HEADER_TIME, secured.accept(stream)).await;
                                if let Ok(Ok(stream)) = shaken {
                                    talk(stream, peer, rooms, watcher).await;
                                }
                            }
                        }
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
    }
}

/// Answers the requests of one connection.
async fn talk(
    stream: impl AsyncRead + AsyncWrite + Unpin + 'static,
    peer: SocketAddr,
    rooms: Router,
    watcher: Watcher,
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer.ip()));
        rooms.clone().oneshot(request)
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEADER_TIME);
    // Whoever breaks off has gone.
    let _ = watcher.watch(server.serve_connection(TokioIo::new(stream), service)).await;
}

/// Answers requests until `stop` comes, then lets those under way end and closes the database.
pub async fn serve(listener: TcpListener, app: Arc<App>, stop: impl Future<Output = ()>) -> Result<()> {
    let door = Door::plain(listener, router(app.clone()));
    serve_doors(vec![door], app, stop).await
}

/// The same through several doors.
pub async fn serve_doors(doors: Vec<Door>, app: Arc<App>, stop: impl Future<Output = ()>) -> Result<()> {
    let graceful = GracefulShutdown::new();
    tokio::select! {
        _ = join_all(doors.iter().map(|door| door.let_in(&graceful))) => {}
        () = look_at_retention(app.clone()) => {}
        () = stop => {}
    }
    drop(doors);
    if tokio::time::timeout(LAST_CALL, graceful.shutdown()).await.is_err() {
        tracing::info!("some listeners were still connected");
    }
    app.db.close().await;
    Ok(())
}

/// Erases what has been kept long enough, again and again.
async fn look_at_retention(app: Arc<App>) {
    let mut looks = tokio::time::interval(RETENTION_LOOK);
    loop {
        looks.tick().await;
        let app = app.clone();
        tokio::spawn(async move {
            if let Err(error) = app.forget().await {
                tracing::error!(slug = error.slug, "what was kept long enough could not be erased");
            }
        });
    }
}

/// Waits for Ctrl-C, or on Unix for a request to end.
pub async fn asked_to_stop() {
    let interrupted = async { drop(tokio::signal::ctrl_c().await) };
    #[cfg(unix)]
    let ended = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let ended = std::future::pending::<()>();
    tokio::select! { () = interrupted => {}, () = ended => {} }
}
