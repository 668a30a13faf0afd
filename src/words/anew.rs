//! A form begun anew, and the switch for the API's own names.

use crate::words::lang::Lang;
use crate::words::pick;

/// Empties the form.
pub fn anew(lang: Lang) -> &'static str {
    pick(lang, "New", "新建")
}

/// What the button does.
pub fn anew_why(lang: Lang) -> &'static str {
    pick(lang, "Clears the form. You can undo it.", "清空表单，可以撤销。")
}

/// Said when the form was emptied.
pub fn emptied(lang: Lang) -> &'static str {
    pick(lang, "Form cleared.", "表单已清空。")
}

/// Brings back what a press has replaced.
pub fn undo(lang: Lang) -> &'static str {
    pick(lang, "Undo", "撤销")
}

/// Said when it is back.
pub fn brought_back(lang: Lang) -> &'static str {
    pick(lang, "Form restored.", "表单已恢复。")
}

/// The switch.
pub fn names(lang: Lang) -> &'static str {
    pick(lang, "API names", "API 参数名")
}

/// What the switch does.
pub fn names_why(lang: Lang) -> &'static str {
    pick(lang, "Shows each field's place in the request body", "显示每一项在请求体中的位置")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::tests::check_language;

    #[test]
    fn every_word_is_there_in_its_own_language() {
        for lang in [Lang::En, Lang::Zh] {
            for words in [anew, anew_why, emptied, undo, brought_back, names, names_why] {
                assert_eq!(check_language(words(lang), lang), Ok(()));
            }
        }
    }
}
