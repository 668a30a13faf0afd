//! A body that has to arrive in its time. Connections are few: whoever sends a byte now and then would hold one for ever.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

/// Time for a whole body that comes at no pace at all.
const GRACE: Duration = Duration::from_mins(1);
/// Bytes a second that are slow, but not too slow.
const LEAST_PACE: u64 = 8 << 10;

/// A body and the moment until which its next part has to be there.
pub(super) struct Timed<B> {
    body: B,
    pause: Duration,
    began: Instant,
    received: u64,
    due: Option<Pin<Box<Sleep>>>,
}

impl<B> Timed<B> {
    /// No pause within it is longer than this one.
    pub fn new(body: B, pause: Duration) -> Self {
        Self { body, pause, began: Instant::now(), received: 0, due: None }
    }

    /// The next part comes within a pause, and all of it at some pace.
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
