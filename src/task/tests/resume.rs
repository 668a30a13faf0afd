//! Pages that close and open again, keys that are missing, clocks that jump.

use super::*;

#[test]
fn a_send_in_flight_when_the_page_closes_is_a_doubt_and_is_never_sent_again() {
    for gateway in ["dashscope", "ope", "acedata"] {
        let mut bench = start(gateway);
        bench.reopen(5);
        assert_eq!(bench.task.state, State::Doubtful(Doubt::Network(NetFault::Closed)));
        assert_eq!(bench.effects, [Effect::Save]);
        assert_eq!(bench.task.exchanges[0].net, Some(NetFault::Closed));
        assert!(bench.task.ended_ms.is_some());
        for input in [Input::Due, Input::AskNow, Input::Follow, Input::FetchAgain, Input::Cancel] {
            bench.feed(input);
        }
        bench.reopen(5).feed(Input::Due);
        assert_eq!(bench.creates, 1);
    }
}

#[test]
fn a_running_task_is_asked_soon_after_the_page_opens_whatever_the_clock_says() {
    let running = || {
        let mut bench = start("dashscope");
        bench.now = 10_000_000;
        bench.answer(200, ACCEPTED);
        bench
    };
    let due = |bench: &Bench| match bench.effects[..] {
        [Effect::Wake(due)] => due - bench.now,
        _ => panic!("{:?}", bench.effects),
    };
    assert_eq!(due(running().reopen(5000)), 10_000, "what is left of the wait");
    assert_eq!(due(running().reopen(3_600_000)), 0, "the wait is over");
    let mut far = running();
    far.task.next_ms = Some(far.now + 999_999_999_999);
    assert_eq!(due(far.reopen(1)), 3_600_000, "no gateway asks for more than an hour");
    let mut set_back = running();
    set_back.now -= 9_000_000;
    assert_eq!(due(set_back.reopen(1)), 0, "a clock set back says nothing about the wait");
    let mut back = running();
    back.due();
    back.now -= 9_000_000;
    // The query in flight ends with the page, and the clock shows a time before it.
    back.task = reopened(&back);
    back.effects = back.task.resume(back.now);
    assert!(matches!(back.effects[..], [Effect::Save, Effect::Wake(due)] if due == back.now), "{:?}", back.effects);
    back.feed(Input::Due);
    assert!(back.sends(Call::Query));
}

#[test]
fn what_lacked_a_key_or_patience_goes_on_and_what_was_stopped_stays_stopped() {
    for (before, after) in [
        (Following::KeyRefused, Following::Yes),
        (Following::NeedsKey, Following::Yes),
        (Following::GaveUp, Following::Yes),
        (Following::Stopped, Following::Stopped),
        (Following::ByHand, Following::ByHand),
    ] {
        let mut bench = start("dashscope");
        bench.answer(200, ACCEPTED);
        (bench.task.following, bench.task.next_ms, bench.task.failures) = (before.clone(), None, 9);
        bench.reopen(1);
        assert_eq!(bench.task.following, after, "{before:?}");
        bench.feed(Input::Due);
        assert_eq!(bench.sends(Call::Query), after == Following::Yes, "{before:?}");
    }
}

#[test]
fn a_download_and_a_wish_to_cancel_begin_anew_and_an_end_stays() {
    let mut bench = start("ope");
    bench.answer(200, r#"{"id":"v-1","status":"QUEUED"}"#);
    bench.due().answer(200, r#"{"id":"v-1","status":"SUCCESS"}"#);
    let no = bench.number();
    bench.feed(Input::Received(no, 10, Some(20)));
    bench.reopen(1).feed(Input::Due);
    assert!(bench.sends(Call::Content) && matches!(bench.task.state, State::Fetching { received: 0, .. }));
    let no = bench.number();
    bench.feed(Input::Arrived(no, 20));
    let done = bench.task.state.clone();
    let rev = bench.task.rev;
    bench.reopen(1);
    assert_eq!((&bench.task.state, bench.effects.len(), bench.task.rev), (&done, 0, rev));
    // The video itself went with the page; the user may download it again.
    bench.feed(Input::FetchAgain);
    assert!(matches!(bench.effects[..], [Effect::Save, Effect::Send { call: Call::Content, .. }]));
    let mut bench = start("dashscope");
    bench.answer(200, ACCEPTED);
    bench.feed(Input::Cancel).reopen(1);
    assert_eq!(bench.task.cancel, None);
    assert!(bench.task.can_cancel());
}

#[test]
fn without_a_key_nothing_is_sent_and_the_task_waits_for_one() {
    let mut bench = start("dashscope");
    bench.feed(Input::NoKey(1));
    assert_eq!((&bench.task.state, bench.task.exchanges.len()), (&State::NotSent, 0));
    let mut bench = start("dashscope");
    bench.answer(200, ACCEPTED);
    bench.due();
    let no = bench.number();
    bench.feed(Input::NoKey(no));
    assert_eq!((&bench.task.following, bench.task.next_ms), (&Following::NeedsKey, None));
    assert_eq!((&bench.effects[..], bench.task.exchanges.len()), (&[Effect::Save][..], 1));
    assert!(matches!(bench.task.state, State::Waiting { .. }));
    bench.feed(Input::Follow);
    assert!(bench.sends(Call::Query));
}

#[test]
fn a_clock_that_jumps_neither_stalls_nor_ends_the_following() {
    let mut bench = start("dashscope");
    bench.now = 1_000_000_000;
    bench.answer(200, ACCEPTED);
    // Set back by days: the timer fires, though the time it was set for is now in the future.
    bench.now -= 500_000_000;
    bench.feed(Input::Due);
    assert!(bench.sends(Call::Query));
    // Set forward by days, or asleep: no time was spent polling.
    bench.now += 900_000_000;
    bench.answer(200, r#"{"output":{"task_status":"RUNNING"}}"#);
    assert_eq!(bench.task.following, Following::Yes);
    // A timer that fires too early is set again.
    bench.feed(Input::Due);
    assert!(matches!(bench.effects[..], [Effect::Wake(due)] if due > bench.now));
}

#[test]
fn the_log_of_a_long_task_stays_small_and_keeps_its_first_line() {
    let mut bench = start("dashscope");
    bench.answer(200, ACCEPTED);
    for _ in 0..200 {
        bench.now += 2000;
        bench
            .feed(Input::AskNow)
            .answer(200, &[r#"{"output":{"task_status":"RUNNING"},"x":""#, &"猫".repeat(99_999), "\"}"].concat());
    }
    assert_eq!((bench.task.exchanges.len(), bench.task.exchanges[0].call), (60, Call::Create));
    assert_eq!(bench.task.exchanges[0].received, ACCEPTED);
    assert_eq!(bench.task.exchanges[59].no, 201);
    let kept: usize = bench.task.exchanges.iter().map(|exchange| exchange.received.len()).sum();
    assert!(kept < 13 * 65 * 1024, "{kept}");
}

#[test]
fn a_record_with_the_id_outranks_one_without_and_then_the_later_one() {
    let mut doubt = start("ope");
    doubt.feed(Input::NoAnswer(1, NetFault::Timeout));
    let mut known = start("ope");
    known.answer(200, r#"{"id":"v-1","status":"QUEUED"}"#);
    doubt.task.rev = 99;
    assert!(known.task.is_ahead_of(&doubt.task) && !doubt.task.is_ahead_of(&known.task));
    let before = known.task.clone();
    known.due().answer(200, r#"{"id":"v-1","status":"IN_PROGRESS"}"#);
    assert!(known.task.is_ahead_of(&before) && known.task.rev > before.rev);
    assert!(!before.is_ahead_of(&before));
    // Of two that were written at the same time, the one that has the end wins.
    let mut ended = known.task.clone();
    known.due().answer(200, r#"{"id":"v-1","status":"FAILED","error":{"code":"x","message":"y"}}"#);
    ended.rev = known.task.rev;
    assert!(known.task.state.is_final() && known.task.is_ahead_of(&ended) && !ended.is_ahead_of(&known.task));
    ended.rev += 1;
    assert!(ended.is_ahead_of(&known.task), "what goes on after an end has a later revision");
}

#[test]
fn everything_that_is_saved_is_saved_first_and_once() {
    let mut bench = start("ope");
    let mut seen = 0;
    bench.answer(200, r#"{"id":"v-1","status":"QUEUED"}"#);
    for input in [Input::Stop, Input::Follow, Input::ByHand, Input::Follow, Input::Due] {
        let rev = bench.task.rev;
        bench.feed(input);
        let saves = bench.effects.iter().filter(|effect| **effect == Effect::Save).count();
        assert_eq!(
            (saves as u64, bench.effects.iter().position(|e| *e == Effect::Save).unwrap_or(0)),
            (bench.task.rev - rev, 0)
        );
        seen += saves;
    }
    assert!(seen >= 4);
}
