//! Names of the files that people save: they tell model, prompt and task, and no system refuses them.

/// Characters kept of a prompt.
const PROMPT_CHARS: usize = 40;
/// Characters kept of a model's name.
const MODEL_CHARS: usize = 40;
/// Characters kept of a task's ID.
const ID_CHARS: usize = 8;

/// The name without an ending: `wan2.5-t2v_lake-at-dusk_34f4fec2`. Model, prompt and ID may each be empty. It consists
/// of letters and digits of any script, `.`, `-` and `_`, so that it is safe in every file system and shell.
pub fn stem(model: &str, prompt: &str, id: &str) -> String {
    let model = model.split('@').next().unwrap_or_default().trim_end_matches("-preview");
    let parts = [slug(model, MODEL_CHARS), slug(&prompt.to_lowercase(), PROMPT_CHARS), mark(id)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "wan".to_owned() } else { parts.join("_") }
}

/// The name of a video's file.
pub fn video(model: &str, prompt: &str, id: &str) -> String {
    stem(model, prompt, id) + ".mp4"
}

/// Letters and digits, with one `-` in place of whatever stands between them. Whole words as far as they fit; a script
/// that does not part its words is cut.
fn slug(text: &str, most: usize) -> String {
    let is_kept = |c: char| c.is_alphanumeric() || c == '.';
    let mut out = String::new();
    let mut length = 0;
    for word in text.split(|c| !is_kept(c)).map(|word| word.trim_matches('.')).filter(|word| !word.is_empty()) {
        let gap = usize::from(length > 0);
        let (room, chars) = (most.saturating_sub(length + gap), word.chars().count());
        if chars > room && length > 0 {
            break;
        }
        if gap > 0 {
            out.push('-');
        }
        out.extend(word.chars().take(room));
        length += gap + chars.min(room);
    }
    out.trim_end_matches('.').to_owned()
}

/// What tells one task from another: the first group of a UUID, else the end of the ID, where most of them differ.
fn mark(id: &str) -> String {
    let first = id.split('-').next().unwrap_or_default();
    if first.len() == ID_CHARS && first != id && first.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return first.to_ascii_lowercase();
    }
    let signs: Vec<char> = id.chars().filter(char::is_ascii_alphanumeric).collect();
    signs[signs.len().saturating_sub(ID_CHARS)..].iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "34f4fec2-5ff8-4d82-bcb6-0123456789ab";

    #[test]
    fn a_video_is_named_after_model_prompt_and_task() {
        assert_eq!(video("wan2.5-t2v-preview", "Lake at dusk", ID), "wan2.5-t2v_lake-at-dusk_34f4fec2.mp4");
        assert_eq!(
            video("wan2.6-t2v@generations", "一只小猫，在屋顶上奔跑", ID),
            "wan2.6-t2v_一只小猫-在屋顶上奔跑_34f4fec2.mp4"
        );
        assert_eq!(video("", "", "task_0123456789abcdef"), "89abcdef.mp4");
        assert_eq!(video("", "", ""), "wan.mp4");
    }

    #[test]
    fn whole_words_are_kept_as_far_as_they_fit() {
        let long = "A kitten runs across a moonlit roof, camera low and close, silver light";
        assert_eq!(stem("", long, ""), "a-kitten-runs-across-a-moonlit-roof");
        assert_eq!(stem("", &"猫".repeat(100), "").chars().count(), PROMPT_CHARS);
    }

    #[test]
    fn what_a_system_or_a_shell_would_trip_over_goes() {
        for prompt in [
            "../../etc/passwd",
            "a:b*c?d\"e<f>g|h",
            "x\u{202e}gpj.exe",
            "$(rm -rf ~) `id` ' \" \\",
            "\0\r\n\t",
            "...",
            "猫".repeat(9000).as_str(),
            "CON",
        ] {
            let name = video("wan2.5-t2v-preview", prompt, ID);
            assert!(name.chars().all(|c| c.is_alphanumeric() || ".-_".contains(c)), "{name}");
            assert!(name.len() < 255 && !name.starts_with('.') && !name.contains(".."), "{name}");
        }
    }
}
