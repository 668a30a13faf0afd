//! What every sentence has to be: there, and in its own language.

mod given_up;

use crate::words::lang::Lang;

/// Words that are the same in Chinese: names, and what people type.
const LATIN: &[&str] = &[
    "Access-Control-Allow-Headers",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Origin",
    "Content-Security-Policy",
    "X-DashScope-Async: enable",
    "Authorization: Bearer",
    "WorkspaceId",
    "Windows PowerShell 5.1",
    ".ps1",
    "UTF-8",
    "BOM",
    "Windows",
    "Markdown",
    "Token Plan",
    "curl.exe",
    "bash",
    "printf",
    "bash",
    "Cookie",
    "shell",
    "fetch",
    "HAR",
    "curl",
    "Python",
    "base64",
    "data:",
    "false",
    "null",
    "oss://",
    "true",
    "cargo xtask play",
    "connect-src",
    "ConvertTo-Json",
    "-Depth",
    "https",
    "http",
    "CORS",
    "cURL",
    "HTTP",
    "HTML",
    "JSON",
    "UUID",
    "VPN",
    "API",
    "Key",
    "ID",
    "MB",
    "OSS",
    "S3",
    "R2",
    "PDF",
    "ZIP",
    "Office",
    "HEIC",
    "GIF",
    "PNG",
    "WAV",
    "JPEG",
    "Crazyrouter",
    "OPE.AI",
    "AceDataCloud",
    "DashScope",
    "POST",
    "Windows",
    "PowerShell",
    "curl",
    "UTF-8",
];

/// Complains about an empty sentence and about letters of the other language.
pub fn check_language(text: &str, lang: Lang) -> Result<(), String> {
    let is_chinese = |c: char| matches!(c as u32, 0x3000..=0x303f | 0x4e00..=0x9fff | 0xff00..=0xffef);
    if text.trim().is_empty() {
        return Err("empty".to_owned());
    }
    if lang == Lang::En {
        let rest = text.replace(['“', '”', '…'], "");
        return if rest.chars().any(is_chinese) { Err(format!("Chinese in English: {text}")) } else { Ok(()) };
    }
    let mut rest = text.to_owned();
    for word in LATIN {
        rest = rest.replace(word, "");
    }
    if rest.chars().any(|c| c.is_ascii_alphabetic()) || !text.chars().any(is_chinese) {
        return Err(format!("English in Chinese: {text}"));
    }
    Ok(())
}

/// Compares with a file of `tests/golden`, or writes it.
pub fn golden(name: &str, text: &str) {
    let path = format!("{}/tests/golden/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("WAN_BLESS").is_some() {
        std::fs::write(&path, text).expect("the golden file can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    for (line, (kept, made)) in kept.lines().zip(text.lines()).enumerate() {
        assert_eq!(kept, made, "{name}.txt, line {}", line + 1);
    }
    assert_eq!(kept.lines().count(), text.lines().count(), "{name}.txt has lines too few or too many");
}
