//! Alibaba's own protocol (Bailian), which three of the gateways speak: which models there are, what each takes, and
//! what a body orders. The rules are those of Alibaba's references; where a gateway's own page differs, that page
//! applies.

mod families;
mod lineup;
mod media;
mod query;

use serde_json::Value;

use super::body::{Object, Refusal};
use super::task::Order;

use lineup::{Context, Kind, MODELS};

pub(super) use lineup::{Service, names};
pub(super) use query::{Words, tell};

/// The two create paths of `DashScope`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    VideoGeneration,
    ImageToVideo,
}

/// Why no task is created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reject {
    NoModel,
    UnknownModel,
    WrongPath,
    NoInput,
    Invalid(Refusal),
}

impl From<Refusal> for Reject {
    fn from(refusal: Refusal) -> Self {
        Self::Invalid(refusal)
    }
}

/// Checks a create body; the order it returns can be made.
pub(super) fn read(service: Service, route: Route, oss_links: bool, body: &Value) -> Result<Order, Reject> {
    let mut root = Object::root(body)?;
    let Some(name) = root.string("model")?.filter(|name| !name.is_empty()) else { return Err(Reject::NoModel) };
    let name = service.undated(name);
    let known = MODELS.iter().find(|model| model.name == name && service.offers(name));
    let model = known.ok_or(Reject::UnknownModel)?;
    // Crazyrouter documents one path for all its models; Alibaba separates the two.
    let expected = match (service, model.kind) {
        (Service::DashScope, Kind::FirstAndLastFrame | Kind::Speech | Kind::Motion) => Route::ImageToVideo,
        _ => Route::VideoGeneration,
    };
    if route != expected {
        return Err(Reject::WrongPath);
    }
    let Some(input) = root.object("input")? else { return Err(Reject::NoInput) };
    let none = Value::Object(serde_json::Map::new());
    let parameters = match root.object("parameters")? {
        Some(parameters) => parameters,
        None => Object::of(&none, "parameters".to_owned())?,
    };
    let order = families::read(model, Context { service, oss_links }, input, parameters)?;
    root.finish()?;
    Ok(order)
}

/// Checks the body of a portrait check.
pub(super) fn read_check(oss_links: bool, body: &Value) -> Result<(), Reject> {
    let mut root = Object::root(body)?;
    match root.string("model")?.filter(|name| !name.is_empty()) {
        None => return Err(Reject::NoModel),
        Some("wan2.2-s2v-detect") => {}
        Some(name) if MODELS.iter().any(|model| model.name == name) => return Err(Reject::WrongPath),
        Some(_) => return Err(Reject::UnknownModel),
    }
    let Some(mut input) = root.object("input")? else { return Err(Reject::NoInput) };
    let link = input.required_string("image_url")?;
    media::link(Context { service: Service::DashScope, oss_links }, &input.path_of("image_url"), link)?;
    input.finish()?;
    root.finish()?;
    Ok(())
}
