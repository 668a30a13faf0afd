//! Words for those who hear the page, and for those who steer it by keys or with one thumb.

use crate::money::Money;
use crate::words::lang::Lang;

/// The switch of the keys that work alone.
pub fn single_keys(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Single-key shortcuts ( / and ? )",
        Lang::Zh => "启用单键快捷键（/ 和 ?）",
    }
}

/// Goes to the task on the stage, where the screen is too small for both.
pub fn to_stage(lang: Lang, state: &str) -> String {
    let words = if lang == Lang::En { ["Show task: ", ""] } else { ["查看任务：", ""] };
    [words[0], state, words[1]].concat()
}

/// Where a task stands, for those who listen.
pub fn task_is(lang: Lang, number: &str, state: &str) -> String {
    let words = if lang == Lang::En { ["Task ", ": "] } else { ["任务 ", "："] };
    [words[0], number, words[1], state].concat()
}

/// How long a text may be, for those who do not see the count beside it.
pub fn at_most(lang: Lang, chars: u32) -> String {
    let words = if lang == Lang::En { ["At most ", " characters"] } else { ["最多 ", " 个字符"] };
    [words[0], &chars.to_string(), words[1]].concat()
}

/// An amount as the language writes it: `¥` alone is a yen to those who read English, and `$` alone is not said in
/// Chinese.
pub fn money(lang: Lang, amount: Money, currency: &str) -> String {
    let land = match (lang, currency) {
        (Lang::En, "CNY") => "CN",
        (Lang::Zh, "USD") => "US",
        _ => "",
    };
    [land, &amount.with_sign(currency)].concat()
}

/// A sum of money, to the hundredth.
pub fn sum(lang: Lang, amount: Money, currency: &str) -> String {
    money(lang, amount.rounded(), currency)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::tests::check_language;

    #[test]
    fn every_word_is_there_in_its_own_language() {
        for lang in [Lang::En, Lang::Zh] {
            for words in [single_keys(lang).to_owned(), to_stage(lang, ""), task_is(lang, "1", ""), at_most(lang, 800)]
            {
                assert_eq!(check_language(&words, lang), Ok(()));
            }
        }
    }

    #[test]
    fn a_currency_is_named_where_its_sign_means_another() {
        let amount = Money::parse("3").expect("a decimal");
        let said = |lang, currency| money(lang, amount, currency);
        assert_eq!([said(Lang::En, "CNY"), said(Lang::En, "USD")], ["CN¥3.00", "$3.00"]);
        assert_eq!([said(Lang::Zh, "CNY"), said(Lang::Zh, "USD")], ["¥3.00", "US$3.00"]);
        assert_eq!(said(Lang::Zh, "EUR"), "EUR 3.00");
    }
}
