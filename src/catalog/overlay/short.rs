//! A gateway in short form: the built-in one it is like, and what differs.

use super::super::fault::{Fault, Rule};
use super::super::read::{
    At, Members, Read, base, dialect, endpoint, model, natural, poll, source, text, texts, words,
};
use super::super::{Base, Basis, Catalog, Dialect, Gateway, Model, PriceRule, Safer, Table, Words};

/// A gateway, and which of its models are in the file itself.
pub(super) struct Made {
    pub(super) gateway: Gateway,
    /// Per model: its position in the entry, `None` for a model of the built-in gateway.
    models: Vec<Option<String>>,
    /// Per base: its position in the entry, and whether it is written in full or only as an address.
    bases: Vec<(String, bool)>,
}

impl Made {
    /// A gateway written in full in the file.
    pub(super) fn whole(gateway: Gateway) -> Self {
        let models = (0..gateway.models.len()).map(|index| Some(["/models/", &index.to_string()].concat())).collect();
        Self { gateway, models, bases: Vec::new() }
    }

    /// The position in the file for a position in the gateway.
    pub(super) fn place(&self, entry: &str, place: &str) -> String {
        if let Some(((stands, is_whole), rest)) = self.base_at(place) {
            return [entry, stands, if *is_whole { rest } else { "" }].concat();
        }
        match self.model_at(place) {
            None => [entry, place].concat(),
            Some((Some(stands), rest)) => [entry, stands, rest].concat(),
            Some((None, _)) => [entry, "/models"].concat(),
        }
    }

    /// Whether the value at a position in the gateway comes from the file.
    pub(super) fn is_in_file(&self, place: &str) -> bool {
        !matches!(self.model_at(place), Some((None, _)))
    }

    fn base_at<'a>(&'a self, place: &'a str) -> Option<(&'a (String, bool), &'a str)> {
        let rest = place.strip_prefix("/bases/")?;
        let (index, rest) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        Some((self.bases.get(index.parse::<usize>().ok()?)?, rest))
    }

    /// Where the model at a position is in the file, and the rest of the position.
    fn model_at<'a>(&'a self, place: &'a str) -> Option<(Option<&'a str>, &'a str)> {
        let rest = place.strip_prefix("/models/")?;
        let (index, rest) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        Some((self.models.get(index.parse::<usize>().ok()?)?.as_deref(), rest))
    }
}

/// What happens to the prices of the gateway it is like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Prices {
    /// They apply here too.
    Same,
    /// Alibaba's list price, as a reference.
    Reference,
    /// Nothing is known.
    Unpublished,
}

/// A base as written: only the address, or all of it.
enum Address {
    Url(String),
    Whole(Base),
}

/// A model as written: the id of one from the built-in gateway, or all of it.
enum Wanted {
    Known(String),
    Whole(Box<Model>),
}

pub(super) fn read(at: At<'_>, fresh: &dyn Fn() -> Catalog) -> Read<Made> {
    let of = at.object()?;
    let spoken = of.maybe("dialect", dialect)?;
    let like = match (of.maybe("like", text)?, spoken) {
        (Some(like), _) => like,
        (None, spoken) => spoken.map_or("", Dialect::shown_by).to_owned(),
    };
    let Some(from) = fresh().gateways.into_iter().find(|gateway| gateway.id == like) else {
        return Err(Fault::with(&[at.place, "/like"].concat(), Rule::UnknownGateway, &like));
    };
    let id = of.must("id", text)?;
    let is_same = id == like;
    let (bases, base_places) = read_bases(&of, &from, is_same)?;
    let prices = of.maybe("prices", |at| {
        let words = [("same", Prices::Same), ("reference", Prices::Reference), ("unpublished", Prices::Unpublished)];
        at.one_of(&words)
    })?;
    let is_there = |base: &Base| from.bases.iter().any(|known| is_host_of(&known.url, &base.url));
    let own = is_same || bases.iter().all(is_there);
    let prices = prices.unwrap_or(if own { Prices::Same } else { Prices::Reference });
    let name = if is_same { of.maybe("name", name)?.unwrap_or(from.name.clone()) } else { of.must("name", name)? };
    let about = of.maybe("about", name_words)?.unwrap_or_else(|| about(&from, &bases, is_same));
    let variable = of.maybe("key_variable", text)?;
    let key_variable = variable.unwrap_or_else(|| if is_same { from.key_variable.clone() } else { variable_of(&id) });
    let mut made = Gateway { id, name, about, key_variable, bases, models: Vec::new(), ..from };
    // The calls other than those for tasks are documented only at the original gateway's hosts.
    made.model_list = made.model_list.filter(|_| own);
    for (name, one) in of.or_default("endpoints", |at| at.map(endpoint))? {
        made.endpoints.set(name, one);
    }
    for (name, one) in of.or_default("sources", |at| at.map(source))? {
        made.sources.set(name, one);
    }
    let wanted = of.maybe("default", text)?;
    // Whoever lists the models puts the default one first.
    let names_models = of.maybe("models", |at| Ok(at.value.is_array()))?.unwrap_or_default();
    made.poll = of.maybe("poll", poll)?.unwrap_or(made.poll);
    made.link_hours = of.maybe("link_hours", natural)?.or(made.link_hours);
    let mut there =
        fresh().gateways.into_iter().find(|gateway| gateway.id == like).map_or(Vec::new(), |one| one.models);
    there.retain(|model| spoken.is_none() || made.endpoint(model).map(|one| one.dialect) == spoken);
    let mut models = choose(&of, at.place, there, &made.bases)?;
    of.end()?;
    for (model, _) in models.iter_mut().filter(|(_, place)| place.is_none()) {
        fit(model, &made.bases, prices);
        for field in model.fields.iter_mut().filter(|_| !own) {
            field.check = None;
        }
    }
    let is_there =
        |id: &String| !names_models && models.iter().any(|(model, place)| place.is_none() && model.id == *id);
    made.default = wanted.or(made.default.take().filter(is_there));
    let ids: Vec<String> = models.iter().map(|(model, _)| model.id.clone()).collect();
    for (model, _) in models.iter_mut().filter(|(_, place)| place.is_none()) {
        forget_absent(model, &ids);
    }
    let (models, places) = models.into_iter().unzip();
    made.models = models;
    Ok(Made { gateway: made, models: places, bases: base_places })
}

/// A name in both languages, or one text for both.
fn name(at: At<'_>) -> Read<Words> {
    if at.value.is_string() { text(at).map(|one| Words { en: one.clone(), zh: one }) } else { words(at) }
}

fn name_words(at: At<'_>) -> Read<Words> {
    name(at)
}

fn about(from: &Gateway, bases: &[Base], is_same: bool) -> Words {
    if is_same {
        return from.about.clone();
    }
    let url = bases.first().map_or("", |base| base.url.as_str());
    Words { en: [url, ", like ", &from.name.en].concat(), zh: [url, "，协议同", &from.name.zh].concat() }
}

/// `my-proxy` is `MY_PROXY_API_KEY`.
pub fn variable_of(id: &str) -> String {
    let name: String = id.chars().map(|c| if c == '-' { '_' } else { c.to_ascii_uppercase() }).collect();
    let begins = if name.starts_with(|c: char| c.is_ascii_digit()) { "KEY_" } else { "" };
    [begins, &name, "_API_KEY"].concat()
}

/// Bases, and for each its position and whether it is written in full.
type Placed = (Vec<Base>, Vec<(String, bool)>);

/// The bases and their positions.
fn read_bases(of: &Members<'_>, from: &Gateway, is_same: bool) -> Read<Placed> {
    let first = from.bases.first().map_or("", |base| base.region.as_str());
    let region = of.maybe("region", text)?.unwrap_or_else(|| first.to_owned());
    let single = of.maybe("base", address)?;
    let several = if single.is_none() && !is_same {
        of.must("bases", |at| at.list(address))?
    } else {
        of.or_default("bases", |at| at.list(address))?
    };
    let whole = |address| match address {
        Address::Whole(base) => base,
        Address::Url(url) => {
            let host = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).to_owned();
            Base { name: Words { en: host.clone(), zh: host }, url, region: region.clone() }
        }
    };
    let is_whole = |address: &Address| matches!(address, Address::Whole(_));
    let mut places: Vec<(String, bool)> = single.iter().map(|one| ("/base".to_owned(), is_whole(one))).collect();
    for (index, one) in several.iter().enumerate() {
        places.push((["/bases/", &index.to_string()].concat(), is_whole(one)));
    }
    let bases: Vec<Base> = single.into_iter().chain(several).map(whole).collect();
    if !bases.is_empty() || !is_same {
        return Ok((bases, places));
    }
    let copy = |base: &Base| Base { url: base.url.clone(), name: base.name.clone(), region: base.region.clone() };
    Ok((from.bases.iter().map(copy).collect(), Vec::new()))
}

fn address(at: At<'_>) -> Read<Address> {
    if !at.value.is_string() {
        return base(at).map(Address::Whole);
    }
    let url = text(at)?;
    // People write addresses in different ways: those that differ only in case or a trailing slash are the same.
    Ok(Address::Url(crate::address::BaseUrl::parse(&url).map_or(url, |base| base.text())))
}

/// Whether an address is at the host of a known base, which may contain a placeholder for a workspace.
fn is_host_of(known: &str, url: &str) -> bool {
    match known.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?.1))) {
        Some((before, after)) => {
            let inner = url.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            inner.is_some_and(|inner| !inner.is_empty() && !inner.contains(['.', '/']))
        }
        None => known == url,
    }
}

type Chosen = Vec<(Model, Option<String>)>;

/// The requested models, with the positions of those written in the file.
fn choose(of: &Members<'_>, entry: &str, there: Vec<Model>, bases: &[Base]) -> Read<Chosen> {
    let wanted = of.maybe("models", |at| {
        let wanted = |at: At<'_>| {
            if at.value.is_string() {
                text(at).map(Wanted::Known)
            } else {
                model(at).map(|m| Wanted::Whole(Box::new(m)))
            }
        };
        if at.value.as_str() == Some("all") { Ok(None) } else { at.list(wanted).map(Some) }
    })?;
    let mut chosen: Chosen = Vec::new();
    match wanted.flatten() {
        None => {
            let is_offered = |model: &Model| bases.iter().any(|base| model.is_offered_in(&base.region));
            chosen.extend(there.into_iter().filter(is_offered).map(|model| (model, None)));
        }
        Some(list) => {
            let mut there: Vec<Option<Model>> = there.into_iter().map(Some).collect();
            for (index, wanted) in list.into_iter().enumerate() {
                let place = ["/models/", &index.to_string()].concat();
                match wanted {
                    Wanted::Whole(model) => chosen.push((*model, Some(place))),
                    Wanted::Known(id) => {
                        let is_it = |slot: &&mut Option<Model>| slot.as_ref().is_some_and(|model| model.id == id);
                        let Some(model) = there.iter_mut().find(is_it).and_then(Option::take) else {
                            let twice = chosen.iter().any(|(model, _)| model.id == id);
                            let rule = if twice { Rule::IdTwice } else { Rule::UnknownModel };
                            return Err(Fault::with(&[entry, &place].concat(), rule, &id));
                        };
                        chosen.push((model, None));
                    }
                }
            }
        }
    }
    for (index, model) in of.or_default("add_models", |at| at.list(model))?.into_iter().enumerate() {
        let place = Some(["/add_models/", &index.to_string()].concat());
        match chosen.iter_mut().find(|(known, stands)| known.id == model.id && stands.is_none()) {
            Some(known) => *known = (model, place),
            None => chosen.push((model, place)),
        }
    }
    for (index, id) in of.or_default("remove_models", texts)?.into_iter().enumerate() {
        if !chosen.iter().any(|(model, _)| model.id == id) {
            let place = [entry, "/remove_models/", &index.to_string()].concat();
            return Err(Fault::with(&place, Rule::UnknownModel, &id));
        }
        chosen.retain(|(model, _)| model.id != id);
    }
    Ok(chosen)
}

/// Adapts a model of another gateway to this one: regions that are not here are dropped, with their prices. A model
/// that was requested by name and is offered in none of the regions here keeps its regions, so that this is reported.
fn fit(model: &mut Model, bases: &[Base], prices: Prices) {
    let is_here = |region: &String| bases.iter().any(|base| base.region == *region);
    model.price.rates.retain(is_here);
    if model.regions.iter().any(is_here) {
        model.regions.retain(is_here);
    }
    match prices {
        Prices::Same => {}
        Prices::Reference => {
            if model.price.basis != Basis::Unpublished {
                model.price.basis = Basis::Reference;
            }
            for rates in model.price.rates.values_mut() {
                (rates.free_seconds, rates.free_days) = (None, None);
            }
        }
        Prices::Unpublished => model.price.rates = Table::default(),
    }
    if model.price.rates.is_empty() {
        model.price = PriceRule {
            basis: Basis::Unpublished,
            rates: Table::default(),
            billed_input_seconds: 0,
            billed_seconds: 0,
        };
    }
}

/// A safer model that is not offered here is not offered as advice.
fn forget_absent(model: &mut Model, ids: &[String]) {
    let fields = model.fields.iter_mut().flat_map(|field| &mut field.advice);
    for advice in fields.chain(&mut model.advice) {
        if matches!(&advice.safer, Some(Safer::Model(id)) if !ids.contains(id)) {
            advice.safer = None;
        }
    }
}
