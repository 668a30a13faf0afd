//! A JSON value in a language's own syntax.

use super::text::json_text;
use crate::http::{Files, Json};

/// The differences from JSON.
pub struct Style {
    /// The words for true and false.
    pub flags: [&'static str; 2],
    /// One level of indentation.
    pub indent: &'static str,
    /// The name of a property.
    pub name: fn(&mut String, &str),
}

/// Writes a value.
pub fn write(out: &mut String, value: &Json, style: &Style) {
    nested(out, value, style, 0);
}

/// Writes a nested value.
pub fn nested(out: &mut String, value: &Json, style: &Style, depth: usize) {
    match value {
        Json::Flag(flag) => out.push_str(style.flags[usize::from(!flag)]),
        Json::List(list) if !list.is_empty() => {
            out.push('[');
            for item in list {
                line(out, style, depth + 1);
                nested(out, item, style, depth + 1);
                out.push(',');
            }
            line(out, style, depth);
            out.push(']');
        }
        Json::Object(members) if !members.is_empty() => {
            out.push('{');
            for (name, value) in members {
                line(out, style, depth + 1);
                (style.name)(out, name);
                out.push_str(": ");
                nested(out, value, style, depth + 1);
                out.push(',');
            }
            line(out, style, depth);
            out.push('}');
        }
        Json::Text(text) => json_text(out, text),
        other => out.push_str(&other.print(Files::Whole)),
    }
}

fn line(out: &mut String, style: &Style, depth: usize) {
    out.push('\n');
    (0..depth).for_each(|_| out.push_str(style.indent));
}
