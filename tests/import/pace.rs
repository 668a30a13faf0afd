//! How long reading takes: texts of three sizes, each compared with a plain pass over its characters. Where reading is
//! linear, ten times the text takes ten times as long, and the ratio stays the same.

use std::fmt::Write as _;
use std::time::{Duration, Instant};
use wan_playground::catalog::Catalog;
use wan_playground::import::{Body, read};
use wan_playground::paste::{self, Does, Holds};

/// Makes a text of a given size.
type Make = fn(usize) -> String;

const KINDS: [(&str, Make); 13] = [
    ("posix, base64 in single quotes", |size| {
        format!("curl https://h.example/v1 --json '{{\"image\": \"{}\"}}'", base64(size))
    }),
    ("posix, JSON in double quotes", |size| {
        format!("curl https://h.example/v1 --json \"{}\"", members(size).replace('"', "\\\""))
    }),
    ("posix, $'…' with escapes", |size| {
        format!("curl https://h.example/v1 --data-raw $'{}'", "It\\'s \\u732b\\n".repeat(size / 15))
    }),
    ("posix, a here-document", |size| {
        format!("curl https://h.example/v1 --json @- <<'EOF'\n{}\nEOF\n", members(size).replace(", ", ",\n"))
    }),
    ("posix, many commands", |size| "curl -sS https://h.example/v1 -H 'X-A: b' | jq .\n".repeat(size / 50)),
    ("fish", |size| format!("set -x A b\ncurl https://h.example/v1 --json '{}'", members(size).replace('\\', "\\\\"))),
    ("cmd, as browsers copy it", |size| {
        let body = members(size).replace('\\', "^\\^\\").replace('"', "^\\^\"").replace('{', "^{").replace('}', "^}");
        format!("curl ^\"https://h.example/v1^\" ^\n  --data-raw ^\"{body}^\"")
    }),
    ("cmd, doubled quotes", |size| {
        format!("curl \"https://h.example/v1\" ^\n  --json \"{}\"", members(size).replace('"', "\"\""))
    }),
    ("PowerShell, a here-string", |size| {
        format!("$body = @'\n{}\n'@\ncurl.exe 'https://h.example/v1' --json $body", members(size))
    }),
    ("PowerShell, a body with backticks", |size| {
        format!("irm https://h.example/v1 -Method Post -Body \"{}\"", members(size).replace('"', "`\""))
    }),
    ("fetch", |size| {
        let body = members(size).replace('\\', "\\\\").replace('"', "\\\"");
        format!("fetch(\"https://h.example/v1\", {{\"body\": \"{body}\", \"method\": \"POST\"}});")
    }),
    ("HAR", |size| {
        let entry = "{\"request\": {\"method\": \"GET\", \"url\": \"https://h.example/v1\", \"headers\": []}},";
        format!("{{\"log\": {{\"entries\": [{}]}}}}", entry.repeat(size / entry.len()).trim_end_matches(','))
    }),
    ("JSON", members),
];

fn base64(size: usize) -> String {
    "iVBORw0KGgoAAAANSUhEUgAABAA+/".repeat(size / 29)
}

fn members(size: usize) -> String {
    let mut out = String::from("{");
    let mut index = 0;
    while out.len() < size {
        write!(out, "\"field {index}\": \"a cat \\\"so\\\" 猫 and a dog\", ").expect("a string takes all");
        index += 1;
    }
    out.push_str("\"n\": 1}");
    out
}

/// The best of several tries: other load on the machine only ever adds.
fn best(tries: usize, mut work: impl FnMut()) -> Duration {
    let time = |_| {
        let began = Instant::now();
        work();
        began.elapsed()
    };
    (0..tries).map(time).min().unwrap_or_default()
}

fn pass(text: &str) -> usize {
    text.char_indices().fold(0, |sum, (at, c)| sum.wrapping_mul(31).wrapping_add(at ^ c as usize))
}

#[test]
#[ignore = "a measurement: `cargo xtask bench import`"]
fn reading_is_linear_in_every_dialect() {
    println!("{:36} {:>9} {:>9} {:>9}   as many times a plain pass", "", "50 kB", "500 kB", "5 MB");
    let mut worst: f64 = 0.0;
    for (name, make) in KINDS {
        let mut times = Vec::new();
        let mut ratios = Vec::new();
        for size in [50_000, 500_000, 5_000_000] {
            let text = make(size);
            assert!(!read(&text).calls.is_empty(), "{name}: nothing is read");
            let tries = if size > 1_000_000 { 3 } else { 9 };
            let took = best(tries, || drop(std::hint::black_box(read(std::hint::black_box(&text)))));
            let plain = best(tries, || drop(std::hint::black_box(pass(std::hint::black_box(&text)).to_string())));
            times.push(format!("{:.1} ms", took.as_secs_f64() * 1000.0));
            ratios.push(took.as_secs_f64() / plain.as_secs_f64());
        }
        println!(
            "{name:36} {:>9} {:>9} {:>9}   {:5.1} {:5.1} {:5.1}",
            times[0], times[1], times[2], ratios[0], ratios[1], ratios[2]
        );
        worst = worst.max(ratios[2] / ratios[0]);
    }
    println!("at most {worst:.1} times as long for each letter of 5 MB as for one of 50 kB");
    assert!(worst < 10.0, "reading is not linear");
}

/// Logs, by what stands in a line of them.
const LOGS: [(&str, &str); 8] = [
    ("a plain log", "2026-11-28 10:22:31.123 INFO [worker-3] c.e.video.Client - polling task, attempt 17, it's fine\n"),
    (
        "ids and links",
        "10:22:31 GET https://dashscope.aliyuncs.com/api/v1/tasks/0385dc79-5ff8-4d82-bcb6-aabbccddeeff 200 request_id=4909100c-7b5a-9f92-bfe5-aabbccddeeff https://cdn.example/a/b.mp4?Expires=1764000000\n",
    ),
    (
        "JSON lines",
        "{\"time\": \"2026-11-28T10:22:31Z\", \"level\": \"info\", \"msg\": \"polling\", \"attempt\": 17}\n",
    ),
    ("escaped JSON", "msg=\"{\\\"level\\\": \\\"info\\\", \\\"attempt\\\": 17, \\\"of\\\": [1, 2\" done\n"),
    (
        "answers",
        "<- {\"output\":{\"task_status\":\"RUNNING\",\"task_id\":\"0385dc79-5ff8-4d82-bcb6-aabbccddeeff\"},\"request_id\":\"4909100c-7b5a-9f92-bfe5-aabbccddeeff\"}\n",
    ),
    ("braces that do not close", "state { \"a\": { \"b\": [ { 'c': \n"),
    ("a stack of Java", "\tat com.example.video.Client.send(Client.java:117) ~[app.jar:1.2] {\"x\": \n"),
    ("Python", "    response = requests.get(url, headers=headers)  # polling {id}\n"),
];

const REQUEST: &str = "curl -X POST 'https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis' \\\n  \
    -H \"Authorization: Bearer $DASHSCOPE_API_KEY\" -H 'X-DashScope-Async: enable' \\\n  \
    -H 'Content-Type: application/json' \\\n  \
    -d '{\"model\": \"wan2.6-t2v\", \"input\": {\"prompt\": \"a cat\"}}'\n";

/// A log with one request in the middle of it.
fn log(line: &str, size: usize) -> String {
    let half = line.repeat(size / 2 / line.len());
    [&half, REQUEST, &half].concat()
}

fn creates(text: &str) -> usize {
    let paste = paste::read(Catalog::built_in(), &[], text, 1_796_000_000_000);
    let is_create = |holds: &Holds| matches!(holds, Holds::Request(asked) if asked.does == Does::Create);
    paste.cards.iter().filter(|card| is_create(&card.holds)).count()
}

/// Other long texts that people paste, with how many requests that create something are found in them at least.
const BULK: [(&str, Make, usize); 8] = [
    (
        "minified JSON",
        |size| {
            let event =
                "{\"time\":\"2026-11-28T10:22:31Z\",\"level\":\"info\",\"attempt\":17,\"of\":[1,2,{\"a\":null}]},";
            let body = "{\"model\":\"wan2.6-t2v\",\"input\":{\"prompt\":\"a cat\"}}";
            format!("{{\"events\":[{}{body}]}}", event.repeat(size / event.len()))
        },
        0,
    ),
    (
        "a page",
        |size| {
            let row = "<div class=\"row\"><a href=\"https://h.example/a?b=1&amp;c=2\">a row, it's \"one\"</a></div>\n";
            format!("<!DOCTYPE html><html><body>{}</body></html>", row.repeat(size / row.len()))
        },
        0,
    ),
    ("HAR, one line", |size| har(size, ""), 1),
    ("HAR, as browsers write it", |size| har(size, "\n  "), 1),
    ("base64", base64, 0),
    (
        "a request with a picture",
        |size| {
            format!(
                "curl https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis -H 'X-DashScope-Async: enable' -d '{{\"model\":\"wan2.5-i2v-preview\",\"input\":{{\"prompt\":\"large\",\"img_url\":\"data:image/png;base64,{}\"}}}}'",
                base64(size)
            )
        },
        1,
    ),
    (
        "one line without a break",
        |size| {
            let words = "polling task, attempt 17, it is fine; then {\"a\": 1} and (b) done. ";
            format!("{} {}", words.repeat(size / words.len()), REQUEST.replace("\\\n", "").replace('\n', " "))
        },
        1,
    ),
    ("deep brackets", |size| format!("{}\n{REQUEST}", "{[({[(".repeat(size / 6)), 1),
];

fn har(size: usize, space: &str) -> String {
    let entry = |method: &str, url: &str, more: &str| {
        format!(
            "{space}{{{space}\"request\": {{\"method\": \"{method}\", \"url\": \"{url}\", \"headers\": [{{\"name\": \"X-DashScope-Async\", \"value\": \"enable\"}}]{more}}},{space}\"response\": {{\"status\": 200, \"content\": {{\"text\": \"{}\"}}}}}}",
            "function a(){return 'b'}\\n".repeat(20)
        )
    };
    let other = entry("GET", "https://h.example/v1/a.js", "");
    let body = ", \"postData\": {\"text\": \"{\\\"model\\\":\\\"wan2.6-t2v\\\",\\\"input\\\":{\\\"prompt\\\":\\\"a cat\\\"}}\"}";
    let create =
        entry("POST", "https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis", body);
    let mut entries = vec![other.as_str(); size / other.len()];
    entries.insert(entries.len() / 2, &create);
    format!("{{{space}\"log\": {{\"version\": \"1.2\", \"entries\": [{}]}}}}", entries.join(","))
}

#[test]
#[ignore = "a measurement: `cargo xtask bench import`"]
fn a_request_in_a_long_text_is_found_in_linear_time() {
    println!("{:36} {:>9} {:>9} {:>9}   nanoseconds for a letter", "", "50 kB", "500 kB", "5 MB");
    let logs =
        LOGS.map(|(name, line)| (name, Box::new(move |size| log(line, size)) as Box<dyn Fn(usize) -> String>, 1));
    let bulk = BULK.map(|(name, make, count)| (name, Box::new(make) as Box<dyn Fn(usize) -> String>, count));
    let mut worst: f64 = 0.0;
    for (name, make, count) in logs.into_iter().chain(bulk) {
        let (mut times, mut letters) = (Vec::new(), Vec::new());
        for size in [50_000, 500_000, 5_000_000] {
            let text = make(size);
            let tries = if size > 1_000_000 { 1 } else { 3 };
            let took = best(tries, || assert!(creates(std::hint::black_box(&text)) >= count, "{name} of {size}"));
            times.push(format!("{:.0} ms", took.as_secs_f64() * 1000.0));
            #[allow(clippy::cast_precision_loss)] // Some millions.
            letters.push(took.as_secs_f64() * 1e9 / text.len() as f64);
        }
        // 50 kB are read as one block, which costs something else.
        let ratio = letters[2] / letters[1];
        println!(
            "{name:36} {:>9} {:>9} {:>9}   {:5.0} {:5.0} {:5.0}   {ratio:.1} times",
            times[0], times[1], times[2], letters[0], letters[1], letters[2]
        );
        worst = worst.max(ratio);
    }
    println!("at most {worst:.1} times as long for each letter of 5 MB as for one of 500 kB");
    assert!(worst < 2.0, "reading a long text is not linear");
}

/// The same as a test of what is read: small, so that it runs with the others.
#[test]
fn a_request_is_found_in_every_kind_of_log() {
    for (name, line) in LOGS {
        assert_eq!(creates(&log(line, 20_000)), 1, "{name}");
    }
}

#[test]
fn five_megabytes_are_read_in_full_and_more_than_eight_are_not() {
    let image = base64(5_000_000);
    let text = format!("curl https://h.example/v1 --json '{{\"image\": \"{image}\"}}'");
    let pasted = read(&text);
    let Some(Body::Text(body)) = &pasted.calls[0].body else { panic!("a body") };
    assert!(body.len() > 5_000_000 - 40 && body.contains(&image));
    assert_eq!(pasted.remarks, []);
    let long = " ".repeat(wan_playground::import::LONGEST + 1);
    assert!(read(&long).calls.is_empty());
}

/// Texts that tempt a reader to scan the same characters repeatedly: in two sizes, one sixteen times the other.
#[test]
#[ignore = "a measurement: `cargo xtask bench import`"]
fn no_text_is_gone_over_again_and_again() {
    let repeated: [&str; 58] = [
        "'",
        "\"",
        "`",
        "\\",
        "^",
        "$(",
        "$(cat <<E\n)",
        "$a=@{};$a.Add(",
        "h.append(",
        "@{a=1|ConvertTo-Json;",
        "$((",
        "${",
        "$'",
        "(",
        "((",
        "{",
        "[",
        "[[{",
        "“",
        "‘",
        "” ",
        "’ -",
        "\\ ",
        "\\\n",
        "\\\n\n",
        "^\n",
        "^\n\n",
        "` ",
        "`\n",
        "@{",
        "@{a=",
        "@(",
        "@'\n",
        "@\"\n'@\n",
        "$a=$a\n",
        "A=$A$A;",
        "<<E ",
        "<<E\n",
        "<<<",
        "%",
        "%A%",
        "%%",
        "&a",
        "https://h.example/?&a",
        "-d @- ",
        "-d a -F a=b ",
        "--next -d a ",
        "const a=fetch ",
        "fetch(",
        "fetch({a:`${",
        "a+",
        "\"a\"+",
        "{a:",
        "JSON.stringify(",
        "token: ",
        "sk-",
        "Bearer ",
        "-H Authorization:x ",
    ];
    let heads = [
        "curl ",
        "curl \"",
        "curl '",
        "curl ^\"a\" ^\n",
        "curl -d \"$(",
        "irm ",
        "irm \"",
        "$x = ",
        "fetch(",
        "{\"a\":",
        "curl “",
        "$ curl\n> ",
    ];
    let mut slow = Vec::new();
    for head in heads {
        for piece in repeated {
            let text = |size: usize| [head, &piece.repeat(size / piece.len())].concat();
            let (small, large) = (text(20_000), text(320_000));
            let (few, many) = (best(2, || drop(read(&small))), best(2, || drop(read(&large))));
            // Linear is sixteen times as long, quadratic two hundred and fifty-six, and a busy machine is in between.
            // Times below this one mean nothing.
            let floor = Duration::from_millis(12);
            if many > floor && many > few * 64 {
                let again = (best(6, || drop(read(&small))), best(6, || drop(read(&large))));
                if again.1 > again.0 * 100 {
                    slow.push(format!("{head:?} and {piece:?}: {again:?}"));
                }
            }
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}
