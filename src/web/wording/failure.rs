//! The sentences of failures: what happened, who is at fault, was it billed, may it be sent again, what to do.

use super::super::text::Lang;
use super::pick;
use crate::failure::{Billed, Blame, Remedy, Retry, is_late_refusal};
use crate::protocol::Unreadable;
use crate::task::{Doubt, NetFault, State};

/// The titles of the answers that only failures have.
pub struct Labels {
    /// Whose fault it is.
    pub blame: &'static str,
    /// Whether it may be sent again.
    pub retry: &'static str,
    /// When it was.
    pub time: &'static str,
}

/// The titles in a language.
pub fn labels(lang: Lang) -> &'static Labels {
    match lang {
        Lang::En => &Labels { blame: "Where it lies", retry: "Run the same again", time: "Time" },
        Lang::Zh => &Labels { blame: "问题出在哪里", retry: "能否原样再运行", time: "时间" },
    }
}

/// What to do about a failure.
pub fn remedy(lang: Lang, remedy: Remedy) -> &'static str {
    let (en, zh) = match remedy {
        Remedy::FixRequest => (
            "A value of the request does not fit. The message names it; correct the field and run again.",
            "请求中有参数不符合要求。请按提示修改对应字段后重新运行。",
        ),
        Remedy::FixMedia => (
            "The gateway could not fetch or use a file. Its link must open without a login from the gateway's region; format, size and length must fit the model, and a portrait must show one face clearly. The message says what is wrong.",
            "网关无法下载或使用素材。链接须无需登录、在网关所在地域可访问；格式、尺寸和时长须符合模型要求，人像须清晰地只有一张脸。具体原因见网关提示。",
        ),
        Remedy::FixBody => (
            "The body did not arrive as it was written. On Windows, curl breaks Chinese text in a command: put the body into a UTF-8 file and send that, or use the PowerShell command.",
            "请求体在途中损坏。在 Windows 上，命令里的中文会被 curl 破坏：请把请求体存成 UTF-8 文件再发送，或改用 PowerShell 命令。",
        ),
        Remedy::UploadAgain => (
            "The permission to upload has expired. Upload the file again, and use its new link.",
            "上传凭证已过期。请重新上传文件，并使用新的链接。",
        ),
        Remedy::SmallerFile => {
            ("A file is too large. Use a smaller one, or a link.", "文件过大，请换小一些的文件，或改用链接。")
        }
        Remedy::ChangeContent => (
            "The content was refused by moderation. Change the prompt or the image; the same request will be refused again.",
            "内容未通过审核。请修改提示词或图片，原样重试仍会被拒绝。",
        ),
        Remedy::CheckKey => (
            "The key was refused. Check that it is complete, not expired, and belongs to this gateway.",
            "Key 被拒绝。请检查是否完整、是否过期，以及是否属于这个网关。",
        ),
        Remedy::CheckKeyRegion => (
            "The key was refused at this address. Key, model and address must belong to the same region: a key made in Beijing is not valid in Singapore, nor the other way round. Choose the address of the key's region, or check that the key is complete and not expired.",
            "Key 在这个接口地址被拒绝。Key、模型和接口地址必须属于同一地域：北京的 Key 不能用于新加坡，反之亦然。请改用 Key 所在地域的接口地址，或检查 Key 是否完整、是否过期。",
        ),
        Remedy::CheckWorkspace => (
            "Key and workspace do not belong together. Use a key that was made in the workspace or application this address and model belong to.",
            "Key 与业务空间不匹配。请使用在该接口地址和模型所属的业务空间（或应用）中创建的 Key。",
        ),
        Remedy::GetAccess => (
            "The account may not use this model or interface. Activate the model in the gateway's console, or use another key.",
            "账号没有使用该模型或接口的权限。请在网关控制台开通，或更换 Key。",
        ),
        Remedy::ModelElsewhere => (
            "This model is not offered in the region of this address. Choose the address of a region that has it, with a key of that region, or another model.",
            "这个模型在该接口地址所在的地域不提供。请改用提供它的地域的接口地址和该地域的 Key，或换一个模型。",
        ),
        Remedy::MissingHeader => (
            "The gateway did not see the marker for asynchronous calls (X-DashScope-Async: enable). The page sends it; a proxy or relay in between must let it through.",
            "网关没有收到异步调用标记（X-DashScope-Async: enable）。页面已发送该请求头，请让中间的代理或转发服务放行。",
        ),
        Remedy::TopUp => (
            "Balance or quota is used up, or a bill is overdue. Waiting does not help: top up, pay, or raise the quota in the gateway's console.",
            "余额或额度已用完，或账单逾期，等待无效。请在网关控制台充值、结清账单或提升额度。",
        ),
        Remedy::FreeTierOver => (
            "The free quota of this model is used up. Waiting does not help: switch off “free quota only” in the console, and later runs are billed.",
            "该模型的免费额度已用完，等待无效。请在控制台关闭“仅使用免费额度”，之后的调用会计费。",
        ),
        Remedy::SlowDown => ("Too many calls. Wait a minute, then run again.", "请求过于频繁，请等一分钟后再运行。"),
        Remedy::CheckModel => (
            "The gateway does not have this model, or not for this key. Check base URL and region, or choose another model.",
            "网关没有该模型，或这个 Key 不能使用它。请检查接口地址和地域，或换一个模型。",
        ),
        Remedy::CheckAddress => (
            "The address does not fit. Base URL, path and model must belong together; compare the base URL with the gateway's documents.",
            "接口地址不对：地址、路径和模型必须相互匹配。请对照网关文档检查接口地址。",
        ),
        Remedy::NoChannel => (
            "The gateway has no upstream for this model at present. Run again in a few minutes, or choose another model or gateway.",
            "网关暂时没有可用于该模型的上游通道。请几分钟后再运行，或换一个模型、网关。",
        ),
        Remedy::CheckTask => (
            "The gateway does not know this task (any more). Check that gateway and region are those it was created at.",
            "网关查不到这个任务。请确认网关和地域与创建时一致，或任务已过期。",
        ),
        Remedy::Wait => ("The result is not ready yet. Ask again in a moment.", "结果尚未就绪，请稍后再查询。"),
        Remedy::TryOnce => (
            "Trouble on the gateway's side. Run it once more; if it fails again, give its support the request id.",
            "网关侧出现故障。可以再运行一次；若仍失败，请把请求 ID 提供给网关支持。",
        ),
        Remedy::TryLater => (
            "Trouble on the gateway's side. Run again in a few minutes; if it stays, give its support the request id.",
            "网关侧出现故障。请几分钟后再运行；若持续出现，请把请求 ID 提供给网关支持。",
        ),
        Remedy::Intermediary => (
            "A proxy or a protection in between answered with a page of its own, not the gateway. Check the network, the base URL and any proxy; then run again.",
            "应答来自中间的代理或防护页面，不是网关本身。请检查网络、接口地址和代理设置后再运行。",
        ),
        Remedy::CheckRelay => (
            "The relay of this page's server did not pass the call on. Its reason stands below; ask whoever runs it, or use the command in a terminal.",
            "本页面服务器的转发服务没有转发这次调用，原因见下方。请联系其管理者，或改用终端里的命令。",
        ),
        Remedy::LetRun => (
            "It can only be canceled while it is queued. Let it run to its end.",
            "只有排队中的任务才能取消，请等待它运行结束。",
        ),
        Remedy::Connect => ("Connect, enter a key if there is none, and run again.", "联网、填好 Key 后重新运行即可。"),
        Remedy::LookFirst => (
            "The page will not send it again by itself. Look for the task first; if it is not there, run again.",
            "页面不会自动重发。请先查找任务，确认不存在后再运行。",
        ),
        Remedy::MakeAgain => (
            "Tasks and results live for 24 hours at most gateways. If you still need the video, run again: that makes and bills a new one.",
            "多数网关只保留任务和结果 24 小时。如仍需要视频，请重新运行，会重新生成并计费。",
        ),
        Remedy::AskSupport => (
            "Give the gateway's support the task id and the request id: the video was made, its link is missing.",
            "请把任务 ID 和请求 ID 提供给网关支持：视频已经生成，但应答里缺少链接。",
        ),
        Remedy::Nothing => ("Nothing is left to do.", "无需处理。"),
        Remedy::Unknown => (
            "The page does not know this reason. What the gateway said stands below; its support can look up the request id.",
            "页面不认识这个原因。网关的原话见下方，可凭请求 ID 咨询其支持。",
        ),
    };
    pick(lang, en, zh)
}

/// An attempt that failed while the gateway goes on; the gateway's own words follow.
pub fn setback(lang: Lang) -> &'static str {
    pick(
        lang,
        "An attempt failed; the gateway goes on by itself. There is nothing to do; sending it again would be billed twice:",
        "网关有一次尝试失败，正在自动继续。无需操作，再发一次会重复计费：",
    )
}

/// An answer that is about another task; its id follows.
pub fn other_task(lang: Lang) -> &'static str {
    pick(
        lang,
        "This answer is about another task, and changes nothing here:",
        "该应答属于另一个任务，对本任务没有影响：",
    )
}

/// Who is at fault, in a word or two.
pub fn blame(lang: Lang, blame: Blame) -> &'static str {
    let (en, zh) = match blame {
        Blame::You => ("The request, key or address", "请求、Key 或地址"),
        Blame::Content => ("The content rules", "内容审核规则"),
        Blame::Account => ("The account's rights, quota or balance", "账号的权限、额度或余额"),
        Blame::Gateway => ("The gateway", "网关"),
        Blame::Network => ("The way between browser and gateway", "浏览器与网关之间的网络"),
        Blame::Nobody => ("Nobody", "没有过错"),
        Blame::Unknown => ("Not known: the gateway gives no reason", "未知，网关没有给出原因"),
    };
    pick(lang, en, zh)
}

/// Whether the same request may be sent again.
pub fn retry(lang: Lang, retry: Retry) -> &'static str {
    let (en, zh) = match retry {
        Retry::Yes => ("Yes", "可以"),
        Retry::Later => ("Yes, in a few minutes", "可以，过几分钟"),
        Retry::AfterChange => ("Only after a change", "修改后才可以"),
        Retry::AfterLook => ("Only once it is certain that no task exists", "确认没有产生任务之后"),
        Retry::No => ("No, it would end the same way", "不要，结果不会变"),
    };
    pick(lang, en, zh)
}

/// Why nothing was sent: the page knows which of the two it was.
pub fn not_sent(lang: Lang, offline: bool) -> &'static str {
    if offline {
        pick(lang, "Nothing was sent: the browser is offline.", "请求没有发出：浏览器处于离线状态。")
    } else {
        pick(lang, "Nothing was sent: no key was at hand.", "请求没有发出：没有可用的 Key。")
    }
}

/// What happened, in a sentence, for the states that are an unhappy end.
pub fn what_happened(lang: Lang, state: &State) -> &'static str {
    let (en, zh) = match state {
        State::NotSent => ("Nothing was sent.", "请求没有发出。"),
        State::Refused(_) => {
            ("The gateway refused the request. No task was created.", "网关拒绝了请求，任务没有创建。")
        }
        State::Doubtful(Doubt::Network(NetFault::Timeout)) => (
            "The gateway did not answer in time. The task may have been created and billed.",
            "网关没有及时应答，任务可能已经创建并计费。",
        ),
        State::Doubtful(Doubt::Network(NetFault::Closed)) => (
            "The page was closed before the answer came. The task may have been created and billed.",
            "应答返回之前页面被关闭，任务可能已经创建并计费。",
        ),
        State::Doubtful(Doubt::Network(_)) => {
            ("No answer came. The task may have been created and billed.", "没有收到应答，任务可能已经创建并计费。")
        }
        State::Doubtful(Doubt::Server(_)) => (
            "The gateway answered with an error after taking the request in. The task may have been created and billed.",
            "网关收到请求后返回了错误，任务可能已经创建并计费。",
        ),
        State::Doubtful(Doubt::Unreadable(why)) => match why {
            Unreadable::Empty => (
                "The answer was empty. The task may have been created and billed.",
                "应答为空，任务可能已经创建并计费。",
            ),
            Unreadable::Html => (
                "The answer was a web page instead of data, as a proxy sends it. The task may have been created and billed.",
                "应答是一个网页而不是数据，多半来自中间代理。任务可能已经创建并计费。",
            ),
            Unreadable::NotJson => (
                "The answer broke off or was no JSON. The task may have been created and billed.",
                "应答不完整或不是 JSON，任务可能已经创建并计费。",
            ),
            Unreadable::Shape => (
                "The answer lacks a task id. The task may have been created and billed.",
                "应答里没有任务 ID，任务可能已经创建并计费。",
            ),
            Unreadable::TooLong => (
                "The answer was far too long to be right. The task may have been created and billed.",
                "应答长得不正常，任务可能已经创建并计费。",
            ),
        },
        State::Failed(fault, _) if is_late_refusal(fault) => (
            "The gateway took the task, checked the request, and refused it at once. No video was made.",
            "网关接受任务后校验了请求，随即拒绝。没有生成视频。",
        ),
        State::Failed(..) => ("The gateway could not make the video.", "网关没能生成视频。"),
        State::Canceled => ("The task was canceled.", "任务已取消。"),
        State::Lost(_) => (
            "The gateway does not know this task: it expired, or belongs to another gateway or region.",
            "网关查不到这个任务：可能已过期，或属于其他网关、地域。",
        ),
        State::Done(_) => ("The video is done.", "视频已完成。"),
        State::Sending | State::ByHand | State::Waiting { .. } | State::Fetching { .. } => ("", ""),
    };
    pick(lang, en, zh)
}

/// A link that has died.
pub fn link_expired(lang: Lang) -> &'static str {
    pick(
        lang,
        "The link of the video has expired: the gateway keeps results for a limited time.",
        "视频链接已过期：网关只在有限时间内保留结果。",
    )
}

/// Whether an end was billed.
pub fn billed(lang: Lang, state: &State, billed: Billed) -> &'static str {
    let (en, zh) = match (billed, state) {
        (Billed::No, State::Failed(fault, _)) if is_late_refusal(fault) => (
            "No: a request that is refused is not billed, and failed tasks are free by the gateway's documents.",
            "没有：被拒绝的请求不计费，按网关文档，失败的任务也不计费。",
        ),
        (Billed::No, State::Failed(..)) => {
            ("No: by the gateway's documents failed tasks are free.", "没有：按网关文档，失败的任务不计费。")
        }
        (Billed::No, State::Canceled) => (
            "No: by the gateway's documents only finished videos are billed.",
            "没有：按网关文档，只有生成的视频才计费。",
        ),
        (Billed::No, _) => ("No: nothing was created.", "没有，任务未创建。"),
        (Billed::Unlikely, State::Failed(..) | State::Canceled) => (
            "Most likely not: Alibaba bills finished videos only, but this gateway does not say. Its bill decides.",
            "很可能没有：阿里云只对生成的视频计费，但该网关没有说明，以网关账单为准。",
        ),
        (Billed::Unlikely, _) => (
            "Most likely not: the browser asks before it sends, and was told no.",
            "很可能没有：浏览器在发送前先询问，而网关没有允许。",
        ),
        (Billed::Unknown, State::Doubtful(_)) => (
            "Perhaps. Find out whether the task exists before you run it again.",
            "有可能。再次运行前，请先确认任务是否存在。",
        ),
        (Billed::Unknown, _) => ("Unknown: the gateway's bill tells.", "未知，以网关账单为准。"),
        (Billed::Yes, _) => ("Yes: the video was made.", "是，视频已经生成。"),
    };
    pick(lang, en, zh)
}

#[cfg(test)]
mod tests;
