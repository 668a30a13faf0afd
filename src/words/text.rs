//! Fixed words of the page. One struct, two statics: a missing word does not compile.

mod en;
pub mod history;
mod kept;
mod zh;

/// The languages of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// English.
    En,
    /// Simplified Chinese.
    Zh,
}

impl Lang {
    /// The fixed words in this language.
    pub fn texts(self) -> &'static Texts {
        match self {
            Self::En => &en::TEXTS,
            Self::Zh => &zh::TEXTS,
        }
    }

    /// BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-CN",
        }
    }

    /// The language of a BCP 47 tag, as far as the page speaks it.
    pub fn of(tag: &str) -> Self {
        if tag.to_ascii_lowercase().starts_with("zh") { Self::Zh } else { Self::En }
    }

    /// One of two words.
    pub fn pick(self, words: &crate::catalog::Words) -> &str {
        match self {
            Self::En => &words.en,
            Self::Zh => &words.zh,
        }
    }
}

/// Every fixed word, by its use.
#[allow(missing_docs)] // The names are the documentation; the words stand in `text/en.rs`.
pub struct Texts {
    pub lead: &'static str,
    pub skip: &'static str,
    pub other_language: &'static str,
    pub theme: &'static str,
    pub help: &'static str,
    pub close: &'static str,
    pub gateway: &'static str,
    pub simulator: &'static str,
    pub simulator_banner: &'static str,
    pub scenarios: &'static str,
    pub scenarios_lead: &'static str,
    pub scenarios_failed: &'static str,
    pub insert: &'static str,
    pub model: &'static str,
    pub capability: &'static str,
    pub capabilities: [&'static str; 7],
    pub current: &'static str,
    pub older: &'static str,
    pub beta: &'static str,
    pub verified: &'static str,
    pub base: &'static str,
    pub base_custom: &'static str,
    pub base_custom_label: &'static str,
    pub key: &'static str,
    pub key_hint: &'static str,
    pub key_simulator: &'static str,
    pub key_show: &'static str,
    pub key_hide: &'static str,
    pub key_clear: &'static str,
    pub inputs: &'static str,
    pub examples: &'static str,
    pub required: &'static str,
    pub more: &'static str,
    pub auto: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub link: &'static str,
    pub file: &'static str,
    pub file_hint: &'static str,
    pub file_sent: &'static str,
    pub example: &'static str,
    pub remove: &'static str,
    pub add_reference: &'static str,
    pub image: &'static str,
    pub audio: &'static str,
    pub video: &'static str,
    pub voice: &'static str,
    pub kind: &'static str,
    pub unsent: &'static str,
    pub unsent_lead: &'static str,
    pub source: &'static str,
    pub safer: &'static str,
    pub price: &'static str,
    pub price_none: &'static str,
    pub price_own: &'static str,
    pub price_quoted: &'static str,
    pub price_reference: &'static str,
    pub price_by_audio: &'static str,
    pub price_no_length: &'static str,
    pub price_by_model: &'static str,
    pub price_failed_free: &'static str,
    pub price_failed_unsaid: &'static str,
    pub run: &'static str,
    pub run_keys: &'static str,
    pub run_blocked: &'static str,
    pub stage: &'static str,
    pub stage_empty: &'static str,
    pub stage_follows_image: &'static str,
    pub paste: &'static str,
    pub new_draft: &'static str,
    pub request: &'static str,
    pub preview_incomplete: &'static str,
    pub call_create: &'static str,
    pub call_query: &'static str,
    pub call_cancel: &'static str,
    pub call_content: &'static str,
    pub call_look_up: &'static str,
    pub call: &'static str,
    pub form: &'static str,
    pub http: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub copy_failed: &'static str,
    pub copy_link: &'static str,
    pub body_file: &'static str,
    pub tasks: &'static str,
    pub unkept_refused: &'static str,
    pub unkept_full: &'static str,
    pub unkept_newer: &'static str,
    pub elsewhere: &'static str,
    pub give_key: &'static str,
    pub fetch_again: &'static str,
    pub fetch_again_why: &'static str,
    pub tasks_empty: &'static str,
    pub task_id: &'static str,
    pub elapsed: &'static str,
    pub stop: &'static str,
    pub follow: &'static str,
    pub ask_now: &'static str,
    pub cancel: &'static str,
    pub cancel_asked: &'static str,
    pub cancel_taken: &'static str,
    pub download: &'static str,
    pub open: &'static str,
    pub save_curl: &'static str,
    pub reload_video: &'static str,
    pub video_failed: &'static str,
    pub no_link: &'static str,
    pub log: &'static str,
    pub sent: &'static str,
    pub received: &'static str,
    pub no_answer: &'static str,
    pub facts: &'static str,
    pub fact_size: &'static str,
    pub fact_length: &'static str,
    pub fact_billed: &'static str,
    pub fact_price: &'static str,
    pub fact_expires: &'static str,
    pub fact_prompt: &'static str,
    pub unknown: &'static str,
    pub expired: &'static str,
    pub mismatch: &'static str,
    pub what_happened: &'static str,
    pub was_it_billed: &'static str,
    pub what_to_do: &'static str,
    pub said: &'static str,
    pub code: &'static str,
    pub request_id: &'static str,
    pub keys_title: &'static str,
    pub keys: [(&'static str, &'static str); 4],
    pub help_title: &'static str,
    pub help_steps: [(&'static str, &'static str); 4],
    pub checking_file: &'static str,
    pub file_unreadable: &'static str,
    pub not_offered_here: &'static str,
    pub footer: &'static str,
}
