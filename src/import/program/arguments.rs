//! The arguments of a call, and those of a builder's methods.

use super::scan::Scanner;
use super::sdk;
use crate::import::literal::{Node, Values};

impl Scanner<'_, '_> {
    /// The arguments of a call: by name, or without one.
    pub(super) fn arguments(&mut self) -> Vec<(String, Node)> {
        let mut values = Values::new(self.text, self.at, &self.named, self.variables);
        values.keeps = true;
        values.take(b'(');
        let mut all = Vec::new();
        loop {
            values.blanks();
            if values.take(b')') || values.at >= self.text.len() {
                break;
            }
            let before = values.at;
            if self.text[values.at..].starts_with("**") {
                // All members of a dictionary.
                values.at += 2;
                all.extend(values.value().members().iter().cloned());
                values.take(b',');
                continue;
            }
            let rest = &self.text[values.at..];
            let length =
                rest.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'_')).unwrap_or(rest.len());
            let after = rest[length..].trim_start();
            let is_named = length > 0 && after.starts_with('=') && !after.starts_with("==");
            let name = if is_named { rest[..length].to_owned() } else { String::new() };
            if is_named {
                values.at = self.text.len() - after.len() + 1;
            }
            let node = values.value();
            all.push((name, node));
            if !values.take(b',') {
                // Something that is no argument: up to the end of this one.
                let at = values.at;
                values.skip();
                if !values.take(b',') && !values.take(b')') || values.at == before {
                    break;
                }
                if self.text.as_bytes().get(values.at.wrapping_sub(1)) == Some(&b')') {
                    break;
                }
                if values.at <= at {
                    break;
                }
            }
            if all.len() > 64 {
                break;
            }
        }
        self.at = values.at.max(self.at + 1);
        all
    }

    /// `.name(value).name(value)` after `builder()`.
    pub(super) fn chain(&mut self) -> Vec<(String, Node)> {
        let mut members = Vec::new();
        self.arguments();
        loop {
            let mut values = Values::new(self.text, self.at, &self.named, self.variables);
            values.keeps = true;
            values.blanks();
            self.at = values.at;
            let Some(rest) = self.rest().strip_prefix('.') else { return members };
            let length =
                rest.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'_')).unwrap_or(rest.len());
            let name = rest[..length].to_owned();
            self.at += 1 + length;
            if !self.rest().starts_with('(') {
                return members;
            }
            let mut arguments = self.arguments();
            if name == "build" || members.len() > 64 {
                return members;
            }
            if arguments.len() == 1 {
                members.push((sdk::snake(&name), arguments.remove(0).1));
            } else if let [(_, key), (_, value)] = &arguments[..] {
                // `.parameter("size", "…")`
                members.push((key.text(), value.clone()));
            }
        }
    }
}
