use super::super::blocks::{Block, Blocks, SHORT, Sizes};
use super::super::scene::Scene;
use super::super::{Asked, Does, Holds, Mention, Paste, read};
use super::*;
use crate::catalog::Catalog;
use crate::import::Body;
use proptest::prelude::*;

const CREATE: &str = "https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis";
const ID: &str = "0385dc79-5ff8-4d82-bcb6-000000000001";
/// Small ones, so that short texts are cut.
const SMALL: Sizes = Sizes { short: 512, least: 256, most: 2048, picture: 512 };

/// What one may find in a log, each several lines long.
fn things() -> Vec<String> {
    let body = "{\n  \"model\": \"wan2.6-t2v\",\n  \"input\": {\n    \"prompt\": \"it is a cat\"\n  }\n}";
    vec![
        format!(
            "curl -X POST '{CREATE}' \\\n  -H \"Authorization: Bearer $KEY\" \\\n  -H 'X-DashScope-Async: enable' \\\n  -d '{body}'"
        ),
        format!(
            "import requests\nr = requests.post(\n    \"{CREATE}\",\n    json={{\"model\": \"wan2.6-t2v\", \"input\": {{\"prompt\": \"a cat\"}}}},\n)"
        ),
        format!(
            "POST /api/v1/services/aigc/video-generation/video-synthesis HTTP/1.1\nHost: dashscope.aliyuncs.com\nX-DashScope-Async: enable\n\n{body}"
        ),
        format!(
            "HTTP/1.1 200 OK\ncontent-type: application/json\n\n{{\n  \"output\": {{\n    \"task_id\": \"{ID}\",\n    \"task_status\": \"RUNNING\"\n  }},\n  \"request_id\": \"r\"\n}}"
        ),
        "curl: (6) Could not resolve host: dashscope.example".to_owned(),
        body.to_owned(),
    ]
}

const LINES: [&str; 6] = [
    "2026-11-28 10:22:31.123 INFO [worker-3] c.e.video.Client - polling, attempt 17, it's fine\n",
    "a line of plain words, as a program says them now and then\n",
    "2026-11-28 10:22:31.123 WARN [worker-3] c.e.Client - state { of [ a queue (1\n",
    "10:22:31 GET https://h.example/a/b 200 in 17 ms\n",
    "\n",
    "{\"level\": \"info\", \"msg\": \"polling\", \"attempt\": 17}\n",
];

fn scene() -> Scene<'static> {
    Scene { catalog: Catalog::built_in(), bases: &[], now_ms: 1_796_000_000_000 }
}

fn at_once(text: &str) -> Paste {
    read(Catalog::built_in(), &[], text, scene().now_ms)
}

fn log(line: &str, bytes: usize) -> String {
    line.repeat(bytes / line.len() + 1)
}

fn stepped(mut reading: Reading, text: &str, mut bytes: impl FnMut() -> usize) -> Paste {
    loop {
        if let Some(paste) = reading.step(scene(), text, bytes()) {
            return paste;
        }
    }
}

fn blocks(text: &str, sizes: Sizes) -> Vec<Block> {
    let mut blocks = Blocks::sized(sizes);
    std::iter::from_fn(|| blocks.next(text)).collect()
}

/// What cards hold, in short; a log of links mentions them, which is left out.
fn held(paste: &Paste) -> Vec<String> {
    // The body of a request line goes on to the end of what is read.
    let body = |asked: &Asked| match &asked.call.body {
        Some(Body::Text(text)) => text.split("\n{\"level\"").next().unwrap_or_default().to_owned(),
        other => format!("{other:?}"),
    };
    let tell = |card: &Card| match &card.holds {
        Holds::Request(asked) => {
            Some(format!("{:?} {} {:?} {:?}", asked.does, asked.call.url, asked.call.headers, body(asked)))
        }
        Holds::Answer(answer) => Some(format!("{:?} {:?} {}", answer.id, answer.state, answer.body)),
        Holds::Message(message) => Some(message.said.clone()),
        Holds::Mention(Mention::Task(id, _)) => Some(id.0.clone()),
        Holds::Mention(Mention::Link { .. }) => None,
        Holds::Page | Holds::Unread(_) => Some(format!("{:?}", card.holds)),
    };
    paste.cards.iter().filter_map(tell).collect()
}

#[test]
fn what_stands_in_a_long_log_is_read_as_in_one_piece() {
    let mut found = 0;
    for thing in things() {
        let alone = held(&at_once(&thing));
        for line in LINES {
            for before in [700, 1500, 2040] {
                let text = [log(line, before), thing.clone(), "\n".to_owned(), log(line, 3000)].concat();
                let cut = held(&stepped(Reading::sized(SMALL), &text, || 1));
                // Some things are read better without so much in front of them.
                let is_alone = cut == alone;
                assert!(
                    is_alone || cut == held(&at_once(&text)),
                    "{before} bytes of {line:?} before {thing}: {cut:#?}"
                );
                found += cut.len();
            }
        }
    }
    assert!(found >= 100, "{found} things");
}

#[test]
fn the_places_of_a_long_text_are_places_in_it() {
    let text = [log(LINES[0], 150_000), things().concat(), "\n".to_owned(), log(LINES[0], 150_000)].concat();
    let paste = at_once(&text);
    let starts: Vec<&str> = paste.cards.iter().map(|card| &text[card.at.clone()][..4]).collect();
    assert!(starts.starts_with(&["curl"]), "{starts:?}");
    for card in &paste.cards {
        if let Holds::Request(asked) = &card.holds {
            assert_eq!(asked.call.at, card.at);
        }
    }
}

#[test]
fn what_is_odd_about_the_lines_around_a_request_is_not_said_of_it() {
    let request = things()[0].replace("curl -X", "curl --no-such-option -X");
    let paste = at_once(&[&log(LINES[0], 60_000), &request, "\n", &*log(LINES[0], 60_000)].concat());
    let kinds: Vec<RemarkKind> = paste.remarks.iter().map(|remark| remark.kind).collect();
    assert!(kinds.contains(&RemarkKind::UnknownOption), "{kinds:?}");
    assert!(!kinds.contains(&RemarkKind::Apostrophe) && !kinds.contains(&RemarkKind::UnbalancedQuote), "{kinds:?}");
}

#[test]
fn a_har_file_is_read_entry_by_entry() {
    let entry = |url: &str| {
        format!(
            "\n{{\"request\": {{\"method\": \"POST\", \"url\": \"{url}\", \"headers\": [{{\"name\": \"X-DashScope-Async\", \"value\": \"enable\"}}], \"postData\": {{\"text\": \"{{\\\"model\\\":\\\"wan2.6-t2v\\\",\\\"input\\\":{{\\\"prompt\\\":\\\"a }} cat\\\"}}}}\"}}}}}}"
        )
    };
    let entries: Vec<String> = (0..12).map(|number| entry(&format!("{CREATE}?{number}"))).collect();
    let text =
        format!("{{\"log\": {{\"version\": \"1.2\", \"entries\": [{}\n], \"comment\": \"{{\"}}}}", entries.join(","));
    let paste = stepped(Reading::sized(SMALL), &text, || 1);
    assert_eq!(held(&paste), held(&at_once(&text)));
    assert_eq!(paste.cards.len(), 12);
    for card in &paste.cards {
        assert!(text[card.at.clone()].starts_with("{\"method\""), "{}", &text[card.at.clone()]);
    }
}

#[test]
fn a_picture_stays_within_its_request() {
    let picture = "iVBORw0KGgoAAAANSUhEUgAABAA+/".repeat(400);
    let body = format!(
        "{{\"model\":\"wan2.5-i2v-preview\",\"input\":{{\"prompt\":\"a }} cat\",\"img_url\":\"data:image/png;base64,{picture}\"}},\"parameters\":{{\"resolution\":\"480P\"}}}}"
    );
    for line in LINES {
        let request = format!("curl {CREATE} -H 'X-DashScope-Async: enable' -d '{body}'\n");
        let text = [log(line, 1000), request, log(line, 1000)].concat();
        let paste = stepped(Reading::sized(SMALL), &text, || 1);
        let bodies = paste.cards.iter().filter_map(|card| match &card.holds {
            Holds::Request(asked) if asked.does == Does::Create => asked.call.body.clone(),
            _ => None,
        });
        assert_eq!(bodies.collect::<Vec<_>>(), [Body::Text(body.clone())], "{line}");
    }
}

#[test]
fn an_answer_that_is_logged_again_and_again_is_one_card_and_its_end_another() {
    let line = |state: &str, id: u32| {
        format!("<- {{\"output\":{{\"task_status\":\"{state}\",\"task_id\":\"{ID}\"}},\"request_id\":\"r-{id}\"}}\n")
    };
    let text = (0..2000).map(|id| line("RUNNING", id)).collect::<String>() + &line("SUCCEEDED", 1);
    assert!(text.len() > SHORT);
    let paste = at_once(&text);
    let states = paste.cards.iter().filter_map(|card| match &card.holds {
        Holds::Answer(answer) => Some(answer.word.as_str()),
        _ => None,
    });
    assert_eq!(states.collect::<Vec<_>>(), ["RUNNING", "SUCCEEDED"]);
}

#[test]
fn what_is_kept_of_a_long_text_has_no_key_and_is_otherwise_the_text() {
    let key = "sk-canary-bulk-0123456789abcdef";
    let half = log(LINES[0], 100_000);
    let text =
        [&half, &format!("curl {CREATE} -H 'Authorization: Bearer {key}' -H 'Cookie: sid=c4nary' -d '{{}}'\n"), &*half]
            .concat();
    let mut reading = Reading::keeping();
    while reading.step(scene(), &text, 1).is_none() {}
    assert_eq!(reading.key().map(Secret::reveal), Some(key));
    let left = reading.left();
    assert_eq!(left.len(), text.len());
    assert!(!left.contains("canary") && !left.contains("c4nary"));
    assert!(left.starts_with(&half) && left.ends_with(&half));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn steps_of_any_size_give_the_same(
        order in prop::collection::vec((0..12_usize, 1..900_usize), 1..12),
        steps in prop::collection::vec(1..5000_usize, 1..20),
    ) {
        let things = things();
        let piece = |(which, bytes): &(usize, usize)| match things.get(*which) {
            Some(thing) => [thing, "\n"].concat(),
            None => log(LINES[which - things.len()], *bytes),
        };
        let text: String = order.iter().map(piece).collect();
        let once = stepped(Reading::sized(SMALL), &text, || usize::MAX);
        let mut next = steps.iter().cycle();
        let by_steps = stepped(Reading::sized(SMALL), &text, || *next.next().expect("it never ends"));
        prop_assert_eq!(once, by_steps);
    }

    #[test]
    fn blocks_are_the_text_and_no_longer_than_they_may_be(
        order in prop::collection::vec((0..14_usize, 1..900_usize), 1..30),
    ) {
        let mut all = things();
        all.extend(LINES.map(str::to_owned));
        all.extend(["{[({[(".repeat(90), "words 猫 and ".repeat(40)]);
        let text: String = order.iter().map(|(which, _)| all[*which].as_str()).collect();
        let blocks = blocks(&text, SMALL);
        let mut end = 0;
        for block in &blocks {
            prop_assert_eq!(block.at.start, end);
            end = block.at.end;
            prop_assert!(text.is_char_boundary(end));
            prop_assert!(block.is_whole || block.at.len() <= SMALL.most + SMALL.picture, "{} bytes", block.at.len());
        }
        prop_assert_eq!(end, text.len());
        // So many steps at most.
        prop_assert!(blocks.len() <= text.len() / SMALL.least + 1);
    }
}
