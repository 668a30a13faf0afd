//! Style sheets: `@import "./part.css" layer(name);` lines are replaced by the file, so that the page loads one sheet.
//! Trunk copies a sheet unchanged and would leave the imports dangling.

use std::fmt::Write as _;
use std::path::Path;

/// The sheet with its imports inlined; paths are relative to the sheet's own folder.
pub fn flatten(sheet: &Path) -> Result<String, String> {
    flatten_below(sheet, 0)
}

fn flatten_below(sheet: &Path, depth: usize) -> Result<String, String> {
    if depth > 8 {
        return Err(format!("{} is imported in a circle", sheet.display()));
    }
    let text = std::fs::read_to_string(sheet).map_err(|error| format!("cannot read {}: {error}", sheet.display()))?;
    let folder = sheet.parent().unwrap_or(Path::new("."));
    let mut flat = String::with_capacity(text.len());
    for line in text.lines() {
        if let Some(import) = Import::parse(line) {
            let part = flatten_below(&folder.join(import.file), depth + 1)?;
            match import.layer {
                Some(layer) => {
                    let _ = writeln!(flat, "@layer {layer} {{\n{part}}}");
                }
                None => flat.push_str(&part),
            }
        } else {
            flat.push_str(line);
            flat.push('\n');
        }
    }
    Ok(flat)
}

#[derive(Debug, PartialEq)]
struct Import<'a> {
    file: &'a str,
    layer: Option<&'a str>,
}

impl<'a> Import<'a> {
    /// One import per line, of a relative file, with or without a layer; anything else stays as it is.
    fn parse(line: &'a str) -> Option<Self> {
        let rest = line.trim().strip_prefix("@import")?.trim().strip_suffix(';')?.trim();
        let rest = rest.strip_prefix("url(").map_or(rest, str::trim);
        let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''))?;
        let (file, after) = rest[1..].split_once(quote)?;
        let after = after.trim().trim_start_matches(')').trim();
        let layer = match after {
            "" => None,
            _ => Some(after.strip_prefix("layer(")?.strip_suffix(')')?.trim()),
        };
        (!file.contains("//")).then_some(Self { file, layer })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_read_in_their_usual_forms() {
        let layered = Some(Import { file: "./a.css", layer: Some("base") });
        assert_eq!(Import::parse("@import \"./a.css\" layer(base);"), layered);
        assert_eq!(Import::parse("  @import url('./a.css') layer(base) ;"), layered);
        assert_eq!(Import::parse("@import 'a.css';"), Some(Import { file: "a.css", layer: None }));
    }

    #[test]
    fn other_lines_stay() {
        for line in ["@layer a, b;", "p { color: red; }", "@import \"https://host/a.css\";", "@import 'a.css' print;"] {
            assert_eq!(Import::parse(line), None, "{line}");
        }
    }

    /// Every sheet below `style`, with its path.
    fn sheets(folder: &Path) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                all.extend(sheets(&path));
            } else {
                all.push((path.display().to_string(), std::fs::read_to_string(&path).expect("a sheet is text")));
            }
        }
        all
    }

    /// The declarations of one property, as `path: value`.
    fn declared<'a>(sheets: &'a [(String, String)], property: &str) -> Vec<(&'a str, &'a str)> {
        let mut all = Vec::new();
        for (path, text) in sheets {
            for (at, _) in text.match_indices(property) {
                let begins = text[..at].ends_with([' ', '{', ';', '\n']);
                let Some(value) = text[at + property.len()..].strip_prefix(": ").filter(|_| begins) else { continue };
                all.push((path.as_str(), value.split([';', '}']).next().unwrap_or_default()));
            }
        }
        assert!(!all.is_empty(), "no {property} was found");
        all
    }

    #[test]
    fn corners_sizes_and_weights_come_from_one_scale() {
        let sheets = sheets(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../style"));
        for (path, value) in declared(&sheets, "border-radius") {
            let rest = value.replace("calc(var(--radius) + 2px)", "").replace("50%", "").replace('0', "");
            let rest = ["var(--radius-s)", "var(--radius-l)", "var(--radius)", "var(--pill)"]
                .iter()
                .fold(rest, |rest, token| rest.replace(token, ""));
            assert!(rest.trim().is_empty(), "{path}: a corner of its own: {value}");
        }
        for (path, value) in declared(&sheets, "font-size") {
            assert!(value.starts_with("var(--text"), "{path}: a size of its own: {value}");
        }
        for (path, value) in declared(&sheets, "font-weight") {
            assert!(["400", "600", "700"].contains(&value), "{path}: a weight of its own: {value}");
        }
    }

    #[test]
    fn distances_are_steps_of_one_scale() {
        const STEPS: [&str; 12] = ["0", "1", "2", "4", "6", "8", "12", "16", "20", "24", "32", "40"];
        /// Room for what lies over the content: the arrow of a select, the bar of a phone, the number of a step.
        const ROOM: [&str; 3] = ["30px", "34px", "110px"];
        let sheets = sheets(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../style"));
        for property in ["gap", "padding", "margin"] {
            for (path, value) in declared(&sheets, property) {
                for word in value.split([' ', '(', ')', ',']).filter(|word| word.ends_with("px")) {
                    let step = word.trim_start_matches('-').trim_end_matches("px");
                    assert!(STEPS.contains(&step) || ROOM.contains(&word), "{path}: {property}: {value}");
                }
            }
        }
    }
}
