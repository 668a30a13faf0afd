//! Sentences in both languages, made from the values the centre returns.

pub mod account;
pub mod anew;
pub mod beside;
pub mod capture;
pub mod command;
pub mod diagnosis;
pub mod doctor;
pub mod edit;
pub mod embed;
pub mod everyone;
pub mod exact;
pub mod failure;
pub mod files;
pub mod forget;
pub mod form;
pub mod gateways;
pub mod hand;
pub mod import;
pub mod keys;
pub mod lang;
pub mod media;
pub mod once;
pub mod paste;
pub mod plain;
pub mod report;
pub mod samples;
pub mod share;
pub mod stage;
pub mod takeup;
#[cfg(test)]
pub mod tests;
pub mod text;
pub mod upload;

use crate::address::AddressFault;
use crate::catalog::{Choice, FieldId};
use crate::checked::{ProblemKind, WhyUnsent};
use crate::snapshot::Kind;
use crate::task::State;
use crate::words::lang::Lang;
pub use plain::bytes;
use plain::{list, media_kind, pick};

/// The human name of a field.
pub fn field(lang: Lang, id: FieldId) -> &'static str {
    let (en, zh) = match id {
        FieldId::Prompt => ("Prompt", "提示词"),
        FieldId::NegativePrompt => ("Negative prompt", "反向提示词"),
        FieldId::FirstFrame => ("First frame", "首帧图片"),
        FieldId::LastFrame => ("Last frame", "尾帧图片"),
        FieldId::FirstClip => ("First clip", "首段视频"),
        FieldId::SourceVideo => ("Source video", "原视频"),
        FieldId::Portrait => ("Portrait", "人像图片"),
        FieldId::Audio => ("Audio", "音频"),
        FieldId::References => ("References", "参考素材"),
        FieldId::Template => ("Effect template", "特效模板"),
        FieldId::Tier => ("Resolution", "分辨率"),
        FieldId::Ratio => ("Aspect ratio", "画幅比例"),
        FieldId::Duration => ("Duration (s)", "时长（秒）"),
        FieldId::Sound => ("Sound", "声音"),
        FieldId::AudioSetting => ("Audio source", "声音来源"),
        FieldId::PromptExtend => ("Prompt enhancement", "智能改写提示词"),
        FieldId::ShotType => ("Shot type", "镜头类型"),
        FieldId::CheckImage => ("Check image first", "先检测图片"),
        FieldId::Watermark => ("Watermark", "水印"),
        FieldId::Seed => ("Seed", "随机种子"),
        FieldId::Async => ("Async", "异步调用"),
        FieldId::CallbackUrl => ("Callback URL", "回调地址"),
    };
    pick(lang, en, zh)
}

/// What a field does, where its name does not say it.
pub fn field_hint(lang: Lang, id: FieldId) -> &'static str {
    let (en, zh) = match id {
        FieldId::NegativePrompt => ("What should not appear", "不希望出现的内容"),
        FieldId::FirstFrame => ("Used as the first frame", "用作首帧"),
        FieldId::LastFrame => ("Used as the last frame", "用作尾帧"),
        FieldId::FirstClip => ("The video continues from this clip", "在这段视频之后续写"),
        FieldId::SourceVideo => ("The video to edit, or to take the motion from", "要编辑的视频，或提供动作的视频"),
        FieldId::Portrait => ("The person in the video", "视频中的人物"),
        FieldId::Audio => ("Speech or music for the video", "视频使用的语音或音乐"),
        // How a prompt names them differs from model to model: see `references`.
        FieldId::Template => ("With a template, the prompt is ignored", "使用模板后提示词不生效"),
        FieldId::PromptExtend => ("Expands short prompts with an LLM", "由大模型扩写较短的提示词"),
        FieldId::AudioSetting => {
            ("Let the model choose, or keep the source video's audio", "由模型决定，或保留原视频的声音")
        }
        FieldId::CheckImage => {
            ("Rejects an unsuitable image before anything is billed", "图片不合要求时直接报错，不产生费用")
        }
        FieldId::ShotType => ("Only works with prompt enhancement on", "仅在开启智能改写时生效"),
        FieldId::Seed => ("The same seed gives similar results", "相同的种子会得到相近的结果"),
        FieldId::Async => (
            "Off: the request stays open until the video is ready; if it drops, the result is lost",
            "关闭后连接会一直保持到视频完成，断线就收不到结果",
        ),
        FieldId::CallbackUrl => ("The gateway also posts the result to this URL", "完成后网关也会把结果 POST 到这里"),
        _ => ("", ""),
    };
    pick(lang, en, zh)
}

/// How a prompt names references: by what they are, or as characters.
pub fn references(lang: Lang, by_kind: bool) -> &'static str {
    if by_kind {
        pick(
            lang,
            "Refer to them in the prompt as Image 1, Video 1 …; each kind is numbered separately",
            "在提示词中以“图1”“视频1”指代，各类素材分别编号",
        )
    } else {
        pick(
            lang,
            "Refer to them in the prompt as character1, character2 …",
            "在提示词中以 character1、character2 … 指代",
        )
    }
}

/// What it means that a field holds the number by which something else decides.
pub fn auto(lang: Lang, id: FieldId, has_source: bool) -> &'static str {
    match (id, has_source) {
        (FieldId::Duration, true) => pick(lang, "As long as the source video", "与原视频等长"),
        (FieldId::Duration, false) => pick(lang, "Let the model decide", "由模型决定"),
        _ => pick(lang, "Random", "随机"),
    }
}

/// The name of what a model is priced by.
pub fn tier(lang: Lang, options: &[&str]) -> &'static str {
    let heights = options.iter().any(|option| option.starts_with(|first: char| first.is_ascii_digit()));
    if heights { field(lang, FieldId::Tier) } else { pick(lang, "Mode", "模式") }
}

/// A word of a closed list, as people say it.
pub fn choice(lang: Lang, id: FieldId, word: &str) -> String {
    let (en, zh) = match (id, word) {
        (FieldId::ShotType, "single") => ("Single shot", "单镜头"),
        (FieldId::ShotType, "multi") => ("Multiple shots", "多镜头"),
        (FieldId::Ratio, "adaptive") => ("Adaptive", "自适应"),
        (FieldId::AudioSetting, "auto") => ("Chosen by the model", "由模型决定"),
        (FieldId::AudioSetting, "origin") => ("Keep original audio", "保留原声"),
        (FieldId::Tier, "wan-std") => ("Standard", "标准"),
        (FieldId::Tier, "wan-pro") => ("Professional", "专业"),
        _ => return word.to_owned(),
    };
    pick(lang, en, zh).to_owned()
}

/// A default, as people say it.
pub fn default(lang: Lang, id: FieldId, value: &Choice) -> String {
    match value {
        Choice::Flag(flag) => (if *flag { lang.texts().yes } else { lang.texts().no }).to_owned(),
        Choice::Number(number) => number.to_string(),
        Choice::Word(word) => choice(lang, id, word),
    }
}

/// Example prompts for a capability, with the first two references named as the model does.
pub fn examples(lang: Lang, capability: crate::catalog::Capability, names: &[String; 2]) -> [String; 3] {
    texts(lang, capability).map(|text| text.replace("character1", &names[0]).replace("character2", &names[1]))
}

fn texts(lang: Lang, capability: crate::catalog::Capability) -> [&'static str; 3] {
    use crate::catalog::Capability::{Edit, Frames, Image, Motion, Reference, Speech, Text};
    match (lang, capability) {
        (Lang::En, Text) => [
            "A kitten runs across a moonlit roof, camera low and close, silver light",
            "Rain on the window of a night train, city lights drifting past, slow and quiet",
            "Paper boats sail down a flooded street in spring, seen from above",
        ],
        (Lang::Zh, Text) => [
            "一只小猫在月光下的屋顶上奔跑，低机位跟拍，银色光线",
            "夜行列车的车窗上雨滴滑落，城市灯光缓缓掠过，安静而舒缓",
            "春天积水的街道上漂着纸船，俯拍镜头，色彩清新",
        ],
        (Lang::En, Image) => [
            "She turns her head and looks into the camera, soft wind in her hair",
            "The camera pushes in slowly while the clouds move",
            "Two steps forward, a short pause, then a smile",
        ],
        (Lang::Zh, Image) => {
            ["人物转头看向镜头，微风拂过发丝", "镜头缓慢推进，云层流动", "向前走两步，稍作停顿，然后微笑"]
        }
        (Lang::En, Frames) => [
            "The scene passes smoothly from day to night",
            "The bud opens into a flower, fixed camera",
            "The camera circles the building from front to back",
        ],
        (Lang::Zh, Frames) => ["镜头从白天平滑过渡到夜晚", "花苞缓缓绽放，固定机位", "镜头绕建筑从正面转到背面"],
        (Lang::En, Reference) => [
            "character1 walks into a café and waves to the camera",
            "character1 and character2 dance in the rain",
            "character1 tells a short joke and laughs",
        ],
        (Lang::Zh, Reference) => [
            "character1 走进咖啡馆，向镜头挥手",
            "character1 和 character2 在雨中跳舞",
            "character1 讲了一个小笑话，自己也笑了",
        ],
        (Lang::En, Edit) => [
            "Turn the whole picture into clay animation",
            "Replace the car with a horse-drawn carriage, keep everything else",
            "Make it a snowy night, keep the people and the camera",
        ],
        (Lang::Zh, Edit) => {
            ["将整个画面转换为黏土动画风格", "把汽车换成马车，其余保持不变", "改成雪夜，人物与镜头保持不变"]
        }
        // These models have no prompt.
        (_, Motion) => ["", "", ""],
        (Lang::En, Speech) => ["Speaks calmly, small nods", "Sings with feeling", "A lively talk to the camera"],
        (Lang::Zh, Speech) => ["语气平静，轻轻点头", "投入地演唱", "对着镜头热情讲解"],
    }
}

/// What is wrong with an address.
pub fn address(lang: Lang, fault: AddressFault) -> &'static str {
    let (en, zh) = match fault {
        AddressFault::NoScheme => ("Add https:// in front.", "请在前面加上 https://。"),
        AddressFault::Scheme => ("Only https:// addresses work here.", "这里只能使用 https:// 地址。"),
        AddressFault::Host => ("The host name is missing or invalid. Check the URL.", "主机名缺失或有误，请检查地址。"),
        AddressFault::Credentials => {
            ("Remove the user name and password from the URL.", "请去掉地址中的用户名和密码。")
        }
        AddressFault::Extra => ("Remove everything after “?” or “#”.", "请去掉“?”或“#”之后的部分。"),
        AddressFault::Character => ("Remove the space or invisible character.", "请去掉地址中的空格或不可见字符。"),
        AddressFault::Placeholder => {
            ("Replace {WorkspaceId} with your own workspace ID.", "请把 {WorkspaceId} 换成您自己的业务空间 ID。")
        }
    };
    pick(lang, en, zh)
}

/// What is wrong with a value, with the limit.
pub fn problem(lang: Lang, kind: &ProblemKind) -> String {
    let numbers = |en: [&str; 3], zh: [&str; 3], a: &str, b: &str| {
        let words = if lang == Lang::En { en } else { zh };
        [words[0], a, words[1], b, words[2]].concat()
    };
    match kind {
        ProblemKind::Missing => pick(lang, "This field is required.", "此项必填。").to_owned(),
        ProblemKind::TooLong { chars, max } => numbers(
            ["", " characters; the limit is ", ". Shorten it."],
            ["共 ", " 个字符，最多 ", " 个，请缩短。"],
            &chars.to_string(),
            &max.to_string(),
        ),
        ProblemKind::ControlCharacter { code, at } => {
            let digit = |shift: u32| char::from(b"0123456789ABCDEF"[(code >> shift & 15) as usize]);
            let hex: String = ["U+".to_owned(), [12, 8, 4, 0].map(digit).iter().collect()].concat();
            numbers(
                ["Invisible control character (", ") at position ", ". Delete it."],
                ["有一个不可见的控制字符（", "），位于第 ", " 个字符，请删除。"],
                &hex,
                &at.to_string(),
            )
        }
        ProblemKind::NotANumber => pick(lang, "Enter a whole number.", "请输入整数。").to_owned(),
        ProblemKind::OutOfRange { min, max } => {
            numbers(["Must be from ", " to ", "."], ["须在 ", " 到 ", " 之间。"], &min.to_string(), &max.to_string())
        }
        ProblemKind::NotOneOf(legal) => {
            let words: Vec<String> = legal.iter().map(ToString::to_string).collect();
            [pick(lang, "Must be one of: ", "可选值："), &list(lang, &words)].concat()
        }
        ProblemKind::NotOffered { word, options } => numbers(
            ["This model doesn't support ", ". Choose: ", ""],
            ["此模型不支持 ", "，可选：", ""],
            word,
            &list(lang, options),
        ),
        ProblemKind::NoSuchSize { tier, ratios } => {
            numbers(["", " only supports: ", ""], ["", " 只支持：", ""], tier, &list(lang, ratios))
        }
        ProblemKind::Address(fault) => address(lang, *fault).to_owned(),
        ProblemKind::Format { legal } => {
            [pick(lang, "Unsupported format. Use: ", "不支持此格式，请使用："), &list(lang, legal)].concat()
        }
        ProblemKind::LinkOnly => pick(
            lang,
            "This model only accepts URLs here. Upload the file somewhere public and paste its URL.",
            "此模型在这里只接受链接。请把文件放到公网可访问的地址，再填入链接。",
        )
        .to_owned(),
        ProblemKind::NotUploaded => pick(
            lang,
            "This file isn't uploaded yet. Press the upload button beside it.",
            "文件尚未上传，请点击旁边的上传按钮。",
        )
        .to_owned(),
        ProblemKind::OssLink => pick(
            lang,
            "Only Alibaba can open an oss:// link, and only for the account that uploaded the file. Use an https:// link here.",
            "oss:// 链接与上传文件的账号绑定，只有阿里云能打开。这里请使用 https:// 链接。",
        )
        .to_owned(),
        ProblemKind::File(fault) => media::fault(lang, fault),
        ProblemKind::TooMany { kind: None, max } => {
            numbers(["At most ", "", " entries."], ["最多 ", "", " 个。"], &max.to_string(), "")
        }
        ProblemKind::TooMany { kind: Some(kind), max } => {
            numbers(["", ": at most ", "."], ["", "最多 ", " 个。"], media_kind(lang, *kind), &max.to_string())
        }
        ProblemKind::KindNotTaken(kind) => {
            numbers(["", ": not accepted here.", ""], ["此处不接受", "。", ""], media_kind(lang, *kind), "")
        }
        ProblemKind::MediaSet(sets) => {
            let one = |set: &&[FieldId]| set.iter().map(|id| field(lang, *id)).collect::<Vec<_>>().join(" + ");
            let all: Vec<String> = sets.iter().map(one).collect();
            let separator = pick(lang, "; ", "；");
            [pick(lang, "Valid combinations: ", "可用的组合："), &all.join(separator)].concat()
        }
    }
}

/// The same at the field itself, where it is read out. How long a text is stands beside it already, and a sentence that
/// changed with every key would be said with every key.
pub fn problem_here(lang: Lang, kind: &ProblemKind) -> String {
    match kind {
        ProblemKind::TooLong { max, .. } => {
            let words = match lang {
                Lang::En => ["Too long: the limit is ", " characters."],
                Lang::Zh => ["过长：最多 ", " 个字符。"],
            };
            [words[0], &max.to_string(), words[1]].concat()
        }
        other => problem(lang, other),
    }
}

/// Why a value is not sent.
pub fn unsent(lang: Lang, why: &WhyUnsent) -> String {
    match why {
        WhyUnsent::NoSuchField => pick(lang, "not used by this model", "当前模型不支持").to_owned(),
        WhyUnsent::FileNotTaken => {
            pick(lang, "this model only accepts URLs here", "当前模型在这里只接受链接").to_owned()
        }
        WhyUnsent::WithoutEffect(condition) => {
            let is = default(lang, condition.field, &condition.is);
            let name = field(lang, condition.field);
            match lang {
                Lang::En => ["only applies while “", name, "” is ", &is].concat(),
                Lang::Zh => ["仅当“", name, "”为“", &is, "”时生效"].concat(),
            }
        }
    }
}

/// A state in a word or two.
pub fn state(lang: Lang, state: &State) -> &'static str {
    use crate::protocol::Stage;
    let (en, zh) = match state {
        State::Waiting { stage: Stage::Queued, .. } => ("Queued", "排队中"),
        State::Waiting { stage: Stage::Unknown, .. } => ("Running", "处理中"),
        known => return kind(lang, Kind::of(known)),
    };
    pick(lang, en, zh)
}

/// Where a task stands, without the details.
pub fn kind(lang: Lang, kind: Kind) -> &'static str {
    let (en, zh) = match kind {
        Kind::Sending => ("Sending", "发送中"),
        Kind::NotSent => ("Not sent", "未发送"),
        Kind::ByHand => ("Send manually", "待手动发送"),
        Kind::Refused => ("Refused", "被拒绝"),
        Kind::Doubtful => ("Unconfirmed", "待确认"),
        Kind::Waiting => ("Running", "生成中"),
        Kind::Fetching => ("Downloading", "下载中"),
        Kind::Done => ("Done", "已完成"),
        Kind::Failed => ("Failed", "失败"),
        Kind::Canceled => ("Canceled", "已取消"),
        Kind::Lost => ("Not found", "查不到"),
    };
    pick(lang, en, zh)
}

/// What happens next to a running task.
pub fn next_look(lang: Lang, seconds: u64, failures: u32) -> String {
    let seconds = seconds.to_string();
    let wait = match lang {
        Lang::En => ["checking again in ", &seconds, " s"].concat(),
        Lang::Zh => [&seconds, " 秒后再次查询"].concat(),
    };
    if failures == 0 {
        return wait;
    }
    let count = failures.to_string();
    match lang {
        Lang::En => ["couldn't check the status (tried ", &count, " ×), ", &wait].concat(),
        Lang::Zh => ["未能查到任务状态（已试 ", &count, " 次），", &wait].concat(),
    }
}

/// The key and `Following` situations that keep a task from being asked after.
pub fn paused(lang: Lang, following: &crate::task::Following) -> &'static str {
    use crate::task::Following;
    let (en, zh) = match following {
        Following::Yes => ("", ""),
        Following::Stopped => {
            ("Updates paused. The task keeps running at the gateway.", "已停止跟踪，任务仍在网关上运行。")
        }
        Following::KeyRefused => (
            "The key was refused. Enter a working key, then resume updates. The task keeps running.",
            "Key 被拒绝。请换上有效的 Key 后继续跟踪，任务仍在运行。",
        ),
        Following::NeedsKey => (
            "Enter this gateway's key to get updates. The task keeps running.",
            "请填写该网关的 Key 以继续跟踪，任务仍在运行。",
        ),
        Following::ByHand => {
            ("Query with the command and paste the response here.", "请用命令查询，并把响应粘贴到这里。")
        }
        Following::GaveUp => (
            "The page stopped checking. The task isn't lost: resume updates at any time.",
            "页面已停止自动查询。任务没有丢失，可随时继续跟踪。",
        ),
    };
    pick(lang, en, zh)
}

/// A clock of elapsed or remaining time.
pub fn clock(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    let two = |n: u64| if n < 10 { ["0", &n.to_string()].concat() } else { n.to_string() };
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        [&hours.to_string(), ":", &two(minutes), ":", &two(rest)].concat()
    } else {
        [&minutes.to_string(), ":", &two(rest)].concat()
    }
}

/// A key is needed.
pub fn key_missing(lang: Lang) -> &'static str {
    pick(lang, "Enter your API key for this gateway.", "请填入这个网关的 API Key。")
}

/// A key holds what no header may hold.
pub fn key_character(lang: Lang) -> &'static str {
    pick(
        lang,
        "The key holds a space, a line break, a quotation mark or a full-width character. Copy it again from the console.",
        "Key 中有空格、换行、引号或全角字符，请从控制台重新复制。",
    )
}
