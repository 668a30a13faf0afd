//! The result of printing: the text, and what the user has to know.

/// A printed command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The text, ready to be pasted.
    pub text: String,
    /// The body must be next to it, in a file with the name that was asked for.
    pub needs_file: bool,
    /// What the user has to know.
    pub notes: Vec<Note>,
}

/// What a user has to know about a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// The body is in a file, because it contains files.
    FileForMedia,
    /// The body is in a file, because it was not printed here: it may contain whatever ends a text in a command.
    FileForExact,
    /// The body is in a file: there is no way to write `%` that both the prompt and a batch file preserve.
    FileForPercent,
    /// The body is in a file: `!` is lost if delayed expansion is on.
    FileForExclamation,
    /// The body is in a file: curl on Windows receives its arguments in the code page of the system, not in UTF-8.
    FileForLetters,
    /// The body is in a file: the prompt accepts no command of more than 8191 characters.
    FileForLength,
    /// There is a `%` or `!` in a URL or a name: correct at the prompt, but a batch file requires each `%` twice, and
    /// no delayed expansion.
    PromptOnly,
    /// It contains non-ASCII characters: a `.ps1` file must be saved as UTF-8 with a byte order mark, or Windows
    /// PowerShell 5.1 misreads them.
    ScriptWithMark,
    /// It only names a local file of the request: that has to be uploaded first, and its link takes the name's place.
    UploadFirst,
    /// It uploads the local files of the request itself, from the folder where it runs.
    Uploads,
    /// It runs in a page, and asks its user for the local files, which it then uploads.
    AsksForFiles,
}
