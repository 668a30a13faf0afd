//! The queue: nothing overtakes a record on its way to the disk.

use super::*;

#[test]
fn a_new_task_is_written_when_its_lock_is_ours_and_sent_when_it_is_written() {
    let mut tab = tab();
    let (saved, effects) = made("u", tab.now_ms);
    tab.hear(Event::Began(Box::new(saved), effects));
    assert_eq!(tab.words(), ["add", "select", "stand in line"]);
    tab.hear(Event::Locked("u".into()));
    assert_eq!(tab.words(), ["write"]);
    tab.hear(Event::Written { uid: "u".into(), write: 1, is_kept: true });
    assert_eq!(tab.words(), ["tell", "send"]);
}

/// A customer's request, sent as it was pasted.
fn pasted(uid: &str, now_ms: u64) -> (Saved, Vec<Effect>) {
    let base = BaseUrl::parse("https://dashscope.aliyuncs.com").expect("an address");
    let command = "curl https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis \\\n -H 'Content-Type: application/json' -d '{\"model\":\"wan2.5-t2v-preview\",\"prompt\":\"a cat\",}'";
    let cards = crate::paste::read(Catalog::built_in(), &[], command, now_ms).cards;
    let crate::paste::Holds::Request(asked) = &cards[0].holds else { panic!("a request") };
    let exact = asked.exact.as_ref().expect("it can be sent");
    let generation = exact.generation(Catalog::built_in(), &base, "cn", &[]).expect("it holds no key");
    let gateway = Catalog::built_in().gateway("dashscope").expect("built in");
    let model = gateway.model(exact.model()).expect("built in");
    let origin = Origin::of(gateway, model, base, "cn").expect("built in");
    let (task, effects) = Task::start(uid.into(), origin, &generation, now_ms);
    (Saved { task, draft: exact.draft() }, effects)
}

#[test]
fn a_pasted_request_is_written_before_it_is_sent_once_and_its_id_before_it_is_asked_for() {
    let mut tab = tab();
    let (saved, effects) = pasted("u", tab.now_ms);
    let request = saved.task.create.clone().expect("a create call");
    tab.hear(Event::Began(Box::new(saved), effects));
    tab.hear(Event::Locked("u".into()));
    assert_eq!(tab.words(), ["write"]);
    tab.hear(Event::Written { uid: "u".into(), write: 1, is_kept: true });
    assert_eq!(tab.words(), ["tell", "send"]);
    let Some(Command::Send { request: sent, .. }) = tab.said.last() else { panic!("{:?}", tab.said) };
    assert_eq!(
        (sent, sent.body_text().as_deref()),
        (&request, Some("{\"model\":\"wan2.5-t2v-preview\",\"prompt\":\"a cat\",}"))
    );
    // The same press counts once, as any other.
    assert_eq!(tab.engine.pressed(&request, tab.now_ms, None), Some("u"));
    tab.hear(Event::Told("u".into(), Input::Answered(1, answer(ACCEPTED))));
    assert_eq!(tab.words(), ["write"], "the id comes first");
    let record = crate::snapshot::write(tab.disk.last().expect("it was written"));
    let read = crate::snapshot::read(&record).expect("it reads").task;
    assert!(read.is_exact() && read.create == Some(request), "{record}");
}

#[test]
fn what_comes_while_a_record_is_written_waits_behind_it() {
    let mut tab = tab();
    tab.follow("u");
    tab.hear(Event::Wish("u".into(), Input::Stop));
    assert_eq!(tab.words(), ["write"]);
    tab.hear(Event::Wish("u".into(), Input::Follow));
    assert!(tab.words().is_empty(), "{:?}", tab.words());
    let write = tab.engine.count;
    tab.hear(Event::Written { uid: "u".into(), write, is_kept: true });
    assert_eq!(tab.words(), ["tell", "write"]);
    tab.hear(Event::Written { uid: "u".into(), write: tab.engine.count, is_kept: true });
    assert_eq!(tab.words(), ["tell", "send"]);
}

#[test]
fn a_record_is_the_one_of_its_moment_whatever_came_since() {
    let mut tab = tab();
    tab.follow("u");
    let wishes = [Input::Stop, Input::ByHand, Input::Stop, Input::ByHand];
    for wish in wishes {
        tab.hear(Event::Wish("u".into(), wish));
    }
    let revs = (tab.disk.len(), tab.disk.last().map(|saved| saved.task.rev));
    for _ in 0..3 {
        tab.hear(Event::Written { uid: "u".into(), write: tab.engine.count, is_kept: true });
    }
    let kept: Vec<_> = tab.disk[revs.0 - 1..].iter().map(|saved| saved.task.following.clone()).collect();
    assert_eq!(kept, [Following::Stopped, Following::ByHand, Following::Stopped, Following::ByHand]);
    assert_eq!(tab.disk.last().map(|saved| saved.task.rev), revs.1.map(|rev| rev + 3));
}

#[test]
fn what_is_wanted_of_a_new_task_before_its_lock_is_ours_comes_after_its_first_record() {
    let mut tab = tab();
    let (saved, effects) = made("u", tab.now_ms);
    tab.hear(Event::Began(Box::new(saved), effects)).hear(Event::Wish("u".into(), Input::Stop));
    assert!(tab.words().is_empty(), "{:?}", tab.words());
    tab.hear(Event::Locked("u".into()));
    assert_eq!(tab.disk.last().map(|saved| (saved.task.rev, saved.task.following.clone())), Some((1, Following::Yes)));
    tab.hear(Event::Written { uid: "u".into(), write: tab.engine.count, is_kept: true });
    assert_eq!(tab.words(), ["tell", "send", "write"]);
}

#[test]
fn what_cannot_be_kept_goes_on_all_the_same_and_the_other_tabs_hear_nothing() {
    let mut tab = tab();
    let (saved, effects) = made("u", tab.now_ms);
    tab.hear(Event::Began(Box::new(saved), effects)).hear(Event::Locked("u".into()));
    tab.hear(Event::Written { uid: "u".into(), write: 1, is_kept: false });
    assert_eq!(tab.words(), ["send"]);
}

#[test]
fn the_end_of_another_write_lets_nothing_pass() {
    let mut tab = tab();
    tab.follow("u");
    tab.hear(Event::Wish("u".into(), Input::Cancel)).hear(Event::Wish("u".into(), Input::Stop));
    assert_eq!(tab.words(), ["write"]);
    tab.hear(Event::Wish("u".into(), Input::Follow));
    tab.hear(Event::Written { uid: "u".into(), write: 1, is_kept: true });
    assert_eq!(tab.words(), ["tell"], "the write of an earlier life");
}

#[test]
fn a_deleted_task_does_nothing_any_more() {
    let mut tab = tab();
    tab.follow("u").hear(Event::Wish("u".into(), Input::Stop));
    tab.hear(Event::Wish("u".into(), Input::Follow)).hear(Event::Deleted("u".into()));
    assert_eq!(tab.words(), ["let go", "drop"]);
    tab.hear(Event::Written { uid: "u".into(), write: tab.engine.count, is_kept: true });
    assert_eq!(tab.words(), ["tell"]);
    tab.hear(Event::Locked("u".into()));
    assert_eq!(tab.words(), ["let go"], "a lock that comes too late goes back");
}

#[test]
fn the_draft_of_a_task_is_in_each_of_its_records() {
    let mut tab = tab();
    tab.follow("u").live(Event::Wish("u".into(), Input::Stop));
    let wanted = made("u", 0).0.draft;
    assert!(tab.disk.len() >= 3 && tab.disk.iter().all(|saved| saved.draft == wanted));
    // A newer record from another tab says what happened, not what the user requested.
    let mut newer = tab.record("u").expect("it was written");
    newer.task.rev += 7;
    newer.draft = Draft::default();
    tab.disk.push(*newer);
    tab.hear(Event::Unlocked("u".into())).live(Event::Locked("u".into()));
    assert_eq!(tab.engine.draft("u").map(|draft| (**draft).clone()), Some(wanted));
}

#[test]
fn a_key_that_was_sent_is_out_of_the_record_though_another_was_given_since() {
    let mut tab = tab();
    tab.follow("u").fire("u");
    tab.has_key(Some("sk-another-key"));
    tab.give_answer("u", r#"{"output":{"task_status":"RUNNING","message":"for c2stY2FuYXJ5LWdvb2Q, see there"}}"#);
    let kept = crate::snapshot::write(tab.disk.last().expect("it was written"));
    assert!(kept.contains("see there") && !kept.contains("c2stY2FuYXJ5LWdvb2Q"), "{kept}");
}

#[test]
fn the_simulator_makes_no_twin() {
    let told = |at_simulator| {
        let mut tab = tab();
        tab.begin("u").live(Event::MayBeTwice { uid: "u".into(), at_simulator });
        tab.task("u").twin.clone()
    };
    assert_eq!(told(true), crate::task::Twin::None);
    assert_eq!(told(false), crate::task::Twin::Possible);
}
