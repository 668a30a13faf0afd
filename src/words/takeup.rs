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
    title: "Paste a task, an answer or a request",
    lead: "Paste or drop what you have: a task id, an answer, an error, a link to a video; or a request as a command of any shell, as fetch, as HAR or as JSON; or a link of this playground. It is read here and sent nowhere.",
    take_file: "Open a file",
    take: "Read it",
    where_created: "Created at",
    which: "The text does not tell where the task was created. Choose:",
    follow: "Follow this task",
    task: "Task",
    nothing: "Nothing has been pasted yet.",
    too_long: "That is longer than anything these gateways send. Paste the answer or the id alone.",
    key_alone: "That is an API key. It was not kept, and it is no task.",
    key_inside: "An API key stands in the text. It was left out and not kept.",
    use_key: "Use it for this visit, only for",
    key_taken: "The key is used for this visit.",
    unknown: "No task id, answer, command or link was recognized in it. Paste the whole answer, or the id alone.",
    by_hand: "By hand, from a terminal",
    by_hand_lead: "Set the variable to your key, run the command, and paste its answer here. The page sends nothing.",
    paste: "The answer",
    take_answer: "Take the answer",
    open_file: "Open the downloaded file",
    download_lead: "The video is done. Download it with the command, then open the file here; it stays on this computer.",
    switch_by_hand: "Ask by hand from a terminal",
    doubt: "Is the task there?",
    doubt_lead: "Find out first. The page never sends a create call twice by itself.",
    look: "Look at the gateway",
    looking: "Looking …",
    account: "Your user id at the gateway",
    no_list: "This gateway documents no list of tasks. Look in its console and attach the task by its id.",
    found_none: "The gateway lists no task of this model from the time of the press or later. It can take a minute until a new one shows.",
    found: "Tasks made at the press or after it (two minutes before count too, as clocks differ), the closest in time first:",
    attach: "This is it",
    attach_id: "Attach by task id",
    again: "Send it again",
    again_sure: "This makes another task. If the first one exists too, both are billed. Price:",
    again_yes: "Send it again now",
    again_no: "Do not send",
    look_needs_key: "Enter the key of this gateway to look for the task.",
    look_no_answer: "No answer came. Ask for the list once again, or look in the gateway's console.",
};

static ZH: Words = Words {
    title: "粘贴任务、应答或请求",
    lead: "粘贴或拖入手头的内容：任务 ID、应答、报错、视频链接；或一个请求：任意 shell 的命令、fetch、HAR、JSON；或本演练场的链接。内容只在本页读取，不会发送到任何地方。",
    take_file: "打开文件",
    take: "识别",
    where_created: "创建于",
    which: "从内容看不出任务是在哪里创建的，请选择：",
    follow: "跟踪这个任务",
    task: "任务",
    nothing: "还没有粘贴内容。",
    too_long: "内容过长，不像是网关的应答。请只粘贴应答或任务 ID。",
    key_alone: "这是一个 API Key，不是任务。页面没有保存它。",
    key_inside: "内容里有 API Key，已去除，没有保存。",
    use_key: "仅本次访问使用，只用于",
    key_taken: "本次访问已使用这个 Key。",
    unknown: "没有识别出任务 ID、应答、命令或链接。请粘贴完整的应答，或只粘贴任务 ID。",
    by_hand: "在终端手动调用",
    by_hand_lead: "把变量设为您的 Key，运行命令，再把应答粘贴到这里。页面不会发送任何请求。",
    paste: "应答",
    take_answer: "使用这个应答",
    open_file: "打开已下载的文件",
    download_lead: "视频已完成。请用命令下载，再在这里打开文件；文件不会离开本机。",
    switch_by_hand: "改为在终端手动查询",
    doubt: "任务是否存在？",
    doubt_lead: "请先确认。页面不会自动重复发送创建请求。",
    look: "到网关查找",
    looking: "正在查找 …",
    account: "您在该网关的用户 ID",
    no_list: "该网关没有公开的任务列表接口。请到其控制台查找，再用任务 ID 关联。",
    found_none: "网关没有列出该模型在这次发送之后的任务。新任务可能要过一分钟才会出现。",
    found: "这次发送之后创建的任务（因时钟可能有偏差，含之前两分钟内的），时间最接近的在前：",
    attach: "就是这个",
    attach_id: "用任务 ID 关联",
    again: "重新发送",
    again_sure: "这会再创建一个任务。如果第一个也存在，两个都会计费。价格：",
    again_yes: "确认重新发送",
    again_no: "不发送",
    look_needs_key: "请填写该网关的 Key 后再查找。",
    look_no_answer: "没有收到应答。请再查一次列表，或到网关控制台查看。",
};

/// Why a pasted answer is not taken.
pub fn misfit(lang: Lang, why: Misfit) -> &'static str {
    let (en, zh) = match why {
        Misfit::NotAwaited => ("The task does not wait for this answer any more.", "任务已不再等待这个应答。"),
        Misfit::OtherTask => {
            ("This answer is about another task. Nothing was changed.", "这个应答属于另一个任务，没有做任何更改。")
        }
        Misfit::Unreadable(Unreadable::Empty) => ("Paste the answer first.", "请先粘贴应答。"),
        Misfit::Unreadable(Unreadable::Html) => (
            "That is a web page, not the gateway's answer. Paste what the command printed.",
            "这是一个网页，不是网关的应答。请粘贴命令的输出。",
        ),
        Misfit::Unreadable(Unreadable::NotJson) => (
            "That is no JSON, or breaks off. Paste all that the command printed.",
            "内容不是 JSON，或者不完整。请粘贴命令的全部输出。",
        ),
        Misfit::Unreadable(Unreadable::Shape) => (
            "That is JSON, but not the answer this step waits for. Check that it came from the command above.",
            "内容是 JSON，但不是这一步等待的应答。请确认它来自上面的命令。",
        ),
        Misfit::Unreadable(Unreadable::TooLong) => {
            ("That is far longer than any answer of these gateways.", "内容过长，不像是网关的应答。")
        }
    };
    crate::words::pick(lang, en, zh)
}

/// A task of the list that another record has already; its number, where it is on the page.
pub fn yours(lang: Lang, number: Option<u32>) -> String {
    let of =
        number.map(|number| [crate::words::pick(lang, ": #", "：#"), &number.to_string()].concat()).unwrap_or_default();
    [crate::words::pick(lang, "already yours", "已在您的任务中"), &of].concat()
}

/// The step of the loop a command is for.
pub fn step(lang: Lang, call: Call) -> &'static str {
    let (en, zh) = match call {
        Call::Create => {
            ("1 · Create the task. Run it once: each run is billed.", "1 · 创建任务。只运行一次：每运行一次都会计费。")
        }
        Call::Query => ("2 · Ask how it is doing, as often as you like.", "2 · 查询进度，可以随时重复。"),
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
