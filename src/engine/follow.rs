//! Which tab follows a task. Every task has a lock of its own, and the tab that holds it asks the gateway; the others
//! stand in line and show what it writes. A lock of a task, not of the page: keys live in the memory of the tab they
//! were typed into, so only that tab may be able to follow. A tab that closes leaves its locks to the next in line.

use super::place::{PATIENCE_MS, Place};
use super::word::Word;
use super::{Channel, Command, Held, Scope, Turn, Why, goes_on, lacks_key};
use crate::snapshot::Saved;
use crate::task::{Effect, Following, Input, Task};

impl Turn<'_, '_> {
    /// The page was opened: what is unfinished goes on, what is recent is shown. What was on the way when the page was
    /// left is what its owner comes back for, the newest of it.
    pub(super) fn opened(&mut self, mut found: Vec<Saved>) {
        found.sort_by_key(|saved| saved.task.started_ms);
        let newest = found.iter().rev().find(|saved| goes_on(&saved.task)).map(|saved| saved.task.uid.clone());
        for saved in found {
            self.take_in(saved);
        }
        self.out.extend(newest.map(Command::Select));
    }

    /// Puts a new task among those of the tab. What it says first waits for its lock.
    pub(super) fn began(&mut self, saved: Saved, effects: Vec<Effect>) {
        let uid = saved.task.uid.clone();
        let mut held = Held::new(saved);
        held.place = Place::Begins;
        self.engine.held.insert(uid.clone(), held);
        self.out.extend([Command::Add(uid.clone()), Command::Select(uid.clone())]);
        self.take_on(&uid, effects);
        self.out.push(Command::StandInLine(uid));
    }

    /// Puts a task of the journal among those of the tab, unless it is there. An unfinished one is followed.
    pub(super) fn take_in(&mut self, saved: Saved) {
        let uid = saved.task.uid.clone();
        if self.engine.held.contains_key(&uid) {
            return;
        }
        let is_unfinished = goes_on(&saved.task);
        self.engine.held.insert(uid.clone(), Held::new(saved));
        self.out.push(Command::Add(uid.clone()));
        if is_unfinished {
            self.stand_in_line(&uid, Vec::new());
        }
    }

    /// Stands in line for a task, unless it does already.
    fn stand_in_line(&mut self, uid: &str, wishes: Vec<Input>) {
        let Some(held) = self.held(uid).filter(|held| held.place == Place::Away) else { return };
        held.place = Place::Waits(wishes);
        self.out.push(Command::StandInLine(uid.to_owned()));
        self.out.push(Command::Patience(uid.to_owned(), PATIENCE_MS));
    }

    pub(super) fn still_waiting(&mut self, uid: String) {
        if self.held(&uid).is_some_and(|held| matches!(held.place, Place::Waits(_))) {
            self.out.push(Command::Elsewhere(uid, true));
        }
    }

    /// The lock is ours. A task of another tab goes on from what that one wrote last, not from what this one saw of it.
    pub(super) fn locked(&mut self, uid: String) {
        let place = self.held(&uid).map(|held| std::mem::replace(&mut held.place, Place::Ours));
        match place {
            Some(Place::Begins) => self.work_off(&uid),
            Some(Place::Waits(wishes)) => {
                if let Some(held) = self.held(&uid) {
                    held.place = Place::TakesUp(wishes);
                }
                self.out.push(Command::Read(uid, Why::TakeUp));
            }
            Some(place @ (Place::Ours | Place::TakesUp(_))) => {
                if let Some(held) = self.held(&uid) {
                    held.place = place;
                }
            }
            // It left the line while the lock was on its way.
            Some(Place::Away) => self.give_back(&uid),
            None => self.out.push(Command::LetGo(uid)),
        }
    }

    /// The lock is not ours any more. The tab stands in line again for what goes on.
    pub(super) fn unlocked(&mut self, uid: &str) {
        let Some(held) = self.held(uid) else { return };
        let wishes = match std::mem::replace(&mut held.place, Place::Away) {
            Place::TakesUp(wishes) | Place::Waits(wishes) => wishes,
            Place::Ours | Place::Begins | Place::Away => Vec::new(),
        };
        if goes_on(&held.task) || !wishes.is_empty() {
            self.stand_in_line(uid, wishes);
        }
    }

    /// The record of a task that is ours now: it goes on from there, and hears what the user wants of it.
    pub(super) fn go_on(&mut self, uid: &str, newest: Option<Saved>) {
        let now_ms = self.moment.now_ms;
        let has_key = self.has_key(uid);
        let Some(held) = self.held(uid) else { return };
        let Place::TakesUp(wishes) = &mut held.place else { return };
        let wishes = std::mem::take(wishes);
        held.place = Place::Ours;
        if let Some(newest) = newest.filter(|newest| newest.task.is_ahead_of(&held.task)) {
            held.task = newest.task;
        }
        // Nothing to do here without a key that may be taken: the next in line may have one.
        let stays = wishes.is_empty() && !has_key && lacks_key(&held.task);
        let effects = if stays { Vec::new() } else { held.task.resume(now_ms) };
        self.out.push(Command::Elsewhere(uid.to_owned(), false));
        self.take_on(uid, effects);
        if stays {
            return self.work_off(uid);
        }
        // Who pastes answers without a key here goes on by hand. Without a key the task says so now, not when the next
        // query is due.
        let by_hand = !has_key && wishes.iter().any(|wish| matches!(wish, Input::Pasted(..)));
        let asks = !has_key && wishes.is_empty();
        let first = by_hand.then_some(Input::ByHand).or(asks.then_some(Input::AskNow));
        // All in one go: a task that has ended is let go as soon as nothing is left to do, and the wish may be to go on.
        for input in first.into_iter().chain(wishes) {
            self.step(uid, input);
        }
        self.work_off(uid);
    }

    /// Whether there is a key for it that was not refused here: two tabs would hand the task to each other for ever.
    fn has_key(&self, uid: &str) -> bool {
        let Some(held) = self.engine.held.get(uid) else { return false };
        let key = self.key_of(&held.task);
        key.is_some() && held.refused != key
    }

    /// What the user wants of a task, whichever tab follows it.
    pub(super) fn wish(&mut self, uid: &str, wish: Input) {
        let channel = self.engine.channel;
        let Some(held) = self.held(uid) else { return };
        match &mut held.place {
            Place::Ours | Place::Begins => self.advance(uid, wish),
            Place::TakesUp(wishes) => wishes.push(wish),
            Place::Waits(_) => {
                let word = Word::Wish(uid.to_owned(), wish.clone());
                if channel == Channel::Open && word.print().is_some() {
                    self.out.push(Command::Tell(word));
                } else {
                    // What no word carries happens here; the record that knows more will win.
                    self.advance(uid, wish);
                }
            }
            Place::Away => self.stand_in_line(uid, vec![wish]),
        }
    }

    /// A key was given: tasks that lack one go on. The same key given once more is a wish to try it again.
    pub(super) fn key_given(&mut self) {
        for held in self.engine.held.values_mut() {
            held.refused = None;
        }
        for uid in self.uids(|held| lacks_key(&held.task)) {
            if self.has_key(&uid) {
                self.stand_in_line(&uid, Vec::new());
            }
        }
    }

    /// Calls to this origin can leave from here now.
    pub(super) fn way_opened(&mut self, origin: &str) {
        let waits = |held: &Held| {
            let Task { id, following, origin: place, .. } = &held.task;
            place.base.origin() == origin && *following == Following::ByHand && id.is_some()
        };
        for uid in self.uids(waits) {
            self.wish(&uid, Input::Follow);
        }
    }

    /// Nothing is left to do for a task. One that will not move any more, or not in this tab, is left to the others; one
    /// that moves again is followed again, as after an answer to the create call that comes when nobody waits for it.
    pub(super) fn settle(&mut self, uid: &str) {
        let Some(held) = self.held(uid).filter(|held| held.queue.is_quiet()) else { return };
        let lacks = lacks_key(&held.task);
        let is_idle = !goes_on(&held.task) || lacks;
        match held.place {
            Place::Ours if is_idle => self.give_back(uid),
            Place::Away if !is_idle => return self.stand_in_line(uid, Vec::new()),
            _ => return,
        }
        // The key may have come while the last record was being written.
        if lacks && self.has_key(uid) {
            self.stand_in_line(uid, Vec::new());
        }
    }

    fn give_back(&mut self, uid: &str) {
        if let Some(held) = self.held(uid) {
            held.place = Place::Away;
        }
        self.out.push(Command::LetGo(uid.to_owned()));
    }

    /// Takes a task from the tab; its record is another matter.
    pub(super) fn drop_task(&mut self, uid: String) {
        let Some(held) = self.engine.held.remove(&uid) else { return };
        if held.place != Place::Away {
            self.out.push(Command::LetGo(uid.clone()));
        }
        self.out.push(Command::Drop(uid));
    }

    /// What another tab said.
    pub(super) fn heard(&mut self, word: Word) {
        match word {
            Word::Saved(uid) => self.out.push(Command::Read(uid, Why::News)),
            Word::Gone(uid) => {
                self.out.push(Command::Changed(uid.clone()));
                self.drop_task(uid);
            }
            Word::Wish(uid, wish) => {
                if self.held(&uid).is_some_and(|held| held.place.is_ours()) {
                    self.wish(&uid, wish);
                }
            }
            Word::Forget => self.out.push(Command::ForgetKeys),
        }
    }

    /// A record that another tab has written.
    pub(super) fn news(&mut self, uid: &str, saved: Option<Saved>) {
        let Some(saved) = saved else { return };
        let is_unfinished = goes_on(&saved.task);
        let scope = self.engine.scope;
        let can_help = saved.task.following == Following::Yes || self.has_key(uid);
        let Some(held) = self.held(uid) else {
            // What another tab started is news here; what it read in from a file is for the history.
            if is_unfinished && scope == Scope::Page {
                self.take_in(saved);
            }
            return self.out.push(Command::Changed(uid.to_owned()));
        };
        let is_ahead = saved.task.is_ahead_of(&held.task);
        // Who follows a task knows best, but for an end that another tab was given by hand.
        if held.place.is_ours() && (is_unfinished || !is_ahead) {
            return;
        }
        let is_away = held.place == Place::Away;
        if is_ahead {
            held.task = saved.task;
            self.out.push(Command::Show(uid.to_owned()));
        }
        if !is_unfinished {
            if !is_away {
                self.give_back(uid);
            }
            self.out.push(Command::Elsewhere(uid.to_owned(), false));
        } else if can_help {
            self.stand_in_line(uid, Vec::new());
        }
        self.out.push(Command::Changed(uid.to_owned()));
    }
}
