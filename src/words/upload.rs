//! The sentences of uploads: what may become of a file from the user's device at a gateway's place, and what to do when
//! it does not get there.

use crate::upload::trouble::{Next, Trouble};
use crate::upload::{NoPlace, Stale, Unfit};
use crate::words::lang::Lang;
use crate::words::pick;

/// Why a file cannot be uploaded for a field, and what works instead.
pub fn no_place(lang: Lang, why: NoPlace) -> &'static str {
    let (en, zh) = match why {
        NoPlace::None => (
            "This gateway only accepts URLs here. Put the file where it opens without a login – an OSS, S3 or R2 object with a signed URL, or a release asset – and paste its URL. Cloud drive pages don't work.",
            "此处只接受链接。请把文件放到无需登录即可访问的位置（例如带签名的 OSS、S3、R2 链接），再粘贴链接；网盘分享页不可用。",
        ),
        NoPlace::Region => (
            "Uploads only work in the Beijing region. Switch the base URL to Beijing, or paste a URL.",
            "文件上传仅支持北京地域。请切换到北京的接口地址，或直接粘贴链接。",
        ),
    };
    pick(lang, en, zh)
}

/// Why a place does not take a file.
pub fn unfit(lang: Lang, why: Unfit) -> String {
    match why {
        Unfit::Empty => pick(lang, "The file is empty. Choose another one.", "文件为空，请重新选择。").to_owned(),
        Unfit::TooLarge(limit) => too_large(lang, Some(limit)),
        Unfit::Format(formats) => {
            let list = formats.join(", ");
            match lang {
                Lang::En => ["Uploads here must be one of: ", &list, ". Convert the file, or paste a URL."].concat(),
                Lang::Zh => ["此处只能上传这些格式：", &list, "。请转换格式，或直接粘贴链接。"].concat(),
            }
        }
        Unfit::Kind => pick(
            lang,
            "Files of this type can't be uploaded here. Paste a URL instead.",
            "此处不能上传这类文件，请直接粘贴链接。",
        )
        .to_owned(),
    }
}

fn too_large(lang: Lang, limit: Option<u64>) -> String {
    let megabytes = limit.map(|bytes| (bytes >> 20).to_string());
    match (lang, megabytes) {
        (Lang::En, Some(mb)) => ["The file is too large to upload. The limit is ", &mb, " MB."].concat(),
        (Lang::En, None) => "The file is too large to upload. Use a smaller one, or paste a URL.".to_owned(),
        (Lang::Zh, Some(mb)) => ["文件过大，无法上传，上限为 ", &mb, " MB。"].concat(),
        (Lang::Zh, None) => "文件过大，无法上传。请换小一些的文件，或直接粘贴链接。".to_owned(),
    }
}

/// What went wrong with an upload, and what to do about it.
pub fn trouble(lang: Lang, why: &Trouble) -> String {
    let (en, zh) = match why {
        Trouble::Expired => (
            "The upload permission expired before the file arrived. Upload again.",
            "上传凭证在文件传完前已过期，请重新上传。",
        ),
        Trouble::NameTaken => (
            "A file with this name already exists there. Upload again; the name will change.",
            "存储中已有同名文件。请重新上传，文件名会自动更换。",
        ),
        Trouble::TooLarge(limit) => return too_large(lang, *limit),
        Trouble::Format => (
            "This file format isn't accepted. Convert the file, or paste a URL.",
            "不接受此文件格式。请转换格式，或直接粘贴链接。",
        ),
        Trouble::SlowDown(_) => (
            "Too many uploads for now. Wait a minute, then upload again; a daily limit needs until tomorrow.",
            "上传过于频繁或已达上限。请稍等一分钟再上传；若是每日上限，请明天再试。",
        ),
        Trouble::Key(_) => (
            "The key was refused. Check that it is complete and belongs to this gateway and region.",
            "Key 被拒绝。请检查是否完整，以及是否属于这个网关和地域。",
        ),
        Trouble::NotHere(_) => (
            "This base URL doesn't take uploads for this model. Use the Beijing base URL, or paste a URL.",
            "此接口地址不支持为该模型上传文件。请改用北京的接口地址，或直接粘贴链接。",
        ),
        Trouble::Store(_) => (
            "The gateway returned an upload URL that isn't Alibaba's, so nothing was sent there. Check the base URL, or paste a URL.",
            "网关返回的上传地址不属于阿里云，文件未发送。请检查接口地址，或直接粘贴链接。",
        ),
        Trouble::Refused(_) => (
            "The upload was refused; nothing is billed. If uploading again doesn't help, paste a URL.",
            "上传被拒绝，未产生费用。重新上传仍失败时，请直接粘贴链接。",
        ),
        Trouble::Unreadable(_) => (
            "The response to the upload makes no sense; nothing is billed. Upload again.",
            "无法识别上传的响应，未产生费用。请重新上传。",
        ),
    };
    pick(lang, en, zh).to_owned()
}

/// The button for what comes next.
pub fn next(lang: Lang, next: Next) -> &'static str {
    let (en, zh) = match next {
        Next::Again | Next::Later => ("Upload again", "重新上传"),
        Next::OtherFile => ("Choose another file", "更换文件"),
        Next::OtherKey => ("Change key", "更换 Key"),
        Next::Elsewhere => ("Paste a URL", "粘贴链接"),
    };
    pick(lang, en, zh)
}

/// Why an uploaded file has to be uploaded again.
pub fn stale(lang: Lang, why: Stale) -> &'static str {
    let (en, zh) = match why {
        Stale::Ended => ("The gateway has deleted this file. Upload it again.", "网关已删除此文件，请重新上传。"),
        Stale::Gateway => {
            ("This file was uploaded to another gateway. Upload it again.", "此文件已上传到另一个网关，请重新上传。")
        }
        Stale::Model => {
            ("This file was uploaded for another model. Upload it again.", "此文件是为另一个模型上传的，请重新上传。")
        }
    };
    pick(lang, en, zh)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Fault, Unreadable};
    use crate::words::tests::check_language;

    #[test]
    fn every_sentence_is_in_its_own_language() {
        let fault = Fault::default;
        for lang in [Lang::En, Lang::Zh] {
            let mut said: Vec<String> = Vec::new();
            said.extend(
                [NoPlace::None, NoPlace::Region]
                    .map(|why| no_place(lang, why).replace("S3", "").replace("R2", "").replace("OSS", "")),
            );
            said.extend(
                [Unfit::Empty, Unfit::TooLarge(20 << 20), Unfit::Format(&[]), Unfit::Kind].map(|why| unfit(lang, why)),
            );
            for why in [
                Trouble::Expired,
                Trouble::NameTaken,
                Trouble::TooLarge(None),
                Trouble::TooLarge(Some(100 << 20)),
                Trouble::Format,
                Trouble::SlowDown(fault()),
                Trouble::Key(fault()),
                Trouble::NotHere(fault()),
                Trouble::Store(String::new()),
                Trouble::Refused(fault()),
                Trouble::Unreadable(Unreadable::Empty),
            ] {
                said.push(trouble(lang, &why));
                said.push(next(lang, why.next()).to_owned());
            }
            said.extend([Stale::Ended, Stale::Gateway, Stale::Model].map(|why| stale(lang, why).to_owned()));
            for text in said {
                check_language(&text, lang).unwrap_or_else(|why| panic!("{why}"));
            }
        }
    }
}
