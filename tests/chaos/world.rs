//! Both ends and the time between: events in their order, the journal on disk, and what must hold at every step.

use crate::Coverage;
use crate::dice::Dice;
use crate::gateway::{Gateway, ORIGIN, Pending, created};
use crate::judge::{judge, say, say_state};
use crate::network::{Back, Change, Fate, GOOD_KEY, calm, changed, echoing, has_key, stormy};
use crate::shell::{Held, Key, Page};
use crate::wish::Wish;
use std::collections::BTreeMap;
use wan_playground::address::BaseUrl;
use wan_playground::catalog::Catalog;
use wan_playground::http::{Request, Response};
use wan_playground::key::ApiKey;
use wan_playground::protocol::{Call, TaskId};
use wan_playground::redact::redact;
use wan_playground::snapshot::{Kind, Saved, Summary, read, write};
use wan_playground::task::{Effect, Following, Input, NetFault, State};

/// What happens at a time.
pub enum Event {
    /// A page hears something about a task.
    Tell { page: usize, life: u32, uid: String, input: Input },
    /// A call reaches the gateway.
    Reach { flight: Flight, request: Request, key: &'static str },
    /// The gateway has a look at what it works on.
    Poke,
    /// A write is done.
    Written { page: usize, life: u32, uid: String, text: String },
    /// A page's timer.
    Wake { page: usize, life: u32, uid: String, timer: u32 },
    /// A page takes over the tasks that nobody holds.
    TakeOver,
    /// The page without the lock learns of it.
    Lay { page: usize, life: u32 },
    /// A page opens.
    Open { page: usize },
}

/// A call on its way.
pub struct Flight {
    page: usize,
    life: u32,
    uid: String,
    no: u32,
    call: Call,
    fate: Fate,
}

pub struct World {
    pub dice: Dice,
    pub gateway: Gateway,
    pub catalog: Catalog,
    pub now_ms: u64,
    /// How far the machine's clock is off.
    pub clock_off_ms: i64,
    pub online: bool,
    /// Whether calls get into trouble.
    pub storm: bool,
    pub pages: [Page; 2],
    pub leader: Option<usize>,
    /// The journal: records by their name.
    pub disk: BTreeMap<String, String>,
    pub wishes: Vec<Wish>,
    pub coverage: Coverage,
    pub steps: Vec<String>,
    events: BTreeMap<(u64, u64), Event>,
    count: u64,
    pub made: u32,
    working: Vec<(Flight, Pending)>,
    tells: bool,
}

impl World {
    pub fn new(seed: u64, tells: bool) -> Self {
        let gateway = Gateway::new();
        Self {
            dice: Dice::new(seed),
            now_ms: gateway.now_ms(),
            gateway,
            catalog: Catalog::built_in(),
            clock_off_ms: 0,
            online: true,
            storm: true,
            pages: [Page::new(), Page::new()],
            leader: None,
            disk: BTreeMap::new(),
            wishes: Vec::new(),
            coverage: Coverage::new(),
            steps: Vec::new(),
            events: BTreeMap::new(),
            count: 0,
            made: 0,
            working: Vec::new(),
            tells,
        }
    }

    pub fn met(&mut self, what: impl Into<String>) {
        *self.coverage.entry(what.into()).or_default() += 1;
    }

    pub fn step(&mut self, words: impl AsRef<str>) {
        let at = self.now_ms - 1_795_262_400_000;
        let step = format!("{:>6}.{:03} {}", at / 1000, at % 1000, words.as_ref());
        if self.tells {
            println!("{step}");
        }
        self.steps.push(step);
    }

    pub fn at(&mut self, in_ms: u64, event: Event) {
        self.count += 1;
        // No two events share a moment, so that two tasks never have the same time of creation.
        self.events.insert((self.now_ms + in_ms, self.count), event);
    }

    /// What a page's clock shows.
    pub fn page_now_ms(&self) -> u64 {
        self.now_ms.saturating_add_signed(self.clock_off_ms)
    }

    /// Lets time pass, with all that happens in it.
    pub fn pass(&mut self, for_ms: u64) {
        let until_ms = self.now_ms + for_ms;
        while self.go_on(until_ms) {}
        self.now_ms = self.now_ms.max(until_ms);
        self.gateway.move_to(self.now_ms);
        self.look_at_work();
    }

    /// The next event; false when there is none before the end.
    fn go_on(&mut self, until_ms: u64) -> bool {
        let Some((&(at_ms, count), _)) = self.events.first_key_value() else { return false };
        if at_ms > until_ms {
            return false;
        }
        let event = self.events.remove(&(at_ms, count)).unwrap();
        self.now_ms = self.now_ms.max(at_ms) + 1;
        self.gateway.move_to(self.now_ms);
        self.look_at_work();
        self.happen(event);
        true
    }

    fn is_there(&self, page: usize, life: u32, uid: &str) -> bool {
        self.pages[page].life == life && self.pages[page].open && self.pages[page].tasks.contains_key(uid)
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Tell { page, life, uid, input } if self.is_there(page, life, &uid) => self.feed(page, &uid, input),
            Event::Wake { page, life, uid, timer } if self.is_there(page, life, &uid) => {
                if self.pages[page].tasks[&uid].timer == timer {
                    self.feed(page, &uid, Input::Due);
                }
            }
            Event::Written { page, life, uid, text } if self.is_there(page, life, &uid) => {
                self.keep(&uid, text);
                self.pages[page].tasks.get_mut(&uid).unwrap().writing = false;
                self.work(page, &uid);
            }
            Event::Reach { flight, request, key } => {
                if flight.fate.is_repeated {
                    let mut lost = self.gateway.call(&request, key);
                    let first = Gateway::poll(&mut lost).and_then(|answer| created(&answer));
                    let wish = self.wish(&flight.uid);
                    (wish.repeated, wish.twin) = (true, first.map(TaskId));
                    let (page, life, uid) = (flight.page, flight.life, flight.uid.clone());
                    if self.is_there(page, life, &uid) {
                        self.feed(page, &uid, Input::MayBeTwice);
                    }
                }
                let pending = self.gateway.call(&request, key);
                self.working.push((flight, pending));
                self.look_at_work();
            }
            Event::TakeOver => self.take_over(),
            Event::Lay { page, life } if self.pages[page].life == life && self.pages[page].is_ghost => {
                self.step(format!("page {page} learns that it has lost the lock"));
                let page = &mut self.pages[page];
                page.is_ghost = false;
                page.life += 1;
                page.tasks.clear();
                if self.leader.is_none() {
                    self.take_over();
                }
            }
            Event::Open { page } => self.open(page),
            // It was meant for a page that is gone; or it only made the gateway look at its work.
            Event::Poke | Event::Tell { .. } | Event::Wake { .. } | Event::Written { .. } | Event::Lay { .. } => {}
        }
    }

    // --- the gateway's side

    fn look_at_work(&mut self) {
        let mut rest = Vec::new();
        for (flight, mut pending) in std::mem::take(&mut self.working) {
            match Gateway::poll(&mut pending) {
                Some(answer) => self.answer(flight, &answer),
                None => rest.push((flight, pending)),
            }
        }
        if !rest.is_empty() && !self.events.values().any(|event| matches!(event, Event::Poke)) {
            self.at(1000, Event::Poke);
        }
        self.working = rest;
    }

    fn answer(&mut self, flight: Flight, answer: &Response) {
        if flight.call == Call::Create {
            self.note_created(&flight.uid, answer);
        }
        match flight.fate.back.clone() {
            Back::Answer => self.send_back(&flight, answer, 0),
            Back::Twice { again_ms } => {
                self.send_back(&flight, answer, 0);
                self.send_back(&flight, answer, again_ms);
            }
            Back::Changed(change) => {
                let changed = changed(change, answer);
                let is_told = changed.is_some();
                match change {
                    Change::Attempt(_) if is_told => self.met("told of an attempt that failed"),
                    Change::OtherTask(_) if is_told => self.met("told of another task"),
                    _ => {}
                }
                let wish = self.wish(&flight.uid);
                let answer = match changed {
                    Some(answer) => {
                        if matches!(change, Change::NotKnownYet | Change::NoLink) {
                            wish.unproven = wish.unproven.saturating_sub(1);
                        }
                        answer
                    }
                    None => answer.clone(),
                };
                self.send_back(&flight, &answer, 0);
            }
            Back::Instead(other) => self.send_back(&flight, &other, 0),
            Back::Nothing => self.break_off(&flight, NetFault::NoAnswer),
            Back::Silence => {}
        }
    }

    /// Notes what the gateway made, whether or not the page ever hears of it.
    pub fn note_created(&mut self, uid: &str, answer: &Response) {
        let id = created(answer);
        let wish = self.wish(uid);
        if let Some(id) = id {
            assert_eq!(wish.accepted, None, "{uid}: a second task was created");
            wish.accepted = Some(TaskId(id));
        }
        wish.create_answer = Some(answer.clone());
        let heard = wish.accepted.is_some();
        self.step(format!("{uid}: the gateway {}", if heard { "made the task" } else { "made no task" }));
    }

    fn send_back(&mut self, flight: &Flight, answer: &Response, later_ms: u64) {
        let (page, life, uid, no) = (flight.page, flight.life, flight.uid.clone(), flight.no);
        let is_video = flight.call == Call::Content && (200..300).contains(&answer.status);
        let bytes = answer.body.len() as u64;
        let answer = echoing(answer, self.now_ms);
        let input = if is_video { Input::Arrived(no, bytes) } else { Input::Answered(no, answer) };
        if is_video {
            let input = Input::Received(no, bytes / 2, Some(bytes));
            self.at(flight.fate.back_ms / 2 + later_ms, Event::Tell { page, life, uid: uid.clone(), input });
        }
        self.at(flight.fate.back_ms + later_ms, Event::Tell { page, life, uid, input });
    }

    fn break_off(&mut self, flight: &Flight, fault: NetFault) {
        let (page, life, uid) = (flight.page, flight.life, flight.uid.clone());
        let input = Input::NoAnswer(flight.no, fault);
        self.at(flight.fate.back_ms, Event::Tell { page, life, uid, input });
    }

    // --- the page's side

    /// Tells a task what happened, and holds it to its promises.
    pub fn feed(&mut self, page: usize, uid: &str, input: Input) {
        let (now_ms, hidden) = (self.page_now_ms(), self.pages[page].hidden);
        let held = self.pages[page].tasks.get_mut(uid).unwrap();
        let before = held.task.clone();
        let effects = held.task.advance(input.clone(), now_ms, hidden);
        if let Input::Answered(_, answer) | Input::Pasted(_, answer) = &input {
            let base = BaseUrl::parse(ORIGIN).unwrap();
            let key = ApiKey::new(GOOD_KEY, &base).unwrap();
            held.task.clean(|text| redact([&key], text));
            if answer.header("x-request-id").is_some_and(has_key) {
                *self.coverage.entry("key repeated by an answer".to_owned()).or_default() += 1;
            }
        }
        let after = self.pages[page].tasks[uid].task.clone();
        let held = self.pages[page].tasks.get_mut(uid).unwrap();
        held.todo.extend(effects.clone());
        if std::env::var("WAN_CHAOS_SEED").is_ok() || before.state != after.state {
            self.step(format!("page {page} {uid}: {} -> {}", say(&input), say_state(&after)));
        }
        judge(&before, &after, &input);
        let saves = effects.iter().position(|effect| *effect == Effect::Save);
        let sends = effects.iter().position(|effect| matches!(effect, Effect::Send { .. }));
        assert!(saves.is_none_or(|save| sends.is_none_or(|send| save < send)), "{uid}: sent before saved");
        assert!(saves.is_none() || after.rev > before.rev, "{uid}: saved under the same revision");
        let is_progress = matches!(input, Input::Received(..));
        assert!(
            before.state == after.state || saves.is_some() || is_progress,
            "{uid}: a new state is not saved: {:?}",
            after.state
        );
        self.work(page, uid);
    }

    /// Carries out effects in their order; a write holds up what comes after it.
    pub fn work(&mut self, page: usize, uid: &str) {
        loop {
            let life = self.pages[page].life;
            let Some(held) = self.pages[page].tasks.get_mut(uid) else { return };
            if held.writing {
                return;
            }
            let Some(effect) = held.todo.pop_front() else { return };
            match effect {
                Effect::Save => {
                    held.writing = true;
                    let text = write(&Saved { task: held.task.clone(), draft: held.draft.clone() });
                    let slow = self.dice.percent(10);
                    let in_ms = self.dice.between(0, if slow { 3000 } else { 30 });
                    self.at(in_ms, Event::Written { page, life, uid: uid.to_owned(), text });
                }
                Effect::Wake(at_ms) => {
                    held.timer += 1;
                    let timer = held.timer;
                    let in_ms = at_ms.saturating_sub(self.page_now_ms());
                    self.at(in_ms, Event::Wake { page, life, uid: uid.to_owned(), timer });
                }
                Effect::Send { no, call, request, timeout_ms } => self.send(page, uid, no, call, request, timeout_ms),
            }
        }
    }

    fn send(&mut self, page: usize, uid: &str, no: u32, call: Call, request: Request, timeout_ms: u64) {
        let life = self.pages[page].life;
        let record = self.disk.get(uid).map(|text| read(text).expect("what was written can be read"));
        match call {
            Call::Create => {
                let kind = record.as_ref().map(|record| Kind::of(&record.task.state));
                assert_eq!(kind, Some(Kind::Sending), "{uid}: the create call leaves without a record");
                let wish = self.wish(uid);
                wish.creates_sent += 1;
                assert_eq!(wish.creates_sent, 1, "{uid}: the create call leaves twice");
            }
            Call::Query | Call::Content => {
                let id = &self.pages[page].tasks[uid].task.id;
                let kept = record.as_ref().map(|record| &record.task.id);
                assert_eq!(kept, Some(id), "{uid}: asked before the id is on disk");
            }
            Call::Cancel | Call::LookUp => {}
        }
        let tell = |input| Event::Tell { page, life, uid: uid.to_owned(), input };
        if self.pages[page].key == Key::None {
            self.met("without a key");
            self.at(0, tell(Input::NoKey(no)));
            return;
        }
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
        let key = if self.pages[page].key == Key::Bad { "sk-canary-invalid" } else { GOOD_KEY };
        let flight = Flight { page, life, uid: uid.to_owned(), no, call, fate };
        self.at(timeout_ms, tell(Input::NoAnswer(no, NetFault::Timeout)));
        match flight.fate.there_ms {
            Some(there_ms) => self.at(there_ms, Event::Reach { flight, request, key }),
            None => match flight.fate.back.clone() {
                Back::Instead(answer) => self.send_back(&flight, &answer, 0),
                _ => self.break_off(&flight, NetFault::NoAnswer),
            },
        }
    }

    /// A write arrives. A record is never replaced by one that is behind.
    fn keep(&mut self, uid: &str, text: String) {
        assert!(!has_key(&text), "{uid}: a key that an answer repeated is on disk: {text}");
        let new = read(&text).expect("what was written can be read");
        let summary = Summary::of(&new);
        assert_eq!(Summary::read(&summary.line()), Some(summary));
        if let Some(old) = self.disk.get(uid) {
            let old = read(old).expect("what was written can be read");
            if old.task.is_ahead_of(&new.task) {
                self.step(format!("{uid}: a write that is behind is dropped"));
                return;
            }
            let keeps_id = old.task.id.is_none() || new.task.id.is_some();
            assert!(keeps_id, "{uid}: a record without the id replaces one that has it");
            assert!(
                new.task.rev >= old.task.rev || old.task.id.is_none(),
                "{uid}: an older record replaces a newer one"
            );
        }
        self.disk.insert(uid.to_owned(), text);
    }

    pub fn open(&mut self, page: usize) {
        if self.pages[page].open {
            return;
        }
        self.pages[page].open = true;
        self.step(format!("page {page} opens"));
        if self.leader.is_none() {
            self.leader = Some(page);
            self.take_over();
        }
    }

    /// Closes a page with all that it had in flight. Who is left takes over after a moment.
    pub fn close(&mut self, page: usize) {
        if !self.pages[page].open {
            return;
        }
        let on_disk = |uid: &String| self.disk.contains_key(uid);
        let mut met: Vec<String> = Vec::new();
        for (uid, held) in &self.pages[page].tasks {
            let kind = Kind::of(&held.task.state).name();
            met.push(format!("reload at {kind}"));
            if !on_disk(uid) {
                met.push(format!("reload at {kind}, before the record"));
            }
        }
        for met in met {
            self.met(met);
        }
        self.step(format!("page {page} is closed"));
        self.pages[page].close();
        if self.leader == Some(page) {
            self.leader = None;
        }
        // What it held is free now, whether or not it was the one with the lock.
        if self.pages.iter().any(|page| page.open) {
            self.met("hand-over");
            let in_ms = self.dice.between(1, 500);
            self.at(in_ms, Event::TakeOver);
        }
    }

    /// The page with the lock takes up every task that no page holds, from disk.
    pub fn take_over(&mut self) {
        let leader = self.leader.filter(|page| self.pages[*page].open);
        let Some(page) = leader.or_else(|| self.pages.iter().position(|page| page.open && !page.is_ghost)) else {
            return;
        };
        self.leader = Some(page);
        let held = |world: &Self, uid: &str| {
            world.pages.iter().any(|page| page.open && !page.is_ghost && page.tasks.contains_key(uid))
        };
        let free: Vec<String> = self.disk.keys().filter(|uid| !held(self, uid)).cloned().collect();
        for uid in free {
            let saved = read(&self.disk[&uid]).expect("what was written can be read");
            let mut task = saved.task;
            let before = Kind::of(&task.state);
            let effects = task.resume(self.page_now_ms());
            if before == Kind::Sending {
                assert!(matches!(task.state, State::Doubtful(_)), "{uid}: a send of a page that is gone is in doubt");
            }
            let goes_on = task.id.is_some() && !task.state.is_final();
            let is_wish = matches!(task.following, Following::Yes | Following::Stopped | Following::ByHand);
            assert!(!goes_on || is_wish, "{uid}: it does not go on by itself: {:?}", task.following);
            // No pause of this story is longer, whatever the clock has done since it was planned.
            let wait_ms = task.next_ms.map_or(0, |due| due.saturating_sub(self.page_now_ms()));
            assert!(wait_ms <= 120_000, "{uid}: taken up, but not asked for {wait_ms} ms");
            let creates = effects.iter().filter(|effect| matches!(effect, Effect::Send { call: Call::Create, .. }));
            assert_eq!(creates.count(), 0, "{uid}: created again");
            self.step(format!("page {page} takes up {uid}: {}", say_state(&task)));
            self.pages[page].tasks.insert(uid.clone(), Held::new(task, saved.draft, effects));
            self.work(page, &uid);
        }
    }

    /// The lock goes to the other page while the first one still hears its answers.
    pub fn lose_lock(&mut self, page: usize) {
        let other = 1 - page;
        if self.leader != Some(page) || !self.pages[other].open || self.pages[other].is_ghost {
            return;
        }
        self.met("two pages at once");
        self.step(format!("page {page} loses the lock without knowing"));
        self.pages[page].is_ghost = true;
        let life = self.pages[page].life;
        let in_ms = self.dice.between(1, 20_000);
        self.at(in_ms, Event::Lay { page, life });
        self.leader = Some(other);
        self.at(1, Event::TakeOver);
    }
}
