//! The sentences about a request.

use super::fill::fill;
use crate::checked::Trap;
use crate::paste::{Asked, At, Does, Hint, Open, Standing, Verdict, Whose};
use crate::words::lang::Lang;
use crate::words::pick;

/// What comes of a fault, in a word or two.
pub fn verdict(lang: Lang, verdict: Verdict) -> &'static str {
    let (en, zh) = match verdict {
        Verdict::RefusedAtOnce => ("Will be refused, not billed", "会被拒绝，不计费"),
        Verdict::FailsLater => ("Will be accepted, then fail; not billed", "会被接受，随后失败，不计费"),
        Verdict::IgnoredAndBilled => ("Will be accepted and ignored, but billed", "会被接受但不起作用，照常计费"),
        Verdict::NotDocumented => ("Not documented", "文档没有说明"),
        Verdict::Noted => ("For information", "提示"),
    };
    pick(lang, en, zh)
}

/// What a request does.
pub fn does(lang: Lang, does: &Does) -> &'static str {
    let (en, zh) = match does {
        Does::Create => ("Request: creates a task", "创建任务的请求"),
        Does::Query(_) => ("Request: queries a task", "查询任务的请求"),
        Does::Cancel(_) => ("Request: cancels a task", "取消任务的请求"),
        Does::Content(_) => ("Request: downloads a video", "下载视频的请求"),
        Does::List => ("Request: lists tasks, not one task", "列出任务的请求，不是查询某个任务"),
        Does::NotVideo => ("Not a video request", "不是视频请求"),
        Does::Foreign => ("Not a body for any of the four gateways", "不是这四个网关的请求体"),
        Does::Unknown => ("Request: purpose unknown", "一个请求，但看不出用途"),
    };
    pick(lang, en, zh)
}

/// What is not filled in or not known here, as one sentence; `None` if nothing is.
pub fn unfilled(lang: Lang, asked: &Asked) -> Option<String> {
    if asked.open.is_empty() {
        return None;
    }
    let places: Vec<String> = asked.open.iter().map(|place| open(lang, place)).collect();
    let text = pick(
        lang,
        "Not filled in, or unknown here: {}. Fill them in before sending.",
        "尚未填写，或此处无法得知：{}。填写之前不能发送。",
    );
    Some(fill(text, &places.join(pick(lang, ", ", "、"))))
}

/// Where a request goes, and what the catalog knows of its model, where that is worth a word.
pub fn notes(lang: Lang, asked: &Asked) -> Vec<String> {
    let whose = whose(lang, &asked.whose).filter(|_| asked.does != Does::Foreign);
    whose.into_iter().chain(standing(lang, asked)).collect()
}

fn open(lang: Lang, open: &Open) -> String {
    let at = match &open.at {
        At::Host => pick(lang, "host", "主机"),
        At::Url => pick(lang, "URL", "请求地址"),
        At::Id => pick(lang, "task ID", "任务 ID"),
        At::Header(name) => name,
        At::Body(path) if path.is_empty() => pick(lang, "body", "请求体"),
        At::Body(path) => path,
    };
    let written: String = open.written.chars().take(60).collect();
    [at, " (", &*written, ")"].concat()
}

/// Whose a request is, where that is not plain.
pub fn whose(lang: Lang, whose: &Whose) -> Option<String> {
    let (en, zh, value) = match whose {
        // A host that is not filled in is named among what is open.
        Whose::Gateway { .. } | Whose::Open(_) => return None,
        Whose::ByPath(_) => {
            ("No host given: the gateway is inferred from the path.", "没有主机名，根据路径判断网关。", "")
        }
        Whose::TokenPlan => (
            "It goes to Alibaba's Token Plan, which has its own keys and prices.",
            "发往阿里云 Token Plan，它使用单独的 Key 和价格。",
            "",
        ),
        Whose::Nobody(host) => (
            "{} isn't one of the four gateways. Its key isn't used for any of them.",
            "{} 不是这四个网关之一，其 Key 不会用于它们。",
            host.as_str(),
        ),
        Whose::ThisMachine(host) => {
            ("{} is the machine this was written on.", "{} 是编写者自己的机器。", host.as_str())
        }
        Whose::Unsaid => (
            "No URL given: checked for each gateway it may be meant for.",
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
            "{} is a dated version of a model, checked by that model's rules.",
            "{} 是模型的日期版本，按该模型的规则检查。",
        ),
        Standing::ByName => ("{} is only known by name: not checked, no price.", "{} 只知道名称：未检查，没有价格。"),
        Standing::Unlisted(None) => {
            ("{} isn't in the catalog: not checked, no price.", "{} 不在目录中：未检查，没有价格。")
        }
        Standing::Unlisted(Some(_)) => (
            "{} isn't in the catalog: not checked, no price. A similar name is: compare them closely.",
            "{} 不在目录中：未检查，没有价格。目录里有相近的名称，请逐字核对。",
        ),
        Standing::NotVideo => ("{} doesn't make videos.", "{} 不生成视频。"),
    };
    Some(fill(pick(lang, en, zh), &asked.model))
}

/// What is worth knowing besides.
pub fn hint(lang: Lang, hint: &Hint) -> String {
    let (en, zh, value): (&str, &str, &str) = match hint {
        Hint::FixedLength(at) => (
            "{}: this model's duration is fixed. Leave it out; sending it may fail the task.",
            "{}：该模型的时长固定，请去掉它；发送后任务可能失败。",
            at,
        ),
        Hint::SeedZero(at) => {
            ("{}: 0 is a fixed seed. Leave it out for a random one.", "{}：0 是固定种子。要随机请去掉它。", at)
        }
        Hint::Trap(Trap::Unused { path }) => ("{} has no effect with this model.", "{} 对该模型不起作用。", path),
        Hint::Trap(Trap::NoSuchReference { name, .. }) => (
            "The prompt says “{}”, but there is no such entry if images, videos and audio are numbered separately.",
            "提示词写了“{}”，但如果图片、视频、音频分别计数，没有这一项。",
            name,
        ),
        Hint::Trap(Trap::NamedOtherwise { name, .. }) => (
            "The prompt says “{}”, which is how other models name references.",
            "提示词写了“{}”，这是别的模型对参考素材的叫法。",
            name,
        ),
        Hint::NoCharacter => (
            "The prompt doesn't mention character1: the reference may not appear in the video.",
            "提示词没有写 character1，参考素材可能不会出现在视频里。",
            "",
        ),
        Hint::DearDefault(tier) => (
            "No resolution is chosen: the default is {}, the more expensive one.",
            "没有选择分辨率：默认 {}，价格更高。",
            tier,
        ),
        Hint::OtherModel(model) => ("For this, use the model {}.", "这种用法请选择模型 {}。", model),
        Hint::RegionalName(model) => (
            "This is the international name; in mainland China the model is called {}.",
            "这是国际站的名称，中国内地站为 {}。",
            model,
        ),
        Hint::LoginInLink(at) => {
            ("{} contains a user name and password: confidential.", "{} 里有用户名和密码，属于机密信息。", at)
        }
        Hint::NoAction => (
            "The reference requires an action here; the newer guide omits it.",
            "接口参考要求写明操作类型，较新的指南则没有写。",
            "",
        ),
        Hint::LocalFile(at) => (
            "{} is a local file: only Alibaba's SDK uploads it. Choose it as a file here, or give a URL.",
            "{} 是本地文件，只有阿里云的库会自动上传。在这里请选择文件，或提供链接。",
            at,
        ),
        Hint::OddHeader(name) => {
            ("{} isn't a valid header name: it contains quotes.", "{} 不是合法的请求头名称，其中含有引号。", name)
        }
        Hint::NearHost(host) => (
            "The host is almost {}, but not quite. Check for a typo.",
            "主机名与 {} 很像，但不是同一个，是否写错了？",
            host,
        ),
        Hint::PrivateHost => (
            "A page loaded over https can't call every private host.",
            "通过 https 打开的页面不一定能访问内网主机。",
            "",
        ),
        Hint::BrokenText(at) => (
            "{}: letters became question marks. The Windows console broke them: send the body from a UTF-8 file.",
            "{}：文字变成了问号，是 Windows 控制台造成的。请把请求体存为 UTF-8 文件再发送。",
            at,
        ),
        Hint::Understood(names) => {
            return fill(pick(lang, "Recognized: {}.", "已识别：{}。"), &names.join(pick(lang, ", ", "、")));
        }
    };
    fill(pick(lang, en, zh), value)
}
