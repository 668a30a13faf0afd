//! The sentences of a diagnosis: why no answer came, and what helps.

use crate::diagnosis::{Diagnosis, Missing};
use crate::words::lang::Lang;
use crate::words::{address, pick};

/// Why no answer came.
pub fn why(lang: Lang, diagnosis: Diagnosis) -> String {
    let (en, zh) = match diagnosis {
        Diagnosis::Offline => ("The browser is offline.", "浏览器处于离线状态。"),
        Diagnosis::Malformed(fault) => return address(lang, fault).to_owned(),
        Diagnosis::MixedContent => (
            "The base URL starts with http:, and a page loaded over https can't call it.",
            "接口地址以 http: 开头，通过 https 打开的页面不允许调用。",
        ),
        Diagnosis::Policy => (
            "This page's security policy (Content-Security-Policy) doesn't allow requests to this address.",
            "本页面的安全策略（Content-Security-Policy）不允许连接这个地址。",
        ),
        Diagnosis::Unreachable => (
            "The host doesn't respond at all: it doesn't exist, is down, or is blocked on the way.",
            "主机完全没有响应：可能不存在、已停机，或途中被拦截。",
        ),
        Diagnosis::UnreachableHere => (
            "Nothing responds at this address on this computer: the program isn't running, uses another port, or the browser wasn't allowed to access the local network.",
            "本机的这个地址没有响应：程序没有运行、端口不对，或浏览器没有获得访问本地网络的许可。",
        ),
        Diagnosis::Cors(Missing::AllowOrigin) => (
            "The gateway is reachable, but doesn't let web pages read its responses (CORS): they lack the header Access-Control-Allow-Origin.",
            "网关可以连通，但不允许浏览器页面读取它的响应（CORS）：响应缺少 Access-Control-Allow-Origin 头。",
        ),
        Diagnosis::Cors(Missing::AllowHeaders) => (
            "The gateway is reachable, but refuses the CORS preflight that a browser sends before a key. Its response lacks Access-Control-Allow-Headers or Access-Control-Allow-Methods.",
            "网关可以连通，但拒绝了浏览器在发送 Key 之前的询问（CORS 预检）：响应缺少 Access-Control-Allow-Headers 或 Access-Control-Allow-Methods 头。",
        ),
        Diagnosis::TooSlow => (
            "The host responds now; this time it took longer than the page waits.",
            "主机现在可以响应，但这一次超过了页面等待的时间。",
        ),
        Diagnosis::Broken => {
            ("The host responds now; only this connection broke.", "主机现在可以响应，只是这一次连接中断了。")
        }
    };
    pick(lang, en, zh).to_owned()
}

/// What helps.
pub fn what_helps(lang: Lang, diagnosis: Diagnosis) -> &'static str {
    let (en, zh) = match diagnosis {
        Diagnosis::Offline => ("Connect to the network; the page then continues.", "请连接网络，之后页面会继续。"),
        Diagnosis::Malformed(_) => ("Correct the base URL.", "请修改接口地址。"),
        Diagnosis::MixedContent => (
            "Use the gateway's https address, or open this page over http on this computer (cargo xtask play).",
            "请使用网关的 https 地址，或在本机以 http 打开本页面（cargo xtask play）。",
        ),
        Diagnosis::Policy => (
            "Whoever hosts this page must add the address to connect-src. The cURL command works without that.",
            "需要由部署本页面的人把该地址加入 connect-src；也可以直接使用 cURL 命令。",
        ),
        Diagnosis::Unreachable => (
            "Check the base URL for typos, the network, VPN and firewall.",
            "请检查接口地址的拼写、网络、VPN 和防火墙。",
        ),
        Diagnosis::UnreachableHere => ("Start the program, and check the port.", "请启动程序，并核对端口。"),
        Diagnosis::Cors(_) => (
            "Call it without the browser: through this page's relay, or with the command in a terminal, and paste the response here.",
            "可以不经过浏览器直接调用：通过本页面服务器的转发，或在终端运行命令并把响应粘贴到这里。",
        ),
        Diagnosis::TooSlow | Diagnosis::Broken => (
            "First check whether the task exists. A task with a known ID can be queried at any time.",
            "请先确认任务是否存在；已有任务 ID 的任务可以随时查询。",
        ),
    };
    pick(lang, en, zh)
}

/// A question about a running task that got no answer.
pub fn no_answer(lang: Lang) -> &'static str {
    pick(lang, "No response to the last query.", "上一次查询没有收到响应。")
}

/// The gateway does not let browsers in.
pub fn closed(lang: Lang) -> &'static str {
    pick(
        lang,
        "This gateway doesn't allow calls from browsers (CORS). Run the command in a terminal and paste the response here.",
        "该网关不允许浏览器直接调用（CORS）。请在终端运行命令，并把响应粘贴到这里。",
    )
}

/// Before the origin of the page: the button that switches the relay on.
pub fn use_relay(lang: Lang) -> &'static str {
    pick(lang, "Use the relay at", "使用转发服务")
}

/// The button that switches it off.
pub fn stop_relay(lang: Lang) -> &'static str {
    pick(lang, "Turn off relay", "关闭转发")
}

/// The relay is on. It stands beside tasks that exist or may exist as well, so it says nothing of another run.
pub fn relay_on(lang: Lang) -> &'static str {
    pick(lang, "The relay is on: requests go through it from now on.", "转发已开启，之后的请求都会经过它。")
}

/// There is no relay.
pub fn no_relay(lang: Lang) -> &'static str {
    pick(
        lang,
        "This page's server has no relay for this gateway. The command in a terminal doesn't need one.",
        "本页面的服务器没有为该网关提供转发。在终端运行命令则不需要转发。",
    )
}

/// At the Run button, while the relay is on.
pub fn passes_through(lang: Lang, origin: &str) -> String {
    match lang {
        Lang::En => ["Your key passes through ", origin, ", this page's server."].concat(),
        Lang::Zh => ["您的 Key 会经过 ", origin, "（本页面所在的服务器）转发。"].concat(),
    }
}

/// While the probes run.
pub fn looking(lang: Lang) -> &'static str {
    pick(lang, "Finding out why…", "正在查找原因…")
}

/// Heading of the reason.
pub fn title(lang: Lang) -> &'static str {
    pick(lang, "Why there was no response", "为什么没有响应")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::AddressFault;

    #[test]
    fn every_diagnosis_is_worded_in_both_languages() {
        let all = [
            Diagnosis::Offline,
            Diagnosis::Malformed(AddressFault::NoScheme),
            Diagnosis::MixedContent,
            Diagnosis::Policy,
            Diagnosis::Unreachable,
            Diagnosis::UnreachableHere,
            Diagnosis::Cors(Missing::AllowOrigin),
            Diagnosis::Cors(Missing::AllowHeaders),
            Diagnosis::TooSlow,
            Diagnosis::Broken,
        ];
        for diagnosis in all {
            for lang in [Lang::En, Lang::Zh] {
                for text in [&*why(lang, diagnosis), what_helps(lang, diagnosis)] {
                    assert_eq!(super::super::tests::check_language(text, lang), Ok(()), "{diagnosis:?}");
                    assert!(!text.to_lowercase().contains("failed to fetch"));
                }
            }
        }
    }
}
