//! Words around results: downloading, keeping, and links that end.

use crate::words::lang::Lang;

/// Every fixed word of this part, by its use.
#[allow(missing_docs)] // The names are the documentation; the words stand below.
pub struct Words {
    pub download: &'static str,
    pub downloading: &'static str,
    pub keep: &'static str,
    pub keeping: &'static str,
    pub kept: &'static str,
    pub blocked: &'static str,
    pub refused: &'static str,
    pub full: &'static str,
    pub not_allowed: &'static str,
    pub playing_kept: &'static str,
    pub ended: &'static str,
    pub list: &'static str,
    pub list_lead: &'static str,
    pub empty: &'static str,
    pub in_all: &'static str,
    pub room: &'static str,
    pub play: &'static str,
    pub save: &'static str,
    pub remove: &'static str,
    pub no_prompt: &'static str,
    pub ends_one: &'static str,
    pub ends_many: &'static str,
    pub ends_do: &'static str,
    pub show: &'static str,
}

impl Lang {
    /// The words around results in this language.
    pub const fn kept(self) -> &'static Words {
        match self {
            Self::En => &EN,
            Self::Zh => &ZH,
        }
    }
}

static EN: Words = Words {
    download: "Download",
    downloading: "Downloading …",
    keep: "Keep in this browser",
    keeping: "Keeping …",
    kept: "Kept in this browser",
    blocked: "The host of this video does not let a page read it. Open it and save it there, or copy the curl command.",
    refused: "The host refused the file; the link has probably ended. HTTP status:",
    full: "There is no room left in this browser for it. Remove kept videos, or download it instead.",
    not_allowed: "This browser does not let the page keep files here (a private window?). Download it instead.",
    playing_kept: "Playing the copy kept in this browser.",
    ended: "The link to this video has ended, and no copy is kept here. If you downloaded it, that file is what remains; \
            running it again costs again.",
    list: "Kept videos",
    list_lead: "These files lie in this browser only. Clearing its site data removes them.",
    empty: "Nothing is kept yet. A finished video has the button “Keep in this browser”.",
    in_all: "In all:",
    room: "room left, as the browser estimates:",
    play: "Play",
    save: "Save as file",
    remove: "Remove",
    no_prompt: "(no prompt)",
    ends_one: "The link to one finished video ends soon:",
    ends_many: "Links to finished videos that end soon:",
    ends_do: "Download or keep what you need before then.",
    show: "Show",
};

static ZH: Words = Words {
    download: "下载",
    downloading: "正在下载 …",
    keep: "保存在此浏览器",
    keeping: "正在保存 …",
    kept: "已保存在此浏览器",
    blocked: "视频所在的主机不允许网页读取。请打开后另存，或复制 curl 命令下载。",
    refused: "主机拒绝提供此文件，链接很可能已经过期。HTTP 状态：",
    full: "此浏览器的空间不够。请移除一些已保存的视频，或直接下载。",
    not_allowed: "此浏览器不允许网页在这里保存文件（是否为无痕窗口？）。请直接下载。",
    playing_kept: "正在播放保存在此浏览器的副本。",
    ended: "视频链接已过期，此浏览器里也没有副本。如果下载过，那份文件就是仅存的；重新运行会再次计费。",
    list: "已保存的视频",
    list_lead: "这些文件只在此浏览器里；清除网站数据时会一并删除。",
    empty: "还没有保存视频。视频完成后可点“保存在此浏览器”。",
    in_all: "合计：",
    room: "浏览器估计的剩余空间：",
    play: "播放",
    save: "存为文件",
    remove: "移除",
    no_prompt: "（无提示词）",
    ends_one: "一个已完成视频的链接即将过期，剩余",
    ends_many: "即将过期的视频链接，最早剩余",
    ends_do: "请在此之前下载或保存。",
    show: "查看",
};
