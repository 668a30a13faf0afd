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
}
