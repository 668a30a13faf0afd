//! What happens to a call in transit, there and back.

use crate::dice::Dice;
use serde_json::{Value, json};
use wan_playground::http::Response;
use wan_playground::protocol::Call;

/// The fate of one call.
#[derive(Debug, Clone)]
pub struct Fate {
    /// For the story and the coverage count.
    pub name: &'static str,
    /// Milliseconds until the gateway receives it; `None`: it never does.
    pub there_ms: Option<u64>,
    /// Milliseconds from the gateway's response, or from the sending if the gateway receives nothing.
    pub back_ms: u64,
    /// What comes back.
    pub back: Back,
    /// The browser automatically sends it a second time: the first response is lost, the second comes back.
    pub is_repeated: bool,
}

#[derive(Debug, Clone)]
pub enum Back {
    /// The gateway's response.
    Answer,
    /// The same, twice.
    Twice { again_ms: u64 },
    /// The gateway's response with a change.
    Changed(Change),
    /// A response from somebody else.
    Instead(Response),
    /// Nothing: the connection broke.
    Nothing,
    /// Nothing at all, until the page times out.
    Silence,
}

#[derive(Debug, Clone, Copy)]
pub enum Change {
    /// It breaks off.
    Cut(u64),
    /// A status string that no document lists, in place of the state of a running task.
    OddWord,
    /// The gateway does not know the task yet.
    NotKnownYet,
    /// The link of a finished task is missing.
    NoLink,
    /// An attempt failed, and the gateway continues: only the null end time, or the status string, says so.
    Attempt(u64),
    /// It is about another task, which has finished.
    OtherTask(u64),
}

/// The message of an attempt that failed.
pub const ATTEMPT: &str = "one provider of several";
/// The id of a task that belongs to nobody here.
pub const OTHER: &str = "some-other-task";

const HTML: &str = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";

/// The key that calls carry.
pub const GOOD_KEY: &str = "sk-canary-good";
/// The key that a gateway rejects.
pub const BAD_KEY: &str = "sk-canary-invalid";

/// The response of a gateway that repeats the key, in one of its encodings, in strings that decide nothing.
pub fn echoing(answer: &Response, now_ms: u64) -> Response {
    const SPELLINGS: [&str; 6] = [
        GOOD_KEY,
        r"sk\u002dcanary\u002Dgood",
        "sk%2Dcanary%252Dgood",
        "sk&#45;canary&#x2D;good",
        r"sk\\u002dcanary-good",
        "c2stY2FuYXJ5LWdvb2Q",
    ];
    let mut answer = answer.clone();
    let spelt = SPELLINGS[usize::try_from(now_ms % 6).unwrap_or(0)];
    if !now_ms.is_multiple_of(3) || answer.body.contains("POLISHING") {
        return answer;
    }
    answer.headers.push(("x-request-id".to_owned(), format!("r {spelt}")));
    if let Some(rest) = answer.body.strip_prefix('{').filter(|rest| !rest.trim_start().starts_with('}')) {
        answer.body = format!("{{\"note\":\"for {spelt}, see there\",{rest}");
    }
    answer.body = answer.body.replace("\"message\":\"", &format!("\"message\":\"{spelt} "));
    answer
}

/// Whether a text contains the key in any encoding of [`echoing`].
pub fn has_key(text: &str) -> bool {
    text.contains("canary") || text.contains("c2stY2FuYXJ5")
}

fn plain(status: u16, body: &str) -> Response {
    Response { status, headers: Vec::new(), body: body.to_owned(), cut: false }
}

/// A fate without trouble.
pub fn calm(dice: &mut Dice) -> Fate {
    Fate {
        name: "",
        there_ms: Some(dice.between(1, 400)),
        back_ms: dice.between(1, 400),
        back: Back::Answer,
        is_repeated: false,
    }
}

/// A fate with trouble in most cases. `unproven` more responses may report an end that is not one.
pub fn stormy(dice: &mut Dice, call: Call, timeout_ms: u64, unproven: &mut u32) -> Fate {
    let mut fate = calm(dice);
    if dice.percent(45) {
        return fate;
    }
    if call == Call::Create && dice.percent(20) {
        (fate.name, fate.is_repeated) = ("sent twice by the browser", true);
        return fate;
    }
    let late_ms = timeout_ms + dice.between(10, 200_000);
    match dice.between(0, 14) {
        0 => (fate.name, fate.there_ms, fate.back) = ("dropped before", None, Back::Nothing),
        1 | 2 => (fate.name, fate.back) = ("dropped after", Back::Nothing),
        3 => {
            let body =
                *dice.pick(&["", HTML, "{\"error\":{\"message\":\"x\",\"type\":\"server_error\"}}", "{\"code\":"]);
            let status = *dice.pick(&[500, 502, 503, 504, 520, 408]);
            fate.back = Back::Instead(plain(status, body));
            (fate.name, fate.there_ms) = ("answered 5xx before", None);
        }
        4 => {
            let body = *dice.pick(&["", HTML, "{\"code\":\"InternalError\",\"message\":\"x\",\"request_id\":\"r\"}"]);
            (fate.name, fate.back) = ("answered 5xx after", Back::Instead(plain(*dice.pick(&[500, 502, 504]), body)));
        }
        5 => {
            let mut answer = plain(429, "{\"code\":\"Throttling.RateQuota\",\"message\":\"slow down\"}");
            answer.headers.push(("retry-after".to_owned(), dice.between(1, 90).to_string()));
            (fate.name, fate.there_ms, fate.back) = ("throttled", None, Back::Instead(answer));
        }
        6 => (fate.name, fate.back) = ("cut", Back::Changed(Change::Cut(dice.next()))),
        7 => {
            let status = *dice.pick(&[200, 200, 203]);
            let body = *dice.pick(&[HTML, "", "null", "[]", "{}", "\u{feff}", "{\"ok\":true}"]);
            (fate.name, fate.back) = ("answered html", Back::Instead(plain(status, body)));
        }
        8 => (fate.name, fate.back_ms) = ("late", dice.between(1000, 30_000)),
        9 => (fate.name, fate.back_ms) = ("timed out", late_ms),
        10 => (fate.name, fate.back) = ("twice", Back::Twice { again_ms: dice.between(1, 90_000) }),
        11 => (fate.name, fate.back) = ("silent", Back::Silence),
        _ if call == Call::Query => {
            let change = match dice.between(0, 9) {
                1 if *unproven > 0 => Change::NotKnownYet,
                2 if *unproven > 0 => Change::NoLink,
                // One gateway of the four reports attempts.
                3 | 5..=8 => Change::Attempt(dice.next()),
                4 => Change::OtherTask(dice.next()),
                _ => Change::OddWord,
            };
            fate.name = match change {
                Change::NotKnownYet => "not known yet",
                Change::NoLink => "without a link",
                Change::Attempt(_) => "attempt failed",
                Change::OtherTask(_) => "about another task",
                Change::Cut(_) | Change::OddWord => "odd word",
            };
            fate.back = Back::Changed(change);
        }
        _ => {}
    }
    fate
}

/// The response with its change; `None` if the change does not apply to it.
pub fn changed(change: Change, answer: &Response) -> Option<Response> {
    let body = &answer.body;
    let words = ["PENDING", "RUNNING", "NOT_START", "SUBMITTED", "QUEUED", "IN_PROGRESS", "queued", "processing"];
    let word = words.iter().map(|word| format!("\"{word}\"")).find(|word| body.contains(word.as_str()));
    let with = |body: String| Some(Response { body, ..answer.clone() });
    match change {
        Change::Cut(chance) => {
            let end = usize::try_from(chance).unwrap_or(0) % body.len().max(1);
            let end = (0..=end).rev().find(|at| body.is_char_boundary(*at)).unwrap_or(0);
            with(body[..end].to_owned())
        }
        Change::OddWord => with(body.replacen(&word?, "\"POLISHING\"", 1)),
        Change::Attempt(chance) => attempt(body, chance),
        Change::OtherTask(chance) => other_task(body, chance),
        Change::NotKnownYet => Some(if body.contains("\"output\"") {
            plain(200, "{\"request_id\":\"r\",\"output\":{\"task_status\":\"UNKNOWN\"}}")
        } else if body.contains("\"code\":\"success\"") {
            plain(400, "{\"code\":\"task_not_exist\",\"message\":\"task_not_exist\",\"data\":null}")
        } else {
            plain(
                404,
                "{\"error\":{\"message\":\"video not found\",\"type\":\"NotFound\",\"code\":\"ResourceNotFound\"}}",
            )
        }),
        Change::NoLink => {
            let names = ["video_url", "result_url", "artifact_url"];
            let has = names.iter().any(|name| body.contains(&format!("\"{name}\":\"http")));
            has.then_some(())?;
            with(names.iter().fold(body.clone(), |body, name| body.replace(&format!("\"{name}\""), "\"other_url\"")))
        }
    }
}

/// A record of `AceDataCloud`'s that is not final yet, with a failed attempt in it.
fn attempt(body: &str, chance: u64) -> Option<Response> {
    let mut record: Value = serde_json::from_str(body).ok()?;
    if !record["request"].is_object() || !record["finished_at"].is_null() {
        return None;
    }
    let error = json!({"code": "api_error", "message": ATTEMPT});
    let failed = match chance % 5 {
        0 => json!({"success": false, "error": error}),
        1 => json!({"success": false, "error": error, "state": "failed"}),
        2 => json!({"success": false, "error": error, "state": "processing"}),
        3 => json!({"success": false, "error": ATTEMPT}),
        _ => json!({"success": true, "error": error, "state": "error"}),
    };
    if chance % 5 != 2 && chance % 5 != 3 {
        record["finished_at"] = Value::Null;
    }
    record["response"] = failed;
    Some(plain(200, &record.to_string()))
}

/// The end of another task, in the shape of this response.
fn other_task(body: &str, chance: u64) -> Option<Response> {
    let answer: Value = serde_json::from_str(body).ok()?;
    let word = |words: [&str; 2]| words[usize::from(chance.is_multiple_of(2))].to_owned();
    let link = "https://h.example/another.mp4";
    let told = if answer["output"]["task_status"].is_string() {
        json!({"output": {"task_id": OTHER, "task_status": word(["FAILED", "SUCCEEDED"]), "video_url": link}})
    } else if answer["data"]["status"].is_string() {
        json!({"code": "success", "data": {"task_id": OTHER, "status": word(["failed", "success"]), "artifact_url": link}})
    } else if answer["request"].is_object() {
        json!({"id": OTHER, "request": {}, "finished_at": 1.5, "response": {"state": word(["failed", "completed"]), "video_url": link}})
    } else if answer["status"].is_string() {
        json!({"id": OTHER, "status": word(["FAILURE", "SUCCESS"])})
    } else {
        return None;
    };
    Some(plain(200, &told.to_string()))
}
