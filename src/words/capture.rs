//! The words of camera and microphone at a field.

use crate::media::capture::Trouble;
use crate::words::lang::Lang;
use crate::words::pick;

/// The fixed words.
#[allow(missing_docs)] // The names are the documentation.
pub struct Words {
    pub photo: &'static str,
    pub record: &'static str,
    pub asking_camera: &'static str,
    pub asking_microphone: &'static str,
    pub preview: &'static str,
    pub shoot: &'static str,
    pub use_recording: &'static str,
    pub cancel: &'static str,
    pub working: &'static str,
}

/// The words in a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &Words {
            photo: "Use camera",
            record: "Record audio",
            asking_camera: "Allow the camera in your browser…",
            asking_microphone: "Allow the microphone in your browser…",
            preview: "Camera preview",
            shoot: "Take photo",
            use_recording: "Stop and use",
            cancel: "Cancel",
            working: "Converting…",
        },
        Lang::Zh => &Words {
            photo: "使用摄像头",
            record: "录音",
            asking_camera: "请在浏览器中允许使用摄像头…",
            asking_microphone: "请在浏览器中允许使用麦克风…",
            preview: "摄像头预览",
            shoot: "拍照",
            use_recording: "停止并使用",
            cancel: "取消",
            working: "正在转换…",
        },
    }
}

/// While the microphone is on, and when it stops by itself.
pub fn recording(lang: Lang, longest_ms: u64) -> String {
    let seconds = longest_ms.div_ceil(1000).to_string();
    match lang {
        Lang::En => ["Recording … It stops automatically after ", &seconds, " s."].concat(),
        Lang::Zh => ["正在录音… 最长 ", &seconds, " 秒，到时自动停止。"].concat(),
    }
}

/// Why nothing came of it, and what to do. `camera`, or else the microphone.
pub fn trouble(lang: Lang, camera: bool, why: Trouble) -> String {
    let device = match (lang, camera) {
        (Lang::En, true) => "camera",
        (Lang::En, false) => "microphone",
        (Lang::Zh, true) => "摄像头",
        (Lang::Zh, false) => "麦克风",
    };
    let (en, zh) = match why {
        Trouble::Denied => (
            ["The ", " is blocked. Allow it in the browser's site settings, or choose a file."],
            ["", "未获允许。请在浏览器的网站设置中允许，或选择文件。"],
        ),
        Trouble::NoDevice => {
            (["No ", " found. Connect one, or choose a file."], ["没有找到", "。请连接设备，或选择文件。"])
        }
        Trouble::Busy => (
            ["The ", " is used by another program. Close that program and try again."],
            ["", "正被其他程序占用，请关闭后重试。"],
        ),
        Trouble::Ended => {
            (["The ", " was disconnected. Nothing was saved; try again."], ["", "已断开，没有保存任何内容，请重试。"])
        }
        Trouble::Failed => {
            (["The browser couldn't use the ", ". Choose a file instead."], ["浏览器无法使用", "，请改为选择文件。"])
        }
    };
    let [before, after] = pick(lang, en, zh);
    [before, device, after].concat()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_language;
    use super::*;

    #[test]
    fn every_sentence_is_in_its_own_language() {
        for lang in [Lang::En, Lang::Zh] {
            let w = words(lang);
            let fixed = [
                w.photo,
                w.record,
                w.asking_camera,
                w.asking_microphone,
                w.preview,
                w.shoot,
                w.use_recording,
                w.cancel,
                w.working,
            ];
            let mut said: Vec<String> = fixed.map(str::to_owned).to_vec();
            said.push(recording(lang, 19_900));
            for why in [Trouble::Denied, Trouble::NoDevice, Trouble::Busy, Trouble::Ended, Trouble::Failed] {
                said.extend([true, false].map(|camera| trouble(lang, camera, why)));
            }
            for text in said {
                assert_eq!(check_language(&text, lang), Ok(()), "{text}");
            }
        }
        assert_eq!(recording(Lang::En, 19_900), "Recording … It stops automatically after 20 s.");
    }
}
