//! Bodies that a shell would break, read as they were meant.

use super::broken::fault;
use super::call::Body;

use super::raw::RawCall;
use super::remark::{Notes, RemarkKind};

/// Mends the body of a call, if what stands in the text shows what was meant.
pub fn body(text: &str, raw: &mut RawCall, notes: &mut Notes) {
    let Some(Body::Text(body)) = &raw.body else { return };
    if let Some(printed) = printed(body) {
        notes.add(RemarkKind::Printed, raw.body_at.clone());
        if printed.contains('%') {
            notes.add(RemarkKind::PrintedPercent, raw.body_at.clone());
        }
        raw.body = Some(Body::Text(printed));
        return;
    }
    let Some(written) = text.get(raw.body_at.clone()).map(str::trim) else { return };
    let is_bare = written.starts_with('{') && written.contains('"') && written != body.trim();
    if is_bare && fault(body).is_some() && fault(written).is_none() {
        notes.add(RemarkKind::BareBody, raw.body_at.clone());
        raw.body = Some(Body::Text(written.to_owned()));
    }
}

/// What `$(printf '…')` prints, with a percent sign that is no conversion left as it is.
fn printed(body: &str) -> Option<String> {
    let inner = body.trim().strip_prefix("$(printf ")?.strip_suffix(')')?.trim();
    let inner = inner.strip_prefix("-- ").unwrap_or(inner);
    let form = inner.strip_prefix('\'')?.strip_suffix('\'')?;
    if form.contains('\'') || form.contains("%s") {
        return None;
    }
    let plain = form.replace("\\x0a", "\n").replace("%%", "%");
    // `$(…)` cuts line breaks at the end.
    Some(plain.trim_end_matches('\n').trim_end_matches("\\n").to_owned())
}
