//! What an open history holds: made when the dialog opens, gone with it. Whatever comes back from the disk later finds
//! nothing to change, and changes nothing.
//!
//! The list itself is plain data. Of ten thousand lines a window stands on the screen, as rows; each of those has a
//! signal of its own, so that a task that moves on changes its row and no other.

use crate::snapshot::list::{Line, List, Tone, Wanted};
use crate::snapshot::{Saved, Summary};
use crate::web::browser;
use crate::web::browser::idb::Aside;
use crate::web::dialog::history::row::{self, Row};
use crate::web::state::App;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::collections::HashMap;
use std::sync::Arc;

/// Rows there are at first, and how many come at a time.
const WINDOW: usize = 30;
const STEP: usize = 120;

/// What is said at the foot of the list.
#[derive(Clone)]
pub enum Said {
    /// A sentence.
    Words(String),
    /// So many tasks were deleted, which can be taken back.
    Deleted(usize),
}

/// What is said now. `turn` grows with each: the same sentence said again is news.
#[derive(Clone, Default)]
pub struct Speech {
    pub turn: u32,
    pub said: Option<Said>,
}

/// Lines on their way out, and the patience until they are gone: cleared when this is dropped.
pub struct Removed {
    pub lines: Vec<Line>,
    _patience: SendWrapper<Timeout>,
}

impl Removed {
    /// Lines that go when the patience is over.
    pub fn new(lines: Vec<Line>, patience: Timeout) -> Self {
        Self { lines, _patience: SendWrapper::new(patience) }
    }
}

/// The state of an open history.
#[derive(Clone, Copy)]
pub struct Room {
    /// The page.
    pub app: App,
    /// All lines, and which of them match.
    pub list: RwSignal<List>,
    /// The first lines are read.
    pub is_read: RwSignal<bool>,
    /// Models of all tasks, known once all are read.
    pub models: RwSignal<Vec<String>>,
    /// Rows on the screen.
    pub rows: RwSignal<Vec<Row>>,
    /// What is said at the foot.
    pub speech: RwSignal<Speech>,
    /// Records that cannot be read.
    pub aside: RwSignal<Vec<Aside>>,
    /// A task held against the draft; it stands in the place of what lies aside.
    pub compared: RwSignal<Option<Arc<Saved>>>,
    /// Tasks whose deletion can be taken back.
    pub removed: StoredValue<Option<Removed>>,
    /// Counts readings: what an earlier one still brings is dropped.
    turn: StoredValue<u32>,
    window: StoredValue<usize>,
    wanted: StoredValue<Wanted>,
    /// A search is due.
    is_asked: StoredValue<bool>,
}

impl Room {
    /// A history that is about to be read.
    pub fn new(app: App) -> Self {
        Self {
            app,
            list: RwSignal::new(List::default()),
            is_read: RwSignal::new(false),
            models: RwSignal::new(Vec::new()),
            rows: RwSignal::new(Vec::new()),
            speech: RwSignal::new(Speech::default()),
            aside: RwSignal::new(Vec::new()),
            compared: RwSignal::new(None),
            removed: StoredValue::new(None),
            turn: StoredValue::new(0),
            window: StoredValue::new(WINDOW),
            wanted: StoredValue::new(Wanted::default()),
            is_asked: StoredValue::new(false),
        }
    }

    /// Begins to read. The number of this reading; none if the history was closed.
    pub fn begin(self) -> Option<u32> {
        self.turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        })
    }

    /// Whether this reading is still the one that counts.
    pub fn is_current(self, turn: u32) -> bool {
        self.turn.try_get_value() == Some(turn)
    }

    /// Shows the first lines of a reading in the place of all that were there. What was asked for is still asked for.
    pub fn start_over(self, first: Vec<Summary>) {
        let Some(wanted) = self.wanted.try_get_value() else { return };
        self.window.set_value(WINDOW);
        self.change(|list| {
            *list = List::asked(wanted);
            list.extend(first.into_iter());
        });
        self.is_read.try_set(true);
    }

    /// Adds lines of a reading. Nothing is shown of them yet.
    pub fn add(self, more: Vec<Summary>) {
        self.list.try_update_untracked(|list| list.extend(more.into_iter()));
    }

    /// Everything is there: the counts are true, and the models are known.
    pub fn all_read(self) {
        if let Some(models) = self.change(|list| list.models()) {
            self.models.set(models);
        }
    }

    /// Changes the list and shows what came of it. Nothing if the history was closed.
    pub fn change<T>(self, change: impl FnOnce(&mut List) -> T) -> Option<T> {
        let outcome = self.list.try_update(change)?;
        self.show();
        Some(outcome)
    }

    /// Brings the rows up to date; those that stay stay the same.
    fn show(self) {
        let window = self.window.get_value();
        self.list.with_untracked(|list| {
            self.rows.update(|rows| {
                let mut known: HashMap<Arc<str>, Row> = rows.drain(..).map(|row| (row.uid.clone(), row)).collect();
                rows.extend(list.found().take(window).map(|summary| match known.remove(&*summary.uid) {
                    Some(row) => row.told(summary),
                    None => Row::new(summary),
                }));
            });
        });
    }

    /// Shows more rows.
    pub fn extend(self) {
        self.window.update_value(|window| *window += STEP);
        self.show();
    }

    /// Whether more match than have a row, followed.
    pub fn has_more(self) -> bool {
        self.list.with(|list| list.counts().0) > self.rows.read().len()
    }

    /// Changes what is asked for. The search comes once before the next frame, however many keys were pressed until
    /// then.
    pub fn ask(self, change: impl FnOnce(&mut Wanted)) {
        self.wanted.update_value(change);
        if !self.is_asked.get_value() {
            self.is_asked.set_value(true);
            request_animation_frame(move || self.search());
        }
    }

    fn search(self) {
        let Some(wanted) = self.wanted.try_get_value() else { return };
        self.is_asked.set_value(false);
        self.window.set_value(WINDOW);
        self.change(|list| list.ask(wanted));
    }

    /// Takes in what became of a task. What is on its way out stays out.
    pub fn take_in(self, summary: Summary) {
        let leaves = |removed: &Removed| removed.lines.iter().any(|line| line.summary.uid == summary.uid);
        if self.removed.try_with_value(|removed| removed.as_ref().is_some_and(leaves)).unwrap_or(true) {
            return;
        }
        if let Some(row) = self.rows.with_untracked(|rows| rows.iter().find(|row| *row.uid == summary.uid).cloned()) {
            row.told(&summary);
        }
        if self.list.try_update(|list| list.update(summary)) == Some(true) {
            self.show();
        }
    }

    /// Those found that do not go on any more, followed.
    pub fn ended(self) -> Vec<String> {
        self.list.with(|list| {
            let ended = list.found().filter(|summary| Tone::of(summary.kind) != Tone::Running);
            ended.map(|summary| summary.uid.clone()).collect()
        })
    }

    /// Says something at the foot, where it is read out.
    pub fn say(self, said: Said) {
        self.speak(Some(said));
    }

    /// The same, for a sentence.
    pub fn say_words(self, words: impl Into<String>) {
        self.say(Said::Words(words.into()));
    }

    /// Says nothing any more.
    pub fn hush(self) {
        self.speak(None);
    }

    fn speak(self, said: Option<Said>) {
        self.speech.try_update(|speech| *speech = Speech { turn: speech.turn + 1, said });
    }

    /// Puts the focus on the row that stands here now, or on the last one.
    pub fn focus_at(self, place: usize) {
        let uid = self.rows.with_untracked(|rows| rows.get(place).or(rows.last()).map(|row| row.uid.clone()));
        if let Some(uid) = uid {
            Self::focus(&uid);
        }
    }

    /// Puts the focus on a task's row.
    pub fn focus(uid: &str) {
        browser::focus_first(&row::id(uid));
    }
}
