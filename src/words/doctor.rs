//! The sentences of the doctor: what is wrong with a request, and what to do about it.

use crate::checked::{ProblemKind, WhyUnsent};
use crate::doctor::{Effect, Fault, Finding, Part, Slip};
use crate::words::lang::Lang;
use crate::words::{field, list, pick, problem};

/// What is wrong, and what to do. The place is said by [`part`].
pub fn finding(lang: Lang, finding: &Finding) -> (String, String) {
    let (what, remedy) = sentences(lang, finding);
    (what, if remedy.is_empty() { otherwise(lang, finding).to_owned() } else { remedy })
}

/// Where it is wrong.
pub fn part(lang: Lang, part: &Part) -> String {
    match part {
        Part::Method => pick(lang, "Method", "请求方法").to_owned(),
        Part::Url => pick(lang, "URL", "请求地址").to_owned(),
        Part::Header(name) => [pick(lang, "Header ", "请求头 "), name].concat(),
        Part::Key => pick(lang, "Key", "Key").to_owned(),
        Part::Text(spot) => {
            let (line, column) = (spot.line.to_string(), spot.column.to_string());
            let places = [&*line, &*column];
            fill(pick(lang, "Body, line {}, column {}", "请求体第 {} 行第 {} 列"), &places)
        }
        Part::Body(path) if path.is_empty() => pick(lang, "Body", "请求体").to_owned(),
        Part::Body(path) => path.clone(),
    }
}

/// A text with its gaps filled in order.
fn fill(text: &str, values: &[&str]) -> String {
    let mut out = String::new();
    let mut parts = text.split("{}");
    out.push_str(parts.next().unwrap_or_default());
    for (index, part) in parts.enumerate() {
        out.push_str(values.get(index).or(values.last()).unwrap_or(&""));
        out.push_str(part);
    }
    out
}

/// What to do where the fault itself does not say it.
fn otherwise(lang: Lang, finding: &Finding) -> &'static str {
    let (en, zh) = match (finding.mended, finding.effect) {
        (true, _) => ("Fixed in the corrected request.", "修正后的请求已改好。"),
        (false, Effect::Refused) => ("Fix it before sending.", "请改正后再发送。"),
        (false, Effect::Astray) => ("Change it, unless it is intended.", "如果并非有意，请修改。"),
        (false, Effect::Noted) => ("No action needed.", "无需处理。"),
    };
    pick(lang, en, zh)
}

fn gateway(id: &str) -> &str {
    match id {
        "crazyrouter" => "Crazyrouter",
        "ope" => "OPE.AI",
        "acedata" => "AceDataCloud",
        "dashscope" => "DashScope",
        other => other,
    }
}

/// What is wrong and what to do, both with gaps, and what fills them. An empty remedy is the usual one.
fn sentences(lang: Lang, finding: &Finding) -> (String, String) {
    let say = |en: [&str; 2], zh: [&str; 2], values: &[&str]| {
        let [what, remedy] = if lang == Lang::En { en } else { zh };
        // The remedy names the last value.
        (fill(what, values), fill(remedy, &values[values.len().saturating_sub(1)..]))
    };
    match &finding.fault {
        Fault::Method { should } => say(
            ["This request needs the method {}.", "Use {}."],
            ["这个调用应使用 {} 方法。", "请改用 {}。"],
            &[should],
        ),
        Fault::PlainHttp => say(
            ["The URL starts with http:, so the key would be sent unencrypted.", "Use https:."],
            ["地址以 http: 开头，Key 会以明文传输。", "请改用 https:。"],
            &[],
        ),
        Fault::Placeholder => say(
            ["{WorkspaceId} is a placeholder: there is no such host.", "Replace it with your own workspace ID."],
            ["{WorkspaceId} 只是占位符，没有这样的主机。", "请换成您自己的业务空间 ID。"],
            &[],
        ),
        Fault::ForeignHost => say(
            [
                "This URL belongs to none of the gateways on this page, so its path can't be checked.",
                "If a gateway runs there, choose it above and enter the URL as its base URL.",
            ],
            [
                "这个地址不属于本页面的任何网关，无法判断路径是否正确。",
                "如果它背后是某个网关，请选择该网关，并把它填为接口地址。",
            ],
            &[],
        ),
        Fault::UndocumentedHost { should } => say(
            [
                "The gateway's docs don't list this host, and your key would be sent to it.",
                "The docs list {}. For your own gateway, this is fine.",
            ],
            ["网关的文档里没有这个主机，而 Key 会发送给它。", "文档里的是 {}。如果这是您自己的网关，则没有问题。"],
            &[should],
        ),
        Fault::NoSuchPath { should } => say(
            ["The gateway's docs list no such path for this model.", "Tasks of this model are created at {}."],
            ["网关的文档没有为该模型列出这个路径。", "此模型的任务在 {} 创建。"],
            &[should],
        ),
        Fault::PathOfAnother { should } => say(
            ["This path doesn't accept this model with this body.", "Send it to {}."],
            ["这个路径不接受该模型的这种请求体。", "应发送到 {}。"],
            &[should],
        ),
        Fault::CreateAtQuery { should } => say(
            ["This path only queries tasks, but the body creates one.", "Create tasks at {}."],
            ["这个路径只用来查询任务，而请求体是要创建任务。", "创建任务应使用 {}。"],
            &[should],
        ),
        Fault::HeaderMissing { should } if is_async(finding) => say(
            [
                "Without this header, the gateway returns 403: “current user api does not support synchronous calls”.",
                "Add it with the value {}.",
            ],
            ["缺少这个请求头时，网关返回 403，提示不支持同步调用。", "请加上它，值为 {}。"],
            &[should],
        ),
        Fault::HeaderMissing { should } => say(
            ["This header is missing.", "Add it with the value {}."],
            ["缺少这个请求头。", "请加上它，值为 {}。"],
            &[should],
        ),
        Fault::HeaderWrong { should } => say(
            ["The gateway doesn't accept this value.", "It must be {}."],
            ["网关不接受这个值。", "应为 {}。"],
            &[should],
        ),
        Fault::HeaderIdle => say(
            ["This header is only for creating tasks.", "It can be left out here."],
            ["这个请求头只在创建任务时需要。", "此处可以去掉。"],
            &[],
        ),
        Fault::KeyMissing => say(
            ["The request has no key.", "Add the header Authorization: Bearer, with this gateway's key."],
            ["请求没有携带 Key。", "请加上请求头 Authorization: Bearer，后面是该网关的 Key。"],
            &[],
        ),
        Fault::KeyPlaceholder => say(
            ["The key is still a placeholder from the docs.", "Replace it with the real key."],
            ["Key 的位置上还是文档里的占位文字。", "请换成真实的 Key。"],
            &[],
        ),
        Fault::KeyOfGateway { gateway: id } if id.is_empty() => say(
            [
                "This doesn't look like a key of this gateway and would be refused.",
                "Use the key of the gateway you call.",
            ],
            ["这看起来不是该网关的 Key，会被拒绝。", "请使用所调用网关的 Key。"],
            &[],
        ),
        Fault::KeyOfGateway { gateway: id } => say(
            [
                "This looks like a key of {}; here it would be refused.",
                "Use the key of the gateway you call, or call {}.",
            ],
            ["这看起来是 {} 的 Key，在这里会被拒绝。", "请使用所调用网关的 Key，或改为调用 {}。"],
            &[gateway(id)],
        ),
        Fault::KeyOfRegion { should } => say(
            [
                "By its name, this key belongs to another region. Key, model and base URL must belong to the same region.",
                "Call {} with it, or use a key of this region.",
            ],
            [
                "从名称看，这是另一个地域的 Key。Key、模型和接口地址必须属于同一地域。",
                "请用它调用 {}，或换用当前地域的 Key。",
            ],
            &[should],
        ),
        Fault::NoBody => say(
            [
                "There is no body, so the gateway doesn't know what to make.",
                "Paste the full command, or only the body.",
            ],
            ["没有请求体，网关不知道要生成什么。", "请粘贴完整的命令，或只粘贴请求体。"],
            &[],
        ),
        Fault::BodyElsewhere { name } => say(
            ["The body is in the file {}, which isn't here.", "Paste the file's content."],
            ["请求体在文件 {} 里，页面读不到它。", "请粘贴文件的内容。"],
            &[name],
        ),
        Fault::Form => say(
            ["The body is sent as a form; the gateway's docs require JSON.", ""],
            ["请求体以表单形式发送，而网关文档要求 JSON。", ""],
            &[],
        ),
        Fault::NotJson => say(
            ["The body isn't valid JSON from here on.", "Check for a missing quote, bracket or comma just before."],
            ["从这里开始，请求体不再是合法的 JSON。", "请检查前面是否缺少引号、括号或逗号。"],
            &[],
        ),
        Fault::Slip(kind) => (slip(lang, *kind).to_owned(), String::new()),
        Fault::Twice => say(
            ["This name occurs twice in its object: only the last value counts.", "Keep one of them."],
            ["同一对象里这个名称出现了两次，只有最后一个值有效。", "请只保留一个。"],
            &[],
        ),
        Fault::NoObject => say(
            ["The body is JSON, but not an object.", "Wrap it in braces: {…}."],
            ["请求体是 JSON，但不是对象。", "应以花括号 {…} 包裹。"],
            &[],
        ),
        Fault::ModelMissing => say(
            [
                "No model is specified.",
                if finding.mended { "Only one model accepts such a body." } else { "Specify the model." },
            ],
            ["没有指定模型。", if finding.mended { "只有一个模型接受这样的请求体。" } else { "请指定模型。" }],
            &[],
        ),
        Fault::ModelUnknown { name, near: Some(near) } => say(
            ["This gateway's docs list no model {}.", "Did you mean {}?"],
            ["这个网关的文档里没有模型 {}。", "可能是指 {}。"],
            &[name, near],
        ),
        Fault::ModelUnknown { name, near: None } => say(
            ["This gateway's docs list no model {}.", "Compare the name with the gateway's model list."],
            ["这个网关的文档里没有模型 {}。", "请对照网关的模型列表检查名称。"],
            &[name],
        ),
        Fault::ModelDated { model } => say(
            ["This is a dated version of the model {}; it was checked as that model.", ""],
            ["这是模型 {} 的某个日期版本，已按该模型检查。", ""],
            &[model],
        ),
        Fault::ModelBeyond => say(
            [
                "The gateway's docs list this model, but this page doesn't know its parameters.",
                "Only method and key were checked.",
            ],
            ["网关文档中有这个模型，但页面不了解它的字段。", "只检查了请求方法和 Key。"],
            &[],
        ),
        Fault::ModelElsewhere { gateways } => {
            let names: Vec<String> = gateways.iter().map(|id| gateway(id).to_owned()).collect();
            say(
                ["This gateway doesn't offer this model.", "It is offered by: {}. Each needs its own key."],
                ["这个网关不提供该模型。", "提供它的网关：{}。各网关使用各自的 Key。"],
                &[&list(lang, &names)],
            )
        }
        Fault::NotInRegion { should } => say(
            ["This model isn't available in the region of this URL.", "Call {}, with a key of that region."],
            ["该模型在这个接口地址所在的地域不提供。", "请调用 {}，并使用该地域的 Key。"],
            &[should],
        ),
        Fault::Constant { should } => say(
            ["With this model, the value is fixed.", "It must be {}."],
            ["使用该模型时，这里只能是固定的值。", "应为 {}。"],
            &[should],
        ),
        Fault::NameOfAnother { field: id, should } => say(
            ["This is another model's name for “{}”.", "With this model, use {}."],
            ["这是别的模型对“{}”的叫法。", "此模型应写在 {}。"],
            &[field(lang, *id), should],
        ),
        Fault::NotOfThisModel { field: id } => say(
            ["This model has no parameter “{}”.", "Remove it, or choose a model that has it."],
            ["此模型没有“{}”这个字段。", "请去掉它，或选择有此字段的模型。"],
            &[field(lang, *id)],
        ),
        Fault::Misplaced { should } => {
            say(["Right name, wrong place.", "Move it to {}."], ["名称正确，但位置不对。", "应放在 {}。"], &[should])
        }
        Fault::Misspelt { should } => say(
            ["Unknown name, probably a typo.", "The correct name is {}."],
            ["没有这个名称，看起来是拼写有误。", "正确写法是 {}。"],
            &[should],
        ),
        Fault::UnknownMember => say(
            [
                "Unknown parameter, not in the docs: it may be refused, or have no effect.",
                "The corrected request leaves it out; it can also be sent unchanged.",
            ],
            ["文档中没有这个参数：可能被拒绝，也可能不起作用。", "修正后的请求去掉了它，也可以原样发送。"],
            &[],
        ),
        Fault::Idle => say(
            ["A client library adds this; the service ignores it.", ""],
            ["这是客户端库自动添加的，服务端不会使用。", ""],
            &[],
        ),
        Fault::OlderName { should } => say(
            ["An older name, only for videos.", "The docs now use {}."],
            ["这是旧的参数名，只用于视频。", "文档现在使用 {}。"],
            &[should],
        ),
        Fault::NoMedium => say(
            [
                "The model doesn't accept this entry, or already has one of its kind.",
                "The corrected request leaves it out.",
            ],
            ["这一项不是该模型接受的素材，或同类素材已经有了。", "修正后的请求去掉了它。"],
            &[],
        ),
        Fault::Null if finding.effect == Effect::Noted => {
            say(["null counts as “not set” here.", ""], ["这里的 null 视为未填写。", ""], &[])
        }
        Fault::Empty if finding.effect == Effect::Noted => {
            say(["An empty string counts as “not set”.", ""], ["空字符串视为未填写。", ""], &[])
        }
        Fault::Empty => say(
            ["An empty string isn't allowed here.", "Leave the parameter out instead."],
            ["这里不能是空字符串。", "不需要时请去掉这个参数。"],
            &[],
        ),
        Fault::ForEveryModel => say(
            [
                "The gateway's newer guide lists this for every model, its reference only for some: it is accepted, but may have no effect.",
                "",
            ],
            ["网关较新的指南为所有模型列出了此参数，接口参考只为部分模型列出：会被接受，但不一定起作用。", ""],
            &[],
        ),
        Fault::Null => say(
            ["null isn't allowed here.", "Leave the parameter out instead."],
            ["这里不能写 null。", "不需要时请去掉这个参数。"],
            &[],
        ),
        Fault::TierForSize { should } => say(
            [
                "This model uses size, not resolution. It would be ignored, and the most expensive size may be made and billed.",
                "Set the size at {}.",
            ],
            ["此模型看的是尺寸，不是分辨率档位。即使不报错也不起作用，可能按最贵的尺寸生成并计费。", "尺寸应写在 {}。"],
            &[should],
        ),
        Fault::SizeForTier { should } => say(
            [
                "This model uses resolution, not size. It would be ignored, and the most expensive resolution may be made and billed.",
                "Set the resolution at {}.",
            ],
            [
                "此模型看的是分辨率档位，不是尺寸。即使不报错也不起作用，可能按最贵的档位生成并计费。",
                "分辨率应写在 {}。",
            ],
            &[should],
        ),
        Fault::TierInSize { should } => say(
            ["This must be a size in pixels, not a resolution name.", "Write {}."],
            ["这里要写以像素表示的尺寸，而不是分辨率档位。", "应写作 {}。"],
            &[should],
        ),
        Fault::SizeSign { should } => say(
            ["Wrong separator between width and height.", "Write {}."],
            ["宽高之间的分隔符不对。", "应写作 {}。"],
            &[should],
        ),
        Fault::SizeUnknown { should } if should.is_empty() => say(
            ["The model doesn't support this size.", "Choose one of its sizes."],
            ["此模型不支持这个尺寸。", "请选择它支持的尺寸。"],
            &[],
        ),
        Fault::SizeUnknown { should } => say(
            ["The model doesn't support this size.", "The nearest is {}."],
            ["此模型不支持这个尺寸。", "最接近的是 {}。"],
            &[should],
        ),
        Fault::Letters { should } => say(
            ["This value must match exactly, including case.", "Write {}."],
            ["这个值必须完全一致，区分大小写。", "应写作 {}。"],
            &[should],
        ),
        Fault::TextForNumber => {
            say(["Must be an integer.", "Remove the quotes."], ["这里应是整数，却写成了文本。", "请去掉引号。"], &[])
        }
        Fault::FractionForNumber => {
            say(["Must be an integer, without a fraction.", ""], ["这里应是整数，不能带小数。", ""], &[])
        }
        Fault::NumberForText => say(
            ["Must be a string, not a number.", "Add quotes."],
            ["这里应是文本，却写成了数字。", "请加上引号。"],
            &[],
        ),
        Fault::NoFlag => {
            say(["Must be true or false, without quotes.", ""], ["这里只能是 true 或 false，且不带引号。", ""], &[])
        }
        Fault::OtherKind => say(["Wrong type of value.", ""], ["这里的值类型不对。", ""], &[]),
        Fault::Value(id, kind) => {
            let what = match kind {
                ProblemKind::Missing => fill(pick(lang, "“{}” is missing.", "缺少“{}”。"), &[field(lang, *id)]),
                ProblemKind::MediaSet(_) => {
                    let text = "These media can't be combined. {}";
                    fill(pick(lang, text, "这些素材不能一起使用。{}"), &[&problem(lang, kind)])
                }
                _ => fill(pick(lang, "“{}”: {}", "“{}”：{}"), &[field(lang, *id), &problem(lang, kind)]),
            };
            let cut = "The gateway cuts off the rest without notice: shorten it yourself.";
            let remedy = match kind {
                ProblemKind::TooLong { .. } => pick(lang, cut, "超出部分会被网关直接截掉，请自行精简。"),
                _ => "",
            };
            (what, remedy.to_owned())
        }
        Fault::NoEffect(id, condition) => {
            let why = crate::words::unsent(lang, &WhyUnsent::WithoutEffect(*condition));
            let text = pick(lang, "“{}” has no effect here: it {}.", "“{}”在这里不起作用：{}。");
            (fill(text, &[field(lang, *id), &why]), String::new())
        }
        Fault::HeldOpen => say(
            [
                "Without this parameter, the connection stays open until the video is ready; if it drops, the response is lost and the video is still billed.",
                "Set it to true to get the task ID at once.",
            ],
            [
                "缺少这个参数时，连接会一直保持到视频完成；一旦断线就收不到结果，但仍会计费。",
                "请设为 true，立即拿到任务 ID。",
            ],
            &[],
        ),
        Fault::LinkExpired { .. } => say(
            [
                "The signed URL has expired: the gateway can't download the file.",
                "Create a new URL, or one that doesn't expire.",
            ],
            ["签名链接已过期，网关无法再下载这个文件。", "请重新生成链接，或使用长期有效的链接。"],
            &[],
        ),
        Fault::LinkToThisMachine => say(
            ["The URL points to the machine it was written on; the gateway can't reach it.", PUBLISH.0],
            ["链接指向本机，网关访问不到。", PUBLISH.1],
            &[],
        ),
        Fault::LinkToPrivateNetwork => say(
            ["The URL points into a private network; the gateway can't reach it.", PUBLISH.0],
            ["链接指向内网地址，网关访问不到。", PUBLISH.1],
            &[],
        ),
        Fault::LinkToDisk => say(
            ["This is a local file path; the gateway can't read it.", PUBLISH.0],
            ["这是本地磁盘上的路径，网关读取不到。", PUBLISH.1],
            &[],
        ),
        Fault::LinkInBrowser => say(
            ["This URL only exists inside one browser page.", PUBLISH.0],
            ["这种链接只在某个浏览器页面内部有效。", PUBLISH.1],
            &[],
        ),
        Fault::LinkQuoted => say(
            ["The URL is wrapped in quotes or brackets.", "Only the URL itself is allowed here."],
            ["链接外面多了引号或括号。", "这里只能写链接本身。"],
            &[],
        ),
        Fault::LinkSpaced => say(
            ["There is a space or an invisible character in or around the URL.", "Write a space inside a URL as %20."],
            ["链接中或前后有空格或不可见字符。", "链接内的空格应写作 %20。"],
            &[],
        ),
        Fault::LinkBare => say(
            ["The URL is incomplete.", "It must start with https://."],
            ["链接不完整。", "应以 https:// 开头。"],
            &[],
        ),
        Fault::Base64Bare => say(
            ["This is a base64 file without its prefix.", "The prefix is data:, the type, and ;base64,."],
            ["这是以 base64 编码的文件，但前面缺少说明。", "应以 data:、类型和 ;base64, 开头。"],
            &[],
        ),
        Fault::LinkToStore => say(
            ["Only Alibaba's own service can open an oss:// URL.", PUBLISH.0],
            ["只有阿里云自己的服务才能打开 oss:// 链接。", PUBLISH.1],
            &[],
        ),
    }
}

/// What to do about a file that only its owner can reach.
const PUBLISH: (&str, &str) = (
    "Upload the file somewhere public (https), or choose it as a local file where the model accepts one.",
    "请把文件放到公网可访问的 https 地址；模型支持时，也可以选择本地文件。",
);

fn is_async(finding: &Finding) -> bool {
    matches!(&finding.part, Part::Header(name) if name.ends_with("-Async"))
}

/// What a slip is.
pub fn slip(lang: Lang, slip: Slip) -> &'static str {
    let (en, zh) = match slip {
        Slip::TrailingComma => ("There is a comma after the last entry.", "最后一项后面多了逗号。"),
        Slip::MissingComma => ("A comma is missing between two entries.", "两项之间缺少逗号。"),
        Slip::SingleQuotes => ("JSON only allows double quotes.", "JSON 只能使用双引号。"),
        Slip::CurlyQuotes => {
            ("Curly quotes. JSON needs straight quotes (\").", "这里用了弯引号，JSON 应使用英文直引号（\"）。")
        }
        Slip::FullWidth => ("Full-width punctuation. JSON needs half-width.", "这里用了全角标点，应使用半角。"),
        Slip::Comment => ("JSON doesn't allow comments.", "JSON 不允许注释。"),
        Slip::BareName => ("A name without quotes.", "名称没有加引号。"),
        Slip::PythonWord => {
            ("Python syntax. JSON uses true, false and null.", "这是 Python 的写法，JSON 应写 true、false 和 null。")
        }
        Slip::Escape => (
            "Invalid backslash escape in JSON, probably from Markdown.",
            "这里有 JSON 不支持的反斜杠转义，多半来自 Markdown。",
        ),
        Slip::Placeholder => ("A placeholder from the docs, not filled in.", "这里还是文档里的占位符，没有填写。"),
        Slip::Control => {
            ("An unescaped line break or control character in a string.", "字符串里有未转义的换行或控制字符。")
        }
    };
    pick(lang, en, zh)
}

#[cfg(test)]
mod tests;
