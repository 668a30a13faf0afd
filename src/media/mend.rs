//! What would make a file fit: one plan for everything that is wrong with a picture or a sound, carried out by the page
//! without any server. Pure arithmetic; a video is not converted.

use super::looked::{Fault, faults, most_bytes};
use super::{Format, LocalFile};
use crate::catalog::{MediaKind, MediaRule};

/// Largest side of a picture that is drawn. Browsers draw nothing on a larger surface.
const MAX_DRAWN: u32 = 8000;
/// A picture is enlarged at most this many times: what is smaller has nothing to show.
const MAX_ENLARGED: u32 = 4;
/// Samples a second that are tried for a sound, best first, with the number of channels.
const SOUNDS: [(u32, u16); 4] = [(44_100, 2), (44_100, 1), (24_000, 1), (16_000, 1)];
/// Bytes of a WAV header.
const WAV_HEADER: u64 = 44;
/// Qualities tried for a picture, in hundredths, until its bytes fit; beyond these its sides shrink too.
const QUALITIES: [u32; 4] = [95, 85, 75, 60];
/// Attempts at a picture whose sides shrink by a fifth each time.
const SHRINKS: u32 = 8;

/// A plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mend {
    /// A picture is drawn anew.
    Picture(Picture),
    /// A sound is played into a new file.
    Sound(Sound),
}

/// How a picture is drawn anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picture {
    /// The part that is kept: left, top, width, height in pixels of the original.
    pub keep: (u32, u32, u32, u32),
    /// Width and height of the new one.
    pub to: (u32, u32),
    /// Whether white is laid under it.
    pub flat: bool,
    /// Format of the new one.
    pub format: Format,
    /// Maximum bytes, 0 for no limit.
    pub max_bytes: u64,
    /// Minimum pixels per side.
    pub min_side: u32,
}

/// How a sound is made anew: as WAV of 16 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sound {
    /// Maximum milliseconds, 0 for all of it.
    pub max_millis: u64,
    /// Samples a second.
    pub rate: u32,
    /// Channels.
    pub channels: u16,
}

/// A step of a plan, for those who decide on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// White is laid under a transparent picture.
    Flatten,
    /// What is left of a picture that is cut, in pixels of the original.
    Crop(u32, u32),
    /// The sides are shortened to these.
    Shrink(u32, u32),
    /// The sides are enlarged to these.
    Enlarge(u32, u32),
    /// It is compressed to at most these bytes.
    Compress(u64),
    /// It becomes a file of this format.
    Convert(Format),
    /// It is cut after these milliseconds.
    Cut(u64),
}

/// The plan that makes a file fit, with what it does. `None` where nothing is wrong, or nothing can be done here.
pub fn mend(file: &LocalFile, rule: &MediaRule, inline: bool) -> Option<(Mend, Vec<Step>)> {
    let found = faults(file, rule, inline);
    let is_hopeless = |fault: &Fault| matches!(fault, Fault::Empty | Fault::Gone | Fault::Unreadable);
    if found.is_empty() || found.iter().any(is_hopeless) {
        return None;
    }
    match rule.media {
        MediaKind::Image => picture(file, rule, inline),
        MediaKind::Audio => sound(file, rule),
        MediaKind::Video => None,
    }
}

fn picture(file: &LocalFile, rule: &MediaRule, inline: bool) -> Option<(Mend, Vec<Step>)> {
    let (width, height) = file.pixels?;
    let (kept_width, kept_height) = cropped(width, height, rule);
    let to = scaled(kept_width, kept_height, rule)?;
    let accepted = |format: Format| format.is_among(rule.formats);
    let format = [Format::Jpeg, Format::Png, Format::Webp].into_iter().find(|format| accepted(*format))?;
    let max_bytes = most_bytes(rule, inline);
    let flat = file.alpha || format == Format::Jpeg;
    let keep = ((width - kept_width) / 2, (height - kept_height) / 2, kept_width, kept_height);
    let mut steps = Vec::new();
    if rule.no_alpha && file.alpha {
        steps.push(Step::Flatten);
    }
    if (kept_width, kept_height) != (width, height) {
        steps.push(Step::Crop(kept_width, kept_height));
    }
    if to.0 < kept_width || to.1 < kept_height {
        steps.push(Step::Shrink(to.0, to.1));
    } else if to != (kept_width, kept_height) {
        steps.push(Step::Enlarge(to.0, to.1));
    }
    if max_bytes > 0 && file.bytes > max_bytes {
        steps.push(Step::Compress(max_bytes));
    } else if !file.format.is_some_and(accepted) {
        steps.push(Step::Convert(format));
    }
    Some((Mend::Picture(Picture { keep, to, flat, format, max_bytes, min_side: rule.min_side }), steps))
}

/// Longest side of a new picture.
fn most_side(rule: &MediaRule) -> u32 {
    if rule.max_side > 0 { rule.max_side.min(MAX_DRAWN) } else { MAX_DRAWN }
}

/// Width and height of the middle that has a legal ratio.
fn cropped(width: u32, height: u32, rule: &MediaRule) -> (u32, u32) {
    let by_sides = most_side(rule).checked_div(rule.min_side).unwrap_or(0);
    let most = [rule.max_ratio, by_sides].into_iter().filter(|ratio| *ratio > 0).min();
    let Some(most) = most else { return (width, height) };
    (width.min(height.saturating_mul(most)), height.min(width.saturating_mul(most)))
}

/// Width and height with legal sides, of the same ratio.
fn scaled(width: u32, height: u32, rule: &MediaRule) -> Option<(u32, u32)> {
    let (short, long) = (width.min(height), width.max(height));
    if short == 0 {
        return None;
    }
    let most = most_side(rule);
    let to = |side: u32, from: u32, by: u32| {
        u32::try_from((u64::from(side) * u64::from(by)).div_ceil(u64::from(from))).unwrap_or(u32::MAX)
    };
    if long > most {
        // The longer side is whole; the shorter one is rounded up, so that it is never below the minimum.
        let other = to(short, long, most);
        return Some(if width >= height { (most, other) } else { (other, most) });
    }
    if short < rule.min_side {
        if short.saturating_mul(MAX_ENLARGED) < rule.min_side {
            return None;
        }
        // Rounded down: the ratio must not pass the limit by a pixel.
        let other = u32::try_from(u64::from(long) * u64::from(rule.min_side) / u64::from(short)).ok()?;
        return Some(if width >= height { (other, rule.min_side) } else { (rule.min_side, other) });
    }
    Some((width, height))
}

impl Picture {
    /// Quality in hundredths and sides of an attempt, counted from 0; `None` once nothing is left to try. Formats
    /// without a quality only shrink.
    pub fn attempt(&self, number: u32) -> Option<(u32, (u32, u32))> {
        let qualities: &[u32] = if self.format == Format::Png { &QUALITIES[..1] } else { &QUALITIES };
        if let Some(quality) = qualities.get(number as usize) {
            return Some((*quality, self.to));
        }
        let shrinks = number - u32::try_from(qualities.len()).unwrap_or(0) + 1;
        let (width, height) = self.to;
        let side = |side: u32| (0..shrinks).fold(side, |side, _| side * 4 / 5);
        let (width, height) = (side(width), side(height));
        let is_legal = shrinks <= SHRINKS && width.min(height) >= self.min_side.max(1);
        is_legal.then(|| (qualities[qualities.len() - 1], (width, height)))
    }
}

fn sound(file: &LocalFile, rule: &MediaRule) -> Option<(Mend, Vec<Step>)> {
    if !Format::Wav.is_among(rule.formats) {
        return None;
    }
    let longest = u64::from(rule.max_seconds) * 1000;
    // A tenth below an exclusive bound: whoever measures it rounds as he likes.
    let longest = longest.saturating_sub(if rule.below { 100 } else { 0 });
    let is_long = longest > 0 && file.seen.millis.is_some_and(|millis| millis > longest);
    if file.seen.millis.is_some_and(|millis| millis + 50 < u64::from(rule.min_seconds) * 1000) {
        return None;
    }
    let millis = if is_long || file.seen.millis.is_none() { longest } else { file.seen.millis.unwrap_or(longest) };
    let most = most_bytes(rule, false);
    let fits = |(rate, channels): &(u32, u16)| most == 0 || wav_bytes(millis, *rate, *channels) <= most;
    let (rate, channels) = SOUNDS.into_iter().find(fits)?;
    let mut steps = Vec::new();
    if is_long {
        steps.push(Step::Cut(longest));
    }
    if file.format != Some(Format::Wav) || steps.is_empty() {
        steps.push(Step::Convert(Format::Wav));
    }
    Some((Mend::Sound(Sound { max_millis: longest, rate, channels }), steps))
}

/// Bytes of a WAV file.
fn wav_bytes(millis: u64, rate: u32, channels: u16) -> u64 {
    WAV_HEADER + millis * u64::from(rate) / 1000 * u64::from(channels) * 2
}

/// A WAV file of 16 bits. `channels` hold samples from -1 to 1, all as many.
pub fn wav(channels: &[Vec<f32>], rate: u32) -> Vec<u8> {
    let count = channels.first().map_or(0, Vec::len);
    let data = u32::try_from(count * channels.len() * 2).unwrap_or(u32::MAX);
    let width = u16::try_from(channels.len()).unwrap_or(1);
    let mut out = Vec::with_capacity(count * channels.len() * 2 + 44);
    out.extend(b"RIFF");
    out.extend((data.saturating_add(36)).to_le_bytes());
    out.extend(b"WAVEfmt \x10\0\0\0\x01\0");
    out.extend(width.to_le_bytes());
    out.extend(rate.to_le_bytes());
    out.extend((rate * u32::from(width) * 2).to_le_bytes());
    out.extend((width * 2).to_le_bytes());
    out.extend(b"\x10\0data");
    out.extend(data.to_le_bytes());
    for at in 0..count {
        for channel in channels {
            // Clamped first, so that the cast loses only what is finer than 16 bits.
            #[allow(clippy::cast_possible_truncation)]
            let sample = (channel.get(at).copied().unwrap_or(0.0).clamp(-1.0, 1.0) * 32_767.0) as i16;
            out.extend(sample.to_le_bytes());
        }
    }
    out
}

/// The name of a file that became another format.
pub fn renamed(name: &str, format: Format) -> String {
    let ending = if format == Format::Jpeg { "jpg" } else { format.ending() };
    [name.rsplit_once('.').map_or(name, |(stem, _)| stem), ".", ending].concat()
}

#[cfg(test)]
mod tests;
