//! What a gateway accepts silently but interprets differently: known before Run is pressed, and reported then.

use super::{Checked, Sent};
use crate::catalog::{FieldId, Kind, MediaKind, Shape};

/// Maximum number of references reported: nobody reads more.
const MOST_TOLD: usize = 3;
/// Words that make a number before them a measure and not a name: a video 5 seconds long.
const UNITS: [&str; 16] =
    ["s", "sec", "second", "seconds", "min", "minute", "minutes", "fps", "k", "p", "px", "x", "秒", "分", "帧", "倍"];
/// What prompts call their references, in both languages.
const NAMES: [(&str, Option<MediaKind>); 8] = [
    ("image", Some(MediaKind::Image)),
    ("图片", Some(MediaKind::Image)),
    ("图", Some(MediaKind::Image)),
    ("video", Some(MediaKind::Video)),
    ("视频", Some(MediaKind::Video)),
    ("audio", Some(MediaKind::Audio)),
    ("音频", Some(MediaKind::Audio)),
    ("character", None),
];

/// Something a gateway accepts and bills, but that is unintended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trap {
    /// A medium was imported at a path that other models have and this one does not: it is ignored.
    Unused {
        /// Its path in the body.
        path: String,
    },
    /// The prompt names a reference that is not there.
    NoSuchReference {
        /// The name as it is in the prompt.
        name: String,
        /// What is counted, `None` if all are counted together.
        kind: Option<MediaKind>,
        /// How many there are.
        there: usize,
    },
    /// The prompt refers to references the way other models do.
    NamedOtherwise {
        /// The name as it is in the prompt.
        name: String,
        /// Whether this model refers to them by type.
        by_kind: bool,
    },
}

impl Checked<'_> {
    /// What of this would be accepted but is unintended.
    pub fn traps(&self) -> Vec<Trap> {
        let mut traps: Vec<Trap> = self.names_missed();
        let unused = self.extra.iter().filter(|(path, _)| self.is_unused_medium(path));
        traps.extend(unused.map(|(path, _)| Trap::Unused { path: path.clone() }));
        traps
    }

    /// Whether a path belongs to a medium at other models of this gateway, and to nothing at this one.
    fn is_unused_medium(&self, path: &str) -> bool {
        let is_at = |place: &str| {
            let rest = path.strip_prefix(place).filter(|_| !place.is_empty());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
        };
        let is_medium = |kind: &Kind| matches!(kind, Kind::Media { .. } | Kind::References { .. });
        let others = self.gateway.models.iter().filter(|model| model.endpoint == self.model.endpoint);
        let mut fields = others.flat_map(|model| model.fields);
        !self.model.fields.iter().any(|field| is_at(field.at))
            && fields.any(|field| is_medium(&field.kind) && is_at(field.at))
    }

    fn names_missed(&self) -> Vec<Trap> {
        let (Some(prompt), Some(references)) = (self.word(FieldId::Prompt), self.model.field(FieldId::References))
        else {
            return Vec::new();
        };
        let is_missing = references.required && self.value(FieldId::References).is_none();
        if is_missing {
            // The lack of references is reported already.
            return Vec::new();
        }
        let by_kind = references.kind.names_by_kind();
        let mut traps: Vec<Trap> = Vec::new();
        for Named { name, kind, number } in named(prompt) {
            let trap = match (by_kind, kind) {
                (true, None) | (false, Some(_)) => Trap::NamedOtherwise { name, by_kind },
                _ => match self.count(kind) {
                    there if number > there => Trap::NoSuchReference { name, kind, there },
                    _ => continue,
                },
            };
            if !traps.contains(&trap) && traps.len() < MOST_TOLD {
                traps.push(trap);
            }
        }
        traps
    }

    /// How many media of a kind there are to refer to. Frames and audio count if they are entries of the same list:
    /// better one name too many than a false alarm.
    fn count(&self, wanted: Option<MediaKind>) -> usize {
        let is_wanted = |kind: MediaKind| wanted.is_none_or(|wanted| wanted == kind);
        let each = self.sent.iter().map(|(field, value)| match (value, &field.kind) {
            (Sent::References(list), _) => list.iter().filter(|entry| is_wanted(entry.kind)).count(),
            (Sent::Media(_), Kind::Media { rule, shape: Shape::MediaItem, .. }) => usize::from(is_wanted(rule.media)),
            _ => 0,
        });
        each.sum()
    }
}

/// A reference's name in a prompt.
struct Named {
    name: String,
    kind: Option<MediaKind>,
    number: usize,
}

/// The names of references in a prompt, in order of appearance.
fn named(prompt: &str) -> Vec<Named> {
    let mut found = Vec::new();
    let mut before = None;
    let mut skip_to = 0;
    for (at, sign) in prompt.char_indices() {
        if at >= skip_to
            && let Some(one) = name_at(&prompt[at..], before)
        {
            skip_to = at + one.name.len();
            found.push(one);
        }
        before = Some(sign);
    }
    found
}

/// The name that a text begins with.
fn name_at(text: &str, before: Option<char>) -> Option<Named> {
    let (word, kind) =
        NAMES.iter().find(|(word, _)| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))?;
    let is_latin = word.is_ascii();
    // The end of a longer word is not a name.
    if is_latin && before.is_some_and(|sign| sign.is_ascii_alphanumeric() || sign == '_') {
        return None;
    }
    let rest = &text[word.len()..];
    let spaced = rest.strip_prefix(' ').unwrap_or(rest);
    let digits = spaced.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(spaced.len());
    let number: usize = spaced[..digits].parse().ok().filter(|number| (1..100).contains(number))?;
    let after = &spaced[digits..];
    // 16:9, 2.5 and 3/4 are figures; so is a number followed by a unit.
    let mut signs = after.chars();
    let first = signs.next();
    let is_figure =
        first.is_some_and(|sign| ":：./*×%".contains(sign)) && signs.next().is_some_and(|c| c.is_ascii_digit());
    let unit = after.trim_start_matches([' ', '-']);
    let latin = unit.find(|sign: char| !sign.is_ascii_alphabetic()).unwrap_or(unit.len());
    let is_unit = UNITS.iter().any(|known| {
        if known.is_ascii() { unit[..latin].eq_ignore_ascii_case(known) } else { unit.starts_with(known) }
    });
    let glued = first.is_some_and(|sign| sign.is_ascii_alphabetic());
    if is_figure || is_unit || glued {
        return None;
    }
    let name = &text[..text.len() - after.len()];
    Some(Named { name: name.to_owned(), kind: *kind, number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_measures_are_not() {
        let names = |prompt: &str| named(prompt).into_iter().map(|one| one.name).collect::<Vec<_>>().join("|");
        for (prompt, expected) in [
            ("Image 1 hands Video2 to image 3.", "Image 1|Video2|image 3"),
            ("图1和图片 2、视频12走进咖啡馆，音频1", "图1|图片 2|视频12|音频1"),
            ("character1 and Character2's dog", "character1|Character2"),
            ("a video 5 seconds long, 视频5秒, video 4K, image 16:9, video 30fps, video 2.5", ""),
            ("reimage 1, an_image 2, image0, image 0, characters 2", ""),
            ("Image 2", "Image 2"),
        ] {
            assert_eq!(names(prompt), expected, "{prompt}");
        }
    }
}
