//! Good requests broken at random: the doctor must have reported whatever the simulator refuses, and the simulator must
//! accept whatever the doctor calls correct.

use super::table::{is_taken, send};
use crate::harness::Sim;
use crate::support::cases;
use crate::wishes::call_of;
use std::collections::BTreeMap;
use wan_playground::catalog::Catalog;
use wan_playground::checked::check;
use wan_playground::doctor::{Effect, examine};
use wan_playground::http::{Json, path};
use wan_playground::import::{Body, Call, Proof};

const NOW_MS: u64 = 1_795_328_100_000;

/// Random numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// Paths of all fields that hold a value.
fn leaves(value: &Json, at: &str, out: &mut Vec<String>) {
    match value {
        Json::Object(members) => {
            for (name, value) in members {
                leaves(value, &path::member(at, name), out);
            }
        }
        Json::List(list) => {
            for (index, value) in list.iter().enumerate() {
                leaves(value, &path::item(at, index), out);
            }
        }
        _ => out.push(at.to_owned()),
    }
}

fn slip_of_the_fingers(name: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    if letters.is_empty() {
        return "x".to_owned();
    }
    let at = dice.below(letters.len());
    match dice.below(3) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, 'e'),
        _ => letters[at] = letters[at].to_ascii_uppercase(),
    }
    letters.into_iter().collect()
}

fn break_body(body: &mut Json, places: &[String], dice: &mut Dice) -> &'static str {
    let mut all = Vec::new();
    leaves(body, "", &mut all);
    if all.is_empty() {
        return "nothing left";
    }
    let at = dice.pick(&all).clone();
    let value = body.at(&at).unwrap().clone();
    let text = match &value {
        Json::Text(text) => text.clone(),
        other => other.print(wan_playground::http::Files::Whole),
    };
    let set = |body: &mut Json, value: Json| *body.at_mut(&at).unwrap() = value;
    match dice.below(12) {
        0 => {
            let name = slip_of_the_fingers(&path::last_name(&at), dice);
            if !name.is_empty() {
                body.rename(&at, &name);
            }
            "misspelt"
        }
        1 => {
            body.take(&at);
            "left out"
        }
        2 => {
            body.take(&at);
            body.add(dice.pick::<String>(places), value);
            "moved to another place"
        }
        3 => {
            let place = path::last_name(dice.pick::<String>(places));
            body.rename(&at, &place);
            "another name"
        }
        4 => {
            set(body, Json::Text(text));
            "as text"
        }
        5 => {
            set(body, Json::Number(i64::try_from(dice.below(40)).unwrap() - 2));
            "as number"
        }
        6 => {
            set(body, Json::Raw(dice.pick(&["null", "5.0", "5.5", "1e3"]).to_string()));
            "as null or fraction"
        }
        7 => {
            set(body, Json::List(vec![value]));
            "in a list"
        }
        8 => {
            let words =
                ["", "720P", "480p", "1280*720", "1280x720", "16:9", "multi", "true", "yes", "https://h.example/x.png"];
            set(body, Json::Text(dice.pick(&words).to_string()));
            "another word"
        }
        9 => {
            body.add(
                dice.pick::<String>(places),
                Json::Text(dice.pick(&["5", "720P", "https://h.example/y.mp4", "x"]).to_string()),
            );
            "one more member"
        }
        10 => {
            set(body, Json::Flag(dice.below(2) == 0));
            "as flag"
        }
        _ => {
            set(body, Json::Text(format!(" {text}")));
            "with a space"
        }
    }
}

#[tokio::test]
async fn what_is_broken_by_chance_is_seen_and_what_is_called_right_is_taken() {
    let catalog = Catalog::built_in();
    let sim = Sim::new();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut places: Vec<String> = Vec::new();
    for model in catalog.gateways.iter().flat_map(|gateway| gateway.models) {
        places.extend(model.fields.iter().map(|field| field.at.to_owned()).filter(|at| !at.is_empty()));
        places.extend(model.size.iter().map(|table| table.at.to_owned()));
    }
    places.extend(["stream", "n", "input.x", "parameters.fps", "model"].map(str::to_owned));
    places.sort();
    places.dedup();
    let cases = cases();
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let mut faults = Vec::new();
    for round in 0..4000 {
        let case = dice.pick(&cases);
        let (gateway, model) = case.find(catalog);
        let (base, region) = crate::support::base(gateway, model);
        let request = check(&case.draft, gateway, model, &base, region).preview();
        let mut body = request.body.clone().unwrap().json().unwrap().clone();
        let how: Vec<&str> = (0..=dice.below(3)).map(|_| break_body(&mut body, &places, &mut dice)).collect();
        let mut call = call_of(&request);
        call.proof = Proof::Variable(gateway.key_variable.to_owned());
        call.body = Some(Body::Text(body.print(wan_playground::http::Files::Whole)));
        if dice.below(10) == 0 {
            call.headers.remove(dice.below(call.headers.len()));
        }
        let place = format!("{round}, {} {how:?}:\n{}", case.name, body.print(wan_playground::http::Files::Whole));
        let seen = examine(catalog, &[], &call, NOW_MS);
        // Without this field the response waits for the video, on a clock that is not moved here.
        let waits = gateway.id == "acedata" && body.at("async") != Some(&Json::Flag(true));
        if !waits {
            let (status, answer) = send(&sim, &call).await;
            let refused = !is_taken(status, &answer);
            let said = seen.findings.iter().any(|finding| finding.effect != Effect::Noted);
            *counts.entry(if refused { "refused" } else { "taken" }).or_default() += 1;
            if refused && !said {
                faults.push(format!("{place}\nrefused ({answer}), but only {:?}", seen.findings));
            }
        }
        if let Some(correction) = seen.correction.filter(|correction| correction.complete) {
            let again = Call { proof: call.proof.clone(), ..call_of(&correction.request) };
            let body = correction.request.body.as_ref().unwrap().json().unwrap();
            if gateway.id == "acedata" && body.at("async") != Some(&Json::Flag(true)) {
                continue;
            }
            *counts.entry("corrected").or_default() += 1;
            let (status, answer) = send(&sim, &again).await;
            if !is_taken(status, &answer) {
                let text = correction.request.body_text().unwrap();
                faults.push(format!("{place}\n{:?}\nthe correction is refused ({answer}):\n{text}", seen.findings));
            }
            let twice = examine(catalog, &[], &again, NOW_MS);
            if let Some(finding) = twice.findings.iter().find(|finding| finding.mended) {
                faults.push(format!("{place}\nthe correction is corrected again: {finding:?}"));
            }
        }
        if faults.len() > 5 {
            break;
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    println!("{counts:?}");
    assert!(counts["refused"] > 1500 && counts["corrected"] > 1000, "{counts:?}");
}
