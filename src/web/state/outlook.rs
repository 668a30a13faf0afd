//! The one memo between draft and panels.

use crate::address::{AddressFault, BaseUrl, Mistaken, mistaken};
use crate::catalog::{Catalog, Endpoint, FieldId, Gateway, Model};
use crate::checked::{Problem, Trap, WhyUnsent, check};
use crate::draft::{Draft, Origins};
use crate::generation::{Along, Generation, along};
use crate::http::Request;
use crate::price::{Estimate, NoPrice, estimate};
use crate::upload::shelf::{Goal, Shelf};
use crate::web::browser;
use crate::web::state::place::{Place, Seat, Target, target};
use crate::web::state::slots::{at, mark, slot};
use leptos::prelude::RwSignal;

/// What would be sent, what is wrong, what it costs. Owned, so that panels can follow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// What is wrong with the address.
    pub base_fault: Option<AddressFault>,
    /// What the typed address is instead of a base.
    pub mistaken: Option<Mistaken>,
    /// The model is not offered in the region of the address.
    pub not_offered: bool,
    /// What is wrong with the fields.
    pub problems: Vec<Problem>,
    /// What is kept but not sent.
    pub unsent: Vec<(FieldId, WhyUnsent)>,
    /// What travels without standing before the eyes.
    pub along: Vec<Along>,
    /// What would be taken and is not meant.
    pub traps: Vec<Trap>,
    /// The create call as it stands.
    pub request: Request,
    /// The same, if it may be sent.
    pub generation: Option<Generation>,
    /// The price.
    pub estimate: Result<Estimate, NoPrice>,
    /// Width and height, where they are known before.
    pub frame: Option<(u32, u32)>,
}

/// What lies at gateways, and the keys by whose marks one account is told from another.
#[derive(Clone, Copy)]
pub struct Uploads<'a> {
    /// The files there.
    pub shelf: &'a Shelf,
    /// Keys as typed.
    pub keys: RwSignal<Vec<(String, String)>>,
}

/// Looks at a draft from a seat.
pub fn outlook(
    catalog: &Catalog,
    gateway: &usize,
    seats: &[Seat],
    draft: &Draft,
    origins: &Origins,
    uploads: Uploads<'_>,
) -> Outlook {
    let index = *gateway;
    let gateway: &Gateway = &catalog.gateways[index];
    let model: &Model = &gateway.models[seats[index].model];
    let found = target(gateway, Some(model), &seats[index].place);
    let base_fault = found.as_ref().err().copied();
    // With a broken address the preview shows the gateway's first one, and nothing can be sent.
    let Target { base, region, .. } = found.unwrap_or_else(|_| Target {
        base: BaseUrl::parse(gateway.bases[0].url).expect("a test reads every base"),
        region: gateway.bases[0].region.to_owned(),
        simulated: false,
    });
    let settled = uploads.settled(draft, gateway.id, model, &base);
    let draft = settled.as_ref().unwrap_or(draft);
    let checked = check(draft, gateway, model, &base, &region);
    let generation = if base_fault.is_none() { checked.generation() } else { None };
    let (frame, along, traps) = (checked.frame(), along(draft, &checked, origins), checked.traps());
    let (request, estimate) = (checked.preview(), estimate(&checked));
    let (problems, unsent) = checked.into_findings();
    Outlook {
        base_fault,
        mistaken: match &seats[index].place {
            Place::Typed(text) => mistaken(text, gateway.endpoints.values().flat_map(Endpoint::paths)),
            Place::Simulator | Place::Listed(_) => None,
        },
        not_offered: !model.is_offered_in(&region),
        request,
        generation,
        estimate,
        frame,
        along,
        traps,
        problems,
        unsent,
    }
}

impl Uploads<'_> {
    /// The draft with links in the places of uploaded files; `None` where nothing was uploaded.
    fn settled(self, draft: &Draft, gateway: &str, model: &Model, base: &BaseUrl) -> Option<Draft> {
        if self.shelf.is_empty() {
            return None;
        }
        let key = mark(&at(self.keys, &slot(gateway, base)));
        let goal = Goal { gateway, model: model.wire_name(), key, now_ms: browser::now_ms() };
        Some(self.shelf.settled(draft, goal))
    }
}
