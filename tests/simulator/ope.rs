//! OPE.AI: the unified entry and the native route.

use serde_json::{Value, json};

use crate::harness::{Reply, Sim, documented, path_of, png, png_uri, shape};

const PATH: &str = "/sim/ope/v1/videos";

fn example() -> Value {
    json!({
        "model": "wan2.7-i2v",
        "prompt": "让画面中的角色向前走两步,镜头轻微推进,电影感光影。",
        "size": "1280x720",
        "seconds": "5",
        "generate_audio": false,
        "input_reference": {"content": [{"type": "image_url", "role": "first_frame",
            "image_url": {"url": "https://example.com/first-frame.png"}}]}
    })
}

async fn content(sim: &Sim, id: &str) -> Reply {
    sim.get(&format!("{PATH}/{id}/content")).await
}

#[tokio::test]
async fn the_example_of_the_page_is_made_and_fetched() {
    let sim = Sim::new();
    let created = sim.post(PATH, &example()).await;
    assert_eq!(created.status, 200, "{}", created.text());
    assert_eq!(shape(&created.json()), shape(&documented("ope/answers/create-queued")));
    assert_eq!((created.at("/size").as_str(), created.at("/seconds").as_str()), ("1280x720", "5"));
    let id = created.at("/id");
    let mut states = Vec::new();
    for wait in [0, 1, 1, 2, 19, 1] {
        sim.advance(wait);
        let told = sim.get(&format!("{PATH}/{id}")).await;
        assert_eq!(shape(&told.json()), shape(&documented("ope/answers/query-in-progress")));
        let word = told.at("/status");
        if word != "SUCCESS" {
            let early = content(&sim, &id).await;
            assert_eq!(
                (early.status, shape(&early.json())),
                (400, shape(&documented("ope/answers/error-not-completed")))
            );
            assert!(early.at("/error/message").ends_with(&word), "{}", early.text());
        }
        states.push(word);
    }
    assert_eq!(states, ["NOT_START", "SUBMITTED", "QUEUED", "IN_PROGRESS", "IN_PROGRESS", "SUCCESS"]);

    let video = content(&sim, &id).await;
    assert_eq!((video.status, video.header("content-type")), (200, Some("video/mp4")));
    assert_eq!(video.header("content-length"), Some(video.body.len().to_string().as_str()));
    assert!(video.header("content-disposition").unwrap().starts_with("attachment"));
    assert_eq!(&video.body[4..8], b"ftyp");
    assert!(!video.body.windows(4).any(|name| name == b"mp4a"), "sound was not asked for");
}

#[tokio::test]
async fn the_content_needs_the_key_and_knows_ranges() {
    let sim = Sim::new();
    let id = sim.post(PATH, &example()).await.at("/id");
    sim.advance(24);
    let path = format!("{PATH}/{id}/content");
    assert_eq!(sim.send("GET", &path, &[], "").await.status, 401);
    let headers = [("authorization", "Bearer sk-canary-good"), ("range", "bytes=4-7")];
    let part = sim.send("GET", &path, &headers, "").await;
    assert_eq!((part.status, part.body.as_slice()), (206, &b"ftyp"[..]));
    let head = sim.send("HEAD", &path, &headers[..1], "").await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert!(head.header("content-length").unwrap().parse::<usize>().unwrap() > 10_000);
}

#[tokio::test]
async fn what_is_unknown_is_not_found() {
    let sim = Sim::new();
    for path in [format!("{PATH}/nobody"), format!("{PATH}/nobody/content")] {
        let reply = sim.get(&path).await;
        assert_eq!((reply.status, reply.json()), (404, documented("ope/answers/error-not-found")));
    }
    let reply = sim.send("GET", &format!("{PATH}/nobody"), &[("authorization", "Bearer invalid")], "").await;
    assert_eq!((reply.status, shape(&reply.json())), (401, shape(&documented("ope/answers/error-invalid-api-key"))));
    assert_eq!(sim.get("/sim/ope/v1/nowhere").await.status, 404);
}

#[tokio::test]
async fn fields_of_other_gateways_are_refused() {
    let sim = Sim::new();
    let rows = [
        ("negative_prompt", json!("x")),
        ("prompt_extend", json!(true)),
        ("watermark", json!(false)),
        ("resolution", json!("720P")),
        ("content", json!([])),
        ("duration", json!(5)),
        ("prompt", json!(7)),
        ("size", json!("1280*720")),
        ("size", json!("720P")),
        ("seconds", json!("1")),
        ("seconds", json!("16")),
        ("seconds", json!("five")),
        ("seconds", json!(5.5)),
        ("generate_audio", json!("false")),
        ("seed", json!(-1)),
        ("input_reference", json!(null)),
        ("input_reference", json!("https://e.com/a.png")),
        ("input_reference", json!({"content": []})),
        ("input_reference", json!({"content": [{"type": "text", "text": "x"}]})),
        ("input_reference", json!({"content": [{"type": "image_url", "image_url": "https://e.com/a.png"}]})),
        ("input_reference", json!({"content": [{"type": "image_url", "image_url": {"url": "file:///a.png"}}]})),
        (
            "input_reference",
            json!({"content": [{"type": "image_url", "role": "last_frame", "image_url": {"url": "https://e.com/a"}}]}),
        ),
        ("input_reference", json!({"image_url": "https://e.com/a.png"})),
    ];
    for (key, value) in rows {
        let mut body = example();
        body[key] = value;
        let reply = sim.post(PATH, &body).await;
        assert_eq!(
            (reply.status, reply.at("/error/code").as_str()),
            (400, "InvalidParameter"),
            "{body}: {}",
            reply.text()
        );
        assert_eq!(shape(&reply.json()), shape(&documented("ope/answers/error-invalid-parameter")));
    }
    let mut body = example();
    body["model"] = "sora-2".into();
    assert_eq!(sim.post(PATH, &body).await.at("/error/code"), "ModelNotFound");
}

#[tokio::test]
async fn without_a_size_the_video_is_1080p_and_follows_the_picture() {
    let sim = Sim::new();
    let mut body = example();
    body.as_object_mut().unwrap().shift_remove("size");
    body["input_reference"]["content"][0]["image_url"]["url"] = png_uri(900, 1600).into();
    let created = sim.post(PATH, &body).await;
    assert_eq!(created.json().get("size"), None);
    sim.advance(24);
    let video = content(&sim, &created.at("/id")).await.body;
    let wanted = [1080_u16.to_be_bytes(), 1920_u16.to_be_bytes()].concat();
    assert!(video.windows(4).any(|pair| pair == wanted));
}

#[tokio::test]
async fn a_form_of_openai_s_client_is_taken_with_its_picture() {
    let sim = Sim::new();
    let field = |name: &str, value: &str| {
        format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes()
    };
    let form = |extra: Vec<u8>| {
        let picture = b"--edge\r\nContent-Disposition: form-data; name=\"input_reference\"; filename=\"a.png\"\r\n\
            Content-Type: image/png\r\n\r\n";
        let parts = [
            field("model", "wan2.7-i2v"),
            field("prompt", "走"),
            field("seconds", "4"),
            field("size", "720x1280"),
            extra,
            picture.to_vec(),
            png(720, 1280),
            b"\r\n--edge--\r\n".to_vec(),
        ];
        parts.concat()
    };
    let kind = "multipart/form-data; boundary=edge";
    let headers = [("authorization", "Bearer sk-canary-good"), ("content-type", kind)];
    let reply = sim.send("POST", PATH, &headers, form(Vec::new())).await;
    assert_eq!((reply.status, reply.at("/seconds").as_str()), (200, "4"), "{}", reply.text());
    for extra in [field("stream", "1"), field("size", "720x1280")] {
        assert_eq!(sim.send("POST", PATH, &headers, form(extra)).await.status, 400);
    }
    let headers = [("authorization", "Bearer sk-canary-good"), ("content-type", "multipart/form-data")];
    assert_eq!(sim.send("POST", PATH, &headers, form(Vec::new())).await.status, 400);
}

#[tokio::test]
async fn the_native_route_speaks_alibaba_s_protocol() {
    let sim = Sim::new();
    let path = "/sim/ope/aliyun/v1/videos/generations";
    let media = json!([{"type": "first_clip", "url": "https://e.com/a.mp4"}, {"type": "last_frame", "url": "https://e.com/b.png"}]);
    let rows = [
        (
            json!({"model": "wan2.7-i2v", "input": {"media": media, "prompt": "走"}, "parameters": {"resolution": "720P", "seed": 7}}),
            "2-7",
        ),
        (
            json!({"model": "wan2.6-i2v", "input": {"img_url": "https://e.com/a.png", "prompt": "走"}, "parameters": {"shot_type": "multi"}}),
            "i2v",
        ),
    ];
    for (body, family) in rows {
        let created = sim.post(path, &body).await;
        assert_eq!(
            shape(&created.json()),
            shape(&documented("ope/answers/native-create-pending")),
            "{}",
            created.text()
        );
        let id = created.at("/output/task_id");
        let task = format!("/sim/ope/aliyun/v1/tasks/{id}");
        assert_eq!(shape(&sim.get(&task).await.json()), shape(&documented("ope/answers/native-query-pending")));
        sim.advance(5);
        assert_eq!(shape(&sim.get(&task).await.json()), shape(&documented("ope/answers/native-query-running")));
        let early = sim.get(&format!("/sim/ope/aliyun/v1/videos/{id}/content")).await;
        assert_eq!((early.status, early.at("/error/type").as_str()), (400, "invalid_request_error"));
        sim.advance(19);
        let done = sim.get(&task).await;
        assert_eq!(shape(&done.json()), shape(&documented(&format!("ope/answers/native-query-succeeded-{family}"))));
        assert_eq!(sim.get(&path_of(&done.at("/output/video_url"))).await.status, 200);
        assert_eq!(sim.get(&format!("/sim/ope/aliyun/v1/videos/{id}/content")).await.status, 200);
        assert_eq!(sim.get(&format!("{PATH}/{id}")).await.status, 404);
    }
    assert_eq!(sim.get("/sim/ope/aliyun/v1/tasks/nobody").await.at("/output/task_status"), "UNKNOWN");
    // It does not accept the unified body.
    let unified = sim.post(path, &example()).await;
    assert_eq!((unified.status, unified.at("/code").as_str()), (400, "InvalidParameter"));
    let other = sim.post(path, &json!({"model": "wan2.5-t2v-preview", "input": {"prompt": "x"}})).await;
    assert_eq!(other.at("/error/code"), "ModelNotFound");
}
