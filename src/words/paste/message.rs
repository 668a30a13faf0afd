//! The sentences about messages of programs, pages, and programs that are not read.

use super::fill::fill;
use crate::import::Language;
use crate::paste::{Message, Trouble};
use crate::words::lang::Lang;
use crate::words::pick;

/// What a message means.
pub fn trouble(lang: Lang, message: &Message) -> &'static str {
    let (en, zh) = match message.trouble {
        Trouble::SingleQuotes => (
            "Windows Command Prompt doesn't support single quotes, so parts of the command were taken for URLs. Use double quotes, or PowerShell.",
            "Windows 命令提示符不识别单引号，命令的片段被当成了地址。请改用双引号，或使用 PowerShell。",
        ),
        Trouble::NoSuchHost => {
            ("The host wasn't found: check its name and the network.", "找不到主机，请检查主机名和网络。")
        }
        Trouble::BadAddress => (
            "The URL is malformed, or brackets in it were read as a pattern.",
            "地址有误，或其中的括号被当成了通配符。",
        ),
        Trouble::NoConnection => {
            ("There was no connection, so this says nothing about the request.", "没有建立连接，无法判断请求是否正确。")
        }
        Trouble::Certificate => {
            ("The certificate wasn't accepted, often because of a proxy.", "证书没有被接受，通常是因为代理。")
        }
        Trouble::CutCommand => {
            ("The lines of one command were run as separate commands.", "一条命令的各行被当成单独的命令运行了。")
        }
        Trouble::NotCurl => (
            "PowerShell ran its own command instead of curl. Write curl.exe.",
            "PowerShell 运行了自己的命令，而不是 curl。请写 curl.exe。",
        ),
        Trouble::Other => ("A message from the program that was run.", "这是所运行程序的提示信息。"),
    };
    pick(lang, en, zh)
}

/// What sent a page.
pub fn page(lang: Lang) -> &'static str {
    pick(
        lang,
        "It comes from a proxy or a login page, not from a gateway. Paste the gateway's response.",
        "它来自代理或登录页，而不是网关。请粘贴网关的响应。",
    )
}

/// That a program is not read, and what to paste instead.
pub fn unread(lang: Lang, language: Language) -> String {
    let text = pick(
        lang,
        "This is {}. No request can be extracted from it: print the body in the program and paste that, or paste a curl command.",
        "这是 {} 程序，无法从中读出请求。请在程序里打印请求体再粘贴，或粘贴 curl 命令。",
    );
    fill(text, name(language))
}

/// The name of a language.
pub fn name(language: Language) -> &'static str {
    match language {
        Language::Python => "Python",
        Language::JavaScript => "JavaScript",
        Language::Java => "Java",
        Language::Go => "Go",
        Language::Php => "PHP",
        Language::CSharp => "C#",
        Language::Cpp => "C++",
        Language::Rust => "Rust",
        Language::Ruby => "Ruby",
        Language::Swift => "Swift",
        Language::PowerShell => "PowerShell",
    }
}
