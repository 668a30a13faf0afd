//! Timers and turns.

use super::*;
use crate::engine::turns::{Account, Turns};

fn account(gateway: &str, key: &str) -> Account {
    let base = BaseUrl::parse("https://h.example").expect("an address");
    Account { gateway: gateway.into(), origin: "https://h.example".into(), key: ApiKey::new(key, &base).ok() }
}

#[test]
fn queries_of_one_account_keep_a_distance_and_others_do_not_wait_for_them() {
    let mut turns = Turns::default();
    let taken: Vec<u64> = (0..4).map(|_| turns.take(account("ope", "key-one"), 1000)).collect();
    assert_eq!(taken, [0, 150, 300, 450]);
    assert_eq!(turns.take(account("ope", "key-two"), 1000), 0);
    assert_eq!(turns.take(account("acedata", "key-one"), 1000), 0);
    assert_eq!(turns.take(account("ope", "key-one"), 1500), 100);
    assert_eq!(turns.take(account("ope", "key-one"), 9000), 0, "what lies behind holds nobody up");
}

#[test]
fn a_clock_set_back_puts_no_turn_off() {
    let mut turns = Turns::default();
    turns.take(account("ope", "key-one"), 900_000_000);
    assert_eq!(turns.take(account("ope", "key-one"), 1000), 0);
    assert_eq!(turns.take(account("ope", "key-one"), 1000), 150);
}

#[test]
fn tasks_that_are_due_at_once_ask_one_after_the_other() {
    let mut tab = tab();
    tab.follow("a").follow("b").follow("c");
    tab.fire("a");
    assert_eq!(tab.sends(), [Call::Query]);
    tab.fire("b");
    assert_eq!((tab.sends().len(), tab.waits()), (0, vec![150]));
    tab.fire("c");
    assert_eq!((tab.sends().len(), tab.waits()), (0, vec![300]));
    tab.now_ms += 150;
    tab.fire("b");
    assert_eq!(tab.sends(), [Call::Query]);
}

#[test]
fn a_timer_that_was_replaced_does_nothing() {
    let mut tab = tab();
    tab.follow("u");
    let (first, _) = tab.engine.held["u"].timer.clone().expect("a timer is set");
    tab.fire("u").give_answer("u", RUNNING);
    tab.now_ms += 60_000;
    tab.hear(Event::Due { uid: "u".into(), timer: first });
    assert!(tab.said.is_empty());
    tab.fire("u");
    assert_eq!(tab.sends(), [Call::Query]);
}

#[test]
fn a_timer_without_the_lock_does_nothing() {
    let mut tab = tab();
    tab.follow("u").hear(Event::Unlocked("u".into()));
    assert_eq!(tab.words(), ["stand in line"]);
    tab.now_ms += 60_000;
    let (timer, _) = tab.engine.held["u"].timer.clone().expect("a timer is set");
    tab.hear(Event::Due { uid: "u".into(), timer });
    assert!(tab.said.is_empty(), "{:?}", tab.words());
}

#[test]
fn presses_on_ask_now_are_paced_and_the_last_one_is_not_lost() {
    let mut tab = tab();
    tab.follow("u").fire("u").give_answer("u", RUNNING);
    tab.now_ms += 500;
    tab.live(Event::Wish("u".into(), Input::AskNow));
    assert_eq!((tab.sends().len(), tab.waits()), (0, vec![1500]));
    tab.now_ms += 100;
    tab.live(Event::Wish("u".into(), Input::AskNow));
    assert_eq!((tab.sends().len(), tab.waits().len()), (0, 0));
    tab.fire("u");
    assert_eq!(tab.sends(), [Call::Query]);
}

#[test]
fn who_looks_again_sees_a_fresh_answer_but_no_gateway_is_asked_sooner_than_it_says() {
    let mut tab = tab();
    tab.follow("a").follow("b").fire("a").fire("b").now_ms += 150;
    tab.fire("b").give_answer("a", RUNNING).give_answer("b", RUNNING);
    tab.now_ms += 1000;
    tab.live(Event::LookedAt);
    assert_eq!(tab.sends().len(), 0);
    tab.now_ms += 60_000;
    tab.live(Event::LookedAt);
    assert_eq!((tab.sends(), tab.waits()), (vec![Call::Query], vec![150]));
}

#[test]
fn a_tab_that_only_watches_does_not_ask_when_it_is_looked_at() {
    let (mut first, mut second) = (tab(), tab());
    first.follow("u");
    second.now_ms = first.now_ms;
    let saved = first.record("u").expect("it was written");
    second.hear(Event::Opened(vec![*saved]));
    second.now_ms += 600_000;
    second.hear(Event::LookedAt);
    assert!(second.said.is_empty());
}
