//! The sentences about what a pasted text holds: one card for each thing, with a title and some lines.

use crate::checked::Trap;
use crate::import::Language;
use crate::paste::{
    Answer, AnswerRemark, Asked, At, Billing, Card, Does, Hint, Holds, Mention, Message, Open, Standing, State,
    Trouble, Verdict, Whose,
};
use crate::price::seconds;
use crate::words::lang::Lang;
use crate::words::{doctor, failure, pick};

/// The title of a card.
pub fn title(lang: Lang, card: &Card) -> String {
    match &card.holds {
        Holds::Request(asked) if asked.model.is_empty() => does(lang, &asked.does).to_owned(),
        Holds::Request(asked) => [does(lang, &asked.does), pick(lang, ": ", "："), &*asked.model].concat(),
        Holds::Answer(answer) => state(lang, answer.state).to_owned(),
        Holds::Message(_) => pick(lang, "A message of a program", "程序的提示信息").to_owned(),
        Holds::Mention(Mention::Task(id, _)) => [pick(lang, "Task ", "任务 "), &id.0].concat(),
        Holds::Mention(Mention::Link { host, .. }) => [pick(lang, "A link at ", "链接，主机为 "), host].concat(),
        Holds::Page => pick(lang, "A web page", "网页").to_owned(),
        Holds::Unread(language) => [pick(lang, "A program in ", "程序，语言为 "), name(*language)].concat(),
    }
}

/// The lines of a card.
pub fn lines(lang: Lang, card: &Card, now_ms: u64) -> Vec<String> {
    match &card.holds {
        Holds::Request(asked) => of_request(lang, asked),
        Holds::Answer(answer) => of_answer(lang, answer, now_ms),
        Holds::Message(message) => vec![message.said.clone(), trouble(lang, message).to_owned()],
        Holds::Mention(Mention::Link { ends_ms, .. }) => vec![ends(lang, *ends_ms, now_ms).to_owned()],
        Holds::Mention(Mention::Task(..)) => Vec::new(),
        Holds::Page => vec![
            pick(lang, "A proxy or a login sends it, not a gateway.", "它来自代理或登录页，而不是网关。").to_owned(),
        ],
        Holds::Unread(_) => vec![unread(lang).to_owned()],
    }
}

/// What comes of a fault, in a word or two.
pub fn verdict(lang: Lang, verdict: Verdict) -> &'static str {
    let (en, zh) = match verdict {
        Verdict::RefusedAtOnce => ("Refused at once, not billed", "立即被拒绝，不计费"),
        Verdict::FailsLater => ("Accepted, then fails; not billed", "先被接受，随后失败，不计费"),
        Verdict::IgnoredAndBilled => ("Accepted, ignored and billed", "被接受但不起作用，照常计费"),
        Verdict::NotDocumented => ("Not documented", "文档没有说明"),
        Verdict::Noted => ("Good to know", "值得留意"),
    };
    pick(lang, en, zh)
}

fn fill(text: &str, value: &str) -> String {
    text.replace("{}", value)
}

fn name(language: Language) -> &'static str {
    match language {
        Language::Python => "Python",
        Language::JavaScript => "JavaScript",
        Language::Java => "Java",
        Language::Go => "Go",
        Language::Php => "PHP",
        Language::CSharp => "C#",
        Language::Cpp => "C++",
        Language::Rust => "Rust",
        Language::Ruby => "Ruby",
        Language::Swift => "Swift",
        Language::PowerShell => "PowerShell",
    }
}

fn unread(lang: Lang) -> &'static str {
    pick(
        lang,
        "No request can be read out of it. Print the body in the program and paste that; or paste a curl command.",
        "无法从中读出请求。请在程序里打印请求体再粘贴，或粘贴 curl 命令。",
    )
}

fn does(lang: Lang, does: &Does) -> &'static str {
    let (en, zh) = match does {
        Does::Create => ("A request that creates a task", "创建任务的请求"),
        Does::Query(_) => ("A request that asks for a task", "查询任务的请求"),
        Does::Cancel(_) => ("A request that cancels a task", "取消任务的请求"),
        Does::Content(_) => ("A request that downloads a video", "下载视频的请求"),
        Does::List => ("A request that lists tasks, not one task", "列出任务的请求，不是查询某个任务"),
        Does::NotVideo => ("Not a video request", "不是视频请求"),
        Does::Foreign => ("Not the body of one of the four gateways", "不是这四个网关的请求体"),
        Does::Unknown => ("A request, but it is not clear for what", "一个请求，但看不出用途"),
    };
    pick(lang, en, zh)
}

fn of_request(lang: Lang, asked: &Asked) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    if asked.does != Does::Foreign {
        lines.extend(whose(lang, &asked.whose));
    }
    lines.extend(standing(lang, asked));
    if !asked.open.is_empty() {
        let places: Vec<String> = asked.open.iter().map(|place| open(lang, place)).collect();
        let text = pick(
            lang,
            "Not filled in, or not known here: {}. It cannot be sent before they are.",
            "尚未填写，或此处无法得知：{}。填写之前不能发送。",
        );
        lines.push(fill(text, &places.join(pick(lang, ", ", "、"))));
    }
    for (finding, kind) in asked.judged.first().map(|judged| judged.findings.as_slice()).unwrap_or_default() {
        let (wrong, mend) = doctor::finding(lang, finding);
        let place = doctor::part(lang, &finding.part);
        let sign = pick(lang, ": ", "：");
        lines.push([verdict(lang, *kind), " · ", &*place, sign, &*wrong, " ", &*mend].concat());
    }
    lines.extend(asked.hints.iter().map(|known| hint(lang, known)));
    lines
}

fn open(lang: Lang, open: &Open) -> String {
    let at = match &open.at {
        At::Host => pick(lang, "host", "主机"),
        At::Url => pick(lang, "address", "请求地址"),
        At::Id => pick(lang, "task id", "任务 ID"),
        At::Header(name) => name,
        At::Body(path) if path.is_empty() => pick(lang, "body", "请求体"),
        At::Body(path) => path,
    };
    let written: String = open.written.chars().take(60).collect();
    [at, " (", &*written, ")"].concat()
}

fn whose(lang: Lang, whose: &Whose) -> Option<String> {
    let (en, zh, value) = match whose {
        // A host that is not filled in is named among what is open.
        Whose::Gateway { .. } | Whose::Open(_) => return None,
        Whose::ByPath(_) => {
            ("No host is given: the gateway is known by its path.", "没有主机名，根据路径判断网关。", "")
        }
        Whose::TokenPlan => (
            "It goes to Alibaba's Token Plan, which has keys and prices of its own.",
            "发往阿里云 Token Plan，它使用单独的 Key 和价格。",
            "",
        ),
        Whose::Nobody(host) => (
            "{} is none of the four gateways. Its key is offered to none of them.",
            "{} 不是这四个网关之一，其 Key 不会用于它们。",
            host.as_str(),
        ),
        Whose::ThisMachine(host) => ("{} is the machine it was written on.", "{} 是编写者自己的机器。", host.as_str()),
        Whose::Unsaid => (
            "No address is given: it is judged for each gateway it may be meant for.",
            "没有请求地址：按每个可能的网关分别检查。",
            "",
        ),
    };
    Some(fill(pick(lang, en, zh), value))
}

fn standing(lang: Lang, asked: &Asked) -> Option<String> {
    let (en, zh) = match &asked.standing {
        Standing::Unnamed | Standing::Listed => return None,
        Standing::Dated(_) => (
            "{} is a dated state of a model: checked by that model's rules.",
            "{} 是模型的日期版本，按该模型的规则检查。",
        ),
        Standing::ByName => ("{} is known by name only: not checked, no price.", "{} 只知道名称：未检查，没有价格。"),
        Standing::Unlisted(None) => {
            ("{} is not in the catalog: not checked, no price.", "{} 不在目录中：未检查，没有价格。")
        }
        Standing::Unlisted(Some(_)) => (
            "{} is not in the catalog: not checked, no price. A similar name is: compare them letter by letter.",
            "{} 不在目录中：未检查，没有价格。目录里有相近的名称，请逐字核对。",
        ),
        Standing::NotVideo => ("{} makes no videos.", "{} 不生成视频。"),
    };
    Some(fill(pick(lang, en, zh), &asked.model))
}

fn hint(lang: Lang, hint: &Hint) -> String {
    let (en, zh, value): (&str, &str, &str) = match hint {
        Hint::FixedLength(at) => (
            "{}: the length of this model is fixed. Leave it out; sent, it may fail the task.",
            "{}：该模型的时长固定，请去掉它；发送后任务可能失败。",
            at,
        ),
        Hint::SeedZero(at) => {
            ("{}: 0 is a fixed seed. Leave it out for a random one.", "{}：0 是固定种子。要随机请去掉它。", at)
        }
        Hint::Trap(Trap::Unused { path }) => ("{} has no effect at this model.", "{} 对该模型不起作用。", path),
        Hint::Trap(Trap::NoSuchReference { name, .. }) => (
            "The prompt says “{}”, but there is no such entry if images, videos and sounds are counted apart.",
            "提示词写了“{}”，但如果图片、视频、音频分别计数，没有这一项。",
            name,
        ),
        Hint::Trap(Trap::NamedOtherwise { name, .. }) => (
            "The prompt says “{}”, as other models name their references.",
            "提示词写了“{}”，这是别的模型对参考素材的叫法。",
            name,
        ),
        Hint::NoCharacter => (
            "The prompt does not name character1: the reference may have no part in the video.",
            "提示词没有写 character1，参考素材可能不会出现在视频里。",
            "",
        ),
        Hint::DearDefault(tier) => (
            "Nothing chooses the resolution: the default is {}, the dearer one.",
            "没有选择分辨率：默认 {}，价格更高。",
            tier,
        ),
        Hint::OtherModel(model) => ("For this, take the model {}.", "这种用法请选择模型 {}。", model),
        Hint::RegionalName(model) => (
            "This is the international name; on the mainland the model is called {}.",
            "这是国际站的名称，中国内地站为 {}。",
            model,
        ),
        Hint::LoginInLink(at) => {
            ("{} holds a user name and a password: a secret.", "{} 里有用户名和密码，属于机密信息。", at)
        }
        Hint::NoAction => (
            "The reference requires an action here; the newer guide leaves it out.",
            "接口参考要求写明操作类型，较新的指南则没有写。",
            "",
        ),
        Hint::LocalFile(at) => (
            "{} is a file on a disk: only Alibaba's library uploads it. Here choose it as a file, or give a link.",
            "{} 是本地文件，只有阿里云的库会自动上传。在这里请选择文件，或提供链接。",
            at,
        ),
        Hint::OddHeader(name) => (
            "{} is no legal name of a header: there are quotes in it.",
            "{} 不是合法的请求头名称，其中含有引号。",
            name,
        ),
        Hint::PrivateHost => (
            "A page that was loaded by https cannot call every private host.",
            "通过 https 打开的页面不一定能访问内网主机。",
            "",
        ),
        Hint::BrokenText(at) => (
            "{}: question marks stand for letters. The Windows console broke them: send the body from a file in UTF-8.",
            "{}：文字变成了问号，是 Windows 控制台造成的。请把请求体存为 UTF-8 文件再发送。",
            at,
        ),
        Hint::Understood(names) => {
            return fill(pick(lang, "Understood of it: {}.", "读懂的部分：{}。"), &names.join(pick(lang, ", ", "、")));
        }
    };
    fill(pick(lang, en, zh), value)
}

fn state(lang: Lang, state: State) -> &'static str {
    let (en, zh) = match state {
        State::Queued => ("An answer: the task waits", "应答：任务在排队"),
        State::Running => ("An answer: the task runs", "应答：任务在运行"),
        State::Succeeded => ("An answer: the task is finished", "应答：任务已完成"),
        State::Failed => ("An answer: the task failed", "应答：任务失败"),
        State::Canceled => ("An answer: the task was canceled", "应答：任务已取消"),
        State::Lost => ("An answer: the gateway does not know the task", "应答：网关查不到任务"),
        State::Refused => ("An error of a gateway", "网关的报错"),
        State::Unsaid => ("An answer that does not say how the task is", "应答没有说明任务状态"),
    };
    pick(lang, en, zh)
}

fn of_answer(lang: Lang, answer: &Answer, now_ms: u64) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(fault) = &answer.fault {
        let parts = [&*fault.code, &*fault.message];
        lines.push(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "));
    }
    if answer.remarks.contains(&AnswerRemark::Template) {
        lines.push(odd(lang, AnswerRemark::Template).to_owned());
        return lines;
    }
    lines.extend(answer.remedy.map(|remedy| failure::remedy(lang, remedy).to_owned()));
    lines.extend(answer.complaints.iter().map(|complaint| {
        let at = if complaint.path.is_empty() { &complaint.name } else { &complaint.path };
        [at.as_str(), pick(lang, ": ", "："), &*failure::legal(lang, &complaint.legal)].concat()
    }));
    lines.extend(billing(lang, answer.billing).map(str::to_owned));
    if let Some(link) = &answer.link {
        let text = fill(pick(lang, "The video lies at {}.", "视频位于 {}。"), &link.host);
        lines.push([&*text, pick(lang, " ", ""), ends(lang, link.ends_ms, now_ms)].concat());
    }
    if let Some(ms) = answer.made.billed_ms {
        let length = [&*seconds(ms), " s ", &*answer.made.tier].concat();
        lines.push(fill(pick(lang, "Billed: {}", "计费时长：{}"), length.trim_end()));
    }
    lines.extend(answer.remarks.iter().map(|remark| odd(lang, *remark).to_owned()));
    if !answer.lay_at.is_empty() {
        lines.push(fill(pick(lang, "It lay at {} of what was pasted.", "它位于所粘贴内容的 {} 处。"), &answer.lay_at));
    }
    if !answer.request_id.is_empty() {
        let text = pick(lang, "Request id, for support; no task id: {}", "请求 ID（供技术支持使用，不是任务 ID）：{}");
        lines.push(fill(text, &answer.request_id));
    }
    lines
}

fn billing(lang: Lang, billing: Billing) -> Option<&'static str> {
    let (en, zh) = match billing {
        Billing::Refused => ("Nothing was made, and nothing is billed.", "没有创建任务，不计费。"),
        Billing::FailedFree => (
            "At DashScope failed tasks are not billed; resellers do not say.",
            "在 DashScope，失败的任务不计费；转售网关没有说明。",
        ),
        Billing::FailedUnsaid => {
            ("Whether failed tasks are billed is not said there.", "失败的任务是否计费，该网关没有说明。")
        }
        Billing::MayBe => {
            ("The task may exist and be billed: do not send it again.", "任务可能已经存在并计费，请不要重复发送。")
        }
        Billing::Billed => ("It is billed.", "已计费。"),
        Billing::Unsaid => return None,
    };
    Some(pick(lang, en, zh))
}

fn ends(lang: Lang, ends_ms: Option<u64>, now_ms: u64) -> &'static str {
    let (en, zh) = match ends_ms {
        None => ("The link does not say when it ends.", "链接没有写明有效期。"),
        Some(end) if end <= now_ms => ("The link has ended.", "链接已过期。"),
        Some(_) => ("The link still holds; it is opened by a press only.", "链接仍然有效，点按后才会打开。"),
    };
    pick(lang, en, zh)
}

fn odd(lang: Lang, remark: AnswerRemark) -> &'static str {
    let (en, zh) = match remark {
        AnswerRemark::NoLink => {
            ("It is finished, but there is no link in the answer.", "任务已完成，但应答里没有链接。")
        }
        AnswerRemark::NoId => (
            "There is no task id: nothing can be followed. Look in the gateway's console before sending again.",
            "没有任务 ID，无法跟踪。重新发送之前请先到网关控制台查看。",
        ),
        AnswerRemark::Template => {
            ("A template from a document: its values are crosses.", "这是文档里的模板，值只是占位的叉号。")
        }
        AnswerRemark::ForeignHost => {
            ("The host of the link is none of Alibaba's; that is no fault.", "链接不在阿里云的主机上，这不是错误。")
        }
        AnswerRemark::NotWan => {
            ("Not a result of a Wan model: no Wan price holds.", "这不是万相模型的结果，不适用万相的价格。")
        }
    };
    pick(lang, en, zh)
}

fn trouble(lang: Lang, message: &Message) -> &'static str {
    let (en, zh) = match message.trouble {
        Trouble::SingleQuotes => (
            "The Windows prompt knows no single quotes, so pieces of the command were taken for addresses. Use double quotes, or PowerShell.",
            "Windows 命令提示符不识别单引号，命令的片段被当成了地址。请改用双引号，或使用 PowerShell。",
        ),
        Trouble::NoSuchHost => {
            ("The host has no address: check its name and the network.", "找不到主机，请检查主机名和网络。")
        }
        Trouble::BadAddress => (
            "The address is malformed, or brackets in it were read as a pattern.",
            "地址有误，或其中的括号被当成了通配符。",
        ),
        Trouble::NoConnection => {
            ("No connection came about: nothing can be said about the request.", "没有建立连接，无法判断请求是否正确。")
        }
        Trouble::Certificate => {
            ("The certificate was not accepted, often because of a proxy.", "证书没有被接受，通常是因为代理。")
        }
        Trouble::CutCommand => {
            ("The lines of one command were run as commands of their own.", "一条命令的各行被当成单独的命令运行了。")
        }
        Trouble::NotCurl => (
            "PowerShell ran its own command instead of curl. Write curl.exe.",
            "PowerShell 运行了自己的命令，而不是 curl。请写 curl.exe。",
        ),
        Trouble::Other => ("A message of the program that was run.", "这是所运行程序的提示信息。"),
    };
    pick(lang, en, zh)
}

#[cfg(test)]
mod tests;
