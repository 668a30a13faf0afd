//! A pasted text as it may remain on screen: without credentials.

use super::call::Pasted;
use super::remark::RemarkKind;
use crate::key::{found, login, spelling};
use std::ops::Range;

/// Shorter ones occur in any text: they are masked where they were found, not wherever the same characters occur.
const SHORTEST: usize = 6;

/// The text with keys, cookies and logins masked at the same length: positions in it do not change.
pub fn masked(text: &str, pasted: &Pasted) -> String {
    let mut places = found::inside(text);
    places.extend(login::inside(text));
    for remark in &pasted.remarks {
        if matches!(remark.kind, RemarkKind::Cookies | RemarkKind::BasicLogin) {
            places.extend(value(text, &remark.at));
        }
    }
    for secret in pasted.secrets.iter().filter(|secret| secret.reveal().len() >= SHORTEST) {
        places.extend(spelling::places(text, secret.reveal()));
    }
    let mut out = text.as_bytes().to_vec();
    for at in places {
        if let Some(part) = out.get_mut(at) {
            part.fill(b'*');
        }
    }
    // Whole characters were replaced, so it is still valid text.
    String::from_utf8(out).unwrap_or_default()
}

/// The part of a word or a value that is the credential: not the header name, and not the quotes around it.
fn value(text: &str, at: &Range<usize>) -> Option<Range<usize>> {
    let word = text.get(at.clone())?;
    // The login in a URL was found separately.
    if word.contains("://") {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let names = ["basic ", "cookie:", "cookie^:"];
    let name = names.iter().filter_map(|name| lower.find(name).map(|at| at + name.len())).max();
    let option =
        if word.starts_with("--") { word.find('=').map(|at| at + 1) } else { word.starts_with('-').then_some(2) };
    let name = name.or(option.filter(|at| word.is_char_boundary(*at))).unwrap_or(0);
    let is_edge = |c: char| c.is_whitespace() || "'\"^$".contains(c);
    let start = word.len() - word[name..].trim_start_matches(is_edge).len();
    let end = word.trim_end_matches(is_edge).len();
    (start < end).then_some(at.start + start..at.start + end)
}

#[cfg(test)]
mod tests {
    use crate::import::{masked, read};

    #[test]
    fn what_was_pasted_stays_without_cookies_and_logins() {
        let url = "https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis";
        let body = r#"-d '{"model":"wan2.5-t2v-preview","input":{"prompt":"a cat"}}'"#;
        for (written, secrets) in [
            (
                "-H 'Cookie: sid=c4nary; t=z9' -H 'Authorization: Bearer sk-canary-12345'",
                &["c4nary", "z9", "12345"][..],
            ),
            ("-b 'sid=c4nary; t=z9'", &["c4nary", "z9"]),
            ("--cookie=sid=c4nary", &["c4nary"]),
            ("-u joe:c4", &["joe:", "c4"]),
            ("-u 'joe:c4nary pw'", &["joe", "c4nary"]),
            ("-H 'Authorization: Basic am9lOmM0bmFyeQ=='", &["am9l"]),
            ("-H 'Proxy-Authorization: Bearer c4nary-7-odd' -H 'X-Api-Key: odd~c4nary'", &["c4nary"]),
            ("-H \"X-DashScope-Token: c4nary~x\" # c4nary~x", &["c4nary"]),
            ("-x http://joe:c4nary@proxy.example:80", &["c4nary", "joe"]),
        ] {
            let text = format!("curl {url} {written} {body}");
            let pasted = read(&text);
            let clean = masked(&text, &pasted);
            assert_eq!(clean.len(), text.len());
            for secret in secrets {
                assert!(!clean.contains(secret), "{secret} in {clean}");
            }
            assert!(clean.contains(url) && clean.contains("a cat"), "{clean}");
            // What is left is read as the same request.
            let again = read(&clean);
            assert_eq!(again.calls.len(), 1, "{clean}");
            assert_eq!((&again.calls[0].url, &again.calls[0].body), (&pasted.calls[0].url, &pasted.calls[0].body));
            let told = format!("{:?}", pasted.calls);
            assert!(secrets.iter().all(|secret| !told.contains(secret)), "{told}");
        }
    }

    #[test]
    fn a_session_of_a_browser_stays_without_its_cookies() {
        let har = r#"{"log":{"entries":[{"request":{"method":"POST","url":"https://joe:c4pw@h.example/x","headers":[{"name":"cookie","value":"sid=c4nary"},{"name":"Authorization","value":"Basic am9lOmM0bmFyeQ=="}],"cookies":[{"name":"sid","value":"c4nary"}],"postData":{"text":"{}"}},"response":{"headers":[{"name":"Set-Cookie","value":"sid=c4nary"}],"cookies":[{"name":"n","value":"c4"}]}}]}}"#;
        let fetch = r#"fetch("https://h.example/x", {"headers": {"cookie": "sid=c4nary; t=c4"}, "body": "{}", "method": "POST"});"#;
        let power_shell = "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.Cookies.Add((New-Object System.Net.Cookie(\"sid\", \"c4nary\", \"/\", \"h\")))\n$session.Cookies.Add((New-Object System.Net.Cookie(\"t\", \"c4\", \"/\", \"h\")))\nInvoke-WebRequest -Uri \"https://h.example/x\" -WebSession $session -Method POST -Body '{}'";
        let cmd = "curl ^\"https://h.example/x^\" ^\n  -H ^\"Cookie: sid=c4nary; t=c4^%^3D^\" ^\n  --data-raw ^\"{}^\"";
        let table = "irm -Uri \"https://h.example/x\" -Headers @{ Cookie = \"t=c4\" } -Method POST -Body '{}'";
        for text in [har, fetch, power_shell, cmd, table] {
            let clean = masked(text, &read(text));
            assert!(!clean.contains("c4") && !clean.contains("am9l"), "{clean}");
            assert_eq!(read(&clean).calls.len(), 1, "{clean}");
        }
    }
}
