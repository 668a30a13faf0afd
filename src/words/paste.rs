//! The sentences about what a pasted text holds: one card for each thing.

use crate::paste::{Card, Holds, Mention};
use crate::words::lang::Lang;
use crate::words::pick;

pub mod answer;
mod fill;
pub mod message;
pub mod request;

/// Every fixed word of the cards.
#[allow(missing_docs)] // The names are the documentation.
pub struct Words {
    pub lead: &'static str,
    pub more: &'static str,
    pub cause: &'static str,
    pub for_cmd: &'static str,
    pub meant_for: &'static str,
    pub judged_as: &'static str,
    pub cost: &'static str,
    pub length: &'static str,
    pub took: &'static str,
    pub link: &'static str,
    pub lay_at: &'static str,
    pub request_id: &'static str,
    pub load: &'static str,
    pub open_link: &'static str,
    pub load_why: &'static str,
    pub load_failed: &'static str,
    pub dearer: &'static str,
    pub runs: &'static str,
    pub hints: &'static str,
}

/// The words in a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &Words {
            lead: "Here is what was found. Nothing was sent.",
            more: "Not everything in the text is shown. Paste only the relevant part.",
            cause: "Why it failed",
            for_cmd: "Copy for Windows Command Prompt",
            meant_for: "Meant for",
            judged_as: "Checked against",
            cost: "Cost",
            length: "Billed",
            took: "Took",
            link: "Video",
            lay_at: "Location",
            request_id: "Request ID, for support; not a task ID",
            load: "Load the video",
            open_link: "Open the video in a new tab",
            load_why: "Loading requests it from that host.",
            load_failed: "It didn't load: the link may have expired, or the host doesn't allow this page. Open it separately.",
            dearer: "The corrected request costs more than the pasted one.",
            runs: "Nothing was sent. Each run creates and bills another video.",
            hints: "Notes",
        },
        Lang::Zh => &Words {
            lead: "识别结果如下。页面没有发送任何请求。",
            more: "内容太多，没有全部列出。请只粘贴相关的部分。",
            cause: "失败原因",
            for_cmd: "复制 Windows 命令提示符可用的命令",
            meant_for: "用于",
            judged_as: "按以下网关的规则检查",
            cost: "费用",
            length: "计费时长",
            took: "耗时",
            link: "视频",
            lay_at: "所在位置",
            request_id: "请求 ID（供技术支持使用，不是任务 ID）",
            load: "加载视频",
            open_link: "在新标签页打开视频",
            load_why: "加载时会访问该主机。",
            load_failed: "没有加载成功：链接可能已过期，或该主机不允许本页读取。可以单独打开。",
            dearer: "更正后的请求比粘贴的更贵。",
            runs: "页面没有发送它。每运行一次都会再生成一个视频并计费。",
            hints: "提示",
        },
    }
}

/// Longest piece of a message that is a title, in characters.
const TITLE: usize = 80;

/// The title of a card.
pub fn title(lang: Lang, card: &Card) -> String {
    let colon = pick(lang, ": ", "：");
    match &card.holds {
        Holds::Request(asked) if asked.model.is_empty() => {
            let does = request::does(lang, &asked.does);
            // What a program fills in is no id.
            let id = asked.does.first_id().filter(|id| !id.contains(['$', '<', '{']));
            id.map_or_else(|| does.to_owned(), |id| [does, colon, id].concat())
        }
        Holds::Request(asked) => [request::does(lang, &asked.does), colon, &*asked.model].concat(),
        Holds::Answer(answer) => {
            let state = answer::state(lang, answer.state);
            let code = answer.fault.as_ref().map(|fault| fault.code.as_str()).filter(|code| !code.is_empty());
            let known = code.or(answer.id.as_ref().map(|id| id.0.as_str()));
            known.map_or_else(|| state.to_owned(), |known| [state, " · ", known].concat())
        }
        Holds::Message(message) => {
            let said: String = message.said.chars().take(TITLE).collect();
            message
                .number
                .map_or_else(|| said.clone(), |number| ["curl (", &*number.to_string(), "): ", &said].concat())
        }
        Holds::Mention(Mention::Task(id, _)) => [pick(lang, "Task ", "任务 "), &id.0].concat(),
        Holds::Mention(Mention::Link { host, .. }) => [pick(lang, "Link at ", "链接，主机为 "), host].concat(),
        Holds::Page => pick(lang, "This is a web page", "这是一个网页").to_owned(),
        Holds::Unread(language) => [pick(lang, "Program in ", "程序，语言为 "), message::name(*language)].concat(),
    }
}

/// What is said of a text to those who listen: what the main thing is, and how many there are.
pub fn found(lang: Lang, title: &str, count: usize) -> String {
    if count < 2 {
        return title.to_owned();
    }
    let count = count.to_string();
    match lang {
        Lang::En => [title, ". ", &count, " items found; this one is open."].concat(),
        Lang::Zh => [title, "。共 ", &count, " 项，已展开这一项。"].concat(),
    }
}

#[cfg(test)]
mod tests;
