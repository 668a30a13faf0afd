//! External catalogs: what is wrong with broken ones and where, what a deployer's and a user's file do, and the
//! published schema.

mod broken;
mod hostile;
mod layers;
mod own;
mod schema;

use serde_json::{Value, json};
use wan_playground::catalog::overlay::{Whose, apply};
use wan_playground::catalog::{Catalog, FILES, Fault};

/// The built-in catalog with a file applied, and what was wrong with it.
fn layered(whose: Whose, text: &str) -> (Catalog, Vec<Fault>) {
    let mut catalog = *Catalog::built_in();
    let faults = apply(&mut catalog, Catalog::built_in(), whose, text);
    (catalog, faults)
}

/// The same for a single entry in a deployer's file.
fn with_entry(entry: &Value) -> (Catalog, Vec<Fault>) {
    layered(Whose::Deployer, &file(&[entry]))
}

fn file(entries: &[&Value]) -> String {
    json!({"version": 1, "gateways": entries}).to_string()
}

/// A built-in file as a value.
fn built_in(id: &str) -> Value {
    let (_, text) = FILES.into_iter().find(|(name, _)| *name == id).expect("a file of this name");
    serde_json::from_str(text).expect("the file is JSON")
}

/// A whole custom gateway, with a conditional field (model 0), lists of media (1) and both kinds of price.
fn acme() -> Value {
    let mut acme = built_in("dashscope");
    acme["id"] = json!("acme");
    acme["default"] = json!("wan2.7-i2v");
    let models = acme["models"].as_array().expect("a list").clone();
    let pick = |id: &str| models.iter().find(|model| model["id"] == id).expect("a model of this id").clone();
    acme["models"] = json!([pick("wan2.6-t2v"), pick("wan2.7-i2v"), pick("wan2.2-s2v")]);
    acme
}

fn told(faults: &[Fault]) -> Vec<String> {
    faults
        .iter()
        .map(|fault| format!("{} {:?} {}", fault.place, fault.rule, fault.detail).trim_end().to_owned())
        .collect()
}
