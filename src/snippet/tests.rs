use super::*;
use crate::http::{Json, Method};

fn request(prompt: &str) -> Request {
    let mut body = Json::object();
    body.put("prompt", Json::Text(prompt.to_owned()));
    let headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
    Request { method: Method::Post, url: "https://h.example/v1/a?b=c&d".to_owned(), headers, body: Some(body.into()) }
}

const HOW: Curl<'_> = Curl { key_variable: "WAN_KEY", output: None, body_file: "body.json" };

fn check(shell: Shell, prompt: &str, expected: &str) {
    assert_eq!(print(shell, &request(prompt), HOW).text, expected, "{}", shell.name());
}

#[test]
fn each_shell_has_its_own_quotes_its_own_line_break_and_its_own_variable() {
    let posix = r#"curl -X POST 'https://h.example/v1/a?b=c&d' \
  -H "Authorization: Bearer $WAN_KEY" \
  -H 'Content-Type: application/json' \
  -d '{
  "prompt": "it'\''s \"so\" \\"
}'"#;
    check(Shell::Posix, r#"it's "so" \"#, posix);
    check(Shell::Bash, r#"it's "so" \"#, posix);
    check(
        Shell::Fish,
        r#"it's "so" \"#,
        r#"curl -X POST 'https://h.example/v1/a?b=c&d' \
  -H "Authorization: Bearer $WAN_KEY" \
  -H 'Content-Type: application/json' \
  -d '{
  "prompt": "it'\''s \"so\" '\\\\'"
}'"#,
    );
    check(
        Shell::Cmd,
        r#"it's "so" & \"#,
        r#"curl -X POST "https://h.example/v1/a?b=c&d" ^
  -H "Authorization: Bearer %WAN_KEY%" ^
  -H "Content-Type: application/json" ^
  -d ^"{^

  \^"prompt\^": \^"it's \\\^"so\\\^" ^& \\\\\^"^

}^""#,
    );
    check(
        Shell::PowerShell,
        r#"it's "so" $env:X `"#,
        r#"$body = [IO.Path]::GetTempFileName()
[IO.File]::WriteAllText($body, @'
{
  "prompt": "it's \"so\" $env:X `"
}
'@.Replace("`r`n", "`n"))
curl.exe -X POST 'https://h.example/v1/a?b=c&d' `
  -H "Authorization: Bearer $env:WAN_KEY" `
  -H 'Content-Type: application/json' `
  --data-binary "@$body"
Remove-Item $body"#,
    );
}

#[test]
fn what_cmd_has_no_safe_writing_for_is_a_file_and_says_why() {
    for (prompt, why) in [
        ("100%", Note::FileForPercent),
        ("wow!", Note::FileForExclamation),
        ("猫", Note::FileForLetters),
        (&*"x".repeat(9000), Note::FileForLength),
    ] {
        let printed = print(Shell::Cmd, &request(prompt), HOW);
        assert_eq!((printed.needs_file, &*printed.notes), (true, &[why][..]), "{prompt:.10}");
        assert!(printed.text.ends_with(" ^\n  --data-binary \"@body.json\""), "{}", printed.text);
    }
    let printed = print(Shell::Cmd, &request("plain"), HOW);
    assert_eq!((printed.needs_file, &*printed.notes), (false, &[][..]));
}

#[test]
fn a_percent_sign_in_a_link_is_no_variable_at_the_prompt() {
    let printed = download(Shell::Cmd, "https://h/a%2Fb?x=%PATH%&y", "100% \"so\".mp4");
    let expected = r#"curl -L ^"https://h/a%^2Fb?x=%^PATH%^&y^" --output ^"100%^ \^"so\^".mp4^""#;
    assert_eq!((&*printed.text, &*printed.notes), (expected, &[Note::PromptOnly][..]));
    assert_eq!(download(Shell::Cmd, "https://h/a", "a.mp4").notes, []);
}

#[test]
fn backslashes_before_the_last_quote_are_doubled_in_cmd() {
    let text = download(Shell::Cmd, r"https://h/a\\", "a\"\\").text;
    assert_eq!(text, r#"curl -L "https://h/a\\\\" --output ^"a\^"\\^""#);
}

#[test]
fn typographic_quotes_end_nothing_in_power_shell() {
    let text = download(Shell::PowerShell, "https://h/a", "it’s ‘a’ ‚b‛ 'c'.mp4").text;
    assert_eq!(text, "curl.exe -L 'https://h/a' --output 'it’’s ‘‘a’’ ‚‚b‛‛ ''c''.mp4'");
}

#[test]
fn an_address_leaves_windows_as_a_browser_sends_it() {
    for shell in [Shell::Cmd, Shell::PowerShell] {
        let text = download(shell, "https://h/\"猫 %20", "a").text.replace('^', "");
        assert!(text.contains("https://h/%22%E7%8C%AB%20%20"), "{text}");
    }
}

#[test]
fn letters_in_a_power_shell_script_need_a_mark() {
    assert_eq!(print(Shell::PowerShell, &request("猫"), HOW).notes, [Note::ScriptWithMark]);
    assert_eq!(print(Shell::PowerShell, &request("cat"), HOW).notes, []);
}

#[test]
fn no_body_is_said_with_a_length_of_nothing_in_every_shell() {
    for shell in Shell::ALL {
        let text = print(shell, &Request { body: None, ..request("") }, HOW).text;
        assert!(text.contains("Content-Length: 0") && !text.contains(" -d ") && !text.contains("--data"), "{text}");
    }
}

#[test]
fn a_body_with_files_in_it_is_a_file_in_every_shell() {
    let file = crate::media::LocalFile {
        name: "a.png".to_owned(),
        format: None,
        bytes: 3,
        pixels: None,
        alpha: false,
        base64: "QUJD".to_owned(),
        ..crate::media::LocalFile::default()
    };
    let with_file = Request { body: Some(Json::File(std::sync::Arc::new(file)).into()), ..request("") };
    for shell in Shell::ALL {
        let printed = print(shell, &with_file, HOW);
        assert_eq!((printed.needs_file, &*printed.notes), (true, &[Note::FileForMedia][..]), "{}", shell.name());
        assert!(printed.text.contains("@body.json") && !printed.text.contains("QUJD"), "{}", printed.text);
    }
}
