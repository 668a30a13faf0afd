//! What an outcome means, as answers to the questions people ask.

use crate::verdict::Verdict;
use crate::web::component::dom::{El, class, el};
use crate::web::state::App;
use crate::words::failure as words;

/// The five answers, in the order people ask. What there is nothing to say of is left out.
pub fn answers(app: App, happened: &str, billed: &str, found: Verdict) -> El {
    let (texts, lang) = (app.texts(), app.lang());
    let labels = words::labels(lang);
    let row = |title: &str, words: &str, id: &str| {
        let answer = || class("div", "answer").add(el("dt").text(title)).add(el("dd").attr("id", id).text(words));
        (!words.is_empty()).then(answer)
    };
    class("dl", "answers")
        .add(row(texts.what_happened, happened, "happened"))
        .add(row(labels.blame, words::blame(lang, found.blame), "blame"))
        .add(row(texts.was_it_billed, billed, "billed"))
        .add(row(labels.retry, words::retry(lang, found.retry), "retry"))
        .add(row(texts.what_to_do, &words::advice(lang, found.advice), "advice"))
}
