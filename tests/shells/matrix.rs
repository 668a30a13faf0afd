//! Every model's smallest and fullest request and every hostile prompt, in every shell.

use super::{cmd, powershell};
use crate::bench::{Answer, BODY_FILE, Bench, Run};
use crate::prompts::prompts;
use crate::support::{cases, draft, find};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use wan_playground::catalog::Catalog;
use wan_playground::http::Request;
use wan_playground::protocol::{TaskId, cancel, query};
use wan_playground::snippet::{Curl, Note, Shell, Snippet, download, print};

type Send = fn(&Bench, &str, &str, &str) -> Answer;

/// The shells that are run, and what is printed for each. For zsh, nothing separate is printed.
const REAL: [(&str, Shell); 4] =
    [("bash", Shell::Bash), ("dash", Shell::Posix), ("zsh", Shell::Posix), ("fish", Shell::Fish)];

const READ: [(&str, Shell, Send); 5] = [
    ("cmd at the prompt", Shell::Cmd, cmd::at_the_prompt),
    ("cmd in a batch file", Shell::Cmd, cmd::in_a_batch_file),
    ("cmd with delayed expansion", Shell::Cmd, cmd::with_delayed_expansion),
    ("PowerShell 5.1", Shell::PowerShell, powershell::five),
    ("PowerShell 7", Shell::PowerShell, powershell::seven),
];

fn all() -> impl Iterator<Item = (&'static str, Shell, Send)> {
    REAL.into_iter().map(|(by, shell)| (by, shell, Bench::run as Send)).chain(WINE).chain(READ)
}

/// Wine cannot judge line breaks within an argument: it drops all or half of each.
const WINE: [(&str, Shell, Send); 2] = [
    ("Wine's cmd at the prompt", Shell::Cmd, cmd::at_the_prompt_of_wine),
    ("Wine's cmd in a batch file", Shell::Cmd, cmd::in_a_batch_file_of_wine),
];

fn bench() -> Bench {
    Bench::start(&REAL.map(|(program, _)| program))
}

/// The command prompt when it is not typed into.
fn is_other_cmd(by: &str, shell: Shell) -> bool {
    shell == Shell::Cmd && !by.ends_with("at the prompt")
}

/// The text for each shell; one marked as for the prompt only is run only there.
fn runs(of: impl Fn(Shell) -> Snippet) -> Vec<Run> {
    let prompt_only = of(Shell::Cmd).notes.contains(&Note::PromptOnly);
    let meant = all().filter(|(by, shell, _)| !(prompt_only && is_other_cmd(by, *shell)));
    let run = |(by, shell, send)| {
        let printed = of(shell);
        let drops_breaks = !printed.needs_file && WINE.iter().any(|(wine, ..)| *wine == by);
        Run { by, command: printed.text, send, drops_breaks }
    };
    meant.map(run).collect()
}

/// The request in every shell, with the body in a file only if a shell says that it needs that.
fn compare(bench: &Bench, place: &str, request: &Request, key_variable: &str) -> Answer {
    let how = Curl { key_variable, output: None, body_file: BODY_FILE };
    let file = bench.folder.join(BODY_FILE);
    drop(fs::remove_file(&file));
    if Shell::ALL.iter().any(|shell| print(*shell, request, how).needs_file) {
        fs::write(&file, request.body_text().expect("a body")).expect("the folder can be written");
    }
    let answer = bench.compare_runs(place, request, key_variable, &runs(|shell| print(shell, request, how)));
    drop(fs::remove_file(&file));
    drop(fs::remove_dir(bench.folder.join("temporary files")));
    answer
}

#[test]
fn every_model_smallest_and_fullest_arrives_from_every_shell_as_from_the_page() {
    let bench = bench();
    let catalog = Catalog::built_in();
    let mut models = BTreeSet::new();
    for case in cases().iter().filter(|case| case.is_extreme()) {
        let (gateway, model) = case.find(catalog);
        let request = bench.create(gateway, model, &case.draft);
        let answer = compare(&bench, &case.name, &request, gateway.key_variable);
        assert_eq!(answer.status, 200, "{}: {}", case.name, answer.json());
        models.insert((case.gateway.clone(), case.model.clone()));
    }
    let count: usize = catalog.gateways.iter().map(|gateway| gateway.models.len()).sum();
    assert_eq!(models.len(), count, "every model is covered");
}

#[test]
fn a_hostile_prompt_arrives_from_every_shell_and_does_nothing_else() {
    let prompts = prompts();
    assert!(prompts.len() >= 40);
    let bench = bench();
    let catalog = Catalog::built_in();
    let before = bench.names();
    let mut notes: BTreeMap<String, u32> = BTreeMap::new();
    for prompt in &prompts {
        for (gateway, model) in [("ope", "wan2.7-i2v"), ("dashscope", "wan2.5-t2v-preview")] {
            let (gateway, model) = find(catalog, gateway, model);
            let mut values = json!({"prompt": prompt});
            if gateway.id == "ope" {
                values["first_frame"] = json!({"url": "https://example.com/it's-a$(cat).png?a=b&c=`d`"});
            }
            let request = bench.create(gateway, model, &draft("a prompt", &values));
            let place = format!("{} {prompt:?}", gateway.id);
            let answer = compare(&bench, &place, &request, gateway.key_variable);
            assert_eq!(answer.status, 200, "{place}: {}", answer.json());
            let how = Curl { key_variable: "KEY", output: None, body_file: BODY_FILE };
            for note in print(Shell::Cmd, &request, how).notes {
                *notes.entry(format!("{note:?}")).or_default() += 1;
            }
        }
    }
    assert_eq!(bench.names(), before, "a command left something behind");
    // Both forms for the command prompt are tested: most bodies are in the command itself.
    let files: u32 = notes.values().sum();
    assert!(notes.len() >= 3 && files < 30, "{notes:?}");
}

#[test]
fn hostile_ids_in_an_address_arrive_from_every_shell() {
    let bench = bench();
    let catalog = Catalog::built_in();
    let gateway = catalog.gateway("dashscope").expect("a gateway");
    let endpoint = gateway.endpoints.get("video").expect("built in");
    for id in ["no-such-task", "../../x?y=`id`&$HOME'\"", "%PATH%", "%2F %20a%", "wow!cat!", "’‘“猫^&|"] {
        let id = TaskId(id.to_owned());
        let base = bench.base("dashscope");
        let asked = [query(endpoint, &base, &id), cancel(endpoint, &base, &id).expect("DashScope can cancel")];
        for request in asked {
            compare(&bench, &request.url, &request, gateway.key_variable);
        }
    }
}

#[test]
fn a_download_is_saved_under_its_name_from_every_shell() {
    let bench = bench();
    // Whatever the response is, it is saved; the link's query means something to each of the shells.
    let link = "/api/v1/tasks/none?Signature=a%2Bb%2F%3D&x='%20a%20'&$HOME&`id`&y=^|\\&z=1!cat!;*";
    let link = bench.base("dashscope").join(link);
    for name in ["wan-1.mp4", "it's $HOME & 100% (a) film!.mp4"] {
        for (by, shell, send) in all().filter(|(by, shell, _)| !is_other_cmd(by, *shell)) {
            let printed = download(shell, &link, name);
            let told = send(&bench, by, &printed.text, "KEY");
            assert_eq!((told.status, told.body.len()), (401, 0), "{by}: {}", printed.text);
            let saved = bench.folder.join(name);
            assert!(fs::read(&saved).expect("the file is there").len() > 10, "{by}");
            fs::remove_file(saved).expect("the file can be removed");
        }
    }
    let asked = bench.take_log();
    assert_eq!(asked.len(), 16);
    for entry in asked {
        let path = entry["path"].as_str().expect("a path");
        assert!(link.ends_with(path), "{path}");
    }
}
