//! Chaos: seeded schedules of everything that can go wrong between pressing Run and getting the video, over the real
//! engine, the real simulator and a virtual clock.
//!
//! `WAN_CHAOS_SCHEDULES` sets how many schedules are run (500), `WAN_CHAOS_SEED` runs exactly one and prints its steps.
//! In reading order: `gateway` is the simulator in process, `network` what happens to a call in transit, `shell` a tab
//! with the engine that the page runs, `locks` the browser's locks, `judge` what must hold at each step, `wish` what
//! the user requests, `world` the gateway's end and the time between, `tabs` the browser's end, `story` what people do
//! meanwhile.

// A test reports what broke by panicking.
#![allow(clippy::unwrap_used)]

#[path = "chaos/dice.rs"]
mod dice;
#[path = "chaos/gateway.rs"]
mod gateway;
#[path = "chaos/judge.rs"]
mod judge;
#[path = "chaos/locks.rs"]
mod locks;
#[path = "chaos/network.rs"]
mod network;
#[path = "chaos/shell.rs"]
mod shell;
#[path = "chaos/story.rs"]
mod story;
#[path = "chaos/tabs.rs"]
mod tabs;
#[path = "chaos/wish.rs"]
mod wish;
#[path = "chaos/world.rs"]
mod world;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What happened over all schedules: a suite that never reloads during a download proves nothing about that case.
pub type Coverage = BTreeMap<String, u32>;

/// What at least one of five hundred schedules has to cover.
const MUST_BE_MET: [&str; 80] = [
    "create sent twice by the browser",
    "twin named",
    "gateway acedata",
    "gateway crazyrouter",
    "gateway dashscope",
    "gateway ope",
    "key repeated by an answer",
    "reload at sending",
    "reload at sending, before the record",
    "reload at doubtful",
    "reload at waiting",
    "reload at fetching",
    "reload at done",
    "reload at by_hand",
    "reload at not_sent",
    "reload at refused",
    "reload at failed",
    "create dropped before",
    "create dropped after",
    "create answered 5xx before",
    "create answered 5xx after",
    "create throttled",
    "create cut",
    "create answered html",
    "create late",
    "create twice",
    "create timed out",
    "query dropped before",
    "query dropped after",
    "query answered 5xx before",
    "query throttled",
    "query cut",
    "query answered html",
    "query odd word",
    "query not known yet",
    "query without a link",
    "told of an attempt that failed",
    "told of another task",
    "query late",
    "query twice",
    "query timed out",
    "content dropped before",
    "content dropped after",
    "content answered 5xx before",
    "content late",
    "content twice",
    "offline",
    "clock back",
    "clock forward",
    "second page",
    "page closed",
    "hand-over",
    "two pages at once",
    "double press",
    "stop",
    "cancel",
    "look up",
    "attach",
    "paste create",
    "paste query",
    "paste of another task",
    "by hand",
    "adopt",
    "without a key",
    "key refused",
    "end done",
    "end failed",
    "end doubtful",
    "followed by another tab",
    "taken up",
    "wish told to another tab",
    "wish while the record is read",
    "timer of a lost lock",
    "two tabs at the same revision",
    "let go for want of a key",
    "woken by a key",
    "query that waits for its turn",
    "looked at",
    "deleted",
    "told that it was deleted",
];

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

#[test]
fn no_schedule_loses_a_task_or_pays_for_it_twice() {
    if let Some(seed) = number("WAN_CHAOS_SEED") {
        let mut told = world::World::new(seed, true);
        story::play(&mut told);
        println!("seed {seed}: {} steps, nothing lost", told.steps.len());
        return;
    }
    let schedules = number("WAN_CHAOS_SCHEDULES").unwrap_or(500);
    let mut coverage = Coverage::new();
    // A failing schedule is printed once, at the end, with its steps; its backtrace adds nothing.
    std::panic::set_hook(Box::new(|_| {}));
    let mut failed = None;
    for seed in 1..=schedules {
        let mut world = world::World::new(seed, false);
        let outcome = catch_unwind(AssertUnwindSafe(|| story::play(&mut world)));
        for (met, times) in &world.coverage {
            *coverage.entry(met.clone()).or_default() += times;
        }
        if let Err(why) = outcome {
            let why = why.downcast_ref::<String>().cloned().or_else(|| why.downcast_ref::<&str>().map(|s| (*s).into()));
            failed = Some((seed, why.unwrap_or_default(), world.steps));
            break;
        }
    }
    drop(std::panic::take_hook());
    if let Some((seed, why, steps)) = failed {
        panic!("{}\nseed {seed}: {why}\nreplay: cargo xtask test --only chaos --seed {seed}", steps.join("\n"));
    }
    for (met, times) in &coverage {
        println!("{times:>7} {met}");
    }
    println!("{schedules} schedules: 0 tasks lost, 0 creates sent twice");
    let missing: Vec<_> = MUST_BE_MET.iter().filter(|met| !coverage.contains_key(**met)).collect();
    assert!(schedules < 500 || missing.is_empty(), "never met: {missing:?}");
}
