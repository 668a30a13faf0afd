//! Where a call may go. The same table is run through Caddy and nginx, too.

use super::bench::{Answer, CANARY, Relay, raw, request};
use serde_json::Value;
use std::net::SocketAddr;

/// Calls that must not reach any gateway: method and path.
pub const CLOSED: &[(&str, &str)] = &[
    // Other hosts, and hosts that only look like one.
    ("POST", "/relay/ope/evil.example/v1/videos"),
    ("POST", "/relay/ope/api.acedata.cloud/v1/videos"),
    ("POST", "/relay/ope/api-platform.ope.ai.evil.example/v1/videos"),
    ("POST", "/relay/ope/evil.example%2Fapi-platform.ope.ai/v1/videos"),
    ("POST", "/relay/ope/evil.example%23api-platform.ope.ai/v1/videos"),
    ("POST", "/relay/ope/evil.example%3Fapi-platform.ope.ai/v1/videos"),
    ("POST", "/relay/ope/api-platform.ope.ai@evil.example/v1/videos"),
    ("POST", "/relay/ope/api-platform.ope.ai:x@evil.example/v1/videos"),
    ("POST", "/relay/ope/user:pass@api-platform.ope.ai/v1/videos"),
    ("POST", "/relay/ope/api-platform.ope.ai:8443/v1/videos"),
    ("POST", "/relay/ope/api-platform.ope.ai:443/v1/videos"),
    ("POST", "/relay/ope/api-platform.ope.ai./v1/videos"),
    ("POST", "/relay/ope/API-platform.ope.ai/v1/videos"),
    ("POST", "/relay/ope/api-platformXope.ai/v1/videos"),
    ("POST", "/relay/ope/127.0.0.1/v1/videos"),
    ("POST", "/relay/ope/[::1]/v1/videos"),
    ("POST", "/relay/ope/[::ffff:127.0.0.1]/v1/videos"),
    ("POST", "/relay/ope/[::ffff:7f00:1]/v1/videos"),
    ("POST", "/relay/ope/2130706433/v1/videos"),
    ("POST", "/relay/ope/0x7f.1/v1/videos"),
    ("POST", "/relay/ope/localhost/v1/videos"),
    ("POST", "/relay/ope/169.254.169.254/v1/videos"),
    ("POST", "/relay/ope//v1/videos"),
    ("POST", "/relay/ope/https://api-platform.ope.ai/v1/videos"),
    ("GET", "/relay/dashscope/a.b.cn-beijing.maas.aliyuncs.com/api/v1/tasks/a"),
    ("GET", "/relay/dashscope/.cn-beijing.maas.aliyuncs.com/api/v1/tasks/a"),
    ("GET", "/relay/dashscope/cn-beijing.maas.aliyuncs.com/api/v1/tasks/a"),
    ("GET", "/relay/dashscope/a%2fb.cn-beijing.maas.aliyuncs.com/api/v1/tasks/a"),
    ("GET", "/relay/dashscope/evil.example%2f.cn-beijing.maas.aliyuncs.com/api/v1/tasks/a"),
    ("GET", "/relay/dashscope/-a.cn-beijing.maas.aliyuncs.com/api/v1/tasks/a"),
    ("GET", "/relay/dashscope/a@b.cn-beijing.maas.aliyuncs.com/api/v1/tasks/a"),
    // Other gateways.
    ("POST", "/relay/nobody/api-platform.ope.ai/v1/videos"),
    ("POST", "/relay//api-platform.ope.ai/v1/videos"),
    ("POST", "/relay/OPE/api-platform.ope.ai/v1/videos"),
    // Other paths.
    ("GET", "/relay/ope/api-platform.ope.ai/v1/models"),
    ("GET", "/relay/ope/api-platform.ope.ai/"),
    ("GET", "/relay/ope/api-platform.ope.ai"),
    ("POST", "/relay/ope/api-platform.ope.ai/v1/videos/"),
    ("POST", "/relay/ope/api-platform.ope.ai//v1/videos"),
    ("POST", "/relay/ope/api-platform.ope.ai/v1//videos"),
    ("POST", "/relay/ope/api-platform.ope.ai/V1/videos"),
    ("POST", "/relay/ope/api-platform.ope.ai/v1%2Fvideos"),
    ("POST", "/relay/ope/api-platform.ope.ai/v1/video%73"),
    ("POST", "/relay/ope/api-platform.ope.ai/v1/videos;a=b"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/.."),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/."),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/../models"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/a/../b"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/%2e%2e"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/%2E%2E/models"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/.%2e/content"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/..%2fmodels"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/%2e%2e%2fmodels"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/..%5cmodels"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/..\\models"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/%252e%252e"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/%252e%252e%252fmodels"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/a%2Fcontent"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/a%3Fb"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/a%23b"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/a%00b"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/a%0d%0aX:%20y"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/%c0%ae%c0%ae"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/a/content/"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos/a/content/.."),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos//content"),
    ("GET", "/relay/../relay/ope/api-platform.ope.ai/v1/models"),
    ("GET", "/relay/ope/api-platform.ope.ai/../../../healthz"),
    ("GET", "/relay/ope/api-platform.ope.ai/..%2f..%2f_log"),
    ("GET", "/relay/dashscope/dashscope.aliyuncs.com/api/v1/uploads?action=getPolicy"),
    ("GET", "/relay/crazyrouter/api.crazyrouter.com/alibailian/api/v1/models"),
    ("GET", "/relay/crazyrouter/api.crazyrouter.com/v1/models/wan2.5-t2v-preview"),
    ("GET", "/relay/dashscope/dashscope.aliyuncs.com/api/v1/models/"),
    ("GET", "/relay/dashscope/dashscope.aliyuncs.com/api/v1/models/permissions"),
    ("GET", "/relay/dashscope/dashscope.aliyuncs.com/v1/models"),
    ("POST", "/relay/dashscope/dashscope.aliyuncs.com/api/v1/services/aigc/image2video/face-detect/"),
    ("POST", "/relay/dashscope/dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/face-detect"),
    ("POST", "/relay/crazyrouter/crazyrouter.com/api/v1/services/aigc/image2video/face-detect"),
    // Places for files: other queries, other paths, other hosts, other calls at these hosts.
    ("GET", "/relay/dashscope/dashscope.aliyuncs.com/api/v1/uploads"),
    ("GET", "/relay/dashscope/dashscope.aliyuncs.com/api/v1/uploads?action=getPolicy&model="),
    ("GET", "/relay/dashscope/dashscope.aliyuncs.com/api/v1/uploads?action=list&model=a"),
    ("GET", "/relay/dashscope/dashscope.aliyuncs.com/api/v1/uploads?action=getPolicy&model=a&x=y"),
    ("GET", "/relay/dashscope/dashscope.aliyuncs.com/api/v1/uploads?model=a&action=getPolicy"),
    ("GET", "/relay/dashscope/dashscope-intl.aliyuncs.com/api/v1/uploads?action=getPolicy&model=a"),
    ("GET", "/relay/dashscope/dashscope-file-a.oss-cn-beijing.aliyuncs.com/api/v1/uploads?action=getPolicy&model=a"),
    ("POST", "/relay/dashscope/dashscope-file-a.oss-cn-beijing.aliyuncs.com"),
    ("POST", "/relay/dashscope/dashscope-file-a.oss-cn-beijing.aliyuncs.com/a"),
    ("POST", "/relay/dashscope/dashscope-file-a.oss-cn-beijing.aliyuncs.com/?x=y"),
    ("POST", "/relay/dashscope/dashscope-file-a.oss-cn-beijing.aliyuncs.com//"),
    ("POST", "/relay/dashscope/dashscope-file-a.oss-cn-beijing.aliyuncs.com/../"),
    ("POST", "/relay/dashscope/dashscope-file-.oss-cn-beijing.aliyuncs.com/"),
    ("POST", "/relay/dashscope/dashscope-file-a-.oss-cn-beijing.aliyuncs.com/"),
    ("POST", "/relay/dashscope/dashscope-file-a.b.oss-cn-beijing.aliyuncs.com/"),
    ("POST", "/relay/dashscope/dashscope-file-A.oss-cn-beijing.aliyuncs.com/"),
    ("POST", "/relay/dashscope/dashscope-file-a%2f.oss-cn-beijing.aliyuncs.com/"),
    ("POST", "/relay/dashscope/x.dashscope-file-a.oss-cn-beijing.aliyuncs.com/"),
    ("POST", "/relay/dashscope/evil.oss-cn-beijing.aliyuncs.com/"),
    ("POST", "/relay/dashscope/dashscope-file-a.oss-us-east-1.aliyuncs.com/"),
    ("POST", "/relay/dashscope/dashscope-file-a.oss-cn-.aliyuncs.com/"),
    ("POST", "/relay/dashscope/dashscope-file-a.oss-cn-beijing.aliyuncs.com.evil.example/"),
    ("POST", "/relay/dashscope/dashscope-file-a.oss-cn-beijing.aliyuncs.com:443/"),
    ("POST", "/relay/dashscope/dashscope-file-a.oss-cn-beijing.aliyuncs.com@evil.example/"),
    ("POST", "/relay/crazyrouter/dashscope-file-a.oss-cn-beijing.aliyuncs.com/"),
    ("POST", "/relay/crazyrouter/api.crazyrouter.com/v1/files/uploads/"),
    ("POST", "/relay/crazyrouter/api.crazyrouter.com/v1/files/uploads/url"),
    ("POST", "/relay/crazyrouter/api.crazyrouter.com/v1/files/uploads?x=y"),
    ("POST", "/relay/crazyrouter/crazyrouter.com/v1/files/uploads"),
    ("POST", "/relay/acedata/platform.acedata.cloud/wan/videos"),
    ("POST", "/relay/acedata/platform.acedata.cloud/wan/tasks"),
    ("POST", "/relay/acedata/platform.acedata.cloud/api/v1/files"),
    ("POST", "/relay/acedata/api.acedata.cloud/api/v1/files/"),
    ("POST", "/relay/ope/api-platform.ope.ai/api/v1/files/"),
    ("GET", "/relay/acedata/platform.acedata.cloud/api/v1/files/"),
    ("GET", "/relay/crazyrouter/api.crazyrouter.com/v1/files/uploads"),
    ("GET", "/relay/dashscope/dashscope-file-a.oss-cn-beijing.aliyuncs.com/"),
    ("PUT", "/relay/dashscope/dashscope-file-a.oss-cn-beijing.aliyuncs.com/"),
    ("DELETE", "/relay/dashscope/dashscope-file-a.oss-cn-beijing.aliyuncs.com/"),
    // Other methods.
    ("POST", "/relay/dashscope/dashscope.aliyuncs.com/api/v1/models"),
    ("GET", "/relay/dashscope/dashscope.aliyuncs.com/api/v1/services/aigc/image2video/face-detect"),
    ("GET", "/relay/ope/api-platform.ope.ai/v1/videos"),
    ("DELETE", "/relay/ope/api-platform.ope.ai/v1/videos/a"),
    ("POST", "/relay/ope/api-platform.ope.ai/v1/videos/a"),
    ("PUT", "/relay/ope/api-platform.ope.ai/v1/videos"),
    ("HEAD", "/relay/ope/api-platform.ope.ai/v1/videos/a/content"),
    ("OPTIONS", "/relay/ope/api-platform.ope.ai/v1/videos"),
    ("TRACE", "/relay/ope/api-platform.ope.ai/v1/videos"),
    ("CONNECT", "/relay/ope/api-platform.ope.ai/v1/videos"),
    ("GET", "/relay/acedata/api.acedata.cloud/wan/tasks"),
    ("GET", "/relay/dashscope/dashscope.aliyuncs.com/api/v1/tasks/a/cancel"),
];

/// What the simulator at this address has received; clears its log.
pub fn simulator_log(simulator: SocketAddr) -> Vec<Value> {
    let ask = |method| Answer::read(&raw(simulator, &request("127.0.0.1", method, "/sim/_log", &[], None)));
    let log = ask("GET");
    ask("DELETE");
    assert!(!log.text().contains("canary"), "the simulator's log holds the key");
    log.json().as_array().expect("the log is a list").clone()
}

/// Tries every closed path of a front with that simulator behind it, and returns the responses.
pub fn try_all(front: SocketAddr, simulator: SocketAddr) -> Vec<(&'static str, &'static str, Answer)> {
    let key = format!("Bearer {CANARY}");
    let host = front.to_string();
    simulator_log(simulator);
    let mut answers = Vec::new();
    for (method, path) in CLOSED {
        let headers = [("Authorization", key.as_str()), ("Content-Type", "application/json")];
        let body = matches!(*method, "POST" | "PUT").then_some(&b"{}"[..]);
        let answer = Answer::read(&raw(front, &request(&host, method, path, &headers, body)));
        assert!((400..500).contains(&answer.status), "{method} {path}: {} {}", answer.status, answer.text());
        assert_ne!(answer.header("x-relay"), "forwarded", "{method} {path}");
        assert_eq!(answer.header("location"), "", "{method} {path}");
        assert!(!answer.text().contains("canary") && !answer.text().contains("evil"), "{method} {path}: an echo");
        answers.push((*method, *path, answer));
    }
    let log = simulator_log(simulator);
    assert!(log.is_empty(), "a closed door is open: {log:?}");
    answers
}

#[test]
fn only_documented_calls_to_catalog_hosts_go_on() {
    let relay = Relay::of_simulator(&[]);
    let mut refused = 0;
    for (method, path, answer) in try_all(relay.address, relay.address) {
        // Some are not HTTP addresses at all, and one is outside the relay's part of the server.
        let is_no_address = answer.header("content-type") != "application/json" && matches!(answer.status, 400 | 404);
        if method == "HEAD" || is_no_address {
            assert!(!answer.status.to_string().starts_with('2'), "{method} {path}");
            continue;
        }
        assert!(["host", "gateway", "path", "method"].contains(&answer.refusal().as_str()), "{method} {path}");
        assert_eq!(answer.json()["sent"], false, "{method} {path}");
        assert_eq!(answer.header("allow").is_empty(), answer.status != 405, "{method} {path}");
        refused += 1;
    }
    assert!(refused > CLOSED.len() - 10, "{refused} of {} refused by the relay", CLOSED.len());
}

#[test]
fn a_query_passes_and_one_that_is_too_long_does_not() {
    let relay = Relay::of_simulator(&[]);
    simulator_log(relay.address);
    let path = "/relay/ope/api-platform.ope.ai/v1/videos/sk-canary-in-the-path";
    let secret = format!("{path}?signature=sk-canary-in-the-query");
    assert_eq!(relay.call("GET", &secret, &[], None).header("x-relay"), "forwarded");
    let log = Answer::read(&raw(relay.address, &request("127.0.0.1", "GET", "/sim/_log", &[], None))).json();
    assert_eq!(log[0]["path"], "/v1/videos/sk-canary-in-the-path?signature=sk-canary-in-the-query");
    // The relay's own log contains neither: the bench checks when the relay stops.
    relay.says("/v1/videos/{task_id} 404");
    let long = format!("{path}?{}", "a".repeat(3000));
    assert_eq!(relay.call("GET", &long, &[], None).refusal(), "address_too_long");
}
