//! The sentences of "one press, one video": a press that was made already, and a call the browser sent twice.

use crate::words::lang::Lang;
use crate::words::pick;

/// A press for a request that is on its way, or has just been sent, as the task of this number.
pub fn pressed(lang: Lang, number: u32, is_sending: bool) -> String {
    let number = number.to_string();
    match (lang, is_sending) {
        (Lang::En, true) => ["This request is being sent as #", &number, "."].concat(),
        (Lang::En, false) => ["This request was just sent as #", &number, "."].concat(),
        (Lang::Zh, true) => ["这个请求正在作为 #", &number, " 发送。"].concat(),
        (Lang::Zh, false) => ["这个请求刚刚已作为 #", &number, " 发送。"].concat(),
    }
}

/// The button that makes another task all the same, and bills it.
pub fn once_more(lang: Lang) -> &'static str {
    pick(lang, "Run once more", "再运行一次")
}

/// A doubtful request that was sent once more, as the task of this number where it is known here.
pub fn sent_again(lang: Lang, number: Option<u32>) -> String {
    let number = number.map(|number| ["#", &number.to_string()].concat());
    match (lang, number) {
        (Lang::En, Some(number)) => ["Sent again as ", &number, "."].concat(),
        (Lang::En, None) => "Sent again as another task; it is in the history.".to_owned(),
        (Lang::Zh, Some(number)) => ["已作为 ", &number, " 重新发送。"].concat(),
        (Lang::Zh, None) => "已作为另一个任务重新发送，可在历史记录中查看。".to_owned(),
    }
}

/// The browser repeated a create call: what happened.
pub fn twin(lang: Lang) -> &'static str {
    pick(
        lang,
        "The gateway lists another task from the same moment: the browser may have sent the request a second time when its connection broke. Both may be billed. Track the other one here to watch or cancel it.",
        "网关的任务列表中还有一个同一时刻创建的任务：连接中断时，浏览器可能自动重发了一次请求。两个任务都可能计费。可在此跟踪另一个任务，观看或取消它。",
    )
}

/// Takes the second task up here, where it can be canceled or watched.
pub fn follow_twin(lang: Lang) -> &'static str {
    pick(lang, "Track it here", "在此跟踪")
}

/// Whether there is a second task is open, and nothing asks any more.
pub fn twin_open(lang: Lang) -> &'static str {
    pick(
        lang,
        "The browser may have sent this request twice, and the gateway's task list couldn't be read so far.",
        "浏览器可能将这个请求发送了两次，目前还未能读取网关的任务列表。",
    )
}

/// Reads the gateway's list.
pub fn look_for_twin(lang: Lang) -> &'static str {
    pick(lang, "Check the task list", "查看任务列表")
}

/// The section's name.
pub fn twin_title(lang: Lang) -> &'static str {
    pick(lang, "Second task", "第二个任务")
}
