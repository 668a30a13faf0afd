//! What people write as JSON.

use super::*;
use crate::http::Files;
use proptest::prelude::*;

fn check(text: &str, expected: &str) {
    let told = match parse(text) {
        Ok(parsed) => {
            let slips: Vec<String> = parsed
                .slips
                .iter()
                .map(|(slip, spot)| format!("{slip:?} {}:{}", spot.line, spot.column))
                .chain(parsed.twice.iter().map(|path| format!("twice {path}")))
                .collect();
            let body: String = parsed.value.print(Files::Whole).split_whitespace().collect();
            format!("{body} {}", slips.join(", "))
        }
        Err(spot) => format!("broken at {}:{}", spot.line, spot.column),
    };
    assert_eq!(told.trim_end(), expected, "{text}");
}

#[test]
fn slips_are_looked_past_and_told_with_their_place() {
    check(r#"{"b": [1, 2.50, null], "a": -0}"#, r#"{"b":[1,2.50,null],"a":-0}"#);
    check("{\"a\": 1,\n}", r#"{"a":1} TrailingComma 1:8"#);
    check("{\"a\": 1\n \"b\": 2}", r#"{"a":1,"b":2} MissingComma 2:2"#);
    check("{'a': 'it\\'s'}", r#"{"a":"it's"} SingleQuotes 1:2, SingleQuotes 1:7"#);
    check("{“a”：1}", r#"{"a":1} CurlyQuotes 1:2, FullWidth 1:5"#);
    check("{// x\n a: True /* y */}", r#"{"a":true} Comment 1:2, BareName 2:2, PythonWord 2:5, Comment 2:10"#);
    check("{\"a\": \"x\ny\"}", r#"{"a":"x\ny"} Control 1:9"#);
    check(r#"{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}"#, r#"{"a":1,"b":{"c":1,"c":2},"a":3} twice b.c, twice a"#);
    check(r#"{"a\_b": "x\*"}"#, r#"{"a_b":"x*"} Escape 1:4, Escape 1:12"#);
    check(
        "{\"a\": <n>, \"b\": {{s}}, \"c\": $X}",
        r#"{"a":"<n>","b":"{{s}}","c":"$X"} Placeholder 1:7, Placeholder 1:17, Placeholder 1:29"#,
    );
    check(r#"{"a": "\ud83d\ude00\u00e9"}"#, r#"{"a":"😀é"}"#);
}

#[test]
fn what_makes_no_sense_is_pointed_at() {
    check("", "broken at 1:1");
    check("{\"a\": 1} x", "broken at 1:10");
    check("{\"a\": 1 \"b\": 2}", "broken at 1:9");
    check("{\"a\": \"猫\", \"b\": “x\n}", "broken at 1:17");
    check("{\"a\": 007}", "broken at 1:7");
    check("{\"a\": 1.}", "broken at 1:7");
    check("{\"a\"; 1}", "broken at 1:5");
    check("{\"a\": \"\\x\"}", "broken at 1:8");
    check("{\"a\": \"\\ud800\"}", "broken at 1:8");
    check(&"[".repeat(100_000), "broken at 1:66");
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        any::<String>().prop_map(Json::Text),
        any::<i64>().prop_map(Json::Number),
        any::<bool>().prop_map(Json::Flag),
        Just(Json::Raw("null".into())),
        Just(Json::Raw("1.5e-3".into())),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Json::List),
            prop::collection::vec((any::<String>(), inner), 0..5).prop_map(Json::Object),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_is_printed_is_read_again(value in any_json()) {
        let parsed = parse(&value.print(Files::Whole)).expect("what is printed can be read");
        prop_assert_eq!(parsed.slips, Vec::new());
        prop_assert_eq!(parsed.value, value);
    }

    #[test]
    fn any_text_is_read_or_refused_in_peace(text in "[\\[\\]{}\"',:/*#\\\\a-e0-9 \n“，猫\u{0}]{0,40}") {
        if let Ok(parsed) = parse(&text) {
            let again = parse(&parsed.value.print(Files::Whole)).expect("what is printed can be read");
            prop_assert_eq!(again.value, parsed.value);
        }
    }
}
