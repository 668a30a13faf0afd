//! Puts together what belongs together: a request and the answer after it, a query and the request whose task it asks
//! for, the quotes of a command and the messages that prove them wrong.

use super::answer::{Billing, State};
use super::asked::Does;
use super::card::{Card, Holds, Mention, Paste, Trouble};
use super::scene::Scene;
use super::settle;
use crate::import::{Remark, RemarkKind};
use crate::key::Secret;
use crate::protocol::TaskId;

/// The paste, from its cards.
pub fn finish(scene: Scene<'_>, mut cards: Vec<Card>, mut remarks: Vec<Remark>, mut secrets: Vec<Secret>) -> Paste {
    cards.sort_by_key(|card| (card.at.start, card.at.end));
    drop_known(&mut cards);
    answers(&mut cards);
    queries(&mut cards);
    quotes(&cards, &mut remarks);
    settle::settle(scene, &mut cards);
    remarks.sort_by_key(|remark| (remark.at.start, remark.at.end, remark.kind));
    remarks.dedup();
    let mut kept: Vec<Secret> = Vec::new();
    secrets.retain(|secret| {
        let is_new = !kept.contains(secret);
        if is_new {
            kept.push(secret.clone());
        }
        is_new
    });
    let main = main(&cards);
    Paste { cards, main, remarks, secrets }
}

/// Mentions of tasks that other cards have already.
fn drop_known(cards: &mut Vec<Card>) {
    let mut ids: Vec<TaskId> = Vec::new();
    for card in cards.iter() {
        match &card.holds {
            Holds::Answer(answer) => ids.extend(answer.id.clone()),
            Holds::Request(request) => {
                if let Does::Query(asked) = &request.does {
                    ids.extend(asked.iter().cloned());
                }
            }
            _ => {}
        }
    }
    cards.retain(|card| !matches!(&card.holds, Holds::Mention(Mention::Task(id, _)) if ids.contains(id)));
}

/// The answer that follows a request is that request's, if nothing speaks against it.
fn answers(cards: &mut [Card]) {
    for index in 1..cards.len() {
        let asked = (0..index).rev().find(|at| matches!(cards[*at].holds, Holds::Request(_) | Holds::Answer(_)));
        let (Holds::Answer(answer), Some(asked)) = (&cards[index].holds, asked) else { continue };
        let fits = match &cards[asked].holds {
            Holds::Request(request) => match &request.does {
                Does::Query(ids) => answer.id.as_ref().is_none_or(|id| ids.contains(id)),
                _ => true,
            },
            _ => false,
        };
        let (is_refused, is_create) = (answer.state == State::Refused, is_create(&cards[asked]));
        if !fits {
            continue;
        }
        if let Holds::Request(request) = &mut cards[asked].holds {
            request.answer = Some(index);
        }
        if is_refused
            && is_create
            && let Holds::Answer(answer) = &mut cards[index].holds
        {
            // An error of the server's own may have come after the task was made.
            let is_doubtful = answer.fault.as_ref().is_some_and(|fault| fault.status >= 500);
            answer.billing = if is_doubtful { Billing::MayBe } else { Billing::Refused };
        }
    }
}

fn is_create(card: &Card) -> bool {
    matches!(&card.holds, Holds::Request(request) if request.does == Does::Create)
}

/// A query whose task an earlier answer named.
fn queries(cards: &mut [Card]) {
    for index in 0..cards.len() {
        let Holds::Request(request) = &cards[index].holds else { continue };
        let Does::Query(ids) = &request.does else { continue };
        let answered = |card: &Card| matches!(&card.holds, Holds::Answer(answer) if answer.id.as_ref().is_some_and(|id| ids.contains(id)));
        let Some(answer) = cards[..index].iter().position(answered) else { continue };
        let asked = cards[..answer].iter().rposition(is_create);
        if let Holds::Request(request) = &mut cards[index].holds {
            request.follows = asked;
        }
    }
}

/// Messages that prove that single quotes were no quotes where the command was run.
fn quotes(cards: &[Card], remarks: &mut Vec<Remark>) {
    let is_proof =
        |card: &Card| matches!(&card.holds, Holds::Message(message) if message.trouble == Trouble::SingleQuotes);
    if !cards.iter().any(is_proof) {
        return;
    }
    if let Some(card) = cards.iter().find(|card| matches!(card.holds, Holds::Request(_)))
        && remarks.iter().all(|remark| remark.kind != RemarkKind::SingleQuotes)
    {
        remarks.push(Remark { at: card.at.clone(), kind: RemarkKind::SingleQuotes });
    }
}

/// The card that is shown open: the request that creates something, or else an answer, then whatever there is.
fn main(cards: &[Card]) -> Option<usize> {
    let find = |fits: &dyn Fn(&Card) -> bool| cards.iter().position(fits);
    find(&is_create)
        .or_else(|| find(&|card| matches!(card.holds, Holds::Answer(_))))
        .or_else(|| find(&|card| matches!(card.holds, Holds::Request(_))))
        .or_else(|| find(&|card| matches!(card.holds, Holds::Mention(_))))
        .or_else(|| (!cards.is_empty()).then_some(0))
}
