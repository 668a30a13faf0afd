//! A request as text that can be run elsewhere. One table of printers for the one request type. A new shell: see
//! docs/programs.md.

mod cmd;
mod command;
mod curl;
mod fish;
mod powershell;
mod printed;
mod printer;
mod program;

use crate::http::{Form, Request};
use crate::key::ApiKey;
use command::Words;
use printer::Printer;

pub use command::Curl;
pub use curl::{posix, posix_download};
pub use printed::{Note, Snippet};
pub use program::{Job, Program, print_program};

/// A shell that a command can be printed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    /// Any POSIX shell; zsh reads it the same way.
    Posix,
    /// The GNU shell: whatever works in every POSIX shell works in it.
    Bash,
    /// The friendly interactive shell, which has its own quoting.
    Fish,
    /// The Windows command prompt.
    Cmd,
    /// Windows PowerShell 5.1 and PowerShell 7, on Windows.
    PowerShell,
}

impl Shell {
    /// All, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::Posix, Self::Bash, Self::Fish, Self::Cmd, Self::PowerShell];

    /// The shell with this ID.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shell| shell.id() == id)
    }

    /// Its ID, for storage and links.
    pub const fn id(self) -> &'static str {
        self.names()[0]
    }

    /// Its name: the same in every language.
    pub const fn name(self) -> &'static str {
        self.names()[1]
    }

    /// ID and name. Not in the printer's table: the page offers all shells before it has their printers.
    const fn names(self) -> [&'static str; 2] {
        match self {
            Self::Posix => ["posix", "POSIX sh"],
            Self::Bash => ["bash", "bash, zsh"],
            Self::Fish => ["fish", "fish"],
            Self::Cmd => ["cmd", "Windows cmd"],
            Self::PowerShell => ["powershell", "PowerShell"],
        }
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

/// The command for a POSIX shell, bash among them. For the page, which has no other printer at first.
pub fn print_posix(request: &Request, how: Curl<'_>) -> Snippet {
    (curl::POSIX.request)(request, how)
}

/// The command that sends a request. It contains the name of the key's variable, never a key.
pub fn print(shell: Shell, request: &Request, how: Curl<'_>) -> Snippet {
    (shell.printer().request)(request, how)
}

/// The command that sends a form with a file, for people whose page cannot: run where the file of this name is. Its response
/// is what [`Plan::sent`](crate::upload::Plan::sent) reads; a store answers a file that it has taken with nothing.
pub fn form(shell: Shell, form: &Form, file: &str, how: Curl<'_>) -> Snippet {
    command::snippet(command::form(&shell.printer().words, form, file, how))
}

/// A printed command with the key itself in place of its variable: only for the user who asked for it, and only for the
/// origin of the key.
pub fn with_key(shell: Shell, command: &str, request: &Request, how: Curl<'_>, key: &ApiKey) -> Option<String> {
    keyed(&shell.printer().words, command, request, how, key)
}

/// The same for a POSIX shell.
pub fn with_key_posix(command: &str, request: &Request, how: Curl<'_>, key: &ApiKey) -> Option<String> {
    keyed(&curl::POSIX.words, command, request, how, key)
}

fn keyed(words: &Words, command: &str, request: &Request, how: Curl<'_>, key: &ApiKey) -> Option<String> {
    let mut written = String::new();
    (words.quote)(&mut written, &["Authorization: ", &key.authorization_for(&request.url)?].concat());
    // Before it there is only the URL, or a JSON body, in which no double quote is on its own.
    let (before, after) = command.split_once(&*command::authorization(words, how.key_variable))?;
    Some([before, &written, after].concat())
}

/// The command that saves a result link to a file name. The link is signed: its query is left unchanged.
pub fn download(shell: Shell, link: &str, name: &str) -> Snippet {
    (shell.printer().download)(link, name)
}

#[cfg(test)]
mod tests;
