//! Both ends and the time between: events in order, the journal on disk, and what must hold at every step.

use crate::Coverage;
use crate::dice::Dice;
use crate::gateway::{Gateway, Pending, created};
use crate::locks::Locks;
use crate::network::{Back, Change, Fate, GOOD_KEY, changed, echoing};
use crate::shell::Page;
use crate::wish::Wish;
use std::collections::{BTreeMap, BTreeSet};
use wan_playground::catalog::Catalog;
use wan_playground::engine::{self, Why, word::Word};
use wan_playground::http::{Request, Response};
use wan_playground::protocol::{Call, TaskId};
use wan_playground::task::{Input, NetFault, Task};

/// What happens at a time.
pub enum Event {
    /// A call of a page delivers something.
    Tell { page: usize, life: u32, uid: String, input: Input },
    /// A call reaches the gateway.
    Reach { flight: Flight, request: Request },
    /// The gateway checks the calls it is processing.
    Poke,
    /// A write has completed.
    Written { page: usize, life: u32, uid: String, write: u64, text: String },
    /// A record is read.
    Read { page: usize, life: u32, uid: String, why: Why },
    /// A page's timer.
    Wake { page: usize, life: u32, uid: String, timer: u64 },
    /// A page has waited in a queue for a while.
    Patience { page: usize, life: u32, uid: String },
    /// A lock is granted to whoever holds it by now.
    Grant { page: usize, life: u32, uid: String },
    /// A page receives a message from another.
    Hear { page: usize, life: u32, word: Word },
    /// The page that lost its locks learns of it.
    Lay { page: usize, life: u32 },
    /// A page opens.
    Open { page: usize },
    /// It has read its journal.
    Journal { page: usize, life: u32 },
}

/// A call in transit.
pub struct Flight {
    pub page: usize,
    pub life: u32,
    pub uid: String,
    pub no: u32,
    pub call: Call,
    pub key: &'static str,
    pub fate: Fate,
}

pub struct World {
    pub dice: Dice,
    pub gateway: Gateway,
    pub catalog: &'static Catalog,
    pub now_ms: u64,
    /// How far the machine's clock is off.
    pub clock_off_ms: i64,
    pub online: bool,
    /// Whether calls run into trouble.
    pub storm: bool,
    pub pages: [Page; 2],
    pub locks: Locks,
    /// The journal: records by their name.
    pub disk: BTreeMap<String, String>,
    /// The tasks in these records.
    pub kept: BTreeMap<String, Task>,
    /// Records of which two tabs have written the same revision.
    pub collided: BTreeSet<String>,
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
            locks: Locks::default(),
            disk: BTreeMap::new(),
            kept: BTreeMap::new(),
            collided: BTreeSet::new(),
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
        // No two events share a time, so that two tasks never have the same creation time.
        self.events.insert((self.now_ms + in_ms, self.count), event);
    }

    /// What a page's clock shows.
    pub fn page_now_ms(&self) -> u64 {
        self.now_ms.saturating_add_signed(self.clock_off_ms)
    }

    /// Lets time pass, with everything that happens in it.
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

    /// Whether this life of a page still exists.
    pub fn is_there(&self, page: usize, life: u32) -> bool {
        self.pages[page].life == life && self.pages[page].open
    }

    fn has(&self, page: usize, life: u32, uid: &str) -> bool {
        self.is_there(page, life) && self.pages[page].engine.task(uid).is_some()
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Tell { page, life, uid, input } if self.has(page, life, &uid) => {
                self.hear(page, engine::Event::Told(uid, input));
            }
            Event::Wake { page, life, uid, timer } if self.has(page, life, &uid) => {
                if !self.pages[page].engine.follows(&uid) {
                    self.met("timer of a lost lock");
                }
                self.hear(page, engine::Event::Due { uid, timer });
            }
            Event::Written { page, life, uid, write, text } if self.has(page, life, &uid) => {
                self.keep(&uid, text);
                self.hear(page, engine::Event::Written { uid, write, is_kept: true });
            }
            Event::Read { page, life, uid, why } if self.is_there(page, life) => self.read(page, uid, why),
            Event::Patience { page, life, uid } if self.is_there(page, life) => {
                self.hear(page, engine::Event::StillWaiting(uid));
            }
            Event::Grant { page, life, uid } if self.locks.is_held_by(&uid, (page, life)) => {
                self.hear(page, engine::Event::Locked(uid));
            }
            Event::Hear { page, life, word } if self.is_there(page, life) => {
                if matches!(&word, Word::Gone(uid) if self.has(page, life, uid)) {
                    self.met("told that it was deleted");
                }
                self.hear(page, engine::Event::Heard(word));
            }
            Event::Reach { flight, request } => self.reach(flight, &request),
            Event::Lay { page, life } if self.is_there(page, life) => self.learn(page),
            Event::Open { page } => self.open(page),
            Event::Journal { page, life } if self.is_there(page, life) => self.read_journal(page),
            // It was meant for a page that is gone; or it only made the gateway check its calls.
            Event::Poke
            | Event::Tell { .. }
            | Event::Wake { .. }
            | Event::Written { .. }
            | Event::Read { .. }
            | Event::Patience { .. }
            | Event::Grant { .. }
            | Event::Hear { .. }
            | Event::Lay { .. }
            | Event::Journal { .. } => {}
        }
    }

    fn reach(&mut self, flight: Flight, request: &Request) {
        if flight.fate.is_repeated {
            let mut lost = self.gateway.call(request, flight.key);
            let first = Gateway::poll(&mut lost).and_then(|answer| created(&answer));
            let wish = self.wish(&flight.uid);
            (wish.repeated, wish.twin) = (true, first.map(TaskId));
            if self.has(flight.page, flight.life, &flight.uid) {
                let uid = flight.uid.clone();
                self.hear(flight.page, engine::Event::MayBeTwice { uid, at_simulator: false });
            }
        }
        let pending = self.gateway.call(request, flight.key);
        self.working.push((flight, pending));
        self.look_at_work();
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

    /// Records what the gateway created, whether or not the page ever learns of it.
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

    pub fn send_back(&mut self, flight: &Flight, answer: &Response, later_ms: u64) {
        let (page, life, uid, no) = (flight.page, flight.life, flight.uid.clone(), flight.no);
        let is_video = flight.call == Call::Content && (200..300).contains(&answer.status);
        let bytes = answer.body.len() as u64;
        let answer = if flight.key == GOOD_KEY { echoing(answer, self.now_ms) } else { answer.clone() };
        let input = if is_video { Input::Arrived(no, bytes) } else { Input::Answered(no, answer) };
        if is_video {
            let input = Input::Received(no, bytes / 2, Some(bytes));
            self.at(flight.fate.back_ms / 2 + later_ms, Event::Tell { page, life, uid: uid.clone(), input });
        }
        self.at(flight.fate.back_ms + later_ms, Event::Tell { page, life, uid, input });
    }

    pub fn break_off(&mut self, flight: &Flight, fault: NetFault) {
        let (page, life, uid) = (flight.page, flight.life, flight.uid.clone());
        let input = Input::NoAnswer(flight.no, fault);
        self.at(flight.fate.back_ms, Event::Tell { page, life, uid, input });
    }
}
