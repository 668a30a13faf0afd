//! The words of a page within another page.

use crate::words::lang::Lang;

/// All of them.
#[allow(missing_docs)] // The names are the documentation.
pub struct Words {
    pub open: &'static str,
    pub within: &'static str,
    pub unnamed: &'static str,
    pub told: &'static str,
}

/// The words in a language.
pub const fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &Words {
            open: "Open in a tab",
            within: "This form is shown within another site: ",
            unnamed: "one that this browser doesn't name",
            told: ". That site can see what you enter and the results, but not your key: it stays in this frame.",
        },
        Lang::Zh => &Words {
            open: "在新标签页打开",
            within: "此表单嵌在另一个网站中：",
            unnamed: "浏览器没有提供它的名称",
            told: "。该网站可以得知您填写的内容和结果，但得不到 Key：Key 只留在此框架内。",
        },
    }
}
