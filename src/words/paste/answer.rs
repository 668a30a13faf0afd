//! The sentences about an answer.

use super::fill::fill;
use crate::money::Money;
use crate::paste::{Answer, AnswerRemark, Billing, Cost, Listed, NoCost, State};
use crate::price::seconds;
use crate::words::everyone::{money, sum};
use crate::words::lang::Lang;
use crate::words::{failure, pick};

/// What an answer says of the task.
pub fn state(lang: Lang, state: State) -> &'static str {
    let (en, zh) = match state {
        State::Queued => ("Response: the task is queued", "响应：任务在排队"),
        State::Running => ("Response: the task is running", "响应：任务在运行"),
        State::Succeeded => ("Response: the task is finished", "响应：任务已完成"),
        State::Failed => ("Response: the task failed", "响应：任务失败"),
        State::Canceled => ("Response: the task was canceled", "响应：任务已取消"),
        State::Lost => ("Response: the gateway can't find the task", "响应：网关查不到任务"),
        State::Refused => ("Error from a gateway", "网关的报错"),
        State::Unsaid => ("Response without a task status", "响应没有说明任务状态"),
    };
    pick(lang, en, zh)
}

/// Code and message of the error, as the gateway gave them.
pub fn said(answer: &Answer) -> Option<String> {
    let fault = answer.fault.as_ref()?;
    let parts = [&*fault.code, &*fault.message];
    let said = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    (!said.is_empty()).then_some(said)
}

/// What the gateway's message says of single members of the request.
pub fn complaints(lang: Lang, answer: &Answer) -> Vec<String> {
    let said = answer.complaints.iter().map(|complaint| {
        let at = if complaint.path.is_empty() { &complaint.name } else { &complaint.path };
        [at.as_str(), pick(lang, ": ", "："), &*failure::legal(lang, &complaint.legal)].concat()
    });
    said.collect()
}

/// Whether it is billed.
pub fn billing(lang: Lang, billing: Billing) -> Option<&'static str> {
    let (en, zh) = match billing {
        Billing::Refused => ("No task was created, and nothing is billed.", "没有创建任务，不计费。"),
        Billing::FailedFree => (
            "At DashScope, failed tasks aren't billed; resellers don't say.",
            "在 DashScope，失败的任务不计费；转售网关没有说明。",
        ),
        Billing::FailedUnsaid => {
            ("Whether failed tasks are billed isn't documented there.", "失败的任务是否计费，该网关没有说明。")
        }
        Billing::MayBe => {
            ("The task may exist and be billed: don't send it again.", "任务可能已经存在并计费，请不要重复发送。")
        }
        Billing::Billed => ("Billed.", "已计费。"),
        Billing::Unsaid => return None,
    };
    Some(pick(lang, en, zh))
}

/// How long a link holds. `moment` is the day and time of its end.
pub fn ends(lang: Lang, ends_ms: Option<u64>, now_ms: u64, moment: &str) -> String {
    let (en, zh) = match ends_ms {
        None => ("The link doesn't say when it expires.", "链接没有写明有效期。"),
        Some(end) if end <= now_ms => ("The link expired on {}.", "链接已于 {} 过期。"),
        Some(_) => ("The link is valid until {}.", "链接有效期至 {}。"),
    };
    fill(pick(lang, en, zh), moment)
}

/// The length that is billed, with what is known of the video.
pub fn length(lang: Lang, answer: &Answer) -> Option<String> {
    let made = &answer.made;
    let unit = pick(lang, " s", " 秒");
    let billed = made.billed_ms.map(|ms| [&*seconds(ms), unit].concat());
    // Only a length of its own is worth a word.
    let real = made.output_ms.filter(|ms| made.billed_ms != Some(*ms));
    let real = real.map(|ms| fill(pick(lang, "the video is {} s long", "视频长 {} 秒"), &seconds(ms)));
    let words = [&made.tier, &made.size, &made.ratio].map(|word| Some(word.clone()).filter(|word| !word.is_empty()));
    let parts: Vec<String> = [billed, real].into_iter().chain(words).flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// What it cost.
pub fn cost(lang: Lang, cost: &Cost) -> String {
    match cost {
        Cost::Listed(listed) => reckoned(lang, listed),
        Cost::Unknown(why) => no_cost(lang, *why).to_owned(),
    }
}

fn reckoned(lang: Lang, listed: &Listed) -> String {
    let Listed { sum: total, currency, billed_ms, per_second, tier, .. } = listed;
    let unit = pick(lang, " s × ", " 秒 × ");
    let exact = |amount: Money| money(lang, amount, currency);
    let whole = [" = ", &seconds(*billed_ms), unit, &exact(*per_second)].concat();
    let sign = if listed.basis == crate::catalog::Basis::Reference { "≈ " } else { "" };
    let base = if listed.basis == crate::catalog::Basis::Reference {
        pick(lang, ", at Alibaba list price", "，按阿里云官方价")
    } else {
        pick(lang, ", at list price", "，按官方价")
    };
    [sign, &sum(lang, *total, currency), &whole, " (", tier, ")", base].concat()
}

/// Why no cost can be said.
pub fn no_cost(lang: Lang, why: NoCost) -> &'static str {
    let (en, zh) = match why {
        NoCost::Length => ("Unknown: the response has no billed seconds.", "未知：响应没有给出计费时长。"),
        NoCost::Model => {
            ("Unknown: the model isn't named. Paste the request as well.", "未知：没有写明模型。请连同请求一起粘贴。")
        }
        NoCost::NotListed => ("Unknown: the model isn't in the catalog.", "未知：目录里没有这个模型。"),
        NoCost::Gateway => (
            "Unknown: the gateway or its region isn't named. Paste the request as well.",
            "未知：没有写明网关或地域。请连同请求一起粘贴。",
        ),
        NoCost::Price => ("Unknown: no price is published for it there.", "未知：那里没有公布价格。"),
        NoCost::Tier => ("Unknown: no price for this resolution.", "未知：没有这个分辨率的价格。"),
        NoCost::Sound => (
            "Unknown: the price differs with and without sound, and the response doesn't say which.",
            "未知：有声与无声价格不同，响应没有说明是哪一种。",
        ),
    };
    pick(lang, en, zh)
}

/// What is odd about an answer.
pub fn odd(lang: Lang, remark: AnswerRemark) -> &'static str {
    let (en, zh) = match remark {
        AnswerRemark::NoLink => {
            ("The task is finished, but the response has no link.", "任务已完成，但响应里没有链接。")
        }
        AnswerRemark::NoId => (
            "There is no task ID, so it can't be tracked. Check the gateway's console before sending again.",
            "没有任务 ID，无法跟踪。重新发送之前请先到网关控制台查看。",
        ),
        AnswerRemark::Template => {
            ("A template from the docs: its values are placeholders.", "这是文档里的模板，值只是占位符。")
        }
        AnswerRemark::ForeignHost => {
            ("The link's host isn't Alibaba's. That is not an error.", "链接不在阿里云的主机上，这不是错误。")
        }
        AnswerRemark::NotWan => {
            ("Not a result of a Wan model: Wan prices don't apply.", "这不是万相模型的结果，不适用万相的价格。")
        }
    };
    pick(lang, en, zh)
}
