//! Bodies passing through: part by part, never more than a few parts in memory, each within its time.
//!
//! A separate task moves the parts, because a reader that stops reading is noticed only by whoever waits to send.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::time::{Instant, timeout_at};

use super::record::Record;

/// Parts that may wait between the two sides.
const PARTS: usize = 2;

/// The timeouts of one call.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub idle: Duration,
    pub ends: Instant,
}

impl Bounds {
    fn next(self) -> Instant {
        (Instant::now() + self.idle).min(self.ends)
    }
}

/// The other side broke off, or a limit was reached: what has been passed on is not a whole body.
#[derive(Debug)]
pub(super) struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body was cut")
    }
}

impl std::error::Error for Cut {}

/// A body that is fed part by part.
#[derive(Debug)]
pub(super) struct Flow {
    parts: mpsc::Receiver<Result<Bytes, Cut>>,
    /// Bytes still to come, where that is known.
    left: Option<u64>,
    is_over: bool,
}

impl Body for Flow {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        match ready!(self.parts.poll_recv(context)) {
            Some(Ok(part)) if part.is_empty() => {
                self.is_over = true;
                Poll::Ready(None)
            }
            Some(Ok(part)) => {
                self.left = self.left.map(|left| left.saturating_sub(part.len() as u64));
                Poll::Ready(Some(Ok(Frame::data(part))))
            }
            // A sender that is dropped without sending the empty part, which marks the end, has not finished.
            Some(Err(Cut)) | None => {
                self.is_over = true;
                Poll::Ready(Some(Err(Cut)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.is_over || self.left == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

/// The state of the caller's body.
#[derive(Debug)]
pub(super) struct Upload {
    stalled: Arc<AtomicBool>,
}

impl Upload {
    /// Whether it did not arrive in time, or broke off.
    pub fn stalled(&self) -> bool {
        self.stalled.load(Ordering::Relaxed)
    }
}

/// Moves the caller's body to the gateway. The reader of the request knows its length and enforces it.
pub(super) fn upload(body: axum::body::Body, length: u64, bounds: Bounds, count: Arc<AtomicU64>) -> (Flow, Upload) {
    let (to, parts) = mpsc::channel(PARTS);
    let stalled = Arc::new(AtomicBool::new(false));
    let upload = Upload { stalled: Arc::clone(&stalled) };
    tokio::spawn(async move {
        let moved = carry(body, &to, bounds, |bytes| {
            count.fetch_add(bytes, Ordering::Relaxed);
            true
        });
        if let Err(Stop::Source) = moved.await {
            stalled.store(true, Ordering::Relaxed);
            drop(to.send(Err(Cut)).await);
        }
    });
    (Flow { parts, left: Some(length), is_over: false }, upload)
}

/// Moves the gateway's response to the caller. Holding the permit counts as a call in progress.
pub(super) fn download(
    body: Incoming,
    bounds: Bounds,
    limit: u64,
    mut record: Record,
    permit: OwnedSemaphorePermit,
) -> Flow {
    let (to, parts) = mpsc::channel(PARTS);
    let left = body.size_hint().exact();
    tokio::spawn(async move {
        let mut total = 0;
        let moved = carry(body, &to, bounds, |bytes| {
            total += bytes;
            record.add_sent(bytes);
            total <= limit
        })
        .await;
        if moved.is_ok() {
            record.whole();
        }
        drop((to, record, permit));
    });
    Flow { parts, left, is_over: false }
}

/// Which side ended it.
enum Stop {
    Source,
    Sink,
}

async fn carry<B>(
    body: B,
    to: &mpsc::Sender<Result<Bytes, Cut>>,
    bounds: Bounds,
    mut may_pass: impl FnMut(u64) -> bool,
) -> Result<(), Stop>
where
    B: Body<Data = Bytes>,
{
    let mut body = std::pin::pin!(body);
    loop {
        let next = std::future::poll_fn(|context| body.as_mut().poll_frame(context));
        let part = match timeout_at(bounds.next(), next).await {
            Err(_) | Ok(Some(Err(_))) => return Err(Stop::Source),
            // The empty part marks the end.
            Ok(None) => Bytes::new(),
            Ok(Some(Ok(frame))) => match frame.into_data() {
                Ok(part) if part.is_empty() => continue,
                Ok(part) => part,
                // Trailers are headers that were not asked for.
                Err(_) => continue,
            },
        };
        let is_end = part.is_empty();
        if !may_pass(part.len() as u64) {
            return Err(Stop::Source);
        }
        match timeout_at(bounds.next(), to.send(Ok(part))).await {
            // A reader that counts bytes has left by now.
            _ if is_end => return Ok(()),
            Ok(Ok(())) => {}
            Ok(Err(_)) | Err(_) => return Err(Stop::Sink),
        }
    }
}
