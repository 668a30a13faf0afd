//! `Invoke-WebRequest` and `Invoke-RestMethod`: the parameters of PowerShell's own commands as a call.

use super::call::Body;
use super::curl::encode;
use super::literal::{Kind, Node};
use super::powershell::{Argument, PowerShell, Statement, parameter};
use super::raw::{Login, Placed, RawCall};
use super::remark::{Notes, RemarkKind};
use std::ops::Range;

/// What a parameter does to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Uri,
    Method,
    Headers,
    Body,
    ContentType,
    UserAgent,
    Token,
    Form,
    /// The file that is sent.
    InFile,
    /// The response goes to a file.
    OutFile,
    /// Takes a value, and has no effect.
    Quiet,
    /// Takes no value, and has no effect.
    Flag,
    /// Proxies and certificates; takes a value.
    Security,
    /// The same without a value.
    SecurityFlag,
    Session,
}

/// Names in lower case. One may be abbreviated as long as it is unambiguous.
const PARAMETERS: [(&str, Role); 48] = [
    ("allowinsecureredirect", Role::SecurityFlag),
    ("allowunencryptedauthentication", Role::SecurityFlag),
    ("authentication", Role::Quiet),
    ("body", Role::Body),
    ("certificate", Role::Security),
    ("certificatethumbprint", Role::Security),
    ("connectiontimeoutseconds", Role::Quiet),
    ("contenttype", Role::ContentType),
    ("credential", Role::Security),
    ("custommethod", Role::Method),
    ("debug", Role::Flag),
    ("disablekeepalive", Role::Flag),
    ("erroraction", Role::Quiet),
    ("errorvariable", Role::Quiet),
    ("followrellink", Role::Flag),
    ("form", Role::Form),
    ("headers", Role::Headers),
    ("httpversion", Role::Quiet),
    ("infile", Role::InFile),
    ("maximumfollowrellink", Role::Quiet),
    ("maximumredirection", Role::Quiet),
    ("maximumretrycount", Role::Quiet),
    ("method", Role::Method),
    ("noproxy", Role::SecurityFlag),
    ("operationtimeoutseconds", Role::Quiet),
    ("outfile", Role::OutFile),
    ("outvariable", Role::Quiet),
    ("passthru", Role::Flag),
    ("preserveauthorizationonredirect", Role::SecurityFlag),
    ("preservehttpmethodonredirect", Role::Flag),
    ("proxy", Role::Security),
    ("proxycredential", Role::Security),
    ("proxyusedefaultcredentials", Role::SecurityFlag),
    ("responseheadersvariable", Role::Quiet),
    ("resume", Role::Flag),
    ("retryintervalsec", Role::Quiet),
    ("sessionvariable", Role::Quiet),
    ("skipcertificatecheck", Role::SecurityFlag),
    ("skipheadervalidation", Role::Flag),
    ("skiphttperrorcheck", Role::Flag),
    ("sslprotocol", Role::Security),
    ("statuscodevariable", Role::Quiet),
    ("timeoutsec", Role::Quiet),
    ("token", Role::Token),
    ("uri", Role::Uri),
    ("usebasicparsing", Role::Flag),
    ("useragent", Role::UserAgent),
    ("usedefaultcredentials", Role::SecurityFlag),
];

/// Those that share a prefix with the others, or come after them.
const MORE: [(&str, Role); 5] = [
    ("transferencoding", Role::Quiet),
    ("verbose", Role::Flag),
    ("websession", Role::Session),
    ("unixsocket", Role::Security),
    ("warningaction", Role::Quiet),
];

/// Whether a program's name is one of these commands.
pub fn is_command(name: &str) -> bool {
    ["invoke-webrequest", "invoke-restmethod", "iwr", "irm"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether `curl` means PowerShell's own alias of that name.
pub fn is_alias(statement: &Statement) -> bool {
    statement.arguments.iter().skip(1).any(|argument| {
        matches!(argument.value.as_ref().map(|value| &value.kind), Some(Kind::Table(_)))
            || parameter(argument).is_some_and(|(name, _)| {
                name.len() > 2
                    && matches!(
                        role(&name),
                        Ok(Role::Uri | Role::Method | Role::Headers | Role::Body | Role::ContentType | Role::Flag)
                    )
            })
    })
}

fn role(name: &str) -> Result<Role, RemarkKind> {
    let mut begun = PARAMETERS.iter().chain(&MORE).filter(|(known, _)| known.starts_with(name));
    match (begun.next(), begun.next()) {
        (Some((_, role)), None) => Ok(*role),
        (Some((known, role)), _) if *known == name => Ok(*role),
        (Some(_), Some(_)) => Err(RemarkKind::AmbiguousOption),
        (None, _) => Err(RemarkKind::UnknownOption),
    }
}

/// The call of a command.
pub fn call(statement: &Statement, shell: &mut PowerShell<'_, '_>, notes: &mut Notes) -> RawCall {
    let mut wish = Wish::default();
    let mut arguments = statement.arguments.iter().skip(1);
    while let Some(argument) = arguments.next() {
        if let Some(splat) = argument.word.text.strip_prefix('@').filter(|_| argument.is_bare) {
            wish.splat(splat, argument, shell, notes);
            continue;
        }
        let Some((name, joined)) = parameter(argument) else {
            wish.set(Role::Uri, &node(argument), argument.word.at.clone(), notes);
            continue;
        };
        let role = match role(&name) {
            Ok(role) => role,
            Err(kind) => {
                notes.add(kind, argument.word.at.clone());
                continue;
            }
        };
        if matches!(role, Role::Flag | Role::SecurityFlag) {
            let kind = if role == Role::Flag { RemarkKind::NoEffect } else { RemarkKind::Security };
            notes.add(kind, argument.word.at.clone());
            continue;
        }
        if let Some(value) = joined.filter(|value| !value.is_empty()) {
            let text = Kind::Text(value.to_owned());
            let value = Node { kind: text, at: argument.word.at.clone(), open: argument.word.open.clone() };
            wish.set(role, &value, argument.word.at.clone(), notes);
            continue;
        }
        match arguments.next() {
            Some(value) => wish.set(role, &node(value), argument.word.at.start..value.word.at.end, notes),
            None => notes.add(RemarkKind::MissingValue, argument.word.at.clone()),
        }
    }
    wish.finish(statement.at.clone(), notes)
}

/// An argument as a value.
fn node(argument: &Argument) -> Node {
    argument.value.clone().unwrap_or_else(|| Node {
        kind: Kind::Text(argument.word.text.clone()),
        at: argument.word.at.clone(),
        open: argument.word.open.clone(),
    })
}

#[derive(Default)]
struct Wish {
    raw: RawCall,
    table: Option<Vec<(String, Node)>>,
    content_type: Option<Placed>,
}

fn text_of(node: &Node) -> Placed {
    Placed { text: node.text(), at: node.at.clone(), open: node.all_open() }
}

impl Wish {
    /// `@parameters`: splatting, a hashtable in place of parameters.
    fn splat(&mut self, name: &str, argument: &Argument, shell: &mut PowerShell<'_, '_>, notes: &mut Notes) {
        let Some(table) = shell.get(name) else {
            return notes.add(RemarkKind::Substitution, argument.word.at.clone());
        };
        for (name, value) in table.members() {
            match role(&name.to_ascii_lowercase()) {
                Ok(Role::Flag) => notes.add(RemarkKind::NoEffect, value.at.clone()),
                Ok(role) => self.set(role, value, value.at.clone(), notes),
                Err(kind) => notes.add(kind, value.at.clone()),
            }
        }
    }

    fn set(&mut self, role: Role, value: &Node, at: Range<usize>, notes: &mut Notes) {
        if matches!(role, Role::Uri | Role::Method | Role::Body | Role::ContentType | Role::UserAgent) {
            value.note_open(notes);
        }
        match role {
            Role::Uri => self.raw.url = text_of(value),
            Role::Method => {
                self.raw.method = value.text().to_uppercase();
                if !self.raw.method.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                    notes.add(RemarkKind::OddMethod, value.at.clone());
                }
            }
            Role::Headers if matches!(value.kind, Kind::Table(_)) => {
                let headers = value.members().iter().map(|(name, value)| (name.clone(), text_of(value)));
                self.raw.headers.extend(headers);
            }
            Role::Headers => notes.add(RemarkKind::Substitution, value.at.clone()),
            Role::Body => {
                self.raw.body_at = value.at.clone();
                match &value.kind {
                    Kind::Table(members) => self.table = Some(members.clone()),
                    _ => self.raw.body = Some(Body::Text(value.text())),
                }
            }
            Role::ContentType => self.content_type = Some(text_of(value)),
            Role::UserAgent => self.raw.headers.push(("User-Agent".to_owned(), text_of(value))),
            Role::Token => self.raw.login = Some((Login::Bearer, text_of(value))),
            Role::Form => {
                self.raw.body_at = value.at.clone();
                let mut fields = Vec::new();
                for (name, value) in value.members() {
                    let text = value.text();
                    let file = text.trim().strip_prefix("Get-Item ").map(|file| ["@", file.trim()].concat());
                    if file.is_some() {
                        notes.add(RemarkKind::FileRead, value.at.clone());
                    }
                    fields.push((name.clone(), file.unwrap_or(text)));
                }
                self.raw.body = Some(Body::Form(fields));
            }
            Role::InFile => {
                notes.add(RemarkKind::FileRead, at.clone());
                self.raw.body = Some(Body::File(value.text()));
                self.raw.body_at = at;
            }
            Role::OutFile => notes.add(RemarkKind::Output, at),
            Role::Security | Role::SecurityFlag => notes.add(RemarkKind::Security, at),
            // Cookies and the user agent, as browsers write them before the command.
            Role::Session | Role::Quiet | Role::Flag => notes.add(RemarkKind::NoEffect, at),
        }
    }

    fn finish(mut self, at: Range<usize>, notes: &mut Notes) -> RawCall {
        if self.raw.method.is_empty() {
            "GET".clone_into(&mut self.raw.method);
        }
        if self.raw.url.text.is_empty() {
            notes.add(RemarkKind::NoAddress, at.clone());
        }
        // Chrome copies the names of HTTP/2 pseudo-headers without their colons.
        let own = ["authority", "method", "path", "scheme"];
        if own.iter().all(|name| self.raw.has_header(name)) {
            self.raw.headers.retain(|(name, _)| !own.contains(&&*name.to_ascii_lowercase()));
        }
        if let Some(table) = self.table {
            let mut text = String::new();
            for (name, value) in &table {
                if !text.is_empty() {
                    text.push('&');
                }
                encode(&mut text, name);
                text.push('=');
                encode(&mut text, &value.text());
            }
            if self.raw.method == "GET" {
                let sign = if self.raw.url.text.contains('?') { "&" } else { "?" };
                self.raw.url.text = [&self.raw.url.text, sign, &text].concat();
            } else {
                self.raw.body = Some(Body::Text(text));
            }
        }
        if let Some(content_type) = self.content_type {
            // The parameter takes precedence over a header of that name.
            self.raw.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
            self.raw.headers.push(("Content-Type".to_owned(), content_type));
        } else if matches!(self.raw.body, Some(Body::Text(_)))
            && self.raw.method == "POST"
            && !self.raw.has_header("content-type")
        {
            notes.add(RemarkKind::ImpliedType, self.raw.body_at.clone());
            let text = "application/x-www-form-urlencoded".to_owned();
            let text = Placed { text, at: self.raw.body_at.clone(), open: Vec::new() };
            self.raw.headers.push(("Content-Type".to_owned(), text));
        }
        self.raw.at = at;
        self.raw
    }
}
