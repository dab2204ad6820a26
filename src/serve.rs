//! The accept loop: its own, because `axum::serve` holds half-sent headers for ever.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
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

/// Answers requests until `stop` comes, then lets those under way end and closes the database.
pub async fn serve(listener: TcpListener, app: Arc<App>, stop: impl Future<Output = ()>) -> Result<()> {
    let router = router(app.clone());
    let graceful = GracefulShutdown::new();
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEADER_TIME);
    let mut stop = std::pin::pin!(stop);
    let mut look_at_retention = tokio::time::interval(RETENTION_LOOK);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    // Small answers must not wait for more to come.
                    let _ = stream.set_nodelay(true);
                    let router = router.clone();
                    let service = service_fn(move |mut request: Request<Incoming>| {
                        request.extensions_mut().insert(Peer(peer.ip()));
                        router.clone().oneshot(request)
                    });
                    let connection = graceful.watch(server.serve_connection(TokioIo::new(stream), service));
                    tokio::spawn(connection);
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            _ = look_at_retention.tick() => {
                let app = app.clone();
                tokio::spawn(async move {
                    if let Err(error) = app.forget().await {
                        tracing::error!(slug = error.slug, "what was kept long enough could not be erased");
                    }
                });
            }
            () = &mut stop => break,
        }
    }
    drop(listener);
    if tokio::time::timeout(LAST_CALL, graceful.shutdown()).await.is_err() {
        tracing::info!("some listeners were still connected");
    }
    app.db.close().await;
    Ok(())
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
