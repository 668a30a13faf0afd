//! Alibaba's lineup: which models there are, at which service, and what each takes.

use crate::server::simulator::body::{Checked, Object};

/// Whose rules apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    DashScope,
    Crazyrouter,
    OpeNative,
}

/// What kind of request a model takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
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

/// Durations a model supports.
#[derive(Debug, Clone, Copy)]
pub enum Durations {
    From(i64, i64),
    OneOf(&'static [i64]),
}

/// A row of the lineup.
#[derive(Debug)]
pub struct Model {
    pub name: &'static str,
    pub kind: Kind,
    pub generation: Generation,
    pub tiers: &'static [u32],
    pub default_tier: u32,
    pub durations: Durations,
    pub prompt_limit: usize,
    pub sound: Sound,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    Wan22,
    Wan25,
    Wan26,
    Wan27,
    Wan30,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    Always,
    Never,
    /// By `parameters.audio`, which is true by default.
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

/// Alibaba's lineup, 2.2 to 3.0.
pub static MODELS: [Model; 22] = [
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

/// Dated snapshots of models, as the references of 2.7 list them.
const DATED: [(&str, &str); 3] = [
    ("wan2.7-t2v-2026-06-12", "wan2.7-t2v"),
    ("wan2.7-i2v-2026-04-25", "wan2.7-i2v"),
    ("wan2.7-r2v-2026-06-12", "wan2.7-r2v"),
];

impl Service {
    /// The model a name stands for, which may be the name of a snapshot.
    pub fn undated(self, name: &str) -> &str {
        let dated = DATED.iter().find(|(dated, _)| self == Self::DashScope && *dated == name);
        dated.map_or(name, |(_, model)| model)
    }

    pub fn offers(self, name: &str) -> bool {
        match self {
            Self::DashScope => true,
            Self::Crazyrouter => CRAZYROUTER_MODELS.contains(&name),
            Self::OpeNative => OPE_NATIVE_MODELS.contains(&name),
        }
    }
}

/// What the rules need to know in addition to the body.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    pub service: Service,
    /// `X-DashScope-OssResourceResolve: enable` was sent.
    pub oss_links: bool,
}

/// The names of the lineup, with the snapshots that a list of models shows beside them.
pub fn names() -> impl Iterator<Item = &'static str> {
    MODELS.iter().map(|model| model.name).chain(DATED.iter().map(|(dated, _)| *dated))
}

impl Durations {
    /// The same, where one value leaves the duration to the model or to a source video: nothing, if that was requested.
    pub fn read_open(self, parameters: &mut Object, open: i64, default: i64) -> Checked<Option<u32>> {
        match parameters.integer("duration")?.unwrap_or(default) {
            seconds if seconds == open => Ok(None),
            seconds => self.fit(parameters, seconds).map(Some),
        }
    }

    /// The requested seconds; five by default.
    pub fn read(self, parameters: &mut Object) -> Checked<u32> {
        let seconds = parameters.integer("duration")?.unwrap_or(5);
        self.fit(parameters, seconds)
    }

    pub fn fit(self, parameters: &Object, seconds: i64) -> Checked<u32> {
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
