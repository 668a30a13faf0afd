//! Whether a text is one for the paste box, by its looks: the page asks before the reader is there.

/// How much of a text is looked at: what a reader knows, it knows from the beginning.
const LOOKED_AT: usize = 4096;
/// What commands, calls in programs and request lines begin with.
const STARTS: [&str; 24] = [
    "curl ",
    "curl.exe ",
    "wget ",
    "Invoke-RestMethod ",
    "Invoke-WebRequest ",
    "irm ",
    "iwr ",
    "fetch(",
    "await fetch(",
    "const ",
    "axios",
    "import requests",
    "import httpx",
    "import dashscope",
    "import openai",
    "import os",
    "from dashscope",
    "from openai",
    "requests.",
    "POST http",
    "GET http",
    "POST /",
    "HTTP/",
    "#!/",
];

/// Whether a text begins like a command, a program, a request or an answer, and not like a prompt for a video.
pub fn is_command(text: &str) -> bool {
    let text = start(text).trim_start_matches('\u{feff}').trim_start();
    // `$ `, `PS C:\>`, `user@host:~$ `: what a terminal writes in front.
    let line = text.lines().next().unwrap_or_default();
    let bare = ["$ ", "> ", "% ", "# "].iter().find_map(|sign| {
        let (before, rest) = line.split_once(sign)?;
        (before.len() < 60 && !before.contains("  ")).then_some(rest.trim_start())
    });
    let begins = |line: &str| STARTS.iter().any(|start| line.starts_with(start));
    begins(text) || bare.is_some_and(begins) || is_json(text)
}

/// Whether a text that was pasted or dropped beside every field is something to read: a command, JSON, a link, an id.
/// A word or a sentence is none.
pub fn is_brought(text: &str) -> bool {
    let text = start(text).trim();
    let has_json = || text.match_indices('{').take(8).any(|(at, _)| is_json(&text[at..]));
    let has_command = || text.lines().any(is_command);
    let is_id = |word: &str| is_uuid(word.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
    let has_id = || text.split(|c: char| c.is_whitespace() || matches!(c, '=' | ':' | '：')).any(is_id);
    text.contains("://") || text.contains("task_id") || has_json() || has_command() || has_id()
}

/// `{"model": …`, also with escaped, single or typographic quotes.
fn is_json(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('{') else { return false };
    let inner = inner.trim_start().trim_start_matches('\\');
    let Some(inner) = inner.strip_prefix(['"', '\'', '“']) else { return false };
    let length = inner.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let rest = inner[length..].trim_start_matches('\\');
    length > 0 && rest.strip_prefix(['"', '\'', '”']).is_some_and(|rest| rest.trim_start().starts_with([':', '：']))
}

/// Whether a word has the shape of a UUID.
pub(crate) fn is_uuid(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    let hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(|part| hex(part))
}

fn start(text: &str) -> &str {
    let end = (0..=LOOKED_AT.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_told_from_a_prompt() {
        for text in [
            "curl https://h.example/v1",
            "  $ curl -X POST 'https://h.example'",
            "root@vm-1:~# curl https://h.example",
            "PS C:\\Users\\li> curl.exe -X POST https://h.example",
            "C:\\Users\\li> curl https://h.example",
            "import requests\n\nrequests.post(",
            "fetch(\"https://h.example\", {",
            "{\"model\": \"wan2.6-t2v\", \"input\": {}}",
            "{ “model”： “wan2.6-t2v” }",
            "{\\\"model\\\": \\\"wan2.6-t2v\\\"}",
            "{'model': 'wan2.6-t2v'}",
            "POST /api/v1/services HTTP/1.1\nHost: h.example",
            "#!/bin/sh\ncurl https://h.example",
        ] {
            assert!(is_command(text), "{text}");
            assert!(is_brought(text), "{text}");
        }
        for text in [
            "",
            "a cat",
            "A curl of smoke rises, then curl again",
            "curly hair in the wind",
            "{subject} walks through {place}",
            "Costs $ 5 and > 3",
            "小猫在月光下奔跑。镜头推进：{“慢”}",
            "Import the mood of a rainy day",
            "# A heading\nand a scene",
        ] {
            assert!(!is_command(text), "{text}");
        }
    }

    #[test]
    fn a_plain_text_is_left_alone_and_whatever_can_be_read_is_not() {
        for text in ["", "cat", "a cat runs", "Hello!\nHow are you?", "sk-something", "3.14", "{a}"] {
            assert!(!is_brought(text), "{text}");
        }
        for text in [
            "https://h.example/a.mp4?Expires=1",
            "0385dc79-5ff8-4d82-bcb6-000000000001",
            "任务：0385dc79-5ff8-4d82-bcb6-000000000001 失败了",
            "task_id=abc",
            "hi, this is what I ran:\n\n$ curl https://h.example -d @a.json",
            "HTTP/1.1 400 Bad Request\n\n{\"code\": \"InvalidParameter\"}",
            "it says {\"error\": {\"message\": \"no\"}}",
        ] {
            assert!(is_brought(text), "{text}");
        }
    }

    #[test]
    fn a_text_of_any_length_and_letter_is_looked_at() {
        assert!(!is_brought(&"猫".repeat(100_000)));
        assert!(is_command(&["{\"model\": \"", &"猫".repeat(100_000)].concat()));
    }
}
