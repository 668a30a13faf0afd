//! The pictures and the audio that result files are made of: one short drawn clip for every pixel size a gateway
//! offers, and one quiet chord. `clips/make.sh` made them.

/// A clip: a closed group of pictures, as it came from the encoder.
#[derive(Debug)]
pub(super) struct Clip {
    pub width: u32,
    pub height: u32,
    /// 480, 720 or 1080: the class that the documents assign to this size.
    pub tier: u32,
    pub ratio: &'static str,
    annex_b: &'static [u8],
}

/// Frames per second of every clip.
pub(super) const FRAMES_PER_SECOND: u32 = 16;

macro_rules! clip {
    ($width:literal x $height:literal, $tier:literal, $ratio:literal) => {
        Clip {
            width: $width,
            height: $height,
            tier: $tier,
            ratio: $ratio,
            annex_b: include_bytes!(concat!("clips/", $width, "x", $height, ".h264")),
        }
    };
}

/// Every size, each tier beginning with 16:9. The last two rows of a tier are the sizes wan2.7 uses for 4:3 and 3:4.
pub(super) static CLIPS: [Clip; 17] = [
    clip!(832 x 480, 480, "16:9"),
    clip!(480 x 832, 480, "9:16"),
    clip!(624 x 624, 480, "1:1"),
    clip!(1280 x 720, 720, "16:9"),
    clip!(720 x 1280, 720, "9:16"),
    clip!(960 x 960, 720, "1:1"),
    clip!(1088 x 832, 720, "4:3"),
    clip!(832 x 1088, 720, "3:4"),
    clip!(1104 x 832, 720, "4:3"),
    clip!(832 x 1104, 720, "3:4"),
    clip!(1920 x 1080, 1080, "16:9"),
    clip!(1080 x 1920, 1080, "9:16"),
    clip!(1440 x 1440, 1080, "1:1"),
    clip!(1632 x 1248, 1080, "4:3"),
    clip!(1248 x 1632, 1080, "3:4"),
    clip!(1648 x 1248, 1080, "4:3"),
    clip!(1248 x 1648, 1080, "3:4"),
];

/// The clip of exactly that size.
pub(super) fn of_size(width: u32, height: u32) -> Option<&'static Clip> {
    CLIPS.iter().find(|clip| (clip.width, clip.height) == (width, height))
}

/// The clip of a tier whose shape is closest to width : height.
pub(super) fn of_shape(tier: u32, width: u32, height: u32) -> &'static Clip {
    let wanted = (f64::from(width.max(1)) / f64::from(height.max(1))).ln();
    let distance = |clip: &Clip| ((f64::from(clip.width) / f64::from(clip.height)).ln() - wanted).abs();
    let in_tier = CLIPS.iter().filter(|clip| clip.tier == tier);
    in_tier.min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(&CLIPS[0])
}

/// The clip of a tier with a named ratio, as wan2.7 spells it.
pub(super) fn of_ratio(tier: u32, ratio: &str) -> Option<&'static Clip> {
    CLIPS.iter().rfind(|clip| clip.tier == tier && clip.ratio == ratio)
}

/// A clip split up: what a decoder needs first, and one unit per frame.
pub(super) struct Frames {
    pub sequence: &'static [u8],
    pub picture: &'static [u8],
    pub units: Vec<&'static [u8]>,
}

impl Clip {
    /// `1280*720`, with the gateway's separator.
    pub fn size_text(&self, sign: char) -> String {
        format!("{}{sign}{}", self.width, self.height)
    }

    pub fn frames(&self) -> Frames {
        let mut parts = Frames { sequence: &[], picture: &[], units: Vec::new() };
        for unit in units(self.annex_b) {
            match unit.first().map(|byte| byte & 0x1f) {
                Some(7) => parts.sequence = unit,
                Some(8) => parts.picture = unit,
                Some(1 | 5) => parts.units.push(unit),
                _ => {}
            }
        }
        parts
    }
}

/// The units between the start codes `00 00 01`. A unit never ends in a zero byte, so those belong to the next start
/// code.
fn units(stream: &'static [u8]) -> impl Iterator<Item = &'static [u8]> {
    let mut starts: Vec<usize> =
        stream.windows(3).enumerate().filter(|(_, code)| code == &[0, 0, 1]).map(|(at, _)| at).collect();
    starts.push(stream.len());
    starts.windows(2).map(|pair| (pair[0] + 3, pair[1])).collect::<Vec<_>>().into_iter().map(move |(from, until)| {
        let unit = &stream[from..until];
        let end = unit.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        &unit[..end]
    })
}

static CHORD: &[u8] = include_bytes!("clips/chord.aac");

/// AAC frames that can be repeated forever: the encoder has settled by the twelfth, and the last ones fade.
pub(super) fn chord() -> Vec<&'static [u8]> {
    let mut frames = Vec::new();
    let mut rest = CHORD;
    // ADTS: a header of seven bytes whose 13 bits from bit 30 on give the length of header and frame together.
    while let [0xff, _, _, high, middle, low, _, ..] = *rest {
        let length = usize::from(high & 3) << 11 | usize::from(middle) << 3 | usize::from(low) >> 5;
        if length <= 7 || length > rest.len() {
            break;
        }
        frames.push(&rest[7..length]);
        rest = &rest[length..];
    }
    frames.into_iter().skip(12).take(8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clip_has_its_two_seconds() {
        for clip in &CLIPS {
            let parts = clip.frames();
            assert_eq!(parts.units.len(), 32, "{}x{}", clip.width, clip.height);
            assert!(parts.sequence.len() > 4 && !parts.picture.is_empty());
            assert_eq!(parts.units[0][0] & 0x1f, 5, "the first frame stands by itself");
        }
        assert_eq!(chord().len(), 8);
    }

    #[test]
    fn the_shape_follows_the_picture() {
        assert_eq!(of_shape(720, 3000, 1000).ratio, "16:9");
        assert_eq!(of_shape(720, 1000, 1100).ratio, "1:1");
        assert_eq!(of_shape(480, 600, 1200).ratio, "9:16");
        assert_eq!(of_ratio(720, "4:3").map(|clip| clip.width), Some(1104));
        assert_eq!(of_ratio(480, "4:3").map(|clip| clip.width), None);
    }
}
