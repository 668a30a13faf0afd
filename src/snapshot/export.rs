//! Many records in one file. A readable record is included as it is, except for keys; any other text as a JSON string,
//! so that nothing is lost and a later page may read it.

use super::part::Unreadable;
use super::record::{cleaned, read};
use crate::http::{Files, Json};

/// The property that marks a file and holds its version.
const MARK: &str = "wan-playground-export";
/// The version that is written.
const VERSION: u32 = 1;

/// Writes a file of records: the texts as stored in the journal, readable or not.
pub fn export<'a>(records: impl Iterator<Item = &'a str>) -> String {
    let mut out = ["{\"", MARK, "\":", &VERSION.to_string(), ",\"records\":["].concat();
    for (index, record) in records.enumerate() {
        out.push_str(if index > 0 { ",\n" } else { "\n" });
        match read(record) {
            Ok(_) => out.push_str(cleaned(record).as_deref().unwrap_or(record).trim()),
            Err(_) => out.push_str(&Json::Text(record.to_owned()).print(Files::Whole)),
        }
    }
    out.push_str("\n]}\n");
    out
}

/// The records in a file, as texts for [`read`]: unreadable ones come back unchanged.
pub fn entries(file: &str) -> Result<Vec<String>, Unreadable> {
    let file = file.trim_start_matches('\u{feff}').trim();
    let members = parts(file, '{', '}').ok_or(Unreadable::NotJson)?;
    let member = |name: &str| {
        members.iter().find_map(|member| {
            let (key, value) = member.split_once(':')?;
            (key.trim().strip_prefix('"')?.strip_suffix('"')? == name).then(|| value.trim())
        })
    };
    let version: u32 = member(MARK).and_then(|text| text.parse().ok()).ok_or(Unreadable::NotARecord)?;
    if version > VERSION {
        return Err(Unreadable::Future(version));
    }
    let records = parts(member("records").unwrap_or_default(), '[', ']').ok_or(Unreadable::Part("records"))?;
    let text = |record: &str| match record.strip_prefix('"') {
        Some(_) => serde_json::from_str::<String>(record).unwrap_or_else(|_| record.to_owned()),
        None => record.to_owned(),
    };
    Ok(records.into_iter().map(text).collect())
}

/// The parts between two brackets, split at the commas outside strings and nested brackets. Done by hand: a file of ten
/// thousand records should not be held as one tree, and each record is judged separately.
fn parts(text: &str, open: char, close: char) -> Option<Vec<&str>> {
    let inside = text.strip_prefix(open)?.strip_suffix(close)?;
    let (mut out, mut from, mut depth) = (Vec::new(), 0, 0_usize);
    let (mut in_string, mut escaped) = (false, false);
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1)?,
            b',' if depth == 0 => {
                out.push(inside[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    if in_string || depth > 0 {
        return None;
    }
    let last = inside[from..].trim();
    if !last.is_empty() {
        out.push(last);
    }
    Some(out)
}
