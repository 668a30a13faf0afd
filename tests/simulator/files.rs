//! Finished videos: signed links, ranges, and files that match the order.

use serde_json::{Value, json};

use crate::harness::{IMAGE_PATH, Sim, VIDEO_PATH, path_of};

async fn finished(sim: &Sim, path: &str, body: &Value) -> String {
    let id = sim.create(path, body).await;
    sim.advance(24);
    let done = sim.get(&format!("/sim/dashscope/api/v1/tasks/{id}")).await;
    let places = ["/output/video_url", "/output/results/video_url"];
    let link = places.iter().map(|place| done.at(place)).find(|link| !link.is_empty());
    path_of(&link.unwrap_or_default())
}

fn text(size: &str) -> Value {
    json!({"model": "wan2.5-t2v-preview", "input": {"prompt": "x"}, "parameters": {"size": size}})
}

/// The boxes of an MP4 as `path: content`, parsed without any help from the writer.
fn boxes(bytes: &[u8], path: &str, found: &mut Vec<(String, Vec<u8>)>) {
    let mut rest = bytes;
    while rest.len() >= 8 {
        let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
        assert!((8..=rest.len()).contains(&length), "{path}: a box of {length} in {}", rest.len());
        let name = format!("{path}/{}", String::from_utf8_lossy(&rest[4..8]));
        let content = &rest[8..length];
        if ["moov", "trak", "mdia", "minf", "stbl"].iter().any(|parent| name.ends_with(parent)) {
            boxes(content, &name, found);
        }
        found.push((name, content.to_vec()));
        rest = &rest[length..];
    }
    assert!(rest.is_empty());
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap())
}

#[tokio::test]
async fn every_size_is_a_file_of_that_size_and_length() {
    let sim = Sim::new();
    for size in [
        "832*480",
        "480*832",
        "624*624",
        "1280*720",
        "720*1280",
        "960*960",
        "1088*832",
        "832*1088",
        "1920*1080",
        "1080*1920",
        "1440*1440",
        "1632*1248",
        "1248*1632",
    ] {
        let link = finished(&sim, VIDEO_PATH, &text(size)).await;
        let file = sim.get(&link).await.body;
        let mut found = Vec::new();
        boxes(&file, "", &mut found);
        let of = |name: &str| {
            found.iter().filter(|(path, _)| path == name).map(|(_, content)| content.clone()).collect::<Vec<_>>()
        };
        assert_eq!(
            found
                .iter()
                .filter(|(path, _)| path.matches('/').count() == 1)
                .map(|(path, _)| path.as_str())
                .collect::<Vec<_>>(),
            ["/ftyp", "/moov", "/mdat"]
        );
        assert_eq!(word(&of("/moov/mvhd")[0], 16), 5000, "{size}");
        let head = &of("/moov/trak/tkhd")[0];
        assert_eq!(format!("{}*{}", word(head, 76) >> 16, word(head, 80) >> 16), size);
        // Each frame begins with its own length: the offsets in the index are right.
        let places = &of("/moov/trak/mdia/minf/stbl/stco")[0];
        let lengths = &of("/moov/trak/mdia/minf/stbl/stsz")[0];
        assert_eq!(word(lengths, 8), 80);
        assert_eq!(word(&file, word(places, 8) as usize) + 4, word(lengths, 12));
        assert_eq!(of("/moov/trak").len(), 2, "a picture and a sound");
    }
}

#[tokio::test]
async fn silence_has_no_sound_track_and_a_voice_has_its_own_length() {
    let sim = Sim::new();
    let image = |model: &str, parameters: Value| json!({"model": model, "input": {"img_url": "https://e.com/a.png"}, "parameters": parameters});
    let speech = json!({"model": "wan2.2-s2v", "input": {"image_url": "https://e.com/a.png", "audio_url": "https://e.com/a.mp3"}});
    let rows = [
        (VIDEO_PATH, image("wan2.6-i2v-flash", json!({"audio": false, "duration": 2})), 1, 2000),
        (VIDEO_PATH, image("wan2.6-i2v-flash", json!({"duration": 15})), 2, 15_000),
        (VIDEO_PATH, image("wan2.2-i2v-plus", json!({})), 1, 5000),
        (IMAGE_PATH, speech, 2, 10_230),
    ];
    for (path, body, tracks, length_ms) in rows {
        let link = finished(&sim, path, &body).await;
        let mut found = Vec::new();
        boxes(&sim.get(&link).await.body, "", &mut found);
        assert_eq!(found.iter().filter(|(path, _)| path == "/moov/trak").count(), tracks, "{body}");
        let head = found.iter().find(|(path, _)| path == "/moov/mvhd").unwrap();
        assert_eq!(word(&head.1, 16), length_ms, "{body}");
    }
}

#[tokio::test]
async fn a_file_can_be_read_in_parts() {
    let sim = Sim::new();
    let link = finished(&sim, VIDEO_PATH, &text("832*480")).await;
    let whole = sim.send("GET", &link, &[], "").await;
    let total = whole.body.len();
    assert_eq!((whole.header("content-type"), whole.header("accept-ranges")), (Some("video/mp4"), Some("bytes")));
    let etag = whole.header("etag").unwrap();

    let part = sim.send("GET", &link, &[("range", "bytes=100-199")], "").await;
    assert_eq!((part.status, part.body.as_slice()), (206, &whole.body[100..200]));
    assert_eq!(part.header("content-range"), Some(format!("bytes 100-199/{total}").as_str()));
    let tail = sim.send("GET", &link, &[("range", "bytes=-5"), ("if-range", etag)], "").await;
    assert_eq!((tail.status, tail.body.as_slice()), (206, &whole.body[total - 5..]));
    let changed = sim.send("GET", &link, &[("range", "bytes=-5"), ("if-range", "\"other\"")], "").await;
    assert_eq!((changed.status, changed.body.len()), (200, total));
    let beyond = sim.send("GET", &link, &[("range", "bytes=99999999-")], "").await;
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some(format!("bytes */{total}").as_str())));
    let head = sim.send("HEAD", &link, &[], "").await;
    assert_eq!((head.status, head.header("content-length")), (200, Some(total.to_string().as_str())));
    assert!(head.body.is_empty());
    assert_eq!(sim.send("GET", &link, &[("if-none-match", etag)], "").await.status, 304);
    assert_eq!(sim.send("POST", &link, &[], "").await.status, 405);
}

#[tokio::test]
async fn a_link_opens_only_signed_and_only_for_a_day() {
    let sim = Sim::new();
    let link = finished(&sim, VIDEO_PATH, &text("832*480")).await;
    let bare = link.split('?').next().unwrap();
    let forged = format!("{link}0");
    let prolonged = link.replace("Expires=1795348", "Expires=1895348");
    for (path, code) in [
        (bare, "AccessDenied"),
        (forged.as_str(), "SignatureDoesNotMatch"),
        (prolonged.as_str(), "SignatureDoesNotMatch"),
    ] {
        let reply = sim.get(path).await;
        assert_eq!((reply.status, reply.header("content-type")), (403, Some("application/xml")), "{path}");
        assert!(reply.text().contains(&format!("<Code>{code}</Code>")), "{}", reply.text());
    }
    sim.advance(86_400);
    let late = sim.get(&link).await;
    assert_eq!(late.status, 404, "the second the task is forgotten the link still stands");
    sim.advance(1);
    let expired = sim.get(&link).await;
    assert_eq!(expired.status, 403);
    assert!(expired.text().contains("expired"));
}
