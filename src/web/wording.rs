//! Sentences in both languages, made from the values the centre returns.

use super::text::Lang;
use crate::address::AddressFault;
use crate::catalog::{Choice, FieldId, MediaKind};
use crate::failure::Remedy;
use crate::generation::{ProblemKind, WhyUnsent};
use crate::protocol::Unreadable;
use crate::task::{Doubt, NetFault, State};

/// The human name of a field.
pub fn field(lang: Lang, id: FieldId) -> &'static str {
    let (en, zh) = match id {
        FieldId::Prompt => ("Prompt", "提示词"),
        FieldId::NegativePrompt => ("Negative prompt", "反向提示词"),
        FieldId::FirstFrame => ("First frame", "首帧图片"),
        FieldId::LastFrame => ("Last frame", "尾帧图片"),
        FieldId::FirstClip => ("First clip", "首段视频"),
        FieldId::Portrait => ("Portrait", "人像图片"),
        FieldId::Audio => ("Audio", "音频"),
        FieldId::References => ("References", "参考素材"),
        FieldId::Template => ("Effect template", "特效模板"),
        FieldId::Tier => ("Resolution", "分辨率"),
        FieldId::Ratio => ("Aspect ratio", "画幅比例"),
        FieldId::Duration => ("Seconds", "时长（秒）"),
        FieldId::Sound => ("Sound", "声音"),
        FieldId::PromptExtend => ("Rewrite the prompt", "智能改写提示词"),
        FieldId::ShotType => ("Shots", "镜头类型"),
        FieldId::Watermark => ("Watermark", "水印"),
        FieldId::Seed => ("Seed", "随机种子"),
        FieldId::Async => ("Answer at once", "异步应答"),
        FieldId::CallbackUrl => ("Callback URL", "回调地址"),
    };
    pick(lang, en, zh)
}

/// What a field does, where its name does not say it.
pub fn field_hint(lang: Lang, id: FieldId) -> &'static str {
    let (en, zh) = match id {
        FieldId::NegativePrompt => ("What should not appear", "不希望出现的内容"),
        FieldId::FirstFrame => ("The video begins with it", "视频从这张图开始"),
        FieldId::LastFrame => ("The video ends with it", "视频到这张图结束"),
        FieldId::FirstClip => ("The video continues it", "在这段视频之后续写"),
        FieldId::Portrait => ("The person who speaks", "开口说话的人物"),
        FieldId::Audio => ("Speech or music for the video", "视频使用的语音或音乐"),
        FieldId::References => {
            ("Name them in the prompt as character1, character2 …", "在提示词中以 character1、character2 … 指代")
        }
        FieldId::Template => ("With a template the prompt has no effect", "使用模板后提示词不生效"),
        FieldId::PromptExtend => ("A language model enriches short prompts", "由大模型润色较短的提示词"),
        FieldId::ShotType => ("Counts only while the prompt is rewritten", "仅在开启智能改写时生效"),
        FieldId::Seed => ("The same seed gives similar results", "相同的种子会得到相近的结果"),
        FieldId::Async => (
            "Off: the connection is held until the video is there, and a dropped line loses the answer",
            "关闭后连接会一直保持到视频完成，断线就收不到应答",
        ),
        FieldId::CallbackUrl => ("The gateway posts the result there too", "完成后网关也会把结果 POST 到这里"),
        _ => ("", ""),
    };
    pick(lang, en, zh)
}

/// A word of a closed list, as people say it.
pub fn choice(lang: Lang, id: FieldId, word: &str) -> String {
    let (en, zh) = match (id, word) {
        (FieldId::ShotType, "single") => ("One shot", "单镜头"),
        (FieldId::ShotType, "multi") => ("Several shots", "多镜头"),
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

/// An example prompt for a capability.
pub fn examples(lang: Lang, capability: crate::catalog::Capability) -> [&'static str; 3] {
    use crate::catalog::Capability::{Frames, Image, Reference, Speech, Text};
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
        (Lang::En, Speech) => ["Speaks calmly, small nods", "Sings with feeling", "A lively talk to the camera"],
        (Lang::Zh, Speech) => ["语气平静，轻轻点头", "投入地演唱", "对着镜头热情讲解"],
    }
}

/// What is wrong with an address.
pub fn address(lang: Lang, fault: AddressFault) -> &'static str {
    let (en, zh) = match fault {
        AddressFault::NoScheme => ("It needs https:// in front.", "地址前面需要加上 https://。"),
        AddressFault::Scheme => ("Only https:// addresses work here.", "这里只能使用 https:// 地址。"),
        AddressFault::Host => ("The host name is missing or broken.", "主机名缺失或有误。"),
        AddressFault::Credentials => ("A user name or password must not stand in it.", "地址里不能带用户名或密码。"),
        AddressFault::Extra => ("Leave out what follows “?” or “#”.", "请去掉“?”或“#”之后的部分。"),
        AddressFault::Character => ("It holds a space or an invisible character.", "地址中有空格或不可见字符。"),
        AddressFault::Placeholder => {
            ("Replace {WorkspaceId} with your own workspace id.", "请把 {WorkspaceId} 换成你自己的业务空间 ID。")
        }
    };
    pick(lang, en, zh)
}

fn megabytes(bytes: u64) -> String {
    let tenths = bytes * 10 / 1_048_576;
    [&(tenths / 10).to_string(), ".", &(tenths % 10).to_string(), " MB"].concat()
}

/// A size in bytes, for people.
pub fn bytes(count: u64) -> String {
    if count >= 1_048_576 {
        megabytes(count)
    } else if count >= 1024 {
        [&(count / 1024).to_string(), " kB"].concat()
    } else {
        [&count.to_string(), " B"].concat()
    }
}

fn list(lang: Lang, words: &[String]) -> String {
    words.join(pick(lang, ", ", "、"))
}

fn media_kind(lang: Lang, kind: MediaKind) -> &'static str {
    let texts = lang.texts();
    match kind {
        MediaKind::Image => texts.image,
        MediaKind::Audio => texts.audio,
        MediaKind::Video => texts.video,
    }
}

/// What is wrong with a value, with the limit.
pub fn problem(lang: Lang, kind: &ProblemKind) -> String {
    let numbers = |en: [&str; 3], zh: [&str; 3], a: &str, b: &str| {
        let words = if lang == Lang::En { en } else { zh };
        [words[0], a, words[1], b, words[2]].concat()
    };
    match kind {
        ProblemKind::Missing => pick(lang, "This is needed.", "此项必填。").to_owned(),
        ProblemKind::TooLong { chars, max } => numbers(
            ["", " characters; the gateway takes ", ". Shorten it."],
            ["共 ", " 个字符，最多 ", " 个，请缩短。"],
            &chars.to_string(),
            &max.to_string(),
        ),
        ProblemKind::ControlCharacter { code, at } => {
            let digit = |shift: u32| char::from(b"0123456789ABCDEF"[(code >> shift & 15) as usize]);
            let hex: String = ["U+".to_owned(), [12, 8, 4, 0].map(digit).iter().collect()].concat();
            numbers(
                ["An invisible control character (", ") at position ", ". Delete it."],
                ["有一个不可见的控制字符（", "），位于第 ", " 个字符，请删除。"],
                &hex,
                &at.to_string(),
            )
        }
        ProblemKind::NotANumber => pick(lang, "A whole number is needed.", "请输入整数。").to_owned(),
        ProblemKind::OutOfRange { min, max } => {
            numbers(["From ", " to ", "."], ["范围是 ", " 到 ", "。"], &min.to_string(), &max.to_string())
        }
        ProblemKind::NotOneOf(legal) => {
            let words: Vec<String> = legal.iter().map(ToString::to_string).collect();
            [pick(lang, "This model takes: ", "此模型只接受："), &list(lang, &words)].concat()
        }
        ProblemKind::NotOffered { word, options } => numbers(
            ["This model does not offer ", ". Choose: ", ""],
            ["此模型不提供 ", "，可选：", ""],
            word,
            &list(lang, options),
        ),
        ProblemKind::NoSuchSize { tier, ratios } => {
            numbers(["At ", " there is: ", ""], ["", " 只支持：", ""], tier, &list(lang, ratios))
        }
        ProblemKind::Address(fault) => address(lang, *fault).to_owned(),
        ProblemKind::Format { legal } => {
            [pick(lang, "The format does not fit. Accepted: ", "格式不符，支持："), &list(lang, legal)].concat()
        }
        ProblemKind::LinkOnly => pick(
            lang,
            "This gateway takes a link here, no file. Put the file on a server the gateway can reach.",
            "此处只接受链接，不能上传文件。请把文件放到网关能访问的地址上。",
        )
        .to_owned(),
        ProblemKind::TooManyBytes { bytes, max } => numbers(
            ["The file has ", "; at most ", " are taken."],
            ["文件大小 ", "，最多 ", "。"],
            &megabytes(*bytes),
            &megabytes(*max),
        ),
        ProblemKind::Pixels { width, height, min, max } => numbers(
            ["The image is ", "; each side must have ", " pixels."],
            ["图片尺寸为 ", "，每边需要 ", " 像素。"],
            &[&width.to_string(), " × ", &height.to_string()].concat(),
            &[&min.to_string(), "–", &max.to_string()].concat(),
        ),
        ProblemKind::TooNarrow { max } => numbers(
            ["The image is too narrow: its sides may differ by ", " : 1", " at most."],
            ["图片过于狭长，长短边之比最多 ", " : 1", "。"],
            &max.to_string(),
            "",
        ),
        ProblemKind::Unreadable => {
            pick(lang, "The browser cannot open this file as an image.", "浏览器无法把这个文件作为图片打开。")
                .to_owned()
        }
        ProblemKind::TooMany { kind: None, max } => {
            numbers(["At most ", "", " entries."], ["最多 ", "", " 个。"], &max.to_string(), "")
        }
        ProblemKind::TooMany { kind: Some(kind), max } => {
            numbers(["Of kind ", " at most ", "."], ["", "最多 ", " 个。"], media_kind(lang, *kind), &max.to_string())
        }
        ProblemKind::KindNotTaken(kind) => {
            numbers(["", " is not taken here.", ""], ["此处不接受", "。", ""], media_kind(lang, *kind), "")
        }
        ProblemKind::MediaSet(sets) => {
            let one = |set: &Vec<FieldId>| set.iter().map(|id| field(lang, *id)).collect::<Vec<_>>().join(" + ");
            let all: Vec<String> = sets.iter().map(one).collect();
            let separator = pick(lang, "; ", "；");
            [pick(lang, "These go together: ", "可用的组合："), &all.join(separator)].concat()
        }
    }
}

/// Why a value is not sent.
pub fn unsent(lang: Lang, why: &WhyUnsent) -> String {
    match why {
        WhyUnsent::NoSuchField => pick(lang, "not a field of this model", "此模型没有这个字段").to_owned(),
        WhyUnsent::WithoutEffect(condition) => {
            let is = default(lang, condition.field, &condition.is);
            let name = field(lang, condition.field);
            match lang {
                Lang::En => ["counts only while “", name, "” is ", &is].concat(),
                Lang::Zh => ["仅当“", name, "”为“", &is, "”时生效"].concat(),
            }
        }
    }
}

/// What to do about a failure.
pub fn remedy(lang: Lang, remedy: Remedy) -> &'static str {
    let (en, zh) = match remedy {
        Remedy::FixRequest => (
            "A value of the request does not fit. The message names it; correct the field and run again.",
            "请求中有参数不符合要求。请按提示修改对应字段后重新运行。",
        ),
        Remedy::FixMedia => (
            "The gateway could not fetch or read a linked file. Check that the link opens without a login, from the gateway's region, in an accepted format.",
            "网关无法下载或读取素材。请确认链接无需登录、在网关所在地域可访问，且格式受支持。",
        ),
        Remedy::SmallerFile => {
            ("A file is too large. Use a smaller one, or a link.", "文件过大，请换小一些的文件，或改用链接。")
        }
        Remedy::ChangeContent => (
            "The content was refused by moderation. Change the prompt or the image; the same request will be refused again.",
            "内容未通过审核。请修改提示词或图片，原样重试仍会被拒绝。",
        ),
        Remedy::CheckKey => (
            "The key was refused. Check that it is complete, not expired, and belongs to this gateway and region.",
            "Key 被拒绝。请检查是否完整、是否过期，以及是否属于这个网关和地域。",
        ),
        Remedy::GetAccess => (
            "The account may not use this model or interface. Activate the model in the gateway's console, or use another key.",
            "账号没有使用该模型或接口的权限。请在网关控制台开通，或更换 Key。",
        ),
        Remedy::TopUp => (
            "Balance or quota is used up. Waiting does not help: top up or raise the quota in the gateway's console.",
            "余额或额度已用完，等待无效。请在网关控制台充值或提升额度。",
        ),
        Remedy::SlowDown => ("Too many calls. Wait a minute, then run again.", "请求过于频繁，请等一分钟后再运行。"),
        Remedy::CheckModel => (
            "The gateway does not have this model at this address. Check the base URL and region, or choose another model.",
            "网关在这个地址上没有该模型。请检查接口地址和地域，或换一个模型。",
        ),
        Remedy::CheckTask => (
            "The gateway does not know this task (any more). Check that gateway and region are those it was created at.",
            "网关查不到这个任务。请确认网关和地域与创建时一致，或任务已过期。",
        ),
        Remedy::Wait => ("The result is not ready yet. Ask again in a moment.", "结果尚未就绪，请稍后再查询。"),
        Remedy::TryLater => (
            "Trouble on the gateway's side. Run again in a few minutes; if it stays, give its support the request id.",
            "网关侧出现故障。请几分钟后再运行；若持续出现，请把请求 ID 提供给网关支持。",
        ),
        Remedy::Unknown => (
            "The page does not know this code. What the gateway said stands below; its support can look up the request id.",
            "页面不认识这个错误码。网关的原话见下方，可凭请求 ID 咨询其支持。",
        ),
    };
    pick(lang, en, zh)
}

/// A state in a word or two.
pub fn state(lang: Lang, state: &State) -> &'static str {
    use crate::protocol::Stage;
    let (en, zh) = match state {
        State::Sending => ("Sending", "发送中"),
        State::NotSent => ("Not sent", "未发送"),
        State::Refused(_) => ("Refused", "被拒绝"),
        State::Doubtful(_) => ("Unclear", "不确定"),
        State::Waiting { stage: Stage::Queued, .. } => ("Queued", "排队中"),
        State::Waiting { stage: Stage::Running, .. } => ("Running", "生成中"),
        State::Waiting { stage: Stage::Unknown, .. } => ("Running", "处理中"),
        State::Fetching { .. } => ("Downloading", "下载中"),
        State::Done(_) => ("Done", "已完成"),
        State::Failed(..) => ("Failed", "失败"),
        State::Canceled => ("Canceled", "已取消"),
        State::Lost(_) => ("Not found", "查不到"),
    };
    pick(lang, en, zh)
}

/// What happened, in a sentence, for the states that are an unhappy end.
pub fn what_happened(lang: Lang, state: &State) -> &'static str {
    let (en, zh) = match state {
        State::NotSent => ("The browser is offline; nothing was sent.", "浏览器处于离线状态，请求没有发出。"),
        State::Refused(_) => {
            ("The gateway refused the request. No task was created.", "网关拒绝了请求，任务没有创建。")
        }
        State::Doubtful(Doubt::Network(NetFault::Timeout)) => (
            "The gateway did not answer in time. The task may have been created.",
            "网关没有及时应答，任务可能已经创建。",
        ),
        State::Doubtful(Doubt::Network(_)) => (
            "No answer came. Either the connection broke, or this gateway does not accept calls from a browser (CORS).",
            "没有收到应答：可能是网络中断，也可能是该网关不允许浏览器直接调用（CORS）。",
        ),
        State::Doubtful(Doubt::Server(_)) => (
            "The gateway answered with an error after taking the request in. The task may have been created.",
            "网关收到请求后返回了错误，任务可能已经创建。",
        ),
        State::Doubtful(Doubt::Unreadable(why)) => match why {
            Unreadable::Empty => {
                ("The answer was empty. The task may have been created.", "应答为空，任务可能已经创建。")
            }
            Unreadable::Html => (
                "The answer was a web page instead of data, as a proxy sends it. The task may have been created.",
                "应答是一个网页而不是数据，多半来自中间代理。任务可能已经创建。",
            ),
            Unreadable::NotJson => (
                "The answer broke off or was no JSON. The task may have been created.",
                "应答不完整或不是 JSON，任务可能已经创建。",
            ),
            Unreadable::Shape => {
                ("The answer lacks a task id. The task may have been created.", "应答里没有任务 ID，任务可能已经创建。")
            }
            Unreadable::TooLong => (
                "The answer was far too long to be right. The task may have been created.",
                "应答长得不正常，任务可能已经创建。",
            ),
        },
        State::Failed(..) => ("The gateway could not make the video.", "网关没能生成视频。"),
        State::Canceled => ("The task was canceled.", "任务已取消。"),
        State::Lost(_) => (
            "The gateway does not know this task: it expired, or belongs to another gateway or region.",
            "网关查不到这个任务：可能已过期，或属于其他网关、地域。",
        ),
        _ => ("", ""),
    };
    pick(lang, en, zh)
}

/// Whether an unhappy end was billed.
pub fn billed(lang: Lang, state: &State) -> &'static str {
    let (en, zh) = match state {
        State::NotSent | State::Refused(_) => ("No: nothing was created.", "没有，任务未创建。"),
        State::Doubtful(_) => (
            "Perhaps. Look in the gateway's console before you run it again.",
            "有可能。再次运行前，请先到网关控制台查看。",
        ),
        State::Failed(..) => ("No, by the documents: failed tasks are free.", "按文档说明，失败的任务不计费。"),
        State::Canceled => ("Not by the documents; the gateway's bill decides.", "按文档应不计费，以网关账单为准。"),
        _ => ("Unknown: the gateway's bill tells.", "未知，以网关账单为准。"),
    };
    pick(lang, en, zh)
}

/// What to do after an end without a gateway's fault to go by.
pub fn next_step(lang: Lang, state: &State) -> &'static str {
    let (en, zh) = match state {
        State::NotSent => ("Connect, then run again.", "联网后重新运行即可。"),
        State::Doubtful(Doubt::Network(_)) => (
            "If this gateway is known not to allow browsers, nothing reached it: run the cURL command in a terminal. Otherwise look for the task in its console first.",
            "如果该网关本来就不允许浏览器调用，请求并未到达：请改用终端里的 cURL 命令。否则请先到控制台确认任务是否存在。",
        ),
        State::Doubtful(_) => (
            "The page will not send it again by itself. Look for the task in the gateway's console; if it is not there, run again.",
            "页面不会自动重发。请先到网关控制台查找任务，确认不存在后再运行。",
        ),
        State::Lost(_) => (
            "Results live for 24 hours at most gateways. Run again if you still need it.",
            "多数网关只保留 24 小时。如仍需要，请重新运行。",
        ),
        _ => ("", ""),
    };
    pick(lang, en, zh)
}

/// What happens next to a running task.
pub fn next_look(lang: Lang, seconds: u64, failures: u32) -> String {
    let seconds = seconds.to_string();
    let wait = match lang {
        Lang::En => ["next look in ", &seconds, " s"].concat(),
        Lang::Zh => [&seconds, " 秒后再次查询"].concat(),
    };
    if failures == 0 {
        return wait;
    }
    let count = failures.to_string();
    match lang {
        Lang::En => ["the last ", &count, " answers were no help; the task is unharmed, ", &wait].concat(),
        Lang::Zh => ["最近 ", &count, " 次查询没有得到有效应答，任务不受影响，", &wait].concat(),
    }
}

/// The key and `Following` situations that keep a task from being asked after.
pub fn paused(lang: Lang, following: &crate::task::Following) -> &'static str {
    use crate::task::Following;
    let (en, zh) = match following {
        Following::Yes => ("", ""),
        Following::Stopped => ("Not followed. The task goes on at the gateway.", "已停止跟踪，任务仍在网关上继续。"),
        Following::KeyRefused => (
            "The key was refused. Enter a working key and follow again; the task goes on meanwhile.",
            "Key 被拒绝。请换上有效的 Key 后继续跟踪，任务仍在进行。",
        ),
        Following::GaveUp => (
            "The page stopped asking by itself. The task is not lost: follow again at any time.",
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

fn pick<'a>(lang: Lang, en: &'a str, zh: &'a str) -> &'a str {
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
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
        "The key holds a space, a line break or a full-width character. Copy it again from the console.",
        "Key 中有空格、换行或全角字符，请从控制台重新复制。",
    )
}
