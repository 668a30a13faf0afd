//! The formats that a text may be read as, by the signs of each in it.

use super::call::Written;
use super::clean::{self, Clean};
use super::web_request;
use super::word::is_name;
use std::borrow::Cow;

/// The formats a text may be read as, most likely first, each with its initial penalty.
pub fn candidates(clean: &Clean<'_>) -> Vec<(Written, usize)> {
    let text = clean.text.as_ref();
    let sample = ends(text);
    let has = |marks: &[&str]| marks.iter().filter(|mark| sample.contains(**mark)).count();
    let anywhere = |marks: &[&str]| marks.iter().any(|mark| text.contains(mark));
    let calls = || text.lines().map(str::trim_start).filter(|line| clean::is_call(line));
    let is_fetch = calls().next().map_or_else(|| text.contains("fetch("), |line| line.contains("fetch"));
    if is_fetch && !calls().any(|line| !line.contains("fetch")) {
        return vec![(Written::Fetch, 0)];
    }
    let lower = clean.prompt.to_ascii_lowercase();
    let is_ps = lower.starts_with("ps");
    let is_drive = lower.get(1..3).is_some_and(|drive| drive == ":\\");
    let own = calls().any(|line| web_request::is_command(line.split_whitespace().next().unwrap_or_default()));
    let is_alias = has(&["-Uri ", "-Method ", "-Headers ", "-Body ", "-ContentType "]) > 0;
    let power_shell = has(&["`\n", "`\r\n", "@{", "@'\n", "@\"\n", "@'\r\n", "@\"\r\n", "Invoke-", "IO.File]"])
        + has(&["`\"", "`$", "$env:", "$Env:", "--% ", "irm ", "iwr ", "IWR "]) * 2
        + usize::from(is_alias) * 3
        + usize::from(own || is_ps) * 4
        + usize::from(has(&["curl.exe"]) > 0 && text.contains('\'')) * 2;
    let cmd = has(&["^\n", "^\r\n", "^\"", "^ \n", "\nset ", "@echo", "curl.exe"])
        + usize::from(is_drive || text.trim_end().ends_with('^')) * 2
        + usize::from(has_percent_variable(text) && !text.contains(" '")) * 2
        + usize::from(text.starts_with("set ") && text.lines().next().is_some_and(|line| line.contains('='))) * 2;
    let fish = has(&["set -x ", "set -gx ", "set -lx ", "set -Ux ", "set -l ", "set -g ", "; and ", "; or "]) * 3;
    let posix = posix_signs(&sample);
    // A format that the text shows no sign of is not tried, or only as a last resort if there are signs of another.
    let is_fish = fish > 0 || anywhere(&["\\'", "\\\\"]);
    let is_cmd = cmd > 0 || anywhere(&["^", "\"\""]);
    let mut all = [
        (posix, Written::Posix, true),
        (fish, Written::Fish, is_fish),
        (cmd, Written::Cmd, is_cmd),
        (power_shell, Written::PowerShell, power_shell > 0),
    ];
    all.sort_by_key(|(points, ..)| std::cmp::Reverse(*points));
    let most = all[0].0;
    let doubt = |points: usize, written| match written {
        Written::Fish | Written::Posix if most == posix.max(fish) => usize::from(points == 0 && most > 0),
        _ if points == 0 && most > 0 => 6,
        _ => 0,
    };
    let possible = all.into_iter().filter(|(.., is_possible)| *is_possible);
    possible.map(|(points, written, _)| (written, doubt(points, written))).collect()
}

/// How many signs a text has that only POSIX shells give a meaning to.
pub fn posix_signs(text: &str) -> usize {
    let signs = ["\\\n", "\\\r\n", "$'", "<<", "export ", "$(", " '"];
    signs.iter().filter(|sign| text.contains(**sign)).count()
}

/// The beginning and the end of a long text: between them is an image, which says nothing about the shell.
fn ends(text: &str) -> Cow<'_, str> {
    const EACH: usize = 32 << 10;
    if text.len() <= 2 * EACH {
        return Cow::Borrowed(text);
    }
    let (mut start, mut end) = (EACH, text.len() - EACH);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Cow::Owned([&text[..start], &text[end..]].concat())
}

/// `%NAME%` outside a URL.
fn has_percent_variable(text: &str) -> bool {
    text.match_indices('%').take(256).any(|(at, _)| {
        let rest = &text[at + 1..];
        let end = rest.bytes().take(64).position(|byte| byte == b'%');
        end.is_some_and(|end| end > 2 && is_name(&rest[..end]))
    })
}
