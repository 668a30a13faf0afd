//! Tabs under a virtual clock: each test is one or two engines, and reports by hand what the browser would report.

use super::*;
use crate::catalog::{Catalog, FieldId};
use crate::draft::Value;
use crate::http::Response;
use crate::task::{NetFault, Origin};
use std::cell::RefCell;

mod keys;
mod order;
mod paced;
mod tabs;

const ACCEPTED: &str = r#"{"output":{"task_status":"PENDING","task_id":"t-1"},"request_id":"r"}"#;
const RUNNING: &str = r#"{"output":{"task_status":"RUNNING","task_id":"t-1"}}"#;
const DONE: &str = r#"{"output":{"task_status":"SUCCEEDED","video_url":"https://h/v.mp4"}}"#;

/// The keys of a tab: one for everything, or none.
struct Ring {
    now: RefCell<Option<&'static str>>,
}

impl Keys for Ring {
    fn key(&self, _gateway: &str, base: &BaseUrl) -> Option<ApiKey> {
        self.now.borrow().and_then(|key| ApiKey::new(key, base).ok())
    }

    fn known(&self) -> Vec<ApiKey> {
        let base = BaseUrl::parse("https://dashscope.aliyuncs.com").expect("an address");
        self.key("", &base).into_iter().collect()
    }
}

/// A tab and its latest commands.
struct Tab {
    engine: Engine,
    ring: Ring,
    now_ms: u64,
    said: Vec<Command>,
    /// What it has written, newest last.
    disk: Vec<Saved>,
}

fn tab() -> Tab {
    tab_of(Scope::Page, Channel::Open)
}

fn tab_of(scope: Scope, channel: Channel) -> Tab {
    let ring = Ring { now: RefCell::new(Some("sk-canary-good")) };
    Tab { engine: Engine::new(scope, channel), ring, now_ms: 1_000_000, said: Vec::new(), disk: Vec::new() }
}

/// A new task of this name, with its first effects.
fn made(uid: &str, now_ms: u64) -> (Saved, Vec<Effect>) {
    let catalog = Catalog::built_in();
    let gateway = catalog.gateway("dashscope").expect("built in");
    let model = gateway.model("wan2.5-t2v-preview").expect("built in");
    let base = BaseUrl::parse("https://dashscope.aliyuncs.com").expect("an address");
    let mut draft = Draft::default();
    draft.set(FieldId::Prompt, Value::Text(["a cat, ", uid].concat()));
    let checked = crate::checked::check(&draft, gateway, model, &base, "cn");
    let generation = checked.generation().expect("nothing is wrong");
    let origin = Origin::of(gateway, model, base.clone(), "cn").expect("built in");
    let (task, effects) = Task::start(uid.into(), origin, &generation, now_ms);
    (Saved { task, draft }, effects)
}

fn answer(body: &str) -> Response {
    Response { status: 200, body: body.into(), ..Response::default() }
}

impl Tab {
    fn hear(&mut self, event: Event) -> &mut Self {
        let moment = Moment { now_ms: self.now_ms, is_hidden: false, keys: &self.ring };
        self.said = self.engine.hear(event, moment);
        let written = self.said.iter().filter_map(|command| match command {
            Command::Write { saved, .. } => Some(saved.as_ref().clone()),
            _ => None,
        });
        self.disk.extend(written);
        self
    }

    /// Processes an event, and immediately does whatever the disk and the locks of a single tab would do.
    fn live(&mut self, event: Event) -> &mut Self {
        let mut open = vec![event];
        let mut said = Vec::new();
        while !open.is_empty() {
            self.hear(open.remove(0));
            for command in self.said.clone() {
                match &command {
                    Command::Write { write, saved } => {
                        let uid = saved.task.uid.clone();
                        open.push(Event::Written { uid, write: *write, is_kept: true });
                    }
                    Command::StandInLine(uid) => open.push(Event::Locked(uid.clone())),
                    Command::Read(uid, why) => open.push(Event::Read(uid.clone(), *why, self.record(uid))),
                    _ => {}
                }
                said.push(command);
            }
        }
        self.said = said;
        self
    }

    fn record(&self, uid: &str) -> Option<Box<Saved>> {
        let of_it = self.disk.iter().filter(|saved| saved.task.uid == uid);
        of_it.max_by_key(|saved| saved.task.rank()).cloned().map(Box::new)
    }

    fn begin(&mut self, uid: &str) -> &mut Self {
        let (saved, effects) = made(uid, self.now_ms);
        self.live(Event::Began(Box::new(saved), effects))
    }

    /// Starts a task that the gateway has accepted.
    fn follow(&mut self, uid: &str) -> &mut Self {
        self.begin(uid).live(Event::Told(uid.into(), Input::Answered(1, answer(ACCEPTED))))
    }

    /// Lets the timer of a task fire at its time.
    fn fire(&mut self, uid: &str) -> &mut Self {
        let (timer, _) = self.engine.held[uid].timer.clone().expect("a timer is set");
        self.now_ms = self.now_ms.max(self.task(uid).next_ms.unwrap_or(0));
        self.live(Event::Due { uid: uid.into(), timer })
    }

    fn give_answer(&mut self, uid: &str, body: &str) -> &mut Self {
        let no = self.task(uid).calls;
        self.live(Event::Told(uid.into(), Input::Answered(no, answer(body))))
    }

    fn refuse_key(&mut self, uid: &str) -> &mut Self {
        let no = self.task(uid).calls;
        let body = r#"{"code":"InvalidApiKey","message":"no"}"#;
        self.live(Event::Told(uid.into(), Input::Answered(no, Response { status: 401, ..answer(body) })))
    }

    fn task(&self, uid: &str) -> &Task {
        self.engine.task(uid).expect("it is there")
    }

    fn place(&self, uid: &str) -> &Place {
        &self.engine.held[uid].place
    }

    fn has_key(&self, key: Option<&'static str>) {
        *self.ring.now.borrow_mut() = key;
    }

    fn sends(&self) -> Vec<Call> {
        let call = |command: &Command| match command {
            Command::Send { call, .. } => Some(*call),
            _ => None,
        };
        self.said.iter().filter_map(call).collect()
    }

    fn waits(&self) -> Vec<u64> {
        let wait = |command: &Command| match command {
            Command::Wake { wait_ms, .. } => Some(*wait_ms),
            _ => None,
        };
        self.said.iter().filter_map(wait).collect()
    }

    /// The commands, one word each, without those that only update the display.
    fn words(&self) -> Vec<&'static str> {
        let word = |command: &Command| match command {
            Command::Add(_) => "add",
            Command::Select(_) => "select",
            Command::Drop(_) => "drop",
            Command::Write { .. } => "write",
            Command::Read(..) => "read",
            Command::Send { .. } => "send",
            Command::Wake { .. } => "wake",
            Command::StandInLine(_) => "stand in line",
            Command::LetGo(_) => "let go",
            Command::Tell(_) => "tell",
            Command::ForgetKeys => "forget keys",
            Command::Elsewhere(_, true) => "elsewhere",
            Command::Elsewhere(_, false) => "here",
            Command::Show(_) | Command::Changed(_) | Command::Patience(..) => "",
        };
        self.said.iter().map(word).filter(|word| !word.is_empty()).collect()
    }
}
