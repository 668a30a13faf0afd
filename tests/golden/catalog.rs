//! The catalog files: their shape, their rules, their sources.

use crate::support::find;
use serde_json::{Value, json};
use wan_playground::catalog::{Age, Basis, Capability, Catalog, FILES, FieldId, Gateway, Group, Kind, Sound, faults};

#[test]
fn no_file_breaks_a_rule() {
    let mut found = Vec::new();
    for (name, text) in FILES {
        match Gateway::from_json(text) {
            Ok(gateway) => {
                assert_eq!(gateway.id, name, "the file is named by its gateway");
                found.extend(
                    faults(&gateway)
                        .into_iter()
                        .map(|fault| format!("{name}{}: {}", fault.place, fault.message(|words| words.en))),
                );
            }
            Err(why) => found.push(format!("{name}{}: {}", why.place, why.message(|words| words.en))),
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Pointers to every object of a document.
fn objects(value: &Value, at: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            out.push(at.to_owned());
            for (name, member) in members {
                objects(member, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), out);
            }
        }
        Value::Array(list) => {
            for (index, member) in list.iter().enumerate() {
                objects(member, &format!("{at}/{index}"), out);
            }
        }
        _ => {}
    }
}

#[test]
fn a_member_nobody_reads_is_refused_at_every_place() {
    let mut taken = Vec::new();
    let mut tried = 0;
    for (name, text) in FILES {
        let document: Value = serde_json::from_str(text).expect("the file is JSON");
        let mut places = Vec::new();
        objects(&document, "", &mut places);
        for place in places {
            let mut changed = document.clone();
            let object = changed.pointer_mut(&place).and_then(Value::as_object_mut).expect("an object");
            object.insert("surprise".to_owned(), json!(1));
            tried += 1;
            if Gateway::from_json(&changed.to_string()).is_ok() {
                taken.push(format!("{name}{place}"));
            }
        }
    }
    assert!(tried > 500, "only {tried} places were tried");
    assert!(taken.is_empty(), "{} of {tried} places: {:#?}", taken.len(), &taken[..taken.len().min(12)]);
}

#[test]
fn every_choice_of_tier_has_a_price_or_the_word_that_none_is_published() {
    let catalog = Catalog::built_in();
    let mut missing = Vec::new();
    for gateway in catalog.gateways {
        for model in gateway.models {
            let region = &gateway.home(model).expect("a gateway has bases").region;
            let Some(Kind::Choice { options }) = model.field(FieldId::Tier).map(|field| &field.kind) else {
                missing.push(format!("{}/{}: no choice of tier", gateway.id, model.id));
                continue;
            };
            for tier in *options {
                let priced = model.price.rates.get(region).is_some_and(|rates| rates.per_second.contains_key(tier));
                if !priced && model.price.basis != Basis::Unpublished {
                    missing.push(format!("{}/{}: {tier}", gateway.id, model.id));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_required_field_can_always_be_reached() {
    let catalog = Catalog::built_in();
    for gateway in catalog.gateways {
        for model in gateway.models {
            for field in model.fields.iter().filter(|field| field.required) {
                assert!(field.when.is_none(), "{}/{}: {}", gateway.id, model.id, field.id.name());
            }
            let asked = model.fields.iter().any(|field| field.required) || !model.media_sets.is_empty();
            assert!(asked, "{}/{} asks for nothing", gateway.id, model.id);
        }
    }
}

#[test]
fn every_figure_has_a_titled_source_and_the_day_it_was_read() {
    let catalog = Catalog::built_in();
    for gateway in catalog.gateways {
        for (name, source) in &gateway.sources {
            let place = format!("{}: {name}", gateway.id);
            assert!(!source.title.trim().is_empty(), "{place} has no title");
            assert!(source.url.as_ref().is_none_or(|url| url.starts_with("https://")), "{place}: {:?}", source.url);
            let day = source.read.as_bytes();
            let is_day = day.len() == 10 && day[4] == b'-' && day[7] == b'-' && source.read.starts_with("202");
            assert!(is_day, "{place}: {}", source.read);
        }
    }
}

#[test]
fn every_text_is_there_in_both_languages() {
    let mut found = Vec::new();
    for (name, text) in FILES {
        let document: Value = serde_json::from_str(text).expect("the file is JSON");
        let mut places = Vec::new();
        objects(&document, "", &mut places);
        for place in places {
            let object = document.pointer(&place).expect("an object");
            let (Some(english), Some(chinese)) = (object["en"].as_str(), object["zh"].as_str()) else { continue };
            if english.trim().is_empty()
                || chinese.trim().is_empty()
                || english.chars().any(|c| ('一'..='鿿').contains(&c))
            {
                found.push(format!("{name}{place}: {english} | {chinese}"));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_second_way_to_a_model_sends_the_model_s_own_name() {
    let catalog = Catalog::built_in();
    for (gateway, model) in [("crazyrouter", "wan2.5-t2v-preview@generations"), ("ope", "wan2.7-i2v@native")] {
        let (_, found) = find(catalog, gateway, model);
        assert_eq!(Some(found.wire_name()), model.split('@').next());
    }
}

/// The number after a word.
fn number_after(text: &str, word: &str) -> Option<i64> {
    let rest = &text[text.find(word)? + word.len()..];
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[test]
fn every_model_says_what_it_is_for_and_its_words_agree_with_its_fields() {
    let catalog = Catalog::built_in();
    let mut found = Vec::new();
    for gateway in catalog.gateways {
        for model in gateway.models {
            let (Some(about), Some(_)) = (&model.about, model.age) else {
                found.push(format!("{}/{}: nothing is said", gateway.id, model.id));
                continue;
            };
            let mut unless = |holds: bool, what: &str| {
                if !holds {
                    found.push(format!("{}/{}: {what}: {} | {}", gateway.id, model.id, about.en, about.zh));
                }
            };
            let lengths = match model.field(FieldId::Duration).map(|field| &field.kind) {
                Some(Kind::Integer { min, max, one_of: [], .. }) => Some((*min, *max)),
                Some(Kind::Integer { one_of, .. }) => one_of.first().copied().zip(one_of.last().copied()),
                _ => None,
            };
            let most = number_after(about.en, "up to ");
            unless(most.is_none() || most == lengths.map(|(_, most)| most), "the longest");
            unless(most == number_after(about.zh, "最长 "), "the longest, in both languages");
            for (word, words) in [(" or ", " 或 "), (" to ", " 到 ")] {
                let pair = |text: &str, word: &str| {
                    let before = text[..text.find(word)?].rsplit(|c: char| !c.is_ascii_digit()).next()?;
                    Some((before.parse::<i64>().ok()?, number_after(text, word)?))
                };
                unless(pair(about.en, word).is_none_or(|pair| Some(pair) == lengths), "the lengths");
                unless(pair(about.en, word) == pair(about.zh, words), "the lengths, in both languages");
            }
            for (en, zh, sounds) in [
                ("silent", "无声", &[Sound::Never][..]),
                ("sound optional", "声音可选", &[Sound::Field]),
                ("with sound", "有声", &[Sound::Always, Sound::Field]),
            ] {
                unless(about.en.contains(en) == about.zh.contains(zh), "sound, in both languages");
                unless(!about.en.contains(en) || sounds.contains(&model.sound), "sound");
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_gateway_opens_with_its_current_model_and_lists_that_one_first() {
    let catalog = Catalog::built_in();
    let opens: Vec<_> = catalog.gateways.iter().map(|one| (one.id, one.models[one.opens_with()].id)).collect();
    assert_eq!(
        opens,
        [
            ("crazyrouter", "wan2.5-t2v-preview"),
            ("ope", "wan2.7-i2v"),
            ("acedata", "wan3.0-video"),
            ("dashscope", "wan3.0-video")
        ]
    );
    for gateway in catalog.gateways {
        let default = &gateway.models[gateway.opens_with()];
        assert_eq!((default.age, default.group()), (Some(Age::Current), Group::Current), "{}", gateway.id);
        assert_eq!(gateway.list(default.capability).first(), Some(&gateway.opens_with()), "{}", gateway.id);
        let mut listed = 0;
        for capability in Capability::ALL {
            let list = gateway.list(capability);
            listed += list.len();
            let groups: Vec<Group> = list.iter().map(|index| gateway.models[*index].group()).collect();
            assert!(groups.is_sorted(), "{} {capability:?}: {groups:?}", gateway.id);
            assert_ne!(groups.first(), Some(&Group::Older), "{} {capability:?} has none that is not older", gateway.id);
        }
        assert_eq!(listed, gateway.models.len(), "{}: each model is listed once", gateway.id);
    }
    let dashscope = catalog.gateway("dashscope").expect("built in");
    let names = |capability| {
        let list = dashscope.list(capability).into_iter();
        list.map(|index| dashscope.models[index].id).collect::<Vec<_>>()
    };
    assert_eq!(
        names(Capability::Text),
        [
            "wan3.0-video",
            "wan2.7-t2v",
            "wan3.0-video-prime",
            "wan2.5-t2v-preview",
            "wan2.6-t2v",
            "wan2.6-t2v-us",
            "wan2.2-t2v-plus"
        ]
    );
    assert_eq!(names(Capability::Image)[..2], ["wan3.0-video@frames", "wan2.7-i2v"]);
}
