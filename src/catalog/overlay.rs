//! A file that adds gateways to the catalog or replaces them: a deployer's `catalog.json` next to the page, or the
//! gateways a user stores. Both use this one format and go through the checks of the built-in files. Broken entries are
//! skipped and reported; all others apply.
//!
//! An entry is a whole gateway, as in the built-in files, or a short one that names the built-in gateway it is like and
//! what differs: see `short.rs`.

mod short;

pub(super) use short::variable_of;

use super::read::{At, gateway, parse, texts};
use super::{Catalog, Fault, Gateway, Rule, lines};
use serde_json::Value;

/// Maximum file size, in bytes.
pub const LONGEST: usize = 1 << 20;

/// Whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// It is next to the page: it may replace and remove.
    Deployer,
    /// A user's own gateways: they are added to the others and never replace one, so that nobody who shares a file can
    /// put their own address under a name people trust.
    User,
}

/// Applies a file to the catalog and returns what is wrong with it. A short entry is like a gateway of the built-in
/// catalog.
pub fn apply(catalog: &mut Catalog, built_in: &Catalog, whose: Whose, text: &str) -> Vec<Fault> {
    let text = text.trim_start_matches('\u{feff}');
    if text.len() > LONGEST {
        return vec![Fault::new("", Rule::TooLong)];
    }
    let value = match parse(text) {
        Ok(value) => value,
        Err(fault) => return vec![fault],
    };
    let mut faults = lines::twice(text);
    if let Err(fault) = layer(catalog, built_in, whose, &value, &mut faults) {
        faults.push(fault);
    }
    lines::find(text, &mut faults);
    faults
}

fn layer(
    catalog: &mut Catalog,
    built_in: &Catalog,
    whose: Whose,
    value: &Value,
    faults: &mut Vec<Fault>,
) -> Result<(), Fault> {
    let of = At { value, place: "" }.object()?;
    let version = of.must("version", |at| Ok(at.value.as_u64()))?;
    if version != Some(1) {
        return Err(Fault::new("/version", Rule::Version));
    }
    let _: Option<()> = of.maybe("$schema", |_| Ok(()))?;
    let _: Option<&[()]> = of.maybe("gateways", |at| at.list(|_| Ok(())))?;
    let remove = of.or_default("remove", texts)?;
    of.end()?;
    if faults.iter().any(|fault| fault.place.is_empty() || fault.place == "/gateways") {
        return Ok(());
    }
    let entries = value["gateways"].as_array().map_or(&[][..], Vec::as_slice);
    let mut seen: Vec<&Value> = Vec::new();
    let before = *catalog;
    for (index, value) in entries.iter().enumerate() {
        let place = ["/gateways/", &index.to_string()].concat();
        let id = &value["id"];
        let is_second = id.is_string() && seen.contains(&id);
        seen.push(id);
        if is_second {
            faults.push(Fault::with(&[&place, "/id"].concat(), Rule::IdTwice, id.as_str().unwrap_or_default()));
        } else if !faults.iter().any(|fault| is_within(&fault.place, &place)) {
            match entry(At { value, place: &place }, built_in) {
                Ok(made) if whose == Whose::User && before.gateway(made.id).is_some() => {
                    faults.push(Fault::new(&[&place, "/id"].concat(), Rule::OnlyDeployer));
                }
                Ok(made) => put(catalog, &made),
                Err(found) => faults.extend(found),
            }
        }
    }
    take_away(catalog, whose, remove, faults);
    Ok(())
}

fn is_within(place: &str, outer: &str) -> bool {
    place.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn put(catalog: &mut Catalog, made: &Gateway) {
    let mut gateways = catalog.gateways.to_vec();
    match gateways.iter_mut().find(|known| known.id == made.id) {
        Some(known) => *known = *made,
        None => gateways.push(*made),
    }
    catalog.gateways = gateways.leak();
}

fn take_away(catalog: &mut Catalog, whose: Whose, remove: &[&str], faults: &mut Vec<Fault>) {
    for (index, id) in remove.iter().enumerate() {
        let place = ["/remove/", &index.to_string()].concat();
        if whose == Whose::User {
            faults.push(Fault::new(&place, Rule::OnlyDeployer));
        } else if catalog.gateway(id).is_none() {
            faults.push(Fault::with(&place, Rule::UnknownGateway, id));
        } else if catalog.gateways.len() == 1 {
            faults.push(Fault::new(&place, Rule::NothingLeft));
        } else {
            let rest: Vec<Gateway> = catalog.gateways.iter().filter(|gateway| gateway.id != *id).copied().collect();
            catalog.gateways = rest.leak();
        }
    }
}

/// Reads one entry and checks it.
fn entry(at: At<'_>, built_in: &Catalog) -> Result<Gateway, Vec<Fault>> {
    let is_short = ["like", "dialect"].iter().any(|member| at.value.get(member).is_some());
    let made =
        if is_short { short::read(at, built_in) } else { gateway(at).map(|gateway| short::Made::whole(&gateway)) };
    let made = made.map_err(|fault| vec![fault])?;
    let mut found = super::faults(&made.gateway);
    // The built-in files must price every tier in their first region; a gateway that is like them may be elsewhere.
    // So may what it has a place for: its rules are the built-in ones, and files are then given by link.
    let built_in = |rule: Rule| matches!(rule, Rule::TierUnpriced | Rule::NoUpload);
    found.retain(|fault| !built_in(fault.rule) || made.is_in_file(&fault.place));
    for fault in &mut found {
        fault.place = made.place(at.place, &fault.place);
    }
    if found.is_empty() { Ok(made.gateway) } else { Err(found) }
}
