//! Failures on purpose, at every gateway in its own way.

use serde_json::{Value, json};

use crate::harness::{CRAZYROUTER_PATH, Reply, Sim, VIDEO_PATH, documented, path_of, shape};

/// A gateway's way to create, query and name things.
struct Way {
    name: &'static str,
    create: &'static str,
    /// The prompt replaces `{}`.
    body: fn(&str) -> Value,
    id: &'static str,
    query: &'static str,
    state: &'static str,
    video: &'static str,
}

const WAYS: [Way; 6] = [
    Way {
        name: "dashscope",
        create: VIDEO_PATH,
        body: |prompt| json!({"model": "wan2.5-t2v-preview", "input": {"prompt": prompt}}),
        id: "/output/task_id",
        query: "/sim/dashscope/api/v1/tasks/",
        state: "/output/task_status",
        video: "/output/video_url",
    },
    Way {
        name: "crazyrouter",
        create: CRAZYROUTER_PATH,
        body: |prompt| json!({"model": "wan2.5-t2v-preview", "input": {"prompt": prompt}}),
        id: "/output/task_id",
        query: "/sim/crazyrouter/alibailian/api/v1/tasks/",
        state: "/output/task_status",
        video: "/output/video_url",
    },
    Way {
        name: "crazyrouter video",
        create: "/sim/crazyrouter/v1/video/generations",
        body: |prompt| json!({"model": "wan2.5-t2v-preview", "prompt": prompt, "seconds": "5"}),
        id: "/id",
        query: "/sim/crazyrouter/v1/video/generations/",
        state: "/data/status",
        video: "/data/result_url",
    },
    Way {
        name: "ope",
        create: "/sim/ope/v1/videos",
        body: |prompt| {
            json!({"model": "wan2.7-i2v", "prompt": prompt, "input_reference": {"content": [
                {"type": "image_url", "image_url": {"url": "https://e.com/a.png"}}]}})
        },
        id: "/id",
        query: "/sim/ope/v1/videos/",
        state: "/status",
        video: "",
    },
    Way {
        name: "ope native",
        create: "/sim/ope/aliyun/v1/videos/generations",
        body: |prompt| json!({"model": "wan2.6-i2v", "input": {"prompt": prompt, "img_url": "https://e.com/a.png"}}),
        id: "/output/task_id",
        query: "/sim/ope/aliyun/v1/tasks/",
        state: "/output/task_status",
        video: "/output/video_url",
    },
    Way {
        name: "acedata",
        create: "/sim/acedata/wan/videos",
        body: |prompt| json!({"action": "text2video", "model": "wan2.6-t2v", "prompt": prompt, "async": true}),
        id: "/task_id",
        query: "",
        state: "/response/state",
        video: "/response/video_url",
    },
];

impl Way {
    async fn create(&self, sim: &Sim, prompt: &str) -> Reply {
        sim.post(self.create, &(self.body)(prompt)).await
    }

    async fn start(&self, sim: &Sim, prompt: &str) -> String {
        let reply = self.create(sim, prompt).await;
        assert_eq!(reply.status, 200, "{}: {}", self.name, reply.text());
        reply.at(self.id)
    }

    async fn query(&self, sim: &Sim, id: &str) -> Reply {
        match self.query {
            "" => sim.post("/sim/acedata/wan/tasks", &json!({"action": "retrieve", "id": id})).await,
            path => sim.get(&format!("{path}{id}")).await,
        }
    }

    async fn ends_well(&self, sim: &Sim, id: &str) {
        let state = self.query(sim, id).await.at(self.state);
        assert!(["SUCCEEDED", "SUCCESS", "completed"].contains(&state.as_str()), "{}: {state}", self.name);
    }
}

#[tokio::test]
async fn moderation_and_an_unreadable_image_fail_the_task() {
    let sim = Sim::new();
    for way in &WAYS {
        for (word, reason) in
            [("sim:moderation", "DataInspectionFailed"), ("sim:unreadable-image", "InputDownloadFailed")]
        {
            let id = way.start(&sim, &format!("a kitten {word} at night")).await;
            sim.advance(6);
            assert!(!way.query(&sim, &id).await.text().contains("video_url"), "{}", way.name);
            sim.advance(6);
            let failed = way.query(&sim, &id).await;
            assert_eq!(failed.status, 200, "{}: {}", way.name, failed.text());
            let told = failed.json();
            match way.name {
                "ope" => assert_eq!(told["status"], "FAILURE"),
                "crazyrouter video" => assert_eq!(told["data"]["status"], "failed"),
                "acedata" => {
                    let moderated = told["response"]["error"]["code"] == "forbidden";
                    assert_eq!((&told["response"]["success"], moderated), (&json!(false), word == "sim:moderation"));
                }
                _ => {
                    assert_eq!(told["output"]["task_status"], "FAILED");
                    assert!(told["output"]["code"].as_str().unwrap().ends_with(reason), "{told}");
                    assert_eq!(told.get("usage"), None);
                }
            }
        }
    }
}

#[tokio::test]
async fn queries_can_be_throttled_twice_with_a_time_to_come_again() {
    let sim = Sim::new();
    for way in &WAYS {
        let id = way.start(&sim, "sim:throttled").await;
        for _ in 0..2 {
            let reply = way.query(&sim, &id).await;
            assert_eq!((reply.status, reply.header("retry-after")), (429, Some("1")), "{}", way.name);
        }
        sim.advance(24);
        way.ends_well(&sim, &id).await;
    }
}

#[tokio::test]
async fn queries_can_meet_a_broken_server_or_a_proxy_in_between() {
    let sim = Sim::new();
    for way in &WAYS {
        let id = way.start(&sim, "sim:server-error").await;
        for _ in 0..2 {
            let reply = way.query(&sim, &id).await;
            assert_eq!(reply.status, 500, "{}", way.name);
            reply.json();
        }
        let proxied = way.start(&sim, "sim:html").await;
        let reply = way.query(&sim, &proxied).await;
        assert_eq!((reply.status, reply.header("content-type")), (502, Some("text/html")), "{}", way.name);
        assert!(reply.text().starts_with("<html>"));
        sim.advance(24);
        way.ends_well(&sim, &id).await;
        way.ends_well(&sim, &proxied).await;
    }
}

#[tokio::test]
async fn an_odd_word_passes_and_the_task_ends_well() {
    let sim = Sim::new();
    for way in &WAYS {
        let id = way.start(&sim, "sim:unknown-state").await;
        sim.advance(8);
        let word = way.query(&sim, &id).await.at(way.state);
        assert_eq!(word.to_uppercase(), "POSTPROCESSING", "{}", way.name);
        sim.advance(16);
        way.ends_well(&sim, &id).await;
    }
}

#[tokio::test]
async fn an_attempt_that_failed_is_told_with_no_end_and_the_next_brings_the_video() {
    let sim = Sim::new();
    for way in &WAYS {
        let id = way.start(&sim, "sim:attempt-failed").await;
        sim.advance(8);
        let told = way.query(&sim, &id).await;
        let is_told = told.json().get("finished_at").is_some_and(serde_json::Value::is_null);
        assert_eq!((told.status, is_told), (200, way.name.starts_with("acedata")), "{}", way.name);
        assert_eq!(told.at("/response/state") == "failed", is_told, "{}", way.name);
        sim.advance(16);
        way.ends_well(&sim, &id).await;
    }
}

#[tokio::test]
async fn a_slow_task_takes_five_times_as_long() {
    let sim = Sim::new();
    for way in &WAYS {
        let id = way.start(&sim, "sim:slow").await;
        sim.advance(119);
        assert!(!way.query(&sim, &id).await.text().contains("SUCCE"), "{}", way.name);
        sim.advance(1);
        way.ends_well(&sim, &id).await;
    }
}

#[tokio::test]
async fn an_expired_task_is_lost_after_running() {
    let sim = Sim::new();
    for way in &WAYS {
        let id = way.start(&sim, "sim:expired").await;
        sim.advance(23);
        assert_eq!(way.query(&sim, &id).await.status, 200);
        sim.advance(1);
        let lost = way.query(&sim, &id).await;
        match way.name {
            "ope" => assert_eq!(lost.json()["status"], "UNKNOWN"),
            "crazyrouter video" => assert_eq!((lost.status, lost.at("/code").as_str()), (400, "task_not_exist")),
            "acedata" => assert_eq!(lost.status, 404),
            _ => assert_eq!((lost.status, lost.at("/output/task_status").as_str()), (200, "UNKNOWN")),
        }
    }
}

#[tokio::test]
async fn a_finished_video_can_be_late_once() {
    let sim = Sim::new();
    for way in &WAYS {
        let id = way.start(&sim, "sim:not-ready").await;
        sim.advance(24);
        way.ends_well(&sim, &id).await;
        let (path, early) = match way.name {
            "ope" => (format!("/sim/ope/v1/videos/{id}/content"), 400),
            _ => (path_of(&way.query(&sim, &id).await.at(way.video)), 404),
        };
        assert_eq!(sim.get(&path).await.status, early, "{}", way.name);
        assert_eq!(sim.get(&path).await.status, 200, "{}", way.name);
    }
}

#[tokio::test]
async fn creating_can_be_refused_in_three_ways() {
    let sim = Sim::new();
    for way in &WAYS {
        let file = way.create.split('/').nth(2).unwrap();
        let names = match file {
            "dashscope" => ["throttling", "internal", "allocation-quota"],
            "crazyrouter" => ["rate-limit", "internal", "insufficient-quota"],
            "ope" => ["throttled", "internal", "quota"],
            _ => ["too-many-requests", "api-error", "used-up"],
        };
        for (word, name) in ["sim:throttled-create", "sim:create-500", "sim:quota"].into_iter().zip(names) {
            let reply = way.create(&sim, word).await;
            assert!(reply.status >= 400, "{} {word}", way.name);
            let expected = documented(&format!("{file}/answers/error-{name}"));
            assert_eq!(shape(&reply.json()), shape(&expected), "{} {word}", way.name);
            assert_eq!(reply.header("retry-after").is_some(), word == "sim:throttled-create");
        }
    }
}

#[tokio::test]
async fn what_is_checked_late_is_refused_in_the_words_that_were_seen_and_by_dashscope_after_the_task_was_made() {
    let sizes = "1080*1920,1920*1080,1440*1440,1632*1248,1248*1632,480*832,832*480,624*624";
    let rows = [
        ("sim:bad-resolution", "Input should be '1080P' or '720P': parameters.resolution".to_owned()),
        ("sim:bad-size", format!("size must be in {sizes}")),
        ("sim:bad-duration", "duration customization is not supported".to_owned()),
        ("sim:lone-frame", "Only first frame provided is not allowed".to_owned()),
        ("sim:no-words", "prompt must contain words".to_owned()),
        (
            "sim:two-faults",
            "Input should be '1080P' or '720P': parameters.resolution & Duration should be between 2 and 15".to_owned(),
        ),
    ];
    for (word, said) in rows {
        let sim = Sim::new();
        for way in &WAYS {
            if way.name != "dashscope" {
                let reply = way.create(&sim, word).await;
                assert!(reply.status == 400 && reply.text().contains(&said), "{}: {}", way.name, reply.text());
                continue;
            }
            let id = way.start(&sim, word).await;
            sim.advance(1);
            let told = way.query(&sim, &id).await.json();
            assert_eq!(
                (&told["output"]["task_status"], &told["output"]["code"]),
                (&json!("FAILED"), &json!("InvalidParameter"))
            );
            assert_eq!(told["output"]["message"], said);
        }
    }
}

#[tokio::test]
async fn a_header_chooses_a_scenario_as_well() {
    let sim = Sim::new();
    let body = json!({"model": "wan2.5-t2v-preview", "input": {"prompt": "sim:slow"}}).to_string();
    let headers = [
        ("authorization", "Bearer sk-canary-good"),
        ("content-type", "application/json"),
        ("x-dashscope-async", "enable"),
        ("x-sim-scenario", "sim:quota"),
    ];
    assert_eq!(sim.send("POST", VIDEO_PATH, &headers, body).await.at("/code"), "Throttling.AllocationQuota");
}

#[tokio::test]
async fn a_waiting_call_fails_in_the_answer_itself() {
    let sim = Sim::new();
    for (word, status, code) in [
        ("sim:moderation", 403, "forbidden"),
        ("sim:unreadable-image", 400, "bad_request"),
        ("sim:expired", 504, "timeout"),
    ] {
        let caller = sim.clone();
        let body = json!({"action": "text2video", "model": "wan2.6-t2v", "prompt": word});
        let call = tokio::spawn(async move { caller.post("/sim/acedata/wan/videos", &body).await });
        while !call.is_finished() {
            tokio::task::yield_now().await;
            sim.advance(1);
        }
        let reply = call.await.unwrap();
        assert_eq!((reply.status, reply.at("/error/code").as_str()), (status, code));
    }
}

#[tokio::test]
async fn a_key_is_repeated_to_this_machine_alone() {
    for way in &WAYS {
        for (host, is_repeated) in [("127.0.0.1:8080", true), ("playground.example", false)] {
            let sim = Sim::new();
            let headers = [
                ("authorization", "Bearer sk-canary/x_1"),
                ("content-type", "application/json"),
                ("x-dashscope-async", "enable"),
                ("host", host),
            ];
            let reply = sim.send("POST", way.create, &headers, (way.body)("sim:echo-key").to_string()).await;
            assert_eq!(reply.status >= 400, is_repeated, "{} {host}", way.name);
            let text = reply.json().to_string();
            for spelt in ["sk-canary/x_1", "sk%2Dcanary%2Fx%5F1", "sk&#45;canary", "%2573%256b", "c2stY2FuYXJ5L3hfMQ=="]
            {
                assert_eq!(text.contains(spelt), is_repeated, "{} {host} {spelt}: {text}", way.name);
                let in_header = reply.header("x-request-id").is_some_and(|id| id.contains(spelt));
                assert_eq!(in_header, is_repeated, "{} {host} {spelt}", way.name);
            }
        }
    }
}
