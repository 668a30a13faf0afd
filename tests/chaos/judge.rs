//! What must hold for every step of a task, and how a step is printed.

use crate::network::{ATTEMPT, OTHER};
use wan_playground::protocol::{Call, Stage};
use wan_playground::snapshot::Kind;
use wan_playground::task::{Following, Input, State, Task};

/// What must hold for every step of a task, whatever happened. `follows`: the tab polls it automatically.
pub fn judge(before: &Task, after: &Task, input: &Input, follows: bool) {
    let uid = &after.uid;
    assert!(before.id.is_none() || matches!(input, Input::Attach(_)) || before.id == after.id, "{uid}: another id");
    let is_end = matches!(before.state, State::Failed(..) | State::Canceled);
    assert!(!is_end || before.state == after.state, "{uid}: {:?} became {:?}", before.state, after.state);
    let is_done = matches!(before.state, State::Done(_));
    let again = matches!(input, Input::FetchAgain | Input::Follow | Input::Pasted(..));
    assert!(!is_done || again || before.state == after.state, "{uid}: {:?} became {:?}", before.state, after.state);
    match input {
        // A query without a response says nothing about the task.
        Input::NoAnswer(..) if before.id.is_some() => {
            assert_eq!(Kind::of(&before.state), Kind::of(&after.state), "{uid}: no answer changed it");
        }
        Input::Answered(no, answer) if before.id.is_some() => {
            let call = before.exchanges.iter().find(|exchange| exchange.no == *no).map(|exchange| exchange.call);
            let is_trouble = answer.status == 429 || answer.status >= 500 || answer.body.trim().is_empty();
            let is_trouble = is_trouble || answer.body.starts_with('<') || answer.body.starts_with("null");
            if is_trouble && call == Some(Call::Query) {
                assert_eq!(before.state, after.state, "{uid}: trouble changed it: {answer:?}");
            }
            // Bodies with these strings in them are complete, except one that was cut.
            let goes_on = answer.body.contains(ATTEMPT) || answer.body.contains(OTHER);
            if goes_on && call == Some(Call::Query) && matches!(before.state, State::Waiting { .. }) {
                let is_waiting = matches!(after.state, State::Waiting { .. });
                assert!(is_waiting, "{uid}: it is not over: {:?}, by {}", after.state, answer.body);
                assert!(after.setback.is_some() || !answer.body.contains(ATTEMPT), "{uid}: the attempt is not told of");
            }
            if answer.body.contains("POLISHING") && matches!(before.state, State::Waiting { .. }) {
                let running = matches!(after.state, State::Waiting { stage: Stage::Unknown | Stage::Queued, .. });
                assert!(running, "{uid}: an unknown word means still running: {:?}", after.state);
            }
        }
        _ => {}
    }
    let rising = after.exchanges.windows(2).all(|pair| pair[0].no < pair[1].no);
    assert!(rising, "{uid}: two calls bear the same number");
    let plans = after.following == Following::Yes && !after.state.is_final() && after.id.is_some();
    let calls = after.is_calling(Call::Query) || after.is_calling(Call::Content);
    assert!(
        !plans || !follows || calls || after.next_ms.is_some(),
        "{uid}: followed, but nothing is planned: {after:?}"
    );
}

/// An input in a few words.
pub fn say(input: &Input) -> String {
    match input {
        Input::Answered(no, answer) => {
            let body: String = answer.body.chars().take(90).collect();
            format!("answer {no} {} {:?}", answer.status, body.replace(['\n', ' '], ""))
        }
        Input::Pasted(call, answer) => format!("paste {call:?} {}", answer.status),
        Input::Attach(_) => "attach".to_owned(),
        other => format!("{other:?}"),
    }
}

/// A state in a few words.
pub fn say_state(task: &Task) -> String {
    format!("{} ({:?}, rev {})", Kind::of(&task.state).name(), task.following, task.rev)
}
