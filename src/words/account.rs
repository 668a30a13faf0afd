//! The strings of what is asked beside the tasks: the models of an account, and the check of a portrait.

use crate::account::{Match, Standing};
use crate::words::lang::Lang;
use crate::words::pick;

/// Every fixed string of both panels.
#[allow(missing_docs)] // The names are the documentation.
pub struct Words {
    pub models: &'static str,
    pub refresh: &'static str,
    pub asking: &'static str,
    pub needs_key: &'static str,
    pub needs_base: &'static str,
    pub models_free: &'static str,
    pub no_answer: &'static str,
    pub timeout: &'static str,
    pub offline: &'static str,
    pub unreadable: &'static str,
    pub refused: &'static str,
    pub copy_curl: &'static str,
    pub gateway_price: &'static str,
    pub catalog_price: &'static str,
    pub no_price: &'static str,
    pub none: &'static str,
    pub check: &'static str,
    pub checking: &'static str,
    pub check_needs_link: &'static str,
    pub passed: &'static str,
    pub no_person: &'static str,
    pub unsuitable: &'static str,
    pub already: &'static str,
    pub check_again: &'static str,
    pub check_no_answer: &'static str,
    pub check_offline: &'static str,
    pub check_unreadable: &'static str,
    pub check_refused: &'static str,
}

/// The strings in a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &EN,
        Lang::Zh => &ZH,
    }
}

static EN: Words = Words {
    models: "Models of this account",
    refresh: "Refresh",
    asking: "Loading the list…",
    needs_key: "Enter your API key first. The list is the one for your key.",
    needs_base: "Correct the base URL first.",
    models_free: "Reading the list creates no task.",
    no_answer: "The list couldn't be loaded. The network may be down, or this gateway may not let web pages read it (CORS). Try again, or run the cURL command in a terminal.",
    timeout: "The list took too long and the request was stopped. Try again.",
    offline: "The browser is offline. Connect to the network and try again.",
    unreadable: "The response isn't a list of models. Check the base URL.",
    refused: "The gateway refused the request.",
    copy_curl: "Copy cURL",
    gateway_price: "Gateway",
    catalog_price: "Catalog",
    no_price: "no price listed",
    none: "The list is empty: this key has no access to any model that makes videos. Check the key, its workspace and its region.",
    check: "Check the portrait",
    checking: "Checking the portrait…",
    check_needs_link: "Enter the link to the portrait first. A local file can't be checked.",
    passed: "Passed. This portrait can be used.",
    no_person: "Not passed: no person found. Use a clear photo of one person, facing the camera.",
    unsuitable: "Not passed. Use a clear, front-facing photo of one person with the face fully visible and not too small.",
    already: "This link was already checked, so nothing was sent.",
    check_again: "Check again",
    check_no_answer: "No response. The check may have been made and billed. Check the network before you press again.",
    check_offline: "The browser is offline, so nothing was sent. Connect to the network and press again.",
    check_unreadable: "The response couldn't be read. The check may have been billed. Check the base URL before you press again.",
    check_refused: "The portrait wasn't checked.",
};

static ZH: Words = Words {
    models: "此账号可用的模型",
    refresh: "刷新",
    asking: "正在获取列表…",
    needs_key: "请先填写 API Key，列表因 Key 而异。",
    needs_base: "请先修改接口地址。",
    models_free: "获取列表不会创建任务。",
    no_answer: "未能获取列表。可能是网络中断，也可能是该网关不允许网页读取（CORS）。请重试，或在终端运行 cURL 命令。",
    timeout: "获取列表超时，请求已终止。请重试。",
    offline: "浏览器处于离线状态，请连接网络后重试。",
    unreadable: "返回内容不是模型列表，请检查接口地址。",
    refused: "网关拒绝了请求。",
    copy_curl: "复制 cURL",
    gateway_price: "网关",
    catalog_price: "目录",
    no_price: "未列出价格",
    none: "列表为空：此 Key 没有任何视频模型的权限。请检查 Key 及其业务空间和地域。",
    check: "检测人像",
    checking: "正在检测人像…",
    check_needs_link: "请先填写人像的链接，本地文件无法检测。",
    passed: "检测通过，可以使用这张人像。",
    no_person: "未通过：图中没有找到人物。请换一张单人、正面、清晰的照片。",
    unsuitable: "未通过。请换一张单人、正面、清晰的照片，面部无遮挡且不要过小。",
    already: "这个链接已经检测过，本次没有发送请求。",
    check_again: "重新检测",
    check_no_answer: "没有收到响应，检测可能已经完成并计费。请先检查网络，再决定是否重试。",
    check_offline: "浏览器处于离线状态，请求没有发出。请连接网络后再检测。",
    check_unreadable: "无法识别返回内容，检测可能已经计费。请先检查接口地址，再决定是否重试。",
    check_refused: "人像没有被检测。",
};

/// Before the list: whose it is.
pub fn lead(lang: Lang, host: &str) -> String {
    match lang {
        Lang::En => ["The models your key may use at ", host, ", compared with this page's catalog."].concat(),
        Lang::Zh => ["您的 Key 在 ", host, " 可用的模型，并与本页目录对照。"].concat(),
    }
}

/// What the list came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// Models that the account lists and the catalog has.
    pub both: usize,
    /// Models that only the catalog has.
    pub not_listed: usize,
    /// Wan models that only the account lists.
    pub not_in_catalog: usize,
    /// Models with a price that is not the catalog's.
    pub differing: usize,
    /// Other models of the list.
    pub others: usize,
}

/// The list in one line.
pub fn sum(lang: Lang, sum: &Sum) -> String {
    let one = |count: usize, en: &str, zh: &str| {
        if lang == Lang::En { [&count.to_string(), " ", en].concat() } else { [zh, " ", &count.to_string()].concat() }
    };
    let mut parts = vec![one(sum.both, "in the catalog", "目录内")];
    let more = [
        (sum.not_listed, "not listed for this account", "此账号未列出"),
        (sum.not_in_catalog, "not in the catalog", "目录外"),
        (sum.differing, "with another price", "价格不同"),
        (sum.others, "models that aren't Wan (hidden)", "非万相模型（未显示）"),
    ];
    parts.extend(more.into_iter().filter(|(count, ..)| *count > 0).map(|(count, en, zh)| one(count, en, zh)));
    parts.join(" · ")
}

/// Where a model is.
pub fn standing(lang: Lang, standing: Standing) -> &'static str {
    match standing {
        Standing::Both => pick(lang, "In the catalog", "目录内"),
        Standing::NotListed => pick(lang, "Not listed for this account", "此账号未列出"),
        Standing::NotInCatalog => pick(lang, "Not in the catalog", "不在目录中"),
    }
}

/// How a price stands to the catalog's.
pub fn judged(lang: Lang, judged: Match) -> &'static str {
    match judged {
        Match::Same => pick(lang, "Same as the catalog", "与目录一致"),
        Match::Differs => pick(lang, "Differs from the catalog", "与目录不同"),
        Match::Open => pick(lang, "Can't be compared", "无法对照"),
    }
}

/// When a model is retired, as the gateway writes it.
pub fn retires(lang: Lang, day: &str) -> String {
    [pick(lang, "Retires on ", "下线时间："), day].concat()
}

/// A price for a second.
pub fn per_second(lang: Lang) -> &'static str {
    pick(lang, "/s", "/秒")
}

/// What a check costs, and when.
pub fn check_price(lang: Lang, model: &str, free: Option<u32>) -> String {
    let free = free.map(|count| count.to_string());
    match (lang, free) {
        (Lang::En, Some(free)) => {
            ["By ", model, ". Billed per image, passed or not. New accounts: ", &free, " free."].concat()
        }
        (Lang::En, None) => ["By ", model, ". Billed per image, passed or not."].concat(),
        (Lang::Zh, Some(free)) => {
            ["由 ", model, " 检测，按张计费，无论是否通过。新开通用户赠送 ", &free, " 张。"].concat()
        }
        (Lang::Zh, None) => ["由 ", model, " 检测，按张计费，无论是否通过。"].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::tests::check_language;

    #[test]
    fn every_string_is_there_in_its_own_language() {
        for lang in [Lang::En, Lang::Zh] {
            let w = words(lang);
            let fixed = [
                w.models,
                w.refresh,
                w.asking,
                w.needs_key,
                w.needs_base,
                w.models_free,
                w.no_answer,
                w.timeout,
                w.offline,
                w.unreadable,
                w.refused,
                w.copy_curl,
                w.gateway_price,
                w.catalog_price,
                w.no_price,
                w.none,
                w.check,
                w.checking,
                w.check_needs_link,
                w.passed,
                w.no_person,
                w.unsuitable,
                w.already,
                w.check_again,
                w.check_no_answer,
                w.check_offline,
                w.check_unreadable,
                w.check_refused,
            ];
            let count = Sum { both: 1, not_listed: 2, not_in_catalog: 3, differing: 4, others: 5 };
            let mut all: Vec<String> = fixed.iter().map(|text| (*text).to_owned()).collect();
            all.extend(
                [Standing::Both, Standing::NotListed, Standing::NotInCatalog].map(|one| standing(lang, one).into()),
            );
            all.extend([Match::Same, Match::Differs, Match::Open].map(|one| judged(lang, one).into()));
            all.extend([lead(lang, ""), sum(lang, &count), retires(lang, "")]);
            all.extend([check_price(lang, "", Some(200)), check_price(lang, "", None)]);
            for text in all {
                assert_eq!(check_language(&text, lang), Ok(()), "{text}");
            }
        }
    }

    #[test]
    fn what_is_not_there_is_not_counted() {
        let count = Sum { both: 3, not_listed: 0, not_in_catalog: 1, differing: 0, others: 0 };
        assert_eq!(sum(Lang::En, &count), "3 in the catalog · 1 not in the catalog");
        assert_eq!(sum(Lang::Zh, &count), "目录内 3 · 目录外 1");
    }
}
