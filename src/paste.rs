//! One reading of any text: whatever people paste is cut into what it holds (commands, request lines, JSON, programs,
//! answers, errors, messages of curl, ids, links, prose), each with its place, and then put together: a request, the
//! answer it got, the query that followed. Text in, plain data out; nothing is looked up, opened or sent here.
//!
//! [`import`](crate::import) knows how calls are written, [`reading`](crate::reading) what they mean,
//! [`doctor`](crate::doctor) what is wrong with them, [`takeup`](crate::takeup) where an id may belong. This module
//! asks all of them about one text, so that nothing that was read disappears.

use crate::address::BaseUrl;
use crate::catalog::Catalog;

mod answer;
mod asked;
mod bill;
mod block;
mod blocks;
mod card;
mod clean;
mod cost;
mod cut;
mod ground;
mod hints;
mod judge;
mod judged;
mod margin;
mod mention;
mod message;
mod open;
mod page;
mod pair;
mod place;
mod printed;
mod quote;
mod reading;
mod record;
mod request;
mod scene;
mod settle;
mod straight;
mod told;
mod whose;

pub use answer::{Answer, Billing, Link, Remark as AnswerRemark, State};
pub use asked::{Asked, Does, Form, Standing};
pub use bill::{Cost, Listed, NoCost};
pub use blocks::SHORT;
pub use card::{Card, Holds, Mention, Message, Paste, Trouble};
pub use ground::sources;
pub use judged::{Hint, Judged, Verdict, verdict};
pub use open::{At, Open, Why};
pub use reading::Reading;
pub use scene::Scene;
pub use whose::Whose;

/// Reads a text. A long one is read in blocks, as [`Reading`] does it.
pub fn read(catalog: &Catalog, bases: &[(String, BaseUrl)], text: &str, now_ms: u64) -> Paste {
    let scene = Scene { catalog, bases, now_ms };
    let mut reading = Reading::default();
    loop {
        if let Some(paste) = reading.step(scene, text, usize::MAX) {
            return paste;
        }
    }
}

#[cfg(test)]
mod tests;
