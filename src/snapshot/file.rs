//! A local file in a record: its metadata, without its bytes.

use super::part::{Out, Part, Read};
use crate::http::Json;
use crate::media::{Format, LocalFile};

/// A file's metadata: the bytes are not saved.
pub fn file_of(file: &LocalFile) -> Json {
    let mut out = Out::default();
    out.text("name", &file.name);
    if let Some(format) = file.format {
        out.text("format", format.ending());
    }
    out.number("bytes", file.bytes);
    if let Some((width, height)) = file.pixels {
        out.number("width", u64::from(width));
        out.number("height", u64::from(height));
    }
    if file.alpha {
        out.put("alpha", Json::Flag(true));
    }
    out.into()
}

/// The file with this metadata, without its bytes.
pub fn read_file(part: &Part<'_>) -> Read<LocalFile> {
    let format = part.at("format").some_text()?;
    let pixels = part.at("width").some_number()?.zip(part.at("height").some_number()?);
    Ok(LocalFile {
        name: part.at("name").text()?,
        format: Format::by_ending(&format),
        bytes: part.at("bytes").number()?,
        pixels,
        alpha: part.at("alpha").flag()?,
        base64: String::new(),
        ..LocalFile::default()
    })
}
