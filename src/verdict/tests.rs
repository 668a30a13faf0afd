use super::*;
use crate::catalog::Catalog;
use crate::failure::{CODES, is_late_refusal};
use crate::protocol::Fault;
use crate::protocol::{Usage, VideoAt};
use crate::task::{Finished, NetFault};

fn fault(status: u16, code: &str, message: &str) -> Fault {
    Fault { status, code: code.into(), message: message.into(), ..Fault::default() }
}

fn of(status: u16, code: &str) -> Remedy {
    remedy(&fault(status, code, ""), Scene::default())
}

#[test]
fn quota_is_not_try_later() {
    for (status, code) in [
        (429, "PrepaidBillOverdue"),
        (429, "PostpaidBillOverdue"),
        (429, "CommodityNotPurchased"),
        (400, "Arrearage"),
        (403, "AllocationQuota.FreeTierOnly"),
        (403, "used_up"),
        (403, "insufficient_quota"),
        (402, ""),
    ] {
        let remedy = of(status, code);
        assert_eq!((remedy.blame(), remedy.retry()), (Blame::Account, Retry::No), "{status} {code}");
    }
    assert_eq!(of(429, "Throttling.RateQuota"), Remedy::SlowDown);
    assert_eq!(of(429, ""), Remedy::SlowDown);
    assert_eq!(of(429, "Throttling.AllocationQuota"), Remedy::SlowDown);
    let free = fault(429, "Throttling.AllocationQuota", "Free allocated quota exceeded.");
    assert_eq!(remedy(&free, Scene::default()), Remedy::FreeTierOver);
}

#[test]
fn families_and_statuses_help_where_the_code_is_new() {
    assert_eq!(of(500, "InternalError.Algo"), Remedy::TryOnce);
    assert_eq!(of(400, "Brand.New"), Remedy::FixRequest);
    assert_eq!(of(200, "Brand.New"), Remedy::Unknown);
    assert_eq!(of(403, "InsufficientQuota"), Remedy::TopUp);
    assert_eq!((of(200, "InvalidFile.Brand"), of(200, "400")), (Remedy::FixMedia, Remedy::FixRequest));
    // Two gateways' codes for two different things.
    assert_eq!((of(400, "InvalidURL"), of(404, "invalid_url")), (Remedy::FixMedia, Remedy::CheckAddress));
}

#[test]
fn a_message_tells_what_a_code_leaves_open() {
    let of = |status, code, message| remedy(&fault(status, code, message), Scene::default());
    let sync = "current user api does not support synchronous calls.";
    assert_eq!(of(403, "AccessDenied", sync), Remedy::MissingHeader);
    assert_eq!(of(403, "AccessDenied", "no"), Remedy::GetAccess);
    assert_eq!(of(400, "InvalidParameter", "url error, please check url!"), Remedy::CheckAddress);
    assert_eq!(of(400, "", "Task is not completed yet, current status: IN_PROGRESS"), Remedy::Wait);
    // A specific code takes precedence over text from another gateway's message.
    assert_eq!(of(400, "DataInspectionFailed", "url error in the prompt"), Remedy::ChangeContent);
}

#[test]
fn a_page_of_a_proxy_says_nothing_about_the_account() {
    assert_eq!(remedy(&fault(403, "", "<html>Access denied"), Scene::default()), Remedy::Intermediary);
    assert_eq!(of(403, ""), Remedy::GetAccess);
}

#[test]
fn key_model_and_region_are_seen_together() {
    let catalog = Catalog::built_in();
    let of = |gateway: &str, model: &str, region: &str, status, code: &str| {
        let gateway = catalog.gateway(gateway).expect("a gateway of the catalog");
        remedy(&fault(status, code, ""), Scene::of(gateway, model, region))
    };
    assert_eq!(of("dashscope", "wan2.5-t2v-preview", "intl", 401, "InvalidApiKey"), Remedy::CheckKeyRegion);
    assert_eq!(of("dashscope", "wan2.5-t2v-preview", "intl", 403, ""), Remedy::GetAccess);
    assert_eq!(of("acedata", "wan2.6-t2v", "cn", 401, "invalid_token"), Remedy::CheckKey);
    // Speech to video is only available in Beijing.
    for (status, code) in [(404, "ModelNotFound"), (403, "Model.AccessDenied"), (403, "Endpoint.AccessDenied")] {
        assert_eq!(of("dashscope", "wan2.2-s2v", "intl", status, code), Remedy::ModelElsewhere, "{code}");
        assert_ne!(of("dashscope", "wan2.2-s2v", "cn", status, code), Remedy::ModelElsewhere, "{code}");
    }
    assert_eq!(of("dashscope", "no-such-model", "intl", 404, "ModelNotFound"), Remedy::CheckModel);
}

#[test]
fn a_task_that_fails_at_once_over_its_request_was_refused() {
    use crate::http::Response;
    use crate::protocol::{Call, Event, read};
    let catalog = Catalog::built_in();
    let gateway = catalog.gateway("dashscope").expect("a gateway of the catalog");
    let fault = |call: Call, code: &str, times: &str| {
        let body =
            format!(r#"{{"output":{{"task_id":"t","task_status":"FAILED","code":"{code}","message":"m"{times}}}}}"#);
        let answer = Response { status: 200, body, ..Response::default() };
        match read(gateway.endpoints.get("video").expect("an endpoint"), call, &answer) {
            Event::Failed(fault, _) => fault,
            other => panic!("{other:?}"),
        }
    };
    let times = |from: &str, until: &str| format!(r#","submit_time":"{from}","end_time":"{until}""#);
    let (noon, soon) = ("2026-11-28 12:00:00.331", "2026-11-28 12:00:00.447");
    let of = |code: &str, from: &str, until: &str| fault(Call::Query, code, &times(from, until));
    assert_eq!(of("InvalidParameter", noon, soon).after_ms, Some(116));
    for code in ["InvalidParameter", "InvalidParameter.DataInspection", "InvalidURL", "BadRequest.EmptyInput"] {
        assert!(is_late_refusal(&of(code, noon, soon)), "{code}");
        assert!(!is_late_refusal(&of(code, noon, "2026-11-28 12:04:00.447")), "{code}: it ran");
    }
    for code in ["InternalError", "DataInspectionFailed", "Brand.New", ""] {
        assert!(!is_late_refusal(&of(code, noon, soon)), "{code}");
    }
    assert!(is_late_refusal(&fault(Call::Create, "InvalidParameter", "")), "the create call brought it");
    for (from, until) in [
        ("", ""),
        ("12:00:00", "12:00:00"),
        ("2026-11-28 23:59:59.900", "2026-11-29 00:00:00.100"),
        ("2026-11-28 12:00:01", "2026-11-28 12:00:00"),
        ("2026-11-28 99:00:00", "2026-11-28 99:00:00"),
    ] {
        assert_eq!(of("InvalidParameter", from, until).after_ms, None, "{from} {until}");
    }
    assert!(!is_late_refusal(&fault(Call::Query, "InvalidParameter", "")), "nothing is known of its times");
    let scene = Scene::of(gateway, "", "cn");
    let verdict = verdict(&State::Failed(of("InvalidParameter", noon, soon), "FAILED".into()), scene);
    let verdict = verdict.expect("a failure has a verdict");
    assert_eq!((verdict.billed, verdict.retry), (Billed::No, Retry::AfterChange));
}

#[test]
fn what_was_billed_follows_from_how_it_ended() {
    let catalog = Catalog::built_in();
    let scene = |gateway: &str| {
        let gateway = catalog.gateway(gateway).expect("a gateway of the catalog");
        Scene::of(gateway, "", gateway.bases[0].region)
    };
    let billed = |state: &State, gateway| verdict(state, scene(gateway)).map(|verdict| verdict.billed);
    let refused = State::Refused(fault(500, "InternalError", ""));
    let failed = State::Failed(fault(200, "InternalError", ""), "FAILED".into());
    let doubtful = State::Doubtful(Doubt::Network(NetFault::NoAnswer));
    let video = VideoAt::Link { url: "https://h/v.mp4".into(), found_at: "output.video_url".into() };
    let done = |video| {
        State::Done(Finished { video, usage: Usage::default(), word: String::new(), actual_prompt: None, at_ms: 0 })
    };
    assert_eq!(billed(&refused, "ope"), Some(Billed::No));
    assert_eq!(billed(&failed, "dashscope"), Some(Billed::No));
    assert_eq!(billed(&failed, "ope"), Some(Billed::Unlikely));
    assert_eq!(billed(&doubtful, "dashscope"), Some(Billed::Unknown));
    assert_eq!(billed(&State::NotSent, "ope"), Some(Billed::No));
    assert_eq!(billed(&State::Sending, "ope"), None);
    assert_eq!(billed(&done(video), "ope"), Some(Billed::Yes));
    assert_eq!(verdict(&doubtful, scene("ope")).map(|verdict| verdict.retry), Some(Retry::AfterLook));
    assert_eq!(verdict(&done(VideoAt::Nowhere), scene("ope")).map(|verdict| verdict.advice), Some(Advice::AskSupport));
}

#[test]
fn no_code_stands_in_the_table_twice() {
    for (index, (code, _)) in CODES.iter().enumerate() {
        let again = CODES[..index].iter().find(|(known, _)| known == code);
        assert_eq!(again, None, "{code}");
    }
}
