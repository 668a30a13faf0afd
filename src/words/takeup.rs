//! The words of the take-up box, of calls made by hand, and of sends in doubt.

use crate::protocol::{Call, Unreadable};
use crate::task::Misfit;
use crate::words::lang::Lang;

/// Every fixed word of these panels.
#[allow(missing_docs)] // The names are the documentation.
pub struct Words {
    pub title: &'static str,
    pub lead: &'static str,
    pub take: &'static str,
    pub take_file: &'static str,
    pub where_created: &'static str,
    pub which: &'static str,
    pub follow: &'static str,
    pub task: &'static str,
    pub nothing: &'static str,
    pub too_long: &'static str,
    pub reading: &'static str,
    pub stop: &'static str,
    pub apart: &'static str,
    pub copy_text: &'static str,
    pub remove: &'static str,
    pub key_alone: &'static str,
    pub key_inside: &'static str,
    pub use_key: &'static str,
    pub key_taken: &'static str,
    pub unknown: &'static str,
    pub by_hand: &'static str,
    pub by_hand_lead: &'static str,
    pub paste: &'static str,
    pub take_answer: &'static str,
    pub open_file: &'static str,
    pub download_lead: &'static str,
    pub switch_by_hand: &'static str,
    pub doubt: &'static str,
    pub doubt_lead: &'static str,
    pub look: &'static str,
    pub looking: &'static str,
    pub account: &'static str,
    pub no_list: &'static str,
    pub found_none: &'static str,
    pub found: &'static str,
    pub attach: &'static str,
    pub attach_id: &'static str,
    pub again: &'static str,
    pub again_sure: &'static str,
    pub again_yes: &'static str,
    pub again_no: &'static str,
    pub look_needs_key: &'static str,
    pub look_no_answer: &'static str,
}

/// The words in a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &EN,
        Lang::Zh => &ZH,
    }
}

static EN: Words = Words {
    title: "Import a request, response or task",
    lead: "Paste or drop a cURL command, fetch call, HAR or JSON – or a task ID, response, error, video URL or playground link. Nothing leaves your browser.",
    take_file: "Open file",
    take: "Analyze",
    where_created: "Created at",
    which: "The text doesn't say where the task was created. Choose:",
    follow: "Track this task",
    task: "Task",
    nothing: "Nothing pasted yet.",
    too_long: "Longer than 8 MB, so it was not read. Paste only the request, the response or the ID.",
    reading: "Reading the text",
    stop: "Stop",
    apart: "of text read. Too long for the field: it is kept here without keys until you close the page.",
    copy_text: "Copy text",
    remove: "Remove",
    key_alone: "This is an API key, not a task. It was not kept.",
    key_inside: "API key found and removed. It was not kept.",
    use_key: "Use it in this session, only for",
    key_taken: "The key is used in this session.",
    unknown: "No task ID, response, command or link found. Paste the full response, or only the ID.",
    by_hand: "Run it in a terminal",
    by_hand_lead: "Set the variable to your key, run the command, and paste the response here. The page sends nothing.",
    paste: "Response",
    take_answer: "Use response",
    open_file: "Open the downloaded file",
    download_lead: "The video is ready. Download it with the command, then open the file here. It stays on this computer.",
    switch_by_hand: "Check in a terminal instead",
    doubt: "Was the task created?",
    doubt_lead: "Check first. The page never repeats a create request on its own.",
    look: "Search at the gateway",
    looking: "Searching…",
    account: "Your user ID at the gateway",
    no_list: "This gateway documents no task list. Find the task in its console and link its ID here.",
    found_none: "The gateway lists no task of this model from that time or later. A new one can take a minute to appear.",
    found: "Tasks created at that time or later (from two minutes before, as clocks differ), closest first:",
    attach: "Use this task",
    attach_id: "Link task ID",
    again: "Send again",
    again_sure: "This creates another task. If the first one exists too, both are billed. Price:",
    again_yes: "Send again now",
    again_no: "Don't send",
    look_needs_key: "Enter this gateway's key to search for the task.",
    look_no_answer: "No response. Search again, or check the gateway's console.",
};

static ZH: Words = Words {
    title: "导入请求、响应或任务",
    lead: "粘贴或拖入 cURL 命令、fetch、HAR 或 JSON，也可以是任务 ID、响应、报错、视频链接或本演练场的链接。内容只在浏览器中读取，不会发送。",
    take_file: "打开文件",
    take: "识别",
    where_created: "创建于",
    which: "从内容看不出任务是在哪里创建的，请选择：",
    follow: "跟踪这个任务",
    task: "任务",
    nothing: "还没有粘贴内容。",
    too_long: "内容超过 8 MB，没有读取。请只粘贴请求、响应或任务 ID。",
    reading: "正在读取内容",
    stop: "停止",
    apart: "的内容已读取。内容太长，没有放进输入框；去除 Key 后保留在这里，关闭页面后清除。",
    copy_text: "复制内容",
    remove: "移除",
    key_alone: "这是一个 API Key，不是任务。页面没有保存它。",
    key_inside: "发现 API Key，已去除，没有保存。",
    use_key: "仅本次访问使用，只用于",
    key_taken: "本次访问已使用这个 Key。",
    unknown: "没有识别出任务 ID、响应、命令或链接。请粘贴完整的响应，或只粘贴任务 ID。",
    by_hand: "在终端手动调用",
    by_hand_lead: "把变量设为您的 Key，运行命令，再把响应粘贴到这里。页面不会发送任何请求。",
    paste: "响应",
    take_answer: "使用此响应",
    open_file: "打开已下载的文件",
    download_lead: "视频已完成。请用命令下载，再在这里打开文件；文件不会离开本机。",
    switch_by_hand: "改为在终端手动查询",
    doubt: "任务是否已创建？",
    doubt_lead: "请先确认。页面不会自动重复发送创建请求。",
    look: "到网关查找",
    looking: "正在查找…",
    account: "您在该网关的用户 ID",
    no_list: "该网关没有公开的任务列表接口。请到其控制台查找，再用任务 ID 关联。",
    found_none: "网关没有列出该模型在这次发送之后的任务。新任务可能要过一分钟才会出现。",
    found: "这次发送之后创建的任务（因时钟可能有偏差，含之前两分钟内的），时间最接近的在前：",
    attach: "关联此任务",
    attach_id: "关联任务 ID",
    again: "重新发送",
    again_sure: "这会再创建一个任务。如果第一个也存在，两个都会计费。价格：",
    again_yes: "确认重新发送",
    again_no: "不发送",
    look_needs_key: "请填写该网关的 Key 后再查找。",
    look_no_answer: "没有收到响应。请再查一次列表，或到网关控制台查看。",
};

/// How much of a long text was read.
pub fn part_read(lang: Lang, size: &str, percent: u8) -> String {
    match lang {
        Lang::En => format!("Reading {size} of text… {percent}%"),
        Lang::Zh => format!("正在读取 {size} 内容… {percent}%"),
    }
}

/// Why a pasted answer is not taken.
pub fn misfit(lang: Lang, why: Misfit) -> &'static str {
    let (en, zh) = match why {
        Misfit::NotAwaited => ("The task no longer waits for this response.", "任务已不再等待这个响应。"),
        Misfit::OtherTask => {
            ("This response is for another task. Nothing was changed.", "这个响应属于另一个任务，没有做任何更改。")
        }
        Misfit::Unreadable(Unreadable::Empty) => ("Paste the response first.", "请先粘贴响应。"),
        Misfit::Unreadable(Unreadable::Html) => (
            "This is a web page, not the gateway's response. Paste the command's output.",
            "这是一个网页，不是网关的响应。请粘贴命令的输出。",
        ),
        Misfit::Unreadable(Unreadable::NotJson) => (
            "This isn't JSON, or is incomplete. Paste the command's full output.",
            "内容不是 JSON，或者不完整。请粘贴命令的全部输出。",
        ),
        Misfit::Unreadable(Unreadable::Shape) => (
            "This is JSON, but not the response this step waits for. Check that it came from the command above.",
            "内容是 JSON，但不是这一步等待的响应。请确认它来自上面的命令。",
        ),
        Misfit::Unreadable(Unreadable::TooLong) => {
            ("This is far longer than any response of these gateways.", "内容过长，不像是网关的响应。")
        }
    };
    crate::words::pick(lang, en, zh)
}

/// A task of the list that another record has already; its number, where it is on the page.
pub fn yours(lang: Lang, number: Option<u32>) -> String {
    let of =
        number.map(|number| [crate::words::pick(lang, ": #", "：#"), &number.to_string()].concat()).unwrap_or_default();
    [crate::words::pick(lang, "already in your tasks", "已在您的任务中"), &of].concat()
}

/// The step of the loop a command is for.
pub fn step(lang: Lang, call: Call) -> &'static str {
    let (en, zh) = match call {
        Call::Create => {
            ("1 · Create the task. Run it once: each run is billed.", "1 · 创建任务。只运行一次：每运行一次都会计费。")
        }
        Call::Query => ("2 · Check the status, as often as you like.", "2 · 查询进度，可以随时重复。"),
        Call::Content => ("3 · Download the video.", "3 · 下载视频。"),
        Call::LookUp => ("List the tasks.", "列出任务。"),
        Call::Cancel => ("Cancel the task.", "取消任务。"),
    };
    crate::words::pick(lang, en, zh)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_language;
    use super::*;

    #[test]
    fn what_a_paste_can_be_told_is_worded_in_both_languages() {
        let misfits = [
            Misfit::NotAwaited,
            Misfit::OtherTask,
            Misfit::Unreadable(Unreadable::Empty),
            Misfit::Unreadable(Unreadable::Html),
            Misfit::Unreadable(Unreadable::NotJson),
            Misfit::Unreadable(Unreadable::Shape),
            Misfit::Unreadable(Unreadable::TooLong),
        ];
        for lang in [Lang::En, Lang::Zh] {
            for why in misfits {
                assert_eq!(check_language(misfit(lang, why), lang), Ok(()));
            }
            for call in [Call::Create, Call::Query, Call::Content, Call::LookUp, Call::Cancel] {
                assert_eq!(check_language(step(lang, call), lang), Ok(()));
            }
            for number in [None, Some(3)] {
                assert_eq!(check_language(&yours(lang, number), lang), Ok(()));
            }
            let words = words(lang);
            for text in [
                words.title,
                words.lead,
                words.which,
                words.nothing,
                words.too_long,
                words.key_alone,
                words.key_inside,
                words.use_key,
                words.unknown,
                words.by_hand_lead,
                words.download_lead,
                words.doubt,
                words.doubt_lead,
                words.account,
                words.no_list,
                words.found_none,
                words.found,
                words.attach_id,
                words.again_sure,
                words.look_no_answer,
            ] {
                assert_eq!(check_language(text, lang), Ok(()));
            }
        }
    }
}
