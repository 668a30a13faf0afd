//! The words of the row that hands a task to support.

use crate::words::lang::Lang;

/// All of them.
#[allow(missing_docs)] // The names are the documentation.
pub struct Words {
    pub title: &'static str,
    pub lead: &'static str,
    pub json: &'static str,
    pub copy: &'static str,
    pub saved: &'static str,
    pub copied: &'static str,
}

/// The words in a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &Words {
            title: "Report for support",
            lead: "Contains the request, every call with its times, browser and clock, your prompt and the video link. Your key isn't included: only its last four characters and a hash.",
            json: "Save report",
            copy: "Copy as text",
            saved: "Saved",
            copied: "Copied",
        },
        Lang::Zh => &Words {
            title: "给技术支持的报告",
            lead: "包含请求、每次调用及其时间、浏览器与时钟信息。提示词和视频链接在内；Key 不在内，只有末四位和一个哈希值。",
            json: "保存报告",
            copy: "复制为文本",
            saved: "已保存",
            copied: "已复制",
        },
    }
}
