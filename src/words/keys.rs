//! The words of the key row: where a key is kept, what a temporary key is, and how everything is forgotten.

use crate::key::temporary::Left;
use crate::words::lang::Lang;

/// What the form shows at once.
#[allow(missing_docs)] // The names are the documentation.
pub struct Words {
    pub keep: &'static str,
    pub memory: &'static str,
    pub tab: &'static str,
    pub browser: &'static str,
    pub memory_means: &'static str,
    pub forget: &'static str,
}

/// These words in a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &Words {
            keep: "Save this key",
            memory: "In memory only",
            tab: "In this tab",
            browser: "In this browser",
            memory_means: "Cleared on reload.",
            forget: "Clear keys and data…",
        },
        Lang::Zh => &Words {
            keep: "Key 的保存位置",
            memory: "仅内存",
            tab: "此标签页",
            browser: "此浏览器",
            memory_means: "刷新或关闭页面后即清除。",
            forget: "清除 Key 与数据…",
        },
    }
}

/// What it means to keep a key somewhere.
pub fn means(lang: Lang, place: &str) -> &'static str {
    match (lang, place) {
        (Lang::En, "tab") => {
            "Kept on reload, cleared when the tab is closed. A restored or duplicated tab has it again. Meanwhile, any page on this host can read it."
        }
        (Lang::En, "browser") => {
            "Kept on this device, unencrypted, until you change it here. Anyone using this browser profile, and any page on this host, can read it. Not for shared computers."
        }
        (Lang::En, "temporary") => {
            "A temporary key: always in memory only. It has every permission of the key that created it. If it expires before the video is ready, the task waits for a new key; nothing is lost."
        }
        (Lang::Zh, "tab") => {
            "刷新后仍在，关闭标签页后消失；恢复或复制的标签页会再次带上它。在此期间，同一主机上的任何页面都能读取。"
        }
        (Lang::Zh, "browser") => {
            "以未加密的形式留在这台设备上，直到您在这里取消。使用此浏览器配置的人，以及同一主机上的任何页面，都能读取。请勿在公用电脑上选择。"
        }
        (Lang::Zh, "temporary") => {
            "这是临时 Key：无论选择哪一项，都只放在内存中。它拥有生成它的 Key 的全部权限。如果它在视频完成前到期，任务会等待新的 Key，不会丢失。"
        }
        _ => "",
    }
}

/// Why a key is not kept as was wished.
pub fn unkept(lang: Lang, why: &str) -> &'static str {
    match (lang, why) {
        (Lang::En, "refused") => {
            "This browser doesn't let the page save anything here (private window, or blocked frame?). The key stays in memory."
        }
        (Lang::En, "foreign") => {
            "Keys of another version of this page are saved here and were left unchanged. This key stays in memory."
        }
        (Lang::Zh, "refused") => {
            "此浏览器不允许页面在这里保存内容（可能是无痕窗口或受限的嵌入框架）。Key 仍只在内存中。"
        }
        (Lang::Zh, "foreign") => "这里已有由另一版本页面保存的 Key，未作改动。此 Key 仍只在内存中。",
        _ => "",
    }
}

/// What is left of a temporary key, with the time as a clock shows it.
pub fn left(lang: Lang, left: Left) -> String {
    let (parts, time) = match (lang, left) {
        (_, Left::Nothing) => return String::new(),
        (Lang::En, Left::Exactly(time)) => (["Expires in ", "."], time),
        (Lang::En, Left::Perhaps(time)) => (
            [
                "Its expiry is unknown. If it was just created with the default 60 seconds, it expires in ",
                ". Paste the full response that returned it for an exact time.",
            ],
            time,
        ),
        (Lang::En, Left::AtMost(time)) => (
            [
                "It may have expired: the default 60 seconds are over. If it was created with a longer lifetime, it expires in ",
                " at the latest.",
            ],
            time,
        ),
        (Lang::Zh, Left::Exactly(time)) => (["剩余 ", "。"], time),
        (Lang::Zh, Left::Perhaps(time)) => {
            (["到期时间未知。若刚刚按默认的 60 秒生成，还剩 ", "。粘贴返回它的完整响应即可精确倒计时。"], time)
        }
        (Lang::Zh, Left::AtMost(time)) => {
            (["可能已经到期：默认的 60 秒已过。若生成时指定了更长时间，最迟在 ", " 后到期。"], time)
        }
    };
    [parts[0], &crate::words::clock(time), parts[1]].concat()
}

/// A temporary key is over.
pub fn over(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "This temporary key has expired. Create a new one and enter it here.",
        Lang::Zh => "此临时 Key 已到期，请生成新的并填在这里。",
    }
}

/// A newer page is ready.
pub fn newer(lang: Lang) -> [&'static str; 3] {
    match lang {
        Lang::En => [
            "A new version of this page is ready. Your input stays; files from your device must be chosen again.",
            "Reload",
            "Later",
        ],
        Lang::Zh => ["本页面有新版本。已填写的内容会保留；从磁盘选择的文件需要重新选择。", "刷新", "稍后"],
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_language;
    use super::*;

    #[test]
    fn every_sentence_is_there_in_its_language() {
        for lang in [Lang::En, Lang::Zh] {
            let Words { keep, memory, tab, browser, memory_means, forget } = words(lang);
            let mut all: Vec<String> =
                [*keep, memory, tab, browser, memory_means, forget, over(lang)].map(str::to_owned).into();
            all.extend(["tab", "browser", "temporary"].map(|place| means(lang, place).to_owned()));
            all.extend(["refused", "foreign"].map(|why| unkept(lang, why).to_owned()));
            all.extend([Left::Exactly(1), Left::Perhaps(1), Left::AtMost(1)].map(|it| left(lang, it)));
            all.extend(newer(lang).map(str::to_owned));
            for text in all {
                check_language(&text, lang).expect("a sentence");
            }
        }
    }

    #[test]
    fn the_time_that_is_left_is_a_clock() {
        assert_eq!(left(Lang::En, Left::Exactly(599_999)), "Expires in 9:59.");
        assert_eq!(left(Lang::Zh, Left::Exactly(61_000)), "剩余 1:01。");
        assert_eq!(left(Lang::En, Left::Nothing), "");
    }
}
