//! A body that has to arrive in time. Connections are limited: a caller who sends a byte now and then would hold one
//! forever.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

/// Time for a whole body, however slow.
const GRACE: Duration = Duration::from_mins(1);
/// The lowest acceptable pace, in bytes per second.
const LEAST_PACE: u64 = 8 << 10;

/// A body and the time by which its next part has to arrive.
pub(super) struct Timed<B> {
    body: B,
    pause: Duration,
    began: Instant,
    received: u64,
    due: Option<Pin<Box<Sleep>>>,
}

impl<B> Timed<B> {
    /// No pause within it may be longer than this one.
    pub fn new(body: B, pause: Duration) -> Self {
        Self { body, pause, began: Instant::now(), received: 0, due: None }
    }

    /// The next part has to arrive within a pause, and the whole body at a minimum pace.
    fn deadline(&self) -> Instant {
        let paced = self.began + GRACE.max(self.pause) + Duration::from_secs(self.received / LEAST_PACE);
        paced.min(Instant::now() + self.pause)
    }
}

impl<B: Body<Data = Bytes> + Unpin> Body for Timed<B>
where
    B::Error: std::error::Error + Send + Sync + 'static,
{
    type Data = Bytes;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            self.due = None;
            if let Some(Ok(frame)) = &frame {
                self.received += frame.data_ref().map_or(0, |data| data.len() as u64);
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let deadline = self.deadline();
        let due = self.due.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        ready!(due.as_mut().poll(cx));
        Poll::Ready(Some(Err("the body did not arrive in time".into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
