//! What the form of a gateway holds. Each press of Save runs the very checks a catalog file runs through.

use crate::address::BaseUrl;
use crate::catalog::own::{Own, examine, id_for, variable_of};
use crate::catalog::{Catalog, Dialect, Fault, Gateway, Rule};
use crate::web::dialog::gateways::line::Wrong;
use crate::web::dialog::gateways::page::is_taken;
use crate::web::drive::gateways as own;
use crate::web::state::App;
use crate::words::{self as all_words, gateways as words};
use leptos::prelude::*;

/// An input that something may be wrong with, in the order of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Input {
    /// The name.
    Name,
    /// The base URL.
    Base,
    /// The shell variable of the key.
    Variable,
    /// The models.
    Models,
    /// None of them: the entry as a whole.
    Any,
}

impl Input {
    /// Its id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Name => "own-name",
            Self::Base => "own-base",
            Self::Variable => "own-variable",
            Self::Models => "own-models",
            Self::Any => "own-any",
        }
    }
}

/// What is wrong, by the input it is about.
type Faults = Vec<(Input, String)>;

/// What stands in the form.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    app: App,
    /// What it was opened with.
    start: StoredValue<Own>,
    pub name: RwSignal<String>,
    pub base: RwSignal<String>,
    pub variable: RwSignal<String>,
    /// None for one that this version does not know.
    pub protocol: RwSignal<Option<Dialect>>,
    /// Where its prices are those of several regions: which one it is.
    pub region: RwSignal<&'static str>,
    /// It has all models of the protocol.
    pub has_all: RwSignal<bool>,
    /// It has these where it has not all.
    pub ticked: RwSignal<Vec<&'static str>>,
    /// What was found at the last look, and how many there were.
    faults: RwSignal<(u32, Faults)>,
}

impl Fields {
    /// Empty, or with what is edited.
    pub fn new(app: App, edited: Option<Own>) -> Self {
        let [first, ..] = Dialect::ALL;
        let start = edited.unwrap_or_else(|| Own {
            id: String::new(),
            name: String::new(),
            base: String::new(),
            dialect: first.word().to_owned(),
            region: String::new(),
            key_variable: String::new(),
            models: None,
        });
        let fields = Self {
            app,
            name: RwSignal::new(start.name.clone()),
            base: RwSignal::new(start.base.clone()),
            variable: RwSignal::new(start.key_variable.clone()),
            protocol: RwSignal::new(None),
            region: RwSignal::new(""),
            has_all: RwSignal::new(true),
            ticked: RwSignal::default(),
            faults: RwSignal::default(),
            start: StoredValue::new(start),
        };
        fields.speak(fields.start.with_value(|start| Dialect::of_word(&start.dialect)));
        fields
    }

    /// Chooses the protocol, and with it the region and models it was opened with.
    pub fn speak(self, protocol: Option<Dialect>) {
        self.protocol.set(protocol);
        let Some(protocol) = protocol else { return };
        let (regions, models) = (self.regions(protocol), self.models(protocol));
        self.start.with_value(|start| {
            let region = regions.iter().find(|(region, _)| *region == start.region).or(regions.first());
            self.region.set(region.map_or("", |(region, _)| region));
            let chosen = start.models.as_ref().filter(|_| start.dialect == protocol.word());
            self.has_all.set(chosen.is_none());
            let is_chosen = |id: &&str| chosen.is_none_or(|chosen| chosen.iter().any(|one| one == id));
            self.ticked.set(models.into_iter().filter(is_chosen).collect());
        });
        self.faults.update(|(_, faults)| faults.retain(|(at, _)| *at != Input::Models));
    }

    /// The built-in gateway that stands for a protocol.
    fn like(self, protocol: Dialect) -> Option<&'static Gateway> {
        self.app.built_in.gateway(protocol.shown_by())
    }

    /// The price regions of a protocol with their names, where there are several.
    pub fn regions(self, protocol: Dialect) -> Vec<(&'static str, &'static str)> {
        let mut regions: Vec<(&str, &str)> = Vec::new();
        for base in self.like(protocol).map_or(&[][..], |like| like.bases) {
            if !regions.iter().any(|(known, _)| *known == base.region) {
                regions.push((base.region, self.app.pick(&base.name)));
            }
        }
        if regions.len() < 2 { Vec::new() } else { regions }
    }

    /// The models of a protocol.
    pub fn models(self, protocol: Dialect) -> Vec<&'static str> {
        let Some(like) = self.like(protocol) else { return Vec::new() };
        let speaks = |model| like.endpoint(model).is_some_and(|endpoint| endpoint.dialect == protocol);
        like.models.iter().filter(|model| speaks(model)).map(|model| model.id).collect()
    }

    /// Ticks a model, or takes the tick away.
    pub fn tick(self, id: &'static str, is_ticked: bool) {
        self.ticked.update(|ticked| {
            ticked.retain(|known| *known != id);
            if is_ticked {
                ticked.push(id);
            }
        });
    }

    /// Its id: the one it has, or one made of this name.
    fn id(self, name: &str) -> String {
        let known = self.start.with_value(|start| start.id.clone());
        if known.is_empty() { id_for(name, &|id| is_taken(self.app, id)) } else { known }
    }

    /// The shell variable it has where none is typed, followed.
    pub fn own_variable(self) -> String {
        variable_of(&self.name.with(|name| self.id(name)))
    }

    /// What is wrong with an input, followed.
    pub fn wrong(self, input: Input) -> Signal<Option<Wrong>> {
        Signal::derive(move || {
            let (turn, faults) = &*self.faults.read();
            let words = faults.iter().find(|(at, _)| *at == input).map(|(_, words)| words.clone());
            words.map(|words| Wrong { turn: *turn, words })
        })
    }

    /// Whether something is wrong with an input, as an attribute; nothing before the first look.
    pub fn is_wrong(self, input: Input) -> Option<&'static str> {
        let (turn, faults) = &*self.faults.read();
        let is_wrong = faults.iter().any(|(at, _)| *at == input);
        (*turn > 0).then_some(if is_wrong { "true" } else { "false" })
    }

    /// What stands in the form, as it is kept.
    fn own(self) -> Own {
        let name = self.name.get_untracked();
        let start = self.start.get_value();
        let (dialect, region, models) = match self.protocol.get_untracked() {
            Some(protocol) => {
                let ticked = self.ticked.get_untracked();
                let models = self.models(protocol).into_iter().filter(|id| ticked.contains(id)).map(str::to_owned);
                let models = (!self.has_all.get_untracked()).then(|| models.collect());
                (protocol.word().to_owned(), self.region.get_untracked().to_owned(), models)
            }
            None => (start.dialect, start.region, start.models),
        };
        Own {
            id: self.id(&name),
            name,
            base: self.base.get_untracked(),
            dialect,
            region,
            key_variable: self.variable.get_untracked(),
            models,
        }
    }

    /// Keeps what is typed: its id then. Or what is wrong with it is said, and where that begins.
    pub fn save(self) -> Result<String, Input> {
        let own = self.own();
        let mut faults = judged(self.app, &own);
        if faults.is_empty() {
            match own::change(self.app, |kept| kept.put(own.entry())) {
                Ok(_) => return Ok(own.id),
                Err(refusal) => faults.push((Input::Any, words::refusal(self.app.lang(), refusal).to_owned())),
            }
        }
        let first = faults.iter().map(|(at, _)| *at).min();
        self.faults.update(|told| *told = (told.0 + 1, faults));
        Err(first.unwrap_or(Input::Any))
    }
}

/// What is wrong, once for each input.
fn judged(app: App, own: &Own) -> Faults {
    let words = words::words(app.lang());
    let mut told: Faults = Vec::new();
    // A name is missing before its key variable or id is: each input is told once.
    let mut add = |(input, words): (Input, String)| {
        if !told.iter().any(|(at, _)| *at == input) {
            told.push((input, words));
        }
    };
    if own.name.trim().is_empty() {
        add((Input::Name, words.name_missing.to_owned()));
    }
    if let Err(fault) = BaseUrl::parse(&own.base) {
        let missing = own.base.trim().is_empty();
        let why = if missing { words.base_missing } else { all_words::address(app.lang(), fault) };
        add((Input::Base, why.to_owned()));
    }
    for fault in examine(&own::stand(), Catalog::built_in(), &own.entry()) {
        add(placed(app, own, &fault));
    }
    told
}

/// The input that a fault of the entry is about, and how it is said there.
fn placed(app: App, own: &Own, fault: &Fault) -> (Input, String) {
    let words = words::words(app.lang());
    let place = fault.place.as_str();
    let lacks = |name: &str| fault.rule == Rule::Missing && fault.detail == name;
    let said = || fault.message(|words| app.lang().pick(words));
    if lacks("name") || place.starts_with("/name") {
        (Input::Name, words.name_missing.to_owned())
    } else if lacks("bases") || place.starts_with("/base") {
        let why = BaseUrl::parse(&own.base).err().map(|fault| all_words::address(app.lang(), fault));
        (Input::Base, why.map_or_else(said, str::to_owned))
    } else {
        let at = match place {
            "/key_variable" => Input::Variable,
            place if place.starts_with("/models") => Input::Models,
            _ => Input::Any,
        };
        (at, if fault.rule == Rule::NoModel { words.no_model.to_owned() } else { said() })
    }
}
