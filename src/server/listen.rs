//! Accepts connections and limits what a caller may make the server wait for or hold: heads, bodies, time, connections.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt;

use timed::Timed;

mod timed;

/// Bytes of a request head.
const HEAD_BYTES: usize = 32 << 10;
/// A pause within a body may be this many times as long as the timeout for a head: the relay has a limit of its own,
/// which triggers first and gives a better error.
const PAUSES: u32 = 3;
/// Connections at the same time.
const CONNECTIONS: usize = 512;

/// Serves until told to stop, then lets running calls finish. `head` is the time a caller has to send the head of a
/// request, and how long a connection may be idle.
pub async fn serve(listener: TcpListener, router: Router, head: Duration, stop: impl Future<Output = ()> + Send) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let (tell, stopped) = watch::channel(());
    let mut stop = std::pin::pin!(stop);
    loop {
        // A slot is acquired first: beyond the limit, callers wait in the system's queue.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let stream = tokio::select! {
            stream = accept(&listener) => stream,
            () = &mut stop => break,
        };
        let (router, mut stopped) = (router.clone(), stopped.clone());
        tokio::spawn(async move {
            talk(stream, router, head, &mut stopped).await;
            drop(place);
        });
    }
    drop((listener, stopped));
    tell.send_replace(());
    // Each connection holds a receiver; when the last one is dropped, nobody is being served any more.
    tell.closed().await;
}

async fn talk(stream: TcpStream, router: Router, head: Duration, stopped: &mut watch::Receiver<()>) {
    // Responses are complete when they are written; waiting for more would only delay them.
    drop(stream.set_nodelay(true));
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(head).max_buf_size(HEAD_BYTES);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        router.clone().oneshot(request.map(|body| Body::new(Timed::new(body, head * PAUSES))))
    });
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        // A caller who disconnects or sends nonsense has already had its response.
        outcome = connection.as_mut() => drop(outcome),
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            drop(connection.await);
        }
    }
}

async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            // The caller may have disconnected; or the file descriptors are exhausted, which is temporary.
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}
