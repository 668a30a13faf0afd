//! Turns `data:` URIs in a body back into the local files they were made from.

use crate::http::{Json, path};
use crate::media::data_uri;
use std::sync::Arc;

/// Converts strings in a body to files where that prints the same text.
pub fn adopt(value: &mut Json, at: &str) {
    match value {
        Json::Text(text) if text.starts_with("data:") => {
            if let Some(file) = data_uri::of_uri(text, &path::last_name(at)) {
                let file = Json::File(Arc::new(file));
                let prefix = text.len().min(64);
                let same = file.print(crate::http::Files::Whole).get(1..=prefix) == text.get(..prefix);
                if same {
                    *value = file;
                }
            }
        }
        Json::List(list) => {
            for (index, entry) in list.iter_mut().enumerate() {
                adopt(entry, &path::item(at, index));
            }
        }
        Json::Object(members) => {
            for (name, member) in members {
                adopt(member, &path::member(at, name));
            }
        }
        _ => {}
    }
}
