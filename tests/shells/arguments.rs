//! How a program of the Microsoft C runtime splits its command line, by the documented rules.

/// The arguments after the program's own name.
///
/// Spaces and tabs separate arguments outside quotes. 2n backslashes before a quote are n, and the quote is syntax; 2n
/// + 1 are n, and the quote is literal. Two quotes within quotes are one literal quote. Other backslashes are literal.
pub fn split(line: &str) -> Vec<String> {
    let letters: Vec<char> = line.chars().collect();
    let mut arguments = Vec::new();
    let mut at = 0;
    loop {
        while letters.get(at).is_some_and(|c| matches!(c, ' ' | '\t')) {
            at += 1;
        }
        if at == letters.len() {
            return arguments;
        }
        let mut argument = String::new();
        let mut quoted = false;
        while let Some(&c) = letters.get(at) {
            if matches!(c, ' ' | '\t') && !quoted {
                break;
            }
            let backslashes = letters[at..].iter().take_while(|c| **c == '\\').count();
            at += backslashes;
            if letters.get(at) != Some(&'"') {
                if backslashes > 0 {
                    argument.extend(std::iter::repeat_n('\\', backslashes));
                } else {
                    argument.push(c);
                    at += 1;
                }
                continue;
            }
            argument.extend(std::iter::repeat_n('\\', backslashes / 2));
            at += 1;
            if backslashes % 2 == 1 {
                argument.push('"');
            } else if quoted && letters.get(at) == Some(&'"') {
                argument.push('"');
                at += 1;
            } else {
                quoted = !quoted;
            }
        }
        assert!(!quoted, "a quote is left open: {line}");
        arguments.push(argument);
    }
}

#[test]
fn the_examples_of_the_documentation_come_out_as_they_say() {
    for (line, expected) in [
        (r#""abc" d e"#, vec!["abc", "d", "e"]),
        (r#"a\\b d"e f"g h"#, vec![r"a\\b", "de fg", "h"]),
        (r#"a\\\"b c d"#, vec![r#"a\"b"#, "c", "d"]),
        (r#"a\\\\"b c" d e"#, vec![r"a\\b c", "d", "e"]),
        (r#""a""b""#, vec![r#"a"b"#]),
    ] {
        assert_eq!(split(line), expected, "{line}");
    }
}
