//! Keys that are missing, refused and given.

use super::*;

#[test]
fn without_a_key_a_task_is_let_go_and_a_key_takes_it_up_again() {
    let mut tab = tab();
    tab.follow("u").has_key(None);
    tab.fire("u");
    assert_eq!((tab.task("u").following.clone(), tab.place("u")), (Following::NeedsKey, &Place::Away));
    assert!(tab.words().contains(&"let go") && tab.sends().is_empty());
    tab.live(Event::KeyGiven);
    assert!(tab.words().is_empty(), "there is none yet");
    tab.has_key(Some("sk-canary-good"));
    tab.live(Event::KeyGiven);
    assert_eq!((tab.task("u").following.clone(), tab.place("u")), (Following::Yes, &Place::Ours));
    tab.fire("u");
    assert_eq!(tab.sends(), [Call::Query]);
}

#[test]
fn a_refused_key_is_not_tried_again_by_itself() {
    let mut tab = tab();
    tab.follow("u").fire("u").refuse_key("u");
    assert_eq!((tab.task("u").following.clone(), tab.place("u")), (Following::KeyRefused, &Place::Away));
    // The lock comes back, as after another tab has had no success either.
    let record = tab.record("u");
    tab.live(Event::Read("u".into(), Why::News, record));
    assert_eq!(tab.place("u"), &Place::Away);
    tab.has_key(Some("sk-another-key"));
    tab.live(Event::KeyGiven).fire("u");
    assert_eq!(tab.sends(), [Call::Query]);
}

#[test]
fn the_same_key_given_once_more_is_a_wish_to_try_it_again() {
    let mut tab = tab();
    tab.follow("u").fire("u").refuse_key("u").now_ms += 1000;
    tab.live(Event::KeyGiven).fire("u");
    assert_eq!(tab.sends(), [Call::Query]);
}

#[test]
fn a_key_wakes_only_what_lacks_one() {
    let mut tab = tab();
    tab.follow("a").follow("b").live(Event::Wish("b".into(), Input::Stop));
    tab.follow("c").fire("c").give_answer("c", DONE);
    tab.live(Event::KeyGiven);
    assert!(tab.said.is_empty(), "{:?}", tab.words());
    assert_eq!(tab.task("b").following, Following::Stopped);
}

#[test]
fn a_key_that_comes_while_the_refusal_is_written_is_not_missed() {
    let mut tab = tab();
    tab.follow("u").fire("u");
    let no = tab.task("u").calls;
    let body = r#"{"code":"InvalidApiKey","message":"no"}"#;
    tab.hear(Event::Told("u".into(), Input::Answered(no, Response { status: 401, ..answer(body) })));
    assert_eq!(tab.words(), ["write"]);
    tab.has_key(Some("sk-another-key"));
    tab.hear(Event::KeyGiven);
    assert!(tab.words().is_empty());
    tab.hear(Event::Written { uid: "u".into(), write: tab.engine.count, is_kept: true });
    assert_eq!(tab.words(), ["tell", "let go", "stand in line"]);
}

#[test]
fn a_tab_without_a_key_says_so_at_once_and_leaves_the_task_to_the_next() {
    let (mut first, mut second) = (tab(), tab());
    first.follow("u");
    second.disk = first.disk.clone();
    second.has_key(None);
    let saved = first.record("u").expect("it was written");
    second.live(Event::Opened(vec![*saved]));
    assert_eq!((second.task("u").following.clone(), second.place("u")), (Following::NeedsKey, &Place::Away));
    assert_eq!(second.words().last(), Some(&"let go"));
}

#[test]
fn a_record_that_lacks_a_key_is_no_work_for_a_tab_that_has_none() {
    let (mut first, mut second) = (tab(), tab());
    first.follow("u").has_key(None);
    first.fire("u");
    second.disk = first.disk.clone();
    second.has_key(None);
    second.live(Event::Found(first.record("u").expect("it was written")));
    assert_eq!(second.words(), ["add", "stand in line", "read", "here", "let go"], "it writes nothing");
    // A message from another tab that also has no key wakes nobody; with a key it would.
    let mut third = tab();
    third.hear(Event::Found(first.record("u").expect("it was written"))).hear(Event::Unlocked("u".into()));
    second.hear(Event::Read("u".into(), Why::News, first.record("u")));
    assert!(second.words().is_empty());
    second.has_key(Some("sk-another-key"));
    second.hear(Event::Read("u".into(), Why::News, first.record("u")));
    assert_eq!(second.words(), ["stand in line"]);
}

#[test]
fn who_pastes_an_answer_without_a_key_goes_on_by_hand() {
    let mut tab = tab();
    tab.follow("u").has_key(None);
    tab.fire("u");
    tab.live(Event::Wish("u".into(), Input::Pasted(Call::Query, answer(RUNNING))));
    assert_eq!((tab.task("u").following.clone(), tab.place("u")), (Following::ByHand, &Place::Ours));
    tab.live(Event::Wish("u".into(), Input::Pasted(Call::Query, answer(DONE))));
    assert!(matches!(tab.task("u").state, State::Done(_)));
}

#[test]
fn a_way_that_opens_takes_up_what_was_asked_by_hand_there() {
    let mut tab = tab();
    tab.follow("u").live(Event::Wish("u".into(), Input::ByHand));
    tab.live(Event::WayOpened("https://elsewhere.example".into()));
    assert!(tab.said.is_empty());
    tab.live(Event::WayOpened("https://dashscope.aliyuncs.com".into()));
    assert_eq!(tab.sends(), [Call::Query]);
}
