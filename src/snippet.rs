//! A request as text that can be run elsewhere. One table of printers over the one request value: a shell is one file,
//! and its row in [`Shell::printer`].

mod cmd;
mod command;
mod curl;
mod fish;
mod powershell;
mod program;

use crate::http::Request;
use crate::key::ApiKey;

pub use command::Curl;
pub use curl::{posix, posix_download};
pub use program::{Job, Program, print_program};

/// A shell that a command can be printed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    /// Any POSIX shell; zsh reads the same.
    Posix,
    /// The GNU shell: what is right in every POSIX shell is right in it.
    Bash,
    /// The friendly one, whose quotes are its own.
    Fish,
    /// The Windows command prompt.
    Cmd,
    /// Windows PowerShell 5.1 and PowerShell 7, on Windows.
    PowerShell,
}

/// What there is to a shell. A new one is a file with such a value in it.
struct Printer {
    id: &'static str,
    name: &'static str,
    words: command::Words,
    request: fn(&Request, Curl<'_>) -> Snippet,
    download: fn(&str, &str) -> Snippet,
}

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

impl Shell {
    /// All, in the order they are offered in.
    pub const ALL: [Self; 5] = [Self::Posix, Self::Bash, Self::Fish, Self::Cmd, Self::PowerShell];

    /// The shell of an id.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shell| shell.id() == id)
    }

    /// Its id, for storage and links.
    pub const fn id(self) -> &'static str {
        self.printer().id
    }

    /// Its name: the same in every language.
    pub const fn name(self) -> &'static str {
        self.printer().name
    }

    const fn printer(self) -> &'static Printer {
        match self {
            Self::Posix => &curl::POSIX,
            Self::Bash => &curl::BASH,
            Self::Fish => &fish::FISH,
            Self::Cmd => &cmd::CMD,
            Self::PowerShell => &powershell::POWER_SHELL,
        }
    }
}

/// The command that sends a request. It holds the name of the key's variable, never a key.
pub fn print(shell: Shell, request: &Request, how: Curl<'_>) -> Snippet {
    (shell.printer().request)(request, how)
}

/// A printed command with the key itself in the place of its variable: for the one who asked for it, and for the origin
/// of the key only.
pub fn with_key(shell: Shell, command: &str, request: &Request, how: Curl<'_>, key: &ApiKey) -> Option<String> {
    let words = &shell.printer().words;
    let mut written = String::new();
    (words.quote)(&mut written, &["Authorization: ", &key.authorization_for(&request.url)?].concat());
    // Before it there is only the address, or a body in JSON, in which no double quote stands alone.
    let (before, after) = command.split_once(&*command::authorization(words, how.key_variable))?;
    Some([before, &written, after].concat())
}

/// The command that saves a result link under a name. The link is signed: its query is left as it is.
pub fn download(shell: Shell, link: &str, name: &str) -> Snippet {
    (shell.printer().download)(link, name)
}

#[cfg(test)]
mod tests;
