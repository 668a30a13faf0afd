//! A user's custom gateways: stored, edited, exported and imported.

use super::told;
use serde_json::{Value, json};
use wan_playground::catalog::own::{Kept, Own, Unread, examine, id_for, take_in};
use wan_playground::catalog::{Catalog, Rule};

fn own() -> Own {
    Own {
        id: "lab".into(),
        name: "Lab".into(),
        base: "https://Lab.example/v/".into(),
        dialect: "bailian".into(),
        region: String::new(),
        key_variable: String::new(),
        models: None,
    }
}

fn faults(own: &Own) -> Vec<String> {
    told(&examine(Catalog::built_in(), Catalog::built_in(), &own.entry()))
}

#[test]
fn what_the_form_holds_comes_back_from_its_entry() {
    let full =
        Own { region: "intl".into(), key_variable: "LAB_KEY".into(), models: Some(vec!["wan2.7-t2v".into()]), ..own() };
    for one in [own(), full] {
        assert_eq!(faults(&one), Vec::<String>::new());
        assert_eq!(Own::of(&one.entry()), Some(one));
    }
    let mut more = own().entry();
    more["poll"] = json!({"first_ms": 1, "interval_ms": 5000, "give_up_min": 60});
    assert_eq!(Own::of(&more), None, "an entry that says more is not cut down by an edit");
}

#[test]
fn each_input_is_told_its_own_fault() {
    for (change, place) in [
        ((|own| own.name.clear()) as fn(&mut Own), ""),
        (|own| own.base.clear(), ""),
        (|own| own.base = "lab.example".into(), "/base"),
        (|own| own.base = "http://lab.example".into(), "/base"),
        (|own| own.key_variable = "sk-canary-1234567890".into(), "/key_variable"),
        (|own| own.region = "mars mars".into(), "/base"),
        (|own| own.models = Some(Vec::new()), "/models"),
        (|own| own.models = Some(vec!["nope".into()]), "/models/0"),
        (|own| own.id = "dashscope".into(), "/id"),
    ] {
        let mut broken = own();
        change(&mut broken);
        let found = examine(Catalog::built_in(), Catalog::built_in(), &broken.entry());
        assert!(found.iter().any(|fault| fault.place == place), "{place}: {:?}", told(&found));
    }
}

#[test]
fn entries_are_put_replaced_and_removed_and_strange_ones_carried_along() {
    let strange = json!({"id": "later", "like": "something new"});
    let text = json!({"version": 1, "gateways": [strange]}).to_string();
    let mut kept = Kept::read(&text).expect("it reads");
    assert!(!kept.put(own().entry()));
    let renamed = Own { name: "Lab 2".into(), ..own() };
    assert!(kept.put(renamed.entry()));
    let again = Kept::read(&kept.print()).expect("what was printed reads");
    assert_eq!(again.entries(), [strange.clone(), renamed.entry()]);
    kept.remove("lab");
    assert_eq!(kept.entries(), [strange]);
}

#[test]
fn what_cannot_be_read_is_not_written_over() {
    assert!(Kept::read("").is_ok() && Kept::read("{\"version\":1}").is_ok());
    assert_eq!(Kept::read("{\"version\":2,\"gateways\":[]}").err(), Some(Unread::Newer));
    for text in ["{", "[]", "{\"version\":\"1\"}", "{\"version\":1,\"gateways\":{}}"] {
        assert_eq!(Kept::read(text).err(), Some(Unread::Broken), "{text}");
    }
}

#[test]
fn a_file_is_taken_in_as_far_as_it_keeps_the_rules() {
    let mut kept = Kept::read("").expect("empty");
    kept.put(own().entry());
    let moved = Own { base: "https://other.example".into(), ..own() };
    let new = Own { id: "new".into(), ..own() };
    let evil = Own { id: "dashscope".into(), base: "https://evil.example".into(), ..own() };
    let bad = Own { id: "bad".into(), base: "ftp://x".into(), ..own() };
    let list: Vec<Value> = [moved, new, evil, bad].iter().map(Own::entry).collect();
    let text = json!({"version": 1, "gateways": list}).to_string();
    let taken = take_in(&mut kept, Catalog::built_in(), Catalog::built_in(), &text);
    assert_eq!((taken.added, taken.replaced), (vec!["new".to_owned()], vec!["lab".to_owned()]));
    let rules: Vec<_> = taken.faults.iter().map(|fault| (fault.place.as_str(), fault.rule)).collect();
    assert_eq!(rules, [("/gateways/2/id", Rule::OnlyDeployer), ("/gateways/3/base", Rule::BadBase)]);
    assert_eq!(kept.entries().len(), 2);
    // Importing the same again changes nothing.
    let printed = kept.print();
    let again = take_in(&mut kept, Catalog::built_in(), Catalog::built_in(), &printed);
    assert!(again.added.is_empty() && again.replaced.is_empty() && again.faults.is_empty());
    for broken in ["", "{}", "{\"version\":9,\"gateways\":[]}"] {
        let taken = take_in(&mut kept, Catalog::built_in(), Catalog::built_in(), broken);
        assert!(!taken.faults.is_empty() && taken.added.is_empty(), "{broken}");
    }
}

#[test]
fn an_id_is_made_from_the_name_and_is_free() {
    let taken = |id: &str| matches!(id, "dashscope" | "lab" | "lab-2");
    for (name, id) in [
        ("My Lab (EU)", "my-lab-eu"),
        ("Lab", "lab-3"),
        ("实验室", "gateway"),
        ("  ", "gateway"),
        ("DashScope", "dashscope-2"),
    ] {
        assert_eq!(id_for(name, &taken), id, "{name}");
    }
}
