//! What a deployer's file and a user's do to the catalog.

use super::{acme, built_in, file, layered, told, with_entry};
use serde_json::json;
use wan_playground::catalog::overlay::Whose;
use wan_playground::catalog::{Basis, Catalog, Model, Rule};

const EMPTY: &str = include_str!("../../assets/catalog.json");

fn ids(catalog: &Catalog) -> Vec<&str> {
    catalog.gateways.iter().map(|gateway| gateway.id).collect()
}

#[test]
fn the_file_that_is_shipped_changes_nothing() {
    let (catalog, faults) = layered(Whose::Deployer, EMPTY);
    assert_eq!(told(&faults), Vec::<String>::new());
    assert_eq!(&catalog, Catalog::built_in());
}

#[test]
fn a_new_id_adds_and_a_known_one_replaces_in_its_place() {
    let mut own = acme();
    let (catalog, faults) = with_entry(&own);
    assert_eq!((ids(&catalog).last(), faults.len()), (Some(&"acme"), 0));
    own["id"] = json!("ope");
    let (catalog, faults) = with_entry(&own);
    assert_eq!((ids(&catalog), faults.len()), (vec!["crazyrouter", "ope", "acedata", "dashscope"], 0));
    assert_eq!(catalog.gateways[1].models.len(), 3);
}

#[test]
fn a_deployer_removes_gateways_but_never_the_last() {
    let (catalog, faults) = layered(Whose::Deployer, r#"{"version":1,"remove":["ope","crazyrouter"]}"#);
    assert_eq!((ids(&catalog), faults.len()), (vec!["acedata", "dashscope"], 0));
    let all = r#"{"version":1,"remove":["ope","crazyrouter","acedata","dashscope"]}"#;
    let (catalog, faults) = layered(Whose::Deployer, all);
    assert_eq!((ids(&catalog), told(&faults)), (vec!["dashscope"], vec!["/remove/3 NothingLeft".to_owned()]));
}

#[test]
fn a_short_entry_is_like_a_built_in_gateway() {
    let (catalog, faults) = with_entry(&json!({
        "id": "my-proxy", "like": "dashscope", "name": "Proxy", "base": "https://Proxy.Example.com/wan/"
    }));
    assert_eq!(told(&faults), Vec::<String>::new());
    let like = Catalog::built_in();
    let (like, made) = (like.gateway("dashscope").expect("built in"), catalog.gateway("my-proxy").expect("added"));
    assert_eq!((made.bases.len(), made.bases[0].url), (1, "https://proxy.example.com/wan"));
    assert_eq!((made.key_variable, made.name.zh), ("MY_PROXY_API_KEY", "Proxy"));
    assert_eq!(made.endpoints, like.endpoints);
    let offered = like.models.iter().filter(|model| model.is_offered_in("cn")).count();
    assert_eq!(made.models.len(), offered);
    // Nobody publishes what a proxy charges: the list price is a reference, and its free quota is not the proxy's.
    let price = &made.models[0].price;
    assert_eq!(price.basis, Basis::Reference);
    assert_eq!(price.rates.keys().collect::<Vec<_>>(), ["cn"]);
    assert!(price.rates.values().all(|rates| rates.free_seconds.is_none()));
}

#[test]
fn a_workspace_of_dashscope_keeps_its_prices_and_a_region_its_models() {
    let (catalog, faults) = with_entry(&json!({
        "id": "space", "like": "dashscope", "name": {"en": "Space", "zh": "空间"}, "region": "intl",
        "bases": ["https://llm-123.ap-southeast-1.maas.aliyuncs.com"]
    }));
    assert_eq!(told(&faults), Vec::<String>::new());
    let made = catalog.gateway("space").expect("added");
    assert!(made.models.iter().all(|model| model.price.basis != Basis::Reference));
    assert!(made.model("wan2.2-s2v").is_none(), "a model of another region is not offered");
    assert_eq!(made.models[0].price.rates.keys().collect::<Vec<_>>(), ["intl"]);
    // At another host in a region, its list prices are a reference, and prices of other regions are left out.
    let (catalog, faults) = with_entry(&json!({
        "id": "eu", "like": "dashscope", "name": "EU", "region": "eu", "base": "https://eu.example"
    }));
    assert_eq!(told(&faults), Vec::<String>::new());
    let made = catalog.gateway("eu").expect("added");
    for model in made.models {
        assert_eq!(model.regions, ["eu"], "{}", model.id);
        assert!(model.price.rates.keys().all(|region| region == "eu"), "{}", model.id);
    }
    let (old, now) = (made.model("wan2.5-t2v-preview"), made.model("wan2.6-t2v").expect("offered in Frankfurt"));
    assert!(old.is_none(), "a model of other regions is not offered");
    assert_eq!(now.price.basis, Basis::Reference);
}

#[test]
fn a_dialect_picks_its_gateway_and_the_models_that_speak_it() {
    let standing = Catalog::built_in();
    for (dialect, like, some) in [
        ("bailian", "dashscope", "wan2.5-t2v-preview"),
        ("unified", "ope", "wan2.7-i2v"),
        ("generations", "crazyrouter", "wan2.5-t2v-preview@generations"),
        ("acedata", "acedata", "wan2.6-r2v"),
    ] {
        let (catalog, faults) =
            with_entry(&json!({"id": "own", "dialect": dialect, "name": "Own", "base": "https://own.example"}));
        assert_eq!(told(&faults), Vec::<String>::new(), "{dialect}");
        let like = standing.gateway(like).expect("built in");
        let spoken = like.model(some).and_then(|model| like.endpoint(model)).expect("an endpoint").dialect;
        let is_here = |model: &&Model| {
            model.is_offered_in("cn") && like.endpoint(model).is_some_and(|endpoint| endpoint.dialect == spoken)
        };
        let expected: Vec<&str> = like.models.iter().filter(is_here).map(|model| model.id).collect();
        let own = catalog.gateway("own").expect("added");
        let made: Vec<&str> = own.models.iter().map(|model| model.id).collect();
        assert_eq!(made, expected, "{dialect}");
        assert!(made.contains(&some), "{dialect}");
    }
}

#[test]
fn models_are_chosen_added_replaced_and_removed() {
    let own = acme();
    let (catalog, faults) = with_entry(&json!({
        "id": "own", "like": "dashscope", "name": "Own", "base": "https://own.example",
        "models": ["wan2.7-t2v", "wan2.5-t2v-preview"], "prices": "unpublished"
    }));
    assert_eq!(told(&faults), Vec::<String>::new());
    let made = catalog.gateway("own").expect("added");
    let names: Vec<_> = made.models.iter().map(|model| model.id).collect();
    assert_eq!(names, ["wan2.7-t2v", "wan2.5-t2v-preview"]);
    assert!(made.models.iter().all(|model| model.price.basis == Basis::Unpublished));

    let mut changed = own["models"][0].clone();
    changed["fields"][0]["kind"]["max_chars"] = json!(7);
    let mut added = own["models"][0].clone();
    added["id"] = json!("wan9");
    let (catalog, faults) = with_entry(&json!({
        "id": "dashscope", "like": "dashscope", "add_models": [changed, added], "remove_models": ["wan2.2-s2v"]
    }));
    assert_eq!(told(&faults), Vec::<String>::new());
    let (before, now) = (Catalog::built_in(), catalog);
    let (before, now) =
        (before.gateway("dashscope").expect("built in"), now.gateway("dashscope").expect("still there"));
    assert_eq!(now.models.len(), before.models.len());
    assert_eq!(now.models.iter().position(|model| model.id == "wan2.6-t2v"), Some(2), "replaced where it stood");
    assert!(format!("{:?}", now.models[2]).contains("Some(7)"));
    assert!(now.model("wan9").is_some() && now.model("wan2.2-s2v").is_none());
    assert_eq!((now.bases.len(), &now.name), (before.bases.len(), &before.name));
}

#[test]
fn a_gateway_opens_with_its_default_or_its_first_model() {
    let opens = |entry: serde_json::Value| {
        let (catalog, faults) = with_entry(&entry);
        assert_eq!(told(&faults), Vec::<String>::new());
        let made = catalog.gateway(entry["id"].as_str().expect("an id")).expect("it is there");
        made.models[made.opens_with()].id
    };
    let own = |more: serde_json::Value| {
        let mut entry = json!({"id": "own", "like": "dashscope", "name": "Own", "base": "https://own.example"});
        entry.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        opens(entry)
    };
    // A gateway that takes all models opens with the original's default; one that lists some, with the first.
    assert_eq!(own(json!({})), "wan3.0-video");
    assert_eq!(own(json!({"models": "all"})), "wan3.0-video");
    assert_eq!(own(json!({"models": ["wan2.6-t2v", "wan3.0-video"]})), "wan2.6-t2v");
    assert_eq!(own(json!({"models": ["wan2.6-t2v", "wan2.7-t2v"], "default": "wan2.7-t2v"})), "wan2.7-t2v");
    assert_eq!(own(json!({"default": "wan2.7-i2v"})), "wan2.7-i2v");
    assert_eq!(own(json!({"remove_models": ["wan3.0-video"]})), "wan2.5-t2v-preview");
    // A model of the file that replaces the default does not state its age.
    let mut plain = built_in("dashscope")["models"][1].clone();
    plain["id"] = json!("wan3.0-video");
    for word in ["age", "about"] {
        plain.as_object_mut().expect("an object").remove(word);
    }
    assert_eq!(opens(json!({"id": "dashscope", "like": "dashscope", "add_models": [plain]})), "wan2.5-t2v-preview");
    // The default of the gateway it is like speaks another dialect.
    assert_eq!(own(json!({"like": "crazyrouter", "dialect": "generations"})), "wan2.5-t2v-preview@generations");
    assert_eq!(opens(json!({"id": "dashscope", "like": "dashscope"})), "wan3.0-video");
    let mut whole = acme();
    assert_eq!(opens(whole.clone()), "wan2.7-i2v");
    whole.as_object_mut().expect("an object").remove("default");
    assert_eq!(opens(whole), "wan2.6-t2v");
}

#[test]
fn a_broken_short_entry_is_told_where_it_stands() {
    let broken = built_in("dashscope")["models"][0].clone();
    let mut broken_model = broken.clone();
    broken_model["endpoint"] = json!("nope");
    let short = |more: serde_json::Value| {
        let mut entry = json!({"id": "own", "like": "dashscope", "name": "Own", "base": "https://own.example"});
        for (name, value) in more.as_object().expect("an object") {
            if value.is_null() {
                entry.as_object_mut().expect("an object").remove(name);
            } else {
                entry[name] = value.clone();
            }
        }
        entry
    };
    for (more, place, rule) in [
        (json!({"like": "nobody"}), "/like", Rule::UnknownGateway),
        (json!({"default": "nothing"}), "/default", Rule::UnknownModel),
        (json!({"default": "wan2.6-t2v"}), "/default", Rule::NotCurrent),
        (json!({"name": null}), "", Rule::Missing),
        (json!({"base": null}), "", Rule::Missing),
        (json!({"base": "https://own.example/x?y"}), "/base", Rule::BadBase),
        (json!({"bases": ["https://b.example", "own.example"]}), "/bases/1", Rule::BadBase),
        (
            json!({"bases": [{"url": "own.example", "name": {"en": "A", "zh": "甲"}, "region": "cn"}]}),
            "/bases/0/url",
            Rule::BadBase,
        ),
        (json!({"base": null, "bases": []}), "/bases", Rule::NoBase),
        (json!({"prices": "cheap"}), "/prices", Rule::OneOf),
        (json!({"models": ["wan9"]}), "/models/0", Rule::UnknownModel),
        (json!({"models": ["wan2.7-t2v", "wan2.7-t2v"]}), "/models/1", Rule::IdTwice),
        (json!({"models": "some"}), "/models", Rule::List),
        (json!({"models": []}), "/models", Rule::NoModel),
        (json!({"models": [broken_model]}), "/models/0/endpoint", Rule::UnknownEndpoint),
        (json!({"add_models": [broken, broken_model]}), "/add_models/1/id", Rule::IdTwice),
        (json!({"remove_models": ["wan9"]}), "/remove_models/0", Rule::UnknownModel),
        (json!({"key_variable": "sk-canary-1234567890"}), "/key_variable", Rule::LooksLikeKey),
        (json!({"key": "sk-canary-1234567890"}), "/key", Rule::Surprise),
        (json!({"dialect": "unified"}), "/models", Rule::NoModel),
    ] {
        let (catalog, faults) = with_entry(&short(more.clone()));
        let place = format!("/gateways/0{place}");
        assert!(faults.iter().any(|f| f.place == place && f.rule == rule), "{more}: {place} {:?}", told(&faults));
        assert!(catalog.gateway("own").is_none(), "{more}");
    }
}

#[test]
fn one_broken_entry_leaves_the_others_alone() {
    let good = json!({"id": "good", "like": "ope", "name": "Good", "base": "https://good.example"});
    let bad = json!({"id": "bad", "like": "ope", "name": "Bad", "base": "good.example"});
    let again = json!({"id": "good", "like": "ope", "name": "Again", "base": "https://again.example"});
    let (catalog, faults) = layered(Whose::Deployer, &file(&[&bad, &good, &again]));
    assert_eq!(told(&faults), ["/gateways/0/base BadBase https://host", "/gateways/2/id IdTwice good"]);
    assert_eq!(catalog.gateway("good").map(|gateway| gateway.name.en), Some("Good"));
}

#[test]
fn a_user_s_file_stands_beside_the_others_and_never_in_their_place() {
    let taken = json!({"id": "dashscope", "like": "dashscope", "base": "https://evil.example"});
    let own = json!({"id": "own", "like": "dashscope", "name": "Own", "base": "https://own.example"});
    let text = json!({"version": 1, "gateways": [taken, own], "remove": ["ope"]}).to_string();
    let (catalog, faults) = layered(Whose::User, &text);
    assert_eq!(told(&faults), ["/gateways/0/id OnlyDeployer", "/remove/0 OnlyDeployer"]);
    assert_eq!(ids(&catalog), ["crazyrouter", "ope", "acedata", "dashscope", "own"]);
    assert_eq!(catalog.gateways[3].bases[0].url, "https://dashscope.aliyuncs.com");
}

#[test]
fn the_examples_of_the_guide_are_taken() {
    let guide = include_str!("../../docs/catalog.md");
    let examples: Vec<&str> =
        guide.split("```json").skip(1).map(|rest| rest.split("```").next().unwrap_or(rest)).collect();
    assert!(examples.len() >= 4);
    for example in examples {
        assert_eq!(told(&layered(Whose::Deployer, example).1), Vec::<String>::new(), "{example}");
    }
}
