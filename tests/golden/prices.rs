//! Prices against the tables of the documents, copied here by hand, so that a mistake in a catalog file is noticed.
//!
//! Sources, read 2026-11-21: Crazyrouter "Wan 视频", section 能力与官方价格; "万相 2.5 文生视频", section 计费;
//! "模型价格（阿里云百炼）", mainland and international.

use crate::support::{base, draft, find};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use wan_playground::address::BaseUrl;
use wan_playground::catalog::Catalog;
use wan_playground::checked::check;
use wan_playground::price::{Money, NoPrice, estimate};

type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [(&'static str, &'static str)],
    u32,
);

/// Gateway, model, region, price per second by tier, the same for a silent video, free seconds.
const ROWS: &[Row] = &[
    // Crazyrouter, "Wan 视频".
    ("crazyrouter", "wan2.5-t2v-preview", "cn", &[("480P", "0.30"), ("720P", "0.60"), ("1080P", "1.00")], &[], 0),
    ("crazyrouter", "wan2.5-i2v-preview", "cn", &[("480P", "0.30"), ("720P", "0.60"), ("1080P", "1.00")], &[], 0),
    ("crazyrouter", "wan2.2-t2v-plus", "cn", &[("480P", "0.14"), ("1080P", "0.70")], &[], 0),
    ("crazyrouter", "wan2.2-i2v-plus", "cn", &[("480P", "0.14"), ("1080P", "0.70")], &[], 0),
    ("crazyrouter", "wan2.2-i2v-flash", "cn", &[("480P", "0.10"), ("720P", "0.20"), ("1080P", "0.48")], &[], 0),
    ("crazyrouter", "wan2.2-kf2v-flash", "cn", &[("480P", "0.10"), ("720P", "0.20"), ("1080P", "0.48")], &[], 0),
    ("crazyrouter", "wan2.2-s2v", "cn", &[("480P", "0.50"), ("720P", "0.90")], &[], 0),
    (
        "crazyrouter",
        "wan2.5-t2v-preview@generations",
        "cn",
        &[("480P", "0.30"), ("720P", "0.60"), ("1080P", "1.00")],
        &[],
        0,
    ),
    ("crazyrouter", "wan2.2-t2v-plus@generations", "cn", &[("480P", "0.14"), ("1080P", "0.70")], &[], 0),
    // OPE.AI and AceDataCloud publish none: the mainland list price is the reference.
    ("ope", "wan2.7-i2v", "cn", &[("720P", "0.6"), ("1080P", "1.0")], &[], 0),
    ("ope", "wan2.7-i2v@native", "cn", &[("720P", "0.6"), ("1080P", "1.0")], &[], 0),
    ("ope", "wan2.6-i2v@native", "cn", &[("720P", "0.6"), ("1080P", "1.0")], &[], 0),
    ("acedata", "wan2.6-t2v", "cn", &[("720P", "0.6"), ("1080P", "1.0")], &[], 0),
    ("acedata", "wan2.6-i2v", "cn", &[("720P", "0.6"), ("1080P", "1.0")], &[], 0),
    (
        "acedata",
        "wan2.6-i2v-flash",
        "cn",
        &[("720P", "0.3"), ("1080P", "0.5")],
        &[("720P", "0.15"), ("1080P", "0.25")],
        0,
    ),
    ("acedata", "wan2.6-r2v", "cn", &[("720P", "0.6"), ("1080P", "1.0")], &[], 0),
    // DashScope, mainland. The first row is in "万相 2.5 文生视频" too.
    ("dashscope", "wan2.5-t2v-preview", "cn", &[("480P", "0.3"), ("720P", "0.6"), ("1080P", "1")], &[], 50),
    ("dashscope", "wan2.5-i2v-preview", "cn", &[("480P", "0.3"), ("720P", "0.6"), ("1080P", "1.0")], &[], 50),
    ("dashscope", "wan2.7-t2v", "cn", &[("720P", "0.6"), ("1080P", "1.0")], &[], 50),
    ("dashscope", "wan2.7-i2v", "cn", &[("720P", "0.6"), ("1080P", "1.0")], &[], 50),
    ("dashscope", "wan2.7-r2v", "cn", &[("720P", "0.6"), ("1080P", "1.0")], &[], 50),
    ("dashscope", "wan2.6-t2v", "cn", &[("720P", "0.6"), ("1080P", "1.0")], &[], 50),
    ("dashscope", "wan2.6-i2v", "cn", &[("720P", "0.6"), ("1080P", "1.0")], &[], 50),
    ("dashscope", "wan2.6-r2v", "cn", &[("720P", "0.6"), ("1080P", "1.0")], &[], 50),
    (
        "dashscope",
        "wan2.6-i2v-flash",
        "cn",
        &[("720P", "0.3"), ("1080P", "0.5")],
        &[("720P", "0.15"), ("1080P", "0.25")],
        50,
    ),
    (
        "dashscope",
        "wan2.6-r2v-flash",
        "cn",
        &[("720P", "0.3"), ("1080P", "0.5")],
        &[("720P", "0.15"), ("1080P", "0.25")],
        50,
    ),
    ("dashscope", "wan2.2-t2v-plus", "cn", &[("480P", "0.14"), ("1080P", "0.70")], &[], 50),
    ("dashscope", "wan2.2-i2v-plus", "cn", &[("480P", "0.14"), ("1080P", "0.70")], &[], 50),
    ("dashscope", "wan2.2-i2v-flash", "cn", &[("480P", "0.10"), ("720P", "0.20"), ("1080P", "0.48")], &[], 50),
    ("dashscope", "wan2.2-kf2v-flash", "cn", &[("480P", "0.10"), ("720P", "0.20"), ("1080P", "0.48")], &[], 50),
    ("dashscope", "wan2.2-s2v", "cn", &[("480P", "0.5"), ("720P", "0.9")], &[], 100),
    // DashScope, international.
    ("dashscope", "wan2.7-t2v", "intl", &[("720P", "0.733924"), ("1080P", "1.100886")], &[], 0),
    ("dashscope", "wan2.7-i2v", "intl", &[("720P", "0.733924"), ("1080P", "1.100886")], &[], 0),
    ("dashscope", "wan2.7-r2v", "intl", &[("720P", "0.733924"), ("1080P", "1.100886")], &[], 0),
    ("dashscope", "wan2.6-t2v", "intl", &[("720P", "0.733924"), ("1080P", "1.100886")], &[], 0),
    ("dashscope", "wan2.6-i2v", "intl", &[("720P", "0.733924"), ("1080P", "1.100886")], &[], 0),
    ("dashscope", "wan2.6-r2v", "intl", &[("720P", "0.733924"), ("1080P", "1.100886")], &[], 0),
    (
        "dashscope",
        "wan2.6-i2v-flash",
        "intl",
        &[("720P", "0.366962"), ("1080P", "0.550443")],
        &[("720P", "0.183481"), ("1080P", "0.275221")],
        0,
    ),
    (
        "dashscope",
        "wan2.5-t2v-preview",
        "intl",
        &[("480P", "0.366961"), ("720P", "0.733923"), ("1080P", "1.100885")],
        &[],
        0,
    ),
    (
        "dashscope",
        "wan2.5-i2v-preview",
        "intl",
        &[("480P", "0.366961"), ("720P", "0.733923"), ("1080P", "1.100885")],
        &[],
        0,
    ),
    ("dashscope", "wan2.2-t2v-plus", "intl", &[("480P", "0.146785"), ("1080P", "0.733924")], &[], 0),
    ("dashscope", "wan2.2-i2v-plus", "intl", &[("480P", "0.146785"), ("1080P", "0.733924")], &[], 0),
    ("dashscope", "wan2.2-i2v-flash", "intl", &[("480P", "0.110089"), ("720P", "0.264213")], &[], 0),
    (
        "dashscope",
        "wan2.6-r2v-flash",
        "intl",
        &[("720P", "0.366962"), ("1080P", "0.550443")],
        &[("720P", "0.183481"), ("1080P", "0.275221")],
        0,
    ),
    // DashScope, Virginia and Frankfurt, as of 2026-11-28.
    ("dashscope", "wan2.6-t2v", "us", &[("720P", "0.6"), ("1080P", "1.0")], &[], 0),
    ("dashscope", "wan2.6-i2v", "us", &[("720P", "0.6"), ("1080P", "1.0")], &[], 0),
    ("dashscope", "wan2.6-r2v", "us", &[("720P", "0.6"), ("1080P", "1.0")], &[], 0),
    ("dashscope", "wan2.6-t2v", "eu", &[("720P", "0.6"), ("1080P", "1.0")], &[], 0),
    ("dashscope", "wan2.6-i2v", "eu", &[("720P", "0.6"), ("1080P", "1.0")], &[], 0),
    ("dashscope", "wan2.6-r2v", "eu", &[("720P", "0.6"), ("1080P", "1.0")], &[], 0),
    ("dashscope", "wan2.6-t2v-us", "us", &[("720P", "0.733924"), ("1080P", "1.100886")], &[], 0),
    ("dashscope", "wan2.6-i2v-us", "us", &[("720P", "0.733924"), ("1080P", "1.100886")], &[], 0),
    // DashScope, wan3.0-video, wan2.7-videoedit and wan2.2-animate, as of 2026-11-28.
    ("dashscope", "wan3.0-video", "cn", &[("480P", "0.30"), ("720P", "0.60"), ("1080P", "1.20")], &[], 30),
    ("dashscope", "wan3.0-video", "intl", &[("480P", "0.374710"), ("720P", "0.749420"), ("1080P", "1.498840")], &[], 0),
    ("dashscope", "wan3.0-video@frames", "cn", &[("480P", "0.30"), ("720P", "0.60"), ("1080P", "1.20")], &[], 30),
    (
        "dashscope",
        "wan3.0-video@frames",
        "intl",
        &[("480P", "0.374710"), ("720P", "0.749420"), ("1080P", "1.498840")],
        &[],
        0,
    ),
    ("dashscope", "wan3.0-video@references", "cn", &[("480P", "0.30"), ("720P", "0.60"), ("1080P", "1.20")], &[], 30),
    (
        "dashscope",
        "wan3.0-video@references",
        "intl",
        &[("480P", "0.374710"), ("720P", "0.749420"), ("1080P", "1.498840")],
        &[],
        0,
    ),
    ("dashscope", "wan2.7-videoedit", "cn", &[("720P", "0.6"), ("1080P", "1.0")], &[], 50),
    ("dashscope", "wan2.7-videoedit", "intl", &[("720P", "0.733924"), ("1080P", "1.100886")], &[], 0),
    ("dashscope", "wan2.2-animate-move", "cn", &[("wan-std", "0.4"), ("wan-pro", "0.6")], &[], 50),
    ("dashscope", "wan2.2-animate-move", "intl", &[("wan-std", "0.880709"), ("wan-pro", "1.321063")], &[], 0),
    ("dashscope", "wan2.2-animate-mix", "cn", &[("wan-std", "0.6"), ("wan-pro", "0.9")], &[], 50),
    ("dashscope", "wan2.2-animate-mix", "intl", &[("wan-std", "1.321063"), ("wan-pro", "1.908202")], &[], 0),
    // AceDataCloud, wan3.0-video, in dollars.
    ("acedata", "wan3.0-video", "cn", &[("480P", "0.05"), ("720P", "0.10"), ("1080P", "0.20")], &[], 0),
    ("acedata", "wan3.0-video@frames", "cn", &[("480P", "0.05"), ("720P", "0.10"), ("1080P", "0.20")], &[], 0),
    ("acedata", "wan3.0-video@references", "cn", &[("480P", "0.05"), ("720P", "0.10"), ("1080P", "0.20")], &[], 0),
    // DashScope, wan3.0-video-prime, as of 2026-11-28.
    ("dashscope", "wan3.0-video-prime", "cn", &[("480P", "0.45"), ("720P", "0.90"), ("1080P", "1.80")], &[], 30),
    (
        "dashscope",
        "wan3.0-video-prime",
        "intl",
        &[("480P", "0.495838"), ("720P", "1.020844"), ("1080P", "2.041687")],
        &[],
        0,
    ),
    ("dashscope", "wan3.0-video-prime@frames", "cn", &[("480P", "0.45"), ("720P", "0.90"), ("1080P", "1.80")], &[], 30),
    (
        "dashscope",
        "wan3.0-video-prime@frames",
        "intl",
        &[("480P", "0.495838"), ("720P", "1.020844"), ("1080P", "2.041687")],
        &[],
        0,
    ),
    (
        "dashscope",
        "wan3.0-video-prime@references",
        "cn",
        &[("480P", "0.45"), ("720P", "0.90"), ("1080P", "1.80")],
        &[],
        30,
    ),
    (
        "dashscope",
        "wan3.0-video-prime@references",
        "intl",
        &[("480P", "0.495838"), ("720P", "1.020844"), ("1080P", "2.041687")],
        &[],
        0,
    ),
];

fn money<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> BTreeMap<&'a str, String> {
    let decimal = |text: &str| Money::parse(text).unwrap_or_else(|| panic!("{text} is no amount")).decimal();
    pairs.into_iter().map(|(tier, price)| (tier, decimal(price))).collect()
}

#[test]
fn every_price_is_the_one_in_the_documents_and_there_is_no_other() {
    let catalog = Catalog::built_in();
    let mut found = Vec::new();
    for (gateway, model, region, per_second, silent, free) in ROWS {
        let place = format!("{gateway}/{model} in {region}");
        let (_, model) = find(catalog, gateway, model);
        let Some(rates) = model.price.rates.get(region) else {
            found.push(format!("{place}: no price"));
            continue;
        };
        for (what, expected, actual) in [("", per_second, &rates.per_second), (", silent", silent, &rates.silent)] {
            let actual = money(actual.iter().map(|(tier, price)| (tier, *price)));
            let expected = money(expected.iter().copied());
            if expected != actual {
                found.push(format!("{place}{what}: the document says {expected:?}, the catalog {actual:?}"));
            }
        }
        // In dollars where the gateway's own page uses dollars.
        let currency = if *gateway == "acedata" && model.id.starts_with("wan3.0") { "USD" } else { "CNY" };
        if rates.currency != currency || rates.free_seconds.unwrap_or(0) != *free {
            found.push(format!("{place}: {} with {:?} free seconds", rates.currency, rates.free_seconds));
        }
    }
    let rows: BTreeSet<_> = ROWS.iter().map(|row| (row.0, row.1, row.2)).collect();
    assert_eq!(rows.len(), ROWS.len(), "a row stands twice");
    for gateway in catalog.gateways {
        for model in gateway.models {
            for region in model.price.rates.keys() {
                if !rows.contains(&(gateway.id, model.id, region)) {
                    found.push(format!("{}/{} in {region}: a price without a row here", gateway.id, model.id));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The estimate as a person would write it.
fn say(gateway: &str, model: &str, base_url: Option<(&str, &str)>, values: &serde_json::Value) -> String {
    let catalog = Catalog::built_in();
    let (gateway, model) = find(catalog, gateway, model);
    let (mut base, mut region) = base(gateway, model);
    if let Some((url, other)) = base_url {
        (base, region) = (BaseUrl::parse(url).expect("a base"), other);
    }
    let checked = check(&draft("a row", values), gateway, model, &base, region);
    let estimate = match estimate(&checked) {
        Ok(estimate) => estimate,
        Err(NoPrice::Unpublished) => return "unpublished".to_owned(),
        Err(NoPrice::NotForTier(tier)) => return format!("none for {tier}"),
    };
    let sign = |money: Money| money.with_sign(&estimate.currency);
    let by_default = if estimate.tier_by_default { " by default" } else { "" };
    let silent = if estimate.silent { " silent" } else { "" };
    let total = match (estimate.total, estimate.at_most) {
        (Some(total), Some(at_most)) if total == at_most => format!("= {}", sign(total)),
        (Some(total), Some(at_most)) => format!("= {} to {}", sign(total), sign(at_most)),
        (None, Some(at_most)) => format!("at most {}", sign(at_most)),
        _ => "a second".to_owned(),
    };
    format!("{} x {}{by_default}{silent} {total}", estimate.tier, sign(estimate.per_second))
}

#[test]
fn estimates_are_what_one_works_out_by_hand() {
    let video = json!([{"url": "https://h/a.mp4", "kind": "video"}]);
    let image = json!([{"url": "https://h/a.png", "kind": "image"}]);
    let intl = Some(("https://dashscope-intl.aliyuncs.com", "intl"));
    for (gateway, model, base, values, expected) in [
        ("dashscope", "wan2.5-t2v-preview", None, json!({}), "1080P x ¥1.00 by default = ¥5.00"),
        ("dashscope", "wan2.5-t2v-preview", None, json!({"tier": "720P", "duration": "10"}), "720P x ¥0.60 = ¥6.00"),
        ("dashscope", "wan2.5-t2v-preview", intl, json!({"tier": "480P"}), "480P x ¥0.366961 = ¥1.834805"),
        ("dashscope", "wan2.5-t2v-preview", None, json!({"duration": "7"}), "1080P x ¥1.00 by default a second"),
        ("dashscope", "wan2.2-i2v-flash", intl, json!({"tier": "1080P"}), "none for 1080P"),
        ("dashscope", "wan2.2-s2v", None, json!({"tier": "720P"}), "720P x ¥0.90 a second"),
        ("dashscope", "wan2.2-s2v", Some(("https://dashscope-us.aliyuncs.com", "us")), json!({}), "unpublished"),
        ("dashscope", "wan2.6-i2v-flash", None, json!({"sound": false, "tier": "720P"}), "720P x ¥0.15 silent = ¥0.75"),
        ("dashscope", "wan2.6-i2v-flash", None, json!({"sound": true, "tier": "720P"}), "720P x ¥0.30 = ¥1.50"),
        (
            "dashscope",
            "wan2.6-r2v",
            None,
            json!({"tier": "720P", "references": video}),
            "720P x ¥0.60 = ¥3.00 to ¥6.00",
        ),
        ("dashscope", "wan2.6-r2v", None, json!({"tier": "720P", "references": image}), "720P x ¥0.60 = ¥3.00"),
        (
            "dashscope",
            "wan2.6-r2v-flash",
            None,
            json!({"tier": "1080P", "duration": "10", "sound": false, "references": video}),
            "1080P x ¥0.25 silent = ¥2.50 to ¥3.75",
        ),
        (
            "acedata",
            "wan2.6-r2v",
            None,
            json!({"tier": "720P", "duration": "10", "references": video}),
            "720P x ¥0.60 = ¥6.00 to ¥9.00",
        ),
        // With -1, wan3.0 chooses the duration, at most 30 seconds; input and output together are limited to 30 too.
        ("dashscope", "wan3.0-video", None, json!({"tier": "720P", "duration": "-1"}), "720P x ¥0.60 at most ¥18.00"),
        (
            "dashscope",
            "wan3.0-video@references",
            None,
            json!({"tier": "720P", "duration": "-1", "references": video}),
            "720P x ¥0.60 at most ¥18.00",
        ),
        (
            "dashscope",
            "wan3.0-video@references",
            None,
            json!({"tier": "720P", "references": video}),
            "720P x ¥0.60 = ¥3.00 to ¥12.00",
        ),
        (
            "dashscope",
            "wan3.0-video@references",
            None,
            json!({"tier": "720P", "duration": "20", "references": video}),
            "720P x ¥0.60 = ¥12.00 to ¥18.00",
        ),
        (
            "acedata",
            "wan3.0-video@references",
            None,
            json!({"references": video}),
            "1080P x $0.20 by default = $1.00 to $4.00",
        ),
        // An edited video has the duration of its source, ten seconds at most, and both are billed.
        ("dashscope", "wan2.7-videoedit", None, json!({"tier": "720P"}), "720P x ¥0.60 at most ¥12.00"),
        ("dashscope", "wan2.7-videoedit", None, json!({"duration": "0"}), "1080P x ¥1.00 by default at most ¥20.00"),
        ("dashscope", "wan2.7-videoedit", None, json!({"duration": "4"}), "1080P x ¥1.00 by default = ¥4.00 to ¥14.00"),
        ("dashscope", "wan2.2-animate-mix", None, json!({"tier": "wan-pro"}), "wan-pro x ¥0.90 a second"),
        // AceDataCloud's other models have the switch, but no lower silent price is known for them.
        ("acedata", "wan2.6-t2v", None, json!({"sound": false, "tier": "720P"}), "720P x ¥0.60 = ¥3.00"),
        ("crazyrouter", "wan2.2-t2v-plus", None, json!({"tier": "480P"}), "480P x ¥0.14 = ¥0.70"),
        ("crazyrouter", "wan2.2-t2v-plus", None, json!({"tier": "720P"}), "1080P x ¥0.70 by default = ¥3.50"),
        ("ope", "wan2.7-i2v", None, json!({"duration": "15"}), "1080P x ¥1.00 by default = ¥15.00"),
    ] {
        assert_eq!(say(gateway, model, base, &values), expected, "{gateway}/{model} {values}");
    }
}
