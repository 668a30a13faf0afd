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
            guessed: "The model is inferred from the body's structure.",
            healthy: "No problems found, per the docs.",
            findings: "Problems",
            unknown: "No form field for these",
            unknown_keep: "“Fill the form” keeps these and sends them unchanged",
            correction: "Corrected request",
            incomplete: "Some problems need you: see the form.",
            fill_corrected: "Fill the form (corrected)",
            fill: "Fill the form",
            copy_corrected: "Copy the corrected command",
            no_wish: "The body doesn't show which model and parameters it uses.",
        },
        Lang::Zh => &Words {
            guessed: "模型是根据请求体的结构推测的。",
            healthy: "按文档检查，没有发现问题。",
            findings: "存在的问题",
            unknown: "表单里没有对应的字段",
            unknown_keep: "“填入表单”时保留这些字段，原样发送",
            correction: "更正后的请求",
            incomplete: "有些问题需要您处理，见表单。",
            fill_corrected: "填入更正后的内容",
            fill: "填入表单",
            copy_corrected: "复制更正后的命令",
            no_wish: "从请求体看不出是哪个模型、哪些参数。",
        },
    }
}

/// The fold with the remarks that change nothing, and how many there are.
pub fn reading(lang: Lang, count: usize) -> String {
    let count = count.to_string();
    match lang {
        Lang::En => ["How the text was read (", &count, ")"].concat(),
        Lang::Zh => ["识别说明（", &count, "）"].concat(),
    }
}

/// The line a remark is about.
pub fn line(lang: Lang, number: usize) -> String {
    let number = number.to_string();
    match lang {
        Lang::En => ["Line ", &number, ":"].concat(),
        Lang::Zh => ["第 ", &number, " 行："].concat(),
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
            ("Opened here but never closed. Add the closing quote or bracket.", "这里的引号或括号没有闭合，请补上。")
        }
        Kind::Apostrophe => (
            "The apostrophe in this word ends the quote opened before it. Write it as '\\'' here, or put the body in a file.",
            "这个词里的撇号结束了前面打开的引号。请在此处写成 '\\''，或把请求体放进文件。",
        ),
        Kind::MissingValue => ("This option needs a value.", "这个选项缺少值。"),
        Kind::UnknownOption => ("curl has no such option. Ignored.", "curl 没有这个选项，已忽略。"),
        Kind::AmbiguousOption => (
            "Short for several curl options, so it was ignored. Write it out.",
            "这个缩写对应多个选项，已忽略，请写全。",
        ),
        Kind::JoinedValue => {
            ("curl needs a space here, not “=”. Read as intended.", "curl 这里应为空格而不是“=”，已按原意读取。")
        }
        Kind::NoEffect => ("Has no effect on the request.", "对请求没有影响。"),
        Kind::Security => ("About proxies, certificates or DNS: ignored.", "涉及代理、证书或域名解析，已忽略。"),
        Kind::FileRead => ("Reads a file that isn't here.", "要读取的文件不在这里。"),
        Kind::Output => ("Writes to a file: not needed here.", "写入文件：这里不需要。"),
        Kind::Next => ("Another request begins here.", "从这里开始是另一个请求。"),
        Kind::FurtherCommand => ("Another command. Not run.", "这是另一条命令，不会执行。"),
        Kind::NoAddress => ("A command without a URL.", "这条命令没有地址。"),
        Kind::TooMany => ("Too many URLs; the rest were not read.", "地址太多，其余的没有读取。"),
        Kind::Substitution => (
            "The shell would substitute something here. Left as written; nothing is run.",
            "shell 会在这里代入内容。此处保持原文，不会执行。",
        ),
        Kind::LostContinuation => (
            "The lines of the command lack line continuations: a shell would run each separately. Read as one command.",
            "命令各行末尾缺少续行符，shell 会把每一行当成单独的命令。已按一条命令读取。",
        ),
        Kind::LostBreaks => (
            "The line breaks after the backslashes are lost: a shell would take each backslash as a separate word. Read without them.",
            "反斜杠后面的换行丢失了，shell 会把每个反斜杠当成单独的词。已忽略这些反斜杠。",
        ),
        Kind::Entities => (
            "Contains HTML entities from a web page's source (&quot;). Read as the characters they stand for.",
            "其中的引号等符号是 HTML 转义，已还原。",
        ),
        Kind::DoubledContinuation => (
            "Two backslashes at the end of the line: a shell would end the command here. Read as one.",
            "行末是两个反斜杠，shell 会在这里结束命令。已按一个反斜杠读取。",
        ),
        Kind::BareBody => (
            "The body isn't quoted, so every shell breaks it up. Read as written.",
            "请求体外面没有引号，任何 shell 都会把它拆散。已按原文读取。",
        ),
        Kind::Printed => (
            "The body is output by printf and was read by printf's rules; nothing is run.",
            "请求体由 printf 输出，已按 printf 的规则读取，没有执行任何命令。",
        ),
        Kind::PrintedPercent => (
            "printf takes a percent sign as a format specifier: in a shell, the body would break off there. Write %%.",
            "printf 会把百分号当作格式符，在 shell 中请求体会在此中断。请写作 %%。",
        ),
        Kind::QuotedVariable => (
            "In single quotes, the shell doesn't insert the key. Use double quotes.",
            "单引号里 shell 不会代入 Key 的变量，请用双引号。",
        ),
        Kind::SingleQuotes => (
            "Windows Command Prompt doesn't support single quotes. Read as intended.",
            "Windows 命令提示符不识别单引号，已按原意读取。",
        ),
        Kind::SmartQuotes => ("Curly quotes, read as straight ones.", "弯引号，已当作直引号。"),
        Kind::SmartDashes => ("Long dash, read as “--”.", "长破折号，已当作“--”。"),
        Kind::WideSpaces => ("Full-width or special space, read as a normal one.", "全角或特殊空格，已当作普通空格。"),
        Kind::BlankAfterContinuation => {
            ("A space after the line continuation. A shell would stop here.", "续行符后面有空格，shell 会在这里断开。")
        }
        Kind::PromptsRemoved => ("Shell prompt removed.", "已去掉命令行提示符。"),
        Kind::LineNumbersRemoved => ("Line numbers removed.", "已去掉行号。"),
        Kind::Surroundings => ("Text around the command. Ignored.", "命令以外的文字，已忽略。"),
        Kind::ControlCharacters => ("An invisible control character.", "有不可见的控制字符。"),
        Kind::BidiMarks => (
            "A character that hides or reorders text: what you see may differ from what is there.",
            "有改变文字方向或隐藏文字的符号，看到的未必是实际内容。",
        ),
        Kind::CutAddress => (
            "Without quotes, the shell ends the command at this “&”. Quote the URL.",
            "地址没有加引号，shell 会在这个“&”处截断，请加引号。",
        ),
        Kind::OddMethod => ("Invalid request method.", "请求方法无效。"),
        Kind::BadHeader => ("A header without a colon. curl doesn't send it.", "请求头缺少冒号，curl 不会发送。"),
        Kind::HeaderRemoved => {
            ("A header without a value: curl removes its own.", "请求头没有值，curl 会去掉它自带的同名头。")
        }
        Kind::ImpliedType => {
            ("No content type given: the program sets one itself.", "没有写内容类型，程序会自行添加。")
        }
        Kind::DoubledBackslashes => (
            "The browser doubled the backslashes for Windows. Read as single.",
            "反斜杠是浏览器为 Windows 加倍的，已还原。",
        ),
        Kind::EitherShell => (
            "This may be for bash or for Windows Command Prompt: the backslashes would arrive differently. Read as bash does.",
            "看不出这是 bash 还是 Windows 命令提示符的命令，两者发出的反斜杠不同。此处按 bash 读取。",
        ),
        Kind::QuotedCarets => (
            "Carets inside quotes, as an older browser wrote them: the Windows prompt sends them along. Read without them.",
            "引号里有旧版浏览器写入的“^”，Windows 命令提示符会把它们一并发送。此处已去掉。",
        ),
        Kind::HalfLetter => (
            "The browser split this character in two; bash sends invalid text. Read as the character.",
            "浏览器把这个字符拆成两半书写，shell 发送的不是合法文本。此处按原字符读取。",
        ),
        Kind::TooDeep => (
            "By default, ConvertTo-Json writes only two levels below the outermost; deeper values become type names. Add -Depth 10. Read as intended.",
            "ConvertTo-Json 默认只写到第二层，更深的内容会变成类型名。请加上 -Depth 10。此处已按原意读取。",
        ),
        Kind::FormDetail => ("A form detail that was ignored.", "表单的这项细节已忽略。"),
        Kind::BasicLogin => ("Name and password: the gateways need a key.", "这里用了用户名和密码，网关要的是 Key。"),
        Kind::Cookies => ("Cookies: ignored.", "Cookie 已忽略。"),
        Kind::KeyTaken => ("Key found and removed. It is not kept.", "发现 Key，已去除，不会保存。"),
        Kind::BrokenJson => ("Not valid JSON from here on.", "从这里起不是合法的 JSON。"),
        Kind::TooLong => ("Longer than 8 MB: not read.", "超过 8 MB，没有读取。"),
        Kind::Html => ("A web page, not a request.", "这是网页，不是请求。"),
        Kind::Unrecognized => ("No request found.", "没有找到请求。"),
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
    fn what_is_read_otherwise_than_it_is_written_stands_in_sight() {
        for kind in KINDS {
            let said = remark(Lang::En, kind).to_lowercase();
            let is_mended = ["read as", "read without"].iter().any(|words| said.contains(words));
            assert!(!is_mended || kind.changes(), "{kind:?}: {said}");
        }
    }

    #[test]
    fn what_surrounds_a_pasted_or_printed_request_is_worded_in_both_languages() {
        for lang in [Lang::En, Lang::Zh] {
            for kind in KINDS {
                assert_eq!(check_language(remark(lang, kind), lang), Ok(()), "{kind:?}");
            }
            for text in [reading(lang, 2), line(lang, 3)] {
                assert_eq!(check_language(&text, lang), Ok(()));
            }
            let (pasted, printed, told) = (words(lang), command::words(lang), report::words(lang));
            let all = [
                pasted.guessed,
                pasted.healthy,
                pasted.findings,
                pasted.unknown,
                pasted.unknown_keep,
                pasted.correction,
                pasted.incomplete,
                pasted.fill_corrected,
                pasted.fill,
                pasted.copy_corrected,
                pasted.no_wish,
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
