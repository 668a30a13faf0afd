//! `DashScope`: every model's life, and the query in each state.

use serde_json::{Value, json};

use crate::harness::{IMAGE_PATH, Sim, VIDEO_PATH, documented, path_of, png_uri, shape};

fn text(model: &str, parameters: Value) -> Value {
    json!({"model": model, "input": {"prompt": "一只小猫在月光下奔跑"}, "parameters": parameters})
}

fn image(model: &str, parameters: Value) -> Value {
    json!({"model": model, "input": {"img_url": "https://example.com/a.png", "prompt": "转头"}, "parameters": parameters})
}

async fn query(sim: &Sim, id: &str) -> Value {
    let reply = sim.get(&format!("/sim/dashscope/api/v1/tasks/{id}")).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

#[tokio::test]
async fn a_task_is_queued_then_runs_then_succeeds() {
    let sim = Sim::new();
    let body = json!({
        "model": "wan2.5-t2v-preview",
        "input": {"prompt": "一只小猫在月光下奔跑", "negative_prompt": "低质量"},
        "parameters": {"size": "1280*720", "duration": 5, "prompt_extend": true}
    });
    let created = sim.post(VIDEO_PATH, &body).await;
    assert_eq!(shape(&created.json()), shape(&documented("dashscope/answers/create-pending")));
    let id = created.at("/output/task_id");

    let pending = query(&sim, &id).await;
    assert_eq!(shape(&pending), shape(&documented("dashscope/answers/query-pending")));
    assert_eq!(pending["output"]["task_status"], "PENDING");
    assert_eq!(pending["output"]["submit_time"], "2026-11-21 20:00:00.000");

    sim.advance(3);
    assert_eq!(query(&sim, &id).await["output"]["task_status"], "PENDING");
    sim.advance(1);
    let running = query(&sim, &id).await;
    assert_eq!(shape(&running), shape(&documented("dashscope/answers/query-running")));
    assert_eq!(running["output"]["scheduled_time"], "2026-11-21 20:00:04.000");
    sim.advance(19);
    assert_eq!(query(&sim, &id).await["output"]["task_status"], "RUNNING");

    sim.advance(1);
    let done = query(&sim, &id).await;
    assert_eq!(shape(&done), shape(&documented("dashscope/answers/query-succeeded-t2v")));
    assert_eq!(done["output"]["task_status"], "SUCCEEDED");
    assert_eq!(done["output"]["end_time"], "2026-11-21 20:00:24.000");
    assert_eq!(done["output"]["orig_prompt"], "一只小猫在月光下奔跑");
    assert_ne!(done["output"]["actual_prompt"], done["output"]["orig_prompt"]);
    assert_eq!(
        done["usage"],
        json!({"duration": 5, "size": "1280*720", "input_video_duration": 0,
        "output_video_duration": 5, "video_count": 1, "SR": 720})
    );
    let link = done["output"]["video_url"].as_str().unwrap();
    assert!(link.starts_with("http://sim.test:8080/sim/files/") && link.contains(".mp4?Expires=1795348824&"), "{link}");
    assert_eq!(sim.get(&path_of(link)).await.status, 200);
}

#[tokio::test]
async fn every_model_ends_in_the_shape_of_its_family() {
    let frames = json!({"model": "wan2.2-kf2v-flash", "input": {"first_frame_url": "https://e.com/a.png",
        "last_frame_url": "https://e.com/b.png", "prompt": "夜晚"}, "parameters": {"resolution": "480P"}});
    let speech = json!({"model": "wan2.2-s2v", "input": {"image_url": "https://e.com/a.png",
        "audio_url": "https://e.com/a.mp3"}, "parameters": {"resolution": "720P"}});
    let reference = |model: &str, kind: &str| {
        json!({"model": model, "input": {"prompt": "character1 弹吉他",
        "reference_urls": [format!("https://e.com/a.{kind}")]}, "parameters": {"size": "960*960", "duration": 4}})
    };
    let first = json!({"model": "wan2.7-i2v", "input": {"prompt": "走",
        "media": [{"type": "first_frame", "url": "https://e.com/a.png"}]}, "parameters": {"resolution": "720P", "duration": 3}});
    let people = json!({"model": "wan2.7-r2v", "input": {"prompt": "图1",
        "media": [{"type": "reference_image", "url": "https://e.com/a.png", "reference_voice": "https://e.com/v.mp3"}]},
        "parameters": {"ratio": "4:3", "resolution": "1080P"}});
    let rows = [
        (
            VIDEO_PATH,
            text("wan2.7-t2v", json!({"ratio": "3:4", "resolution": "720P", "duration": 15})),
            "2-7",
            json!({"duration": 15.0, "input_video_duration": 0, "output_video_duration": 15.0, "video_count": 1, "SR": 720, "ratio": "3:4"}),
        ),
        (
            VIDEO_PATH,
            text("wan2.6-t2v", json!({"size": "1632*1248", "duration": 2, "shot_type": "multi"})),
            "t2v",
            json!({"duration": 2, "size": "1632*1248", "input_video_duration": 0, "output_video_duration": 2, "video_count": 1, "SR": 1080}),
        ),
        (
            VIDEO_PATH,
            text("wan2.5-t2v-preview", json!({})),
            "t2v",
            json!({"duration": 5, "size": "1920*1080", "input_video_duration": 0, "output_video_duration": 5, "video_count": 1, "SR": 1080}),
        ),
        (
            VIDEO_PATH,
            text("wan2.2-t2v-plus", json!({"size": "624*624"})),
            "t2v-2-2",
            json!({"video_duration": 5, "video_ratio": "624*624", "video_count": 1}),
        ),
        (
            VIDEO_PATH,
            first,
            "2-7",
            json!({"duration": 3.0, "input_video_duration": 0, "output_video_duration": 3.0, "video_count": 1, "SR": 720, "ratio": "16:9"}),
        ),
        (
            VIDEO_PATH,
            image("wan2.6-i2v", json!({"duration": 7, "audio": true, "shot_type": "single"})),
            "i2v",
            json!({"duration": 7, "input_video_duration": 0, "output_video_duration": 7, "video_count": 1, "SR": 1080}),
        ),
        (
            VIDEO_PATH,
            image("wan2.6-i2v-flash", json!({"audio": false, "resolution": "720P"})),
            "i2v",
            json!({"duration": 5, "input_video_duration": 0, "output_video_duration": 5, "video_count": 1, "SR": 720}),
        ),
        (
            VIDEO_PATH,
            image("wan2.5-i2v-preview", json!({"resolution": "480P", "duration": 10})),
            "i2v",
            json!({"duration": 10, "input_video_duration": 0, "output_video_duration": 10, "video_count": 1, "SR": 480}),
        ),
        (
            VIDEO_PATH,
            image("wan2.2-i2v-flash", json!({})),
            "i2v-2-2",
            json!({"video_duration": 5, "video_count": 1, "SR": 720}),
        ),
        (
            VIDEO_PATH,
            image("wan2.2-i2v-plus", json!({"resolution": "480P", "duration": 5})),
            "i2v-2-2",
            json!({"video_duration": 5, "video_count": 1, "SR": 480}),
        ),
        (IMAGE_PATH, frames, "kf2v", json!({"video_duration": 5, "video_count": 1, "SR": 480})),
        (IMAGE_PATH, speech, "s2v", json!({"duration": 10.23, "video_count": 1, "SR": 720})),
        (
            VIDEO_PATH,
            reference("wan2.6-r2v", "mp4"),
            "r2v",
            json!({"duration": 9, "size": "960*960", "input_video_duration": 5, "output_video_duration": 4, "video_count": 1, "SR": 720}),
        ),
        (
            VIDEO_PATH,
            reference("wan2.6-r2v-flash", "png"),
            "r2v",
            json!({"duration": 4, "size": "960*960", "input_video_duration": 0, "output_video_duration": 4, "video_count": 1, "SR": 720}),
        ),
        (
            VIDEO_PATH,
            people,
            "2-7",
            json!({"duration": 5.0, "input_video_duration": 0, "output_video_duration": 5.0, "video_count": 1, "SR": 1080, "ratio": "4:3"}),
        ),
    ];
    let sim = Sim::new();
    for (path, body, family, usage) in rows {
        let id = sim.create(path, &body).await;
        sim.advance(24);
        let mut done = query(&sim, &id).await;
        let mut expected = documented(&format!("dashscope/answers/query-succeeded-{family}"));
        assert_eq!(done["usage"], usage, "{body}");
        // Only models up to 2.5 return the rewritten prompt, so 2.6 leaves out what the family's document shows.
        if done["output"].get("actual_prompt").is_none() {
            let output = expected["output"].as_object_mut().unwrap();
            let told = output.shift_remove("actual_prompt").is_some();
            assert!(!told || body["model"].as_str().unwrap().starts_with("wan2.6"), "{body}");
        }
        done["usage"].take();
        expected["usage"].take();
        assert_eq!(shape(&done), shape(&expected), "{body}");
    }
}

#[tokio::test]
async fn the_rewritten_prompt_is_told_only_where_it_was_asked_for() {
    let sim = Sim::new();
    let id = sim.create(VIDEO_PATH, &text("wan2.5-t2v-preview", json!({"prompt_extend": false}))).await;
    sim.advance(24);
    let done = query(&sim, &id).await;
    assert_eq!(done["output"]["orig_prompt"], "一只小猫在月光下奔跑");
    assert_eq!(done["output"].get("actual_prompt"), None);
}

#[tokio::test]
async fn a_prompt_that_is_too_long_is_cut_not_refused() {
    let sim = Sim::new();
    let body = json!({"model": "wan2.5-t2v-preview", "input": {"prompt": "猫".repeat(1600), "negative_prompt": "差".repeat(600)}});
    let id = sim.create(VIDEO_PATH, &body).await;
    sim.advance(24);
    let done = query(&sim, &id).await;
    assert_eq!(done["output"]["orig_prompt"].as_str().unwrap().chars().count(), 1500);
}

#[tokio::test]
async fn what_alibaba_s_own_clients_add_is_tolerated() {
    let sim = Sim::new();
    let sdk = json!({"model": "wan2.7-i2v", "input": {"prompt": null, "extend_prompt": true, "function": "video-synthesis",
        "media": [{"type": "first_frame", "url": "https://e.com/a.png"}]}, "parameters": {"resolution": "720P"}});
    let id = sim.create(VIDEO_PATH, &sdk).await;
    sim.advance(24);
    assert_eq!(query(&sim, &id).await["output"].get("orig_prompt"), None);
    let speech = json!({"model": "wan2.2-s2v", "input": {"prompt": null, "extend_prompt": true, "function": "video-synthesis",
        "image_url": "https://e.com/a.png", "audio_url": "https://e.com/a.mp3"}, "parameters": {}});
    sim.create(IMAGE_PATH, &speech).await;
    let motion = json!({"model": "wan2.2-animate-move", "input": {"prompt": null, "extend_prompt": true,
        "image_url": "https://e.com/a.png", "video_url": "https://e.com/a.mp4"}, "parameters": {"mode": "wan-std"}});
    sim.create(IMAGE_PATH, &motion).await;
    let frame = json!({"model": "wan3.0-video", "input": {"prompt": null, "extend_prompt": true,
        "media": [{"type": "first_frame", "url": "https://e.com/a.png"}]}, "parameters": {"resolution": "720P"}});
    sim.create(VIDEO_PATH, &frame).await;
    sim.create(VIDEO_PATH, &image("wan2.5-i2v-preview", json!({"audio": true}))).await;
}

#[tokio::test]
async fn the_six_media_sets_of_wan_2_7_are_taken_and_no_others() {
    let sim = Sim::new();
    let body = |kinds: &[&str]| {
        let media: Vec<Value> = kinds.iter().map(|kind| json!({"type": kind, "url": "https://e.com/x"})).collect();
        json!({"model": "wan2.7-i2v", "input": {"media": media}})
    };
    let kinds = ["first_frame", "last_frame", "driving_audio", "first_clip"];
    let mut taken = Vec::new();
    for bits in 0..16_usize {
        let set: Vec<&str> = (0..4).filter(|bit| bits >> bit & 1 == 1).map(|bit| kinds[bit]).collect();
        let reply = sim.post(VIDEO_PATH, &body(&set)).await;
        assert!(reply.status == 200 || reply.at("/code") == "InvalidParameter", "{}", reply.text());
        if reply.status == 200 {
            taken.push(set.join("+"));
        }
    }
    assert_eq!(
        taken,
        [
            "first_frame",
            "first_frame+last_frame",
            "first_frame+driving_audio",
            "first_frame+last_frame+driving_audio",
            "first_clip",
            "last_frame+first_clip"
        ]
    );
    assert_eq!(sim.post(VIDEO_PATH, &body(&["first_frame", "first_frame"])).await.status, 400);
}

#[tokio::test]
async fn only_a_pending_task_can_be_canceled() {
    let sim = Sim::new();
    let id = sim.create(VIDEO_PATH, &text("wan2.5-t2v-preview", json!({}))).await;
    let path = format!("/sim/dashscope/api/v1/tasks/{id}/cancel");
    sim.advance(2);
    let canceled = sim.post(&path, &Value::Null).await;
    assert_eq!(
        (canceled.status, shape(&canceled.json())),
        (200, shape(&documented("dashscope/answers/cancel-accepted")))
    );
    let told = query(&sim, &id).await;
    assert_eq!(shape(&told), shape(&documented("dashscope/answers/query-canceled")));
    assert_eq!(told["output"]["end_time"], "2026-11-21 20:00:02.000");
    sim.advance(60);
    assert_eq!(query(&sim, &id).await["output"]["task_status"], "CANCELED");

    let running = sim.create(VIDEO_PATH, &text("wan2.5-t2v-preview", json!({}))).await;
    sim.advance(4);
    for id in [running.as_str(), "nobody"] {
        let refused = sim.post(&format!("/sim/dashscope/api/v1/tasks/{id}/cancel"), &Value::Null).await;
        assert_eq!((refused.status, refused.at("/code").as_str()), (400, "UnsupportedOperation"));
    }
}

#[tokio::test]
async fn an_unknown_or_old_task_is_unknown_at_http_200() {
    let sim = Sim::new();
    let told = query(&sim, "0385dc79-5ff8-4d82-bcb6-nobody").await;
    assert_eq!(shape(&told), shape(&documented("dashscope/answers/query-unknown")));
    assert_eq!(told["output"]["task_id"], "0385dc79-5ff8-4d82-bcb6-nobody");
    let id = sim.create(VIDEO_PATH, &text("wan2.5-t2v-preview", json!({}))).await;
    sim.advance(24 * 3600 + 1);
    assert_eq!(query(&sim, &id).await["output"]["task_status"], "UNKNOWN");
}

#[tokio::test]
async fn the_list_can_be_paged_and_filtered() {
    let sim = Sim::new();
    for _ in 0..3 {
        sim.create(VIDEO_PATH, &text("wan2.5-t2v-preview", json!({}))).await;
        sim.advance(10);
    }
    sim.create(VIDEO_PATH, &text("wan2.6-t2v", json!({}))).await;
    let list = sim.get("/sim/dashscope/api/v1/tasks/").await.json();
    assert_eq!(shape(&list), shape(&documented("dashscope/answers/list")));
    assert_eq!((&list["total"], &list["data"][0]["status"]), (&json!(4), &json!("PENDING")));
    let done = sim.get("/sim/dashscope/api/v1/tasks/?status=SUCCEEDED").await.json();
    assert_eq!((&done["total"], &done["data"][0]["model_name"]), (&json!(1), &json!("wan2.5-t2v-preview")));
    let page = sim.get("/sim/dashscope/api/v1/tasks/?page_no=2&page_size=3&model_name=").await.json();
    assert_eq!((page["data"].as_array().unwrap().len(), &page["total_page"]), (1, &json!(2)));
}

#[tokio::test]
async fn the_video_follows_the_shape_of_a_picture_that_came_along() {
    let sim = Sim::new();
    for (size, ratio) in [((900, 1600), "9:16"), ((1000, 1000), "1:1"), ((1200, 900), "4:3"), ((300, 400), "3:4")] {
        let media = json!([{"type": "first_frame", "url": png_uri(size.0, size.1)}]);
        let id = sim.create(VIDEO_PATH, &json!({"model": "wan2.7-i2v", "input": {"media": media}})).await;
        sim.advance(24);
        assert_eq!(query(&sim, &id).await["usage"]["ratio"], ratio);
    }
}

fn entries(kinds: &[&str]) -> Value {
    let entry = |kind: &&str| json!({"type": kind, "url": "https://e.com/x"});
    Value::Array(kinds.iter().map(entry).collect())
}

#[tokio::test]
async fn media_of_wan3_that_exclude_each_other_fail_after_they_were_taken() {
    let sim = Sim::new();
    let body = |kinds: &[&str]| json!({"model": "wan3.0-video", "input": {"prompt": "x", "media": entries(kinds)}});
    for kinds in [
        &["first_frame", "reference_image"][..],
        &["first_frame", "last_frame", "reference_audio"],
        &["first_frame", "file"],
        &["file", "link"],
    ] {
        let id = sim.create(VIDEO_PATH, &body(kinds)).await;
        sim.advance(1);
        let failed = query(&sim, &id).await;
        assert_eq!(shape(&failed), shape(&documented("dashscope/answers/query-failed-at-once")), "{kinds:?}");
        assert_eq!(
            (&failed["output"]["task_status"], &failed["output"]["code"]),
            (&json!("FAILED"), &json!("InvalidParameter"))
        );
        let message = failed["output"]["message"].as_str().unwrap();
        assert!(message.starts_with("The two modes are mutually exclusive."), "{kinds:?}: {message}");
    }
    for kinds in [
        &[][..],
        &["first_frame"],
        &["first_frame", "last_frame"],
        &["reference_audio"],
        &["reference_image", "reference_video", "reference_audio", "link"],
    ] {
        let id = sim.create(VIDEO_PATH, &body(kinds)).await;
        sim.advance(24);
        let done = query(&sim, &id).await;
        assert_eq!(done["output"]["task_status"], "SUCCEEDED", "{kinds:?}");
        assert_eq!(shape(&done), shape(&documented("dashscope/answers/query-succeeded-3-0")), "{kinds:?}");
    }
}

#[tokio::test]
async fn lengths_and_modes_of_the_newest_models_are_told_and_held_to() {
    let sim = Sim::new();
    let motion = |mode: Value| {
        json!({"model": "wan2.2-animate-mix", "parameters": mode,
            "input": {"image_url": "https://e.com/a.png", "video_url": "https://e.com/a.mp4"}})
    };
    for (mode, told) in [("wan-std", "standard"), ("wan-pro", "pro")] {
        let id = sim.create(IMAGE_PATH, &motion(json!({"mode": mode}))).await;
        sim.advance(24);
        let done = query(&sim, &id).await;
        assert_eq!(shape(&done), shape(&documented("dashscope/answers/query-succeeded-animate")));
        assert_eq!(done["usage"]["video_ratio"], told);
        assert!(done["output"]["results"]["video_url"].as_str().unwrap().contains(".mp4"));
    }
    let edit = |input: Value, parameters: Value| json!({"model": "wan2.7-videoedit", "input": input, "parameters": parameters});
    let id = sim
        .create(VIDEO_PATH, &edit(json!({"media": entries(&["video", "reference_image"])}), json!({"duration": 0})))
        .await;
    sim.advance(24);
    let usage = query(&sim, &id).await["usage"].clone();
    assert_eq!((&usage["duration"], &usage["input_video_duration"]), (&json!(10.0), &json!(5)));
    let wan3 =
        |parameters: Value| json!({"model": "wan3.0-video-prime", "input": {"prompt": "x"}, "parameters": parameters});
    for good in [json!({"duration": -1, "seed": -1, "ratio": "21:9"}), json!({"duration": 30, "resolution": "480P"})] {
        sim.create(VIDEO_PATH, &wan3(good)).await;
    }
    for (path, bad) in [
        (VIDEO_PATH, wan3(json!({"duration": 31}))),
        (VIDEO_PATH, wan3(json!({"duration": 0}))),
        (VIDEO_PATH, wan3(json!({"seed": -2}))),
        (VIDEO_PATH, wan3(json!({"ratio": "2:1"}))),
        (VIDEO_PATH, wan3(json!({"shot_type": "multi"}))),
        (VIDEO_PATH, json!({"model": "wan3.0-video", "input": {}})),
        (VIDEO_PATH, json!({"model": "wan3.0-video", "input": {"prompt": "x", "negative_prompt": "y"}})),
        (VIDEO_PATH, json!({"model": "wan3.0-video", "input": {"media": entries(&["reference_video"; 6])}})),
        (VIDEO_PATH, edit(json!({"prompt": "x"}), json!({}))),
        (VIDEO_PATH, edit(json!({"media": entries(&["video", "video"])}), json!({}))),
        (VIDEO_PATH, edit(json!({"media": entries(&["video"])}), json!({"duration": -1}))),
        (VIDEO_PATH, edit(json!({"media": entries(&["video"])}), json!({"audio_setting": "off"}))),
        (IMAGE_PATH, motion(json!({}))),
        (IMAGE_PATH, motion(json!({"mode": "720P"}))),
        (VIDEO_PATH, motion(json!({"mode": "wan-std"}))),
    ] {
        let reply = sim.post(path, &bad).await;
        assert_eq!((reply.status, reply.at("/code").as_str()), (400, "InvalidParameter"), "{bad}: {}", reply.text());
    }
}
