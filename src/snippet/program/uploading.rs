//! How a program uploads the local files of its request, as far as languages write it alike: a row for each file, and the
//! parts of the form. Everything else is in the text of the language.

use super::text::ascii_json;
use crate::http::Json;
use crate::protocol::Part;
use crate::upload::Plan;

/// A row with a file.
pub struct Row {
    /// Writes what stands for it in the body.
    pub mark: fn(&mut String, &str),
    /// Quotes where it is, its name at the gateway, and its media type.
    pub quote: fn(&mut String, &str),
    /// Before the row, after what stands for the file, between the others, and after the row.
    pub between: [&'static str; 4],
}

impl Row {
    /// Writes it.
    pub fn write(&self, out: &mut String, mark: &str, path: &str, plan: &Plan) {
        let [before, after_mark, between, after] = self.between;
        out.push_str(before);
        (self.mark)(out, mark);
        for (before, text) in [(after_mark, path), (between, plan.stored()), (between, plan.media_type())] {
            out.push_str(before);
            (self.quote)(out, text);
        }
        out.push_str(after);
    }
}

/// A part of the form.
pub struct Field {
    /// Quotes a string.
    pub quote: fn(&mut String, &str),
    /// Before its name, between that and what it holds, and after it.
    pub between: [&'static str; 3],
    /// What holds the key of the file at the store.
    pub key: &'static str,
    /// The call that finds a member of the policy, or else what is given in its place: before, between and after both.
    pub given: [&'static str; 3],
}

impl Field {
    /// Writes it.
    pub fn write(&self, out: &mut String, name: &str, part: Part) {
        let [before, between, after] = self.between;
        out.push_str(before);
        (self.quote)(out, name);
        out.push_str(between);
        match part {
            Part::Key => out.push_str(self.key),
            Part::Always(text) => (self.quote)(out, text),
            Part::Given(member, otherwise) => {
                let [open, between, close] = self.given;
                out.push_str(open);
                (self.quote)(out, member);
                out.push_str(between);
                (self.quote)(out, otherwise);
                out.push_str(close);
            }
        }
        out.push_str(after);
    }
}

/// The usual call that finds a member of the policy.
pub const GIVEN: [&str; 3] = ["given(", ", ", ")"];

/// What stands for a file as it is in a printed body, which is ASCII: a JSON string with its quotes. A body has it after
/// a space and nowhere else, since a quote within a string has a backslash in front.
pub fn ascii_mark(mark: &str) -> String {
    let mut written = String::new();
    ascii_json(&mut written, &Json::Text(mark.to_owned()), "\\u");
    written
}
