//! What can be made to fail on purpose, by a keyword anywhere in the strings of a request or by the header
//! `X-Sim-Scenario` of the create call.

use serde_json::{Value, json};

use super::body::mentions;
use super::call::{Call, Gateway};
use crate::address::is_on_this_machine;

/// A deviation from the normal course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) enum Scenario {
    Moderation,
    UnreadableImage,
    AttemptFailed,
    Slow,
    ThrottledCreate,
    Throttled,
    ServerError,
    UnknownState,
    Expired,
    NotReady,
    CreateServerError,
    Html,
    Quota,
    EchoKey,
    BadResolution,
    BadSize,
    BadDuration,
    LoneFrame,
    NoWords,
    TwoFaults,
    NoPerson,
}

impl Scenario {
    /// Longer keywords come before the keywords they begin with.
    pub const ALL: [Self; 21] = [
        Self::Moderation,
        Self::UnreadableImage,
        Self::AttemptFailed,
        Self::Slow,
        Self::ThrottledCreate,
        Self::Throttled,
        Self::ServerError,
        Self::UnknownState,
        Self::Expired,
        Self::NotReady,
        Self::CreateServerError,
        Self::Html,
        Self::Quota,
        Self::EchoKey,
        Self::BadResolution,
        Self::BadSize,
        Self::BadDuration,
        Self::LoneFrame,
        Self::NoWords,
        Self::TwoFaults,
        Self::NoPerson,
    ];

    /// The message that refuses a request that looked right, word for word as clients of Alibaba's service have
    /// published it: at `DashScope` only after the task was created.
    pub fn refusal(self) -> Option<&'static str> {
        Some(match self {
            Self::BadResolution => "Input should be '1080P' or '720P': parameters.resolution",
            Self::BadSize => {
                "size must be in 1080*1920,1920*1080,1440*1440,1632*1248,1248*1632,480*832,832*480,624*624"
            }
            Self::BadDuration => "duration customization is not supported",
            Self::LoneFrame => "Only first frame provided is not allowed",
            Self::NoWords => "prompt must contain words",
            Self::TwoFaults => {
                "Input should be '1080P' or '720P': parameters.resolution & Duration should be between 2 and 15"
            }
            _ => return None,
        })
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Moderation => "sim:moderation",
            Self::UnreadableImage => "sim:unreadable-image",
            Self::AttemptFailed => "sim:attempt-failed",
            Self::Slow => "sim:slow",
            Self::ThrottledCreate => "sim:throttled-create",
            Self::Throttled => "sim:throttled",
            Self::ServerError => "sim:server-error",
            Self::UnknownState => "sim:unknown-state",
            Self::Expired => "sim:expired",
            Self::NotReady => "sim:not-ready",
            Self::CreateServerError => "sim:create-500",
            Self::Html => "sim:html",
            Self::Quota => "sim:quota",
            Self::EchoKey => "sim:echo-key",
            Self::BadResolution => "sim:bad-resolution",
            Self::BadSize => "sim:bad-size",
            Self::BadDuration => "sim:bad-duration",
            Self::LoneFrame => "sim:lone-frame",
            Self::NoWords => "sim:no-words",
            Self::TwoFaults => "sim:two-faults",
            Self::NoPerson => "sim:no-person",
        }
    }

    fn english(self) -> &'static str {
        match self {
            Self::Moderation => "The task fails because content moderation refuses the prompt.",
            Self::UnreadableImage => "The task fails because the gateway can't download or read the image.",
            Self::AttemptFailed => {
                "At AceDataCloud, an attempt fails and the gateway continues automatically; then it succeeds. Elsewhere it simply succeeds."
            }
            Self::Slow => "Everything takes five times longer.",
            Self::ThrottledCreate => "Creating the task returns 429 (too many requests), and nothing is created.",
            Self::Throttled => "The first two status queries return 429 with Retry-After; then it succeeds.",
            Self::ServerError => "The first two status queries return 500; then it succeeds.",
            Self::UnknownState => "For a while, the task reports a status that isn't in the docs; then it succeeds.",
            Self::Expired => "After running, the task can no longer be found at the gateway.",
            Self::NotReady => "The task succeeds, but the first download is told that the video isn't ready yet.",
            Self::CreateServerError => {
                "Creating the task returns 500, so it's unconfirmed whether anything was created."
            }
            Self::Html => "The first status query returns an HTML page from a proxy; then it succeeds.",
            Self::Quota => "Creating the task is refused because balance or quota is used up.",
            Self::EchoKey => {
                "Creating the task is refused, and the error repeats the API key in several spellings. Only on this machine."
            }
            Self::BadResolution => {
                "The resolution is refused with a message that lists the valid ones; at DashScope after the task was created."
            }
            Self::BadSize => {
                "The size is refused with a message that lists the valid ones; at DashScope after the task was created."
            }
            Self::BadDuration => {
                "The duration is refused because the model only has one; at DashScope after the task was created."
            }
            Self::LoneFrame => "A first frame without references is refused; at DashScope after the task was created.",
            Self::NoWords => "A prompt without words is refused; at DashScope after the task was created.",
            Self::TwoFaults => {
                "Resolution and duration are refused in one message; at DashScope after the task was created."
            }
            Self::NoPerson => "The check of a portrait finds no person in the image.",
        }
    }

    fn chinese(self) -> &'static str {
        match self {
            Self::Moderation => "任务失败：内容审核拒绝了提示词。",
            Self::UnreadableImage => "任务失败：网关无法下载或读取图片。",
            Self::AttemptFailed => "在 AceDataCloud，有一次尝试失败而网关自动继续，之后成功；其他网关直接成功。",
            Self::Slow => "所有步骤都慢五倍。",
            Self::ThrottledCreate => "创建任务时返回 429（请求过多），任务不会被创建。",
            Self::Throttled => "前两次查询返回 429 和 Retry-After，之后成功。",
            Self::ServerError => "前两次查询返回 500，之后成功。",
            Self::UnknownState => "任务会有一段时间处于文档中没有的状态，之后成功。",
            Self::Expired => "任务运行之后，网关查不到它。",
            Self::NotReady => "任务成功，但第一次获取视频时被告知视频尚未就绪。",
            Self::CreateServerError => "创建任务时返回 500，任务是否已创建待确认。",
            Self::Html => "第一次查询由代理返回一个 HTML 页面，之后成功。",
            Self::Quota => "余额或额度已用完，创建任务被拒绝。",
            Self::EchoKey => "创建任务被拒绝，错误信息以多种写法重复 API Key。仅限本机。",
            Self::BadResolution => "分辨率被拒绝，提示中列出可用的值；在 DashScope 则是创建任务之后才被拒绝。",
            Self::BadSize => "尺寸被拒绝，提示中列出可用的值；在 DashScope 则是创建任务之后才被拒绝。",
            Self::BadDuration => "时长被拒绝，因为模型只有一种时长；在 DashScope 则是创建任务之后才被拒绝。",
            Self::LoneFrame => "只有首帧而没有参考素材，被拒绝；在 DashScope 则是创建任务之后才被拒绝。",
            Self::NoWords => "提示词没有文字，被拒绝；在 DashScope 则是创建任务之后才被拒绝。",
            Self::TwoFaults => "分辨率和时长在同一条提示中被拒绝；在 DashScope 则是创建任务之后才被拒绝。",
            Self::NoPerson => "检测人像时，图中没有找到人物。",
        }
    }

    /// The scenario a create call requests. The header wins; of several keywords the first in the list. Nobody's key is
    /// sent to another machine.
    pub fn asked(call: &Call, body: &Value) -> Option<Self> {
        let header = call.header("x-sim-scenario").unwrap_or_default().trim();
        let by_header = Self::ALL
            .into_iter()
            .find(|scenario| scenario.word() == header || scenario.word() == format!("sim:{header}"));
        let asked = by_header.or_else(|| Self::ALL.into_iter().find(|scenario| mentions(body, scenario.word())));
        asked.filter(|scenario| *scenario != Self::EchoKey || is_on_this_machine(&call.origin()))
    }

    /// The list as `GET /sim/scenarios` returns it.
    pub fn list() -> Value {
        let gateways: Vec<&str> = Gateway::ALL.iter().map(|gateway| gateway.id()).collect();
        let row = |scenario: Self| json!({"word": scenario.word(), "en": scenario.english(), "zh": scenario.chinese(), "gateways": gateways});
        Value::Array(Self::ALL.into_iter().map(row).collect())
    }
}
