//! The words around the samples.

use crate::words::lang::Lang;
use crate::words::pick;

/// What the page is for, in one sentence.
pub fn lead(lang: Lang) -> &'static str {
    pick(
        lang,
        "Make videos with the Wan models at four gateways: see the request and the price before you run.",
        "在四个网关试用通义万相视频模型：先看请求与价格，再运行。",
    )
}

/// What the strip is for.
pub fn start(lang: Lang) -> &'static str {
    pick(lang, "Start from one of these:", "从示例开始：")
}

/// In front of a sample's prompt: it is not a result of the person's own.
pub fn sample(lang: Lang) -> &'static str {
    pick(lang, "Sample", "示例")
}

/// Pauses the sample that plays.
pub fn pause(lang: Lang) -> &'static str {
    pick(lang, "Pause sample", "暂停示例")
}

/// Plays it.
pub fn play(lang: Lang) -> &'static str {
    pick(lang, "Play sample", "播放示例")
}

/// The form was filled from a sample. `%` is its name.
pub fn filled(lang: Lang, title: &str) -> String {
    match lang {
        Lang::En => format!("Form filled from “{title}”. Nothing is sent until you press Run."),
        Lang::Zh => format!("已用“{title}”填好表单，点击“运行”前不会发送任何请求。"),
    }
}

/// A file of the sample did not come.
pub fn missing(lang: Lang) -> &'static str {
    pick(
        lang,
        "A file of this sample could not be loaded. Check your connection and choose it again, or pick a file of your own.",
        "示例文件加载失败。请检查网络后重新选择，或改用您自己的文件。",
    )
}

/// Takes the form back to what it was.
pub fn undo(lang: Lang) -> &'static str {
    pick(lang, "Undo", "撤销")
}
