//! `AceDataCloud`: waiting, polling, and callbacks; and the task store.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::harness::{Reply, Sim, documented, path_of, shape};

const PATH: &str = "/sim/acedata/wan/videos";

fn text() -> Value {
    json!({"action": "text2video", "model": "wan2.6-t2v", "prompt": "A kitten runs in the moonlight"})
}

fn with(mut body: Value, changes: &Value) -> Value {
    for (key, value) in changes.as_object().unwrap() {
        body[key] = value.clone();
    }
    body
}

async fn retrieve(sim: &Sim, id: &str) -> Reply {
    sim.post("/sim/acedata/wan/tasks", &json!({"action": "retrieve", "id": id})).await
}

/// Sends a call that waits, and moves the clock until the response arrives.
async fn wait_for(sim: &Sim, body: Value) -> Reply {
    let (caller, body) = (sim.clone(), body);
    let call = tokio::spawn(async move { caller.post(PATH, &body).await });
    while !call.is_finished() {
        tokio::task::yield_now().await;
        sim.advance(1);
    }
    call.await.unwrap()
}

#[tokio::test]
async fn a_plain_call_waits_for_the_video() {
    let sim = Sim::new();
    let before = sim.clock.now_ms();
    let done = wait_for(&sim, with(text(), &json!({"size": "1280*720", "duration": 10}))).await;
    assert!(sim.clock.now_ms() - before >= 24_000);
    assert_eq!((done.status, shape(&done.json())), (200, shape(&documented("acedata/answers/create-completed"))));
    let video = sim.get(&path_of(&done.at("/video_url"))).await;
    assert_eq!((video.status, &video.body[4..8]), (200, &b"ftyp"[..]));
}

#[tokio::test]
async fn an_asynchronous_call_is_answered_at_once_and_asked_for_later() {
    let sim = Sim::new();
    let body = with(text(), &json!({"async": true, "resolution": "720p", "audio": false}));
    let accepted = sim.post(PATH, &body).await;
    assert_eq!(shape(&accepted.json()), shape(&documented("acedata/answers/create-accepted")));
    let id = accepted.at("/task_id");
    let rows = [
        (0, "waiting", ""),
        (5, "pending", "pending"),
        (5, "processing", "processing"),
        (14, "completed", "completed"),
    ];
    for (wait, name, state) in rows {
        sim.advance(wait);
        let told = retrieve(&sim, &id).await;
        let mut expected = documented(&format!("acedata/answers/task-{name}"));
        expected["request"] = body.clone();
        assert_eq!(shape(&told.json()), shape(&expected), "{name}");
        assert_eq!((told.json()["request"].clone(), told.at("/response/state").as_str()), (body.clone(), state));
    }
    let done = retrieve(&sim, &id).await.json();
    assert_eq!(done["created_at"], json!(1_795_262_400.0));
    assert_eq!(done["elapsed"], json!(20.0));
}

#[tokio::test]
async fn all_four_models_are_made_and_mixed_up_ones_are_not() {
    let sim = Sim::new();
    let image = "https://e.com/a.png";
    let videos = json!(["https://e.com/a.mp4"]);
    let image_to_video = |model: &str| json!({"action": "image2video", "model": model, "prompt": "x", "async": true});
    let good = [
        with(
            text(),
            &json!({"async": true, "negative_prompt": "y", "shot_type": "multi", "prompt_extend": true, "audio": true,
            "audio_url": "https://e.com/a.mp3", "duration": 15, "size": "1920*1080"}),
        ),
        with(image_to_video("wan2.6-i2v"), &json!({"image_url": image, "resolution": "1080P"})),
        with(image_to_video("wan2.6-i2v-flash"), &json!({"image_url": image, "resolution": "720P", "audio": false})),
        with(image_to_video("wan2.6-r2v"), &json!({"reference_video_urls": videos, "size": "960*960", "duration": 5})),
        // As the newer guide and the gateway's own clients send it.
        json!({"model": "wan2.6-t2v", "prompt": "x", "async": true}),
        json!({"model": "wan2.6-i2v", "prompt": "x", "image_url": image, "async": true}),
        with(text(), &json!({"model": "wan2.6-r2v", "reference_video_urls": videos, "async": true})),
        with(
            image_to_video("wan2.6-r2v"),
            &json!({"reference_video_urls": videos, "image_url": image, "watermark": false, "prompt_extend": false}),
        ),
        with(text(), &json!({"watermark": false, "seed": 1, "ratio": "adaptive", "audio_url": "", "async": true})),
        json!({"model": "wan3.0-video", "prompt": "x", "prompt_extend": false, "watermark": false, "async": true}),
        // Blank values, as those clients and the forms behind them send them.
        with(
            text(),
            &json!({"negative_prompt": "", "size": "", "resolution": "", "shot_type": "", "ratio": "", "audio_url": "",
            "image_url": "", "callback_url": "", "action": "", "async": true}),
        ),
        with(
            text(),
            &json!({"negative_prompt": null, "size": null, "resolution": null, "shot_type": null, "duration": null,
            "audio": null, "audio_url": null, "prompt_extend": null, "watermark": null, "seed": null, "ratio": null,
            "image_url": null, "reference_video_urls": null, "media": null, "callback_url": null, "action": null,
            "async": true}),
        ),
        json!({"model": "wan3.0-video", "prompt": "", "media": [{"type": "first_frame", "url": image}],
            "resolution": "", "ratio": "", "seed": null, "duration": null, "async": true}),
    ];
    for body in &good {
        assert_eq!(sim.post(PATH, body).await.status, 200, "{body}");
    }
    let bad = [
        json!({}),
        json!([]),
        json!({"action": "text2video", "prompt": "x"}),
        json!({"action": "text2video", "model": "wan2.6-t2v"}),
        json!({"action": "extend", "model": "wan2.6-t2v", "prompt": "x"}),
        with(text(), &json!({"model": "wan2.6-i2v", "image_url": image})),
        with(text(), &json!({"action": "image2video"})),
        with(text(), &json!({"image_url": image})),
        with(text(), &json!({"reference_video_urls": videos})),
        with(text(), &json!({"size": "1280x720"})),
        with(text(), &json!({"size": "832*480"})),
        with(text(), &json!({"resolution": "480P"})),
        with(text(), &json!({"duration": "5"})),
        with(text(), &json!({"duration": 31})),
        with(text(), &json!({"watermark": "no"})),
        with(text(), &json!({"seed": -1})),
        with(text(), &json!({"ratio": "21:9"})),
        json!({"model": "wan3.0-video", "prompt": "", "async": true}),
        json!({"model": "wan3.0-video", "prompt": null, "media": null, "async": true}),
        json!({"model": "wan3.0-video", "prompt": "x", "media": [{"type": "first_frame", "url": ""}], "async": true}),
        json!({"model": null, "prompt": "x", "async": true}),
        with(text(), &json!({"model": ""})),
        with(text(), &json!({"prompt": ""})),
        with(text(), &json!({"prompt": null})),
        with(text(), &json!({"duration": ""})),
        with(text(), &json!({"audio": ""})),
        with(text(), &json!({"unheard_of": "x"})),
        with(image_to_video("wan2.6-i2v"), &json!({"image_url": ""})),
        with(image_to_video("wan2.6-r2v"), &json!({"reference_video_urls": null})),
        json!({"model": "wan2.6-i2v", "prompt": "x", "async": true}),
        with(text(), &json!({"async": 1})),
        with(text(), &json!({"audio": "true"})),
        with(text(), &json!({"shot_type": "x"})),
        with(text(), &json!({"callback_url": "ftp://e.com"})),
        image_to_video("wan2.6-i2v"),
        with(image_to_video("wan2.6-i2v"), &json!({"image_url": "a.png"})),
        image_to_video("wan2.6-r2v"),
        with(image_to_video("wan2.6-r2v"), &json!({"reference_video_urls": []})),
        with(image_to_video("wan2.6-r2v"), &json!({"reference_video_urls": "https://e.com/a.mp4"})),
    ];
    for body in &bad {
        let reply = sim.post(PATH, body).await;
        assert_eq!((reply.status, reply.at("/error/code").as_str()), (400, "bad_request"), "{body}: {}", reply.text());
        assert_eq!(shape(&reply.json()), shape(&documented("acedata/answers/error-bad-request")));
    }
}

#[tokio::test]
async fn the_store_gives_many_and_forgets_one() {
    let sim = Sim::new();
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(sim.post(PATH, &with(text(), &json!({"async": true}))).await.at("/task_id"));
        sim.advance(30);
    }
    let tasks = async |body: Value| sim.post("/sim/acedata/wan/tasks", &body).await;
    let two = tasks(json!({"action": "retrieve_batch", "ids": &ids[..2]})).await.json();
    assert_eq!((&two["count"], two["items"].as_array().unwrap().len()), (&json!(2), 2));
    let page =
        tasks(json!({"action": "retrieve_batch", "user_id": "user-1", "type": "videos", "limit": 1, "offset": 1,
        "created_at_min": 1_795_262_401, "created_at_max": 1_895_262_401.5}))
        .await
        .json();
    assert_eq!((&page["count"], &page["items"][0]["id"]), (&json!(2), &json!(ids[1])));
    let gone = tasks(json!({"action": "delete", "id": ids[0], "user_id": "user-1"})).await;
    assert_eq!(gone.json(), json!({"id": ids[0], "deleted": true}));
    for reply in [retrieve(&sim, &ids[0]).await, tasks(json!({"action": "delete", "id": ids[0]})).await] {
        assert_eq!((reply.status, shape(&reply.json())), (404, shape(&documented("acedata/answers/error-not-found"))));
    }
    for body in [
        json!({}),
        json!({"action": "list"}),
        json!({"action": "retrieve"}),
        json!({"action": "retrieve", "id": 5}),
        json!({"action": "retrieve", "id": "x", "ids": []}),
        json!({"action": "retrieve_batch"}),
        json!({"action": "retrieve_batch", "ids": [], "created_at_min": "x"}),
    ] {
        assert_eq!(tasks(body.clone()).await.at("/error/code"), "bad_request", "{body}");
    }
}

#[tokio::test]
async fn without_a_good_token_nothing_is_answered() {
    let sim = Sim::new();
    for path in [PATH, "/sim/acedata/wan/tasks"] {
        for headers in [&[][..], &[("authorization", "Bearer is-invalid")], &[("authorization", "Bearer bad key")]] {
            let reply = sim.send("POST", path, headers, "{}").await;
            assert_eq!(
                (reply.status, shape(&reply.json())),
                (401, shape(&documented("acedata/answers/error-invalid-token")))
            );
        }
    }
    assert_eq!(sim.get(PATH).await.status, 404);
}

#[tokio::test]
async fn a_callback_really_comes_and_carries_the_result() {
    for (prompt, success) in [("x", true), ("sim:moderation", false)] {
        let sim = Sim::new();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let target = format!("http://{}/hook?for=test", listener.local_addr().unwrap());
        let body = with(text(), &json!({"callback_url": target, "prompt": prompt}));
        let accepted = sim.post(PATH, &body).await;
        assert_eq!(shape(&accepted.json()), shape(&documented("acedata/answers/create-accepted")));
        tokio::task::yield_now().await;
        sim.advance(24);
        let receive = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut received = Vec::new();
            while !received.ends_with(b"}") {
                let mut part = [0; 4096];
                let length = stream.read(&mut part).await.unwrap();
                assert!(length > 0, "closed after {}", String::from_utf8_lossy(&received));
                received.extend_from_slice(&part[..length]);
            }
            stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
            String::from_utf8(received).unwrap()
        };
        let received = tokio::time::timeout(Duration::from_secs(10), receive).await.unwrap();
        let (head, body) = received.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("POST /hook?for=test HTTP/1.1\r\n") && !head.contains("sk-canary"), "{head}");
        let body: Value = serde_json::from_str(body).unwrap();
        assert_eq!((&body["task_id"], &body["success"]), (&json!(accepted.at("/task_id")), &json!(success)));
        if success {
            assert_eq!(shape(&body), shape(&documented("acedata/answers/callback-completed")));
        } else {
            assert_eq!(body["error"]["code"], "forbidden");
        }
    }
}

#[tokio::test]
async fn a_callback_to_elsewhere_is_accepted_but_not_sent() {
    let sim = Sim::new();
    let body = with(text(), &json!({"callback_url": "https://webhook.site/624b2c78"}));
    let id = sim.post(PATH, &body).await.at("/task_id");
    sim.advance(24);
    assert_eq!(retrieve(&sim, &id).await.at("/response/state"), "completed");
}
