//! What the form says of a request before it is sent: what travels along, what would be taken and is not meant, and a
//! base that is none.

use crate::address::Mistaken;
use crate::catalog::MediaKind;
use crate::checked::Trap;
use crate::words::lang::Lang;
use crate::words::pick;

/// The fixed words.
pub struct Words {
    /// Over what travels along.
    pub along: &'static str,
    /// Before the price without it.
    pub without: &'static str,
    /// Said when it was taken out.
    pub removed: &'static str,
    /// The mend for a picture with transparency.
    pub flatten: &'static str,
    /// While it is carried out.
    pub flattening: &'static str,
    /// Where the browser could not.
    pub not_flattened: &'static str,
    /// A key was typed as an address.
    pub is_key: &'static str,
    /// The mend.
    pub move_key: &'static str,
    /// The mend for a whole endpoint.
    pub use_base: &'static str,
}

/// The fixed words of a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &Words {
            along: "Also sent",
            without: "without it",
            removed: "Removed.",
            flatten: "Flatten onto white",
            flattening: "Converting…",
            not_flattened: "The browser couldn't convert this image. Save it without transparency and choose it again.",
            is_key: "This is a key, not an address.",
            move_key: "Move it to the key field",
            use_base: "Use this URL",
        },
        Lang::Zh => &Words {
            along: "还会一并发送",
            without: "移除后",
            removed: "已移除。",
            flatten: "铺上白色背景",
            flattening: "正在转换…",
            not_flattened: "浏览器无法转换这张图片。请另存为不含透明通道的图片后重新选择。",
            is_key: "这是 API Key，不是地址。",
            move_key: "移到 Key 输入框",
            use_base: "使用该地址",
        },
    }
}

/// Under which model a value was set.
pub fn set_for(lang: Lang, model: &str) -> String {
    match lang {
        Lang::En => ["set for ", model].concat(),
        Lang::Zh => ["为 ", model, " 设置"].concat(),
    }
}

/// The name of the button that removes it, for those who do not see the line.
pub fn remove(lang: Lang, name: &str) -> String {
    [pick(lang, "Remove ", "移除"), name].concat()
}

/// A whole endpoint was typed as a base.
pub fn whole_endpoint(lang: Lang, base: &str) -> String {
    match lang {
        Lang::En => ["This includes the path, which the page adds itself. The base URL is ", base, "."].concat(),
        Lang::Zh => ["这里多填了接口路径，页面会自动补全。基础地址是 ", base, "。"].concat(),
    }
}

/// What mends a base that is something else.
pub fn mend(lang: Lang, found: &Mistaken) -> &'static str {
    match found {
        Mistaken::Key => words(lang).move_key,
        Mistaken::Endpoint(_) => words(lang).use_base,
    }
}

/// A request that would be taken and is not what was meant.
pub fn trap(lang: Lang, trap: &Trap) -> String {
    match trap {
        Trap::Unused { path } => match lang {
            Lang::En => [
                "This model has no media parameter ",
                path,
                ". The media would be ignored, and the video still billed.",
            ]
            .concat(),
            Lang::Zh => ["此模型没有 ", path, " 这个素材参数：素材不会被使用，视频仍会计费。"].concat(),
        },
        Trap::NoSuchReference { name, kind, there } => no_such(lang, name, *kind, *there),
        Trap::NamedOtherwise { name, by_kind: true } => match lang {
            Lang::En => ["This model doesn't recognize “", name, "”. Refer to them as Image 1, Video 1 …"].concat(),
            Lang::Zh => ["此模型不识别“", name, "”，请用“图1”“视频1”指代参考素材。"].concat(),
        },
        Trap::NamedOtherwise { name, by_kind: false } => match lang {
            Lang::En => {
                ["This model doesn't recognize “", name, "”. Refer to them as character1, character2 …"].concat()
            }
            Lang::Zh => ["此模型不识别“", name, "”，请用 character1、character2 指代参考素材。"].concat(),
        },
    }
}

fn no_such(lang: Lang, name: &str, kind: Option<MediaKind>, there: usize) -> String {
    let count = there.to_string();
    let apart = if kind.is_some() {
        pick(lang, " Images and videos are numbered separately.", "图片与视频分别编号。")
    } else {
        ""
    };
    let things = match kind {
        Some(MediaKind::Image) => ["image", "images", "图片", " 张"],
        Some(MediaKind::Audio) => ["audio file", "audio files", "音频", " 段"],
        Some(MediaKind::Video) => ["video", "videos", "视频", " 段"],
        None => ["reference", "references", "参考素材", " 个"],
    };
    match (lang, there) {
        (Lang::En, 0) => ["The prompt names “", name, "”, but there is no ", things[0], ".", apart].concat(),
        (Lang::En, 1) => ["The prompt names “", name, "”, but there is only 1 ", things[0], ".", apart].concat(),
        (Lang::En, _) => {
            ["The prompt names “", name, "”, but there are only ", &count, " ", things[1], ".", apart].concat()
        }
        (Lang::Zh, 0) => ["提示词提到了“", name, "”，但没有添加", things[2], "。", apart].concat(),
        (Lang::Zh, _) => ["提示词提到了“", name, "”，但只有 ", &count, things[3], things[2], "。", apart].concat(),
    }
}

/// The name of a reference in a prompt: by what it is, with its number among its kind, or as a character.
pub fn reference_name(lang: Lang, kind: Option<MediaKind>, number: usize) -> String {
    let word = match kind {
        Some(MediaKind::Image) => pick(lang, "Image ", "图"),
        Some(MediaKind::Video) => pick(lang, "Video ", "视频"),
        Some(MediaKind::Audio) => pick(lang, "Audio ", "音频"),
        None => "character",
    };
    [word, &number.to_string()].concat()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_language;
    use super::*;

    #[test]
    fn every_sentence_is_there_in_both_languages() {
        for lang in [Lang::En, Lang::Zh] {
            let fixed = words(lang);
            let mut said: Vec<String> = [
                fixed.along,
                fixed.without,
                fixed.removed,
                fixed.flatten,
                fixed.flattening,
                fixed.not_flattened,
                fixed.is_key,
                fixed.move_key,
                fixed.use_base,
            ]
            .map(str::to_owned)
            .to_vec();
            said.extend([set_for(lang, "X"), remove(lang, "X"), whole_endpoint(lang, "https")]);
            for kind in [None, Some(MediaKind::Image), Some(MediaKind::Video), Some(MediaKind::Audio)] {
                for there in 0..3 {
                    said.push(no_such(lang, "1", kind, there));
                }
            }
            said.push(trap(lang, &Trap::Unused { path: "1".into() }));
            for text in said {
                let plain = text.replace(" X", " ").replace('X', "");
                assert_eq!(check_language(&plain, lang), Ok(()), "{text}");
            }
        }
    }
}
