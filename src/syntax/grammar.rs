//! What a text can be written in, and what its pieces can be.

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Everything else.
    Plain,
    /// The name of a member or of a header.
    Key,
    /// A text between quotes.
    Text,
    /// A number.
    Number,
    /// A word of the language, or the program that is called.
    Word,
    /// What is filled in later: a variable, or the mark for an id.
    Variable,
    /// An option of a command.
    Flag,
    /// What is said to people only.
    Comment,
}

impl Kind {
    /// All that have a colour.
    pub const COLOURED: [Self; 7] =
        [Self::Key, Self::Text, Self::Number, Self::Word, Self::Variable, Self::Flag, Self::Comment];
}

/// What a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grammar {
    /// A POSIX shell, or fish.
    Shell,
    /// The Windows command prompt.
    Cmd,
    /// Windows PowerShell and PowerShell 7.
    PowerShell,
    /// A request as it travels.
    Http,
    /// A body alone.
    Json,
    /// Python.
    Python,
    /// JavaScript.
    JavaScript,
    /// Go.
    Go,
    /// Rust.
    Rust,
    /// Java.
    Java,
}

impl Grammar {
    /// All.
    pub const ALL: [Self; 10] = [
        Self::Shell,
        Self::Cmd,
        Self::PowerShell,
        Self::Http,
        Self::Json,
        Self::Python,
        Self::JavaScript,
        Self::Go,
        Self::Rust,
        Self::Java,
    ];

    pub(super) const fn is_shell(self) -> bool {
        matches!(self, Self::Shell | Self::Cmd | Self::PowerShell)
    }

    /// What begins a comment that lasts to the end of the line.
    pub(super) const fn comment(self) -> &'static str {
        match self {
            Self::Shell | Self::PowerShell | Self::Python => "#",
            Self::JavaScript | Self::Go | Self::Rust | Self::Java => "//",
            Self::Cmd | Self::Http | Self::Json => "",
        }
    }

    /// The words of a language. Those of similar ones are one list: a colour too many does no harm.
    pub(super) const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Shell | Self::Cmd | Self::PowerShell => &[
                "curl", "curl.exe", "jq", "if", "then", "else", "elif", "elseif", "fi", "for", "foreach", "in", "do",
                "done", "while", "until", "case", "esac", "exit", "set", "trap", "return", "function", "param", "try",
                "catch", "finally", "throw", "break", "continue",
            ],
            Self::Http | Self::Json => &["true", "false", "null"],
            Self::Python => &[
                "and", "as", "break", "continue", "def", "elif", "else", "except", "for", "from", "if", "import", "in",
                "is", "lambda", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield", "None",
                "True", "False",
            ],
            Self::JavaScript | Self::Go | Self::Rust | Self::Java => &[
                "as",
                "async",
                "await",
                "boolean",
                "break",
                "case",
                "catch",
                "class",
                "const",
                "continue",
                "default",
                "defer",
                "else",
                "enum",
                "export",
                "extends",
                "final",
                "finally",
                "fn",
                "for",
                "from",
                "func",
                "function",
                "if",
                "impl",
                "import",
                "in",
                "instanceof",
                "int",
                "let",
                "long",
                "loop",
                "match",
                "mut",
                "new",
                "package",
                "private",
                "pub",
                "public",
                "range",
                "record",
                "return",
                "static",
                "string",
                "struct",
                "switch",
                "throw",
                "throws",
                "try",
                "type",
                "use",
                "var",
                "void",
                "while",
                "true",
                "false",
                "null",
                "nil",
                "undefined",
            ],
        }
    }
}
