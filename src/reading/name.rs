//! Similar names.

/// Whether one name was meant as the other: the same except for case and punctuation, or a typo or two.
pub fn is_near(written: &str, known: &str) -> bool {
    let (written, known) = (bare(written), bare(known));
    if written == known {
        return true;
    }
    let allowed = match known.chars().count() {
        0..=4 => 0,
        5..=7 => 1,
        _ => 2,
    };
    distance(&written, &known) <= allowed
}

fn bare(name: &str) -> String {
    let plain = |c: &char| c.is_alphanumeric();
    name.chars().filter(plain).flat_map(char::to_lowercase).take(64).collect()
}

/// Edit distance between two names: a character inserted, deleted, replaced, or two swapped.
pub fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let width = b.len() + 1;
    let mut table: Vec<usize> = vec![0; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let at = |i: usize, j: usize| table[i * width + j];
            let steps = if i == 0 || j == 0 {
                i + j
            } else {
                let same = usize::from(a[i - 1] != b[j - 1]);
                let plain = (at(i - 1, j) + 1).min(at(i, j - 1) + 1).min(at(i - 1, j - 1) + same);
                let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if swapped { plain.min(at(i - 2, j - 2) + 1) } else { plain }
            };
            table[i * width + j] = steps;
        }
    }
    table[a.len() * width + b.len()]
}

/// The model name that was meant, if there is exactly one.
pub fn nearest_model<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = family(written);
    let mut ranked: Vec<(usize, &str)> = known
        .map(|name| {
            let name_family = family(name);
            // A truncated name or one with a date suffix means the model; a different number means a different model.
            let cut = wanted.len() > 3 && (name_family.starts_with(&wanted) || wanted.starts_with(&name_family));
            let other = !cut && digits(&wanted) != digits(&name_family);
            let steps = distance(&wanted, &name_family);
            (if cut { steps.min(1) } else { steps + usize::from(other) * 3 }, name)
        })
        .filter(|(steps, _)| *steps <= 2)
        .collect();
    ranked.sort_by_key(|(steps, name)| (*steps, name.len(), *name));
    ranked.dedup_by_key(|(_, name)| *name);
    match ranked[..] {
        [(_, only)] => Some(only),
        [(first, name), (second, _), ..] if first < second => Some(name),
        _ => None,
    }
}

/// Models that documents name but this page has no fields for, by gateway.
const BEYOND: [(&str, &str); 13] = [
    ("dashscope", "wanx2.1-t2v-turbo"),
    ("dashscope", "wanx2.1-t2v-plus"),
    ("dashscope", "wanx2.1-i2v-turbo"),
    ("dashscope", "wanx2.1-i2v-plus"),
    ("dashscope", "wanx2.1-kf2v-plus"),
    ("dashscope", "wan2.1-kf2v-plus"),
    ("dashscope", "wan2.1-t2v-turbo"),
    ("dashscope", "wan2.1-t2v-plus"),
    ("dashscope", "wan2.1-i2v-turbo"),
    ("dashscope", "wan2.1-i2v-plus"),
    ("dashscope", "wan2.1-vace-plus"),
    ("dashscope", "wanx2.1-vace-plus"),
    ("dashscope", "wan2.2-s2v-detect"),
];

/// Whether a gateway has a model that this page knows by name only.
pub fn is_beyond(gateway: &str, name: &str) -> bool {
    BEYOND.contains(&(gateway, name))
}

fn digits(name: &str) -> String {
    name.chars().filter(char::is_ascii_digit).collect()
}

/// A model name without what people omit or add: `wanx2.5_t2v` and `wan2.5-t2v` are the same.
fn family(name: &str) -> String {
    let bare: String = bare(name.rsplit('/').next().unwrap_or(name));
    bare.replace("wanx", "wan")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_fingers_are_near_and_other_words_are_not() {
        for (written, known) in [
            ("negativePrompt", "negative_prompt"),
            ("promt", "prompt"),
            ("Resolution", "resolution"),
            ("first_frame_ulr", "first_frame_url"),
            ("watermak", "watermark"),
        ] {
            assert!(is_near(written, known), "{written}");
        }
        assert_eq!((distance("ulr", "url"), distance("", "url"), distance("audio", "audios")), (1, 3, 1));
        for (written, known) in [("sead", "size"), ("stream", "prompt"), ("n", "seed"), ("audio", "video")] {
            assert!(!is_near(written, known), "{written}");
        }
    }

    #[test]
    fn a_model_name_is_found_only_where_one_was_meant() {
        let known = || {
            ["wan2.5-t2v-preview", "wan2.6-t2v", "wan2.6-i2v", "wan2.6-i2v-flash", "wan2.2-kf2v-flash", "wan2.7-t2v"]
                .into_iter()
        };
        for (written, meant) in [
            ("wan2.5-t2v", Some("wan2.5-t2v-preview")),
            ("wanx2.6-t2v", Some("wan2.6-t2v")),
            ("Wan2.6_I2V", Some("wan2.6-i2v")),
            ("wan2.2-kf2v-falsh", Some("wan2.2-kf2v-flash")),
            ("wan2.2-kf2v", Some("wan2.2-kf2v-flash")),
            ("wan/wan2.6-i2v", Some("wan2.6-i2v")),
            ("wan2.6-t2v-2026-01-01", Some("wan2.6-t2v")),
            ("wan2.8-t2v", None),
            ("sora-2", None),
            ("wan", None),
            ("", None),
        ] {
            assert_eq!(nearest_model(written, known()), meant, "{written}");
        }
    }
}
