//! Which tab polls a task. Every task has its own lock, and the tab that holds it queries the gateway; the others wait
//! in line and show what it writes. The lock is per task, not per page: keys live in the memory of the tab they were
//! typed into, so only that tab may be able to poll. A tab that closes leaves its locks to the next in line.

use super::place::{PATIENCE_MS, Place};
use super::word::Word;
use super::{Channel, Command, Held, Scope, Turn, Why, goes_on, lacks_key};
use crate::snapshot::Saved;
use crate::task::{Effect, Following, Input, Task};

impl Turn<'_, '_> {
    /// The page was opened: unfinished tasks continue, recent ones are shown. A task that was in flight when the page
    /// was left is what its owner comes back for; the newest one is selected.
    pub(super) fn opened(&mut self, mut found: Vec<Saved>) {
        found.sort_by_key(|saved| saved.task.started_ms);
        let newest = found.iter().rev().find(|saved| goes_on(&saved.task)).map(|saved| saved.task.uid.clone());
        for saved in found {
            self.take_in(saved);
        }
        self.out.extend(newest.map(Command::Select));
    }

    /// Adds a new task to those of the tab. Its first effects wait for its lock.
    pub(super) fn began(&mut self, saved: Saved, effects: Vec<Effect>) {
        let uid = saved.task.uid.clone();
        let mut held = Held::new(saved);
        held.place = Place::Begins;
        self.engine.held.insert(uid.clone(), held);
        self.out.extend([Command::Add(uid.clone()), Command::Select(uid.clone())]);
        self.take_on(&uid, effects);
        self.out.push(Command::StandInLine(uid));
    }

    /// Adds a task from the journal to those of the tab, unless it is there already. An unfinished one is polled.
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

    /// Waits in line for a task's lock, unless it does already.
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

    /// The lock is ours. A task from another tab continues from what that one wrote last, not from what this one saw of
    /// it.
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
            // It left the line while the lock was being granted.
            Some(Place::Away) => self.give_back(&uid),
            None => self.out.push(Command::LetGo(uid)),
        }
    }

    /// The lock is no longer ours. The tab waits in line again if the task is still active.
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

    /// The record of a task that is ours now: it continues from there, and the user's requests are applied.
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
        // Nothing to do here without a key that may be accepted: the next in line may have one.
        let stays = wishes.is_empty() && !has_key && lacks_key(&held.task);
        let effects = if stays { Vec::new() } else { held.task.resume(now_ms) };
        self.out.push(Command::Elsewhere(uid.to_owned(), false));
        self.take_on(uid, effects);
        if stays {
            return self.work_off(uid);
        }
        // A user who pastes responses without a key here continues by hand. Without a key the task reports that now,
        // not when the next query is scheduled.
        let by_hand = !has_key && wishes.iter().any(|wish| matches!(wish, Input::Pasted(..)));
        let asks = !has_key && wishes.is_empty();
        let first = by_hand.then_some(Input::ByHand).or(asks.then_some(Input::AskNow));
        // All in one batch: a finished task is released as soon as nothing remains to be done, and the request may be
        // to continue.
        for input in first.into_iter().chain(wishes) {
            self.step(uid, input);
        }
        self.work_off(uid);
    }

    /// Whether there is a key for it that was not refused here: otherwise two tabs would pass the task to each other
    /// forever.
    fn has_key(&self, uid: &str) -> bool {
        let Some(held) = self.engine.held.get(uid) else { return false };
        let key = self.key_of(&held.task);
        key.is_some() && held.refused != key
    }

    /// A request by the user about a task, whichever tab polls it.
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
                    // A request that no message can carry is handled here; the record that knows more will win.
                    self.advance(uid, wish);
                }
            }
            Place::Away => self.stand_in_line(uid, vec![wish]),
        }
    }

    /// A key was given: tasks that lack one continue. Giving the same key again is a request to retry it.
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

    /// Calls to this origin can now be sent from here.
    pub(super) fn way_opened(&mut self, origin: &str) {
        let waits = |held: &Held| {
            let Task { id, following, origin: place, .. } = &held.task;
            place.base.origin() == origin && *following == Following::ByHand && id.is_some()
        };
        for uid in self.uids(waits) {
            self.wish(&uid, Input::Follow);
        }
    }

    /// Nothing remains to be done for a task. One that will not change any more, or not in this tab, is left to the
    /// others; one that changes again is polled again, as after a late response to the create call.
    pub(super) fn settle(&mut self, uid: &str) {
        let Some(held) = self.held(uid).filter(|held| held.queue.is_quiet()) else { return };
        let lacks = lacks_key(&held.task);
        let is_idle = !goes_on(&held.task) || lacks;
        match held.place {
            Place::Ours if is_idle => self.give_back(uid),
            Place::Away if !is_idle => return self.stand_in_line(uid, Vec::new()),
            _ => return,
        }
        // The key may have been given while the last record was being written.
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

    /// Removes a task from the tab; its record is handled separately.
    pub(super) fn drop_task(&mut self, uid: String) {
        let Some(held) = self.engine.held.remove(&uid) else { return };
        if held.place != Place::Away {
            self.out.push(Command::LetGo(uid.clone()));
        }
        self.out.push(Command::Drop(uid));
    }

    /// A message from another tab.
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

    /// A record written by another tab.
    pub(super) fn news(&mut self, uid: &str, saved: Option<Saved>) {
        let Some(saved) = saved else { return };
        let is_unfinished = goes_on(&saved.task);
        let scope = self.engine.scope;
        let can_help = saved.task.following == Following::Yes || self.has_key(uid);
        let Some(held) = self.held(uid) else {
            // A task that another tab started is added here; one that it read from a file only belongs in the history.
            if is_unfinished && scope == Scope::Page {
                self.take_in(saved);
            }
            return self.out.push(Command::Changed(uid.to_owned()));
        };
        let is_ahead = saved.task.is_ahead_of(&held.task);
        // The tab that polls a task knows best, except for an end that the user pasted into another tab.
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
