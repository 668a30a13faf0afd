//! The sentences of failures: what happened, who is at fault, was it billed, may it be sent again, what to do.

use crate::complaint::Legal;
use crate::failure::{Blame, Remedy, Retry, is_late_refusal};
use crate::protocol::Unreadable;
use crate::task::{Doubt, NetFault, State};
use crate::verdict::{Advice, Billed, Hindrance};
use crate::words::lang::Lang;
use crate::words::pick;

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
        Lang::En => &Labels { blame: "Cause", retry: "Retry?", time: "Time" },
        Lang::Zh => &Labels { blame: "原因", retry: "能否直接重试", time: "时间" },
    }
}

/// What to do about a failure. Whether to run again is no part of it: see [`advice`].
pub fn remedy(lang: Lang, remedy: Remedy) -> &'static str {
    let (en, zh) = match remedy {
        Remedy::FixRequest => (
            "A parameter is invalid. The message names it: correct that field.",
            "请求中有参数不符合要求。请按提示修改对应字段。",
        ),
        Remedy::FixMedia => (
            "The gateway couldn't download or use a file. Its URL must open without a login from the gateway's region; format, size and length must be within the model's limits, and a portrait must show one clear face. The message gives the reason.",
            "网关无法下载或使用素材。链接须无需登录、在网关所在地域可访问；格式、尺寸和时长须符合模型要求，人像须清晰地只有一张脸。具体原因见网关提示。",
        ),
        Remedy::FixBody => (
            "The body was corrupted on the way. On Windows, curl breaks Chinese text in a command: save the body as a UTF-8 file and send that, or use the PowerShell command.",
            "请求体在途中损坏。在 Windows 上，命令里的中文会被 curl 破坏：请把请求体存成 UTF-8 文件再发送，或改用 PowerShell 命令。",
        ),
        Remedy::UploadAgain => (
            "The upload permission has expired. Upload the file again and use its new link.",
            "上传凭证已过期。请重新上传文件，并使用新的链接。",
        ),
        Remedy::LinkEnded => (
            "The link has expired: results are kept for 24 hours. Until then, querying the task returns a new link; after that, the file is gone.",
            "链接已过期：结果只保留 24 小时。在此期间查询任务可得到新链接，之后文件即被删除。",
        ),
        Remedy::SmallerFile => {
            ("A file is too large. Use a smaller one, or a URL.", "文件过大，请换小一些的文件，或改用链接。")
        }
        Remedy::ChangeContent => (
            "The content was refused by moderation. Change the prompt or the image; the same content will be refused again.",
            "内容未通过审核。请修改提示词或图片，同样的内容仍会被拒绝。",
        ),
        Remedy::CheckKey => (
            "The key was refused. Check that it is complete, not expired, and belongs to this gateway.",
            "Key 被拒绝。请检查是否完整、是否过期，以及是否属于这个网关。",
        ),
        Remedy::CheckKeyRegion => (
            "The key was refused at this address. Key, model and base URL must belong to the same region: a Beijing key doesn't work in Singapore, and vice versa. Choose the base URL of the key's region, or check that the key is complete and not expired.",
            "Key 在这个接口地址被拒绝。Key、模型和接口地址必须属于同一地域：北京的 Key 不能用于新加坡，反之亦然。请改用 Key 所在地域的接口地址，或检查 Key 是否完整、是否过期。",
        ),
        Remedy::CheckWorkspace => (
            "Key and workspace don't match. Use a key created in the workspace or application that this base URL and model belong to.",
            "Key 与业务空间不匹配。请使用在该接口地址和模型所属的业务空间（或应用）中创建的 Key。",
        ),
        Remedy::GetAccess => (
            "The account has no access to this model or API. Activate it in the gateway's console, or use another key.",
            "账号没有使用该模型或接口的权限。请在网关控制台开通，或更换 Key。",
        ),
        Remedy::ModelElsewhere => (
            "This model isn't available in the region of this base URL. Choose the base URL of a region that has it, with a key of that region, or another model.",
            "这个模型在该接口地址所在的地域不提供。请改用提供它的地域的接口地址和该地域的 Key，或换一个模型。",
        ),
        Remedy::MissingHeader => (
            "The gateway didn't receive the header for async calls (X-DashScope-Async: enable). The page sends it; a proxy or relay in between must let it through.",
            "网关没有收到异步调用请求头（X-DashScope-Async: enable）。页面已发送该请求头，请让中间的代理或转发服务放行。",
        ),
        Remedy::TopUp => (
            "Balance or quota is used up, or a bill is overdue. Waiting doesn't help: top up, pay, or raise the quota in the gateway's console.",
            "余额或额度已用完，或账单逾期，等待无效。请在网关控制台充值、结清账单或提升额度。",
        ),
        Remedy::FreeTierOver => (
            "This model's free quota is used up. Waiting doesn't help: turn off “free quota only” in the console. Later runs are billed.",
            "该模型的免费额度已用完，等待无效。请在控制台关闭“仅使用免费额度”，之后的调用会计费。",
        ),
        Remedy::SlowDown => ("Too many requests in a short time.", "请求过于频繁。"),
        Remedy::CheckModel => (
            "The gateway doesn't have this model, or not for this key. Check base URL and region, or choose another model.",
            "网关没有该模型，或这个 Key 不能使用它。请检查接口地址和地域，或换一个模型。",
        ),
        Remedy::CheckAddress => (
            "The URL is wrong: base URL, path and model must match. Compare the base URL with the gateway's docs.",
            "接口地址不对：地址、路径和模型必须相互匹配。请对照网关文档检查接口地址。",
        ),
        Remedy::NoChannel => (
            "The gateway has no upstream channel for this model right now. Another model or gateway may have one.",
            "网关暂时没有可用于该模型的上游通道，也可以换一个模型或网关。",
        ),
        Remedy::ChangeGroup => (
            "This key's group has no channel for the model. Waiting doesn't help: choose another group or key in the gateway's console, or another model.",
            "这个 Key 所在的分组没有该模型的通道。请在网关控制台更换分组或 Key，或换用其他模型；等待没有用。",
        ),
        Remedy::CheckTask => (
            "The gateway can't find this task. Check that gateway and region are those it was created with; it may also have expired.",
            "网关查不到这个任务。请确认网关和地域与创建时一致，或任务已过期。",
        ),
        Remedy::Wait => ("The result is not ready yet.", "结果尚未就绪。"),
        Remedy::TryOnce => (
            "Error at the gateway. If it happens again, give its support the request ID.",
            "网关侧出现故障。若再次出现，请把请求 ID 提供给网关支持。",
        ),
        Remedy::TryLater => (
            "Error at the gateway. If it persists, give its support the request ID.",
            "网关侧出现故障。若持续出现，请把请求 ID 提供给网关支持。",
        ),
        Remedy::Intermediary => (
            "The response came from a proxy or firewall in between, not the gateway. Check the network, the base URL and any proxy.",
            "响应来自中间的代理或防护页面，不是网关本身。请检查网络、接口地址和代理设置。",
        ),
        Remedy::CheckRelay => (
            "This page's relay didn't forward the request; the reason is below. Ask its operator, or use the command in a terminal.",
            "本页面的转发服务没有转发这次请求，原因见下方。请联系其管理者，或改用终端里的命令。",
        ),
        Remedy::LetRun => {
            ("Only queued tasks can be canceled. Let it finish.", "只有排队中的任务才能取消，请等待它运行结束。")
        }
        Remedy::Connect => ("Connect to the network, and enter a key if there is none.", "请联网，并填好 Key。"),
        Remedy::LookFirst => ("The gateway may already have received this request.", "网关可能已经收到过这个请求。"),
        Remedy::Nothing => ("", ""),
        Remedy::Unknown => (
            "Unknown reason. The gateway's message is below; its support can look up the request ID.",
            "未知原因。网关返回的信息见下方，可凭请求 ID 咨询其支持。",
        ),
    };
    pick(lang, en, zh)
}

/// An attempt that failed while the gateway goes on; the gateway's own words follow.
pub fn setback(lang: Lang) -> &'static str {
    pick(
        lang,
        "An attempt failed; the gateway continues automatically. No action needed: sending it again would be billed twice:",
        "网关有一次尝试失败，正在自动继续。无需操作，再发一次会重复计费：",
    )
}

/// An answer that is about another task; its id follows.
pub fn other_task(lang: Lang) -> &'static str {
    pick(
        lang,
        "This response is for another task and changes nothing here:",
        "该响应属于另一个任务，对本任务没有影响：",
    )
}

/// What keeps a question about a task from being answered.
fn hindrance(lang: Lang, why: Hindrance) -> &'static str {
    let (en, zh) = match why {
        Hindrance::Rate => ("Too many queries: the gateway limits the rate.", "查询过于频繁，被网关限流。"),
        Hindrance::Gateway => {
            ("The gateway has an error and can't respond right now.", "网关侧出现故障，暂时无法响应。")
        }
        Hindrance::Key => (
            "The key was refused. Enter the key the task was created with.",
            "Key 被拒绝。请填写创建该任务时使用的 Key。",
        ),
        Hindrance::KeyRegion => (
            "The key was refused at this address. Enter the key the task was created with, of the same region: a Beijing key doesn't work in Singapore, and vice versa.",
            "Key 在这个接口地址被拒绝。请填写创建该任务时使用的、同一地域的 Key：北京的 Key 不能用于新加坡，反之亦然。",
        ),
        Hindrance::Account => (
            "The gateway refused the account: permissions, quota or balance. Check its console.",
            "网关因权限、额度或余额拒绝了该账号。请查看网关控制台。",
        ),
        Hindrance::Proxy => (
            "The response came from a proxy or firewall in between, not the gateway. Check the network and any proxy.",
            "响应来自中间的代理或防护页面，不是网关本身。请检查网络和代理设置。",
        ),
        Hindrance::Relay => ("This page's relay didn't forward the query.", "本页面的转发服务没有转发这次查询。"),
        Hindrance::NotReady => ("The result is not ready yet.", "结果尚未就绪。"),
        Hindrance::NotFound => ("The gateway can't find the task at this address.", "网关在这个接口地址查不到该任务。"),
        Hindrance::Other => (
            "The gateway refused this request; that says nothing about the task.",
            "网关拒绝了这次请求，这与任务本身无关。",
        ),
    };
    pick(lang, en, zh)
}

/// What another run would do where a task exists.
pub fn twice(lang: Lang) -> &'static str {
    pick(
        lang,
        "Don't run it again: that would create and bill a second video.",
        "请勿重复运行：那会再生成一个视频并重复计费。",
    )
}

/// What to do, and whether to run again.
pub fn advice(lang: Lang, advice: Advice) -> String {
    let join = |parts: &[&str]| {
        let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        parts.join(pick(lang, " ", ""))
    };
    match advice {
        Advice::Run(what) => join(&[remedy(lang, what), then(lang, what.retry())]),
        Advice::Anew => pick(lang, "Run it again whenever you like.", "可以随时重新运行。").to_owned(),
        Advice::Unsaid(what) => join(&[
            remedy(lang, what),
            pick(
                lang,
                "If this came from a query or a download, the task still exists, and a second run would be billed as well.",
                "如果这是查询或下载的报错，任务仍然存在，另行创建会重复计费。",
            ),
        ]),
        Advice::Look(what) => join(&[
            pick(
                lang,
                "Search for the task first: it may exist and be billed. The page won't send it again on its own.",
                "请先查找任务：它可能已经存在并计费。页面不会自动重发。",
            ),
            match what.retry() {
                Retry::AfterChange | Retry::No => remedy(lang, what),
                _ => "",
            },
        ]),
        Advice::LookElsewhere(why) => join(&[
            hindrance(lang, why),
            pick(
                lang,
                "It's still unconfirmed whether the task exists: check the gateway's console.",
                "任务是否存在仍待确认，请到网关控制台查看。",
            ),
        ]),
        Advice::Ask { why, asks } => join(&[hindrance(lang, why), on(lang, asks), twice(lang)]),
        Advice::AskUnseen { asks } => join(&[
            pick(
                lang,
                "The gateway can't find this task, or can't yet: a new task can take a moment to appear.",
                "网关查不到这个任务；刚创建的任务可能要稍后才能查到。",
            ),
            on(lang, asks),
            twice(lang),
        ]),
        Advice::Download { why, asks } => join(&[
            pick(lang, "The video is finished and billed.", "视频已经生成并计费。"),
            hindrance(lang, why),
            if asks {
                pick(lang, "The page downloads it again automatically.", "页面会自动再次下载。")
            } else {
                pick(lang, "Download it again.", "请再次下载。")
            },
            twice(lang),
        ]),
        Advice::LetRun(why) => join(&[
            match why {
                Hindrance::Other => "",
                why => hindrance(lang, why),
            },
            pick(
                lang,
                "The task wasn't canceled and keeps running; only queued tasks can be canceled.",
                "任务没有取消，仍在运行；只有排队中的任务才能取消。",
            ),
        ]),
        Advice::AskElsewhere => pick(
                lang,
                "Check that gateway, region and key are those the task was created with, then query it. Most gateways keep tasks and results for 24 hours. An expired video can't be recovered; a new one is billed again.",
                "请确认网关、地域和 Key 与创建任务时一致，再继续查询。多数网关只保留任务和结果 24 小时；过期的视频无法找回，另行生成会另行计费。",
            )
            .to_owned(),
        Advice::AskSupport => join(&[
            pick(
                lang,
                "Give the gateway's support the task ID and the request ID: the video was made, but the response has no link.",
                "请把任务 ID 和请求 ID 提供给网关支持：视频已经生成，但响应里缺少链接。",
            ),
            twice(lang),
        ]),
        Advice::Gone => pick(
            lang,
            "Most gateways keep results for 24 hours, and the link can't be renewed. The video can't be recovered; a new one is billed again.",
            "多数网关只保留结果 24 小时，链接无法续期。视频已无法找回，另行生成会另行计费。",
        )
        .to_owned(),
        Advice::Nothing => String::new(),
    }
}

/// What to know while a question about a task gets no answer.
pub fn asking(lang: Lang, asks: bool) -> String {
    [on(lang, asks), pick(lang, " ", ""), twice(lang)].concat()
}

/// What follows once a remedy was applied.
fn then(lang: Lang, retry: Retry) -> &'static str {
    let (en, zh) = match retry {
        Retry::Yes => ("You can run it again now.", "现在可以重新运行。"),
        Retry::Later => ("Run it again in a few minutes.", "请几分钟后重新运行。"),
        Retry::AfterChange => ("Then run it again.", "修改后可以重新运行。"),
        Retry::AfterLook | Retry::No | Retry::Twice => ("", ""),
    };
    pick(lang, en, zh)
}

/// Who asks next.
fn on(lang: Lang, asks: bool) -> &'static str {
    if asks {
        pick(lang, "The page keeps checking automatically.", "页面会自动继续查询。")
    } else {
        pick(
            lang,
            "The task keeps running at the gateway: resume updates once this is settled.",
            "任务仍在网关上运行：处理好之后，请让页面继续查询。",
        )
    }
}

/// Who is at fault, in a word or two.
pub fn blame(lang: Lang, blame: Blame) -> &'static str {
    let (en, zh) = match blame {
        Blame::You => ("Request, key or URL", "请求、Key 或地址"),
        Blame::Content => ("Content moderation", "内容审核"),
        Blame::Account => ("Account: permissions, quota or balance", "账号的权限、额度或余额"),
        Blame::Gateway => ("Gateway error", "网关故障"),
        Blame::Network => ("Network", "网络"),
        // Then the question is not asked.
        Blame::Nobody => ("", ""),
        Blame::Unknown => ("Unknown: the gateway gives no reason", "未知，网关没有给出原因"),
    };
    pick(lang, en, zh)
}

/// Whether the same request may be sent again.
pub fn retry(lang: Lang, retry: Retry) -> &'static str {
    let (en, zh) = match retry {
        Retry::Yes => ("Yes", "可以"),
        Retry::Later => ("Yes, in a few minutes", "可以，过几分钟"),
        Retry::AfterChange => ("Only after a change", "需修改后重试"),
        Retry::AfterLook => ("Only when it's certain that no task exists", "确认没有产生任务之后"),
        Retry::No => ("No, the outcome would be the same", "不能，结果不会变"),
        Retry::Twice => ("No, a second video would be created and billed", "不能，会再生成一个视频并重复计费"),
    };
    pick(lang, en, zh)
}

/// Why nothing was sent: the page knows which of the two it was.
pub fn not_sent(lang: Lang, offline: bool) -> &'static str {
    if offline {
        pick(lang, "Nothing was sent: the browser is offline.", "请求没有发出：浏览器处于离线状态。")
    } else {
        pick(lang, "Nothing was sent: no key was available.", "请求没有发出：没有可用的 Key。")
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
            "The gateway didn't respond in time. The task may have been created and billed.",
            "网关没有及时响应，任务可能已经创建并计费。",
        ),
        State::Doubtful(Doubt::Network(NetFault::Closed)) => (
            "The page was closed before the response came. The task may have been created and billed.",
            "响应返回之前页面被关闭，任务可能已经创建并计费。",
        ),
        State::Doubtful(Doubt::Network(_)) => {
            ("No response. The task may have been created and billed.", "没有收到响应，任务可能已经创建并计费。")
        }
        State::Doubtful(Doubt::Server(_)) => (
            "The gateway returned an error after receiving the request. The task may have been created and billed.",
            "网关收到请求后返回了错误，任务可能已经创建并计费。",
        ),
        State::Doubtful(Doubt::Unreadable(why)) => match why {
            Unreadable::Empty => (
                "The response was empty. The task may have been created and billed.",
                "响应为空，任务可能已经创建并计费。",
            ),
            Unreadable::Html => (
                "The response was a web page instead of data, probably from a proxy. The task may have been created and billed.",
                "响应是一个网页而不是数据，多半来自中间代理。任务可能已经创建并计费。",
            ),
            Unreadable::NotJson => (
                "The response was incomplete or not JSON. The task may have been created and billed.",
                "响应不完整或不是 JSON，任务可能已经创建并计费。",
            ),
            Unreadable::Shape => (
                "The response has no task ID. The task may have been created and billed.",
                "响应里没有任务 ID，任务可能已经创建并计费。",
            ),
            Unreadable::TooLong => (
                "The response was far too long. The task may have been created and billed.",
                "响应长得不正常，任务可能已经创建并计费。",
            ),
        },
        State::Failed(fault, _) if is_late_refusal(fault) => (
            "The gateway accepted the task, then checked the request and refused it. No video was made.",
            "网关接受任务后校验了请求，随即拒绝。没有生成视频。",
        ),
        State::Failed(..) => ("Generation failed.", "生成失败。"),
        State::Canceled => ("The task was canceled. No video was made.", "任务已取消，没有生成视频。"),
        State::Lost(_) => (
            "The gateway can't find this task: it expired, or belongs to another gateway or region.",
            "网关查不到这个任务：可能已过期，或属于其他网关、地域。",
        ),
        State::Done(_) => ("The video is ready.", "视频已完成。"),
        State::Sending | State::ByHand | State::Waiting { .. } | State::Fetching { .. } => ("", ""),
    };
    pick(lang, en, zh)
}

/// The same of a task that was canceled from here.
pub fn canceled_by_you(lang: Lang) -> &'static str {
    pick(lang, "Canceled by you. No video was made.", "您已取消该任务，没有生成视频。")
}

/// Why there is no way to cancel.
pub fn past_cancel(lang: Lang) -> &'static str {
    pick(lang, "The task is running: only queued tasks can be canceled.", "任务正在运行：只有排队中的任务才能取消。")
}

/// Before the sentence with which a gateway refused a field, of the task of this number.
pub fn marked(lang: Lang, number: &str) -> String {
    match lang {
        Lang::En => ["The gateway refused this (#", number, "): "].concat(),
        Lang::Zh => ["网关拒绝了此项（#", number, "）："].concat(),
    }
}

/// What a gateway takes at a field, by its own message.
pub fn legal(lang: Lang, legal: &Legal) -> String {
    match legal {
        Legal::Unsaid => String::new(),
        Legal::OneOf(values) => {
            let (lead, between, end) = pick3(lang, ["Allowed: ", ", ", "."], ["可用的值：", "、", "。"]);
            [lead, &values.join(between), end].concat()
        }
        Legal::Range(from, to) => {
            let (lead, between, end) = pick3(lang, ["Allowed: ", " to ", "."], ["可用范围：", " 到 ", "。"]);
            [lead, from, between, to, end].concat()
        }
        Legal::Like(example) => {
            let (lead, _, end) = pick3(lang, ["Example: ", "", "."], ["示例：", "", "。"]);
            [lead, example, end].concat()
        }
        Legal::LeaveOut => {
            pick(lang, "This model doesn't support it: leave it out.", "此模型不支持设置该项，请留空。").to_owned()
        }
        Legal::Needed => pick(lang, "This field is required.", "此项必填。").to_owned(),
    }
}

fn pick3<'a>(lang: Lang, en: [&'a str; 3], zh: [&'a str; 3]) -> (&'a str, &'a str, &'a str) {
    let [lead, between, end] = if lang == Lang::En { en } else { zh };
    (lead, between, end)
}

/// Whether an end was billed.
pub fn billed(lang: Lang, state: &State, billed: Billed) -> &'static str {
    let (en, zh) = match (billed, state) {
        (Billed::No, State::Failed(fault, _)) if is_late_refusal(fault) => (
            "No. Refused requests aren't billed, and per the gateway's docs, failed tasks aren't either.",
            "没有：被拒绝的请求不计费，按网关文档，失败的任务也不计费。",
        ),
        (Billed::No, State::Failed(..)) => {
            ("No. Per the gateway's docs, failed tasks aren't billed.", "没有：按网关文档，失败的任务不计费。")
        }
        (Billed::No, State::Canceled) => (
            "No. Per the gateway's docs, only finished videos are billed.",
            "没有计费：按网关文档，只有生成的视频才计费。",
        ),
        (Billed::No, _) => ("No. Nothing was created.", "没有，任务未创建。"),
        (Billed::Unlikely, State::Failed(..) | State::Canceled) => (
            "Most likely not: Alibaba only bills finished videos, but this gateway doesn't say. Check its bill.",
            "很可能没有：阿里云只对生成的视频计费，但该网关没有说明，以网关账单为准。",
        ),
        (Billed::Unlikely, _) => (
            "Most likely not: the browser asks before it sends (CORS preflight), and was refused.",
            "很可能没有：浏览器在发送前会先询问（CORS 预检），网关没有允许。",
        ),
        (Billed::Unknown, State::Doubtful(_)) => {
            ("Possibly. First check whether the task exists.", "有可能。请先确认任务是否存在。")
        }
        (Billed::Unknown, _) => ("Unknown. Check the gateway's bill.", "未知，以网关账单为准。"),
        (Billed::Yes, _) => ("Yes. The video was made.", "是，视频已经生成。"),
    };
    pick(lang, en, zh)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod walk;
