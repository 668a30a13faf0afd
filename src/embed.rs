//! What an embedded page and its host page tell each other: messages as plain data, with a rate limit. The host may
//! request what a link may request, plus theme and language; nothing it sends is executed. What it is sent contains no
//! key, because no type here does.

use crate::catalog::Basis;
use crate::draft::Draft;
use crate::http::Json;
use crate::price::Estimate;
use crate::protocol::VideoAt;
use crate::snapshot::{self, Kind};
use crate::task::{State, Task};

/// The version of the messages, in their property `wan`.
pub const VERSION: i64 = 1;
/// Longest link that is accepted, in characters.
pub const LONGEST_LINK: u32 = 128 * 1024;
/// Longest other string that is accepted.
pub const LONGEST_WORD: u32 = 40;

/// What a host requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// How the page displays itself. Empty: unchanged.
    Set {
        /// `auto`, `light`, `dark`.
        theme: String,
        /// A language tag.
        lang: String,
        /// `gateway`, `model`, or `none`.
        lock: String,
        /// `form`, `request`, `form-request`, `compact`, or `all`.
        show: String,
    },
    /// What follows the `#` of a link.
    Link(String),
}

/// Reads a message by its properties. A property that is not text, or is too long, counts as missing.
pub fn read(member: impl Fn(&str, u32) -> Option<String>) -> Option<Wish> {
    let one_of = |name: &str, words: &[&str]| match member(name, LONGEST_WORD) {
        Some(word) if words.contains(&word.as_str()) => word,
        _ => String::new(),
    };
    match member("type", LONGEST_WORD)?.as_str() {
        "set" => Some(Wish::Set {
            theme: one_of("theme", &["auto", "light", "dark"]),
            lang: one_of("lang", &["en", "zh"]),
            lock: one_of("lock", &["none", "gateway", "model"]),
            show: one_of("show", &["all", "form", "request", "form-request", "compact"]),
        }),
        "wish" => member("link", LONGEST_LINK).map(Wish::Link),
        _ => None,
    }
}

/// A rate limiter: thirty messages at once, then ten per second.
#[derive(Debug, Clone, Default)]
pub struct Sluice {
    /// Milliseconds' worth of messages that have been let through and not yet drained.
    filled_ms: u64,
    seen_ms: u64,
}

const EACH_MS: u64 = 100;
const AT_ONCE: u64 = 30;

impl Sluice {
    /// Whether a message that arrives now is let through.
    pub fn lets_through(&mut self, now_ms: u64) -> bool {
        self.filled_ms = self.filled_ms.saturating_sub(now_ms.saturating_sub(self.seen_ms));
        self.seen_ms = now_ms;
        let room = self.filled_ms + EACH_MS <= EACH_MS * AT_ONCE;
        if room {
            self.filled_ms += EACH_MS;
        }
        room
    }
}

fn object(members: Vec<(&str, Json)>) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}

fn null() -> Json {
    Json::Raw("null".to_owned())
}

/// The page is ready.
pub fn ready(gateway: &str, model: &str, lang: &str) -> Json {
    object(vec![("gateway", text(gateway)), ("model", text(model)), ("lang", text(lang))])
}

/// What the reader wants now. Local files are only named; extra properties of a pasted body stay here.
pub fn change(gateway: &str, model: &str, draft: &Draft, curl: &str, complete: bool) -> Json {
    let mut plain = draft.clone();
    plain.keep_extra(Vec::new());
    object(vec![
        ("gateway", text(gateway)),
        ("model", text(model)),
        ("draft", snapshot::write_draft(&plain)),
        ("curl", text(curl)),
        ("complete", Json::Flag(complete)),
    ])
}

/// What it would cost. Amounts are decimal strings.
pub fn estimate(estimate: Option<&Estimate>) -> Json {
    let Some(estimate) = estimate else { return null() };
    let basis = match estimate.basis {
        Basis::Own => "own",
        Basis::Quoted => "quoted",
        Basis::Reference => "reference",
        Basis::Unpublished => return null(),
    };
    let amount = |money: Option<crate::money::Money>| money.map_or_else(null, |money| text(&money.decimal()));
    object(vec![
        ("currency", text(&estimate.currency)),
        ("total", amount(estimate.total)),
        ("atMost", amount(estimate.at_most)),
        ("perSecond", text(&estimate.per_second.decimal())),
        ("basis", text(basis)),
    ])
}

/// What the host's author has to mend.
pub fn fault(message: &str) -> Json {
    object(vec![("message", text(message))])
}

/// The state of a task.
pub fn task(task: &Task) -> Json {
    let link = match &task.state {
        State::Done(finished) => match &finished.video {
            VideoAt::Link { url, .. } => text(url),
            VideoAt::Content | VideoAt::Nowhere => null(),
        },
        _ => null(),
    };
    object(vec![
        ("id", task.id.as_ref().map_or_else(null, |id| text(&id.0))),
        ("gateway", text(&task.origin.gateway)),
        ("model", text(&task.origin.model)),
        ("state", text(Kind::of(&task.state).name())),
        ("link", link),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::FieldId;
    use crate::draft::{Media, Value};
    use crate::http::Files;
    use crate::media::LocalFile;
    use std::sync::Arc;

    fn message(members: &'static [(&str, &str)]) -> Option<Wish> {
        read(|name, longest| {
            let (_, value) = members.iter().find(|(known, _)| *known == name)?;
            (value.len() <= longest as usize).then(|| (*value).to_owned())
        })
    }

    #[test]
    fn a_host_sets_and_wishes_and_nothing_else() {
        let set = |theme: &str, lang: &str, lock: &str, show: &str| Wish::Set {
            theme: theme.to_owned(),
            lang: lang.to_owned(),
            lock: lock.to_owned(),
            show: show.to_owned(),
        };
        assert_eq!(message(&[("type", "set"), ("theme", "dark"), ("lang", "zh")]), Some(set("dark", "zh", "", "")));
        assert_eq!(
            message(&[("type", "set"), ("theme", "blue"), ("lang", "tlh"), ("lock", "all"), ("show", "keys")]),
            Some(set("", "", "", ""))
        );
        let part = message(&[("type", "set"), ("show", "form-request")]);
        assert_eq!(part, Some(set("", "", "", "form-request")));
        assert_eq!(message(&[("type", "wish"), ("link", "1/ope")]), Some(Wish::Link("1/ope".to_owned())));
        for kind in ["run", "key", "base", "hello", "", "SET"] {
            let members = [("type", kind), ("link", "1/ope"), ("key", "sk-canary-host")];
            assert_eq!(
                read(|name, _| members.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).to_owned())),
                None
            );
        }
        assert_eq!(message(&[("type", "wish")]), None);
        assert_eq!(message(&[]), None);
    }

    #[test]
    fn a_flood_is_dropped_and_what_comes_after_it_is_heard() {
        let mut sluice = Sluice::default();
        let now = 1_700_000_000_000;
        assert_eq!((0..10_000).filter(|_| sluice.lets_through(now)).count(), 30);
        assert_eq!((0..1000).filter(|ms| sluice.lets_through(now + ms)).count(), 9);
        assert!(sluice.lets_through(now + 5000));
        // A clock that was set back lets nothing through.
        let mut back = Sluice::default();
        assert_eq!((0..100).filter(|_| back.lets_through(now)).count(), 30);
        assert!(!back.lets_through(now - 60_000));
    }

    #[test]
    fn a_draft_is_told_with_files_by_name_and_without_what_was_brought_along() {
        let mut draft = Draft::default();
        draft.set(FieldId::Prompt, Value::Text("a \"cat\"".to_owned()));
        let file = LocalFile {
            name: "cat.png".to_owned(),
            format: None,
            bytes: 3,
            pixels: None,
            alpha: false,
            base64: "Q0FO".to_owned(),
            ..LocalFile::default()
        };
        draft.set(FieldId::FirstFrame, Value::Media(Media::File(Arc::new(file))));
        draft.keep_extra(vec![("input.secret".to_owned(), Json::Text("sk-canary-extra".to_owned()))]);
        let told = change("ope", "wan2.7-i2v", &draft, "curl …", true).print(Files::Marked);
        let value: serde_json::Value = serde_json::from_str(&told).expect("it is JSON");
        assert_eq!(value["draft"]["prompt"], "a \"cat\"");
        assert_eq!(value["draft"]["first_frame"]["file"]["name"], "cat.png");
        assert_eq!(value["complete"], true);
        assert!(!told.contains("Q0FO") && !told.contains("canary"), "{told}");
    }

    #[test]
    fn no_price_is_told_as_none() {
        assert_eq!(estimate(None).print(Files::Marked), "null");
    }
}
