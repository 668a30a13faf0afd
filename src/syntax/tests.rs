use super::*;
use crate::address::BaseUrl;
use crate::catalog::{Catalog, FieldId};
use crate::checked::check;
use crate::draft::{Draft, Value};
use crate::snippet::{self, Curl, Job, Program, Shell, print_program};
use proptest::prelude::*;

/// The pieces with a colour, each with its kind.
fn coloured(grammar: Grammar, text: &str) -> Vec<(Kind, &str)> {
    pieces(grammar, text).into_iter().filter(|(kind, _)| *kind != Kind::Plain).collect()
}

fn of(grammar: Grammar, text: &str, kind: Kind) -> Vec<&str> {
    pieces(grammar, text).into_iter().filter(|(found, _)| *found == kind).map(|(_, piece)| piece).collect()
}

#[test]
fn a_command_has_flags_a_variable_and_json() {
    let text = "curl -X POST 'https://h.example/v1' \\\n  -H \"Authorization: Bearer $WAN_KEY\" \\\n  -d '{\n  \"prompt\": \"it'\\''s \\\"so\\\" {1}\",\n  \"n\": -2.5,\n  \"on\": true\n}' && echo 1";
    assert_eq!(
        coloured(Grammar::Shell, text),
        [
            (Kind::Word, "curl"),
            (Kind::Flag, "-X"),
            (Kind::Text, "'https://h.example/v1'"),
            (Kind::Flag, "-H"),
            (Kind::Text, "\"Authorization: Bearer "),
            (Kind::Variable, "$WAN_KEY"),
            (Kind::Text, "\""),
            (Kind::Flag, "-d"),
            (Kind::Text, "'"),
            (Kind::Key, "\"prompt\""),
            (Kind::Text, "\"it'\\''s \\\"so\\\" {1}\""),
            (Kind::Key, "\"n\""),
            (Kind::Number, "-2.5"),
            (Kind::Key, "\"on\""),
            (Kind::Word, "true"),
            (Kind::Text, "'"),
            (Kind::Number, "1"),
        ]
    );
}

#[test]
fn the_windows_prompt_has_its_own_quotes_within_json() {
    let text = "  -d ^\"{^\n\n  \\^\"prompt\\^\": \\^\"it's \\\\\\^\"so\\\\\\^\" ^& x\\^\"^\n\n}^\" --o %WAN_KEY%";
    assert_eq!(of(Grammar::Cmd, text, Kind::Key), ["\\^\"prompt\\^\""]);
    assert_eq!(of(Grammar::Cmd, text, Kind::Text), ["^\"", "\\^\"it's \\\\\\^\"so\\\\\\^\" ^& x\\^\"", "^\""]);
    assert_eq!(of(Grammar::Cmd, text, Kind::Variable), ["%WAN_KEY%"]);
}

#[test]
fn powershell_has_here_strings_and_its_own_variables() {
    let text = "[IO.File]::WriteAllText($body, @'\n{\n  \"a\": \"it's\"\n}\n'@.Replace(\"`r`n\", \"`n\"))\n  -H \"Bearer $env:WAN_KEY\" # say";
    assert_eq!(of(Grammar::PowerShell, text, Kind::Key), ["\"a\""]);
    assert_eq!(of(Grammar::PowerShell, text, Kind::Variable), ["$body", "$env:WAN_KEY"]);
    assert_eq!(of(Grammar::PowerShell, text, Kind::Comment), ["# say"]);
    assert!(of(Grammar::PowerShell, text, Kind::Text).contains(&"\"`r`n\""));
}

#[test]
fn http_has_headers_and_then_a_body() {
    let text = "POST https://h.example/v1/TASK_ID\nAuthorization: Bearer $WAN_KEY\n\n{\"a\": [1, null]}";
    assert_eq!(
        coloured(Grammar::Http, text),
        [
            (Kind::Word, "POST"),
            (Kind::Text, " https://h.example/v1/"),
            (Kind::Variable, "TASK_ID"),
            (Kind::Text, "\n"),
            (Kind::Key, "Authorization"),
            (Kind::Text, ": Bearer "),
            (Kind::Variable, "$WAN_KEY"),
            (Kind::Key, "\"a\""),
            (Kind::Number, "1"),
            (Kind::Word, "null"),
        ]
    );
}

#[test]
fn each_language_has_its_comments_strings_and_words() {
    let words = |grammar, text| of(grammar, text, Kind::Word);
    assert_eq!(words(Grammar::Python, "def f(x): return None # if"), ["def", "return", "None"]);
    assert_eq!(of(Grammar::Python, "\"\"\"a \"b\"\nc\"\"\" + 'd'", Kind::Text), ["\"\"\"a \"b\"\nc\"\"\"", "'d'"]);
    assert_eq!(of(Grammar::JavaScript, "const a = {b: `c ${d}`} // e", Kind::Key), ["b"]);
    assert_eq!(of(Grammar::JavaScript, "const a = {b: `c ${d}`} // e", Kind::Comment), ["// e"]);
    assert_eq!(of(Grammar::Go, "x := `{\n \"a\": \"b\"}` /* c */", Kind::Key), ["\"a\""]);
    assert_eq!(of(Grammar::Rust, "fn f<'a>(x: &'a str) { r##\"{\"q\": \"#\"}\"##; 'x' }", Kind::Key), ["\"q\""]);
    assert_eq!(of(Grammar::Rust, "fn f<'a>(x: &'a str) { '\\n' }", Kind::Text), ["'\\n'"]);
    assert_eq!(words(Grammar::Java, "static final String A = \"new\";"), ["static", "final"]);
    assert_eq!(of(Grammar::Json, "{\"a\": 1e3, \"b\": -7}", Kind::Number), ["1e3", "-7"]);
}

#[test]
fn a_quote_that_is_never_closed_ends_with_its_line_or_with_the_text() {
    assert_eq!(of(Grammar::Python, "a = 'b\nc = 1", Kind::Number), ["1"]);
    assert_eq!(of(Grammar::Shell, "echo 'b\nc", Kind::Text), ["'b\nc"]);
    assert_eq!(of(Grammar::Json, "{\"a", Kind::Text), ["\"a"]);
}

#[test]
fn the_lines_that_differ_are_told_whole() {
    let of = |before: &str, now: &'static str| &now[changed(before, now)];
    assert_eq!(of("a\nb\nc", "a\nbb\nc"), "bb\n");
    assert_eq!(of("a\nb\nc", "a\nb\nx\nc"), "x\n");
    assert_eq!(of("a\nb\nc", "a\nc"), "");
    assert_eq!(of("a\nb", "a\nb"), "");
    assert_eq!(of("猫\nb\nc\nd", "狗\nb\ne\nd"), "狗\nb\ne\n");
    assert_eq!(of("a\nb", "a\nb\n"), "b\n");
    assert_eq!(of("", "a"), "a");
}

/// Every form in which a create call is printed.
fn printed(prompt: &str) -> Vec<String> {
    let gateway = Catalog::built_in().gateway("dashscope").expect("it is there");
    let model = gateway.model("wan2.5-t2v-preview").expect("it is there");
    let base = BaseUrl::parse("https://dashscope.aliyuncs.com").expect("it is a base");
    let mut draft = Draft::default();
    draft.set(FieldId::Prompt, Value::Text(prompt.to_owned()));
    let create = check(&draft, gateway, model, &base, "cn").preview();
    let endpoint = gateway.endpoint(model).expect("it has one");
    let (key_variable, body_file) = (gateway.key_variable, "body.json");
    let how = Curl { key_variable, output: None, body_file };
    let job = Job { create: &create, endpoint, base: &base, poll: gateway.poll, key_variable, body_file, uploads: &[] };
    let commands = Shell::ALL.map(|shell| snippet::print(shell, &create, how).text);
    let programs = Program::all_at(endpoint).into_iter().map(|program| print_program(program, &job).text);
    commands.into_iter().chain(programs).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn what_is_printed_comes_back_whole(prompt in "([\"'`\\\\^@#$%{}:\n-]|[a-z ]|猫|😀){0,40}") {
        for text in printed(&prompt) {
            for grammar in Grammar::ALL {
                prop_assert_eq!(pieces(grammar, &text).iter().map(|(_, piece)| *piece).collect::<String>(), &*text);
            }
        }
    }
}

proptest! {
    #[test]
    fn outside_the_lines_that_differ_nothing_does(before in "([ab猫]\n?)*", now in "([ab猫]\n?)*") {
        let lines = changed(&before, &now);
        prop_assert!(before.starts_with(&now[..lines.start]) && before.ends_with(&now[lines.end..]));
        prop_assert!(before.len() >= now.len() - lines.len());
    }

    #[test]
    fn joined_the_pieces_are_the_text(text in "([\"'`\\\\^@#$%{}\\[\\]:/*\n r-]|[a-z]{1,3}|[0-9]|TASK_ID|猫|😀|env:|\"\"\"|-)*") {
        for grammar in Grammar::ALL {
            let pieces = pieces(grammar, &text);
            prop_assert_eq!(pieces.iter().map(|(_, piece)| *piece).collect::<String>(), &*text);
            prop_assert!(pieces.iter().all(|(_, piece)| !piece.is_empty()));
            prop_assert!(pieces.windows(2).all(|pair| pair[0].0 != pair[1].0));
        }
    }
}
