//! Requests other than tasks: the list of an account's models, and the check of a portrait.

use serde_json::{Value, json};

use crate::harness::{Sim, documented, shape};

const MODELS: &str = "/sim/dashscope/api/v1/models";
const CHECK: &str = "/sim/dashscope/api/v1/services/aigc/image2video/face-detect";
const GOOD: (&str, &str) = ("authorization", "Bearer sk-canary-good");
const JSON: (&str, &str) = ("content-type", "application/json");

fn ids(page: &Value, list: &str, id: &str) -> Vec<String> {
    let rows = page.pointer(list).unwrap().as_array().unwrap();
    rows.iter().map(|row| row[id].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_models_of_dashscope_come_in_pages_as_documented() {
    let sim = Sim::new();
    let first = sim.get(&format!("{MODELS}?capabilities=VG&page_no=1&page_size=20")).await;
    assert_eq!(first.status, 200);
    let (first, known) = (first.json(), documented("dashscope/answers/models"));
    assert_eq!(shape(&first["output"]["models"][0]["prices"]), shape(&known["output"]["models"][0]["prices"]));
    let total = first["output"]["total"].as_u64().unwrap();
    assert!(total > 20, "one page would prove nothing: {total}");
    let mut all = ids(&first, "/output/models", "model");
    assert_eq!(all.len(), 20);
    for page in 2..=total.div_ceil(20) {
        let page = sim.get(&format!("{MODELS}?capabilities=VG&page_no={page}&page_size=20")).await.json();
        all.extend(ids(&page, "/output/models", "model"));
    }
    assert_eq!(all.len() as u64, total);
    assert!(all.contains(&"wan2.2-s2v-detect".to_owned()) && !all.contains(&"wan2.2-kf2v-flash".to_owned()));
    let past = sim.get(&format!("{MODELS}?capabilities=VG&page_no=99&page_size=20")).await.json();
    assert_eq!(ids(&past, "/output/models", "model").len(), 0);
    let of_text = sim.get(&format!("{MODELS}?capabilities=TG")).await.json();
    assert_eq!(of_text["output"]["total"], 0);
}

#[tokio::test]
async fn a_list_is_refused_without_a_key_and_with_a_query_that_no_document_knows() {
    let sim = Sim::new();
    for (path, code) in [(MODELS, "/code"), ("/sim/crazyrouter/v1/models", "/error/code")] {
        for headers in [&[][..], &[("authorization", "Bearer sk-canary-invalid")]] {
            let reply = sim.send("GET", path, headers, "").await;
            assert_eq!(reply.status, 401, "{path}");
            assert_ne!(reply.at(code), "", "{path}");
        }
    }
    for query in ["page_no=0", "page_no=x", "page_size=0", "page_size=201", "capabilities=", "colour=red", "page_no"] {
        let reply = sim.get(&format!("{MODELS}?{query}")).await;
        assert_eq!((reply.status, reply.at("/code").as_str()), (400, "InvalidParameter"), "{query}");
    }
    assert_eq!(sim.send("POST", MODELS, &[GOOD, JSON], "{}").await.status, 400);
    assert_eq!(sim.get("/sim/crazyrouter/v1/models?page=1").await.status, 404);
}

#[tokio::test]
async fn the_models_of_crazyrouter_are_ids_on_one_page() {
    let sim = Sim::new();
    let reply = sim.get("/sim/crazyrouter/v1/models").await;
    assert_eq!(reply.status, 200);
    let reply = reply.json();
    assert_eq!(shape(&reply["data"][0]), shape(&documented("crazyrouter/answers/models")["data"][0]));
    let ids = ids(&reply, "/data", "id");
    assert!(ids.contains(&"wan2.7-t2v".to_owned()) && ids.contains(&"gpt-4o".to_owned()), "{ids:?}");
    assert!(!ids.contains(&"wan2.2-kf2v-flash".to_owned()), "{ids:?}");
}

fn portrait(link: &str) -> Value {
    json!({"model": "wan2.2-s2v-detect", "input": {"image_url": link}})
}

#[tokio::test]
async fn a_portrait_is_judged_at_once() {
    let sim = Sim::new();
    let send = async |body: Value| sim.send("POST", CHECK, &[GOOD, JSON], body.to_string()).await;
    let passed = send(portrait("https://example.com/a.png")).await;
    assert_eq!((passed.status, &passed.json()["output"]), (200, &json!({"check_pass": true, "humanoid": true})));
    let not = send(portrait("https://example.com/sim:no-person.png")).await;
    assert_eq!((not.status, &not.json()["output"]), (200, &json!({"check_pass": false, "humanoid": false})));
    for (word, status, code) in [
        ("sim:moderation", 400, "DataInspectionFailed"),
        ("sim:unreadable-image", 400, "BadRequest.InputDownloadFailed"),
        ("sim:throttled", 429, "Throttling.RateQuota"),
        ("sim:quota", 400, "Arrearage"),
        ("sim:create-500", 500, "InternalError"),
    ] {
        let reply = send(portrait(&format!("https://example.com/{word}.png"))).await;
        assert_eq!((reply.status, reply.at("/code").as_str()), (status, code), "{word}");
    }
}

#[tokio::test]
async fn a_check_is_refused_as_documented() {
    let sim = Sim::new();
    let good = portrait("https://example.com/a.png");
    let oss = portrait(&crate::uploads::picture(&sim, "wan2.2-s2v").await);
    let mut other = good.clone();
    other["model"] = "wan9-detect".into();
    let mut video = good.clone();
    video["model"] = "wan2.2-s2v".into();
    for (headers, body, status, code) in [
        (&[JSON][..], good.clone(), 401, "InvalidApiKey"),
        (&[GOOD, JSON, ("x-dashscope-async", "enable")], good.clone(), 403, "AccessDenied"),
        (&[GOOD, ("content-type", "text/plain")], good.clone(), 400, "InvalidParameter"),
        (&[GOOD, JSON], json!({}), 400, "BadRequest.EmptyModel"),
        (&[GOOD, JSON], other, 404, "ModelNotFound"),
        (&[GOOD, JSON], video, 400, "InvalidParameter"),
        (&[GOOD, JSON], json!({"model": "wan2.2-s2v-detect"}), 400, "BadRequest.EmptyInput"),
        (&[GOOD, JSON], json!({"model": "wan2.2-s2v-detect", "input": {}}), 400, "InvalidParameter"),
        (&[GOOD, JSON], portrait("data:image/png;base64,AAAA"), 400, "InvalidParameter"),
        (&[GOOD, JSON], portrait("file:///etc/passwd"), 400, "InvalidParameter"),
        (&[GOOD, JSON], oss.clone(), 400, "InvalidParameter"),
        (
            &[GOOD, JSON],
            json!({"model": "wan2.2-s2v-detect", "input": {"image_url": "https://e.com/a.png"}, "parameters": {}}),
            400,
            "InvalidParameter",
        ),
    ] {
        let reply = sim.send("POST", CHECK, headers, body.to_string()).await;
        assert_eq!((reply.status, reply.at("/code").as_str()), (status, code), "{body}");
    }
    let headers = [GOOD, JSON, ("x-dashscope-ossresourceresolve", "enable")];
    assert_eq!(sim.send("POST", CHECK, &headers, oss.to_string()).await.status, 200);
    assert_eq!(sim.send("GET", CHECK, &[GOOD], "").await.status, 400);
}
