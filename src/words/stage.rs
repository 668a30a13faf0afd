//! The sentences of the stage: what was asked, how long it takes, what comes next, and what may be done with the result.

use crate::words::lang::Lang;
use crate::words::pick;

/// Every fixed word of this part, by its use.
#[allow(missing_docs)] // The names are the documentation; the words stand below.
pub struct Words {
    pub asked: &'static str,
    pub prompt: &'static str,
    pub seed: &'static str,
    pub documented: &'static str,
    pub documented_source: &'static str,
    pub simulated: &'static str,
    pub sending: &'static str,
    pub held: &'static str,
    pub queued: &'static str,
    pub running: &'static str,
    pub running_unkept: &'static str,
    pub fetching: &'static str,
    pub next: &'static str,
    pub again: &'static str,
    pub again_why: &'static str,
    pub vary: &'static str,
    pub vary_why: &'static str,
    pub varied: &'static str,
    pub form: &'static str,
    pub form_why: &'static str,
    pub first: &'static str,
    pub last: &'static str,
    pub frame_why: &'static str,
    pub drawing: &'static str,
    pub frame_blocked: &'static str,
    pub frame_nowhere: &'static str,
    pub copy_link: &'static str,
    pub link_copied: &'static str,
    pub save: &'static str,
    pub details: &'static str,
    pub notify: &'static str,
    pub notifying: &'static str,
    pub notify_denied: &'static str,
}

/// The words in a language.
pub const fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &EN,
        Lang::Zh => &ZH,
    }
}

static EN: Words = Words {
    asked: "What was asked",
    prompt: "Prompt",
    seed: "Seed",
    documented: "Usually 1–5 minutes, sometimes longer",
    documented_source: "Alibaba's documentation",
    simulated: "The simulator runs faster.",
    sending: "Sending the request. The gateway returns a task ID in a moment.",
    held: "Waiting on one open connection. Keep this tab open: closing it loses the result, and it may still be billed.",
    queued: "Waiting in the gateway's queue. It starts automatically.",
    running: "The video appears here when it's done. You can close this tab: the task keeps running, and this page picks it up again.",
    running_unkept: "The video appears here when it's done. Keep this tab open.",
    fetching: "The video is ready. Downloading it from the gateway.",
    next: "Next steps",
    again: "Run again",
    again_why: "Sends the same request once more, as a new task",
    vary: "Vary the seed",
    vary_why: "Fills the form with this request and another seed. Nothing is sent yet.",
    varied: "The form has this request with another seed. Press Run when you're ready.",
    form: "Use in the form",
    form_why: "Fills the form with this request. Nothing is sent yet.",
    first: "Continue from the first frame",
    last: "Continue from the last frame",
    frame_why: "Puts this image into the form as the first frame of the next video. Nothing is sent yet.",
    drawing: "Reading the video…",
    frame_blocked: "The video's host doesn't let web pages read it, so no frame can be taken. Save the video and take a screenshot of the frame.",
    frame_nowhere: "No model of this gateway accepts an image file. The image was saved instead: upload it somewhere public and paste its URL.",
    copy_link: "Copy video link",
    link_copied: "Link copied",
    save: "Save video",
    details: "Details",
    notify: "Notify me when it's done",
    notifying: "You'll be notified",
    notify_denied: "Notifications are blocked for this site. Allow them in the browser's site settings; the tab title changes in any case.",
};

static ZH: Words = Words {
    asked: "请求内容",
    prompt: "提示词",
    seed: "随机种子",
    documented: "通常需要 1–5 分钟，有时更久",
    documented_source: "阿里云文档",
    simulated: "模拟器会更快。",
    sending: "正在发送请求，网关随即返回任务 ID。",
    held: "正在保持一个连接等待结果。请不要关闭此标签页：关闭后收不到结果，仍可能计费。",
    queued: "正在网关排队，轮到后自动开始。",
    running: "视频完成后会显示在这里。可以关闭标签页：任务会继续运行，再次打开页面时自动接续。",
    running_unkept: "视频完成后会显示在这里。请不要关闭此标签页。",
    fetching: "视频已完成，正在从网关下载。",
    next: "下一步",
    again: "再次运行",
    again_why: "把同样的请求再发送一次，创建新任务",
    vary: "换个种子",
    vary_why: "用同样的请求和新的随机种子填写表单，暂不发送",
    varied: "表单已填入这个请求，并换了随机种子。确认后请点“运行”。",
    form: "填入表单",
    form_why: "用这个请求填写表单，暂不发送",
    first: "从首帧继续",
    last: "从尾帧继续",
    frame_why: "把这一帧填入表单，作为下一个视频的首帧图片，暂不发送",
    drawing: "正在读取视频…",
    frame_blocked: "视频所在的主机不允许网页读取，无法截取画面。请保存视频后自行截图。",
    frame_nowhere: "该网关没有接受图片文件的模型。图片已保存到本机：请上传到可公开访问的地址，再填入链接。",
    copy_link: "复制视频链接",
    link_copied: "已复制链接",
    save: "保存视频",
    details: "详情",
    notify: "完成后通知我",
    notifying: "完成后会通知您",
    notify_denied: "浏览器已禁止本站发送通知，可在浏览器的网站设置中允许。标签页标题仍会提示。",
};

/// How long this model usually takes by one's own tasks.
pub fn by_history(lang: Lang, clock: &str) -> String {
    match lang {
        Lang::En => format!("Your last runs of this model took about {clock}"),
        Lang::Zh => format!("您最近使用这个模型，约需 {clock}"),
    }
}

/// A picture was put into the form.
pub fn framed(lang: Lang, model: &str) -> String {
    match lang {
        Lang::En => format!("The form continues from this frame with {model}. Describe what happens next."),
        Lang::Zh => format!("表单已用这一帧作为首帧，模型为 {model}。请描述接下来的内容。"),
    }
}

/// An end, as the tab's title tells it: a sign, the state, and the page's own title.
pub fn title(is_good: bool, state: &str, page: &str) -> String {
    format!("{} {state} · {page}", if is_good { "✓" } else { "✕" })
}

/// The title of a notification: what became of a model's task.
pub fn notice(lang: Lang, is_good: bool, state: &str, model: &str) -> String {
    let state = if is_good { pick(lang, "Video ready", "视频已完成") } else { state };
    format!("{} {state} · {model}", if is_good { "✓" } else { "✕" })
}

/// How long ago something was, in words as short as a list wants them.
pub fn ago(lang: Lang, milliseconds: u64) -> String {
    let minutes = milliseconds / 60_000;
    let (number, en, zh) = match minutes {
        0 => return pick(lang, "just now", "刚刚").to_owned(),
        1..60 => (minutes, "min", "分钟"),
        60..1440 => (minutes / 60, "h", "小时"),
        _ => (minutes / 1440, "d", "天"),
    };
    match lang {
        Lang::En => format!("{number} {en} ago"),
        Lang::Zh => format!("{number} {zh}前"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::tests::check_language;

    fn all(words: &Words) -> [&'static str; 33] {
        let Words { asked, prompt, seed, documented, documented_source, simulated, sending, held, queued, .. } = *words;
        let Words { running, running_unkept, fetching, next, again, again_why, vary, vary_why, varied, .. } = *words;
        let Words { form, form_why, first, last, frame_why, drawing, frame_blocked, frame_nowhere, .. } = *words;
        let Words { copy_link, link_copied, save, details, notify, notifying, notify_denied, .. } = *words;
        [
            asked,
            prompt,
            seed,
            documented,
            documented_source,
            simulated,
            sending,
            held,
            queued,
            running,
            running_unkept,
            fetching,
            next,
            again,
            again_why,
            vary,
            vary_why,
            varied,
            form,
            form_why,
            first,
            last,
            frame_why,
            drawing,
            frame_blocked,
            frame_nowhere,
            copy_link,
            link_copied,
            save,
            details,
            notify,
            notifying,
            notify_denied,
        ]
    }

    #[test]
    fn every_word_is_there_in_its_own_language() {
        for lang in [Lang::En, Lang::Zh] {
            let made = [by_history(lang, "1:30"), framed(lang, ""), ago(lang, 0)];
            for text in all(words(lang)).into_iter().chain(made.iter().map(String::as_str)) {
                assert_eq!(check_language(text, lang), Ok(()));
            }
        }
    }

    #[test]
    fn times_ago_are_short() {
        let said = [0, 59_000, 120_000, 3_600_000, 90_000_000].map(|ms| ago(Lang::En, ms));
        assert_eq!(said, ["just now", "just now", "2 min ago", "1 h ago", "1 d ago"]);
        assert_eq!(ago(Lang::Zh, 120_000), "2 分钟前");
    }
}
