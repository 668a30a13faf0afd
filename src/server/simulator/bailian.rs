//! Alibaba's own protocol (Bailian), which three of the gateways speak: which models there are, what each takes, and
//! what a body orders. The rules are those of Alibaba's references; where a gateway's own page differs, its page counts.

mod families;
mod media;
mod query;

use serde_json::Value;

use super::body::{Checked, Object, Refusal};
use super::task::Order;

pub(super) use query::{Words, tell};

/// Whose rules apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    DashScope,
    Crazyrouter,
    OpeNative,
}

/// The two create paths of `DashScope`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    VideoGeneration,
    ImageToVideo,
}

/// Why nothing is created.
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

/// What kind of request a model takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    TextToVideo,
    ImageToVideo,
    FirstAndLastFrame,
    Speech,
    Reference,
    TextToVideo27,
    ImageToVideo27,
    Reference27,
    Wan3,
    Edit,
    Motion,
}

/// Lengths a model makes.
#[derive(Debug, Clone, Copy)]
enum Durations {
    From(i64, i64),
    OneOf(&'static [i64]),
}

/// A row of the line-up.
#[derive(Debug)]
struct Model {
    name: &'static str,
    kind: Kind,
    generation: Generation,
    tiers: &'static [u32],
    default_tier: u32,
    durations: Durations,
    prompt_limit: usize,
    sound: Sound,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Generation {
    Wan22,
    Wan25,
    Wan26,
    Wan27,
    Wan30,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sound {
    Always,
    Never,
    /// By `parameters.audio`, which is true unless said otherwise.
    Asked,
}

const fn model(
    name: &'static str,
    kind: Kind,
    generation: Generation,
    tiers: &'static [u32],
    default_tier: u32,
    durations: Durations,
    sound: Sound,
) -> Model {
    let prompt_limit = match generation {
        Generation::Wan22 => 800,
        Generation::Wan25 | Generation::Wan26 => 1500,
        Generation::Wan27 => 5000,
        Generation::Wan30 => 20_000,
    };
    Model { name, kind, generation, tiers, default_tier, durations, prompt_limit, sound }
}

const FIVE: Durations = Durations::OneOf(&[5]);
const FIVE_OR_TEN: Durations = Durations::OneOf(&[5, 10]);
const FIVE_TEN_OR_FIFTEEN: Durations = Durations::OneOf(&[5, 10, 15]);
const TWO_TO_FIFTEEN: Durations = Durations::From(2, 15);
const TWO_TO_THIRTY: Durations = Durations::From(2, 30);
const TWO_TO_TEN: Durations = Durations::From(2, 10);
const ALL_TIERS: &[u32] = &[480, 720, 1080];
const HIGH_TIERS: &[u32] = &[720, 1080];
const OUTER_TIERS: &[u32] = &[480, 1080];

use Generation::{Wan22, Wan25, Wan26, Wan27, Wan30};
use Kind::{
    Edit, FirstAndLastFrame, ImageToVideo, ImageToVideo27, Motion, Reference, Reference27, Speech, TextToVideo,
    TextToVideo27, Wan3,
};
use Sound::{Always, Asked, Never};

/// Alibaba's line-up, 2.2 to 3.0.
static MODELS: [Model; 22] = [
    model("wan2.7-t2v", TextToVideo27, Wan27, HIGH_TIERS, 1080, TWO_TO_FIFTEEN, Always),
    model("wan2.6-t2v", TextToVideo, Wan26, HIGH_TIERS, 1080, TWO_TO_FIFTEEN, Always),
    model("wan2.6-t2v-us", TextToVideo, Wan26, HIGH_TIERS, 1080, FIVE_OR_TEN, Always),
    model("wan2.5-t2v-preview", TextToVideo, Wan25, ALL_TIERS, 1080, FIVE_OR_TEN, Always),
    model("wan2.2-t2v-plus", TextToVideo, Wan22, OUTER_TIERS, 1080, FIVE, Never),
    model("wan2.7-i2v", ImageToVideo27, Wan27, HIGH_TIERS, 1080, TWO_TO_FIFTEEN, Always),
    model("wan2.6-i2v", ImageToVideo, Wan26, HIGH_TIERS, 1080, TWO_TO_FIFTEEN, Always),
    model("wan2.6-i2v-us", ImageToVideo, Wan26, HIGH_TIERS, 1080, FIVE_TEN_OR_FIFTEEN, Always),
    model("wan2.6-i2v-flash", ImageToVideo, Wan26, HIGH_TIERS, 1080, TWO_TO_FIFTEEN, Asked),
    model("wan2.5-i2v-preview", ImageToVideo, Wan25, ALL_TIERS, 1080, FIVE_OR_TEN, Always),
    model("wan2.2-i2v-flash", ImageToVideo, Wan22, ALL_TIERS, 720, FIVE, Never),
    model("wan2.2-i2v-plus", ImageToVideo, Wan22, OUTER_TIERS, 1080, FIVE, Never),
    model("wan2.2-kf2v-flash", FirstAndLastFrame, Wan22, ALL_TIERS, 720, FIVE, Never),
    model("wan2.2-s2v", Speech, Wan22, &[480, 720], 480, Durations::From(1, 20), Always),
    model("wan2.6-r2v", Reference, Wan26, HIGH_TIERS, 1080, TWO_TO_TEN, Always),
    model("wan2.6-r2v-flash", Reference, Wan26, HIGH_TIERS, 1080, TWO_TO_TEN, Asked),
    model("wan2.7-r2v", Reference27, Wan27, HIGH_TIERS, 1080, TWO_TO_FIFTEEN, Always),
    model("wan2.7-videoedit", Edit, Wan27, HIGH_TIERS, 1080, TWO_TO_TEN, Always),
    model("wan3.0-video", Wan3, Wan30, ALL_TIERS, 1080, TWO_TO_THIRTY, Asked),
    model("wan3.0-video-prime", Wan3, Wan30, ALL_TIERS, 1080, TWO_TO_THIRTY, Asked),
    model("wan2.2-animate-move", Motion, Wan22, &[720], 720, FIVE, Always),
    model("wan2.2-animate-mix", Motion, Wan22, &[720], 720, FIVE, Always),
];

const CRAZYROUTER_MODELS: [&str; 7] = [
    "wan2.5-t2v-preview",
    "wan2.5-i2v-preview",
    "wan2.2-t2v-plus",
    "wan2.2-i2v-plus",
    "wan2.2-i2v-flash",
    "wan2.2-kf2v-flash",
    "wan2.2-s2v",
];
const OPE_NATIVE_MODELS: [&str; 2] = ["wan2.7-i2v", "wan2.6-i2v"];

/// Dated states of models, as the references of 2.7 name them.
const DATED: [(&str, &str); 3] = [
    ("wan2.7-t2v-2026-06-12", "wan2.7-t2v"),
    ("wan2.7-i2v-2026-04-25", "wan2.7-i2v"),
    ("wan2.7-r2v-2026-06-12", "wan2.7-r2v"),
];

impl Service {
    /// The model a name stands for, which may name one of its states.
    fn undated(self, name: &str) -> &str {
        let dated = DATED.iter().find(|(dated, _)| self == Self::DashScope && *dated == name);
        dated.map_or(name, |(_, model)| model)
    }

    fn offers(self, name: &str) -> bool {
        match self {
            Self::DashScope => true,
            Self::Crazyrouter => CRAZYROUTER_MODELS.contains(&name),
            Self::OpeNative => OPE_NATIVE_MODELS.contains(&name),
        }
    }
}

/// What the rules need to know besides the body.
#[derive(Debug, Clone, Copy)]
struct Context {
    service: Service,
    /// `X-DashScope-OssResourceResolve: enable` was sent.
    oss_links: bool,
}

/// Checks a create body; what comes back can be made.
pub(super) fn read(service: Service, route: Route, oss_links: bool, body: &Value) -> Result<Order, Reject> {
    let mut root = Object::root(body)?;
    let Some(name) = root.string("model")?.filter(|name| !name.is_empty()) else { return Err(Reject::NoModel) };
    let name = service.undated(name);
    let known = MODELS.iter().find(|model| model.name == name && service.offers(name));
    let model = known.ok_or(Reject::UnknownModel)?;
    // Crazyrouter documents one path for all its models; Alibaba keeps two apart.
    let expected = match (service, model.kind) {
        (Service::DashScope, FirstAndLastFrame | Speech | Motion) => Route::ImageToVideo,
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

/// Checks the body that has a portrait judged.
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

/// The names of the line-up, with the states that a list of models names beside them.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    MODELS.iter().map(|model| model.name).chain(DATED.iter().map(|(dated, _)| *dated))
}

impl Durations {
    /// The same, where one number leaves the length to the model or to a source video: nothing, if that was asked for.
    fn read_open(self, parameters: &mut Object, open: i64, default: i64) -> Checked<Option<u32>> {
        match parameters.integer("duration")?.unwrap_or(default) {
            seconds if seconds == open => Ok(None),
            seconds => self.fit(parameters, seconds).map(Some),
        }
    }

    /// The seconds asked for; five where nothing is said.
    fn read(self, parameters: &mut Object) -> Checked<u32> {
        let seconds = parameters.integer("duration")?.unwrap_or(5);
        self.fit(parameters, seconds)
    }

    fn fit(self, parameters: &Object, seconds: i64) -> Checked<u32> {
        let (fits, rule) = match self {
            Self::From(least, most) => ((least..=most).contains(&seconds), format!("must be from {least} to {most}")),
            Self::OneOf(list) => {
                let list_words: Vec<String> = list.iter().map(ToString::to_string).collect();
                (list.contains(&seconds), format!("must be {}", list_words.join(" or ")))
            }
        };
        match u32::try_from(seconds) {
            Ok(seconds) if fits => Ok(seconds),
            _ => parameters.refuse("duration", rule),
        }
    }
}
