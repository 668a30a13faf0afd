//! Everything the page knows, for as long as it is open.

use crate::address::{AddressFault, BaseUrl};
use crate::catalog::{Catalog, Choice, FieldId, Gateway, Model, Safer, Words};
use crate::complaint::Mark;
use crate::draft::{Draft, Origins, Value};
use crate::engine::Command;
use crate::http::Request;
use crate::key::ApiKey;
use crate::snippet::{Curl, Job, Note, Program, Shell, Snippet};
use crate::web::browser::{self, part::Arrived};
use crate::web::state::before::Before;
use crate::web::state::dialogs::{Dialog, Shown};
use crate::web::state::files::Files;
use crate::web::state::outlook::{Outlook, Uploads, outlook};
use crate::web::state::paste::Paste;
use crate::web::state::place::{Place, Seat, Target, simulator_root, target};
use crate::web::state::route::Way;
use crate::web::state::tasks::{Drive, TaskHandle};
use crate::web::state::{check, embed, gateways, link};
use crate::words::lang::Lang;
use crate::words::text::Texts;
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::ops::Deref;
use std::sync::{Arc, PoisonError, RwLock};

/// Everything the page knows, for as long as it is open. Copied into every closure: one address.
#[derive(Clone, Copy)]
pub struct App(&'static State);

impl Deref for App {
    type Target = State;

    fn deref(&self) -> &State {
        self.0
    }
}

/// Prints requests in every form.
#[derive(Clone, Copy)]
pub struct Printers {
    /// A call as a command.
    pub command: fn(Shell, &Request, Curl<'_>) -> Snippet,
    /// The same with the key in it.
    pub with_key: fn(Shell, &str, &Request, Curl<'_>, &ApiKey) -> Option<String>,
    /// The whole job as a program, with the uploads that the draft needs first.
    pub program: fn(App, Program, &Job<'_>) -> Snippet,
    /// What a reader of any form has to know.
    pub note: fn(Lang, Note, &str) -> String,
}

/// What the tasks bring with them, once they are open.
#[derive(Clone, Copy)]
pub struct TasksCode {
    /// Carries out what the engine says.
    pub perform: fn(App, Command),
    /// The fields that a gateway's message names.
    pub marks: fn(&Model, &str) -> Vec<Mark>,
    /// The form as text, to be kept.
    pub desk: fn(App) -> String,
}

/// What [`App`] points at.
pub struct State {
    /// The catalog. Behind a lock, because gateways may be added while the page is open; what stood before lives on
    /// for those who still point at it.
    pub(crate) catalog: &'static RwLock<&'static Catalog>,
    /// The catalog the page is built with.
    pub built_in: &'static Catalog,
    /// Opens a dialog: the root view does.
    pub(crate) opener: fn(App, Dialog),
    /// How often the catalog has changed: the whole view is made anew then.
    pub edition: RwSignal<u32>,
    /// Language.
    pub lang: RwSignal<Lang>,
    /// Index of the gateway.
    pub gateway: RwSignal<usize>,
    /// By gateway.
    pub seats: RwSignal<Vec<Seat>>,
    /// Keys as typed, by gateway id and origin. See [`crate::web::state::keys`].
    pub(crate) keys: RwSignal<Vec<(String, String)>>,
    /// By the same: where a key is kept beside memory, `tab` or `browser`.
    pub(crate) keeps: RwSignal<Vec<(String, String)>>,
    /// By the same: when a temporary key ends.
    pub(crate) ends: RwSignal<Vec<(String, String)>>,
    /// Why a key is not kept as was wished: a word, empty if it is.
    pub key_unkept: RwSignal<&'static str>,
    /// A newer version of the page is ready to be loaded.
    pub newer: RwSignal<bool>,
    /// What the user wants.
    pub draft: RwSignal<Draft>,
    /// What it was before the last press that replaced much of it.
    pub before: RwSignal<Option<Before>>,
    /// Fields bear their names of the API too.
    pub names: RwSignal<bool>,
    /// Under which model its values were set.
    pub origins: RwSignal<Origins>,
    /// Run was pressed with something missing: show everything that is.
    pub tried: RwSignal<bool>,
    /// A press came for a request that is on its way already: as the task of this number, and when that was said.
    pub pressed_twice: RwSignal<Option<(u32, u64)>>,
    /// Tasks, newest first.
    pub tasks: RwSignal<Vec<TaskHandle>>,
    /// Why tasks are not kept: a refusal's word, empty if they are, `told` once the user knows.
    pub unkept: RwSignal<&'static str>,
    /// How requests are written: the id of a shell, or `http`.
    pub written: RwSignal<String>,
    /// The number of the task whose own request is shown, while it is on the stage. `None`: the form's, which is what
    /// Run would send.
    pub requested: RwSignal<Option<u32>>,
    /// The task on the stage; none: the draft.
    pub selected: RwSignal<Option<u32>>,
    /// By origin, where it is not the straight one: the way calls go.
    pub routes: RwSignal<Vec<(String, Way)>>,
    /// The page is shown within another one.
    pub embedded: bool,
    /// Origin of the page around it, once that has spoken.
    pub host: RwSignal<String>,
    /// Grows with each link that has something to be said of.
    pub link_news: RwSignal<u32>,
    /// Milliseconds since 1970, moving while anything counts time.
    pub now: RwSignal<u64>,
    /// Speed of the simulator's clock; zero where there is no simulator.
    pub speed: f64,
    /// What the tasks bring with them, once they are open.
    pub code: RwSignal<Option<TasksCode>>,
    /// What the tasks hold of the browser.
    pub(crate) drive: SendWrapper<Drive>,
    /// What is known of the link that was opened last.
    pub(crate) link: SendWrapper<RefCell<link::Room>>,
    /// What is known of the draft's copies in the stores.
    pub(crate) copies: SendWrapper<link::Copies>,
    /// What is known of the gateways beside the built-in ones.
    pub(crate) beside: SendWrapper<gateways::Beside>,
    /// The conversation with the page around an embedded one.
    pub(crate) talk: SendWrapper<embed::Talk>,
    /// Judgements of portraits, and those under way.
    pub(crate) checks: SendWrapper<RefCell<check::Room>>,
    /// The paste box.
    pub paste: Paste,
    /// The files of this visit.
    pub files: Files,
    /// A part of the page did not come when something was pressed that needs it.
    pub missing: RwSignal<bool>,
    /// Prints other forms than the command for bash, once that has come.
    pub printers: RwSignal<Option<Printers>>,
    /// The dialogs that are open, in the order they were opened.
    pub shown: RwSignal<Vec<Shown>>,
    /// Their place is on the page.
    pub(crate) has_dialogs: SendWrapper<Cell<bool>>,
    /// What would be sent, what is wrong, what it costs.
    pub outlook: Memo<Arc<Outlook>>,
}

impl App {
    /// The state of a page that has just been opened. `opener` opens its dialogs.
    pub fn new(opener: fn(Self, Dialog)) -> Self {
        let built_in = Catalog::built_in();
        let catalog: &'static RwLock<_> = Box::leak(Box::new(RwLock::new(built_in)));
        let speed = browser::simulator_speed().unwrap_or(0.0);
        let place = if speed > 0.0 { Place::Simulator } else { Place::Listed(0) };
        let seat = |gateway: &Gateway| Seat { model: gateway.opens_with(), place: place.clone() };
        let seats: Vec<Seat> = built_in.gateways.iter().map(seat).collect();
        let dashscope = built_in.gateways.iter().position(|gateway| gateway.id == "dashscope").unwrap_or(0);
        let gateway = RwSignal::new(dashscope);
        let seats = RwSignal::new(seats);
        let draft = RwSignal::new(Draft::default());
        let origins = RwSignal::new(Origins::default());
        let (files, keys) = (Files::default(), RwSignal::new(Vec::new()));
        let outlook = Memo::new(move |_| {
            let (gateway, seats, draft, origins) = (gateway.read(), seats.read(), draft.read(), origins.read());
            let shelf = files.shelf.read();
            Arc::new(outlook(standing(catalog), &gateway, &seats, &draft, &origins, Uploads { shelf: &shelf, keys }))
        });
        Self(Box::leak(Box::new(State {
            catalog,
            built_in,
            opener,
            edition: RwSignal::new(0),
            lang: RwSignal::new(browser::language()),
            gateway,
            seats,
            keys,
            keeps: RwSignal::new(Vec::new()),
            ends: RwSignal::new(Vec::new()),
            key_unkept: RwSignal::new(""),
            newer: RwSignal::new(false),
            draft,
            before: RwSignal::new(None),
            names: RwSignal::new(browser::has_names()),
            origins,
            tried: RwSignal::new(false),
            pressed_twice: RwSignal::new(None),
            tasks: RwSignal::new(Vec::new()),
            unkept: RwSignal::new(""),
            written: RwSignal::new(browser::written()),
            requested: RwSignal::new(None),
            selected: RwSignal::new(None),
            routes: RwSignal::new(Vec::new()),
            embedded: browser::is_embedded(),
            host: RwSignal::new(String::new()),
            link_news: RwSignal::new(0),
            now: RwSignal::new(browser::now_ms()),
            speed,
            code: RwSignal::new(None),
            drive: SendWrapper::new(Drive::new()),
            link: SendWrapper::new(RefCell::default()),
            copies: SendWrapper::new(link::Copies::default()),
            beside: SendWrapper::new(gateways::Beside::default()),
            talk: SendWrapper::new(embed::Talk::default()),
            checks: SendWrapper::new(RefCell::default()),
            paste: Paste::default(),
            files,
            missing: RwSignal::new(false),
            printers: RwSignal::new(None),
            shown: RwSignal::new(Vec::new()),
            has_dialogs: SendWrapper::new(Cell::new(false)),
            outlook,
        })))
    }

    /// The catalog as it stands now.
    pub fn catalog(self) -> &'static Catalog {
        standing(self.catalog)
    }

    /// The language now, without following it: the whole view is made anew when it changes.
    pub fn lang(self) -> Lang {
        self.lang.get_untracked()
    }

    /// The fixed words now.
    pub fn texts(self) -> &'static Texts {
        self.lang().texts()
    }

    /// One of two words.
    pub fn pick(self, words: &'static Words) -> &'static str {
        self.lang().pick(words)
    }

    /// The gateway, followed.
    pub fn the_gateway(self) -> &'static Gateway {
        &self.catalog().gateways[self.gateway.get()]
    }

    /// The model, followed.
    pub fn the_model(self) -> &'static Model {
        let index = self.gateway.get();
        &self.catalog().gateways[index].models[self.seats.with(|seats| seats[index].model)]
    }

    /// The address, followed.
    pub fn target(self) -> Result<Target, AddressFault> {
        let index = self.gateway.get();
        let gateway = &self.catalog().gateways[index];
        let mut found = self.seats.with(|seats| {
            let seat = &seats[index];
            target(gateway, gateway.models.get(seat.model), &seat.place)
        })?;
        // A gateway of one's own may be the simulator under another name.
        found.simulated |= self.is_simulator(&found.base);
        Ok(found)
    }

    /// Where the gateway is called, followed.
    pub fn place(self) -> Place {
        let index = self.gateway.get();
        self.seats.with(|seats| seats[index].place.clone())
    }

    /// Chooses a gateway. What was pasted for another one ends.
    pub fn choose_gateway(self, index: usize) {
        if index != self.gateway.get_untracked() {
            self.end_as_pasted();
        }
        self.gateway.set(index);
    }

    /// Chooses a model of the gateway. What was pasted for another one ends.
    pub fn choose_model(self, index: usize) {
        let gateway = self.gateway.get_untracked();
        if self.seats.with_untracked(|seats| seats[gateway].model != index) {
            self.end_as_pasted();
        }
        self.seats.update(|seats| seats[gateway].model = index);
        self.tried.set(false);
        self.selected.set(None);
    }

    fn end_as_pasted(self) {
        if self.draft.with_untracked(Draft::is_as_pasted) {
            self.draft.update(Draft::end_as_pasted);
        }
    }

    /// Changes the address of the gateway.
    pub fn choose_place(self, place: Place) {
        let gateway = self.gateway.get_untracked();
        self.seats.update(|seats| seats[gateway].place = place);
    }

    /// Sets a field from its own input.
    pub fn set(self, id: FieldId, value: Option<Value>) {
        self.draft.update(|draft| match value {
            Some(value) => draft.set(id, value),
            None => draft.clear(id),
        });
    }

    /// The form of now, before a press that leaves this.
    pub fn noted(self, left: Draft) -> Before {
        let gateway = self.gateway.get_untracked();
        let model = self.seats.with_untracked(|seats| seats[gateway].model);
        Before { gateway, model, draft: self.draft.get_untracked(), left }
    }

    /// Replaces what the form holds, so that one press brings it back.
    pub fn replace(self, draft: Draft) {
        self.before.set(Some(self.noted(draft.clone())));
        self.draft.set(draft);
    }

    /// Brings back what was there before.
    pub fn put_back(self, before: Before) {
        self.choose_gateway(before.gateway);
        self.choose_model(before.model);
        self.draft.set(before.draft);
    }

    /// Notes under which model the values were set that have changed.
    pub fn follow_origins(self) {
        let model = untrack(|| self.the_model()).wire_name();
        self.draft.with_untracked(|draft| self.origins.maybe_update(|origins| origins.follow(draft, model)));
    }

    /// Takes a safer choice.
    pub fn take(self, safer: &Safer) {
        match safer {
            Safer::Set(id, choice) => self.set(
                *id,
                Some(match choice {
                    Choice::Flag(flag) => Value::Flag(*flag),
                    Choice::Number(number) => Value::Text(number.to_string()),
                    Choice::Word(word) => Value::Text((*word).to_owned()),
                }),
            ),
            Safer::Model(id) => {
                let gateway = &self.catalog().gateways[self.gateway.get_untracked()];
                if let Some(index) = gateway.models.iter().position(|model| model.id == *id) {
                    self.choose_model(index);
                }
            }
        }
    }

    /// The shell commands are written for. Where another form is chosen, bash.
    pub fn shell(self) -> Shell {
        Shell::of(&self.written.read()).unwrap_or(Shell::Bash)
    }

    /// Where a base of a gateway is found: at the simulator, in the list, or as typed.
    pub fn place_of(self, gateway: &Gateway, base: &BaseUrl) -> Place {
        if self.plays(gateway.id) && self.is_simulator(base) {
            return Place::Simulator;
        }
        let listed = gateway.bases.iter().position(|known| known.url == base.text());
        listed.map_or_else(|| Place::Typed(base.text().clone()), Place::Listed)
    }

    /// Whether the page's own server plays the gateways.
    pub fn has_simulator(self) -> bool {
        self.speed > 0.0
    }

    /// Whether it plays this one.
    pub fn plays(self, gateway: &str) -> bool {
        self.has_simulator() && self.built_in.gateway(gateway).is_some()
    }

    pub(crate) fn is_simulator(self, base: &BaseUrl) -> bool {
        self.has_simulator() && base.text().starts_with(&simulator_root())
    }

    /// Does what was pressed, once its part of the page is here. Where that does not come, a notice says so.
    pub fn fetch(self, pressed: impl Future<Output = Arrived<()>> + 'static) {
        spawn_local(async move { self.missing.set(pressed.await.is_err()) });
    }

    /// Opens a dialog.
    pub fn open(self, dialog: Dialog) {
        (self.opener)(self, dialog);
    }

    /// Whether the tasks are open: those of earlier visits are being taken up. Followed.
    pub fn has_tasks_open(self) -> bool {
        self.code.read().is_some()
    }

    /// The task of this name, if it is among those of the page.
    pub fn task(self, uid: &str) -> Option<TaskHandle> {
        self.tasks.with_untracked(|tasks| tasks.iter().find(|handle| *handle.uid == *uid).cloned())
    }

    /// The way to an origin, followed.
    pub fn way(self, origin: &str) -> Way {
        self.routes.with(|routes| routes.iter().find(|(known, _)| known == origin).map_or(Way::Direct, |(_, way)| *way))
    }

    /// Sets the way to an origin.
    pub fn set_way(self, origin: &str, way: Way) {
        self.routes.update(|routes| {
            routes.retain(|(known, _)| known != origin);
            routes.push((origin.to_owned(), way));
        });
    }

    /// Looks at what is known of the link that was opened last, or changes it.
    pub fn with_link<T>(self, with: impl FnOnce(&mut link::Room) -> T) -> T {
        with(&mut self.link.borrow_mut())
    }

    /// The task whose own request is shown in place of the form's, tracked.
    pub fn requested_task(self) -> Option<TaskHandle> {
        let requested = self.requested.get()?;
        self.shown_task().filter(|task| task.number == requested)
    }

    /// The task on the stage, followed.
    pub fn shown_task(self) -> Option<TaskHandle> {
        let selected = self.selected.get()?;
        self.tasks.with(|tasks| tasks.iter().find(|task| task.number == selected).cloned())
    }
}

fn standing(catalog: &RwLock<&'static Catalog>) -> &'static Catalog {
    // Nothing can panic while the lock is held, so it is never poisoned.
    *catalog.read().unwrap_or_else(PoisonError::into_inner)
}
