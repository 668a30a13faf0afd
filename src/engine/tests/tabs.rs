//! Several tabs: which one polls, what the others do meanwhile, and how a task changes hands.

use super::*;
use crate::engine::place::PATIENCE_MS;

/// A second tab that knows of a task which the first one polls, and waits in line for it.
fn watching(first: &Tab) -> Tab {
    let mut second = tab();
    second.now_ms = first.now_ms;
    second.disk = first.disk.clone();
    second.hear(Event::Heard(Word::Saved("u".into())));
    assert_eq!(second.words(), ["read"]);
    second.hear(Event::Read("u".into(), Why::News, first.record("u")));
    assert_eq!(second.words(), ["add", "stand in line"]);
    second
}

#[test]
fn words_between_tabs_are_read_as_they_were_printed_and_nothing_else_is() {
    let uid = || "1795-12".to_owned();
    let wishes = [Input::AskNow, Input::Stop, Input::Follow, Input::Cancel, Input::ByHand];
    let mut words = vec![Word::Saved(uid()), Word::Gone(uid()), Word::Forget];
    words.extend(wishes.into_iter().map(|wish| Word::Wish(uid(), wish)));
    for word in words {
        assert_eq!(Word::read(&word.print().expect("it travels")), Some(word));
    }
    assert_eq!(Word::Wish(uid(), Input::LookForTwin).print(), None);
    for text in ["", "saved", "sold 1", "Saved 1", "askk 1"] {
        assert_eq!(Word::read(text), None, "{text}");
    }
}

#[test]
fn one_tab_asks_and_the_other_shows_what_it_writes() {
    let mut first = tab();
    first.follow("u");
    let mut second = watching(&first);
    second.hear(Event::StillWaiting("u".into()));
    assert_eq!(second.words(), ["elsewhere"]);
    first.fire("u").give_answer("u", RUNNING);
    second.hear(Event::Read("u".into(), Why::News, first.record("u")));
    assert!(second.words().is_empty());
    assert_eq!(second.task("u").state, first.task("u").state);
    second.now_ms += 600_000;
    assert!(second.engine.held["u"].timer.is_none(), "it has no timer of its own");
}

#[test]
fn nobody_is_told_of_a_line_that_is_short() {
    let mut tab = tab();
    tab.follow("u");
    let saved = tab.record("u").expect("it was written");
    let mut next = super::tab();
    next.disk = tab.disk.clone();
    next.hear(Event::Opened(vec![*saved]));
    assert!(next.said.iter().any(|command| matches!(command, Command::Patience(_, PATIENCE_MS))));
    next.live(Event::Locked("u".into())).hear(Event::StillWaiting("u".into()));
    assert!(next.words().is_empty());
}

#[test]
fn the_next_in_line_goes_on_from_what_the_last_tab_wrote() {
    let mut first = tab();
    first.follow("u");
    let mut second = watching(&first);
    // The second tab has not heard of this yet.
    first.fire("u").give_answer("u", RUNNING);
    second.disk = first.disk.clone();
    second.live(Event::Locked("u".into()));
    assert_eq!(second.task("u").state, first.task("u").state);
    assert_eq!(second.place("u"), &Place::Ours);
    second.fire("u");
    assert_eq!(second.sends(), [Call::Query]);
}

#[test]
fn a_create_call_of_a_tab_that_died_is_in_doubt_and_is_not_sent_again() {
    let mut first = tab();
    first.begin("u");
    let mut second = watching(&first);
    second.live(Event::Locked("u".into()));
    assert!(matches!(second.task("u").state, State::Doubtful(_)) && second.sends().is_empty());
    assert_eq!(second.place("u"), &Place::Away, "nothing will move by itself");
}

#[test]
fn a_wish_goes_to_the_tab_that_follows_and_is_done_there() {
    let mut first = tab();
    first.follow("u");
    let mut second = watching(&first);
    second.hear(Event::Wish("u".into(), Input::Stop));
    let told = match &second.said[..] {
        [Command::Tell(word)] => word.clone(),
        other => panic!("{other:?}"),
    };
    first.live(Event::Heard(told.clone()));
    assert_eq!(first.task("u").following, Following::Stopped);
    second.hear(Event::Heard(told));
    assert!(second.said.is_empty(), "who does not follow does nothing");
}

#[test]
fn what_no_word_carries_is_done_here_and_so_is_everything_without_a_channel() {
    let mut first = tab();
    first.follow("u");
    let mut second = watching(&first);
    second.hear(Event::Wish("u".into(), Input::Pasted(Call::Query, answer(DONE))));
    assert!(matches!(second.task("u").state, State::Done(_)));
    assert!(second.words().contains(&"write"));
    let mut deaf = tab_of(Scope::Page, Channel::Missing);
    deaf.hear(Event::Found(first.record("u").expect("it was written")));
    deaf.hear(Event::Wish("u".into(), Input::Stop));
    assert_eq!(deaf.task("u").following, Following::Stopped);
}

#[test]
fn an_end_that_another_tab_was_given_by_hand_ends_the_following() {
    let mut first = tab();
    first.follow("u");
    let mut second = watching(&first);
    second.live(Event::Wish("u".into(), Input::Pasted(Call::Query, answer(DONE))));
    first.hear(Event::Read("u".into(), Why::News, second.record("u")));
    assert!(matches!(first.task("u").state, State::Done(_)));
    assert_eq!((first.words(), first.place("u")), (vec!["let go", "here"], &Place::Away));
}

#[test]
fn who_follows_a_task_knows_best() {
    let mut first = tab();
    first.follow("u").fire("u");
    let mut ahead = first.record("u").expect("it was written");
    ahead.task.rev += 5;
    ahead.task.following = Following::Stopped;
    first.hear(Event::Read("u".into(), Why::News, Some(ahead)));
    assert_eq!(first.task("u").following, Following::Yes);
    assert!(first.said.is_empty());
}

#[test]
fn of_two_tabs_at_the_same_revision_each_keeps_its_own_until_one_knows_more() {
    let mut first = tab();
    first.follow("u");
    let mut second = watching(&first);
    // The first one lost the lock and does not know it yet.
    second.live(Event::Locked("u".into())).fire("u").give_answer("u", RUNNING);
    let rev = first.task("u").rev;
    for _ in 0..2 {
        first.fire("u").give_answer("u", r#"{"output":{"task_status":"PENDING","task_id":"t-1"}}"#);
    }
    assert!(first.task("u").rev > rev, "its answers are taken");
    let (mine, theirs) = (first.task("u").clone(), second.task("u").clone());
    assert_eq!(mine.rank(), theirs.rank());
    let record = first.record("u");
    second.hear(Event::Read("u".into(), Why::News, record));
    assert_eq!(second.task("u"), &theirs);
    // Now it learns of it: it waits in line, and takes what the other wrote if that knows more.
    first.hear(Event::Unlocked("u".into()));
    assert_eq!(first.words(), ["stand in line"]);
    second.now_ms += 60_000;
    second.fire("u").give_answer("u", DONE);
    first.hear(Event::Read("u".into(), Why::News, second.record("u")));
    assert_eq!(first.task("u").state, second.task("u").state);
}

#[test]
fn an_answer_that_names_the_task_is_taken_by_a_tab_that_has_let_go_and_is_followed_from_then_on() {
    let mut tab = tab();
    tab.begin("u").live(Event::Told("u".into(), Input::NoAnswer(1, NetFault::Timeout)));
    assert!(matches!(tab.task("u").state, State::Doubtful(_)));
    assert_eq!(tab.place("u"), &Place::Away);
    tab.live(Event::Told("u".into(), Input::Answered(1, answer(ACCEPTED))));
    assert_eq!(tab.place("u"), &Place::Ours);
    tab.fire("u");
    assert_eq!(tab.sends(), [Call::Query]);
}

#[test]
fn a_wish_for_a_task_that_nobody_follows_takes_it_up_first() {
    let mut tab = tab();
    tab.begin("u").live(Event::Told("u".into(), Input::NoAnswer(1, NetFault::Timeout)));
    let id = crate::protocol::TaskId("t-1".into());
    tab.hear(Event::Wish("u".into(), Input::Attach(id)));
    assert_eq!(tab.words(), ["stand in line"]);
    tab.live(Event::Locked("u".into()));
    assert!(tab.sends().contains(&Call::Query));
}

#[test]
fn a_wish_while_the_record_is_read_is_not_lost_and_what_it_sends_is_not_forgotten() {
    let mut first = tab();
    first.follow("u");
    let mut second = watching(&first);
    second.hear(Event::Locked("u".into()));
    assert_eq!(second.words(), ["read"]);
    second.now_ms += 60_000;
    second.hear(Event::Wish("u".into(), Input::AskNow));
    assert!(second.said.is_empty());
    let record = first.record("u");
    second.live(Event::Read("u".into(), Why::TakeUp, record));
    assert_eq!(second.sends(), [Call::Query]);
    second.give_answer("u", RUNNING);
    assert!(matches!(&second.task("u").state, State::Waiting { word, .. } if word == "RUNNING"));
}

#[test]
fn an_embed_shows_nothing_of_what_other_tabs_begin() {
    let mut first = tab();
    first.follow("u");
    let mut embed = tab_of(Scope::Embed, Channel::Open);
    embed.hear(Event::Read("u".into(), Why::News, first.record("u")));
    assert!(embed.words().is_empty() && embed.engine.task("u").is_none());
}

#[test]
fn what_another_tab_ended_is_for_the_history() {
    let mut first = tab();
    first.follow("u").fire("u").give_answer("u", DONE);
    let mut second = tab();
    second.hear(Event::Read("u".into(), Why::News, first.record("u")));
    assert!(second.engine.task("u").is_none());
}

#[test]
fn what_another_tab_deleted_leaves_this_one_too() {
    let mut first = tab();
    first.follow("u");
    let mut second = watching(&first);
    second.hear(Event::Heard(Word::Gone("u".into())));
    assert_eq!(second.words(), ["let go", "drop"]);
    second.hear(Event::Heard(Word::Forget));
    assert_eq!(second.words(), ["forget keys"]);
}

#[test]
fn a_page_that_opens_shows_the_newest_of_what_goes_on() {
    let mut first = tab();
    first.follow("a").now_ms += 1000;
    first.follow("b").now_ms += 1000;
    first.follow("c").fire("c").give_answer("c", DONE);
    let found = ["c", "a", "b"].map(|uid| *first.record(uid).expect("it was written"));
    let mut next = tab();
    next.hear(Event::Opened(found.to_vec()));
    let selected: Vec<_> = next.said.iter().filter(|command| matches!(command, Command::Select(_))).collect();
    assert!(matches!(&selected[..], [Command::Select(uid)] if uid == "b"));
    assert_eq!(next.words().iter().filter(|word| **word == "stand in line").count(), 2);
    // Finding it again does not add a second task.
    next.hear(Event::Found(first.record("a").expect("it was written")));
    assert!(next.said.is_empty());
}

#[test]
fn a_press_means_the_task_that_was_made_by_it_and_no_other() {
    let mut tab = tab();
    tab.begin("u");
    let request = tab.task("u").create.clone().expect("it was made here");
    assert_eq!(tab.engine.pressed(&request, tab.now_ms + 100, None), Some("u"));
    assert_eq!(tab.engine.pressed(&request, tab.now_ms + 100, Some("u")), None);
    let other = made("w", 0).0.task.create.expect("it was made here");
    assert_eq!(tab.engine.pressed(&other, tab.now_ms + 100, None), None);
}

#[test]
fn closing_the_tab_loses_a_create_call_without_an_answer_and_what_is_not_on_disk() {
    let mut tab = tab();
    assert!(!tab.engine.counts_time());
    tab.begin("u");
    assert!(tab.engine.would_lose(true) && tab.engine.counts_time());
    tab.give_answer("u", ACCEPTED);
    assert!(!tab.engine.would_lose(true) && tab.engine.would_lose(false));
    tab.fire("u").give_answer("u", DONE);
    assert!(!tab.engine.would_lose(false) && tab.engine.counts_time());
}
