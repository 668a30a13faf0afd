//! What people do while the network does its worst, and what must be true when it has calmed down.

use crate::gateway::{ACCOUNT, Truth};
use crate::shell::Key;
use crate::wish::Wish;
use crate::world::{Event, World};
use wan_playground::engine;
use wan_playground::protocol::{Call, Lookable, VideoAt, query};
use wan_playground::snapshot::{Kind, Saved, read};
use wan_playground::task::{Cancel, Effect, Following, Input, LookUp, State, Task, Twin};

/// A schedule from the first press of Run to the final check.
pub fn play(world: &mut World) {
    world.open(0);
    let acts = world.dice.between(30, 90);
    for _ in 0..acts {
        let pace = *world.dice.pick(&[20, 300, 1000, 3000, 8000, 40_000]);
        let in_ms = world.dice.between(1, pace);
        world.pass(in_ms);
        act(world);
    }
    calm_down(world);
    reckon(world);
}

/// Something happens: to the machine, or by a user action.
fn act(world: &mut World) {
    let open: Vec<usize> = (0..2).filter(|page| world.pages[*page].open && !world.pages[*page].is_ghost()).collect();
    if open.is_empty() {
        let page = *world.dice.pick(&[0, 1]);
        world.open(page);
        return;
    }
    let page = *world.dice.pick(&open);
    // What is broken is repaired before long: most of the time a page has a network and a key.
    if !world.online && world.dice.percent(40) {
        world.online = true;
        world.step("online");
        ask_all(world, page);
    }
    if world.pages[page].key != Key::Good && world.dice.percent(30) {
        give_key(world, page);
    }
    match world.dice.between(0, 35) {
        0..=4 if world.wishes.len() < 5 => {
            let wish = world.make_wish();
            if world.dice.percent(12) {
                by_hand(world, page, wish);
                return;
            }
            world.press(page, wish);
            if world.dice.percent(30) {
                world.press(page, wish);
            }
        }
        5 | 6 => reload(world, page),
        7 if open.len() == 2 => {
            world.met("page closed");
            world.close(page);
        }
        7 | 8 if open.len() == 1 => {
            world.met("second page");
            world.open(1 - page);
        }
        8 => world.lose_locks(page),
        9 => {
            let by = i64::try_from(world.dice.between(1000, 200_000_000)).unwrap();
            let back = world.dice.percent(50);
            world.met(if back { "clock back" } else { "clock forward" });
            world.clock_off_ms += if back { -by } else { by };
            world.step(format!("the clock jumps, now off by {} s", world.clock_off_ms / 1000));
        }
        10 => {
            world.step("offline");
            world.online = false;
        }
        11 => world.pages[page].key = Key::None,
        12 => world.pages[page].key = Key::Bad,
        13 => delete(world, page),
        14 => world.pages[page].hidden = !world.pages[page].hidden,
        15 if world.wishes.len() < 5 => adopt(world, page),
        16 => ask_all(world, page),
        17..=25 => {
            let uids = uids(world, page);
            if !uids.is_empty() {
                let uid = world.dice.pick(&uids).clone();
                touch(world, page, &uid);
            }
        }
        // Only time passes.
        _ => {}
    }
}

fn reload(world: &mut World, page: usize) {
    world.close(page);
    world.pages[page].key = if world.dice.percent(75) { Key::Good } else { Key::None };
    let in_ms = world.dice.between(20, 3000);
    world.at(in_ms, Event::Open { page });
}

fn uids(world: &World, page: usize) -> Vec<String> {
    world.pages[page].engine.tasks().map(|(uid, _)| uid.to_owned()).collect()
}

fn task_of(world: &World, page: usize, uid: &str) -> Task {
    world.pages[page].engine.task(uid).unwrap().clone()
}

/// The user returns to the page for a moment: the tab is visible, the network is back.
fn ask_all(world: &mut World, page: usize) {
    if world.dice.percent(50) {
        world.met("looked at");
        return world.hear(page, engine::Event::LookedAt);
    }
    for uid in uids(world, page) {
        world.feed(page, &uid, Input::AskNow);
    }
}

fn give_key(world: &mut World, page: usize) {
    world.pages[page].key = Key::Good;
    if world.pages[page].engine.tasks().any(|(_, task)| task.following == Following::KeyRefused) {
        world.met("key refused");
    }
    world.hear(page, engine::Event::KeyGiven);
}

/// Deletes something that has finished, as in the history.
fn delete(world: &mut World, page: usize) {
    let has_ended = |task: &Task| matches!(task.state, State::Done(_) | State::Failed(..) | State::Canceled);
    let ended: Vec<String> =
        world.pages[page].engine.tasks().filter(|(_, task)| has_ended(task)).map(|(uid, _)| uid.to_owned()).collect();
    if !ended.is_empty() && world.dice.percent(30) {
        let uid = world.dice.pick(&ended).clone();
        world.delete(page, &uid);
    }
}

/// A user action on one task.
fn touch(world: &mut World, page: usize, uid: &str) {
    let task = task_of(world, page, uid);
    match world.dice.between(0, 9) {
        0 => {
            world.met("stop");
            world.feed(page, uid, Input::Stop);
        }
        1 | 2 if task.following != Following::ByHand => world.feed(page, uid, Input::Follow),
        3 => world.feed(page, uid, Input::AskNow),
        4 | 5 if task.can_cancel() => {
            world.met("cancel");
            world.feed(page, uid, Input::Cancel);
        }
        6 if matches!(&task.state, State::Done(done) if done.video == VideoAt::Content) => {
            world.feed(page, uid, Input::FetchAgain);
        }
        6 => help_by_paste(world, page, uid, &task),
        8 if task.id.is_some() && !task.state.is_final() && world.dice.percent(30) => {
            world.feed(page, uid, Input::ByHand);
        }
        _ => clear_up(world, page, uid),
    }
}

/// The user resolves a doubt, in the page or at the gateway.
fn clear_up(world: &mut World, page: usize, uid: &str) {
    let task = task_of(world, page, uid);
    if !matches!(task.state, State::Doubtful(_)) {
        return;
    }
    let accepted = world.wish(uid).accepted.clone();
    if let Some(LookUp::Found(found)) = &task.look_up {
        // What the gateway created before it was queried is in its list; what arrived later is found the next time.
        if let Some(id) = accepted.clone().filter(|id| found.iter().any(|task| task.id == *id)) {
            world.met("attach");
            world.feed(page, uid, Input::Attach(id));
            return;
        }
        // With a wrong clock, a task appears older than the press and is left out: the user finds it in the console.
        let is_off = ["clock back", "clock forward"].iter().any(|jump| world.coverage.contains_key(*jump));
        if let Some(id) = accepted.clone().filter(|_| is_off && !world.storm) {
            world.met("attach by the console");
            world.feed(page, uid, Input::Attach(id));
            return;
        }
    }
    match (task.can_look_up(), accepted) {
        (Lookable::Yes | Lookable::ByAccount, _) => {
            world.met("look up");
            world.feed(page, uid, Input::LookUp(ACCOUNT.to_owned()));
        }
        // The gateway's documents have no list: the user found it in the console.
        (Lookable::No, Some(id)) if !task.is_calling(Call::LookUp) => {
            world.met("attach");
            world.feed(page, uid, Input::Attach(id));
        }
        (Lookable::No, _) => {}
    }
}

/// The user brings a response from elsewhere.
fn help_by_paste(world: &mut World, page: usize, uid: &str, task: &Task) {
    if let Some(id) = &task.id {
        let request = query(&task.origin.endpoint, &task.origin.base, id);
        // The response for another task of the same gateway is not a response for this one.
        let kin = |wish: &&Wish| wish.origin.endpoint == task.origin.endpoint && wish.uid != uid;
        let other = world.wishes.iter().find(kin).and_then(|wish| wish.accepted.clone());
        if let Some(other) = other.filter(|other| other != id) {
            let request = query(&task.origin.endpoint, &task.origin.base, &other);
            let answer = world.by_terminal(&request).unwrap();
            if answer.status == 200 {
                world.met("paste of another task");
                world.feed(page, uid, Input::Pasted(Call::Query, answer));
                assert_eq!(task_of(world, page, uid), *task, "{uid}: it took another task's answer");
            }
        }
        if let Some(answer) = world.by_terminal(&request) {
            world.met("paste query");
            world.feed(page, uid, Input::Pasted(Call::Query, answer));
        }
        return;
    }
    if task.state == State::ByHand && world.wish(uid).creates_sent == 0 {
        let request = task.create.clone().unwrap();
        world.wish(uid).creates_sent = 1;
        // A call that waits for the end is not made from the terminal in this story.
        if let Some(answer) = world.by_terminal(&request) {
            world.note_created(uid, &answer);
        }
    }
    if let Some(answer) = world.wish(uid).create_answer.clone() {
        world.met("paste create");
        world.feed(page, uid, Input::Pasted(Call::Create, answer));
    }
}

/// A task whose calls are made from a terminal.
fn by_hand(world: &mut World, page: usize, index: usize) {
    let now_ms = world.page_now_ms();
    let wish = &mut world.wishes[index];
    wish.by_hand = true;
    let (uid, draft) = (wish.uid.clone(), wish.draft.clone());
    let (task, effects) = Task::by_hand(uid.clone(), wish.origin.clone(), &wish.generation, now_ms);
    assert_eq!(effects, [Effect::Save]);
    world.met("by hand");
    world.hear(page, engine::Event::Began(Box::new(Saved { task, draft }), effects));
}

/// A task that was created elsewhere is imported by its id.
fn adopt(world: &mut World, page: usize) {
    let index = world.make_wish();
    let request = world.wishes[index].generation.request().clone();
    let uid = world.wishes[index].uid.clone();
    world.wishes[index].creates_sent = 1;
    let Some(answer) = world.by_terminal(&request) else {
        // A call that waits for the end: nobody knows its id yet, so there is nothing to import.
        world.wishes.pop();
        return;
    };
    world.note_created(&uid, &answer);
    let wish = &mut world.wishes[index];
    // Nobody here saw it created: a gateway that does not know it is believed immediately.
    wish.unproven = 0;
    let Some(id) = wish.accepted.clone() else { return };
    let (origin, draft) = (wish.origin.clone(), wish.draft.clone());
    let (task, effects) = Task::adopt(uid.clone(), origin, id, world.page_now_ms());
    world.met("adopt");
    world.hear(page, engine::Event::Began(Box::new(Saved { task, draft }), effects));
}

/// The network is healthy, one page is open, the user is back and tracks every task to its end.
fn calm_down(world: &mut World) {
    world.step("--- all is calm");
    world.storm = false;
    world.online = true;
    // A pending write completes, unless the page is closed before.
    let in_ms = world.dice.between(0, 5000);
    world.pass(in_ms);
    world.close(1);
    if world.dice.percent(50) {
        world.close(0);
    }
    world.open(0);
    world.pages[0].hidden = false;
    give_key(world, 0);
    for _ in 0..18 {
        world.pass(10 * 60_000);
        // The user is where the tasks are: another page may have been about to open.
        let page = 0;
        if world.pages[page].is_ghost() || !world.pages[page].open {
            continue;
        }
        give_key(world, page);
        let mut is_quiet = true;
        for uid in uids(world, page) {
            let Some(task) = world.pages[page].engine.task(&uid).cloned() else { continue };
            clear_up(world, page, &uid);
            if task.state == State::ByHand {
                help_by_paste(world, page, &uid, &task);
            } else if !task.state.is_final() && task.following != Following::Yes {
                world.feed(page, &uid, Input::Follow);
            }
            // The page offers it as long as it is unknown.
            if task.can_look_for_twin() {
                world.feed(page, &uid, Input::LookForTwin);
                is_quiet = false;
            }
            let is_open = matches!(task.state, State::Doubtful(_)) && world.wish(&uid).accepted.is_some();
            is_quiet &= task.state.is_final() && !is_open;
        }
        if is_quiet {
            break;
        }
    }
    world.pass(10_000);
}

/// Every task the gateway created is tracked to its end, and none was created twice.
fn reckon(world: &mut World) {
    let creates = world.gateway.creates();
    for index in 0..world.wishes.len() {
        let wish = &world.wishes[index];
        let (uid, mark) = (wish.uid.clone(), wish.mark.clone());
        let seen = creates.iter().filter(|body| body.contains(&mark)).count();
        let expected = 1 + usize::from(wish.repeated);
        assert!(seen <= expected, "{uid}: the gateway saw {seen} create calls");
        let twin = wish.twin.clone();
        if wish.is_deleted {
            continue;
        }
        let record = world.disk.get(&uid).map(|text| read(text).expect("what was written can be read").task);
        let Some(id) = wish.accepted.clone() else {
            let kind = record.map(|task| Kind::of(&task.state));
            let none = [Kind::NotSent, Kind::Refused, Kind::Doubtful, Kind::ByHand].map(Some);
            assert!(kind.is_none() || none.contains(&kind), "{uid}: nothing was made, but it is {kind:?}");
            if kind == Some(Kind::Doubtful) {
                world.met("end doubtful");
            }
            continue;
        };
        // Adopted, but the page was closed before the first write: the user still has the id.
        let taken_up_in_vain = record.is_none() && wish.unproven == 0;
        if taken_up_in_vain {
            continue;
        }
        let task = record.unwrap_or_else(|| panic!("{uid}: lost: the gateway made it and there is no record"));
        let truth = world.gateway.truth(&wish.query, &id.0);
        if truth == Truth::Lost && matches!(task.state, State::Doubtful(_)) {
            // No list names what the gateway itself has forgotten: the doubt remains, and the page says so.
            continue;
        }
        assert_eq!(task.id, Some(id.clone()), "{uid}: lost: the gateway made it, and its record is {:?}", task.state);
        let told = match &task.state {
            State::Done(done) => {
                assert_ne!(done.video, VideoAt::Nowhere, "{uid}: the video has a link");
                Truth::Done
            }
            State::Failed(..) => Truth::Failed,
            State::Canceled => Truth::Canceled,
            State::Lost(_) => Truth::Lost,
            other => panic!("{uid}: it never ended: {other:?}, {:?}", task.following),
        };
        if let Some(twin) = twin {
            let named = matches!(&task.twin, Twin::Found(ids) if ids.contains(&twin));
            // Without a list, nothing can name it; a list that requires an account needs a response that carries it.
            let lookable = wan_playground::protocol::lookable(&task.origin.endpoint) == Lookable::Yes;
            assert!(named || !lookable, "{uid}: paid twice, and nobody is told: {:?}", task.twin);
            world.met(if named { "twin named" } else { "twin without a list" });
        }
        let wish = &world.wishes[index];
        assert_eq!(told, truth, "{uid} at {}: the page says {told:?}, the gateway {truth:?}", wish.gateway);
        assert_ne!(task.cancel, Some(Cancel::Asked), "{uid}: a wish to cancel is left open");
        world.met(format!("end {}", Kind::of(&task.state).name()));
    }
}
