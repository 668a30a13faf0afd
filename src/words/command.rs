//! The words around a printed command.

use crate::snippet::Note;
use crate::words::lang::Lang;
use crate::words::plain::pick;

/// The groups of the list of forms: commands, then programs.
pub fn groups(lang: Lang) -> [&'static str; 2] {
    match lang {
        Lang::En => ["Single request", "Full workflow"],
        Lang::Zh => ["单次调用", "完整流程"],
    }
}

/// Every fixed word of the panel of commands that the form itself does without.
#[allow(missing_docs)] // The names are the documentation.
pub struct Words {
    pub save_as: &'static str,
    pub with_key: &'static str,
    pub with_key_why: &'static str,
    pub with_key_said: &'static str,
}

/// The words in a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &Words {
            save_as: "Save as ",
            with_key: "Copy with my key",
            with_key_why: "Copies the command once with your key in it instead of its variable.",
            with_key_said: "Copied with your key in it",
        },
        Lang::Zh => &Words {
            save_as: "存为 ",
            with_key: "复制（含 Key）",
            with_key_why: "只在这一次复制中，用您的 Key 代替变量。",
            with_key_said: "已复制，其中含有您的 Key",
        },
    }
}

/// What a reader of the command for bash has to know: the page has these words before those of the other forms. `file`
/// is the name of the file beside it.
pub fn bash_note(lang: Lang, note: Note, file: &str) -> String {
    match note {
        Note::FileForExact => save_first(lang, file, ": it is sent exactly as it was pasted.", "：须与粘贴的内容逐字节一致。"),
        Note::FileForMedia => {
            save_first(lang, file, ": a file in it makes it too long for a command.", "：其中含有文件，放不进命令。")
        }
        Note::UploadFirst => pick(
            lang,
            "The local file is only named here: upload it beside its field, and its link takes this place. The programs upload it themselves.",
            "这里只写了本机文件的名字：请先在对应字段旁上传，链接会自动填入。完整流程的程序会自行上传。",
        )
        .to_owned(),
        _ => String::new(),
    }
}

fn save_first(lang: Lang, file: &str, en: &str, zh: &str) -> String {
    match lang {
        Lang::En => ["Save the body first, as ", file, en].concat(),
        Lang::Zh => ["请先把请求体存为 ", file, zh].concat(),
    }
}

/// What a reader of any command or program has to know.
pub fn note(lang: Lang, note: Note, file: &str) -> String {
    let save = |en, zh| save_first(lang, file, en, zh);
    match note {
        Note::FileForExact | Note::FileForMedia | Note::UploadFirst => bash_note(lang, note, file),
        Note::FileForPercent => save(
            ": there is a % in it, which Windows Command Prompt may take for a variable.",
            "：其中有 %，Windows 命令提示符可能把它当成变量。",
        ),
        Note::FileForExclamation => {
            save(": there is a ! in it, which Windows Command Prompt may drop.", "：其中有 !，有些 Windows 命令提示符会吞掉它。")
        }
        Note::FileForLetters => save(
            ": curl on Windows garbles non-ASCII characters in a command.",
            "：Windows 上的 curl 会把命令里的中文等字符变成乱码。",
        ),
        Note::FileForLength => {
            save(": Windows Command Prompt takes no more than 8,191 characters.", "：Windows 命令提示符最多接受 8191 个字符。")
        }
        Note::PromptOnly => pick(
            lang,
            "Paste it into the prompt, not into a batch file, where each % must be doubled and delayed expansion off.",
            "请直接粘贴到命令提示符；放进批处理文件时，每个 % 要写两遍，并关闭延迟扩展。",
        )
        .to_owned(),
        Note::ScriptWithMark => pick(
            lang,
            "If you save it as a .ps1 file, use UTF-8 with BOM, or Windows PowerShell 5.1 misreads it.",
            "存成 .ps1 时请选“带 BOM 的 UTF-8”，否则 Windows PowerShell 5.1 会读成乱码。",
        )
        .to_owned(),
        Note::AsksForFiles => pick(
            lang,
            "A page can't open a file by its name: the program asks its user for the local files, uploads them, then sends the one create call. The gateway and its store must allow pages (CORS).",
            "网页不能按文件名打开本机文件：程序会请使用者选择文件，上传后再发出唯一一次创建请求。网关及其存储须允许网页访问（CORS）。",
        )
        .to_owned(),
        Note::Uploads => pick(
            lang,
            "It uploads the local files itself, then sends the one create call: run it in the folder they are in. A file that was changed in this page has to be saved there first.",
            "程序会先上传本机文件，再发出唯一一次创建请求：请在文件所在的文件夹里运行。在本页改过的文件，请先存到该文件夹。",
        )
        .to_owned(),
    }
}
