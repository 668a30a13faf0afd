//! Crazyrouter: Alibaba's protocol as its own page describes it, and `/v1/video/generations`.

use serde_json::{Value, json};

use crate::harness::{CRAZYROUTER_PATH, Sim, documented, path_of, shape};

async fn query(sim: &Sim, id: &str) -> Value {
    sim.get(&format!("/sim/crazyrouter/alibailian/api/v1/tasks/{id}")).await.json()
}

/// Posts without the asynchronous header, which no example of this gateway uses.
async fn post(sim: &Sim, path: &str, body: &Value) -> crate::harness::Reply {
    let headers = [("authorization", "Bearer sk-canary-good"), ("content-type", "application/json")];
    sim.send("POST", path, &headers, body.to_string()).await
}

#[tokio::test]
async fn the_seven_models_of_its_page_are_made() {
    let image = "https://example.com/first-frame.png";
    let rows = [
        (
            json!({"model": "wan2.5-t2v-preview", "input": {"prompt": "x"}, "parameters": {"resolution": "720P", "duration": 5}}),
            "t2v",
            "/usage/size",
            json!("1280*720"),
        ),
        (
            json!({"model": "wan2.2-t2v-plus", "input": {"prompt": "x"}, "parameters": {"size": "480*832", "duration": 5}}),
            "t2v-2-2",
            "/usage/video_ratio",
            json!("480*832"),
        ),
        (
            json!({"model": "wan2.5-i2v-preview", "input": {"prompt": "让画面中的人物转头看向镜头", "img_url": image},
            "parameters": {"resolution": "720P", "duration": 5, "prompt_extend": true, "audio": true}}),
            "i2v",
            "/usage/SR",
            json!(720),
        ),
        (
            json!({"model": "wan2.2-i2v-plus", "input": {"img_url": image, "prompt": "x"}, "parameters": {"resolution": "480P"}}),
            "i2v-2-2",
            "/usage/SR",
            json!(480),
        ),
        (
            json!({"model": "wan2.2-i2v-flash", "input": {"img_url": image, "prompt": "x"}}),
            "i2v-2-2",
            "/usage/SR",
            json!(720),
        ),
        (
            json!({"model": "wan2.2-kf2v-flash", "input": {"prompt": "镜头从白天平滑过渡到夜晚", "first_frame_url": image,
            "last_frame_url": image}, "parameters": {"resolution": "720P", "duration": 5}}),
            "kf2v",
            "/usage/SR",
            json!(720),
        ),
        (
            json!({"model": "wan2.2-s2v", "input": {"prompt": "让参考人物自然说话并有轻微头部动作", "image_url": image,
            "audio_url": "https://example.com/voice.mp3"}, "parameters": {"resolution": "720P", "duration": 5}}),
            "s2v",
            "/usage/SR",
            json!(720),
        ),
    ];
    let sim = Sim::new();
    for (body, family, pointer, expected) in rows {
        let created = post(&sim, CRAZYROUTER_PATH, &body).await;
        assert_eq!(created.status, 200, "{body}: {}", created.text());
        assert_eq!(shape(&created.json()), shape(&documented("crazyrouter/answers/create-pending")));
        let id = created.at("/output/task_id");
        assert_eq!(shape(&query(&sim, &id).await), shape(&documented("crazyrouter/answers/query-pending")));
        sim.advance(10);
        assert_eq!(shape(&query(&sim, &id).await), shape(&documented("crazyrouter/answers/query-running")));
        sim.advance(14);
        let done = query(&sim, &id).await;
        assert_eq!(
            shape(&done),
            shape(&documented(&format!("crazyrouter/answers/query-succeeded-{family}"))),
            "{body}"
        );
        assert_eq!(done.pointer(pointer), Some(&expected), "{body}");
        assert_eq!(sim.get(&path_of(done["output"]["video_url"].as_str().unwrap())).await.status, 200);
    }
    assert_eq!(shape(&query(&sim, "nobody").await), shape(&documented("crazyrouter/answers/query-unknown")));
}

#[tokio::test]
async fn refusals_have_the_shapes_of_its_error_pages() {
    let sim = Sim::new();
    let headers = [("authorization", "Bearer sk-canary-invalid")];
    let reply = sim.send("POST", CRAZYROUTER_PATH, &headers, "{}").await;
    assert_eq!((reply.status, reply.at("/error/code").as_str()), (401, "invalid_api_key"));
    let elsewhere = post(&sim, CRAZYROUTER_PATH, &json!({"model": "wan2.6-t2v", "input": {"prompt": "x"}})).await;
    assert_eq!((elsewhere.status, elsewhere.at("/error/code").as_str()), (404, "model_not_found"));
    for body in [
        json!({"input": {}}),
        json!({"model": "wan2.5-t2v-preview"}),
        json!({"model": "wan2.5-t2v-preview", "input": {"prompt": "x"}, "parameters": {"resolution": "720p"}}),
        json!({"model": "wan2.2-t2v-plus", "input": {"prompt": "x"}, "parameters": {"resolution": "720P"}}),
        json!({"model": "wan2.5-t2v-preview", "input": {"prompt": "x"}, "parameters": {"shot_type": "multi"}}),
        json!({"model": "wan2.5-t2v-preview", "input": {"prompt": "x", "extend_prompt": true}}),
        json!({"model": "wan2.2-s2v", "input": {"image_url": "https://e.com/a.png"}}),
        json!({"model": "wan2.2-i2v-plus", "input": {"prompt": "x", "img_url": "https://e.com/a.png"}, "parameters": {"audio": 1}}),
    ] {
        let reply = post(&sim, CRAZYROUTER_PATH, &body).await;
        assert_eq!((reply.status, reply.at("/code").as_str()), (400, "invalid_request"), "{body}: {}", reply.text());
        assert_eq!(shape(&reply.json()), shape(&documented("crazyrouter/answers/error-invalid-request")));
    }
    assert_eq!(sim.get("/sim/crazyrouter/api/v1/tasks/x").await.status, 404);
    // Alibaba's second path does not exist here.
    let second = CRAZYROUTER_PATH.replace("video-generation", "image2video");
    assert_eq!(post(&sim, &second, &json!({})).await.status, 404);
}

#[tokio::test]
async fn the_video_route_speaks_in_mixed_case() {
    let sim = Sim::new();
    let path = "/sim/crazyrouter/v1/video/generations";
    let body = json!({"model": "wan2.2-t2v-plus", "prompt": "x", "seconds": "5", "size": "480P"});
    let created = post(&sim, path, &body).await;
    assert_eq!(shape(&created.json()), shape(&documented("crazyrouter/answers/video-create")), "{}", created.text());
    let id = created.at("/id");
    assert_eq!((created.at("/task_id"), created.at("/status").as_str()), (id.clone(), "processing"));
    let mut states = Vec::new();
    for _ in 0..3 {
        let told = sim.get(&format!("{path}/{id}")).await;
        states.push(told.at("/data/status"));
        sim.advance(12);
    }
    assert_eq!(states, ["queued", "processing", "SUCCESS"]);
    let told = sim.get(&format!("{path}/{id}")).await;
    assert_eq!(shape(&told.json()), shape(&documented("crazyrouter/answers/video-query-succeeded")));
    assert_eq!(sim.get(&path_of(&told.at("/data/artifact_url"))).await.status, 200);

    let lost = sim.get(&format!("{path}/task_nobody")).await;
    assert_eq!((lost.status, lost.json()), (400, documented("crazyrouter/answers/error-task-not-exist")));
    // A task of one route is not known to the other.
    assert_eq!(query(&sim, &id).await["output"]["task_status"], "UNKNOWN");
}

#[tokio::test]
async fn the_video_route_is_strict_too() {
    let sim = Sim::new();
    let good = json!({"model": "wan2.5-t2v-preview", "prompt": "x", "seconds": "10", "size": "1280*720"});
    let path = "/sim/crazyrouter/v1/video/generations";
    assert_eq!(post(&sim, path, &good).await.status, 200);
    for (key, value) in [
        ("prompt", json!("")),
        ("seconds", json!(5)),
        ("seconds", json!("6")),
        ("size", json!("1280x720")),
        ("size", json!("2K")),
        ("duration", json!(5)),
    ] {
        let mut body = good.clone();
        body[key] = value;
        let reply = post(&sim, path, &body).await;
        assert_eq!((reply.status, reply.at("/code").as_str()), (400, "invalid_request"), "{body}");
    }
    let other = json!({"model": "wan2.2-i2v-plus", "prompt": "x"});
    assert_eq!(post(&sim, path, &other).await.at("/error/code"), "model_not_found");
}
