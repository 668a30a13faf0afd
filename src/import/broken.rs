//! Where a text stops being JSON.

/// The byte offset where a text stops being valid JSON, if it does.
pub fn fault(text: &str) -> Option<usize> {
    let error = serde_json::from_str::<serde_json::Value>(text).err()?;
    let line: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut at = (line + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    Some(at)
}
