//! The words around a printed command.

use crate::snippet::Note;
use crate::words::lang::Lang;

/// Every fixed word of the panel of commands that the form itself does without.
#[allow(missing_docs)] // The names are the documentation.
pub struct Words {
    pub shells: &'static str,
    pub programs: &'static str,
    pub save_as: &'static str,
    pub with_key: &'static str,
    pub with_key_why: &'static str,
    pub with_key_said: &'static str,
}

/// The words in a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &Words {
            shells: "One call",
            programs: "The whole job",
            save_as: "Save as ",
            with_key: "Copy with my key",
            with_key_why: "Copies the command once with your key in it instead of its variable.",
            with_key_said: "Copied with your key in it",
        },
        Lang::Zh => &Words {
            shells: "单次调用",
            programs: "完整流程",
            save_as: "存为 ",
            with_key: "复制（含 Key）",
            with_key_why: "只在这一次复制中，用您的 Key 代替变量。",
            with_key_said: "已复制，其中含有您的 Key",
        },
    }
}

/// What a reader of a command has to know. `file` is the name of the file beside it.
#[inline(never)]
pub fn note(lang: Lang, note: Note, file: &str) -> String {
    let file_first = match (lang, note) {
        (_, Note::PromptOnly | Note::ScriptWithMark) => "",
        (Lang::En, _) => "Save the body first, as ",
        (Lang::Zh, _) => "请先把请求体存为 ",
    };
    let why = match (lang, note) {
        (Lang::En, Note::FileForExact) => ": it is sent exactly as it was pasted.",
        (Lang::Zh, Note::FileForExact) => "：须与粘贴的内容逐字节一致。",
        (Lang::En, Note::FileForMedia) => ": a file in it makes it too long for a command.",
        (Lang::Zh, Note::FileForMedia) => "：其中含有文件，放不进命令。",
        (Lang::En, Note::FileForPercent) => ": there is a % in it, which the Windows prompt may take for a variable.",
        (Lang::Zh, Note::FileForPercent) => "：其中有 %，Windows 命令提示符可能把它当成变量。",
        (Lang::En, Note::FileForExclamation) => ": there is a ! in it, which some Windows prompts swallow.",
        (Lang::Zh, Note::FileForExclamation) => "：其中有 !，有些 Windows 命令提示符会吞掉它。",
        (Lang::En, Note::FileForLetters) => ": curl on Windows garbles letters beyond ASCII in a command.",
        (Lang::Zh, Note::FileForLetters) => "：Windows 上的 curl 会把命令里的中文等字符变成乱码。",
        (Lang::En, Note::FileForLength) => ": the Windows prompt takes no more than 8,191 characters.",
        (Lang::Zh, Note::FileForLength) => "：Windows 命令提示符最多接受 8191 个字符。",
        (Lang::En, Note::PromptOnly) => {
            "For the prompt, not for a batch file: there each % is written twice, and delayed expansion must be off."
        }
        (Lang::Zh, Note::PromptOnly) => "请直接粘贴到命令提示符；放进批处理文件时，每个 % 要写两遍，并关闭延迟扩展。",
        (Lang::En, Note::ScriptWithMark) => {
            "Kept as a .ps1 file it must be saved as UTF-8 with BOM, or Windows PowerShell 5.1 reads other letters."
        }
        (Lang::Zh, Note::ScriptWithMark) => {
            "存成 .ps1 时请选“带 BOM 的 UTF-8”，否则 Windows PowerShell 5.1 会读成乱码。"
        }
    };
    if file_first.is_empty() { why.to_owned() } else { [file_first, file, why].concat() }
}
