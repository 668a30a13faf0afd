//! What follows from what lies together: what to do about an answer, what it cost, and what proves why a request failed.

use super::answer::{Answer, Billing, Remark, State};
use super::asked::{Asked, Does};
use super::card::{Card, Holds, Trouble};
use super::cost;
use super::scene::Scene;
use super::whose::Whose;
use crate::failure::Remedy;
use crate::protocol::Call;
use crate::takeup::Place;
use crate::verdict::{Advice, Known, advise};

/// Settles all cards.
pub fn settle(scene: Scene<'_>, cards: &mut [Card]) {
    for index in 0..cards.len() {
        let Holds::Answer(answer) = &cards[index].holds else { continue };
        let asked = asked_by(cards, index);
        let made = made_by(cards, index, answer);
        let advice = advice(scene, answer, asked);
        let cost = cost::cost(scene, answer, made, asked);
        let places = places(answer, [asked, made]);
        let is_template = answer.remarks.contains(&Remark::Template);
        if let Holds::Answer(answer) = &mut cards[index].holds {
            (answer.advice, answer.cost, answer.places) = (advice, cost, places);
            if is_template {
                answer.billing = Billing::Unsaid;
            }
        }
    }
    for index in 0..cards.len() {
        let cause = cause(cards, index);
        if let Holds::Request(request) = &mut cards[index].holds {
            request.cause = cause;
        }
    }
}

/// The request that a card answers.
fn asked_by(cards: &[Card], index: usize) -> Option<&Asked> {
    cards.iter().find_map(|card| match &card.holds {
        Holds::Request(request) if request.answer == Some(index) => Some(&**request),
        _ => None,
    })
}

/// The request that created the task of an answer: the one it answers, or the one that got this id, or the only one
/// before it, if that has no answer of its own.
fn made_by<'a>(cards: &'a [Card], index: usize, answer: &Answer) -> Option<&'a Asked> {
    let creates = || {
        cards[..index].iter().filter_map(|card| match &card.holds {
            Holds::Request(request) if request.does == Does::Create => Some(&**request),
            _ => None,
        })
    };
    if let Some(own) = creates().find(|request| request.answer == Some(index)) {
        return Some(own);
    }
    let got = |request: &&Asked| {
        let card = request.answer.and_then(|at| cards.get(at));
        let id = card.and_then(|card| match &card.holds {
            Holds::Answer(first) => first.id.as_ref(),
            _ => None,
        });
        id.is_some() && id == answer.id.as_ref()
    };
    creates().find(got).or_else(|| {
        let mut all = creates();
        let only = all.next().filter(|request| request.answer.is_none());
        only.filter(|_| all.next().is_none())
    })
}

/// Where the task of an answer was created: where its requests went, if that is one of the places.
fn places(answer: &Answer, requests: [Option<&Asked>; 2]) -> Vec<Place> {
    for request in requests.into_iter().flatten() {
        let Whose::Gateway { id, base, .. } = &request.whose else { continue };
        let there = answer.places.iter().filter(|place| place.gateway == *id);
        let there: Vec<Place> = there.map(|place| Place { base: Some(base.clone()), ..place.clone() }).collect();
        if !there.is_empty() {
            return there;
        }
    }
    answer.places.clone()
}

/// What to do about an answer.
fn advice(scene: Scene<'_>, answer: &Answer, asked: Option<&Asked>) -> Option<Advice> {
    if answer.remarks.contains(&Remark::Template) {
        return None;
    }
    let remedy = answer.remedy.unwrap_or(Remedy::Nothing);
    let does = asked.map(|asked| &asked.does);
    Some(match answer.state {
        State::Refused => match does {
            Some(Does::Query(_)) => advise(Call::Query, Known::Runs { asks: false }, remedy),
            Some(Does::Content(_)) => advise(Call::Content, Known::Made { asks: false }, remedy),
            Some(Does::Cancel(_)) => advise(Call::Cancel, Known::Runs { asks: false }, remedy),
            _ if answer.billing == Billing::Refused => advise(Call::Create, Known::Nothing, remedy),
            Some(Does::Create) => advise(Call::Create, Known::Perhaps, remedy),
            _ => advise(Call::Create, Known::Unsaid, remedy),
        },
        State::Failed => advise(Call::Create, Known::Failed, remedy),
        State::Canceled => advise(Call::Create, Known::Canceled, remedy),
        State::Lost => advise(Call::Query, Known::Lost, remedy),
        State::Succeeded if answer.remarks.contains(&Remark::NoLink) => advise(Call::Create, Known::NoLink, remedy),
        State::Succeeded if is_gone(scene, answer) => advise(Call::Content, Known::Expired, remedy),
        State::Succeeded | State::Queued | State::Running | State::Unsaid => return None,
    })
}

fn is_gone(scene: Scene<'_>, answer: &Answer) -> bool {
    answer.link.as_ref().and_then(|link| link.ends_ms).is_some_and(|end| end <= scene.now_ms)
}

/// The card that proves why a request failed. What a shell or curl says of the command comes before the answer: a
/// command that was taken apart got an answer to something else.
fn cause(cards: &[Card], index: usize) -> Option<usize> {
    let Holds::Request(request) = &cards[index].holds else { return None };
    let is_next = |at: usize| !cards[index + 1..at].iter().any(|card| matches!(card.holds, Holds::Request(_)));
    // Messages stand behind their command, or before it where only one command is there.
    let is_only = cards.iter().filter(|card| matches!(card.holds, Holds::Request(_))).count() == 1;
    let messages: Vec<(usize, Trouble)> = cards
        .iter()
        .enumerate()
        .filter(|(at, _)| if *at > index { is_next(*at) } else { is_only })
        .filter_map(|(at, card)| match &card.holds {
            Holds::Message(message) if message.trouble != Trouble::Other => Some((at, message.trouble)),
            _ => None,
        })
        .collect();
    let broken = |trouble: Trouble| {
        matches!(trouble, Trouble::SingleQuotes | Trouble::CutCommand | Trouble::NotCurl | Trouble::BadAddress)
    };
    // What proves the quotes explains the others.
    let quotes = messages.iter().find(|(_, trouble)| *trouble == Trouble::SingleQuotes);
    let shell = quotes.or_else(|| messages.iter().find(|(_, trouble)| broken(*trouble)));
    let answer = request.answer.filter(|at| {
        matches!(&cards[*at].holds, Holds::Answer(answer) if answer.fault.is_some() && !answer.remarks.contains(&Remark::Template))
    });
    shell.map(|(at, _)| *at).or(answer).or_else(|| messages.first().map(|(at, _)| *at))
}
