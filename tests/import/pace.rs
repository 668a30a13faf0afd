//! How long reading takes: texts of three sizes, each compared with a plain pass over its characters. Where reading is
//! linear, ten times the text takes ten times as long, and the ratio stays the same.

use std::fmt::Write as _;
use std::time::{Duration, Instant};
use wan_playground::import::{Body, read};

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
