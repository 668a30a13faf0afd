//! What a link holds, in types that can hold nothing else.

use crate::address::check_media_link;
use crate::catalog::{FieldId, MediaKind};
use crate::draft::{Media, Reference, Value};
use crate::percent;

/// The ID of a gateway or a model: letters, digits and a few symbols.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id(String);

impl Id {
    /// Parses an ID.
    pub fn new(text: &str) -> Option<Self> {
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.@".contains(&byte));
        ((1..=80).contains(&text.len()) && plain).then(|| Self(text.to_owned()))
    }

    /// The ID as text.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// A URL of an image, audio or video that a gateway may fetch. Never a script, never data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaLink(String);

impl MediaLink {
    /// Parses a URL.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        check_media_link(text).is_ok().then(|| Self(text.to_owned()))
    }

    /// The URL as text.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether it has a query, which may be somebody's signature.
    pub fn has_query(&self) -> bool {
        self.0.contains('?')
    }
}

/// One of several images or videos.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Referred {
    pub link: MediaLink,
    pub kind: MediaKind,
    pub voice: Option<MediaLink>,
}

/// What a field may hold. [`Held::read`] alone decides which of them a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Held {
    Text(String),
    Flag(bool),
    Media(MediaLink),
    References(Vec<Referred>),
}

/// The names of the kinds of media.
pub(super) const KINDS: [(&str, MediaKind); 3] =
    [("image", MediaKind::Image), ("audio", MediaKind::Audio), ("video", MediaKind::Video)];

impl Held {
    /// Parses the value of a field in a link. Not for the callback URL, which no link carries.
    pub fn read(id: FieldId, text: &str) -> Option<Self> {
        Some(match id {
            FieldId::FirstFrame
            | FieldId::LastFrame
            | FieldId::FirstClip
            | FieldId::SourceVideo
            | FieldId::Portrait
            | FieldId::Audio => Self::Media(MediaLink::new(text)?),
            FieldId::References => {
                let (kind, link) = text.split_once(':')?;
                let (_, kind) = *KINDS.iter().find(|(word, _)| *word == kind)?;
                Self::References(vec![Referred { link: MediaLink::new(link)?, kind, voice: None }])
            }
            FieldId::Sound | FieldId::PromptExtend | FieldId::CheckImage | FieldId::Watermark | FieldId::Async => {
                match text {
                    "true" => Self::Flag(true),
                    "false" => Self::Flag(false),
                    _ => return None,
                }
            }
            FieldId::CallbackUrl => return None,
            FieldId::Prompt
            | FieldId::NegativePrompt
            | FieldId::Template
            | FieldId::Tier
            | FieldId::Ratio
            | FieldId::Duration
            | FieldId::AudioSetting
            | FieldId::ShotType
            | FieldId::Seed => Self::Text(text.to_owned()),
        })
    }

    /// Whether this field can hold it.
    pub fn is_of(&self, id: FieldId) -> bool {
        let sample = match self {
            Self::Text(_) => "x",
            Self::Flag(_) => "true",
            Self::Media(_) => "https://h",
            Self::References(_) => "image:https://h",
        };
        Self::read(id, sample).is_some_and(|held| std::mem::discriminant(&held) == std::mem::discriminant(self))
    }

    /// The list of references, if it is one.
    pub fn references(&mut self) -> Option<&mut Vec<Referred>> {
        if let Self::References(list) = self { Some(list) } else { None }
    }

    /// The URLs in it.
    pub fn media(&self) -> Vec<&MediaLink> {
        match self {
            Self::Media(link) => vec![link],
            Self::References(list) => {
                list.iter().flat_map(|entry| [Some(&entry.link), entry.voice.as_ref()]).flatten().collect()
            }
            Self::Text(_) | Self::Flag(_) => Vec::new(),
        }
    }

    /// Converts it to a draft value.
    pub fn value(&self) -> Value {
        match self {
            Self::Text(text) => Value::Text(text.clone()),
            Self::Flag(flag) => Value::Flag(*flag),
            Self::Media(link) => Value::Media(Media::Url(link.0.clone())),
            Self::References(list) => Value::References(
                list.iter()
                    .map(|entry| Reference {
                        media: Media::Url(entry.link.0.clone()),
                        kind: entry.kind,
                        voice: entry.voice.as_ref().map(|link| link.0.clone()).unwrap_or_default(),
                    })
                    .collect(),
            ),
        }
    }
}

/// The languages a link can select.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// Simplified Chinese.
    Zh,
}

impl Language {
    /// The language of a tag such as `zh`, `zh-CN` or `en`.
    pub fn of(tag: &str) -> Option<Self> {
        match tag.split('-').next() {
            Some("en") => Some(Self::En),
            Some("zh") => Some(Self::Zh),
            _ => None,
        }
    }

    /// Its name in a link.
    pub fn word(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }
}

/// A request format: one of a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View(&'static str);

/// The names in links, and what the page calls each format. A name, once used, keeps its meaning.
pub(super) const VIEWS: [(&str, &str); 16] = [
    ("http", "http"),
    ("posix", "posix"),
    ("bash", "bash"),
    ("fish", "fish"),
    ("cmd", "cmd"),
    ("powershell", "powershell"),
    ("sh-script", "wan.sh"),
    ("powershell-script", "wan.ps1"),
    ("python", "wan.py"),
    ("python-dashscope", "wan_dashscope.py"),
    ("python-openai", "wan_openai.py"),
    ("node", "wan.mjs"),
    ("browser", "wan-browser.mjs"),
    ("go", "wan.go"),
    ("rust", "main.rs"),
    ("java", "Main.java"),
];

impl View {
    /// The format with this name in a link.
    pub fn of(word: &str) -> Option<Self> {
        VIEWS.iter().find(|(known, _)| *known == word).map(|(_, id)| Self(id))
    }

    /// The format with this name in the page.
    pub fn by_id(id: &str) -> Option<Self> {
        VIEWS.iter().find(|(_, known)| *known == id).map(|(_, id)| Self(id))
    }

    /// What the page calls it.
    pub fn id(self) -> &'static str {
        self.0
    }

    /// Its name in a link.
    pub fn word(self) -> &'static str {
        VIEWS.iter().find(|(_, id)| *id == self.0).map_or("", |(word, _)| word)
    }
}

/// Percent-decodes a text and turns plus signs into spaces, as forms write them. A plus sign itself is always
/// percent-encoded.
pub(super) fn decoded(text: &str) -> Option<String> {
    percent::decoded(&text.replace('+', " "))
}
