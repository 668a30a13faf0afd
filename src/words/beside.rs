//! Sentences of the form that stand there only at times, and come with the parts that show them.

use crate::words::lang::Lang;
use crate::words::pick;

/// Below what is kept and not sent.
pub fn unsent_lead(lang: Lang) -> &'static str {
    pick(
        lang,
        "Kept in your draft. A model that uses them sends them again.",
        "已保留在草稿中，换到支持它们的模型时自动恢复。",
    )
}

/// At a prompt that begins like a command.
pub fn import_prompt(lang: Lang) -> &'static str {
    pick(lang, "This looks like a request, not a prompt.", "这看起来是请求，不是提示词。")
}

/// Above the list of scenarios.
pub fn scenarios_lead(lang: Lang) -> &'static str {
    pick(
        lang,
        "Add one of these keywords to the prompt or a URL to simulate that case.",
        "在提示词或链接中加入以下任一关键词，即可模拟对应的情况。",
    )
}
