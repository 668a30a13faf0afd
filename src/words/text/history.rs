//! Words of the history, in a table of their own: the page starts without them.

use crate::snapshot::list::Tone;
use crate::words::lang::Lang;

/// Every fixed word of the history, by its use.
#[allow(missing_docs)] // The names are the documentation; the words stand below.
pub struct Words {
    pub title: &'static str,
    pub search: &'static str,
    pub search_hint: &'static str,
    pub gateway: &'static str,
    pub model: &'static str,
    pub state: &'static str,
    pub any: &'static str,
    /// All states together that mean the same to a person.
    pub states: [(Tone, &'static str); 4],
    pub loading: &'static str,
    pub empty: &'static str,
    pub none_found: &'static str,
    pub no_prompt: &'static str,
    pub more: &'static str,
    pub run_again: &'static str,
    pub delete: &'static str,
    pub undo: &'static str,
    pub export: &'static str,
    pub import: &'static str,
    pub delete_shown: &'static str,
    pub keep: &'static str,
    pub gone: &'static str,
    pub refused: &'static str,
    pub unreadable_file: &'static str,
    pub foreign_file: &'static str,
    pub newer_file: &'static str,
    pub working: &'static str,
    pub aside_why: &'static str,
    pub save_file: &'static str,
    pub compare: &'static str,
    pub same: &'static str,
    pub field: &'static str,
    pub now: &'static str,
    pub then: &'static str,
    pub take: &'static str,
    pub leave: &'static str,
    pub file_again: &'static str,
    pub model_gone: &'static str,
    pub blank: &'static str,
}

impl Lang {
    /// The words of the history in this language.
    pub const fn history(self) -> &'static Words {
        match self {
            Self::En => &EN,
            Self::Zh => &ZH,
        }
    }
}

static EN: Words = Words {
    title: "History",
    search: "Search",
    search_hint: "Prompt, task ID, model…",
    gateway: "Gateway",
    model: "Model",
    state: "State",
    any: "All",
    states: [
        (Tone::Running, "In progress"),
        (Tone::Done, "Done"),
        (Tone::Failed, "Failed"),
        (Tone::Doubt, "Unconfirmed or ended"),
    ],
    loading: "Loading…",
    empty: "No tasks yet. Every task you run is saved here, in this browser only.",
    none_found: "No matching tasks.",
    no_prompt: "(no prompt)",
    more: "Show more",
    run_again: "Use again",
    delete: "Delete",
    undo: "Undo",
    export: "Export",
    import: "Import",
    delete_shown: "Delete all shown",
    keep: "Keep them",
    gone: "This record can't be read. It is kept unchanged.",
    refused: "The browser blocked this. Nothing was changed.",
    unreadable_file: "Couldn't read this file: it isn't JSON, or is incomplete.",
    foreign_file: "This file isn't an export of this page.",
    newer_file: "This file was exported by a newer version of this page.",
    working: "Working…",
    aside_why: "Kept unchanged: another program, a newer version of this page, or a disk error wrote them.",
    save_file: "Save as file",
    compare: "Changes to your form",
    same: "No changes: your form is already the same.",
    field: "Field",
    now: "Now",
    then: "In this task",
    take: "Apply",
    leave: "Cancel",
    file_again: "choose this file again",
    model_gone: "This page no longer offers that gateway or model. The values are applied anyway.",
    blank: "—",
};

static ZH: Words = Words {
    title: "历史记录",
    search: "搜索",
    search_hint: "提示词、任务 ID、模型…",
    gateway: "网关",
    model: "模型",
    state: "状态",
    any: "全部",
    states: [
        (Tone::Running, "进行中"),
        (Tone::Done, "已完成"),
        (Tone::Failed, "失败"),
        (Tone::Doubt, "待确认或已终止"),
    ],
    loading: "正在加载…",
    empty: "还没有任务。运行过的任务都会保存在这里，只保存在这个浏览器中。",
    none_found: "没有符合条件的任务。",
    no_prompt: "（无提示词）",
    more: "显示更多",
    run_again: "再次使用",
    delete: "删除",
    undo: "撤销",
    export: "导出",
    import: "导入",
    delete_shown: "删除列出的任务",
    keep: "保留",
    gone: "这条记录无法读取，已原样保留。",
    refused: "浏览器阻止了此操作，内容未改动。",
    unreadable_file: "无法读取这个文件：不是 JSON，或内容不完整。",
    foreign_file: "这不是本页面导出的文件。",
    newer_file: "这个文件由更新版本的页面导出。",
    working: "正在处理…",
    aside_why: "这些记录原样保留：可能由其他程序、更新版本的页面或损坏的磁盘写入。",
    save_file: "存为文件",
    compare: "表单将有以下变化",
    same: "没有变化：与当前表单相同。",
    field: "字段",
    now: "当前表单",
    then: "这个任务",
    take: "应用",
    leave: "取消",
    file_again: "需要重新选择文件",
    model_gone: "页面已不再提供该网关或模型，填写的内容仍会带入。",
    blank: "—",
};

/// `1,234 tasks`, or how many of them are shown.
pub fn count(lang: Lang, shown: usize, all: usize) -> String {
    let (shown, total) = (grouped(shown), grouped(all));
    match (lang, shown == total) {
        (Lang::En, true) if all == 1 => "1 task".to_owned(),
        (Lang::En, true) => [&total, " tasks"].concat(),
        (Lang::En, false) => [&shown, " of ", &total, " tasks"].concat(),
        (Lang::Zh, true) => [&total, " 个任务"].concat(),
        (Lang::Zh, false) => [&shown, " / ", &total, " 个任务"].concat(),
    }
}

/// What was deleted.
pub fn deleted(lang: Lang, number: usize) -> String {
    match lang {
        Lang::En if number == 1 => "1 task deleted.".to_owned(),
        Lang::En => [&grouped(number), " tasks deleted."].concat(),
        Lang::Zh => ["已删除 ", &grouped(number), " 个任务。"].concat(),
    }
}

/// The question before many are deleted.
pub fn really(lang: Lang, number: usize) -> String {
    let number = count(lang, number, number);
    match lang {
        Lang::En => ["Delete ", &number, "? Tasks in progress stay."].concat(),
        Lang::Zh => ["删除 ", &number, "？进行中的不会删除。"].concat(),
    }
}

/// What became of a file that was read in.
pub fn imported(lang: Lang, new: usize, known: usize, aside: usize) -> String {
    let [new, known, broken] = [new, known, aside].map(grouped);
    let mut text = match lang {
        Lang::En => [new.as_str(), " imported, ", &known, " already here."].concat(),
        Lang::Zh => ["导入 ", &new, " 条，", &known, " 条已存在。"].concat(),
    };
    if aside > 0 {
        text.push_str(&match lang {
            Lang::En => [" ", broken.as_str(), " couldn't be read and are kept unchanged."].concat(),
            Lang::Zh => ["另有 ", &broken, " 条无法读取，已原样保留。"].concat(),
        });
    }
    text
}

/// How many records lie aside.
pub fn aside(lang: Lang, number: usize) -> String {
    match lang {
        Lang::En if number == 1 => "1 record can't be read".to_owned(),
        Lang::En => [&grouped(number), " records can't be read"].concat(),
        Lang::Zh => [&grouped(number), " 条记录无法读取"].concat(),
    }
}

/// A number with its thousands apart.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
