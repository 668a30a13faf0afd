//! The words of an upload that is carried out in a terminal.

use crate::upload::Step;
use crate::words::lang::Lang;
use crate::words::pick;

/// The fixed words.
pub struct Words {
    /// What it is.
    pub title: &'static str,
    /// How it is done.
    pub lead: &'static str,
    /// Takes what was pasted.
    pub take: &'static str,
    /// Saves the file, where it lies in no folder yet.
    pub save: &'static str,
}

/// The fixed words of a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &Words {
            title: "Upload from a terminal",
            lead: "Set the variable to your key, run each command in the folder of the file, and paste what it prints. The page sends nothing.",
            take: "Continue",
            save: "Save the file",
        },
        Lang::Zh => &Words {
            title: "用终端上传",
            lead: "请把 Key 设到变量里，在文件所在的文件夹依次运行命令，并把输出粘贴到下方。页面不发送任何内容。",
            take: "继续",
            save: "保存文件",
        },
    }
}

/// What a step does, and what is pasted after it.
pub fn step(lang: Lang, step: &Step) -> (&'static str, &'static str) {
    let (does, paste) = match step {
        Step::Ask(_) => {
            (("1. Ask for the upload permission", "1. 申请上传凭证"), ("What the command printed", "命令的输出"))
        }
        Step::Send(form) if form.keyed => {
            (("Send the file", "发送文件"), ("What the command printed, or the link", "命令的输出，或链接"))
        }
        Step::Send(_) => (
            ("2. Send the file, within 5 minutes", "2. 发送文件（5 分钟内有效）"),
            (
                "What the command printed (empty if nothing), or the oss:// link",
                "命令的输出（没有就留空），或 oss:// 链接",
            ),
        ),
    };
    (pick(lang, does.0, does.1), pick(lang, paste.0, paste.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{Form, Request};
    use crate::words::tests::check_language;

    #[test]
    fn every_word_is_in_its_own_language() {
        let form = |keyed| {
            Step::Send(Form {
                url: String::new(),
                keyed,
                parts: Vec::new(),
                file_name: String::new(),
                media_type: "",
                bytes: 1,
            })
        };
        for lang in [Lang::En, Lang::Zh] {
            let fixed = words(lang);
            let mut said = vec![fixed.title, fixed.lead, fixed.take, fixed.save];
            for one in [Step::Ask(Request::file("")), form(true), form(false)] {
                let (does, paste) = step(lang, &one);
                said.extend([does, paste]);
            }
            for text in said {
                assert_eq!(check_language(&text.replace("oss://", ""), lang), Ok(()), "{text}");
            }
        }
    }
}
