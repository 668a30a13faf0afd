//! A gateway in short form: the built-in one it is like, and what differs.

use super::super::fault::{Fault, Rule};
use super::super::read::{
    At, Members, Read, base, dialect, endpoint, flag, model, natural, poll, source, text, texts, upload, words,
};
use super::super::{
    Advice, Base, Basis, Catalog, Dialect, Gateway, Model, PriceRule, Safer, Table, Upload, Words, keep,
};

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
    pub(super) fn whole(gateway: &Gateway) -> Self {
        let models = (0..gateway.models.len()).map(|index| Some(["/models/", &index.to_string()].concat())).collect();
        Self { gateway: *gateway, models, bases: Vec::new() }
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
#[derive(Clone, Copy)]
enum Address {
    Url(&'static str),
    Whole(Base),
}

/// A model as written: the id of one from the built-in gateway, or all of it.
enum Wanted {
    Known(&'static str),
    Whole(Box<Model>),
}

pub(super) fn read(at: At<'_>, built_in: &Catalog) -> Read<Made> {
    let of = at.object()?;
    let spoken = of.maybe("dialect", dialect)?;
    let like = match (of.maybe("like", text)?, spoken) {
        (Some(like), _) => like,
        (None, spoken) => spoken.map_or("", Dialect::shown_by),
    };
    let Some(from) = built_in.gateway(like) else {
        return Err(Fault::with(&[at.place, "/like"].concat(), Rule::UnknownGateway, like));
    };
    let id = of.must("id", text)?;
    let is_same = id == like;
    let (bases, base_places) = read_bases(&of, from, is_same)?;
    let prices = of.maybe("prices", |at| {
        let words = [("same", Prices::Same), ("reference", Prices::Reference), ("unpublished", Prices::Unpublished)];
        at.one_of(&words)
    })?;
    let is_there = |base: &Base| from.bases.iter().any(|known| is_host_of(known.url, base.url));
    let own = is_same || bases.iter().all(is_there);
    let prices = prices.unwrap_or(if own { Prices::Same } else { Prices::Reference });
    let name = if is_same { of.maybe("name", name)?.unwrap_or(from.name) } else { of.must("name", name)? };
    let about = of.maybe("about", name_words)?.unwrap_or_else(|| about(from, bases, is_same));
    let variable = of.maybe("key_variable", text)?;
    let key_variable = variable.unwrap_or_else(|| if is_same { from.key_variable } else { keep(&variable_of(id)) });
    let mut made = Gateway { id, name, about, key_variable, bases, models: &[], ..*from };
    // The calls other than those for tasks are documented only at the original gateway's hosts.
    made.model_list = made.model_list.filter(|_| own);
    let is_served = |region: &&str| bases.iter().any(|base| base.region == *region);
    let serves = |upload: &&Upload| own && (upload.regions.is_empty() || upload.regions.iter().any(is_served));
    made.upload = of.maybe("upload", upload)?.or(made.upload.filter(serves));
    made.endpoints = made.endpoints.with(of.or_default("endpoints", |at| at.map(endpoint))?);
    made.sources = made.sources.with(of.or_default("sources", |at| at.map(source))?);
    let wanted = of.maybe("default", text)?;
    // Whoever lists the models puts the default one first.
    let names_models = of.maybe("models", |at| Ok(at.value.is_array()))?.unwrap_or_default();
    made.poll = of.maybe("poll", poll)?.unwrap_or(made.poll);
    made.link_hours = of.maybe("link_hours", natural)?.or(made.link_hours);
    // What answers at another address may have any routes.
    made.more_routes = of.maybe("more_routes", flag)?.unwrap_or(made.more_routes || !own);
    let is_spoken = |model: &&Model| spoken.is_none() || made.endpoint(model).map(|one| one.dialect) == spoken;
    let there: Vec<&Model> = from.models.iter().filter(is_spoken).collect();
    let mut models = choose(&of, at.place, &there, bases)?;
    of.end()?;
    for (model, _) in models.iter_mut().filter(|(_, place)| place.is_none()) {
        fit(model, bases, prices);
    }
    let is_there = |id: &&str| !names_models && models.iter().any(|(model, place)| place.is_none() && model.id == *id);
    made.default = wanted.or(made.default.filter(is_there));
    let ids: Vec<&str> = models.iter().map(|(model, _)| model.id).collect();
    for (model, _) in models.iter_mut().filter(|(_, place)| place.is_none()) {
        let forget = |advice: &mut Advice| forget_absent(advice, &ids);
        model.advice = changed(model.advice, forget);
        model.fields = changed(model.fields, |field| {
            field.advice = changed(field.advice, forget);
            field.check = field.check.filter(|_| own);
        });
    }
    let (models, places): (Vec<Model>, _) = models.into_iter().unzip();
    made.models = models.leak();
    Ok(Made { gateway: made, models: places, bases: base_places })
}

/// A list with each entry changed. One that stays as it is takes no memory.
fn changed<T: Clone + PartialEq>(list: &'static [T], change: impl FnMut(&mut T)) -> &'static [T] {
    let mut new = list.to_vec();
    new.iter_mut().for_each(change);
    if new == list { list } else { new.leak() }
}

/// A name in both languages, or one text for both.
fn name(at: At<'_>) -> Read<Words> {
    if at.value.is_string() { text(at).map(|one| Words { en: one, zh: one }) } else { words(at) }
}

fn name_words(at: At<'_>) -> Read<Words> {
    name(at)
}

fn about(from: &Gateway, bases: &[Base], is_same: bool) -> Words {
    if is_same {
        return from.about;
    }
    let url = bases.first().map_or("", |base| base.url);
    Words {
        en: keep(&[url, ", like ", from.name.en].concat()), zh: keep(&[url, "，协议同", from.name.zh].concat())
    }
}

/// `my-proxy` is `MY_PROXY_API_KEY`.
pub fn variable_of(id: &str) -> String {
    let name: String = id.chars().map(|c| if c == '-' { '_' } else { c.to_ascii_uppercase() }).collect();
    let begins = if name.starts_with(|c: char| c.is_ascii_digit()) { "KEY_" } else { "" };
    [begins, &name, "_API_KEY"].concat()
}

/// Bases, and for each its position and whether it is written in full.
type Placed = (&'static [Base], Vec<(String, bool)>);

/// The bases and their positions.
fn read_bases(of: &Members<'_>, from: &Gateway, is_same: bool) -> Read<Placed> {
    let first = from.bases.first().map_or("", |base| base.region);
    let region = of.maybe("region", text)?.unwrap_or(first);
    let single = of.maybe("base", address)?;
    let several = if single.is_none() && !is_same {
        of.must("bases", |at| at.list(address))?
    } else {
        of.or_default("bases", |at| at.list(address))?
    };
    let whole = |address: Address| match address {
        Address::Whole(base) => base,
        Address::Url(url) => {
            let host = url.split_once("://").map_or(url, |(_, rest)| rest);
            Base { name: Words { en: host, zh: host }, url, region }
        }
    };
    let is_whole = |address: &Address| matches!(address, Address::Whole(_));
    let mut places: Vec<(String, bool)> = single.iter().map(|one| ("/base".to_owned(), is_whole(one))).collect();
    for (index, one) in several.iter().enumerate() {
        places.push((["/bases/", &index.to_string()].concat(), is_whole(one)));
    }
    let bases: Vec<Base> = single.into_iter().chain(several.iter().copied()).map(whole).collect();
    if bases.is_empty() && is_same {
        return Ok((from.bases, Vec::new()));
    }
    Ok((bases.leak(), places))
}

fn address(at: At<'_>) -> Read<Address> {
    if !at.value.is_string() {
        return base(at).map(Address::Whole);
    }
    let url = text(at)?;
    // People write addresses in different ways: those that differ only in case or a trailing slash are the same.
    Ok(Address::Url(crate::address::BaseUrl::parse(url).map_or(url, |base| keep(&base.text()))))
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
fn choose(of: &Members<'_>, entry: &str, there: &[&Model], bases: &[Base]) -> Read<Chosen> {
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
            let is_offered = |model: &&&Model| bases.iter().any(|base| model.is_offered_in(base.region));
            chosen.extend(there.iter().filter(is_offered).map(|model| (**model, None)));
        }
        Some(list) => {
            for (index, wanted) in list.iter().enumerate() {
                let place = ["/models/", &index.to_string()].concat();
                match wanted {
                    Wanted::Whole(model) => chosen.push((**model, Some(place))),
                    Wanted::Known(id) => {
                        let is_taken = chosen.iter().any(|(model, place)| place.is_none() && model.id == *id);
                        let Some(model) = there.iter().find(|model| model.id == *id && !is_taken) else {
                            let twice = chosen.iter().any(|(model, _)| model.id == *id);
                            let rule = if twice { Rule::IdTwice } else { Rule::UnknownModel };
                            return Err(Fault::with(&[entry, &place].concat(), rule, id));
                        };
                        chosen.push((**model, None));
                    }
                }
            }
        }
    }
    for (index, model) in of.or_default("add_models", |at| at.list(model))?.iter().enumerate() {
        let place = Some(["/add_models/", &index.to_string()].concat());
        match chosen.iter_mut().find(|(known, stands)| known.id == model.id && stands.is_none()) {
            Some(known) => *known = (*model, place),
            None => chosen.push((*model, place)),
        }
    }
    for (index, id) in of.or_default("remove_models", texts)?.iter().enumerate() {
        if !chosen.iter().any(|(model, _)| model.id == *id) {
            let place = [entry, "/remove_models/", &index.to_string()].concat();
            return Err(Fault::with(&place, Rule::UnknownModel, id));
        }
        chosen.retain(|(model, _)| model.id != *id);
    }
    Ok(chosen)
}

/// Adapts a model of another gateway to this one: regions that are not here are dropped, with their prices. A model
/// that was requested by name and is offered in none of the regions here keeps its regions, so that this is reported.
fn fit(model: &mut Model, bases: &[Base], prices: Prices) {
    let is_here = |region: &str| bases.iter().any(|base| base.region == region);
    model.price.rates = model.price.rates.filtered(is_here);
    let regions: Vec<&'static str> = model.regions.iter().copied().filter(|region| is_here(region)).collect();
    if !regions.is_empty() {
        model.regions = regions.leak();
    }
    match prices {
        Prices::Same => {}
        Prices::Reference => {
            if model.price.basis != Basis::Unpublished {
                model.price.basis = Basis::Reference;
            }
            model.price.rates = Table(changed(model.price.rates.0, |(_, rates)| {
                (rates.free_seconds, rates.free_days) = (None, None);
            }));
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
fn forget_absent(advice: &mut Advice, ids: &[&str]) {
    if matches!(advice.safer, Some(Safer::Model(id)) if !ids.contains(&id)) {
        advice.safer = None;
    }
}
