//! The words of the dialog that forgets.

use crate::words::lang::Lang;

/// What can be forgotten beside the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What is written in the form.
    Draft,
    /// Gateways of one's own.
    Gateways,
    /// Language, theme and the like.
    Preferences,
    /// Tasks.
    History,
    /// Videos.
    Videos,
}

impl Part {
    /// All, as they are listed.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Gateways, Self::Preferences, Self::History, Self::Videos];

    /// A word for it, in ids.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Gateways => "gateways",
            Self::Preferences => "preferences",
            Self::History => "history",
            Self::Videos => "videos",
        }
    }
}

/// Every fixed word of the dialog.
#[allow(missing_docs)] // The names are the documentation.
pub struct Words {
    pub title: &'static str,
    pub lead: &'static str,
    pub keys: &'static str,
    pub all: &'static str,
    pub forget: &'static str,
    pub running: &'static str,
    pub no_id: &'static str,
    pub done: &'static str,
    pub failed: &'static str,
}

/// These words in a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &Words {
            title: "Clear keys and data",
            lead: "All keys are always removed, in every tab. Also remove what you select here. This can't be undone.",
            keys: "All keys",
            all: "Select all",
            forget: "Clear",
            running: "These tasks are still running, and are billed. Without their key they wait until you enter it again. If you also clear the history, only these IDs lead to the videos: note them first.",
            no_id: "no ID yet",
            done: "Cleared. Preferences and gateways that this page still shows disappear on reload.",
            failed: "Couldn't remove everything: the browser blocked it. Try again, or clear this site's data in the browser's settings.",
        },
        Lang::Zh => &Words {
            title: "清除 Key 与数据",
            lead: "所有 Key 都会被清除，包括其他标签页中的；勾选的内容会一并清除。此操作无法撤销。",
            keys: "所有 Key",
            all: "全选",
            forget: "清除",
            running: "以下任务仍在运行并会计费。清除 Key 后，它们会等待您重新填写。如果同时清除历史记录，就只能凭这些 ID 找回视频，请先记下。",
            no_id: "尚无 ID",
            done: "已清除。当前页面仍显示的偏好和网关会在刷新后消失。",
            failed: "未能全部清除：浏览器阻止了操作。请重试，或在浏览器设置中清除本站数据。",
        },
    }
}

/// How many keys there are, and where.
pub fn keys(lang: Lang, memory: usize, tab: usize, browser: usize) -> String {
    let [memory, tab, browser] = [memory, tab, browser].map(|count| count.to_string());
    match lang {
        Lang::En => ["in memory ", &memory, ", in this tab ", &tab, ", in this browser ", &browser].concat(),
        Lang::Zh => ["内存中 ", &memory, " 个，此标签页 ", &tab, " 个，此浏览器 ", &browser, " 个"].concat(),
    }
}

/// A part and how much there is of it.
pub fn part(lang: Lang, part: Part, count: usize) -> String {
    let name = match (lang, part) {
        (Lang::En, Part::Draft) => "Form contents",
        (Lang::En, Part::Gateways) => "Your own gateways",
        (Lang::En, Part::Preferences) => "Preferences: language, theme and so on",
        (Lang::En, Part::History) => "Task history, including running tasks",
        (Lang::En, Part::Videos) => "Videos saved in this browser",
        (Lang::Zh, Part::Draft) => "表单中填写的内容",
        (Lang::Zh, Part::Gateways) => "自行添加的网关",
        (Lang::Zh, Part::Preferences) => "偏好设置：语言、主题等",
        (Lang::Zh, Part::History) => "任务历史，包括运行中的任务",
        (Lang::Zh, Part::Videos) => "保存在此浏览器中的视频",
    };
    let marks = if lang == Lang::Zh { ["（", "）"] } else { [" (", ")"] };
    [name, marks[0], &count.to_string(), marks[1]].concat()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_language;
    use super::*;

    #[test]
    fn every_sentence_is_there_in_its_language() {
        for lang in [Lang::En, Lang::Zh] {
            let it = words(lang);
            let fixed = [it.title, it.lead, it.keys, it.all, it.forget, it.running, it.no_id, it.done, it.failed];
            let parts = Part::ALL.map(|each| part(lang, each, 3));
            for text in fixed.map(str::to_owned).into_iter().chain(parts).chain([super::keys(lang, 1, 2, 3)]) {
                check_language(&text, lang).expect("a sentence");
            }
        }
    }
}
