//! What the simulator remembers: tasks, the log, and which gateways allow browsers.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::call::{Call, Gateway};
use super::log::{Entry, Log};
use super::memory::{Memory, StateFile};
use super::openings::Openings;
use super::scenario::Scenario;
use super::task::{Dialect, Disturbance, KEPT_MS, Order, Task};
use super::upload::Store;
use crate::server::clock::Clock;

/// Tasks beyond this number, and beyond this many bytes of their requests, evict the oldest.
const MOST_TASKS: usize = 2000;
const MOST_TASK_BYTES: usize = 16 << 20;

/// The memory behind all four gateways.
#[derive(Debug)]
pub(super) struct Simulator {
    pub clock: Arc<Clock>,
    pub openings: Openings,
    tasks: Mutex<HashMap<String, Task>>,
    log: Mutex<Log>,
    store: Mutex<Store>,
    denied: Mutex<HashSet<Gateway>>,
    denied_at_start: HashSet<Gateway>,
    /// Random at the first start: the source of ids, and of signatures nobody else can make.
    secret: u64,
    counter: AtomicU64,
    file: Option<StateFile>,
}

/// A panic in one request must not take the memory from all others.
fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Simulator {
    pub fn new(clock: Arc<Clock>, deny_cors: &[Gateway], file: Option<StateFile>, openings: Openings) -> Self {
        let memory = file.as_ref().and_then(StateFile::read);
        let fresh = || Memory { secret: RandomState::new().hash_one('s'), ..Memory::default() };
        let Memory { secret, counter, tasks } = memory.unwrap_or_else(fresh);
        let denied: HashSet<Gateway> = deny_cors.iter().copied().collect();
        Self {
            clock,
            openings,
            tasks: Mutex::new(tasks),
            log: Mutex::default(),
            store: Mutex::default(),
            denied: Mutex::new(denied.clone()),
            denied_at_start: denied,
            secret,
            counter: AtomicU64::new(counter),
            file,
        }
    }

    /// A number only this simulator can derive from a value.
    fn hash(&self, value: impl Hash) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.secret, value).hash(&mut hasher);
        hasher.finish()
    }

    /// Writes the memory to disk, if it is to survive the process.
    fn keep(&self, tasks: &HashMap<String, Task>) {
        if let Some(file) = &self.file {
            let counter = self.counter.load(Ordering::Relaxed);
            file.write(&Memory { secret: self.secret, counter, tasks: tasks.clone() });
        }
    }

    /// A fresh id in the shape of a UUID.
    pub fn fresh_id(&self) -> String {
        let count = self.counter.fetch_add(1, Ordering::Relaxed);
        let (high, low) = (self.hash((count, 'a')), self.hash((count, 'b')));
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            high & 0xfff,
            low >> 48 & 0x3fff | 0x8000,
            low & 0xffff_ffff_ffff
        )
    }

    /// Creates a task.
    pub fn create(
        &self,
        call: &Call,
        dialect: Dialect,
        order: Order,
        scenario: Option<Scenario>,
        request: Value,
    ) -> Task {
        let id = match dialect {
            Dialect::VideoAlias => format!("task_{}", self.fresh_id().replace('-', "")),
            Dialect::Bailian | Dialect::Unified | Dialect::AceData => self.fresh_id(),
        };
        let task = Task {
            id: id.clone(),
            gateway: call.gateway,
            dialect,
            order,
            scenario,
            created_ms: self.clock.now_ms(),
            canceled_ms: None,
            request_bytes: if request.is_null() { 0 } else { call.body.len() },
            request,
            queries: 0,
            fetches: 0,
        };
        let mut tasks = hold(&self.tasks);
        let mut held: usize = tasks.values().map(|task| task.request_bytes).sum();
        while tasks.len() >= MOST_TASKS || held + task.request_bytes > MOST_TASK_BYTES {
            let Some(oldest) = tasks.values().min_by_key(|task| task.created_ms).map(|task| task.id.clone()) else {
                break;
            };
            held -= tasks.remove(&oldest).map_or(0, |task| task.request_bytes);
        }
        tasks.insert(id, task.clone());
        self.keep(&tasks);
        task
    }

    /// Changes a task of that gateway and protocol, if it exists, and copies it.
    pub fn update<T>(
        &self,
        call: &Call,
        dialect: Dialect,
        id: &str,
        change: impl FnOnce(&mut Task) -> T,
    ) -> Option<(Task, T)> {
        let mut tasks = hold(&self.tasks);
        let task = tasks.get_mut(id).filter(|task| task.gateway == call.gateway && task.dialect == dialect)?;
        let outcome = change(task);
        let task = task.clone();
        self.keep(&tasks);
        Some((task, outcome))
    }

    /// A task as a query sees it, with the disturbance of the query.
    pub fn query(&self, call: &Call, dialect: Dialect, id: &str) -> (Option<Task>, Option<Disturbance>) {
        self.update(call, dialect, id, Task::query)
            .map_or((None, None), |(task, disturbance)| (Some(task), disturbance))
    }

    /// The task behind a result link.
    pub fn fetch(&self, id: &str) -> Option<(Task, bool)> {
        let mut tasks = hold(&self.tasks);
        let task = tasks.get_mut(id)?;
        let early = task.fetch_is_early();
        let task = task.clone();
        self.keep(&tasks);
        Some((task, early))
    }

    pub fn peek(&self, id: &str) -> Option<Task> {
        hold(&self.tasks).get(id).cloned()
    }

    pub fn remove(&self, id: &str) {
        let mut tasks = hold(&self.tasks);
        tasks.remove(id);
        self.keep(&tasks);
    }

    /// The tasks of one protocol, newest first.
    pub fn list(&self, call: &Call, dialect: Dialect) -> Vec<Task> {
        let tasks = hold(&self.tasks);
        let own = tasks.values().filter(|task| task.gateway == call.gateway && task.dialect == dialect);
        let mut list: Vec<Task> = own.cloned().collect();
        list.sort_by(|a, b| b.created_ms.cmp(&a.created_ms).then_with(|| a.id.cmp(&b.id)));
        list
    }

    /// The signed address of a task's video, valid for a day after the task finished.
    pub fn link(&self, call: &Call, task: &Task) -> String {
        let expires = (task.ended_ms(&self.clock) + KEPT_MS) / 1000;
        format!(
            "{}/sim/files/{}.mp4?Expires={expires}&OSSAccessKeyId=SIMULATOR&Signature={}",
            call.origin(),
            task.id,
            self.signature(&task.id, expires)
        )
    }

    pub fn signature(&self, id: &str, expires: i64) -> String {
        format!("{:016x}", self.hash((id, expires)))
    }

    /// Whose key a call has, as a number.
    pub fn account(&self, call: &Call) -> u64 {
        self.hash(call.header("authorization"))
    }

    /// Reads or changes what the store of files remembers.
    pub fn store<T>(&self, with: impl FnOnce(&mut Store) -> T) -> T {
        with(&mut hold(&self.store))
    }

    pub fn cors_is_open(&self, gateway: Gateway) -> bool {
        !hold(&self.denied).contains(&gateway)
    }

    pub fn set_cors(&self, gateway: Gateway, open: bool) {
        let mut denied = hold(&self.denied);
        if open {
            denied.remove(&gateway);
        } else {
            denied.insert(gateway);
        }
    }

    /// Forgets tasks and log and restores the CORS settings of the start.
    pub fn reset(&self) {
        let mut tasks = hold(&self.tasks);
        tasks.clear();
        self.keep(&tasks);
        drop(tasks);
        hold(&self.log).clear();
        *hold(&self.store) = Store::default();
        (*hold(&self.denied)).clone_from(&self.denied_at_start);
    }

    pub fn log_received(&self, call: &Call) -> u64 {
        hold(&self.log).push(Entry::of(call))
    }

    pub fn log_answered(&self, sequence: u64, status: u16) {
        hold(&self.log).answered(sequence, status);
    }

    pub fn log_text(&self) -> Value {
        hold(&self.log).to_json()
    }

    pub fn log_clear(&self) {
        hold(&self.log).clear();
    }
}
