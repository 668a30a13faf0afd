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
    downloading: "Downloading…",
    keep: "Save in browser",
    keeping: "Saving…",
    kept: "Saved in browser",
    blocked: "The video's host doesn't let web pages read it. Open it and save it there, or copy the curl command.",
    refused: "The host refused the file; the link has probably expired. HTTP status:",
    full: "Not enough space in this browser. Remove saved videos, or download this one instead.",
    not_allowed: "This browser doesn't let the page save files (private window?). Download it instead.",
    playing_kept: "Playing the copy saved in this browser.",
    ended: "The link to this video has expired, and no copy is saved here. If you downloaded it, use that file; a new run is billed again.",
    list: "Saved videos",
    list_lead: "Stored only in this browser. Clearing site data deletes them.",
    empty: "No saved videos yet. A finished video has the button “Save in browser”.",
    in_all: "Total:",
    room: "free space (estimated):",
    play: "Play",
    save: "Save as file",
    remove: "Remove",
    no_prompt: "(no prompt)",
    ends_one: "The link to a finished video expires soon:",
    ends_many: "Links to finished videos that expire soon:",
    ends_do: "Download or save what you need before then.",
    show: "Show",
};

static ZH: Words = Words {
    download: "下载",
    downloading: "正在下载…",
    keep: "保存到浏览器",
    keeping: "正在保存…",
    kept: "已保存到浏览器",
    blocked: "视频所在的主机不允许网页读取。请打开后另存，或复制 curl 命令下载。",
    refused: "主机拒绝提供此文件，链接很可能已经过期。HTTP 状态：",
    full: "浏览器空间不足。请移除一些已保存的视频，或直接下载。",
    not_allowed: "此浏览器不允许网页在这里保存文件（是否为无痕窗口？）。请直接下载。",
    playing_kept: "正在播放保存在此浏览器的副本。",
    ended: "视频链接已过期，浏览器里也没有副本。如果下载过，请使用那份文件；重新运行会再次计费。",
    list: "已保存的视频",
    list_lead: "仅保存在此浏览器中；清除网站数据时会一并删除。",
    empty: "还没有保存视频。视频完成后可点“保存到浏览器”。",
    in_all: "合计：",
    room: "剩余空间（估计）：",
    play: "播放",
    save: "存为文件",
    remove: "移除",
    no_prompt: "（无提示词）",
    ends_one: "一个已完成视频的链接即将过期，剩余",
    ends_many: "即将过期的视频链接，最早剩余",
    ends_do: "请在此之前下载或保存。",
    show: "查看",
};
