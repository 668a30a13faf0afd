//! The words of gateways of one's own, and of files that could not be taken.

use crate::catalog::Dialect;
use crate::catalog::own::Refusal;
use crate::words::lang::Lang;

/// All fixed ones.
#[allow(missing_docs)] // The names are the documentation.
pub struct Words {
    pub title: &'static str,
    pub add_title: &'static str,
    pub edit_title: &'static str,
    pub lead: &'static str,
    pub kept: &'static str,
    pub not_kept: &'static str,
    pub add: &'static str,
    pub export: &'static str,
    pub import: &'static str,
    pub edit: &'static str,
    pub duplicate: &'static str,
    pub remove: &'static str,
    pub removed: &'static str,
    pub keep: &'static str,
    pub copy: &'static str,
    pub left_out: &'static str,
    pub added: &'static str,
    pub replaced: &'static str,
    pub nothing_new: &'static str,
    pub file_broken: &'static str,
    pub own_broken: &'static str,
    pub name: &'static str,
    pub name_missing: &'static str,
    pub protocol: &'static str,
    pub base: &'static str,
    pub base_hint: &'static str,
    pub base_missing: &'static str,
    pub region: &'static str,
    pub region_hint: &'static str,
    pub variable: &'static str,
    pub variable_hint: &'static str,
    pub models: &'static str,
    pub all: &'static str,
    pub no_model: &'static str,
    pub search: &'static str,
    pub save: &'static str,
    pub cancel: &'static str,
    pub orphan: &'static str,
    pub use_key: &'static str,
}

static EN: Words = Words {
    title: "Your gateways",
    add_title: "Add a gateway",
    edit_title: "Edit the gateway",
    lead: "A self-hosted service, a DashScope workspace, an internal proxy: anything that speaks one of these protocols.",
    kept: "Saved in this browser only, without keys.",
    not_kept: "This browser doesn't save them: they are gone when the page is closed. Export them to keep them.",
    add: "Add a gateway",
    export: "Export",
    import: "Import",
    edit: "Edit",
    duplicate: "Duplicate",
    remove: "Remove",
    removed: "Removed: ",
    keep: "Keep it",
    copy: " copy",
    left_out: "Ignored: see the notice at the top of the page.",
    added: "Added: ",
    replaced: "Replaced: ",
    nothing_new: "The file contains nothing new.",
    file_broken: "Part of this site's catalog.json is ignored. The rest works. To be fixed by the site's operator:",
    own_broken: "Some of your own gateways are ignored:",
    name: "Name",
    name_missing: "Enter a name.",
    protocol: "Protocol",
    base: "Base URL",
    base_hint: "The part of the URL before the protocol's own path.",
    base_missing: "Enter the gateway's URL, starting with https://.",
    region: "Price region",
    region_hint: "Alibaba's list prices differ by region.",
    variable: "Key variable",
    variable_hint: "Name of the shell variable that commands read the key from; never the key itself.",
    models: "Models",
    all: "All models of this protocol",
    no_model: "Select at least one model.",
    search: "Search models",
    save: "Save",
    cancel: "Cancel",
    orphan: "This task's gateway is no longer in the list. The task keeps running at its own URL: enter its key again. It is kept in memory and only sent to",
    use_key: "Use this key",
};

static ZH: Words = Words {
    title: "我的网关",
    add_title: "添加网关",
    edit_title: "编辑网关",
    lead: "自建服务、百炼业务空间、内部代理：凡是兼容这些协议之一的都可以。",
    kept: "只保存在此浏览器中，不含 Key。",
    not_kept: "此处浏览器不保存数据：关闭页面后即失效，需要保留请导出。",
    add: "添加网关",
    export: "导出",
    import: "导入",
    edit: "编辑",
    duplicate: "复制",
    remove: "移除",
    removed: "已移除：",
    keep: "保留",
    copy: " 副本",
    left_out: "未采用：原因见页面顶部的提示。",
    added: "已添加：",
    replaced: "已替换：",
    nothing_new: "文件中没有新内容。",
    file_broken: "本站的 catalog.json 有一部分未采用，其余功能正常。请站点维护者修正：",
    own_broken: "您的部分网关未采用：",
    name: "名称",
    name_missing: "请填写名称。",
    protocol: "协议",
    base: "接口地址",
    base_hint: "地址中协议路径之前的部分。",
    base_missing: "请填写网关地址，以 https:// 开头。",
    region: "价格地域",
    region_hint: "阿里云的官方价因地域而异。",
    variable: "Key 变量",
    variable_hint: "命令从这个 shell 变量读取 Key；这里只填变量名，不填 Key 本身。",
    models: "模型",
    all: "此协议的全部模型",
    no_model: "请至少勾选一个模型。",
    search: "搜索模型",
    save: "保存",
    cancel: "取消",
    orphan: "此任务的网关已不在列表中，任务仍在原地址运行；请重新填写它的 Key。Key 只保存在内存中，并且只发送到",
    use_key: "使用此 Key",
};

/// The words in a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &EN,
        Lang::Zh => &ZH,
    }
}

/// The name of the button in the header.
pub fn opener(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Your gateways",
        Lang::Zh => "我的网关",
    }
}

/// Name of a protocol.
pub fn protocol(lang: Lang, protocol: Dialect) -> &'static str {
    match (protocol, lang) {
        (Dialect::Bailian, Lang::En) => "Bailian",
        (Dialect::Bailian, Lang::Zh) => "百炼",
        (Dialect::Unified, Lang::En) => "Unified",
        (Dialect::Unified, Lang::Zh) => "统一视频",
        (Dialect::Generations, _) => "Generations",
        (Dialect::Acedata, _) => "AceDataCloud",
    }
}

/// By which path it is known.
pub fn protocol_hint(lang: Lang, protocol: Dialect) -> &'static str {
    match (protocol, lang) {
        (Dialect::Bailian, Lang::En) => "DashScope's own: /api/v1/services/aigc/…, async tasks.",
        (Dialect::Bailian, Lang::Zh) => "DashScope 原生协议：/api/v1/services/aigc/…，异步任务。",
        (Dialect::Unified, Lang::En) => "POST /v1/videos, as new-api and OpenAI's video interface have it.",
        (Dialect::Unified, Lang::Zh) => "POST /v1/videos，new-api 与 OpenAI 视频接口所用。",
        (Dialect::Generations, Lang::En) => "POST /v1/video/generations of the new-api family.",
        (Dialect::Generations, Lang::Zh) => "POST /v1/video/generations，new-api 系列所用。",
        (Dialect::Acedata, Lang::En) => "POST /wan/videos and /wan/tasks.",
        (Dialect::Acedata, Lang::Zh) => "POST /wan/videos 与 /wan/tasks。",
    }
}

/// The question before a gateway goes.
pub fn remove(lang: Lang, name: &str, running: usize) -> String {
    let number = running.to_string();
    match (lang, running) {
        (Lang::En, 0) => ["Remove ", name, "? Its tasks stay in the history."].concat(),
        (Lang::En, 1) => [
            "Remove ",
            name,
            "? One of its tasks is still running: it is kept and tracked to its end, and its video can be saved.",
        ]
        .concat(),
        (Lang::En, _) => [
            "Remove ",
            name,
            "? ",
            &number,
            " of its tasks are still running: they are kept and tracked to their end, and their videos can be saved.",
        ]
        .concat(),
        (Lang::Zh, 0) => ["移除“", name, "”？它的任务仍保留在历史中。"].concat(),
        (Lang::Zh, _) => {
            ["移除“", name, "”？它还有 ", &number, " 个任务在进行：任务会保留并跟踪到结束，视频仍可保存。"].concat()
        }
    }
}

/// Why a change was not made.
pub fn refusal(lang: Lang, refusal: Refusal) -> &'static str {
    match (refusal, lang) {
        (Refusal::Newer, Lang::En) => {
            "A newer version of this page saved the gateways here. Reload to get it; nothing was changed."
        }
        (Refusal::Newer, Lang::Zh) => "此浏览器中的网关由更新版本的页面保存。请刷新页面；未作任何更改。",
        (Refusal::TooLong, Lang::En) => "That would be more than 1 MB. Nothing was changed.",
        (Refusal::TooLong, Lang::Zh) => "超过 1 MB，未作任何更改。",
    }
}

/// A line of a file.
pub fn line(lang: Lang, line: u32) -> String {
    match lang {
        Lang::En => ["Line ", &line.to_string()].concat(),
        Lang::Zh => ["第 ", &line.to_string(), " 行"].concat(),
    }
}

/// How many more there are.
pub fn more(lang: Lang, count: usize) -> String {
    match lang {
        Lang::En => ["and ", &count.to_string(), " more in the browser's console."].concat(),
        Lang::Zh => ["另有 ", &count.to_string(), " 项，见浏览器控制台。"].concat(),
    }
}
