//! Where a gateway is called.

use crate::address::{AddressFault, BaseUrl};
use crate::catalog::{Base, Gateway, Model};
use crate::web::browser;

/// Which address a gateway is called at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The local simulator.
    Simulator,
    /// One of the catalog's bases.
    Listed(usize),
    /// A typed address.
    Typed(String),
}

/// What a gateway tab remembers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Index of its model.
    pub model: usize,
    /// Its address.
    pub place: Place,
}

/// A base in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The base.
    pub base: BaseUrl,
    /// Its price region.
    pub region: String,
    /// It is the simulator.
    pub simulated: bool,
}

/// Where the simulator plays the gateways, up to their ids.
pub fn simulator_root() -> String {
    [&browser::origin(), "/sim/"].concat()
}

/// The base of a place. The simulator plays every region: there, that of the model counts.
pub fn target(gateway: &Gateway, model: Option<&Model>, place: &Place) -> Result<Target, AddressFault> {
    let first = |url: &str| gateway.bases.iter().find(|base| base.url == url);
    let region_of =
        |listed: Option<&Base>| listed.or(gateway.bases.first()).map(|b| b.region).unwrap_or_default().to_owned();
    let (text, region, simulated) = match place {
        Place::Simulator => {
            ([&simulator_root(), gateway.id].concat(), region_of(model.and_then(|model| gateway.home(model))), true)
        }
        Place::Listed(index) => {
            let base = &gateway.bases[*index];
            (base.url.to_owned(), base.region.to_owned(), false)
        }
        Place::Typed(text) => {
            let trimmed = text.trim().trim_end_matches('/');
            // A filled-in workspace address keeps the region of the address it was made from.
            let suffix_match = gateway.bases.iter().find(|base| {
                base.url.split_once('}').is_some_and(|(_, rest)| !rest.is_empty() && trimmed.ends_with(rest))
            });
            (text.clone(), region_of(first(trimmed).or(suffix_match)), false)
        }
    };
    Ok(Target { base: BaseUrl::parse(&text)?, region, simulated })
}
