//! PowerShell is not available as a package here. What is printed for it is parsed with a third-party grammar: it has
//! to find no errors, and the body where it belongs.

use super::hostile;
use super::way::{WAYS, Way};
use crate::bench::Bench;
use crate::grammar;
use serde_json::Value;
use wan_playground::http::Json;
use wan_playground::snippet::Program;

#[test]
fn a_grammar_of_power_shell_finds_no_fault_and_the_body_as_it_is() {
    for wrong in ["'a", "if ($x { }", "@'\n'@x'\n", "f $_.A.B().C"] {
        assert!(!grammar::read(wrong).faults().is_empty(), "the grammar finds faults: {wrong}");
    }
    let bench = Bench::start(&["dash"]);
    let mut alone = Json::object();
    for way in WAYS {
        let texts = hostile::texts();
        let mut bodies = vec![None, Some(hostile::body(&texts))];
        if way == WAYS[0] {
            bodies.extend(texts.into_iter().map(|text| {
                alone.put("input.prompt", Json::Text(text));
                Some(alone.clone())
            }));
        }
        for body in bodies {
            let mut way = Way::new(&bench, way, "a cat");
            way.create.body = body.map(Into::into).or(way.create.body);
            let text = way.print(Program::PowerShell).text;
            assert!(text.is_ascii() && !text.contains('⟦'), "{text}");
            let found = grammar::read(&text);
            assert_eq!(found.faults(), Vec::<&str>::new(), "{text}");
            let strings = found.strings();
            let here: Vec<_> = strings.iter().filter(|text| text.starts_with("{\n")).collect();
            let read: Value = serde_json::from_str(here.first().expect("a here-string")).expect("JSON");
            let meant = way.create.body_text().expect("a body");
            assert_eq!((here.len(), read), (1, serde_json::from_str(&meant).expect("JSON")), "{text}");
            let mut called = found.called();
            let known = ["Add-Type", "ConvertFrom-Json", "ConvertTo-Json", "Get-Place", "Get-Reason", "Invoke-Call"];
            let more = ["Join-Path", "New-Object", "Save-Video", "Start-Sleep", "Write-Note"];
            called.retain(|name| !known.contains(name) && !more.contains(name));
            assert_eq!(called, Vec::<&str>::new(), "{text}");
        }
    }
}
