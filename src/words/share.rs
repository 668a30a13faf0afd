//! The words of links: of those that were opened, and of those that are made.

use crate::catalog::FieldId;
use crate::link::Misread;
use crate::link::carry::NotCarried;
use crate::words::lang::Lang;

/// Every fixed word of these panels.
#[allow(missing_docs)] // The names are the documentation.
pub struct Words {
    pub opened: &'static str,
    pub opened_not: &'static str,
    pub misread: &'static str,
    pub missing: &'static str,
    pub take_back: &'static str,
    pub title: &'static str,
    pub lead: &'static str,
    pub of_task: &'static str,
    pub address: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub save: &'static str,
    pub long: &'static str,
    pub signed: &'static str,
    pub own_machine: &'static str,
    pub holds: &'static str,
    pub holds_no_fields: &'static str,
    pub language: &'static str,
    pub view: &'static str,
    pub left: &'static str,
    pub never: &'static str,
    pub pasted: &'static str,
    pub pasted_file: &'static str,
    pub elsewhere: &'static str,
    pub fill: &'static str,
}

/// The words in a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &EN,
        Lang::Zh => &ZH,
    }
}

static EN: Words = Words {
    opened: "Opened from a link. Nothing was sent.",
    opened_not: "This link couldn't be opened completely. Nothing was sent.",
    misread: "Not recognized:",
    missing: "Still missing:",
    take_back: "Restore my earlier draft",
    title: "Link to this request",
    lead: "Opens this form pre-filled. Nothing is sent, nothing is billed.",
    of_task: "This is the request of the task shown, not of the form.",
    address: "Link",
    copy: "Copy link",
    copied: "Link copied",
    save: "Save as a file",
    long: "The link is longer than 8 kB, and mail and chat apps may cut it off. Send the file instead: open it under “Import a request, response or task”, or drop it on the page.",
    signed: "It contains a media URL with a query, which may be signed: anyone with the link may be able to open the file.",
    own_machine: "This page runs on this computer, so the link only opens here. Others can paste it under “Import a request, response or task” on their own page.",
    holds: "In the link",
    holds_no_fields: "No field is filled in.",
    language: "Language",
    view: "Layout",
    left: "Not in the link",
    never: "Keys, gateway URLs and callback URLs are never part of a link.",
    pasted: "A playground link. Opening it sends nothing.",
    pasted_file: "A request saved by this playground. Opening it sends nothing.",
    elsewhere: "It points to another site, which isn't opened. Only its request is read here:",
    fill: "Fill the form",
};

static ZH: Words = Words {
    opened: "已按链接填好，尚未发送任何请求。",
    opened_not: "此链接未能完全识别，尚未发送任何请求。",
    misread: "无法识别：",
    missing: "还缺少：",
    take_back: "恢复我之前的草稿",
    title: "此请求的链接",
    lead: "打开后即是填好的表单，不会发送请求，也不会产生费用。",
    of_task: "这是当前任务的请求，不是表单里的草稿。",
    address: "链接",
    copy: "复制链接",
    copied: "链接已复制",
    save: "存为文件",
    long: "链接超过 8 kB，邮件和聊天工具可能截断它。请改为发送文件：在“导入请求、响应或任务”框里打开，或直接拖到页面上。",
    signed: "其中有带查询参数的媒体地址，可能含有签名：拿到链接的人也许能打开该媒体。",
    own_machine: "本页面运行在这台电脑上，链接只能在这里打开。别人可以把它粘贴到自己页面的“导入请求、响应或任务”框里。",
    holds: "链接包含",
    holds_no_fields: "没有填写任何字段。",
    language: "语言",
    view: "展示形式",
    left: "链接不包含",
    never: "Key、网关地址和回调地址不会写进链接。",
    pasted: "这是本演练场的链接，打开时不会发送任何请求。",
    pasted_file: "这是本演练场保存的请求，打开时不会发送任何请求。",
    elsewhere: "它指向另一个网站，这里不会打开它，只读取其中关于请求的部分：",
    fill: "填入表单",
};

/// What was not understood of a link.
pub fn misread(lang: Lang, why: &Misread) -> String {
    let zh = lang == Lang::Zh;
    let (before, name, after) = match why {
        Misread::TooLong => {
            return (if zh { "链接过长，没有读取" } else { "the link is too long and was not read" }).to_owned();
        }
        Misread::Newer => {
            let words = "the link is from a newer version of this page; reload the page, or ask for the cURL";
            return (if zh {
                "链接来自更新的版本；请刷新页面，或请对方改发 cURL"
            } else {
                words
            })
            .to_owned();
        }
        Misread::Damaged => {
            let words = "the link is damaged or cut off; ask for it again";
            return (if zh { "链接已损坏或被截断，请让对方重新发送" } else { words }).to_owned();
        }
        Misread::Gateway(id) if zh => ("没有名为 ", id.as_str(), " 的网关"),
        Misread::Gateway(id) => ("there is no gateway ", id.as_str(), ""),
        Misread::Model(id) if zh => ("该网关没有模型 ", id.as_str(), ""),
        Misread::Model(id) => ("the gateway has no model ", id.as_str(), ""),
        Misread::Field(name) if zh => ("没有名为 ", name.as_str(), " 的字段"),
        Misread::Field(name) => ("there is no field ", name.as_str(), ""),
        Misread::Refused(name) if zh => ("链接不包含", named(lang, name), ""),
        Misread::Refused(name) => ("links don't include: ", named(lang, name), ""),
        Misread::Value(name) if zh => ("", named(lang, name), "的值不可用"),
        Misread::Value(name) => ("the value of ", named(lang, name), " isn't valid for this field"),
        Misread::Option(option) if zh => ("没有嵌入选项 ", option.as_str(), ""),
        Misread::Option(option) => ("there is no embedding option ", option.as_str(), ""),
    };
    [before, name, after].concat()
}

/// The human name of a part of a link, where it has one.
fn named(lang: Lang, name: &str) -> &str {
    let words = words(lang);
    match name {
        "lang" => words.language,
        "view" => words.view,
        _ => FieldId::named(name).map_or(name, |id| crate::words::field(lang, id)),
    }
}

/// What a link leaves out, and why.
pub fn not_carried(lang: Lang, left: &NotCarried) -> (String, &'static str) {
    let field = |id: FieldId| crate::words::field(lang, id).to_owned();
    let (name, en, zh) = match left {
        NotCarried::File(id, name) => (
            [&field(*id), " · ", name].concat(),
            "A file from your device isn't included in a link. Send it separately, or use a URL instead.",
            "本地文件不会随链接传送。请另行发送，或改填它的链接。",
        ),
        NotCarried::Callback => (
            field(FieldId::CallbackUrl),
            "This is your own URL: other people's tasks must not be posted to it.",
            "这是您自己的地址，别人的任务不应发到那里。",
        ),
        NotCarried::Extra(path) => {
            (path.clone(), "It came from a pasted request and has no field.", "它来自粘贴的请求，表单里没有对应字段。")
        }
        NotCarried::Uploaded(id) => (
            field(*id),
            "An uploaded file only works with your account and is deleted after 48 hours. Use a URL instead to share it.",
            "上传的文件仅限您的账号使用，48 小时后删除。如需分享，请改用链接。",
        ),
        NotCarried::HalfTyped(id) => (field(*id), "Not a complete URL yet.", "还不是完整的地址。"),
        NotCarried::KeyMasked(id) => (
            field(*id),
            "It contains what looks like a key, replaced by •••.",
            "其中有疑似 Key 的内容，已用 ••• 代替。",
        ),
        NotCarried::KeyInAddress(id) => (
            field(*id),
            "This URL contains what looks like a key, so all of it is left out.",
            "地址里有疑似 Key 的内容，整个地址都没有放入。",
        ),
        NotCarried::Name(name) => (name.clone(), "A link can't contain this name.", "链接无法写入这个名称。"),
        NotCarried::Unfit(id) => (
            field(*id),
            "Its type doesn't fit this field, or there is too much of it.",
            "它不是该字段可用的类型，或者数量过多。",
        ),
    };
    (name, if lang == Lang::Zh { zh } else { en })
}
