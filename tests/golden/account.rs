//! Requests other than tasks, read by the centre: the models of an account, and the check of a portrait.

use crate::support::{fixtures, read_json};
use std::fmt::Write as _;
use wan_playground::account::{CheckSaid, Listing, MOST_MODELS, MOST_QUOTES, Match, Standing, compare};
use wan_playground::address::BaseUrl;
use wan_playground::catalog::{Catalog, Gateway};
use wan_playground::http::{Method, Response};
use wan_playground::money::Money;
use wan_playground::protocol::{Unreadable, media_check, media_checked, model_list, models_listed};

fn gateway(id: &str) -> Gateway {
    *Catalog::built_in().gateway(id).expect("it is built in")
}

fn of(status: u16, body: &str) -> Response {
    Response { status, headers: Vec::new(), body: body.to_owned(), cut: false }
}

fn file(name: &str) -> Response {
    let json = read_json(&fixtures().join(format!("{name}.json")));
    let status = json["status"].as_u64().and_then(|status| u16::try_from(status).ok()).expect("a status");
    of(status, &json["body"].to_string())
}

fn listed(id: &str, answer: &Response) -> Listing {
    models_listed(gateway(id).model_list.as_ref().expect("it has a list"), answer)
}

#[test]
fn the_calls_are_those_of_the_documents() {
    let (dashscope, crazyrouter) = (gateway("dashscope"), gateway("crazyrouter"));
    let base = BaseUrl::parse("https://dashscope-intl.aliyuncs.com").expect("a base");
    let call = model_list(dashscope.model_list.as_ref().expect("a list"), &base, 2);
    let url = "https://dashscope-intl.aliyuncs.com/api/v1/models?capabilities=VG&page_no=2&page_size=20";
    assert_eq!((call.method, call.url.as_str(), call.body, call.headers.len()), (Method::Get, url, None, 0));
    let base = BaseUrl::parse("https://api.crazyrouter.com").expect("a base");
    let call = model_list(crazyrouter.model_list.as_ref().expect("a list"), &base, 1);
    assert_eq!(call.url, "https://api.crazyrouter.com/v1/models");
    assert!(gateway("ope").model_list.is_none() && gateway("acedata").model_list.is_none());

    let model = dashscope.model("wan2.2-s2v").expect("it is there");
    let check = model.fields[0].check.as_ref().expect("it has a check");
    let endpoint = dashscope.endpoint(model).expect("an endpoint");
    let base = BaseUrl::parse("https://dashscope.aliyuncs.com").expect("a base");
    let call = media_check(check, endpoint, &base, "https://example.com/a.png?x=1");
    assert_eq!(call.url, "https://dashscope.aliyuncs.com/api/v1/services/aigc/image2video/face-detect");
    let body = "{\n  \"model\": \"wan2.2-s2v-detect\",\n  \"input\": {\n    \"image_url\": \"https://example.com/a.png?x=1\"\n  }\n}";
    assert_eq!(call.body_text().as_deref(), Some(body));
    let names: Vec<&str> = call.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Content-Type"], "no asynchronous header");
    let call = media_check(check, endpoint, &base, "oss://dashscope-instant/a.png");
    assert!(call.headers.iter().any(|(name, _)| name == "X-DashScope-OssResourceResolve"), "{:?}", call.headers);
}

#[test]
fn a_list_of_dashscope_is_read_with_prices_and_the_day_of_retirement() {
    let Listing::Page(page) = listed("dashscope", &file("dashscope/answers/models")) else { panic!("a page") };
    assert_eq!(page.total, Some(1));
    let offer = &page.offers[0];
    assert_eq!((offer.id.as_str(), offer.name.as_str()), ("wan2.7-t2v", "Wan2.7-T2V"));
    assert_eq!(offer.retires, "2027-03-31 00:00:00");
    let quote = &offer.quotes[0];
    assert_eq!((quote.what.as_str(), quote.written.as_str()), ("720P · Video · video_output", "0.6"));
    assert_eq!(quote.unit, "CNY per second");
    let found = compare(&gateway("dashscope"), "cn", &page.offers);
    assert_eq!((found.rows[0].standing, found.rows[0].quotes[0].1), (Standing::Both, Match::Same));
}

#[test]
fn a_list_of_crazyrouter_is_read_as_ids() {
    let Listing::Page(page) = listed("crazyrouter", &file("crazyrouter/answers/models")) else { panic!("a page") };
    assert_eq!((page.total, page.offers.len(), page.offers[0].id.as_str()), (None, 1, "wan2.5-t2v-preview"));
    assert!(page.offers[0].quotes.is_empty());
}

#[test]
fn odd_members_of_a_list_spoil_no_other() {
    let body = r#"{"output":{"total":"9","models":[7,{},{"model":""},{"model":5},{"model":"a","prices":7},
        {"model":"b","name":null,"prices":[7,{"prices":[{"price":0.6,"price_unit":"CNY/second","type":"720P"},{"price":"free"},{}]}],
        "inference_offline_info":"soon"}]}}"#;
    let Listing::Page(page) = listed("dashscope", &of(200, body)) else { panic!("a page") };
    let ids: Vec<&str> = page.offers.iter().map(|offer| offer.id.as_str()).collect();
    assert_eq!((ids, page.total), (vec!["5", "a", "b"], None));
    let quotes = &page.offers[2].quotes;
    assert_eq!((quotes[0].written.as_str(), quotes[0].amount.map(Money::micros)), ("0.60", Some(600_000)));
    assert_eq!((quotes[1].written.as_str(), quotes[1].amount), ("free", None));
    assert_eq!(quotes.len(), 3);
}

#[test]
fn what_is_no_list_is_told_as_what_it_is() {
    for (answer, expected) in [
        (of(200, ""), Unreadable::Empty),
        (of(200, "<html>"), Unreadable::Html),
        (of(200, "{"), Unreadable::NotJson),
        (of(200, "{\"output\":{}}"), Unreadable::Shape),
        (of(200, "[]"), Unreadable::Shape),
        (of(200, &format!("{{\"x\":\"{}\"}}", "a".repeat(1 << 20))), Unreadable::TooLong),
        (Response { cut: true, ..of(200, "{}") }, Unreadable::TooLong),
    ] {
        for id in ["dashscope", "crazyrouter"] {
            assert_eq!(
                listed(id, &answer),
                Listing::Unreadable(expected),
                "{id} {}",
                &answer.body[..answer.body.len().min(20)]
            );
        }
        assert_eq!(media_checked(&answer), CheckSaid::Unreadable(expected));
    }
    for (id, name) in [
        ("dashscope", "dashscope/answers/error-invalid-api-key"),
        ("crazyrouter", "crazyrouter/answers/error-invalid-api-key"),
    ] {
        let Listing::Refused(fault) = listed(id, &file(name)) else { panic!("{name}") };
        assert!(fault.status == 401 && !fault.code.is_empty(), "{fault:?}");
    }
    let Listing::Refused(fault) = listed("crazyrouter", &of(502, "<html>")) else { panic!("refused") };
    assert_eq!(fault.status, 502);
}

#[test]
fn thousands_of_rows_and_prices_are_bounded() {
    let mut body = String::from("{\"output\":{\"models\":[");
    for number in 0..MOST_MODELS + 500 {
        let _ = write!(body, "{{\"model\":\"wan-{number}\"}},");
    }
    body.push_str("{}]}}");
    let Listing::Page(page) = listed("dashscope", &of(200, &body)) else { panic!("a page") };
    assert_eq!(page.offers.len(), MOST_MODELS);
    let prices = "{\"price\":\"1\"},".repeat(60);
    let range = format!("{{\"prices\":[{prices}{{}}]}},").repeat(60);
    let body = format!("{{\"output\":{{\"models\":[{{\"model\":\"a\",\"prices\":[{range}{{}}]}}]}}}}");
    let Listing::Page(page) = listed("dashscope", &of(200, &body)) else { panic!("a page") };
    assert_eq!(page.offers[0].quotes.len(), MOST_QUOTES);
}

#[test]
fn a_check_says_whether_it_passed_and_why_not() {
    assert_eq!(media_checked(&file("dashscope/answers/check-passed")), CheckSaid::Passed);
    let not = media_checked(&file("dashscope/answers/check-not-passed"));
    assert_eq!(not, CheckSaid::NotPassed(Some(false), String::new()));
    let told = |body: &str| media_checked(&of(200, body));
    let reason = told(r#"{"output":{"check_pass":"False","humanoid":true,"code":"X","message":"face too small"}}"#);
    assert_eq!(reason, CheckSaid::NotPassed(Some(true), "face too small".to_owned()));
    assert_eq!(told(r#"{"output":{"check_pass":1}}"#), CheckSaid::Unreadable(Unreadable::Shape));
    let CheckSaid::Refused(fault) = told(r#"{"code":"InvalidParameter","message":"m"}"#) else { panic!("refused") };
    assert_eq!((fault.status, fault.code.as_str()), (200, "InvalidParameter"));
    let CheckSaid::Refused(fault) = media_checked(&file("dashscope/answers/error-throttling")) else {
        panic!("refused")
    };
    assert_eq!(fault.status, 429);
}
