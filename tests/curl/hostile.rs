//! Prompts that mean something to a shell, to curl or to a terminal, and must mean nothing in a command.

use crate::bench::{Bench, SHELLS};
use crate::prompts::prompts;
use crate::support::{draft, find};
use serde_json::json;
use wan_playground::catalog::Catalog;

#[test]
fn a_hostile_prompt_arrives_as_it_was_typed_and_does_nothing_else() {
    let prompts = prompts();
    assert!(prompts.len() >= 25);
    let bench = Bench::start(&SHELLS);
    let catalog = Catalog::built_in();
    let before = bench.names();
    for prompt in &prompts {
        for (gateway, model, place) in [
            ("crazyrouter", "wan2.5-t2v-preview", "/input/prompt"),
            ("ope", "wan2.7-i2v", "/prompt"),
            ("acedata", "wan2.6-t2v", "/prompt"),
            ("dashscope", "wan2.5-t2v-preview", "/input/prompt"),
        ] {
            let (gateway, model) = find(catalog, gateway, model);
            let mut values = json!({"prompt": prompt});
            if gateway.id == "ope" {
                values["first_frame"] = json!({"url": "https://example.com/it's%20a$(cat).png?a=b&c=`d`"});
            }
            let request = bench.create(gateway, model, &draft("a prompt", &values));
            let name = format!("{} {prompt:?}", gateway.id);
            let answer = bench.compare(&name, &request, gateway.key_variable);
            assert_eq!(answer.status, 200, "{name}: {}", answer.json());
            let sent: serde_json::Value = serde_json::from_str(&request.body_text().expect("a body")).expect("JSON");
            assert_eq!(sent.pointer(place), Some(&json!(prompt)), "{name}");
        }
    }
    assert_eq!(bench.names(), before, "a command left something behind");
}
