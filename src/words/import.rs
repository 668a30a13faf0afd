//! The words of what is read out of a pasted request.

use crate::import::RemarkKind;
use crate::words::lang::Lang;

/// Every fixed word of the panel.
#[allow(missing_docs)] // The names are the documentation.
pub struct Words {
    pub guessed: &'static str,
    pub healthy: &'static str,
    pub findings: &'static str,
    pub unknown: &'static str,
    pub unknown_keep: &'static str,
    pub reading: &'static str,
    pub correction: &'static str,
    pub incomplete: &'static str,
    pub fill_corrected: &'static str,
    pub fill: &'static str,
    pub copy_corrected: &'static str,
    pub no_wish: &'static str,
}

/// The words in a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &Words {
            guessed: "The model is a guess by the shape of the body.",
            healthy: "Nothing is wrong with it, as far as the documents tell.",
            findings: "What is wrong with it",
            unknown: "The form has no field for these",
            unknown_keep: "“Fill the form” keeps them, to be sent as they are",
            reading: "How the text was read",
            correction: "As it should be",
            incomplete: "More is missing than can be mended by itself: the form shows what.",
            fill_corrected: "Fill the form, corrected",
            fill: "Fill the form",
            copy_corrected: "Copy the corrected command",
            no_wish: "It goes to a gateway, but its body does not tell which model and fields it is about.",
        },
        Lang::Zh => &Words {
            guessed: "模型是根据请求体的结构推测的。",
            healthy: "按文档来看，没有问题。",
            findings: "存在的问题",
            unknown: "表单里没有对应的字段",
            unknown_keep: "“填入表单”时保留这些字段，原样发送",
            reading: "文本是怎样读取的",
            correction: "更正后的请求",
            incomplete: "还有无法自动更正的内容，表单会指出来。",
            fill_corrected: "填入更正后的内容",
            fill: "填入表单",
            copy_corrected: "复制更正后的命令",
            no_wish: "它发往某个网关，但请求体看不出是哪个模型、哪些字段。",
        },
    }
}

/// A remark on a text.
pub fn remark(lang: Lang, kind: RemarkKind) -> &'static str {
    let (en, zh) = pair(kind);
    if lang == Lang::Zh { zh } else { en }
}

fn pair(kind: RemarkKind) -> (&'static str, &'static str) {
    use RemarkKind as Kind;
    match kind {
        Kind::UnbalancedQuote => {
            ("Opened here and never closed. Add what closes it.", "这里的引号或括号没有闭合，请补上。")
        }
        Kind::Apostrophe => (
            "The apostrophe in this word ended the quote that was opened before it. Write it as '\\'' there, or put the body in a file.",
            "这个词里的撇号结束了前面打开的引号。请在此处写成 '\\''，或把请求体放进文件。",
        ),
        Kind::MissingValue => ("This option needs a value.", "这个选项缺少值。"),
        Kind::UnknownOption => ("curl has no such option. Passed over.", "curl 没有这个选项，已略过。"),
        Kind::AmbiguousOption => (
            "Short for several of curl's options. Passed over: write it out.",
            "这个缩写对应多个选项，已略过，请写全。",
        ),
        Kind::JoinedValue => {
            ("curl wants a space here, not “=”. Read as it was meant.", "curl 这里应为空格而不是“=”，已按原意读取。")
        }
        Kind::NoEffect => ("Changes nothing about the request.", "对请求没有影响。"),
        Kind::Security => {
            ("About proxies, certificates or name look-up: not taken over.", "涉及代理、证书或域名解析，没有采用。")
        }
        Kind::FileRead => ("Reads a file that is not here.", "要读取的文件不在这里。"),
        Kind::Output => ("Writes to a file: not needed here.", "写入文件：这里不需要。"),
        Kind::Next => ("Another request begins here.", "从这里开始是另一个请求。"),
        Kind::FurtherCommand => ("Another command. It is not run.", "这是另一条命令，不会执行。"),
        Kind::NoAddress => ("A command without an address.", "这条命令没有地址。"),
        Kind::TooMany => ("More addresses than are looked at.", "地址太多，其余的没有读取。"),
        Kind::Substitution => (
            "The shell would put something in here. It stays as written; nothing is run.",
            "shell 会在这里代入内容。此处保持原文，不会执行。",
        ),
        Kind::LostContinuation => (
            "The lines of the command have nothing at their ends that joins them: a shell would run each by itself. Read as one command.",
            "命令各行末尾缺少续行符，shell 会把每一行当成单独的命令。已按一条命令读取。",
        ),
        Kind::LostBreaks => (
            "The line breaks behind the backslashes are lost: a shell would take each backslash for a word of its own. Read without them.",
            "反斜杠后面的换行丢失了，shell 会把每个反斜杠当成单独的词。已忽略这些反斜杠。",
        ),
        Kind::Entities => (
            "Signs are written as a web page's source has them (&quot;). Read as the signs they stand for.",
            "其中的引号等符号是网页源码的写法，已按它们代表的符号读取。",
        ),
        Kind::DoubledContinuation => (
            "Two backslashes end the line: a shell would end the command here. Read as one backslash.",
            "行末是两个反斜杠，shell 会在这里结束命令。已按一个反斜杠读取。",
        ),
        Kind::BareBody => (
            "There are no quotes around the body, so every shell breaks it. Read as it is written.",
            "请求体外面没有引号，任何 shell 都会把它拆散。已按原文读取。",
        ),
        Kind::Printed => (
            "The body comes out of printf. It was read by printf's rules; nothing is run.",
            "请求体由 printf 输出，已按 printf 的规则读取，没有执行任何命令。",
        ),
        Kind::PrintedPercent => (
            "printf takes a percent sign for a conversion: in a shell the body would break off there. Write %%.",
            "printf 会把百分号当作格式符，在 shell 中请求体会在此中断。请写作 %%。",
        ),
        Kind::QuotedVariable => (
            "In single quotes the shell does not put the key in. Use double quotes.",
            "单引号里 shell 不会代入 Key 的变量，请用双引号。",
        ),
        Kind::SingleQuotes => (
            "The Windows prompt knows no single quotes. Read as they were meant.",
            "Windows 命令提示符不识别单引号，已按原意读取。",
        ),
        Kind::SmartQuotes => ("Typographic quotes, taken for straight ones.", "弯引号，已当作直引号。"),
        Kind::SmartDashes => ("A long dash, taken for “--”.", "长破折号，已当作“--”。"),
        Kind::WideSpaces => ("A wide space, taken for a plain one.", "全角或特殊空格，已当作普通空格。"),
        Kind::BlankAfterContinuation => (
            "A blank after the sign that continues the line. A shell would stop here.",
            "续行符后面有空格，shell 会在这里断开。",
        ),
        Kind::PromptsRemoved => ("Prompts were pasted along. Removed.", "一并粘贴的提示符已去掉。"),
        Kind::LineNumbersRemoved => ("Line numbers were pasted along. Removed.", "一并粘贴的行号已去掉。"),
        Kind::Surroundings => ("Text around the command. Passed over.", "命令以外的文字，已略过。"),
        Kind::ControlCharacters => ("A character nobody can see.", "有不可见的控制字符。"),
        Kind::BidiMarks => (
            "A mark that hides or turns text: what you see may not be what is there.",
            "有改变文字方向或隐藏文字的符号，看到的未必是实际内容。",
        ),
        Kind::CutAddress => (
            "Without quotes the shell ends the command at this “&”. Put the address in quotes.",
            "地址没有加引号，shell 会在这个“&”处截断，请加引号。",
        ),
        Kind::OddMethod => ("No method has signs like these.", "请求方法里有不该有的符号。"),
        Kind::BadHeader => ("A header without a colon. curl does not send it.", "请求头缺少冒号，curl 不会发送。"),
        Kind::HeaderRemoved => {
            ("A header without a value: curl takes its own away.", "请求头没有值，curl 会去掉它自带的同名头。")
        }
        Kind::ImpliedType => {
            ("No content type is written: the program says one by itself.", "没有写内容类型，程序会自行添加。")
        }
        Kind::DoubledBackslashes => (
            "Backslashes are doubled, as browsers do for Windows. Read once.",
            "反斜杠是浏览器为 Windows 加倍的，已还原。",
        ),
        Kind::EitherShell => (
            "Nothing tells whether this is for bash or for the Windows prompt: the backslashes would arrive differently. Read as bash does.",
            "看不出这是 bash 还是 Windows 命令提示符的命令，两者发出的反斜杠不同。此处按 bash 读取。",
        ),
        Kind::QuotedCarets => (
            "Carets inside quotes, as an older browser wrote them: the Windows prompt sends them along. Read without them.",
            "引号里有旧版浏览器写入的“^”，Windows 命令提示符会把它们一并发送。此处已去掉。",
        ),
        Kind::HalfLetter => (
            "A browser wrote this letter in two halves; bash sends bytes that are no text. Read as the letter.",
            "浏览器把这个字符拆成两半书写，shell 发送的不是合法文本。此处按原字符读取。",
        ),
        Kind::TooDeep => (
            "ConvertTo-Json writes two levels below the outermost, and what lies deeper as the name of its type. Add -Depth 10. Read as it was meant.",
            "ConvertTo-Json 默认只写到第二层，更深的内容会变成类型名。请加上 -Depth 10。此处已按原意读取。",
        ),
        Kind::FormDetail => ("A detail of the form that was not taken over.", "表单的这项细节没有采用。"),
        Kind::BasicLogin => ("Name and password: the gateways take a key.", "这里用了用户名和密码，网关要的是 Key。"),
        Kind::Cookies => ("Cookies: not taken over.", "Cookie 没有采用。"),
        Kind::KeyTaken => ("A key stood here. It was taken out and is kept nowhere.", "这里有 Key，已取出，不会保存。"),
        Kind::BrokenJson => ("From here on it is no JSON.", "从这里起不是合法的 JSON。"),
        Kind::TooLong => ("Longer than 8 MB: it was not read.", "超过 8 MB，没有读取。"),
        Kind::Html => ("A web page, not a request.", "这是网页，不是请求。"),
        Kind::Unrecognized => ("Nothing in it is a request.", "里面没有请求。"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_language;
    use super::*;
    use crate::words::{command, report};

    const KINDS: [RemarkKind; 51] = [
        RemarkKind::Apostrophe,
        RemarkKind::LostBreaks,
        RemarkKind::Entities,
        RemarkKind::LostContinuation,
        RemarkKind::DoubledContinuation,
        RemarkKind::BareBody,
        RemarkKind::Printed,
        RemarkKind::PrintedPercent,
        RemarkKind::UnbalancedQuote,
        RemarkKind::MissingValue,
        RemarkKind::UnknownOption,
        RemarkKind::AmbiguousOption,
        RemarkKind::JoinedValue,
        RemarkKind::NoEffect,
        RemarkKind::Security,
        RemarkKind::FileRead,
        RemarkKind::Output,
        RemarkKind::Next,
        RemarkKind::FurtherCommand,
        RemarkKind::NoAddress,
        RemarkKind::TooMany,
        RemarkKind::Substitution,
        RemarkKind::QuotedVariable,
        RemarkKind::SingleQuotes,
        RemarkKind::SmartQuotes,
        RemarkKind::SmartDashes,
        RemarkKind::WideSpaces,
        RemarkKind::BlankAfterContinuation,
        RemarkKind::PromptsRemoved,
        RemarkKind::LineNumbersRemoved,
        RemarkKind::Surroundings,
        RemarkKind::ControlCharacters,
        RemarkKind::BidiMarks,
        RemarkKind::CutAddress,
        RemarkKind::OddMethod,
        RemarkKind::BadHeader,
        RemarkKind::HeaderRemoved,
        RemarkKind::ImpliedType,
        RemarkKind::DoubledBackslashes,
        RemarkKind::EitherShell,
        RemarkKind::QuotedCarets,
        RemarkKind::HalfLetter,
        RemarkKind::TooDeep,
        RemarkKind::FormDetail,
        RemarkKind::BasicLogin,
        RemarkKind::Cookies,
        RemarkKind::KeyTaken,
        RemarkKind::BrokenJson,
        RemarkKind::TooLong,
        RemarkKind::Html,
        RemarkKind::Unrecognized,
    ];

    #[test]
    fn what_surrounds_a_pasted_or_printed_request_is_worded_in_both_languages() {
        for lang in [Lang::En, Lang::Zh] {
            for kind in KINDS {
                assert_eq!(check_language(remark(lang, kind), lang), Ok(()), "{kind:?}");
            }
            let (pasted, printed, told) = (words(lang), command::words(lang), report::words(lang));
            let all = [
                pasted.guessed,
                pasted.healthy,
                pasted.findings,
                pasted.unknown,
                pasted.unknown_keep,
                pasted.reading,
                pasted.correction,
                pasted.incomplete,
                pasted.fill_corrected,
                pasted.fill,
                pasted.copy_corrected,
                pasted.no_wish,
                printed.shells,
                printed.programs,
                printed.save_as,
                printed.with_key,
                printed.with_key_why,
                printed.with_key_said,
                told.title,
                told.lead,
                told.json,
                told.copy,
                told.saved,
                told.copied,
            ];
            for text in all {
                assert_eq!(check_language(text, lang), Ok(()));
            }
        }
    }
}
