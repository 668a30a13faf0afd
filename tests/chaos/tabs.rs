//! The tabs: each runs the engine, and the browser does what the engine tells it. Locks, the channel, timers, the disk
//! and the calls are the browser's; nothing is decided here.

use crate::judge::{judge, say, say_state};
use crate::network::{Back, GOOD_KEY, calm, has_key, stormy};
use crate::shell::Key;
use crate::world::{Event, Flight, World};
use wan_playground::engine::{self, Command, Moment, Why, word::Word};
use wan_playground::http::Request;
use wan_playground::protocol::Call;
use wan_playground::snapshot::{Kind, Saved, Summary, read, write};
use wan_playground::task::{Following, Input, NetFault, State, Task};

impl World {
    /// A user action on a task, in a page.
    pub fn feed(&mut self, page: usize, uid: &str, input: Input) {
        let who = (page, self.pages[page].life);
        if self.locks.is_held_by(uid, who) && !self.pages[page].engine.follows(uid) {
            self.met("wish while the record is read");
        }
        self.hear(page, engine::Event::Wish(uid.to_owned(), input));
    }

    /// Reports an event to a page's engine, checks the engine's guarantees, and does what the engine says.
    pub fn hear(&mut self, page: usize, event: engine::Event) {
        let tells_all = std::env::var("WAN_CHAOS_SEED").is_ok();
        let about = about(&event).map(str::to_owned);
        let input = match &event {
            engine::Event::Told(_, input) | engine::Event::Wish(_, input) => Some(input.clone()),
            engine::Event::Due { .. } => Some(Input::Due),
            engine::Event::MayBeTwice { .. } => Some(Input::MayBeTwice),
            _ => None,
        };
        if let Some(Input::Answered(_, answer) | Input::Pasted(_, answer)) = &input
            && answer.header("x-request-id").is_some_and(has_key)
        {
            self.met("key repeated by an answer");
        }
        let is_timer = matches!(event, engine::Event::Due { .. });
        let is_key = matches!(event, engine::Event::KeyGiven);
        let is_look = matches!(event, engine::Event::LookedAt);
        let now_ms = self.page_now_ms();
        let held = &mut self.pages[page];
        let before = about.as_ref().and_then(|uid| held.engine.task(uid).cloned());
        let moment = Moment { now_ms, is_hidden: held.hidden, keys: &held.key };
        let commands = held.engine.hear(event, moment);
        let after = about.as_ref().and_then(|uid| held.engine.task(uid).cloned());
        if let (Some(before), Some(after)) = (&before, &after) {
            let follows = self.pages[page].engine.follows(&after.uid);
            if before.state != after.state || (tells_all && input.is_some()) {
                let said = input.as_ref().map_or_else(|| "a record".to_owned(), say);
                self.step(format!("page {page} {}: {said} -> {}", after.uid, say_state(after)));
            }
            if let Some(input) = &input {
                judge(before, after, input, follows);
            }
            let lacks = |task: &Task| task.following == Following::NeedsKey || task.state == State::NotSent;
            if lacks(after) && !lacks(before) {
                self.met("without a key");
            }
            let is_sent = commands.iter().any(|command| matches!(command, Command::Send { .. }));
            let is_set = commands.iter().any(|command| matches!(command, Command::Wake { .. }));
            if is_timer && is_set && !is_sent {
                self.met("query that waits for its turn");
            }
        }
        if is_key && commands.iter().any(|command| matches!(command, Command::StandInLine(_))) {
            self.met("woken by a key");
        }
        let asks_by_itself = is_timer || is_look;
        for command in commands {
            if let Command::Send { uid, .. } = &command {
                let held = &self.pages[page];
                let is_holder = self.locks.is_held_by(uid, (page, held.life)) || held.lost.contains(uid);
                assert!(is_holder || !asks_by_itself, "{uid}: page {page} asks by itself without the lock");
            }
            self.perform(page, command);
        }
        if let Some(uid) = about {
            self.look_at_disk(page, &uid);
        }
    }

    fn perform(&mut self, page: usize, command: Command) {
        let life = self.pages[page].life;
        match command {
            Command::Write { write: number, saved } => {
                let uid = saved.task.uid.clone();
                let text = write(&saved);
                let slow = self.dice.percent(10);
                let in_ms = self.dice.between(0, if slow { 3000 } else { 30 });
                self.at(in_ms, Event::Written { page, life, uid, write: number, text });
            }
            Command::Read(uid, why) => {
                let in_ms = self.dice.between(1, 40);
                self.at(in_ms, Event::Read { page, life, uid, why });
            }
            Command::Send { uid, no, call, request, timeout_ms, key } => {
                let base = &self.pages[page].engine.task(&uid).unwrap().origin.base;
                assert_eq!(
                    key.authorization_for(&request.url).is_some(),
                    request.url.starts_with(base.origin()),
                    "{uid}: a key for another origin"
                );
                self.send(page, &uid, no, call, request, timeout_ms);
            }
            Command::Wake { uid, timer, wait_ms } => self.at(wait_ms, Event::Wake { page, life, uid, timer }),
            Command::StandInLine(uid) => {
                if self.locks.ask(&uid, (page, life)) {
                    let in_ms = self.dice.between(0, 10);
                    self.at(in_ms, Event::Grant { page, life, uid });
                }
            }
            Command::Patience(uid, in_ms) => self.at(in_ms, Event::Patience { page, life, uid }),
            Command::LetGo(uid) => {
                let task = self.pages[page].engine.task(&uid);
                if task.is_some_and(|task| !task.state.is_final()) {
                    self.met("let go for want of a key");
                }
                self.release(&uid, page, life);
            }
            Command::Tell(word) => {
                if matches!(word, Word::Wish(..)) {
                    self.met("wish told to another tab");
                }
                self.tell(page, &word);
            }
            Command::Elsewhere(uid, true) => {
                self.met("followed by another tab");
                self.step(format!("page {page} {uid}: another tab follows it"));
            }
            Command::Add(_)
            | Command::Show(_)
            | Command::Elsewhere(..)
            | Command::Select(_)
            | Command::Drop(_)
            | Command::Changed(_)
            | Command::ForgetKeys => {}
        }
    }

    /// The other tab receives it, if it is open.
    pub fn tell(&mut self, page: usize, word: &Word) {
        let other = 1 - page;
        if self.pages[other].open {
            let in_ms = self.dice.between(1, 30);
            let (life, word) = (self.pages[other].life, word.clone());
            self.at(in_ms, Event::Hear { page: other, life, word });
        }
    }

    fn release(&mut self, uid: &str, page: usize, life: u32) {
        if let Some((page, life)) = self.locks.release(uid, (page, life)) {
            let in_ms = self.dice.between(0, 200);
            self.at(in_ms, Event::Grant { page, life, uid: uid.to_owned() });
        }
    }

    /// The state of a task has to be on disk as soon as the tab has nothing left to do for it.
    fn look_at_disk(&mut self, page: usize, uid: &str) {
        let engine = &self.pages[page].engine;
        let Some(task) = engine.task(uid).filter(|_| engine.is_quiet(uid)).cloned() else { return };
        if self.wish(uid).is_deleted {
            return;
        }
        let kept = self.kept.get(uid).unwrap_or_else(|| panic!("{uid}: nothing is left to do, and there is no record"));
        assert!(!task.is_ahead_of(kept), "{uid}: the page knows more than the disk: {:?}", task.state);
        let is_same = Kind::of(&task.state) == Kind::of(&kept.state) && task.id == kept.id;
        assert!(
            is_same || kept.is_ahead_of(&task) || self.collided.contains(uid),
            "{uid}: a new state is not saved: {:?} for {:?}",
            task.state,
            kept.state
        );
    }

    /// A record is read for the engine. What it resumes continues, and nothing is created again.
    pub fn read(&mut self, page: usize, uid: String, why: Why) {
        let saved = self.disk.get(&uid).map(|text| read(text).expect("what was written can be read"));
        let before = self.pages[page].engine.task(&uid).cloned();
        let saved = saved.map(Box::new);
        let kept = saved.as_ref().map(|saved| saved.task.clone());
        self.hear(page, engine::Event::Read(uid.clone(), why, saved));
        let engine = &self.pages[page].engine;
        let Some(task) = engine.task(&uid).filter(|_| why == Why::TakeUp && engine.follows(&uid)).cloned() else {
            return;
        };
        let was_sending = |task: &Option<Task>| task.as_ref().is_some_and(|task| task.state == State::Sending);
        if was_sending(&kept) && was_sending(&before) {
            assert!(task.state != State::Sending, "{uid}: a send of a page that is gone is in doubt");
        }
        self.step(format!("page {page} takes up {uid}: {}", say_state(&task)));
        self.met("taken up");
        // No pause in this story is longer, whatever the clock has done since it was planned.
        let wait_ms = task.next_ms.map_or(0, |due| due.saturating_sub(self.page_now_ms()));
        assert!(wait_ms <= 120_000, "{uid}: taken up, but not asked for {wait_ms} ms");
    }

    fn send(&mut self, page: usize, uid: &str, no: u32, call: Call, request: Request, timeout_ms: u64) {
        let life = self.pages[page].life;
        let record = self.kept.get(uid);
        match call {
            Call::Create => {
                let kind = record.map(|record| Kind::of(&record.state));
                assert_eq!(kind, Some(Kind::Sending), "{uid}: the create call leaves without a record");
                let wish = self.wish(uid);
                wish.creates_sent += 1;
                assert_eq!(wish.creates_sent, 1, "{uid}: the create call leaves twice");
            }
            Call::Query | Call::Content => {
                let id = &self.pages[page].engine.task(uid).unwrap().id;
                let kept = record.map(|record| &record.id);
                assert_eq!(kept, Some(id), "{uid}: asked before the id is on disk");
            }
            Call::Cancel | Call::LookUp => {}
        }
        let tell = |input| Event::Tell { page, life, uid: uid.to_owned(), input };
        if !self.online {
            self.met("offline");
            self.at(1, tell(Input::NoAnswer(no, NetFault::Offline)));
            return;
        }
        let mut unproven = self.wish(uid).unproven;
        let fate =
            if self.storm { stormy(&mut self.dice, call, timeout_ms, &mut unproven) } else { calm(&mut self.dice) };
        let name = match call {
            Call::Create => "create",
            Call::Query => "query",
            Call::Cancel => "cancel",
            Call::Content => "content",
            Call::LookUp => "look up",
        };
        if !fate.name.is_empty() {
            self.met(format!("{name} {}", fate.name));
        }
        self.step(format!("page {page} {uid}: {name} {no} leaves {}", fate.name));
        let key = if self.pages[page].key == Key::Bad { crate::network::BAD_KEY } else { GOOD_KEY };
        let flight = Flight { page, life, uid: uid.to_owned(), no, call, key, fate };
        self.at(timeout_ms, tell(Input::NoAnswer(no, NetFault::Timeout)));
        match flight.fate.there_ms {
            Some(there_ms) => self.at(there_ms, Event::Reach { flight, request }),
            None => match flight.fate.back.clone() {
                Back::Instead(answer) => self.send_back(&flight, &answer, 0),
                _ => self.break_off(&flight, NetFault::NoAnswer),
            },
        }
    }

    /// A write completes. A record is never replaced by an older one.
    pub fn keep(&mut self, uid: &str, text: String) {
        assert!(!has_key(&text), "{uid}: a key that an answer repeated is on disk: {text}");
        let new = read(&text).expect("what was written can be read");
        let summary = Summary::of(&new);
        assert_eq!(Summary::read(&summary.line()), Some(summary));
        if let Some(old) = self.kept.get(uid) {
            if !new.task.is_ahead_of(old) {
                if old.rank() == new.task.rank() && old.state != new.task.state {
                    self.met("two tabs at the same revision");
                    self.collided.insert(uid.to_owned());
                }
                self.step(format!("{uid}: a write that is behind is dropped"));
                return;
            }
            let keeps_id = old.id.is_none() || new.task.id.is_some();
            assert!(keeps_id, "{uid}: a record without the id replaces one that has it");
            assert!(new.task.rev >= old.rev || old.id.is_none(), "{uid}: an older record replaces a newer one");
        }
        self.disk.insert(uid.to_owned(), text);
        self.kept.insert(uid.to_owned(), new.task);
    }

    pub fn open(&mut self, page: usize) {
        if self.pages[page].open {
            return;
        }
        self.pages[page].open = true;
        self.step(format!("page {page} opens"));
        let (life, in_ms) = (self.pages[page].life, self.dice.between(1, 60));
        self.at(in_ms, Event::Journal { page, life });
    }

    /// The journal is open: the page learns what is in it.
    pub fn read_journal(&mut self, page: usize) {
        let all = self.disk.values().map(|text| read(text).expect("what was written can be read"));
        let all: Vec<Saved> = all.collect();
        self.hear(page, engine::Event::Opened(all));
    }

    /// Closes a page with everything it had in flight. Its locks go to whoever is next in the queue.
    pub fn close(&mut self, page: usize) {
        if !self.pages[page].open {
            return;
        }
        let mut met: Vec<String> = Vec::new();
        for (uid, task) in self.pages[page].engine.tasks() {
            let kind = Kind::of(&task.state).name();
            met.push(format!("reload at {kind}"));
            if !self.disk.contains_key(uid) {
                met.push(format!("reload at {kind}, before the record"));
            }
        }
        for met in met {
            self.met(met);
        }
        self.step(format!("page {page} is closed"));
        let life = self.pages[page].life;
        self.pages[page].close();
        if self.pages.iter().any(|page| page.open) {
            self.met("hand-over");
        }
        for uid in self.locks.of((page, life)) {
            self.release(&uid, page, life);
        }
    }

    /// A page's locks go to the other one while the first still believes it holds them.
    pub fn lose_locks(&mut self, page: usize) {
        let (other, life) = (1 - page, self.pages[page].life);
        if !self.pages[other].open || self.pages[other].is_ghost() {
            return;
        }
        let held = self.locks.of((page, life)).into_iter().filter(|uid| self.locks.is_held_by(uid, (page, life)));
        let held: Vec<String> = held.collect();
        if held.is_empty() {
            return;
        }
        self.met("two pages at once");
        self.step(format!("page {page} loses {} locks without knowing", held.len()));
        for uid in &held {
            self.release(uid, page, life);
        }
        self.pages[page].lost = held;
        let in_ms = self.dice.between(1, 20_000);
        self.at(in_ms, Event::Lay { page, life });
    }

    pub fn learn(&mut self, page: usize) {
        self.step(format!("page {page} learns that it has lost its locks"));
        let life = self.pages[page].life;
        for uid in std::mem::take(&mut self.pages[page].lost) {
            // It may have released it, and hold it again by now.
            if !self.locks.is_held_by(&uid, (page, life)) && self.pages[page].engine.follows(&uid) {
                self.hear(page, engine::Event::Unlocked(uid));
            }
        }
    }

    /// The user deletes a task that has finished: its record is removed, and every tab drops it.
    pub fn delete(&mut self, page: usize, uid: &str) {
        self.met("deleted");
        self.step(format!("page {page} {uid}: deleted"));
        self.wish(uid).is_deleted = true;
        self.disk.remove(uid);
        self.kept.remove(uid);
        self.hear(page, engine::Event::Deleted(uid.to_owned()));
        self.tell(page, &Word::Gone(uid.to_owned()));
    }
}

/// The task that an event is about.
fn about(event: &engine::Event) -> Option<&str> {
    match event {
        engine::Event::Began(saved, _) | engine::Event::Found(saved) => Some(&saved.task.uid),
        engine::Event::Wish(uid, _)
        | engine::Event::Told(uid, _)
        | engine::Event::MayBeTwice { uid, .. }
        | engine::Event::Written { uid, .. }
        | engine::Event::Locked(uid)
        | engine::Event::Unlocked(uid)
        | engine::Event::Read(uid, ..)
        | engine::Event::Due { uid, .. }
        | engine::Event::StillWaiting(uid)
        | engine::Event::Deleted(uid) => Some(uid),
        engine::Event::Opened(_)
        | engine::Event::KeyGiven
        | engine::Event::LookedAt
        | engine::Event::WayOpened(_)
        | engine::Event::Heard(_) => None,
    }
}
