//! The words of what is sent as it was pasted: a customer's whole request, and the parts of one that the form keeps.

use crate::catalog::Choice;
use crate::catalog::FieldId;
use crate::generation::NotExact;
use crate::paste::Verdict;
use crate::words::lang::Lang;
use crate::words::pick;

/// The fixed words.
#[allow(missing_docs)] // The names are the documentation.
pub struct Words {
    pub sent: &'static str,
    pub not_sent: &'static str,
    pub remove_all: &'static str,
    pub send_all: &'static str,
    pub send: &'static str,
    pub ends: &'static str,
    pub badge: &'static str,
    pub open: &'static str,
    pub lead: &'static str,
    pub same_values: &'static str,
    pub to: &'static str,
    pub simulator: &'static str,
    pub bills: &'static str,
    pub free: &'static str,
    pub no_price: &'static str,
    pub price: &'static str,
    pub body: &'static str,
    pub left_out: &'static str,
    pub not_relayed: &'static str,
    pub no_key: &'static str,
    pub press: &'static str,
}

/// The words in a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &EN,
        Lang::Zh => &ZH,
    }
}

static EN: Words = Words {
    sent: "Sent as pasted",
    not_sent: "Not sent, as in the pasted request",
    remove_all: "Remove all",
    send_all: "Send all as usual",
    send: "Send as usual",
    ends: "Switching model or gateway ends this.",
    badge: "sent as pasted",
    open: "Send exactly as pasted",
    lead: "To reproduce a problem: the request is sent exactly as written, with nothing added, corrected or left out.",
    same_values: "A program created this request. The JSON is the same; its spaces and escapes may differ from what the program sent.",
    to: "Send it to",
    simulator: "Simulator",
    bills: "If the gateway accepts it, a video is made and billed.",
    free: "Simulator: nothing is charged.",
    no_price: "Price: unknown",
    price: "Price: ",
    body: "The request, as it is sent",
    left_out: "Headers that aren't sent, because a page can't set them or the gateway doesn't read them: ",
    not_relayed: "Headers the gateway doesn't get, because the relay forwards only the documented ones: ",
    no_key: "No key is entered for this URL. Enter it in the form; a key in the text isn't used.",
    press: "Send exactly as pasted",
};

static ZH: Words = Words {
    sent: "按粘贴内容发送",
    not_sent: "不发送（粘贴的请求里没有）",
    remove_all: "全部移除",
    send_all: "全部照常发送",
    send: "照常发送",
    ends: "切换模型或网关后不再保留。",
    badge: "原样发送",
    open: "原样发送",
    lead: "用于复现问题：请求按原文发送，不增、不改、不删。",
    same_values: "这个请求由程序发出。JSON 内容相同，但空格和转义写法可能与程序实际发送的不同。",
    to: "发送到",
    simulator: "模拟器",
    bills: "如果网关接受，就会生成一个视频并计费。",
    free: "模拟器：不产生费用。",
    no_price: "价格：未知",
    price: "价格：",
    body: "将要发送的请求",
    left_out: "不发送的请求头（网页无法设置，或网关不读取）：",
    not_relayed: "网关收不到的请求头（转发服务只转发文档中的请求头）：",
    no_key: "这个地址还没有填写 Key。请在表单中填写；文本中的 Key 不会被使用。",
    press: "原样发送",
};

/// A heading and how many stand below it.
pub fn counted(lang: Lang, heading: &str, count: usize) -> String {
    let number = count.to_string();
    match lang {
        Lang::En => [heading, " (", &number, ")"].concat(),
        Lang::Zh => [heading, "（", &number, "）"].concat(),
    }
}

/// What the form would send for a field that is kept unsent.
pub fn usual(lang: Lang, id: FieldId, value: &Choice) -> String {
    let value = crate::words::default(lang, id, value);
    match lang {
        Lang::En => ["the form usually sends ", &value].concat(),
        Lang::Zh => ["表单通常发送：", &value].concat(),
    }
}

/// The name of the button that sends a field as usual, for those who do not see the line.
pub fn send_as_usual(lang: Lang, name: &str) -> String {
    match lang {
        Lang::En => ["Send ", name, " as usual"].concat(),
        Lang::Zh => ["照常发送 ", name].concat(),
    }
}

/// Said when a field is sent again.
pub fn sent_as_usual(lang: Lang) -> &'static str {
    pick(lang, "Sent as usual again.", "已恢复照常发送。")
}

/// What is known of the answer, as a warning; empty where nothing is wrong.
pub fn warning(lang: Lang, verdict: Option<Verdict>) -> &'static str {
    match verdict {
        None | Some(Verdict::Noted) => "",
        Some(Verdict::RefusedAtOnce) => pick(
            lang,
            "Per the docs, it is refused at once: no task, nothing billed.",
            "按文档，这个请求会被直接拒绝：不会创建任务，不计费。",
        ),
        Some(Verdict::FailsLater) => pick(
            lang,
            "Per the docs, it is accepted, and the task then fails. Failed tasks aren't billed.",
            "按文档，这个请求会被接受，随后任务失败。失败的任务不计费。",
        ),
        Some(Verdict::IgnoredAndBilled) => pick(
            lang,
            "Per the docs, it is accepted, part of it is ignored, and the video is still billed.",
            "按文档，这个请求会被接受，但部分内容会被忽略，视频照常计费。",
        ),
        Some(Verdict::NotDocumented) => pick(
            lang,
            "The docs don't say how the gateway handles it. It may be accepted and billed.",
            "文档没有说明网关会如何处理。可能被接受并计费。",
        ),
    }
}

/// Why a request cannot be sent exactly; empty where it is none that creates a task at a known gateway.
pub fn why_not(lang: Lang, why: &NotExact) -> String {
    let (en, zh) = match why {
        NotExact::NoCreateCall => return String::new(),
        NotExact::Method(method) => {
            return match lang {
                Lang::En => ["It can't be sent exactly: a page can only send POST, not ", method, "."].concat(),
                Lang::Zh => ["无法原样发送：网页只能用 POST，不能用 ", method, "。"].concat(),
            };
        }
        NotExact::NoBody => ("It can't be sent exactly: it has no body.", "无法原样发送：没有请求体。"),
        NotExact::File => (
            "It can't be sent exactly: part of it is in a file that isn't in the text. Paste the file's content in its place.",
            "无法原样发送：部分内容在文件里，文本中没有。请用文件内容替换后重新粘贴。",
        ),
        NotExact::Form => (
            "It can't be sent exactly: it is a multipart form, and its boundaries aren't in the text.",
            "无法原样发送：这是多部分表单，文本中没有分隔符。",
        ),
        NotExact::Key => (
            "It can't be sent exactly: there is a key in its URL, headers or body. Keys are only sent in the Authorization header.",
            "无法原样发送：地址、请求头或请求体里有 Key。Key 只放在鉴权请求头里发送。",
        ),
        NotExact::Filled => (
            "It can't be sent exactly: a shell or program fills in something that isn't in the text. Paste the actual value.",
            "无法原样发送：有内容由 shell 或程序填入，文本中看不到。请换成实际的值后重新粘贴。",
        ),
        NotExact::Broken => (
            "It can't be sent exactly: some characters are broken, and what was sent in their place is unknown.",
            "无法原样发送：部分字符已损坏，无法得知实际发送的内容。",
        ),
        NotExact::EitherShell => (
            "It can't be sent exactly: bash and Windows Command Prompt would send different bodies, and it doesn't show which one it is for. See “How the text was read”.",
            "无法原样发送：bash 和 Windows 命令提示符发出的请求体不同，看不出它属于哪一种。请看“识别说明”。",
        ),
        NotExact::Repaired => (
            "It can't be sent exactly: it was read as intended, but a shell would have sent something else. See “How the text was read”.",
            "无法原样发送：这里按原意识别，shell 实际发送的会不同。请看“识别说明”。",
        ),
    };
    pick(lang, en, zh).to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_language;
    use super::*;

    #[test]
    fn every_sentence_is_there_in_both_languages() {
        let whys = [
            NotExact::Method("PUT".to_owned()),
            NotExact::NoBody,
            NotExact::File,
            NotExact::Form,
            NotExact::Key,
            NotExact::Filled,
            NotExact::Broken,
            NotExact::EitherShell,
            NotExact::Repaired,
        ];
        let verdicts = [Verdict::RefusedAtOnce, Verdict::FailsLater, Verdict::IgnoredAndBilled, Verdict::NotDocumented];
        for lang in [Lang::En, Lang::Zh] {
            let words = words(lang);
            let mut said: Vec<String> = [
                words.sent,
                words.not_sent,
                words.remove_all,
                words.send_all,
                words.send,
                words.ends,
                words.badge,
                words.open,
                words.lead,
                words.same_values,
                words.to,
                words.simulator,
                words.bills,
                words.free,
                words.no_price,
                words.price,
                words.body,
                words.left_out,
                words.not_relayed,
                words.no_key,
                words.press,
                sent_as_usual(lang),
            ]
            .map(str::to_owned)
            .to_vec();
            said.extend(whys.iter().map(|why| why_not(lang, why).replace("PUT", "POST")));
            said.extend(verdicts.map(|verdict| warning(lang, Some(verdict)).to_owned()));
            said.push(counted(lang, words.sent, 2));
            said.push(usual(lang, FieldId::Async, &Choice::Flag(true)));
            said.push(send_as_usual(lang, crate::words::field(lang, FieldId::Async)));
            for text in said {
                assert_eq!(check_language(&text, lang), Ok(()), "{text}");
            }
            assert_eq!(warning(lang, None), "");
            assert_eq!(why_not(lang, &NotExact::NoCreateCall), "");
        }
    }
}
