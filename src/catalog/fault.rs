//! What can be wrong with a catalog file: where, which rule is broken, and its message. The messages are here and not
//! among the page's strings because the build, the command for deployers and the page report the same faults.

use super::Words;

/// A broken rule: where, and which one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// JSON pointer into the file; empty for the file as a whole.
    pub place: String,
    /// Which rule.
    pub rule: Rule,
    /// What the rule's message names: a text from the file or a limit.
    pub detail: String,
    /// Line of the file, from 1, if known.
    pub line: Option<u32>,
}

impl Fault {
    /// A fault whose rule needs no detail.
    pub fn new(place: &str, rule: Rule) -> Self {
        Self::with(place, rule, "")
    }

    /// A fault with the detail its message names.
    pub fn with(place: &str, rule: Rule, detail: &str) -> Self {
        Self { place: place.to_owned(), rule, detail: shown(detail), line: None }
    }

    /// What is wrong and what to do about it, in the language that is picked.
    pub fn message(&self, pick: impl FnOnce(&Words) -> &'static str) -> String {
        pick(&self.rule.words()).replace("{}", &self.detail)
    }
}

/// Longest excerpt of a file that is repeated in a fault.
const LONGEST_SHOWN: usize = 80;

/// A text from the file, safe to show: bounded, and without characters that change the direction of the line.
pub fn shown(text: &str) -> String {
    let mut out: String =
        text.chars().take(LONGEST_SHOWN).map(|c| if is_hostile(c) { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(LONGEST_SHOWN).is_some() {
        out.push('…');
    }
    out
}

/// Characters that are invisible or change how the text around them reads: controls, direction marks, zero-width ones.
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The rules, each with its message in both languages; `{}` stands for the detail.
macro_rules! rules {
    ($($name:ident: $en:literal, $zh:literal;)*) => {
        /// The rules of catalog files.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs)] // Their messages are the documentation.
        pub enum Rule { $($name,)* }

        impl Rule {
            /// Its message.
            pub const fn words(self) -> Words {
                match self { $(Self::$name => Words { en: $en, zh: $zh },)* }
            }

            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];
        }
    };
}

rules! {
    // The file.
    TooLong: "The file is larger than 1 MB, so all of it is ignored. Keep only what differs from the built-in catalog.",
        "文件超过 1 MB，全部未采用；请只保留与内置目录不同的部分。";
    NotJson: "Not valid JSON from here on. Check for a missing comma or quote just before.",
        "从这里起不是合法的 JSON；请检查前面是否少了逗号或引号。";
    Twice: "The name \"{}\" occurs twice in one object; the first would be lost. Remove or rename one.",
        "同一对象中名称“{}”出现两次，前一个会丢失；请删除或改名。";
    Version: "This page reads version 1 of the format. Write \"version\": 1, or update the page.",
        "本页面只读取第 1 版格式；请写 \"version\": 1，或更新页面。";
    OnlyDeployer: "Only the catalog beside the page may remove or replace gateways; choose another ID.",
        "只有页面旁的 catalog.json 可以移除或替换网关；请换一个 ID。";
    NothingLeft: "No gateway would be left, so none is removed. Keep at least one.",
        "这样会一个网关都不剩，因此未移除；请至少保留一个。";
    // Shape.
    Text: "This must be a string in quotes.", "此处应为带引号的文本。";
    Natural: "This must be a whole number from 0 to {}.", "此处应为 0 到 {} 之间的整数。";
    Range: "This must be a number in {}.", "此处的数应在 {} 之内。";
    Flag: "This must be true or false.", "此处应为 true 或 false。";
    List: "This must be a list: [ … ].", "此处应为列表：[ … ]。";
    Object: "This must be an object: { … }.", "此处应为对象：{ … }。";
    Pair: "This must be a list of exactly two.", "此处应为恰好两项的列表。";
    OneOf: "This must be one of: {}.", "此处只能是：{}。";
    Missing: "\"{}\" is missing. Add it.", "缺少 \"{}\"，请补上。";
    Surprise: "\"{}\" means nothing here. Check its spelling, or remove it.", "\"{}\" 在这里没有含义；请检查拼写或删除。";
    TooMany: "There are more than {} here. Shorten it.", "此处多于 {} 项，请减少。";
    TooWide: "This text has more than {} characters. Shorten it.", "此文本超过 {} 个字符，请缩短。";
    Hostile: "This text contains invisible or direction-changing characters. Type it again.", "此文本含不可见或改变方向的字符，请重新输入。";
    Empty: "This must not be empty.", "此处不能为空。";
    // Names.
    BadId: "An ID is 1 to 40 lowercase letters, digits and hyphens and begins with a letter or digit.",
        "ID 由 1 到 40 个小写字母、数字和连字符组成，并以字母或数字开头。";
    IdTwice: "The ID \"{}\" occurs twice. Give each its own.", "ID“{}”出现两次，请各用各的。";
    BadModelId: "A model ID is 1 to 100 letters, digits and . _ : / + -, with at most one @ for a second way to it.",
        "模型 ID 由 1 到 100 个字母、数字及 . _ : / + - 组成，至多一个 @（表示同一模型的另一种调用方式）。";
    BadVariable: "The key variable is the name of a shell variable: letters, digits and _, such as ACME_API_KEY. Never the key itself, and no name that a shell or program uses.",
        "Key 变量是 shell 变量名：字母、数字与下划线，例如 ACME_API_KEY；不是 Key 本身，也不能是 shell 或程序自用的名称。";
    LooksLikeKey: "This looks like a key. A catalog is public: enter keys only in the page.",
        "这看起来像一个 Key。目录是公开的：Key 只在页面里输入。";
    // Addresses.
    BadBase: "A base URL looks like https://host or https://host/path: https (http only on this machine), no user name, query, placeholder, doubled slash or dots, no slash at the end. Write {}.",
        "接口地址形如 https://host 或 https://host/path：须为 https（仅本机可用 http），不含用户名、查询、占位符、重复斜杠或点段，末尾无斜杠。请写成 {}。";
    FirstBase: "The first base URL must be complete: those with a placeholder come after it.",
        "第一个接口地址必须完整；带占位符的请放在后面。";
    BaseTwice: "The base URL \"{}\" occurs twice.", "接口地址“{}”出现两次。";
    BadPath: "A path starts with one slash and contains only letters, digits and . _ : ~ -; no .., no //, no query.",
        "路径以一个斜杠开头，只含字母、数字及 . _ : ~ -；不能有 ..、//，也不能有查询。";
    NeedsTaskId: "This path must contain {task_id}, or tasks can't be told apart.", "此路径必须含 {task_id}，否则分不清任务。";
    NoTaskId: "This path can't contain {task_id} or any other placeholder.", "此路径不能含 {task_id} 或其他占位符。";
    NeedsContent: "The unified protocol fetches its video: \"content\" is missing.", "统一视频协议需要下载视频：缺少 \"content\"。";
    BadHeader: "\"{}\" may not be set by a catalog: headers for keys, origin or body format are set by the page.",
        "目录不能设置请求头“{}”：与 Key、来源或正文格式有关的请求头由页面自己写。";
    BadHeaderValue: "A header's value must be plain ASCII on one line.", "请求头的值须为单行 ASCII 文本。";
    BadLink: "A source's URL must start with https://.", "来源地址须以 https:// 开头。";
    BadDay: "A day is written as YYYY-MM-DD.", "日期写作 YYYY-MM-DD。";
    // References.
    NoBase: "A gateway needs at least one base URL.", "网关至少要有一个接口地址。";
    NoModel: "A gateway needs at least one model.", "网关至少要有一个模型。";
    UnknownGateway: "There is no gateway \"{}\".", "没有名为“{}”的网关。";
    UnknownModel: "There is no model \"{}\" here.", "这里没有模型“{}”。";
    NotCurrent: "\"{}\" is not marked as current, or it is a beta; the page opens with the default. Choose another, or give it \"age\": \"current\".",
        "“{}”未标为当前型号，或属于 Beta；页面打开时即选中默认模型。请另选，或为它写上 \"age\": \"current\"。";
    UnknownSource: "There is no source \"{}\" in \"sources\".", "\"sources\" 中没有来源“{}”。";
    UnknownEndpoint: "There is no endpoint \"{}\" in \"endpoints\".", "\"endpoints\" 中没有端点“{}”。";
    UnknownRegion: "No base URL has the region \"{}\".", "没有接口地址属于地域“{}”。";
    UnknownField: "Unknown field. The guide lists them.", "没有这个字段；字段列表见说明文档。";
    LacksField: "The model has no field \"{}\".", "此模型没有字段“{}”。";
    // Models and fields.
    FieldTwice: "The field \"{}\" occurs twice.", "字段“{}”出现两次。";
    KindMisfit: "The field \"{}\" can't be of this type.", "字段“{}”不能是这种类型。";
    BadPlace: "A wire place is a path of names with dots between, such as input.prompt.", "报文位置是以点分隔的名称路径，例如 input.prompt。";
    NoPlace: "A field needs a wire place \"at\", unless a size table has tier and ratio.", "字段需要报文位置 \"at\"（由尺寸表给出的档位与比例除外）。";
    TwoPlaces: "The size table has tier and ratio: a wire place of their own would be sent beside it.", "尺寸表已含档位与比例，不能另有报文位置。";
    PlaceTaken: "The wire place \"{}\" is taken: one would overwrite the other.", "报文位置“{}”已被占用，会互相覆盖。";
    BadDefault: "The default isn't a valid value of this field.", "默认值不是该字段可取的值。";
    BadRange: "The range is broken: min, max and one_of do not agree.", "范围有误：min、max 与 one_of 不一致。";
    OptionTwice: "The option \"{}\" occurs twice.", "选项“{}”出现两次。";
    OwnCondition: "The field depends on itself.", "该字段依赖于自身。";
    Cycle: "The conditions form a circle: {}. None of these fields could ever be filled in.", "条件构成循环：{}，这些字段永远无法填写。";
    Chain: "It depends on a field that is itself conditional; conditions do not chain.", "它依赖的字段本身也有条件；条件不能连环。";
    RequiredCondition: "A required field must always be reachable: remove \"when\" or \"required\".", "必填字段必须始终可填：请删去 \"when\" 或 \"required\"。";
    NeverTrue: "The field \"{}\" can never have this value.", "字段“{}”不可能取这个值。";
    BadSize: "A size is written as width*height or widthxheight in pixels.", "尺寸写作 宽*高 或 宽x高（像素）。";
    NotOffered: "\"{}\" is in the table, but can't be chosen.", "“{}”在表中，却无法选择。";
    NoUpload: "Files of this kind can't be uploaded here: the gateway has no \"upload\" that accepts them. Add it, or remove this.",
        "此网关没有可上传此类文件的位置：请在网关的 \"upload\" 中加入该类型，或删去此项。";
    // Prices.
    RatesOrWord: "A price has \"rates\", or its basis is \"unpublished\" and it has none.", "价格要么有 \"rates\"，要么 basis 为 \"unpublished\" 且没有 rates。";
    BadPrice: "A price is a decimal number in quotes, such as \"0.60\".", "价格是带引号的小数，例如 \"0.60\"。";
    BadCurrency: "A currency has three capital letters, such as CNY.", "币种是三个大写字母，例如 CNY。";
    TierUnpriced: "The tier \"{}\" has no price in the first base URL's region.", "档位“{}”在第一个接口地址的地域没有价格。";
    NeedsTier: "A model with a price needs a choice of tier.", "有价格的模型需要档位选项。";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_sentence_in_both_languages() {
        let chinese = |text: &str| text.chars().any(|c| ('一'..='鿿').contains(&c));
        for rule in Rule::ALL {
            let Words { en, zh } = rule.words();
            assert!(!chinese(en) && chinese(zh), "{rule:?}");
            assert_eq!(en.contains("{}"), zh.contains("{}"), "{rule:?} names its detail in one language only");
        }
    }

    #[test]
    fn what_is_shown_of_a_file_is_short_and_keeps_its_direction() {
        assert_eq!(shown("a\u{202e}b\nc"), "a\u{fffd}b\u{fffd}c");
        assert_eq!(shown(&"x".repeat(200)).chars().count(), LONGEST_SHOWN + 1);
    }
}
