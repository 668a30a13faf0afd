//! `DashScope`: what is refused, one row per rule.

use serde_json::{Value, json};

use crate::harness::{IMAGE_PATH, Sim, VIDEO_PATH, data_uri, documented, png, png_uri, shape};

#[tokio::test]
async fn without_a_good_key_nothing_is_answered() {
    let sim = Sim::new();
    for key in [None, Some("Bearer sk-canary-invalid"), Some("Bearer "), Some("Bearer bad key"), Some("sk-canary-bare")]
    {
        let headers: Vec<(&str, &str)> = key.into_iter().map(|key| ("authorization", key)).collect();
        for (method, path) in [("POST", VIDEO_PATH), ("GET", "/sim/dashscope/api/v1/tasks/x")] {
            let reply = sim.send(method, path, &headers, "{}").await;
            assert_eq!((reply.status, reply.at("/code").as_str()), (401, "InvalidApiKey"), "{key:?}");
            assert_eq!(shape(&reply.json()), shape(&documented("dashscope/answers/error-invalid-api-key")));
        }
    }
}

#[tokio::test]
async fn without_the_asynchronous_header_access_is_denied() {
    let sim = Sim::new();
    let body = json!({"model": "wan2.5-t2v-preview", "input": {"prompt": "x"}}).to_string();
    let headers = [("authorization", "Bearer sk-canary-good"), ("content-type", "application/json")];
    let reply = sim.send("POST", VIDEO_PATH, &headers, body).await;
    assert_eq!((reply.status, reply.at("/code").as_str()), (403, "AccessDenied"));
}

#[tokio::test]
async fn each_model_has_its_path() {
    let sim = Sim::new();
    let text = json!({"model": "wan2.5-t2v-preview", "input": {"prompt": "x"}});
    let frames = json!({"model": "wan2.2-kf2v-flash", "input": {"first_frame_url": "https://e.com/a.png"}});
    for (path, body) in [(IMAGE_PATH, text), (VIDEO_PATH, frames)] {
        let reply = sim.post(path, &body).await;
        assert_eq!((reply.status, reply.at("/code").as_str()), (400, "InvalidParameter"));
        assert!(reply.at("/message").starts_with("url error"), "{}", reply.text());
    }
    assert_eq!(sim.get("/sim/dashscope/api/v2/tasks/1").await.at("/code"), "InvalidParameter");
}

#[tokio::test]
async fn bodies_that_are_not_json_objects_are_refused() {
    let sim = Sim::new();
    let send = async |kind: &str, body: &'static str| {
        let headers =
            [("authorization", "Bearer sk-canary-good"), ("x-dashscope-async", "enable"), ("content-type", kind)];
        let reply = sim.send("POST", VIDEO_PATH, &headers, body).await;
        (reply.status, reply.at("/code"))
    };
    for body in ["", "{", "[]", "\"x\"", "{\"model\":5}"] {
        assert_eq!(send("application/json", body).await, (400, "InvalidParameter".to_owned()), "{body}");
    }
    assert_eq!(send("text/plain", "{}").await, (400, "InvalidParameter".to_owned()));
    assert_eq!(send("application/json; charset=utf-8", "{}").await, (400, "BadRequest.EmptyModel".to_owned()));
    assert_eq!(send("application/json", "{\"model\":\"wan9\"}").await, (404, "ModelNotFound".to_owned()));
    assert_eq!(send("application/json", "{\"model\":\"wan2.6-t2v\"}").await, (400, "BadRequest.EmptyInput".to_owned()));
}

#[tokio::test]
async fn a_dated_state_of_a_model_is_that_model_here_and_nowhere_else() {
    let sim = Sim::new();
    let body = json!({"model": "wan2.7-t2v-2026-06-12", "input": {"prompt": "p"}});
    assert_eq!(sim.post(VIDEO_PATH, &body).await.status, 200);
    let body = json!({"model": "wan2.7-t2v-2026-06-13", "input": {"prompt": "p"}});
    assert_eq!(sim.post(VIDEO_PATH, &body).await.status, 404);
    let media = json!([{"type": "first_frame", "url": "https://example.com/a.png"}]);
    let body = json!({"model": "wan2.7-i2v-2026-04-25", "input": {"media": media}});
    assert_eq!(sim.post(VIDEO_PATH, &body).await.status, 200);
    assert_ne!(sim.post("/sim/ope/aliyun/v1/videos/generations", &body).await.status, 200);
}

/// Sends a body that must be refused, and returns the position the message names.
async fn refused(sim: &Sim, path: &str, body: &Value) -> String {
    let reply = sim.post(path, body).await;
    assert_eq!((reply.status, reply.at("/code").as_str()), (400, "InvalidParameter"), "{body}: {}", reply.text());
    reply.at("/message").split(": ").next().unwrap().to_owned()
}

#[tokio::test]
async fn text_to_video_refuses_what_its_reference_does_not_define() {
    let sim = Sim::new();
    let rows = [
        ("wan2.5-t2v-preview", json!({}), json!({}), "input.prompt"),
        ("wan2.5-t2v-preview", json!({"prompt": ""}), json!({}), "input.prompt"),
        ("wan2.5-t2v-preview", json!({"prompt": null}), json!({}), "input.prompt"),
        ("wan2.5-t2v-preview", json!({"prompt": "x", "img_url": "https://e.com/a"}), json!({}), "input.img_url"),
        ("wan2.5-t2v-preview", json!({"prompt": "x", "negative_prompt": 1}), json!({}), "input.negative_prompt"),
        ("wan2.5-t2v-preview", json!({"prompt": "x", "audio_url": "javascript:x"}), json!({}), "input.audio_url"),
        ("wan2.5-t2v-preview", json!({"prompt": "x", "audio_url": "oss://bucket/a"}), json!({}), "input.audio_url"),
        ("wan2.5-t2v-preview", json!({"prompt": "x", "audio_url": "https:///a"}), json!({}), "input.audio_url"),
        ("wan2.2-t2v-plus", json!({"prompt": "x", "audio_url": "https://e.com/a"}), json!({}), "input.audio_url"),
        ("wan2.5-t2v-preview", json!({"prompt": "x"}), json!({"size": "720P"}), "parameters.size"),
        ("wan2.5-t2v-preview", json!({"prompt": "x"}), json!({"size": "1280x720"}), "parameters.size"),
        ("wan2.5-t2v-preview", json!({"prompt": "x"}), json!({"size": "1104*832"}), "parameters.size"),
        ("wan2.6-t2v", json!({"prompt": "x"}), json!({"size": "832*480"}), "parameters.size"),
        ("wan2.2-t2v-plus", json!({"prompt": "x"}), json!({"size": "1280*720"}), "parameters.size"),
        ("wan2.5-t2v-preview", json!({"prompt": "x"}), json!({"resolution": "720P"}), "parameters.resolution"),
        ("wan2.5-t2v-preview", json!({"prompt": "x"}), json!({"audio": true}), "parameters.audio"),
        ("wan2.5-t2v-preview", json!({"prompt": "x"}), json!({"duration": 6}), "parameters.duration"),
        ("wan2.5-t2v-preview", json!({"prompt": "x"}), json!({"duration": "5"}), "parameters.duration"),
        ("wan2.5-t2v-preview", json!({"prompt": "x"}), json!({"duration": 5.0}), "parameters.duration"),
        ("wan2.6-t2v", json!({"prompt": "x"}), json!({"duration": 1}), "parameters.duration"),
        ("wan2.6-t2v", json!({"prompt": "x"}), json!({"duration": 16}), "parameters.duration"),
        ("wan2.2-t2v-plus", json!({"prompt": "x"}), json!({"duration": 10}), "parameters.duration"),
        ("wan2.5-t2v-preview", json!({"prompt": "x"}), json!({"prompt_extend": "true"}), "parameters.prompt_extend"),
        ("wan2.5-t2v-preview", json!({"prompt": "x"}), json!({"watermark": 0}), "parameters.watermark"),
        ("wan2.5-t2v-preview", json!({"prompt": "x"}), json!({"seed": -1}), "parameters.seed"),
        ("wan2.5-t2v-preview", json!({"prompt": "x"}), json!({"seed": 2_147_483_648_u64}), "parameters.seed"),
        ("wan2.5-t2v-preview", json!({"prompt": "x"}), json!({"shot_type": "multi"}), "parameters.shot_type"),
        ("wan2.6-t2v", json!({"prompt": "x"}), json!({"shot_type": "double"}), "parameters.shot_type"),
        ("wan2.7-t2v", json!({"prompt": "x"}), json!({"shot_type": "multi"}), "parameters.shot_type"),
        ("wan2.7-t2v", json!({"prompt": "x"}), json!({"size": "1280*720"}), "parameters.size"),
        ("wan2.7-t2v", json!({"prompt": "x"}), json!({"ratio": "21:9"}), "parameters.ratio"),
        ("wan2.7-t2v", json!({"prompt": "x"}), json!({"resolution": "480P"}), "parameters.resolution"),
        ("wan2.7-t2v", json!({"prompt": "x"}), json!([]), "parameters"),
    ];
    for (model, input, parameters, place) in rows {
        let body = json!({"model": model, "input": input, "parameters": parameters});
        assert_eq!(refused(&sim, VIDEO_PATH, &body).await, place, "{body}");
    }
    let extra = json!({"model": "wan2.6-t2v", "input": {"prompt": "x"}, "stream": false});
    assert_eq!(refused(&sim, VIDEO_PATH, &extra).await, "stream");
}

#[tokio::test]
async fn the_other_families_refuse_what_they_do_not_define() {
    let sim = Sim::new();
    let url = "https://e.com/a.png";
    let six = vec![url; 6];
    let clips = vec!["https://e.com/a.mp4"; 4];
    let rows = [
        (VIDEO_PATH, "wan2.6-i2v", json!({"prompt": "x"}), json!({}), "input.img_url"),
        (VIDEO_PATH, "wan2.6-i2v", json!({"img_url": "a.png"}), json!({}), "input.img_url"),
        (VIDEO_PATH, "wan2.6-i2v", json!({"img_url": url}), json!({"size": "1280*720"}), "parameters.size"),
        (VIDEO_PATH, "wan2.6-i2v", json!({"img_url": url}), json!({"resolution": "720p"}), "parameters.resolution"),
        (VIDEO_PATH, "wan2.6-i2v", json!({"img_url": url}), json!({"resolution": "480P"}), "parameters.resolution"),
        (
            VIDEO_PATH,
            "wan2.2-i2v-plus",
            json!({"img_url": url}),
            json!({"resolution": "720P"}),
            "parameters.resolution",
        ),
        (VIDEO_PATH, "wan2.2-i2v-plus", json!({"img_url": url}), json!({"audio": true}), "parameters.audio"),
        (VIDEO_PATH, "wan2.2-i2v-plus", json!({"img_url": url, "audio_url": url}), json!({}), "input.audio_url"),
        (
            VIDEO_PATH,
            "wan2.5-i2v-preview",
            json!({"img_url": url}),
            json!({"shot_type": "multi"}),
            "parameters.shot_type",
        ),
        (
            VIDEO_PATH,
            "wan2.6-i2v",
            json!({"img_url": url, "audio_url": "data:audio/mp3;base64,AA=="}),
            json!({}),
            "input.audio_url",
        ),
        (IMAGE_PATH, "wan2.2-kf2v-flash", json!({"last_frame_url": url}), json!({}), "input.first_frame_url"),
        (
            IMAGE_PATH,
            "wan2.2-kf2v-flash",
            json!({"first_frame_url": url}),
            json!({"duration": 6}),
            "parameters.duration",
        ),
        (IMAGE_PATH, "wan2.2-s2v", json!({"image_url": url}), json!({}), "input.audio_url"),
        (IMAGE_PATH, "wan2.2-s2v", json!({"audio_url": url}), json!({}), "input.image_url"),
        (
            IMAGE_PATH,
            "wan2.2-s2v",
            json!({"image_url": url, "audio_url": url, "prompt": "x"}),
            json!({}),
            "input.prompt",
        ),
        (
            IMAGE_PATH,
            "wan2.2-s2v",
            json!({"image_url": url, "audio_url": url}),
            json!({"duration": 5}),
            "parameters.duration",
        ),
        (
            IMAGE_PATH,
            "wan2.2-s2v",
            json!({"image_url": url, "audio_url": url}),
            json!({"resolution": "1080P"}),
            "parameters.resolution",
        ),
        (IMAGE_PATH, "wan2.2-s2v", json!({"image_url": url, "audio_url": url}), json!({"seed": 1}), "parameters.seed"),
        (VIDEO_PATH, "wan2.6-r2v", json!({"prompt": "x"}), json!({}), "input.reference_urls"),
        (VIDEO_PATH, "wan2.6-r2v", json!({"prompt": "x", "reference_urls": []}), json!({}), "input.reference_urls"),
        (VIDEO_PATH, "wan2.6-r2v", json!({"prompt": "x", "reference_urls": six}), json!({}), "input.reference_urls"),
        (VIDEO_PATH, "wan2.6-r2v", json!({"prompt": "x", "reference_urls": clips}), json!({}), "input.reference_urls"),
        (VIDEO_PATH, "wan2.6-r2v", json!({"prompt": "x", "reference_urls": [1]}), json!({}), "input.reference_urls[0]"),
        (
            VIDEO_PATH,
            "wan2.6-r2v",
            json!({"prompt": "x", "reference_urls": [url]}),
            json!({"duration": 11}),
            "parameters.duration",
        ),
        (
            VIDEO_PATH,
            "wan2.6-r2v",
            json!({"prompt": "x", "reference_urls": [url]}),
            json!({"audio": false}),
            "parameters.audio",
        ),
        (VIDEO_PATH, "wan2.6-r2v", json!({"reference_urls": [url]}), json!({}), "input.prompt"),
        (VIDEO_PATH, "wan2.7-i2v", json!({"prompt": "x"}), json!({}), "input.media"),
        (VIDEO_PATH, "wan2.7-i2v", json!({"media": [{"type": "first_frame"}]}), json!({}), "input.media[0].url"),
        (VIDEO_PATH, "wan2.7-i2v", json!({"media": [{"type": "image", "url": url}]}), json!({}), "input.media[0].type"),
        (
            VIDEO_PATH,
            "wan2.7-i2v",
            json!({"media": [{"type": "first_frame", "url": url, "x": 1}]}),
            json!({}),
            "input.media[0].x",
        ),
        (
            VIDEO_PATH,
            "wan2.7-i2v",
            json!({"media": [{"type": "first_frame", "url": url}]}),
            json!({"ratio": "1:1"}),
            "parameters.ratio",
        ),
        (
            VIDEO_PATH,
            "wan2.7-i2v",
            json!({"media": [{"type": "first_frame", "url": url}]}),
            json!({"audio": true}),
            "parameters.audio",
        ),
        (
            VIDEO_PATH,
            "wan2.7-r2v",
            json!({"prompt": "x", "media": [{"type": "first_frame", "url": url}]}),
            json!({}),
            "input.media",
        ),
        (
            VIDEO_PATH,
            "wan2.7-r2v",
            json!({"prompt": "x", "media": [{"type": "reference_video", "url": url}]}),
            json!({"duration": 11}),
            "parameters.duration",
        ),
    ];
    for (path, model, input, parameters, place) in rows {
        let body = json!({"model": model, "input": input, "parameters": parameters});
        assert_eq!(refused(&sim, path, &body).await, place, "{body}");
    }
}

#[tokio::test]
async fn pictures_inside_the_body_are_looked_at() {
    let sim = Sim::new();
    let jpeg = [&[0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8][..], &[2, 0, 3, 0], &[1]].concat();
    let mut bmp = b"BM".to_vec();
    bmp.extend([0; 16]);
    bmp.extend(640_u32.to_le_bytes());
    bmp.extend((-480_i32).to_le_bytes());
    let webp = [&b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0"[..], &[0xff, 1, 0, 0xff, 1, 0]].concat();
    let mut alpha = png(500, 500);
    alpha[25] = 6;
    let rows = [
        (png_uri(500, 500), true),
        (data_uri("image/jpeg", &jpeg), true),
        (data_uri("image/bmp", &bmp), true),
        (data_uri("image/webp", &webp), true),
        (png_uri(239, 500), false),
        (png_uri(500, 8001), false),
        (data_uri("image/png", &alpha), false),
        (data_uri("image/png", b"only a text that was renamed"), false),
        (data_uri("image/gif", b"GIF89a\x00\x02\x00\x02"), false),
        (data_uri("text/plain", &png(500, 500)), false),
        ("data:image/png;base64,***".to_owned(), false),
        ("data:image/png,abc".to_owned(), false),
    ];
    for (uri, good) in rows {
        let body = json!({"model": "wan2.5-i2v-preview", "input": {"img_url": uri}});
        let reply = sim.post(VIDEO_PATH, &body).await;
        assert_eq!(reply.status == 200, good, "{body}: {}", reply.text());
    }
    // The limit on the ratio is wan2.7's, the smaller limit in bytes wan2.2's.
    let long = json!({"model": "wan2.7-i2v", "input": {"media": [{"type": "first_frame", "url": png_uri(250, 2001)}]}});
    assert_eq!(refused(&sim, VIDEO_PATH, &long).await, "input.media[0].url");
    let heavy = [png(500, 500), vec![0; 11 << 20]].concat();
    let heavy = data_uri("image/png", &heavy);
    for (model, status) in [("wan2.2-i2v-flash", 400), ("wan2.5-i2v-preview", 200)] {
        let body = json!({"model": model, "input": {"img_url": heavy}});
        assert_eq!(sim.post(VIDEO_PATH, &body).await.status, status, "{model}");
    }
}

#[tokio::test]
async fn the_store_of_alibaba_needs_its_header() {
    let sim = Sim::new();
    let body = json!({"model": "wan2.5-i2v-preview", "input": {"img_url": crate::uploads::picture(&sim, "wan2.5-i2v-preview").await}}).to_string();
    let mut headers = vec![
        ("authorization", "Bearer sk-canary-good"),
        ("content-type", "application/json"),
        ("x-dashscope-async", "enable"),
    ];
    assert_eq!(sim.send("POST", VIDEO_PATH, &headers, body.clone()).await.status, 400);
    headers.push(("x-dashscope-ossresourceresolve", "enable"));
    assert_eq!(sim.send("POST", VIDEO_PATH, &headers, body).await.status, 200);
}

#[tokio::test]
async fn a_body_beyond_all_measure_is_too_large() {
    let sim = Sim::new();
    let headers = [("authorization", "Bearer sk-canary-good"), ("content-type", "application/json")];
    let huge = vec![b' '; (60 << 20) + 1];
    let reply = sim.send("POST", VIDEO_PATH, &headers, huge).await;
    assert_eq!((reply.status, reply.at("/code").as_str()), (400, "BadRequest.TooLarge"));
}

#[tokio::test]
async fn a_refused_link_is_told_everything_that_may_stand_there() {
    let sim = Sim::new();
    let picture = json!({"model": "wan2.6-i2v", "input": {"prompt": "x", "img_url": "a.png"}});
    let sound = json!({"model": "wan2.5-t2v-preview", "input": {"prompt": "x", "audio_url": "a.mp3"}});
    let told = async |path: &str, body: &Value| sim.post(path, body).await.at("/message");
    assert!(told(VIDEO_PATH, &picture).await.ends_with("must be an http(s) link, `data:` or `oss://`"));
    assert!(told(VIDEO_PATH, &sound).await.ends_with("must be an http(s) link or `oss://`"));
    let own = json!({"model": "wan2.5-i2v-preview", "input": {"prompt": "x", "img_url": "a.png"}});
    let own = told(crate::harness::CRAZYROUTER_PATH, &own).await;
    assert!(own.ends_with("must be an http(s) link or `data:`"), "{own}");
}
