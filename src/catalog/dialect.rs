//! The wire dialects, as far as a catalog has to know them; how they work is in `protocol/`.

/// The wire dialects. A closed set: each has one file in `protocol/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// `DashScope`'s own: `input` and `parameters`, status in `output.task_status`.
    Bailian,
    /// The unified `/v1/videos` endpoint with an authorized binary download.
    Unified,
    /// `/v1/video/generations` of the new-api family: an envelope with `data`.
    Generations,
    /// `AceDataCloud`'s `/wan/videos` and `/wan/tasks`.
    Acedata,
}

/// What a catalog says about a dialect.
struct Row {
    word: &'static str,
    shown_by: &'static str,
    asks_by_post: bool,
    hands_out_content: bool,
}

impl Row {
    /// Most are queried by `GET` and respond with a link.
    const fn of(word: &'static str, shown_by: &'static str) -> Self {
        Self { word, shown_by, asks_by_post: false, hands_out_content: false }
    }
}

impl Dialect {
    /// All of them, in the order in which a user picks one.
    pub const ALL: [Self; 4] = [Self::Bailian, Self::Unified, Self::Generations, Self::Acedata];

    const fn row(self) -> Row {
        match self {
            Self::Bailian => Row::of("bailian", "dashscope"),
            Self::Unified => Row { hands_out_content: true, ..Row::of("unified", "ope") },
            Self::Generations => Row::of("generations", "crazyrouter"),
            Self::Acedata => Row { asks_by_post: true, ..Row::of("acedata", "acedata") },
        }
    }

    /// Its name in files and records. Once written, it never gets another meaning.
    pub const fn word(self) -> &'static str {
        self.row().word
    }

    /// The dialect with this name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.word() == word)
    }

    /// The built-in gateway that represents it: a custom gateway that speaks it behaves like that one.
    pub const fn shown_by(self) -> &'static str {
        self.row().shown_by
    }

    /// Whether a task is queried by `POST`, with its id in the body instead of the path.
    pub const fn asks_by_post(self) -> bool {
        self.row().asks_by_post
    }

    /// Whether a result is never a link: an endpoint must then have a path for its content.
    pub const fn hands_out_content(self) -> bool {
        self.row().hands_out_content
    }
}
