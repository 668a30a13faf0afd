//! What printing gives: the text, and what its reader has to know.

/// A printed command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The text, as it is to be pasted.
    pub text: String,
    /// The body has to lie beside it, as a file of the name that was asked for.
    pub needs_file: bool,
    /// What the reader has to know.
    pub notes: Vec<Note>,
}

/// What a reader has to know of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// The body is in a file, because files travel in it.
    FileForMedia,
    /// The body is in a file: `%` cannot be written so that both the prompt and a batch file keep it.
    FileForPercent,
    /// The body is in a file: `!` is lost where delayed expansion is on.
    FileForExclamation,
    /// The body is in a file: curl on Windows is handed its arguments in the code page of the system, not in UTF-8.
    FileForLetters,
    /// The body is in a file: the prompt takes no command of more than 8191 characters.
    FileForLength,
    /// There is `%` or `!` in an address or a name: right at the prompt, but a batch file needs each `%` twice, and no
    /// delayed expansion.
    PromptOnly,
    /// There are letters beyond ASCII in it: kept in a `.ps1` file, it must be saved as UTF-8 with a byte order mark,
    /// or Windows PowerShell 5.1 reads other letters.
    ScriptWithMark,
}
