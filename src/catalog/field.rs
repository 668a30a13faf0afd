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
    /// The video that is edited, or whose motion is taken over.
    SourceVideo,
    /// The person who speaks or moves.
    Portrait,
    /// Sound that drives or accompanies it.
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
    /// Where the sound of an edited video comes from.
    AudioSetting,
    /// Whether the gateway rewrites the prompt.
    PromptExtend,
    /// One shot or several.
    ShotType,
    /// Whether the picture is looked at before anything is made of it.
    CheckImage,
    /// Whether the result bears a mark.
    Watermark,
    /// Seed of the random source.
    Seed,
    /// Whether the create call answers at once with a task id.
    Async,
    /// Address the result is posted to.
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

    /// The id as it stands in catalog files, links and saved drafts.
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

/// A value of a closed list, or a yes or no, as written in a catalog file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A word.
    Word(String),
}

/// What kind of value a field takes, with its limits.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Free text.
    Text {
        /// Most characters (Unicode scalar values), where the gateway names a limit.
        max_chars: Option<u32>,
    },
    /// A whole number.
    Integer {
        /// Least value.
        min: i64,
        /// Greatest value.
        max: i64,
        /// The only legal values, where not the whole range is.
        one_of: Vec<i64>,
        /// A number beside the range by which something else decides: the model, the length of a source video, chance.
        auto: Option<i64>,
        /// Greatest value beside a reference video, where it is less.
        max_with_video: Option<i64>,
        /// Sent as a JSON string (`"5"`), as the unified entry wants its seconds.
        as_text: bool,
    },
    /// Yes or no.
    Flag,
    /// One word of a list. Tier and ratio are of this kind too.
    Choice {
        /// The legal words, as sent.
        options: Vec<String>,
    },
    /// An image, audio or video.
    Media {
        /// What is accepted.
        rule: MediaRule,
        /// How it is written.
        shape: Shape,
        /// The word that names its part, for shapes that bear one (`first_frame`).
        role: String,
    },
    /// Several images, videos or sounds.
    References {
        /// Kinds accepted.
        accepts: Vec<MediaRule>,
        /// Most entries.
        max: u32,
        /// How they are written.
        shape: Shape,
        /// Whether each entry may name a voice (an audio link).
        voices: bool,
    },
    /// An address that the gateway calls.
    Url,
}

impl Kind {
    /// Whether prompts name references by what they are (Image 1, Video 1) and not as character1, character2: so do the
    /// models that take them as entries with a type.
    pub const fn names_by_kind(&self) -> bool {
        matches!(self, Self::References { shape: Shape::MediaItem, .. })
    }
}

/// What a medium is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaKind {
    /// A picture.
    Image,
    /// A sound.
    Audio,
    /// A film.
    Video,
}

/// Limits of a medium. Zero or an empty list: the gateway names none.
#[derive(Debug, Clone)]
pub struct MediaRule {
    /// What it is.
    pub media: MediaKind,
    /// File name endings, lower case, without the dot.
    pub formats: Vec<String>,
    /// Most bytes of the file.
    pub max_bytes: u64,
    /// Least pixels of each side.
    pub min_side: u32,
    /// Most pixels of each side.
    pub max_side: u32,
    /// Greatest ratio of the longer to the shorter side.
    pub max_ratio: u32,
    /// Least seconds.
    pub min_seconds: u32,
    /// Most seconds.
    pub max_seconds: u32,
    /// Whether the most bytes and seconds are not reached themselves: less than that is taken.
    pub below: bool,
    /// Most entries of this kind in a list of references.
    pub max_count: u32,
    /// Whether a local file may travel inside the request, in base64.
    pub inline: bool,
    /// Whether a PNG must have no transparency.
    pub no_alpha: bool,
}

/// How a medium is written on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// The link itself.
    #[default]
    Plain,
    /// An entry of Bailian's `media` list.
    MediaItem,
    /// An entry of the unified entry's `content` list.
    ContentItem,
}

/// When a field counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The field it depends on.
    pub field: FieldId,
    /// The value that field must have (its default counts if it is not set).
    pub is: Choice,
}

/// Whether a field travels when the user did not set it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sending {
    /// Only when set: the gateway's default applies otherwise.
    #[default]
    WhenSet,
    /// Always, with the default: the gateway's documents disagree on what applies otherwise.
    Always,
}

/// One input of a model.
#[derive(Debug, Clone)]
pub struct Field {
    /// Neutral id.
    pub id: FieldId,
    /// Wire place, dots between the levels. Empty for tier and ratio of a model with a size table.
    pub at: String,
    /// Kind and limits.
    pub kind: Kind,
    /// Must be filled in.
    pub required: bool,
    /// What applies if it is not set.
    pub default: Option<Choice>,
    /// Whether the default is sent.
    pub send: Sending,
    /// When it counts; without effect otherwise, and then not sent.
    pub when: Option<Condition>,
    /// Advice shown beside it.
    pub advice: Vec<Advice>,
    /// A call that judges its medium before a video is made of it, where the gateway has one.
    pub check: Option<MediaCheck>,
}

/// A call of its own that judges a medium and answers at once. It costs, whatever it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaCheck {
    /// Path below the base, always `POST`.
    pub path: String,
    /// The model that judges.
    pub model: String,
    /// ISO 4217 code of the price.
    pub currency: String,
    /// Decimal price of one call.
    pub price: String,
    /// Calls free of charge for a new account.
    pub free: Option<u32>,
    /// Price regions it is offered in.
    pub regions: Vec<String>,
    /// Short name of the document it was read in.
    pub source: String,
}

impl Field {
    /// The number by which something else decides, if there is one.
    pub const fn auto(&self) -> Option<i64> {
        match self.kind {
            Kind::Integer { auto, .. } => auto,
            _ => None,
        }
    }
}

/// What an advice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// It may cost more than expected.
    Cost,
    /// It may not work upstream.
    Risk,
    /// Good to know.
    Note,
}

/// When an advice is shown.
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
#[derive(Debug, Clone)]
pub struct Advice {
    /// What it is about.
    pub toward: Toward,
    /// The sentence.
    pub text: Words,
    /// Short name of the document that says so.
    pub source: String,
    /// When it is shown.
    pub shown_if: AdviceIf,
    /// The safer choice.
    pub safer: Option<Safer>,
}

/// A safer choice that one click takes.
#[derive(Debug, Clone)]
pub enum Safer {
    /// Set this field to this value.
    Set(FieldId, Choice),
    /// Use this model of the same gateway.
    Model(String),
}

impl Field {
    /// Whether it stands in the part of the form that is always open: what matters most, and what must be filled in.
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
