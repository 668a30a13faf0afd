//! Fields of a model: what may be filled in, within which limits, and where it goes on the wire.

use super::Words;

/// Neutral name of an input, the same for every model and gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldId {
    /// What the video should show.
    Prompt,
    /// What it should not show.
    NegativePrompt,
    /// The image it starts with.
    FirstFrame,
    /// The image it ends with.
    LastFrame,
    /// A video it continues.
    FirstClip,
    /// The video that is edited, or whose motion is transferred.
    SourceVideo,
    /// The person who speaks or moves.
    Portrait,
    /// Audio that drives or accompanies it.
    Audio,
    /// Images and videos whose subjects appear in it.
    References,
    /// Name of a special effect.
    Template,
    /// 480P, 720P, 1080P.
    Tier,
    /// 16:9, 9:16, 1:1, 4:3, 3:4.
    Ratio,
    /// Seconds of the result.
    Duration,
    /// Whether the result has sound.
    Sound,
    /// Where the audio of an edited video comes from.
    AudioSetting,
    /// Whether the gateway rewrites the prompt.
    PromptExtend,
    /// One shot or several.
    ShotType,
    /// Whether the image is checked before anything is generated from it.
    CheckImage,
    /// Whether the result has a watermark.
    Watermark,
    /// Random seed.
    Seed,
    /// Whether the create call returns a task id immediately.
    Async,
    /// URL the result is posted to.
    CallbackUrl,
}

impl FieldId {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 22] = [
        Self::Prompt,
        Self::NegativePrompt,
        Self::FirstFrame,
        Self::LastFrame,
        Self::FirstClip,
        Self::SourceVideo,
        Self::Portrait,
        Self::Audio,
        Self::References,
        Self::Template,
        Self::Tier,
        Self::Ratio,
        Self::Duration,
        Self::Sound,
        Self::AudioSetting,
        Self::PromptExtend,
        Self::ShotType,
        Self::CheckImage,
        Self::Watermark,
        Self::Seed,
        Self::Async,
        Self::CallbackUrl,
    ];

    /// The id as it is written in catalog files, links and saved drafts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prompt => "prompt",
            Self::NegativePrompt => "negative_prompt",
            Self::FirstFrame => "first_frame",
            Self::LastFrame => "last_frame",
            Self::FirstClip => "first_clip",
            Self::SourceVideo => "source_video",
            Self::Portrait => "portrait",
            Self::Audio => "audio",
            Self::References => "references",
            Self::Template => "template",
            Self::Tier => "tier",
            Self::Ratio => "ratio",
            Self::Duration => "duration",
            Self::Sound => "sound",
            Self::AudioSetting => "audio_setting",
            Self::PromptExtend => "prompt_extend",
            Self::ShotType => "shot_type",
            Self::CheckImage => "check_image",
            Self::Watermark => "watermark",
            Self::Seed => "seed",
            Self::Async => "async",
            Self::CallbackUrl => "callback_url",
        }
    }

    /// The id with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|id| id.name() == name)
    }
}

/// A value from a fixed list, or a yes or no, as written in a catalog file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A string.
    Word(&'static str),
}

/// The type of value a field takes, with its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Free text.
    Text {
        /// Maximum characters (Unicode scalar values), if the gateway names a limit.
        max_chars: Option<u32>,
    },
    /// An integer.
    Integer {
        /// Minimum.
        min: i64,
        /// Maximum.
        max: i64,
        /// The only legal values, if not the whole range is legal.
        one_of: &'static [i64],
        /// A number outside the range that leaves the choice to something else: the model, the source video's length,
        /// chance.
        auto: Option<i64>,
        /// Maximum when there is a reference video, if lower.
        max_with_video: Option<i64>,
        /// Sent as a JSON string (`"5"`), as the unified endpoint wants its seconds.
        as_text: bool,
    },
    /// Yes or no.
    Flag,
    /// One string from a list. Tier and ratio are of this kind too.
    Choice {
        /// The legal strings, as sent.
        options: &'static [&'static str],
    },
    /// An image, audio or video.
    Media {
        /// What is accepted.
        rule: MediaRule,
        /// How it is written.
        shape: Shape,
        /// The string that names its role, for shapes that carry one (`first_frame`).
        role: &'static str,
    },
    /// Several images, videos or audio files.
    References {
        /// Kinds accepted.
        accepts: &'static [MediaRule],
        /// Maximum number of entries.
        max: u32,
        /// How they are written.
        shape: Shape,
        /// Whether each entry may name a voice (an audio link).
        voices: bool,
    },
    /// A URL that the gateway calls.
    Url,
}

impl Kind {
    /// Whether prompts refer to references by type (Image 1, Video 1) and not as character1, character2: true of models
    /// that take them as typed entries.
    pub const fn names_by_kind(&self) -> bool {
        matches!(self, Self::References { shape: Shape::MediaItem, .. })
    }
}

/// The type of a medium.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaKind {
    /// An image.
    Image,
    /// Audio.
    Audio,
    /// A video.
    Video,
}

/// Limits of a medium. Zero or an empty list: the gateway names none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // Facts that have nothing to do with each other.
pub struct MediaRule {
    /// Its type.
    pub media: MediaKind,
    /// File extensions, lower case, without the dot.
    pub formats: &'static [&'static str],
    /// Maximum file size in bytes.
    pub max_bytes: u64,
    /// Minimum pixels per side.
    pub min_side: u32,
    /// Maximum pixels per side.
    pub max_side: u32,
    /// Maximum ratio of the longer to the shorter side.
    pub max_ratio: u32,
    /// Minimum seconds.
    pub min_seconds: u32,
    /// Maximum seconds.
    pub max_seconds: u32,
    /// Whether the maximum bytes and seconds are exclusive bounds.
    pub below: bool,
    /// Maximum entries of this kind in a list of references.
    pub max_count: u32,
    /// Whether a local file may be sent inside the request, in base64.
    pub inline: bool,
    /// Whether a file may be uploaded to the gateway's own place first ([`Gateway::upload`](super::Gateway)).
    pub upload: bool,
    /// Whether a PNG must have no transparency.
    pub no_alpha: bool,
}

/// How a medium is written on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// The bare link.
    #[default]
    Plain,
    /// An entry of Bailian's `media` list.
    MediaItem,
    /// An entry of the `content` list at the unified endpoint.
    ContentItem,
}

/// When a field has an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition {
    /// The field it depends on.
    pub field: FieldId,
    /// The value that field must have (its default counts if it is not set).
    pub is: Choice,
}

/// Whether a field is sent when the user did not set it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sending {
    /// Only when set: the gateway's default applies otherwise.
    #[default]
    WhenSet,
    /// Always, with the default: the gateway's documents disagree on what the default is.
    Always,
}

/// One input of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Neutral id.
    pub id: FieldId,
    /// Wire path, dot-separated. Empty for tier and ratio of a model with a size table.
    pub at: &'static str,
    /// Type and limits.
    pub kind: Kind,
    /// Must be filled in.
    pub required: bool,
    /// What applies if it is not set.
    pub default: Option<Choice>,
    /// Whether the default is sent.
    pub send: Sending,
    /// When it has an effect; otherwise it is not sent.
    pub when: Option<Condition>,
    /// Advice shown beside it.
    pub advice: &'static [Advice],
    /// A call that checks its medium before a video is generated from it, if the gateway has one.
    pub check: Option<MediaCheck>,
}

/// A separate call that checks a medium and responds immediately. It is billed whatever the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MediaCheck {
    /// Path below the base, always `POST`.
    pub path: &'static str,
    /// The model that checks.
    pub model: &'static str,
    /// ISO 4217 code of the price.
    pub currency: &'static str,
    /// Decimal price of one call.
    pub price: &'static str,
    /// Free calls for a new account.
    pub free: Option<u32>,
    /// Price regions it is offered in.
    pub regions: &'static [&'static str],
    /// Short name of the document it comes from.
    pub source: &'static str,
}

impl Field {
    /// The number that leaves the choice to something else, if there is one.
    pub const fn auto(&self) -> Option<i64> {
        match self.kind {
            Kind::Integer { auto, .. } => auto,
            _ => None,
        }
    }
}

/// What a piece of advice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// It may cost more than expected.
    Cost,
    /// It may not work upstream.
    Risk,
    /// Good to know.
    Note,
}

/// When a piece of advice is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AdviceIf {
    /// Always.
    #[default]
    Always,
    /// While its field is not set.
    Unset,
    /// While its field is set.
    Set,
}

/// A sentence beside a field or model, with its source and, where there is one, the safer choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// What it is about.
    pub toward: Toward,
    /// The sentence.
    pub text: Words,
    /// Short name of the document that says so.
    pub source: &'static str,
    /// When it is shown.
    pub shown_if: AdviceIf,
    /// The safer choice.
    pub safer: Option<Safer>,
}

/// A safer choice, applied with one click.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safer {
    /// Set this field to this value.
    Set(FieldId, Choice),
    /// Use this model of the same gateway.
    Model(&'static str),
}

impl Field {
    /// Whether it is in the part of the form that is always open: what matters most, and what is required.
    pub const fn is_main(&self) -> bool {
        let matters = matches!(
            self.id,
            FieldId::Prompt
                | FieldId::FirstFrame
                | FieldId::LastFrame
                | FieldId::References
                | FieldId::Tier
                | FieldId::Ratio
                | FieldId::Duration
                | FieldId::Sound
        );
        self.required || matters
    }
}
