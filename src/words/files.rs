//! What is said beside a file from the user's device, and beside a link to one: facts, mends, doubts, the upload.

use crate::catalog::MediaKind;
use crate::media::link::Doubt;
use crate::media::mend::Step;
use crate::upload::Stale;
use crate::upload::shelf::Again;
use crate::words::lang::Lang;
use crate::words::media::{seconds, sides};
use crate::words::plain::{bytes, media_kind, pick};

/// The fixed words.
pub struct Words {
    /// While a mend is carried out.
    pub mending: &'static str,
    /// Where the browser could not.
    pub not_mended: &'static str,
    /// The file was moved, renamed or changed after it was chosen.
    pub vanished: &'static str,
    /// While the gateway is asked.
    pub asking: &'static str,
    /// Stops an upload.
    pub cancel: &'static str,
    /// An upload was stopped.
    pub stopped: &'static str,
    /// Starts it once more.
    pub again: &'static str,
    /// No answer came.
    pub no_answer: &'static str,
    /// The mend of a link to a page.
    pub use_file: &'static str,
    /// Beside a link into Alibaba's store.
    pub stored: &'static str,
    /// Closes a notice.
    pub close: &'static str,
}

/// The fixed words of a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &Words {
            mending: "Converting…",
            not_mended: "The browser couldn't convert this file. Convert it in another program and choose it again.",
            vanished: "The file can't be read any more: it was moved, renamed or changed. Choose it again.",
            asking: "Requesting upload permission…",
            cancel: "Cancel upload",
            stopped: "Upload canceled. Nothing was sent to the model.",
            again: "Upload again",
            no_answer: "The upload failed: no network, or the gateway doesn't allow web pages. Nothing is billed. If this page has a relay, turn it on above and upload again.",
            use_file: "Use the direct link",
            stored: "A file in DashScope's temporary storage: deleted 48 h after upload, and only usable by the account that uploaded it, with the model it was uploaded for.",
            close: "Close",
        },
        Lang::Zh => &Words {
            mending: "正在转换…",
            not_mended: "浏览器无法转换这个文件，请用其他软件转换后重新选择。",
            vanished: "文件已无法读取（可能被移动、改名或修改过），请重新选择。",
            asking: "正在申请上传凭证…",
            cancel: "取消上传",
            stopped: "已取消上传，没有发送任何生成请求。",
            again: "重新上传",
            no_answer: "上传未成功：网络不通，或该网关不允许网页直接访问。不会计费。如果页面带有转发服务，请先在上方开启，再重新上传。",
            use_file: "改用直链",
            stored: "这是百炼临时存储中的文件：上传 48 小时后删除，只有上传它的账号、用上传时指定的模型才能使用。",
            close: "关闭",
        },
    }
}

/// What is known of a file, in one line.
pub fn facts(lang: Lang, size: u64, pixels: Option<(u32, u32)>, millis: Option<u64>, base64: Option<u64>) -> String {
    let mut parts = vec![bytes(size)];
    parts.extend(pixels.map(|(width, height)| sides(width, height)));
    parts.extend(millis.map(|millis| [seconds(millis).as_str(), pick(lang, " s", " 秒")].concat()));
    parts.extend(base64.map(|base64| match lang {
        Lang::En => ["sent as base64 (", &bytes(base64), ")"].concat(),
        Lang::Zh => ["以 base64 随请求发送（", &bytes(base64), "）"].concat(),
    }));
    parts.join(" · ")
}

/// The name of a file says another format than it has.
pub fn misnamed(lang: Lang, ending: &str, format: &str) -> String {
    match lang {
        Lang::En => ["Named .", ending, ", but it is ", format, ". The actual format is used."].concat(),
        Lang::Zh => ["扩展名是 .", ending, "，内容其实是 ", format, "，将按实际格式发送。"].concat(),
    }
}

/// The button that mends a file: what it does, in order.
pub fn mend(lang: Lang, steps: &[Step]) -> String {
    let one = |step: &Step| match (lang, step) {
        (Lang::En, Step::Flatten) => "flatten onto white".to_owned(),
        (Lang::En, Step::Crop(width, height)) => ["crop to ", &sides(*width, *height)].concat(),
        (Lang::En, Step::Shrink(width, height)) => ["scale to ", &sides(*width, *height)].concat(),
        (Lang::En, Step::Enlarge(width, height)) => ["enlarge to ", &sides(*width, *height)].concat(),
        (Lang::En, Step::Compress(most)) => ["compress to ", &bytes(*most)].concat(),
        (Lang::En, Step::Convert(format)) => ["convert to ", &format.ending().to_ascii_uppercase()].concat(),
        (Lang::En, Step::Cut(millis)) => ["keep the first ", &seconds(*millis), " s"].concat(),
        (Lang::Zh, Step::Flatten) => "铺上白色背景".to_owned(),
        (Lang::Zh, Step::Crop(width, height)) => ["裁剪为 ", &sides(*width, *height)].concat(),
        (Lang::Zh, Step::Shrink(width, height)) => ["缩小到 ", &sides(*width, *height)].concat(),
        (Lang::Zh, Step::Enlarge(width, height)) => ["放大到 ", &sides(*width, *height)].concat(),
        (Lang::Zh, Step::Compress(most)) => ["压缩到 ", &bytes(*most), " 以内"].concat(),
        (Lang::Zh, Step::Convert(format)) => ["转成 ", &format.ending().to_ascii_uppercase()].concat(),
        (Lang::Zh, Step::Cut(millis)) => ["保留前 ", &seconds(*millis), " 秒"].concat(),
    };
    let all = steps.iter().map(one).collect::<Vec<_>>().join(pick(lang, ", ", "，"));
    let mut signs = all.chars();
    signs.next().map(|first| std::iter::once(first.to_ascii_uppercase()).chain(signs).collect()).unwrap_or_default()
}

/// Why a gateway will probably not get a file from a link. `ended`: the day and time, if it ended.
pub fn doubt(lang: Lang, doubt: &Doubt, ended: &str) -> String {
    match (lang, doubt) {
        (Lang::En, Doubt::Private) => {
            "Only your own network can open this address; the gateway can't. Put the file on a public server."
                .to_owned()
        }
        (Lang::Zh, Doubt::Private) => "这个地址只有你的本机或内网能访问，网关打不开。请把文件放到公网地址。".to_owned(),
        (Lang::En, Doubt::Page { host, file: Some(_) }) => {
            ["This link opens a page at ", host, ", not the file. There is a direct link."].concat()
        }
        (Lang::Zh, Doubt::Page { host, file: Some(_) }) => {
            ["这是 ", host, " 的网页链接，不是文件本身，可改用直链。"].concat()
        }
        (Lang::En, Doubt::Page { host, file: None }) => [
            "This link opens a page at ",
            host,
            ", not a file, and the gateway would get the page. Use a link that opens the file directly.",
        ]
        .concat(),
        (Lang::Zh, Doubt::Page { host, file: None }) => {
            ["这是 ", host, " 的网页链接，不是文件本身，网关取不到素材。请换成能直接打开文件的链接。"].concat()
        }
        (Lang::En, Doubt::Ended(_)) => ["The signature of this link expired on ", ended, ". Get a new link."].concat(),
        (Lang::Zh, Doubt::Ended(_)) => ["这个链接的签名已于 ", ended, " 过期，请重新获取链接。"].concat(),
    }
}

/// The button that uploads: where to, and on what terms.
pub fn upload(lang: Lang, gateway: &str, hours: Option<u32>) -> String {
    let hours = hours.map(|hours| hours.to_string());
    match (lang, hours) {
        (Lang::En, Some(hours)) => ["Upload to ", gateway, " · free, kept ", &hours, " h"].concat(),
        (Lang::En, None) => ["Upload to ", gateway].concat(),
        (Lang::Zh, Some(hours)) => ["上传到 ", gateway, " · 免费，保留 ", &hours, " 小时"].concat(),
        (Lang::Zh, None) => ["上传到 ", gateway].concat(),
    }
}

/// Where it goes, where that is more than the address of the tasks; and that no document tells of it.
pub fn terms(lang: Lang, host: &str, undocumented: bool) -> String {
    let mut said = match lang {
        Lang::En => ["The file goes to ", host, ", with your key."].concat(),
        Lang::Zh => ["文件会连同你的 Key 发往 ", host, "。"].concat(),
    };
    if undocumented {
        said.push_str(pick(lang, " No public document describes this upload.", "该上传接口没有公开文档。"));
    }
    said
}

/// How far an upload is.
pub fn sending(lang: Lang, sent: u64, of: u64) -> String {
    let share = (sent * 100).checked_div(of).unwrap_or(0).min(100).to_string();
    match lang {
        Lang::En => ["Uploading… ", &share, " % of ", &bytes(of)].concat(),
        Lang::Zh => ["正在上传… ", &bytes(of), " 的 ", &share, "%"].concat(),
    }
}

/// A file lies at the gateway: until when, and for which model only.
pub fn there(lang: Lang, until: Option<&str>, model: Option<&str>) -> String {
    let mut parts = vec![pick(lang, "Uploaded", "已上传").to_owned()];
    parts.extend(until.map(|until| [pick(lang, "kept until ", "保留至 "), until].concat()));
    parts.extend(model.map(|model| match lang {
        Lang::En => ["for ", model, " only"].concat(),
        Lang::Zh => ["仅限 ", model].concat(),
    }));
    parts.join(" · ")
}

/// Why a file has to be uploaded again.
pub fn again(lang: Lang, why: Again) -> &'static str {
    let (en, zh) = match why {
        Again::Stale(Stale::Ended) => ("The gateway has deleted the uploaded file.", "网关已删除上传的文件。"),
        Again::Stale(Stale::Gateway) => ("It was uploaded to another gateway.", "文件此前上传到了另一个网关。"),
        Again::Stale(Stale::Model) => ("It was uploaded for another model.", "文件此前是为另一个模型上传的。"),
        Again::Key => ("It was uploaded with another key.", "文件此前是用另一个 Key 上传的。"),
    };
    pick(lang, en, zh)
}

/// A file came to no field, and which model would take it.
pub fn homeless(lang: Lang, name: &str, kind: MediaKind) -> String {
    let kind = media_kind(lang, kind);
    match lang {
        Lang::En => {
            let article = if kind == "Video" { "a " } else { "an " };
            ["“", name, "” is ", article, &kind.to_ascii_lowercase(), " file. The chosen model has no field for it."]
                .concat()
        }
        Lang::Zh => ["“", name, "”是", kind, "文件，当前模型没有可放它的字段。"].concat(),
    }
}

/// The button that chooses another model for it.
pub fn elsewhere(lang: Lang, model: &str, field: &str) -> String {
    match lang {
        Lang::En => ["Use it as ", &field.to_ascii_lowercase(), " with ", model].concat(),
        Lang::Zh => ["改用 ", model, "，放入", field].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_language;
    use super::*;
    use crate::media::Format;

    #[test]
    fn every_sentence_is_there_in_both_languages() {
        for lang in [Lang::En, Lang::Zh] {
            let w = words(lang);
            let mut said: Vec<String> = [
                w.mending,
                w.not_mended,
                w.vanished,
                w.asking,
                w.cancel,
                w.stopped,
                w.again,
                w.no_answer,
                w.use_file,
                w.stored,
                w.close,
            ]
            .map(str::to_owned)
            .to_vec();
            let steps = [
                Step::Flatten,
                Step::Crop(1, 2),
                Step::Shrink(1, 2),
                Step::Enlarge(1, 2),
                Step::Compress(1 << 20),
                Step::Convert(Format::Wav),
                Step::Cut(19_900),
            ];
            said.push(mend(lang, &steps));
            let page = |file: Option<&str>| Doubt::Page { host: "1".into(), file: file.map(str::to_owned) };
            for one in [Doubt::Private, page(None), page(Some("1")), Doubt::Ended(1)] {
                said.push(doubt(lang, &one, "1"));
            }
            for why in [Stale::Ended, Stale::Gateway, Stale::Model].map(Again::Stale).into_iter().chain([Again::Key]) {
                said.push(again(lang, why).to_owned());
            }
            said.extend([
                facts(lang, 1 << 20, Some((1, 2)), Some(1000), Some(2 << 20)),
                misnamed(lang, "1", "PNG"),
                upload(lang, "1", Some(48)),
                upload(lang, "1", None),
                terms(lang, "1", true),
                sending(lang, 1 << 20, 2 << 20),
                there(lang, Some("1"), Some("2")),
                elsewhere(lang, "1", pick(lang, "Portrait", "人像")),
            ]);
            for kind in [MediaKind::Image, MediaKind::Audio, MediaKind::Video] {
                said.push(homeless(lang, "1", kind));
            }
            for text in said {
                assert_eq!(check_language(&text, lang), Ok(()), "{text}");
            }
        }
        assert_eq!(mend(Lang::En, &[Step::Flatten]), "Flatten onto white");
        assert_eq!(
            mend(Lang::En, &[Step::Crop(200, 1600), Step::Enlarge(240, 1920)]),
            "Crop to 200 × 1600, enlarge to 240 × 1920"
        );
    }
}
