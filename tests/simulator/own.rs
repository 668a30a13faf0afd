//! The simulator's own paths, and who may read the gateways from a page.

use serde_json::{Value, json};
use wan_playground::server::simulator::{Gateway, StateFile};

use crate::harness::{Sim, VIDEO_PATH, path_of};

const PREFLIGHT: [(&str, &str); 3] = [
    ("origin", "https://page.test"),
    ("access-control-request-method", "POST"),
    ("access-control-request-headers", "authorization,content-type,x-dashscope-async"),
];

async fn control(sim: &Sim, wish: Value) -> crate::harness::Reply {
    sim.send("POST", "/sim/_control", &[("content-type", "application/json")], wish.to_string()).await
}

#[tokio::test]
async fn the_scenarios_are_listed_in_two_languages() {
    let sim = Sim::new();
    let list = sim.get("/sim/scenarios").await.json();
    let rows = list.as_array().unwrap();
    assert_eq!(rows.len(), 21);
    for row in rows {
        assert!(row["word"].as_str().unwrap().starts_with("sim:"));
        assert!(row["en"].as_str().unwrap().ends_with('.') && row["zh"].as_str().unwrap().ends_with('。'), "{row}");
        assert_eq!(row["gateways"], json!(["crazyrouter", "ope", "acedata", "dashscope"]));
    }
}

#[tokio::test]
async fn an_open_gateway_lets_any_page_in() {
    let sim = Sim::new();
    for gateway in Gateway::ALL {
        let path = format!("/sim/{}/some/path", gateway.id());
        let asked = sim.send("OPTIONS", &path, &PREFLIGHT, "").await;
        assert_eq!((asked.status, asked.header("access-control-allow-origin")), (204, Some("*")));
        assert_eq!(asked.header("access-control-allow-headers"), Some("authorization,content-type,x-dashscope-async"));
        let answered = sim.get(&path).await;
        assert_eq!(answered.header("access-control-allow-origin"), Some("*"), "errors can be read too");
        assert!(answered.header("access-control-expose-headers").unwrap().contains("Retry-After"));
    }
}

#[tokio::test]
async fn a_gateway_can_be_closed_to_pages_at_the_start_and_later() {
    let sim = Sim::with(None, &[Gateway::DashScope]);
    let closed = async |gateway: &str| {
        let path = format!("/sim/{gateway}/some/path");
        let asked = sim.send("OPTIONS", &path, &PREFLIGHT, "").await;
        let answered = sim.get(&path).await;
        let header = answered.header("access-control-allow-origin").is_none();
        assert_eq!(asked.status == 403, header);
        assert_eq!(asked.header("access-control-allow-origin").is_none(), header);
        header
    };
    assert!(closed("dashscope").await && !closed("ope").await);
    let told = control(&sim, json!({"gateway": "ope", "cors": false})).await;
    assert_eq!(told.json()["cors"], json!({"crazyrouter": true, "ope": false, "acedata": true, "dashscope": false}));
    assert!(closed("ope").await);
    control(&sim, json!({"gateway": "dashscope", "cors": true})).await;
    assert!(!closed("dashscope").await);
    control(&sim, json!({"reset": true})).await;
    assert!(closed("dashscope").await && !closed("ope").await, "as it was at the start");
}

#[tokio::test]
async fn a_closed_gateway_s_files_are_closed_too() {
    let sim = Sim::new();
    let id = sim.create(VIDEO_PATH, &json!({"model": "wan2.5-t2v-preview", "input": {"prompt": "x"}})).await;
    control(&sim, json!({"advance_seconds": 24})).await;
    let link = path_of(&sim.get(&format!("/sim/dashscope/api/v1/tasks/{id}")).await.at("/output/video_url"));
    assert_eq!(sim.get(&link).await.header("access-control-allow-origin"), Some("*"));
    assert_eq!(sim.send("OPTIONS", &link, &PREFLIGHT, "").await.status, 204);
    control(&sim, json!({"gateway": "dashscope", "cors": false})).await;
    assert_eq!(sim.get(&link).await.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn odd_wishes_are_refused() {
    let sim = Sim::new();
    for wish in [
        json!({"gateway": "nobody", "cors": true}),
        json!({"gateway": "ope"}),
        json!({"cors": true}),
        json!({"advance_seconds": -1}),
        json!({"advance_seconds": 1e300}),
    ] {
        assert_eq!(control(&sim, wish.clone()).await.status, 400, "{wish}");
    }
    assert_eq!(control(&sim, json!({"unknown": 1})).await.status, 422);
    // A page of another origin cannot send this without a preflight, and no preflight is answered here.
    assert_eq!(sim.send("POST", "/sim/_control", &[("content-type", "text/plain")], "{}").await.status, 415);
}

#[tokio::test]
async fn the_log_keeps_bodies_and_never_keys() {
    let sim = Sim::new();
    let body = json!({"model": "wan2.5-t2v-preview", "input": {"prompt": "猫"}});
    let id = sim.create(VIDEO_PATH, &body).await;
    sim.get(&format!("/sim/dashscope/api/v1/tasks/{id}?x=1")).await;
    sim.send("GET", "/sim/ope/v1/videos/a", &[], "").await;
    sim.send("OPTIONS", "/sim/ope/v1/videos/a", &PREFLIGHT, "").await;
    let log = sim.get("/sim/_log").await;
    assert!(!log.text().contains("sk-canary"));
    let rows = log.json();
    let row = &rows[0];
    assert_eq!(
        (&row["sequence"], &row["gateway"], &row["method"], &row["status"]),
        (&json!(1), &json!("dashscope"), &json!("POST"), &json!(200))
    );
    assert_eq!(
        row["headers"],
        json!({"content-type": "application/json", "x-dashscope-async": "enable", "authorization": "present"})
    );
    assert_eq!(serde_json::from_str::<Value>(row["body"].as_str().unwrap()).unwrap(), body);
    assert_eq!(rows[1]["path"], format!("/api/v1/tasks/{id}?x=1"));
    assert_eq!((&rows[2]["headers"]["authorization"], &rows[2]["status"]), (&json!("absent"), &json!(401)));
    assert_eq!(rows.as_array().unwrap().len(), 3, "preflights are the browser's, not the client's");
    assert_eq!(sim.send("DELETE", "/sim/_log", &[], "").await.status, 204);
    assert_eq!(sim.get("/sim/_log").await.json(), json!([]));
    sim.get("/sim/ope/v1/videos/a").await;
    assert_eq!(sim.get("/sim/_log").await.json()[0]["sequence"], 4, "numbers go on");
}

#[tokio::test]
async fn long_bodies_are_logged_in_part() {
    let sim = Sim::new();
    sim.post(VIDEO_PATH, &json!({"model": "x".repeat(300 << 10)})).await;
    let row = sim.get("/sim/_log").await.json()[0].clone();
    assert_eq!(row["body"].as_str().unwrap().len(), 256 << 10);
    assert!(row["body_bytes"].as_u64().unwrap() > 300 << 10);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let sim = Sim::new();
    assert_eq!(sim.get("/healthz").await.text(), "ok");
    assert_eq!(sim.get("/sim/nobody/v1").await.status, 404);
    assert_eq!(sim.get("/sim/").await.status, 404);
    assert_eq!(sim.get("/").await.status, 404, "without a site there is only the simulator");
}

#[tokio::test]
async fn a_restart_with_a_state_file_finds_tasks_and_links_again() {
    let file = std::env::temp_dir().join(format!("wan-simulator-{}.json", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let before = Sim::remembering(&file);
    let order = json!({"model": "wan2.5-t2v-preview", "input": {"prompt": "a"}, "parameters": {"size": "1280*720"}});
    let id = before.post(VIDEO_PATH, &order).await.at("/output/task_id");
    before.advance(30);
    let query = format!("/sim/dashscope/api/v1/tasks/{id}");
    let link = before.get(&query).await.at("/output/video_url");

    let after = Sim::remembering(&file);
    assert_eq!(after.get(&query).await.at("/output/task_status"), "PENDING", "the hand-moved clock begins anew");
    after.advance(30);
    let answer = after.get(&query).await;
    assert_eq!(answer.at("/output/video_url"), link);
    assert_eq!(after.get(&path_of(&link)).await.status, 200);
    let second = after.post(VIDEO_PATH, &order).await.at("/output/task_id");
    assert_ne!(second, id, "ids go on");

    std::fs::write(&file, "half a fi").unwrap();
    assert!(StateFile::open(file.clone()).is_err(), "what cannot be read is not taken for nothing");
    std::fs::remove_file(&file).unwrap();
}
