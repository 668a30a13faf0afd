//! The response to `GET …/tasks/{id}` in Alibaba's shape.

use serde_json::{Number, Value};

use crate::server::clock::{Clock, beijing_time};
use crate::server::simulator::answer::Answer;
use crate::server::simulator::task::{Failure, Family, Phase, Task};

/// The documented responses of one gateway.
pub(in crate::server::simulator) struct Words {
    pub pending: fn() -> Answer,
    pub running: fn() -> Answer,
    pub odd: fn() -> Answer,
    pub succeeded: fn(Family) -> Answer,
    pub moderated: fn() -> Answer,
    pub unreadable: fn() -> Answer,
    pub refused: fn() -> Answer,
    pub canceled: fn() -> Answer,
    pub unknown: fn() -> Answer,
}

/// What the gateway reports of a task (none: it does not know the task).
pub(in crate::server::simulator) fn tell(
    words: &Words,
    clock: &Clock,
    id: &str,
    task: Option<&Task>,
    request_id: String,
    video_url: &str,
) -> Answer {
    let phase = task.map_or(Phase::Lost, |task| task.phase(clock));
    let answer = match (phase, task) {
        (Phase::Lost, _) | (_, None) => (words.unknown)(),
        (Phase::Queued, Some(task)) => timed((words.pending)(), clock, task, &["submit_time"]),
        (Phase::Running, Some(task)) => timed((words.running)(), clock, task, &["submit_time", "scheduled_time"]),
        (Phase::Odd, Some(task)) => timed((words.odd)(), clock, task, &["submit_time", "scheduled_time"]),
        (Phase::Canceled, Some(task)) => timed((words.canceled)(), clock, task, &["submit_time", "end_time"]),
        (Phase::Failed(Failure::Moderation), Some(task)) => timed((words.moderated)(), clock, task, ALL_TIMES),
        (Phase::Failed(Failure::UnreadableImage), Some(task)) => timed((words.unreadable)(), clock, task, ALL_TIMES),
        (Phase::Failed(Failure::Refused), Some(task)) => {
            let sentence = task.refusal().unwrap_or_default();
            timed((words.refused)(), clock, task, ALL_TIMES).with("/output/message", sentence)
        }
        (Phase::Succeeded, Some(task)) => succeeded(words, clock, task, video_url),
    };
    answer.with("/request_id", request_id).with("/output/task_id", id)
}

const ALL_TIMES: &[&str] = &["submit_time", "scheduled_time", "end_time"];

fn timed(answer: Answer, clock: &Clock, task: &Task, names: &[&str]) -> Answer {
    names.iter().fold(answer, |answer, name| {
        let moment_ms = match *name {
            "submit_time" => task.created_ms,
            "scheduled_time" => task.scheduled_ms(clock),
            _ => task.ended_ms(clock),
        };
        answer.with(&format!("/output/{name}"), beijing_time(moment_ms))
    })
}

fn succeeded(words: &Words, clock: &Clock, task: &Task, video_url: &str) -> Answer {
    let order = &task.order;
    let answer = timed((words.succeeded)(order.family), clock, task, ALL_TIMES);
    // Where the document has the link.
    let place = if answer.has("/output/results") { "/output/results/video_url" } else { "/output/video_url" };
    let lengths_by_name = answer.has("/usage/duration");
    let mut answer = answer.with(place, video_url);
    if order.family != Family::Speech {
        answer = match &order.prompt {
            Some(prompt) => answer.with("/output/orig_prompt", prompt.clone()),
            None => answer.without("/output/orig_prompt"),
        };
    }
    if matches!(order.family, Family::Text | Family::Text22 | Family::Image | Family::Image22 | Family::Frames) {
        answer = match &order.prompt {
            Some(prompt) if order.rewritten => answer.with("/output/actual_prompt", rewrite(prompt)),
            _ => answer.without("/output/actual_prompt"),
        };
    }
    let total_ms = order.output_ms + order.input_seconds * 1000;
    let (tier, size) = (order.clip.tier, order.clip.size_text('*'));
    match order.family {
        Family::Text | Family::Reference => {
            lengths(answer, task, total_ms).with("/usage/size", size).with("/usage/SR", tier)
        }
        Family::Image => lengths(answer, task, total_ms).with("/usage/SR", tier),
        Family::Text22 => answer.with("/usage/video_duration", whole(order.output_ms)).with("/usage/video_ratio", size),
        Family::Image22 | Family::Frames => {
            answer.with("/usage/video_duration", whole(order.output_ms)).with("/usage/SR", tier)
        }
        Family::Speech => {
            let name = if lengths_by_name { "/usage/duration" } else { "/usage/video_duration" };
            answer.with(name, fraction(order.output_ms)).with("/usage/SR", tier)
        }
        Family::Motion => answer.with("/usage/video_duration", fraction(order.output_ms)),
        Family::MotionPro => {
            answer.with("/usage/video_duration", fraction(order.output_ms)).with("/usage/video_ratio", "pro")
        }
        Family::Wan27 | Family::Wan30 => answer
            .with("/usage/duration", fraction(total_ms))
            .with("/usage/input_video_duration", order.input_seconds)
            .with("/usage/output_video_duration", fraction(order.output_ms))
            .with("/usage/SR", tier)
            .with("/usage/ratio", order.clip.ratio),
    }
}

fn lengths(answer: Answer, task: &Task, total_ms: u32) -> Answer {
    answer
        .with("/usage/duration", whole(total_ms))
        .with("/usage/input_video_duration", task.order.input_seconds)
        .with("/usage/output_video_duration", whole(task.order.output_ms))
}

fn whole(ms: u32) -> u32 {
    ms / 1000
}

/// Seconds as a JSON number with a fraction, `5.0` included: some models return this.
fn fraction(ms: u32) -> Value {
    Number::from_f64(f64::from(ms) / 1000.0).map_or(Value::Null, Value::Number)
}

/// What prompt rewriting might make of a prompt.
fn rewrite(prompt: &str) -> String {
    format!("{prompt},画面细节丰富,光影柔和,镜头缓慢推进。")
}
