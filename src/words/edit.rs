//! The words around the body of a request while it is edited as JSON.

use crate::reading::edit::Fault;
use crate::reading::json::Spot;
use crate::words::lang::Lang;

/// Every fixed word.
#[allow(missing_docs)] // The names are the documentation.
pub struct Words {
    pub open: &'static str,
    pub label: &'static str,
    pub lead: &'static str,
    pub apply: &'static str,
    pub cancel: &'static str,
    pub applied: &'static str,
}

/// The words in a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &Words {
            open: "Edit as JSON",
            label: "Request body as JSON",
            lead: "Fields the form knows go into the form. Anything else is kept and sent as you wrote it.",
            apply: "Apply",
            cancel: "Cancel",
            applied: "The form now has your changes.",
        },
        Lang::Zh => &Words {
            open: "编辑 JSON",
            label: "请求体 JSON",
            lead: "表单认识的字段会填入表单，其余内容按原样保留并发送。",
            apply: "应用",
            cancel: "取消",
            applied: "修改已应用到表单。",
        },
    }
}

/// Why an edited body cannot be taken.
pub fn fault(lang: Lang, fault: &Fault) -> String {
    match (lang, fault) {
        (Lang::En, Fault::Broken(Spot { line, column })) => {
            format!("Not valid JSON from line {line}, column {column} on.")
        }
        (Lang::Zh, Fault::Broken(Spot { line, column })) => format!("从第 {line} 行第 {column} 列起不是合法的 JSON。"),
        (Lang::En, Fault::NotObject) => "The body has to be a JSON object: {…}.".to_owned(),
        (Lang::Zh, Fault::NotObject) => "请求体必须是 JSON 对象：{…}。".to_owned(),
        (Lang::En, Fault::Model(name)) => {
            format!("The form has no model “{name}” at this gateway. Nothing was changed.")
        }
        (Lang::Zh, Fault::Model(name)) => format!("表单在该网关没有“{name}”这个模型，未做任何修改。"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::tests::check_language;

    #[test]
    fn every_fault_is_said_in_both_languages() {
        let spot = Spot { line: 3, column: 7 };
        for lang in [Lang::En, Lang::Zh] {
            for why in [Fault::Broken(spot), Fault::NotObject] {
                assert_eq!(check_language(&fault(lang, &why), lang), Ok(()), "{why:?}");
            }
            let said = fault(lang, &Fault::Broken(spot));
            assert!(said.contains('3') && said.contains('7'), "{said}");
            assert!(fault(lang, &Fault::Model("wan9".into())).contains("wan9"));
        }
    }
}
