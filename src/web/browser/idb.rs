//! The database: records of tasks by uid, their summaries newest first, which of them are unfinished, and what could not
//! be read. It knows texts and keys, not what is in them.
//!
//! A transaction ends by itself when control returns to the event loop with nothing asked of it: between its beginning
//! and its end only its own requests are awaited.

use crate::web::browser;
use crate::web::browser::js::{always, call, get, get_text, once, record, set, settled, wait};
use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};

const NAME: &str = "wan-playground";
/// Records by uid: `{rank, text}`.
const TASKS: &str = "tasks";
/// Texts by `[-started_ms, uid]`, so that the first ones are the newest.
const SUMMARIES: &str = "summaries";
/// Uids of tasks that go on.
const UNFINISHED: &str = "unfinished";
/// What could not be read: `{key, uid, text}`.
const ASIDE: &str = "aside";

/// What makes a database of version n + 1 of one of version n. Only ever added to.
const STEPS: [fn(&JsValue) -> Outcome<()>; 2] = [records_and_summaries, unfinished_and_aside];

/// Longest wait for the database to open, or for a record to be written: a page must not stand still for its notes.
const PATIENCE_MS: u32 = 6_000;

type Outcome<T> = Result<T, JsValue>;

/// Why nothing can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The browser does not allow it here, or has none.
    Refused,
    /// There is no room.
    Full,
    /// The notes were made by a newer page.
    Newer,
}

impl Refusal {
    /// A word for it, never empty.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Full => "full",
            Self::Newer => "newer",
        }
    }
}

/// A record on its way to the disk.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its key.
    pub uid: String,
    /// Grows with every change, and more so with the task's id: a record never replaces one that knows more.
    pub rank: u64,
    /// When its task began.
    pub started_ms: u64,
    /// Whether its task goes on.
    pub unfinished: bool,
    /// The whole.
    pub text: String,
    /// What a list shows of it.
    pub summary: String,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Its key here.
    pub key: String,
    /// The key it had.
    pub uid: String,
    /// What there was, as text.
    pub text: String,
}

/// The open database.
pub struct Store {
    database: JsValue,
}

fn records_and_summaries(database: &JsValue) -> Outcome<()> {
    call(database, "createObjectStore", &[&TASKS.into()])?;
    call(database, "createObjectStore", &[&SUMMARIES.into()])?;
    Ok(())
}

fn unfinished_and_aside(database: &JsValue) -> Outcome<()> {
    call(database, "createObjectStore", &[&UNFINISHED.into()])?;
    call(database, "createObjectStore", &[&ASIDE.into()])?;
    Ok(())
}

/// What an error of the browser means.
fn refusal(error: &JsValue) -> Refusal {
    // A handler gets an event; its target holds the error.
    let inner = get(&get(error, "target"), "error");
    let error = if inner.is_object() { &inner } else { error };
    match get_text(error, "name").as_str() {
        "QuotaExceededError" => Refusal::Full,
        "VersionError" => Refusal::Newer,
        _ => Refusal::Refused,
    }
}

/// A promise, or a refusal when the time is up.
async fn in_time(promise: Promise) -> Outcome<JsValue> {
    let mut timer = None;
    let late = Promise::new(&mut |_, give_up| {
        timer = Some(gloo_timers::callback::Timeout::new(PATIENCE_MS, move || {
            let _ = give_up.call0(&JsValue::NULL);
        }));
    });
    let outcome = wait(Promise::race(&Array::of2(&promise, &late)).into()).await;
    drop(timer);
    outcome
}

/// Waits for a request of the transaction at hand.
async fn answer(request: JsValue) -> Outcome<JsValue> {
    wait(settled(&request, "onsuccess", &["onerror"]).into()).await?;
    Ok(get(&request, "result"))
}

fn summary_key(started_ms: u64, uid: &str) -> JsValue {
    // A time of this era is far below 2^53.
    #[allow(clippy::cast_precision_loss)]
    let first = -(started_ms as f64);
    Array::of2(&first.into(), &uid.into()).into()
}

impl Store {
    /// Opens the database and brings it up to date. `closed` is told when it has to be opened again.
    pub async fn open(closed: impl Fn() + 'static) -> Result<Self, Refusal> {
        Self::try_open(closed).await.map_err(|error| refusal(&error))
    }

    async fn try_open(closed: impl Fn() + 'static) -> Outcome<Self> {
        let factory = get(&browser::window(), "indexedDB");
        #[allow(clippy::cast_possible_truncation)] // A handful of steps.
        let version = JsValue::from(STEPS.len() as u32);
        let request = call(&factory, "open", &[&NAME.into(), &version])?;
        let opened = settled(&request, "onsuccess", &["onerror"]);
        let upgrade = once(|event| {
            let request = get(&event, "target");
            let from = get(&event, "oldVersion").as_f64().unwrap_or(0.0);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // A small version number.
            let steps = STEPS.iter().skip(from as usize);
            for step in steps {
                if step(&get(&request, "result")).is_err() {
                    // Nothing half made stays: the upgrade is taken back, and opening fails.
                    let _ = call(&get(&request, "transaction"), "abort", &[]);
                    break;
                }
            }
            JsValue::UNDEFINED
        });
        set(&request, "onupgradeneeded", &upgrade);
        in_time(opened).await?;
        let database = get(&request, "result");
        // A newer page in another tab must not wait for this one; and a browser may close it when the user clears its
        // storage.
        let closing = database.clone();
        let give_way = always(move |_| {
            let _ = call(&closing, "close", &[]);
            closed();
        });
        set(&database, "onversionchange", &give_way);
        set(&database, "onclose", &give_way);
        Ok(Self { database })
    }

    /// A transaction over stores, and a promise of its end.
    fn begin(&self, stores: &[&str], mode: &str) -> Outcome<(JsValue, Promise)> {
        let names: Array = stores.iter().copied().map(JsValue::from).collect();
        // Strict: "done" means on the disk, not on its way there.
        let options = record(&[("durability", &"strict".into())]);
        let transaction = call(&self.database, "transaction", &[&names, &mode.into(), &options])?;
        let ended = settled(&transaction, "oncomplete", &["onabort", "onerror"]);
        Ok((transaction, ended))
    }

    fn reading(&self, store: &str) -> Outcome<JsValue> {
        let (transaction, _) = self.begin(&[store], "readonly")?;
        call(&transaction, "objectStore", &[&store.into()])
    }

    /// Writes records of different tasks, each unless one is there that knows more. Says how many were written.
    pub async fn put(&self, entries: &[Entry]) -> Result<usize, Refusal> {
        self.try_put(entries).await.map_err(|error| refusal(&error))
    }

    async fn try_put(&self, entries: &[Entry]) -> Outcome<usize> {
        let (transaction, ended) = self.begin(&[TASKS, SUMMARIES, UNFINISHED], "readwrite")?;
        let store = |name: &str| call(&transaction, "objectStore", &[&name.into()]);
        let (tasks, summaries, unfinished) = (store(TASKS)?, store(SUMMARIES)?, store(UNFINISHED)?);
        // All are asked for before the first is awaited: thousands are written at the pace of the disk.
        let mut asked = Vec::new();
        for entry in entries {
            let request = call(&tasks, "get", &[&JsValue::from(&entry.uid)])?;
            let answered = settled(&request, "onsuccess", &["onerror"]);
            asked.push((request, answered));
        }
        let mut written = 0;
        for (entry, (request, answered)) in entries.iter().zip(asked) {
            let uid = JsValue::from(&entry.uid);
            in_time(answered).await?;
            let old = get(&request, "result");
            #[allow(clippy::cast_precision_loss)] // Changes are counted by ones.
            let rank = entry.rank as f64;
            if get(&old, "rank").as_f64().is_some_and(|old| old >= rank) {
                continue;
            }
            let value = record(&[("rank", &rank.into()), ("text", &JsValue::from(&entry.text))]);
            call(&tasks, "put", &[&value, &uid])?;
            call(&summaries, "put", &[&JsValue::from(&entry.summary), &summary_key(entry.started_ms, &entry.uid)])?;
            if entry.unfinished {
                call(&unfinished, "put", &[&JsValue::TRUE, &uid])?;
            } else {
                call(&unfinished, "delete", &[&uid])?;
            }
            written += 1;
        }
        in_time(ended).await?;
        Ok(written)
    }

    /// A record as it lies there. What is no text comes as something that cannot be read.
    pub async fn text(&self, uid: &str) -> Result<Option<String>, Refusal> {
        let read = async {
            let value = answer(call(&self.reading(TASKS)?, "get", &[&uid.into()])?).await?;
            Ok((!value.is_undefined()).then(|| get(&value, "text").as_string().unwrap_or_else(|| forged(&value))))
        };
        read.await.map_err(|error: JsValue| refusal(&error))
    }

    /// Puts a text in place of another, unless something else lies there by now. Its rank stays: it tells nothing new.
    pub async fn mend(&self, uid: &str, old: &str, new: &str) -> Result<(), Refusal> {
        let work = async {
            let (transaction, ended) = self.begin(&[TASKS], "readwrite")?;
            let tasks = call(&transaction, "objectStore", &[&TASKS.into()])?;
            let value = answer(call(&tasks, "get", &[&uid.into()])?).await?;
            if get(&value, "text").as_string().as_deref() == Some(old) {
                set(&value, "text", &new.into());
                call(&tasks, "put", &[&value, &uid.into()])?;
            }
            in_time(ended).await
        };
        work.await.map(drop).map_err(|error| refusal(&error))
    }

    /// Uids of tasks that go on.
    pub async fn unfinished(&self) -> Result<Vec<String>, Refusal> {
        self.texts(UNFINISHED, "getAllKeys", &JsValue::UNDEFINED, u32::MAX).await
    }

    /// Uids of all records.
    pub async fn uids(&self) -> Result<Vec<String>, Refusal> {
        self.texts(TASKS, "getAllKeys", &JsValue::UNDEFINED, u32::MAX).await
    }

    /// Summaries, newest first, at most so many, those after the given one. What is no text is left out.
    pub async fn summaries(&self, after: Option<(u64, &str)>, most: u32) -> Result<Vec<String>, Refusal> {
        let range = match after {
            None => JsValue::UNDEFINED,
            Some((started_ms, uid)) => {
                let class = get(&browser::window(), "IDBKeyRange");
                let key = summary_key(started_ms, uid);
                call(&class, "lowerBound", &[&key, &JsValue::TRUE]).map_err(|error| refusal(&error))?
            }
        };
        self.texts(SUMMARIES, "getAll", &range, most).await
    }

    async fn texts(&self, store: &str, method: &str, range: &JsValue, most: u32) -> Result<Vec<String>, Refusal> {
        let read = async {
            let all = answer(call(&self.reading(store)?, method, &[range, &most.into()])?).await?;
            let all: Array = all.dyn_into()?;
            Ok(all.iter().filter_map(|value| value.as_string()).collect())
        };
        read.await.map_err(|error: JsValue| refusal(&error))
    }

    /// Takes records away, and everything that points to them.
    pub async fn remove(&self, keys: &[(String, u64)]) -> Result<(), Refusal> {
        let work = async {
            let (transaction, ended) = self.begin(&[TASKS, SUMMARIES, UNFINISHED], "readwrite")?;
            let store = |name: &str| call(&transaction, "objectStore", &[&name.into()]);
            let (tasks, summaries, unfinished) = (store(TASKS)?, store(SUMMARIES)?, store(UNFINISHED)?);
            for (uid, started_ms) in keys {
                call(&tasks, "delete", &[&uid.into()])?;
                call(&unfinished, "delete", &[&uid.into()])?;
                call(&summaries, "delete", &[&summary_key(*started_ms, uid)])?;
            }
            in_time(ended).await
        };
        work.await.map(drop).map_err(|error| refusal(&error))
    }

    /// Moves a record that cannot be read out of the way, as it is.
    pub async fn set_aside(&self, uid: &str, text: &str) -> Result<(), Refusal> {
        let key = [&browser::now_ms().to_string(), " ", uid].concat();
        let work = async {
            let (transaction, ended) = self.begin(&[TASKS, UNFINISHED, ASIDE], "readwrite")?;
            let store = |name: &str| call(&transaction, "objectStore", &[&name.into()]);
            let value = record(&[("key", &JsValue::from(&key)), ("uid", &uid.into()), ("text", &text.into())]);
            call(&store(ASIDE)?, "put", &[&value, &JsValue::from(&key)])?;
            call(&store(TASKS)?, "delete", &[&uid.into()])?;
            call(&store(UNFINISHED)?, "delete", &[&uid.into()])?;
            in_time(ended).await
        };
        work.await.map(drop).map_err(|error| refusal(&error))
    }

    /// Everything that lies aside.
    pub async fn aside(&self) -> Result<Vec<Aside>, Refusal> {
        let read = async {
            let all: Array = answer(call(&self.reading(ASIDE)?, "getAll", &[])?).await?.dyn_into()?;
            Ok(all.iter().map(|value| laid(&value)).collect())
        };
        read.await.map_err(|error: JsValue| refusal(&error))
    }

    /// Takes something away that lay aside.
    pub async fn forget_aside(&self, key: &str) -> Result<(), Refusal> {
        let work = async {
            let (transaction, ended) = self.begin(&[ASIDE], "readwrite")?;
            call(&call(&transaction, "objectStore", &[&ASIDE.into()])?, "delete", &[&key.into()])?;
            in_time(ended).await
        };
        work.await.map(drop).map_err(|error| refusal(&error))
    }
}

fn laid(value: &JsValue) -> Aside {
    let [key, uid, text] = ["key", "uid", "text"].map(|name| get_text(value, name));
    Aside { key, uid, text: if text.is_empty() { forged(value) } else { text } }
}

/// Whatever it is, as text.
fn forged(value: &JsValue) -> String {
    js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string()).unwrap_or_default()
}
