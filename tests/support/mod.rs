//! What the test binaries share: the golden cases, read from their folders.

use serde_json::Value as Json;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use wan_playground::address::BaseUrl;
use wan_playground::catalog::{Catalog, FieldId, Gateway, MediaKind, Model};
use wan_playground::draft::{Draft, Media, Reference, Value};
use wan_playground::media::LocalFile;

/// A folder `tests/fixtures/<gateway>/<name>` with its `case.json`.
pub struct Case {
    /// `gateway/name`, for messages.
    pub name: String,
    /// Gateway id.
    pub gateway: String,
    /// Model id.
    pub model: String,
    /// The values, under neutral ids.
    pub draft: Draft,
    /// The whole file.
    pub json: Json,
}

impl Case {
    /// Gateway and model of the case.
    pub fn find<'a>(&self, catalog: &'a Catalog) -> (&'a Gateway, &'a Model) {
        find(catalog, &self.gateway, &self.model)
    }

    /// Whether it is the smallest or the fullest request of its model.
    pub fn is_extreme(&self) -> bool {
        self.name.ends_with("-smallest") || self.name.ends_with("-fullest")
    }
}

/// A gateway and one of its models.
pub fn find<'a>(catalog: &'a Catalog, gateway: &str, model: &str) -> (&'a Gateway, &'a Model) {
    let found = catalog.gateway(gateway).unwrap_or_else(|| panic!("no gateway {gateway}"));
    (found, found.model(model).unwrap_or_else(|| panic!("{gateway} has no model {model}")))
}

/// Where a model is called: the first base of a region it is offered in, and that region.
pub fn base<'a>(gateway: &'a Gateway, model: &Model) -> (BaseUrl, &'a str) {
    let first = gateway.home(model).expect("a gateway has bases");
    (BaseUrl::parse(first.url).expect("the first base of a region has no placeholder"), first.region)
}

/// `tests/fixtures`.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// Names of the folders in a folder, sorted.
pub fn folders(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("a folder can be listed"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().expect("names are UTF-8"))
        .collect();
    names.sort();
    names
}

/// A JSON file.
pub fn read_json(path: &Path) -> Json {
    let text = fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// Every golden case. A folder without `case.json` is an error, except the simulator's `answers`.
pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for gateway in folders(&fixtures()) {
        let folder = fixtures().join(&gateway);
        for name in folders(&folder).into_iter().filter(|name| name != "answers") {
            let json = read_json(&folder.join(&name).join("case.json"));
            let name = format!("{gateway}/{name}");
            assert_eq!(json["gateway"], gateway.as_str(), "{name} stands in another gateway's folder");
            let model = json["model"].as_str().unwrap_or_else(|| panic!("{name} names no model")).to_owned();
            let draft = draft(&name, &json["draft"]);
            cases.push(Case { name, gateway: gateway.clone(), model, draft, json });
        }
    }
    cases
}

/// A draft as written in a case: words and numbers as text, flags, `{"url"}` or `{"file"}`, and lists of references.
pub fn draft(place: &str, json: &Json) -> Draft {
    let mut draft = Draft::default();
    for (name, value) in json.as_object().unwrap_or_else(|| panic!("{place}: the draft is an object")) {
        let id = FieldId::named(name).unwrap_or_else(|| panic!("{place}: no field is called {name}"));
        draft.set(id, value_of(place, value));
    }
    draft
}

fn value_of(place: &str, json: &Json) -> Value {
    match json {
        Json::String(word) => Value::Text(word.clone()),
        Json::Bool(flag) => Value::Flag(*flag),
        Json::Object(_) => Value::Media(media_of(place, json)),
        Json::Array(list) => {
            let reference = |entry: &Json| Reference {
                media: media_of(place, entry),
                kind: match entry["kind"].as_str() {
                    Some("image") => MediaKind::Image,
                    Some("video") => MediaKind::Video,
                    Some("audio") => MediaKind::Audio,
                    _ => panic!("{place}: a reference is an image, a video or a sound"),
                },
                voice: entry["voice"].as_str().unwrap_or_default().to_owned(),
            };
            Value::References(list.iter().map(reference).collect())
        }
        Json::Null | Json::Number(_) => panic!("{place}: {json} is no value of a draft"),
    }
}

/// A link, or an image from the disk.
fn media_of(place: &str, json: &Json) -> Media {
    let text = |value: &Json| value.as_str().unwrap_or_else(|| panic!("{place}: {value} is no text")).to_owned();
    let Some(file) = json.get("file") else { return Media::Url(text(&json["url"])) };
    let number = |name: &str| file[name].as_u64().unwrap_or_else(|| panic!("{place}: a file has its {name}"));
    let side = |name: &str| u32::try_from(number(name)).expect("sides are small");
    let name = text(&file["name"]);
    Media::File(Arc::new(LocalFile {
        format: wan_playground::media::named(&name),
        bytes: number("bytes"),
        pixels: Some((side("width"), side("height"))),
        alpha: false,
        base64: text(&file["base64"]),
        name,
        ..LocalFile::default()
    }))
}
