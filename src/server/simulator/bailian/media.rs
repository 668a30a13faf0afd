//! Links and data URIs in a body: which are allowed where.

use super::lineup::{Context, Service};
use crate::server::simulator::body::{Checked, Refusal};
use crate::server::simulator::image::{self, Picture};

const SHORTEST_SIDE: u32 = 240;
const LONGEST_SIDE: u32 = 8000;

/// Rules for an image.
#[derive(Debug, Clone, Copy)]
pub(super) struct PictureRule {
    pub limit_mb: usize,
    /// Whether neither side may be more than eight times the other.
    pub bounded_ratio: bool,
}

impl PictureRule {
    /// A link, or the image itself; the size of an inline image is known.
    pub fn read(self, context: Context, path: &str, text: &str) -> Checked<Option<(u32, u32)>> {
        if !text.starts_with("data:") {
            return address(context, path, text, true).map(|()| None);
        }
        let refuse = |reason: String| Err(Refusal::new(path, reason));
        let bytes = image::decode_data_uri(text).map_err(|reason| Refusal::new(path, reason))?;
        if bytes.len() > self.limit_mb * 1024 * 1024 {
            return refuse(format!("must not be larger than {} MB", self.limit_mb));
        }
        let Some(Picture { width, height, alpha, .. }) = image::look(&bytes) else {
            return refuse("is not a JPEG, PNG, BMP or WEBP picture".to_owned());
        };
        if alpha {
            return refuse("must be a PNG without an alpha channel".to_owned());
        }
        if [width, height].iter().any(|side| !(SHORTEST_SIDE..=LONGEST_SIDE).contains(side)) {
            return refuse(format!(
                "is {width}x{height} pixels; each side must be from {SHORTEST_SIDE} to {LONGEST_SIDE}"
            ));
        }
        if self.bounded_ratio && (width > height * 8 || height > width * 8) {
            return refuse(format!("is {width}x{height} pixels; the ratio must be from 1:8 to 8:1"));
        }
        Ok(Some((width, height)))
    }
}

/// An address the service can fetch: `http(s)`, or its own store if the header requests that.
pub(super) fn link(context: Context, path: &str, text: &str) -> Checked<()> {
    address(context, path, text, false)
}

/// `inline`: whether the image itself is allowed there too, which a refusal then mentions.
fn address(context: Context, path: &str, text: &str, inline: bool) -> Checked<()> {
    let host = text.split_once("://").map(|(scheme, rest)| (scheme, rest.split(['/', '?', '#']).next().unwrap_or("")));
    match host {
        Some(("http" | "https", host)) if !host.is_empty() && !text.contains(char::is_whitespace) => Ok(()),
        Some(("oss", host)) if !host.is_empty() && context.service == Service::DashScope => {
            if context.oss_links {
                Ok(())
            } else {
                Err(Refusal::new(path, "an oss:// link needs the header X-DashScope-OssResourceResolve: enable"))
            }
        }
        _ => {
            let legal = match (context.service == Service::DashScope, inline) {
                (true, true) => "must be an http(s) link, `data:` or `oss://`",
                (true, false) => "must be an http(s) link or `oss://`",
                (false, true) => "must be an http(s) link or `data:`",
                (false, false) => "must be an http(s) link",
            };
            Err(Refusal::new(path, legal))
        }
    }
}
