//! Tasks and links that a text mentions outside of everything else. What is named as the id of a request or of a trace
//! is no task; a link is shown and never opened by itself.

use super::card::{Card, Holds, Mention};
use super::scene::Scene;
use crate::address::{origin_of, result_link};
use crate::expiry::signed_until_ms;
use crate::protocol::{self, TaskId};
use crate::takeup::{self, place};
use std::ops::Range;

/// Maximum number of mentions.
const MOST: usize = 32;

/// What a text mentions outside of the places that are taken.
pub fn find(scene: Scene<'_>, text: &str, taken: &[Range<usize>]) -> Vec<Card> {
    let mut cards: Vec<Card> = Vec::new();
    let mut from = 0;
    let mut gaps: Vec<Range<usize>> = Vec::new();
    for at in taken {
        if at.start > from {
            gaps.push(from..at.start);
        }
        from = from.max(at.end);
    }
    gaps.push(from..text.len());
    let is_alone = taken.is_empty();
    for gap in gaps {
        let Some(part) = text.get(gap.clone()) else { continue };
        in_part(scene, part, gap.start, is_alone, &mut cards);
    }
    cards.truncate(MOST);
    cards
}

fn in_part(scene: Scene<'_>, part: &str, start: usize, is_alone: bool, cards: &mut Vec<Card>) {
    // Most characters of a long text are letters and digits: they are told apart first.
    let is_sign = |c: char| c.is_whitespace() || "\"'`,;<>()[]{}，。；：、（）「」【】|\u{feff}".contains(c);
    let is_edge = |c: char| !c.is_ascii_alphanumeric() && is_sign(c);
    let mut before: [&str; 2] = ["", ""];
    let mut at = 0;
    for piece in part.split_inclusive(is_edge) {
        let word = piece.trim_end_matches(is_edge);
        let place = start + at..start + at + word.len();
        at += piece.len();
        if word.is_empty() {
            continue;
        }
        if cards.len() >= MOST {
            return;
        }
        if let Some(mention) = mention(scene, word, before, is_alone && word.len() == part.trim().len()) {
            let is_known = cards.iter().any(|card| card.holds == Holds::Mention(mention.clone()));
            if !is_known {
                cards.push(Card { at: place, holds: Holds::Mention(mention) });
            }
        }
        before = [before[1], word];
    }
}

/// What a word is, by itself and by the words before it.
fn mention(scene: Scene<'_>, word: &str, before: [&str; 2], is_whole: bool) -> Option<Mention> {
    let (label, id) = match word.rsplit_once(['=', ':']).filter(|(label, _)| !label.contains("//")) {
        Some((label, id)) => (label, id),
        None => (before[1].trim_end_matches([':', '=', '：']), word),
    };
    let named = |label: &str| {
        let lower = label.to_ascii_lowercase();
        lower.rsplit(['_', '-', '.', '"']).next().unwrap_or_default().to_owned() + "|" + &lower
    };
    if origin_of(word).is_some() {
        return link(scene, word);
    }
    let label = named(label);
    let is_request = ["trace", "request", "span", "session", "user", "reqid", "workspace", "请求", "链路"]
        .iter()
        .any(|name| label.contains(name))
        || before.iter().any(|word| {
            let lower = word.to_ascii_lowercase();
            lower.contains("request") || lower.contains("trace")
        });
    let is_task =
        ["task", "任务", "video_id"].iter().any(|name| label.contains(name)) || (label.ends_with("|id") && !is_request);
    let is_like_id = takeup::is_uuid(id) || protocol::could_be_id(crate::catalog::Dialect::Generations, id);
    let is_it = (is_task && takeup::is_id(id))
        || (!is_request && is_like_id && takeup::is_id(id))
        || (is_whole && takeup::is_id(id) && id.len() >= 8 && id.bytes().any(|byte| byte.is_ascii_digit()));
    if is_request && !is_task || !is_it {
        return None;
    }
    let places = place::all(scene.catalog, |endpoint| protocol::could_be_id(endpoint.dialect, id));
    Some(Mention::Task(TaskId(id.to_owned()), places))
}

fn link(scene: Scene<'_>, word: &str) -> Option<Mention> {
    if let Some((id, places)) = place::of_call(scene.catalog, scene.bases, word, "") {
        return super::open::placeholder(&id.0).is_none().then_some(Mention::Task(id, places));
    }
    let url = result_link(word)?;
    let host = origin_of(&url)?.split_once("://")?.1.to_owned();
    let ends_ms = signed_until_ms(&url);
    let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let is_video = [".mp4", ".mov", ".webm"].iter().any(|ending| path.ends_with(ending)) || ends_ms.is_some();
    is_video.then_some(Mention::Link { url, host, ends_ms })
}
