//! Reads one block of a text: what it holds, each thing with its place in the block.

use super::asked::Form;
use super::card::{Card, Holds};
use super::scene::Scene;
use super::{answer, clean, cut, margin, mention, page, quote, request, straight, told};
use crate::import::{self, Remark};
use crate::key::Secret;
use crate::protocol::loose;
use std::ops::Range;

/// What a block of a text holds, not yet put together.
#[derive(Default)]
pub struct Found {
    /// The things in it.
    pub cards: Vec<Card>,
    /// Remarks about how it was read.
    pub remarks: Vec<Remark>,
    /// Every credential in it.
    pub secrets: Vec<Secret>,
    /// The first key in it.
    pub key: Option<Secret>,
    /// What is a card only if nothing else is found in the whole text: an error told in prose, a language that is not
    /// read.
    pub otherwise: Vec<Card>,
}

/// Reads a block: a whole text, or one part of a long one.
pub fn read(scene: Scene<'_>, text: &str, is_whole: bool) -> Found {
    let written = text;
    let (plain, margins) = margin::without(text);
    // Of the same length: a place in it is one in the text without margins.
    let turned = straight::quotes(&plain);
    let text = turned.as_ref().map_or(plain.as_ref(), |(text, _)| text);
    let pieces = cut::pieces(text);
    let mut cards: Vec<Card> = Vec::new();
    for said in pieces.messages {
        cards.push(Card { at: said.0, holds: Holds::Message(said.1) });
    }
    let mut taken: Vec<Range<usize>> = cards.iter().map(|card| card.at.clone()).collect();
    for object in &pieces.answers {
        let status = status_before(text, object.at.start);
        for answer in answer::read_all(scene, &object.value, status) {
            taken.push(object.at.clone());
            cards.push(Card { at: object.at.clone(), holds: Holds::Answer(Box::new(answer)) });
        }
    }
    let mut remarks = pieces.pasted.remarks;
    let is_turned = import::RemarkKind::SmartQuotes;
    remarks.extend(turned.iter().map(|(_, at)| import::Remark { at: at.clone(), kind: is_turned }));
    let mut secrets = pieces.pasted.secrets;
    let calls: Vec<Range<usize>> = pieces.pasted.calls.iter().map(|call| call.at.clone()).collect();
    for call in pieces.pasted.calls {
        let at = call.at.clone();
        taken.push(at.clone());
        // What a shell would put something into, in this call.
        let places = &calls;
        let is_here = |remark: &&import::Remark| {
            let holds = |at: &Range<usize>| at.start <= remark.at.start && remark.at.end <= at.end;
            // A here-document lies behind its command.
            holds(&at) || !places.iter().any(holds)
        };
        let is_filled = |remark: &&import::Remark| remark.kind == import::RemarkKind::Substitution;
        let here = || remarks.iter().filter(is_here);
        let filled: Vec<&str> = here().filter(is_filled).filter_map(|remark| text.get(remark.at.clone())).collect();
        let kinds: Vec<import::RemarkKind> = here().map(|remark| remark.kind).collect();
        let form = pieces.pasted.written.map(Form::Shell);
        let is_shell = matches!(
            pieces.pasted.written,
            Some(import::Written::Posix | import::Written::Fish | import::Written::Cmd | import::Written::PowerShell)
        );
        let unseen = unseen_body(text, &call).or_else(|| piped_body(&call, &filled)).into_iter().collect();
        let request = request::read_filled(scene, call, unseen, form, is_shell.then_some(&filled), &kinds);
        cards.push(Card { at, holds: Holds::Request(Box::new(request)) });
    }
    for call in pieces.records {
        let at = call.at.clone();
        taken.push(at.clone());
        cards.push(Card { at, holds: Holds::Request(Box::new(request::read(scene, call, Vec::new(), None))) });
    }
    let is_program = !pieces.programs.is_empty();
    for found in pieces.programs {
        let at = found.call.at.clone();
        taken.push(at.clone());
        let form = Some(Form::Program(found.language));
        let request = request::read(scene, found.call, found.open, form);
        cards.push(Card { at, holds: Holds::Request(Box::new(request)) });
    }
    for object in pieces.bodies {
        let Some(slice) = text.get(object.at.clone()) else { continue };
        // A body inside a string is read as it was before it was written there.
        let plain = loose::unescaped(slice);
        let pasted = import::read(plain.as_deref().unwrap_or(slice));
        for mut call in pasted.calls {
            call.at = object.at.clone();
            taken.push(object.at.clone());
            let is_known = |card: &Card| matches!(&card.holds, Holds::Request(request) if request.holds(&object.value));
            if cards.iter().any(is_known) || is_of_file(scene, &mut cards, &call) {
                continue;
            }
            let request = request::read(scene, call, Vec::new(), Some(Form::Json));
            cards.push(Card { at: object.at.clone(), holds: Holds::Request(Box::new(request)) });
        }
        secrets.extend(pasted.secrets);
        if plain.is_some() {
            continue;
        }
        remarks.extend(pasted.remarks.into_iter().filter(|remark| remark.kind != import::RemarkKind::BrokenJson).map(
            |remark| import::Remark {
                at: remark.at.start + object.at.start..remark.at.end + object.at.start,
                ..remark
            },
        ));
    }
    if let Some(at) = page::find(text, &taken) {
        taken.push(at.clone());
        cards.push(Card { at, holds: Holds::Page });
    }
    let mut otherwise: Vec<Card> = Vec::new();
    let is_answer = |card: &Card| matches!(card.holds, Holds::Answer(_) | Holds::Message(_));
    if !cards.iter().any(is_answer) {
        let told = told::markup(text).map(|value| (0..text.len(), value));
        let told = told.or_else(|| told::error(text).filter(|_| cards.is_empty() && !is_program));
        if let Some((at, answer)) = told.and_then(|(at, value)| Some((at, answer::read(scene, &value, None)?))) {
            // The page that the error is written in says nothing more.
            cards.retain(|card| !matches!(card.holds, Holds::Page));
            let card = Card { at: at.clone(), holds: Holds::Answer(Box::new(answer)) };
            if is_whole {
                taken.push(at);
                cards.push(card);
            } else {
                otherwise.push(card);
            }
        }
    }
    taken.sort_by_key(|at| at.start);
    // What a program mentions is the program's.
    if !is_program {
        cards.extend(mention::find(scene, text, &taken));
    }
    if !cards.is_empty() {
        let says_less = |kind| matches!(kind, import::RemarkKind::Unrecognized | import::RemarkKind::Html);
        remarks.retain(|remark| !says_less(remark.kind));
    }
    let says = |card: &Card| matches!(card.holds, Holds::Request(_) | Holds::Answer(_));
    if let Some(language) = pieces.unread.filter(|_| !cards.iter().any(says)) {
        let unread = Card { at: 0..text.len(), holds: Holds::Unread(language) };
        if is_whole { cards.push(unread) } else { otherwise.push(unread) }
    }
    if let Some(first) = calls.iter().map(|at| at.start).min().or_else(|| text.find("curl ")) {
        remarks.extend(quote::apostrophe(text, &remarks, first));
    }
    let key = crate::key::found::find(text);
    if secrets.is_empty() {
        secrets.extend(key.clone());
    }
    clean::clean(&mut cards);
    clean::clean(&mut otherwise);
    let is_changed = written != text;
    if is_changed {
        let place = |at: &Range<usize>| whole_letters(written, &margins.place(at));
        for card in cards.iter_mut().chain(&mut otherwise) {
            card.at = place(&card.at);
            if let Holds::Request(asked) = &mut card.holds {
                asked.call.at = place(&asked.call.at);
            }
        }
        for remark in &mut remarks {
            remark.at = place(&remark.at);
        }
    }
    Found { cards, remarks, secrets, key, otherwise }
}

/// The body of a call that was printed with its headers only, as `curl -v` does: they tell its length.
fn unseen_body(text: &str, call: &import::Call) -> Option<import::Unknown> {
    const NAME: &str = "content-length:";
    if call.body.is_some() {
        return None;
    }
    let head = text.get(call.at.clone())?;
    let from = head.to_ascii_lowercase().find(NAME)?;
    let length: String = head[from + NAME.len()..].trim_start().chars().take_while(char::is_ascii_digit).collect();
    let written = head.get(from..from + NAME.len())?.to_owned() + " " + &length;
    let is_sent = length.bytes().any(|digit| digit != b'0');
    is_sent.then(|| import::Unknown { path: Some(String::new()), written, ..import::Unknown::default() })
}

/// The body of a call that another command prints, which a shell would run: `jq -n … | curl -d @-`.
fn piped_body(call: &import::Call, filled: &[&str]) -> Option<import::Unknown> {
    let is_piped = matches!(&call.body, Some(import::Body::File(name)) if name == "-");
    let written = filled.first().filter(|_| is_piped)?.trim().to_owned();
    Some(import::Unknown { path: Some(String::new()), written, ..import::Unknown::default() })
}

/// Whether a body is what a command in front of it sends from a file: the command then has it.
fn is_of_file(scene: Scene<'_>, cards: &mut [Card], body: &import::Call) -> bool {
    let is_waiting = |card: &&mut Card| {
        let Holds::Request(asked) = &card.holds else { return false };
        matches!(asked.call.body, Some(import::Body::File(_))) && card.at.end <= body.at.start
    };
    let Some(card) = cards.iter_mut().rev().find(is_waiting) else { return false };
    let Holds::Request(asked) = &card.holds else { return false };
    let call = import::Call { body: body.body.clone(), ..asked.call.clone() };
    card.holds = Holds::Request(Box::new(request::read(scene, call, Vec::new(), asked.form)));
    true
}

/// The status in the last line of a header block before a place, as `curl -i` prints it.
fn status_before(text: &str, at: usize) -> Option<u16> {
    let start = at.saturating_sub(4096);
    let before = text.get((start..=at).find(|from| text.is_char_boundary(*from))?..at)?;
    let of = |line: &str| -> Option<u16> {
        let rest = line.trim_start_matches(['<', ' ']).trim().strip_prefix("HTTP/")?;
        rest.split_whitespace().nth(1)?.parse().ok().filter(|status| (100..600).contains(status))
    };
    before.lines().filter_map(of).next_back()
}

/// A place that ends within no letter of the text as it was written.
fn whole_letters(text: &str, at: &Range<usize>) -> Range<usize> {
    let start = (0..=at.start).rev().find(|start| text.is_char_boundary(*start)).unwrap_or(0);
    let end = (at.end..=text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len());
    start..end
}
