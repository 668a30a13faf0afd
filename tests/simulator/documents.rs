//! The documented responses themselves: each can be read and names its source.

use serde_json::Value;

#[test]
fn every_documented_answer_names_its_source_and_day() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut count = 0;
    for gateway in ["crazyrouter", "ope", "acedata", "dashscope"] {
        for entry in std::fs::read_dir(root.join(gateway).join("answers")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            let file: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let source = file["source"].as_str().unwrap();
            let is_dated = ["2026-11-21", "2026-11-28"].iter().any(|day| source.contains(day));
            assert!(is_dated, "{gateway}/{name}: {source}");
            let status = file["status"].as_u64().unwrap();
            assert!(file["body"].is_object() != file["text"].is_string(), "{gateway}/{name}");
            assert_eq!(status >= 400, name.contains("error"), "{gateway}/{name}: {status}");
            assert!(
                name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{name}"
            );
            count += 1;
        }
    }
    assert!(count > 130, "{count}");
}
