//! Prompts that mean something to a shell, to curl or to a terminal, and must mean nothing in a command.

use super::bench::Bench;
use crate::support::{draft, find};
use serde_json::json;
use std::fs;
use wan_playground::catalog::Catalog;

/// Prompts and what is meant to go wrong with them.
fn prompts() -> Vec<String> {
    let mut prompts: Vec<String> = [
        "say \"cheese\"",
        "it's a cat",
        "'",
        "''''",
        "\\'",
        "'\\''",
        "\"; touch spoiled; \"",
        "'; touch spoiled; '",
        "a trailing backslash \\",
        "\\\\ \\n \\u0041 \\x41 \\0",
        "$HOME ${HOME} $DASHSCOPE_API_KEY $0 $$ $?",
        "`touch spoiled`",
        "$(touch spoiled)",
        "$((1+1)) $[1+1] ${x:-y}",
        "wow!! !$ !-1 !cat !\"x\"",
        "%PATH% %s%n %{http_code} ^caret^",
        "one\ntwo",
        "one\r\ntwo\rthree",
        "a\ttab",
        "EOF\nEOF\n",
        "a cat 😀 👩‍👩‍👧 \u{1f1e8}\u{1f1f3}",
        "right to left \u{202e}gnp.tac\u{202c} \u{200f}",
        "\u{feff}with a mark, \u{2028} and \u{2029}",
        "-leading dash",
        "--output spoiled",
        "-o spoiled",
        "@/etc/passwd",
        "@request.json",
        "{}[]*?~#&;|<>()",
        "[1-100]{a,b,c}",
        "* .* ~ ~root /etc/*",
        "> spoiled < /etc/passwd | tee spoiled",
        "a && touch spoiled || true &",
        "# a comment",
        "x=1 y:=2 z@file",
        "&amp; <script>alert(1)</script>",
        "{\"prompt\": \"inner\"}",
        "null",
        "猫",
        "𠮷野家 ñ é e\u{301}",
    ]
    .map(str::to_owned)
    .into();
    prompts.push("猫".repeat(1500));
    prompts.push("'\"\\".repeat(500));
    prompts
}

#[test]
fn a_hostile_prompt_arrives_as_it_was_typed_and_does_nothing_else() {
    let prompts = prompts();
    assert!(prompts.len() >= 25);
    let bench = Bench::start();
    let catalog = Catalog::built_in();
    let before = names(&bench);
    for prompt in &prompts {
        for (gateway, model, place) in [
            ("crazyrouter", "wan2.5-t2v-preview", "/input/prompt"),
            ("ope", "wan2.7-i2v", "/prompt"),
            ("acedata", "wan2.6-t2v", "/prompt"),
            ("dashscope", "wan2.5-t2v-preview", "/input/prompt"),
        ] {
            let (gateway, model) = find(&catalog, gateway, model);
            let mut values = json!({"prompt": prompt});
            if gateway.id == "ope" {
                values["first_frame"] = json!({"url": "https://example.com/it's%20a$(cat).png?a=b&c=`d`"});
            }
            let request = bench.create(gateway, model, &draft("a prompt", &values));
            let name = format!("{} {prompt:?}", gateway.id);
            let answer = bench.compare(&name, &request, &gateway.key_variable);
            assert_eq!(answer.status, 200, "{name}: {}", answer.json());
            let sent: serde_json::Value = serde_json::from_str(&request.body_text().expect("a body")).expect("JSON");
            assert_eq!(sent.pointer(place), Some(&json!(prompt)), "{name}");
        }
    }
    assert_eq!(names(&bench), before, "a command left something behind");
}

fn names(bench: &Bench) -> Vec<String> {
    let entries = fs::read_dir(&bench.folder).expect("the folder can be listed");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
