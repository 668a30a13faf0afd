//! Which models a key may use, as the gateways list them. The account is made up, so that a page has something to mark:
//! one price differs from the catalog's, one model is missing, one is retired, some are from other makers.

use serde_json::{Value, json};

use super::answer::{Answer, documented};
use super::bailian;
use super::call::Call;
use super::dashscope::invalid;
use crate::catalog::Catalog;

/// A model that this account may not use.
const MISSING: &str = "wan2.2-kf2v-flash";
/// A model that is retired, and when.
const RETIRED: (&str, &str) = ("wan2.2-t2v-plus", "2027-03-31 00:00:00");
/// A price that differs from the catalog's: model, tier, price.
const CHEAPER: (&str, &str, &str) = ("wan2.7-t2v", "1080P", "0.9");
/// Models of other makers that are in the same list.
const OTHERS: [&str; 3] = ["happyhorse-1.0-t2v", "kling/kling-v3-video-generation", "vidu/viduq3-turbo_text2video"];

/// A page of the list: `capabilities`, `page_no` and `page_size`, each checked.
pub(super) fn of_dashscope(call: &Call) -> Answer {
    for pair in call.query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if !["capabilities", "page_no", "page_size"].contains(&name) || value.is_empty() {
            return invalid(format!("{name}: is not a known parameter, or says nothing"));
        }
    }
    let number = |name: &str, otherwise: usize, most: usize| match call.parameter(name) {
        None => Ok(otherwise),
        Some(text) => match text.parse() {
            Ok(number) if (1..=most).contains(&number) => Ok(number),
            _ => Err(format!("{name}: must be from 1 to {most}")),
        },
    };
    let (page, size) = match (number("page_no", 1, 100_000), number("page_size", 20, 200)) {
        (Ok(page), Ok(size)) => (page, size),
        (Err(reason), _) | (_, Err(reason)) => return invalid(reason),
    };
    let makes_videos = call.parameter("capabilities").is_none_or(|asked| asked.split(',').any(|word| word == "VG"));
    let rows = if makes_videos { rows() } else { Vec::new() };
    let shown: Vec<Value> = rows.iter().skip((page - 1) * size).take(size).cloned().collect();
    documented!("dashscope/answers/models")
        .with("/output/total", rows.len())
        .with("/output/page_no", page)
        .with("/output/page_size", size)
        .with("/output/models", shown)
}

fn rows() -> Vec<Value> {
    let template = documented!("dashscope/answers/models").into_body()["output"]["models"][0].clone();
    let catalog = Catalog::built_in();
    let names = bailian::names().filter(|name| *name != MISSING).chain(["wan2.2-s2v-detect"]).chain(OTHERS);
    let row = |name: &str| {
        let mut row = template.clone();
        row["model"] = name.into();
        row["name"] = name.to_uppercase().into();
        row["equivalent_snapshot"] = Value::Null;
        row["inference_offline_info"] =
            if name == RETIRED.0 { json!({"offline_time": RETIRED.1}) } else { Value::Null };
        let known = catalog.gateway("dashscope").and_then(|gateway| gateway.model(name));
        let rates = known.and_then(|model| model.price.rates.get("cn"));
        let ranges = rates.into_iter().flat_map(|rates| rates.per_second.iter()).map(|(tier, price)| {
            let mut range = template["prices"][0].clone();
            let is_cheaper = (name, tier) == (CHEAPER.0, CHEAPER.1);
            range["range_name"] = tier.into();
            range["prices"][0]["price"] = if is_cheaper { CHEAPER.2 } else { *price }.into();
            range
        });
        row["prices"] = ranges.collect::<Vec<Value>>().into();
        row
    };
    names.map(row).collect()
}

/// The whole list: ids only, of every kind of model.
pub(super) fn of_crazyrouter() -> Answer {
    let template = documented!("crazyrouter/answers/models").into_body()["data"][0].clone();
    let catalog = Catalog::built_in();
    let known = catalog.gateway("crazyrouter").into_iter().flat_map(|gateway| gateway.models);
    let mut names: Vec<&str> = known.map(crate::catalog::Model::wire_name).filter(|name| *name != MISSING).collect();
    names.dedup();
    let row = |name: &str| {
        let mut row = template.clone();
        row["id"] = name.into();
        row
    };
    let rows: Vec<Value> = names.into_iter().chain(["wan2.7-t2v", "gpt-4o", "claude-sonnet-4-5"]).map(row).collect();
    documented!("crazyrouter/answers/models").with("/data", rows)
}
