//! Every code and message of the tables, every class of status, every call and everything that may be known of a task:
//! nothing tells people to run again where a task exists or may exist, by the typed advice and by the words.

use crate::complaint::Legal;
use crate::diagnosis::{Diagnosis, Missing};
use crate::failure::{CODES, MESSAGES, Remedy, Retry, Scene, remedy};
use crate::protocol::{Call, Fault, Stage, Unreadable, Usage, VideoAt};
use crate::task::{Doubt, Finished, Following, NetFault, State};
use crate::verdict::{Advice, Hindrance, Known, advise, verdict};
use crate::words::failure::{
    Labels, advice, asking, billed, labels, legal, marked, other_task, past_cancel, retry, setback, twice,
    what_happened,
};
use crate::words::lang::Lang;
use crate::words::tests::check_language;
use crate::words::{diagnosis, next_look, paused, takeup};
use std::collections::{BTreeMap, BTreeSet};

const CALLS: [Call; 5] = [Call::Create, Call::Query, Call::Cancel, Call::Content, Call::LookUp];
const STATUSES: [u16; 14] = [200, 400, 401, 402, 403, 404, 408, 409, 413, 418, 429, 500, 503, 504];
const LANGS: [Lang; 2] = [Lang::En, Lang::Zh];
const FOLLOWING: [Following; 6] = [
    Following::Yes,
    Following::Stopped,
    Following::KeyRefused,
    Following::NeedsKey,
    Following::ByHand,
    Following::GaveUp,
];

const DIAGNOSES: [Diagnosis; 8] = [
    Diagnosis::Offline,
    Diagnosis::MixedContent,
    Diagnosis::Policy,
    Diagnosis::Unreachable,
    Diagnosis::UnreachableHere,
    Diagnosis::Cors(Missing::AllowOrigin),
    Diagnosis::TooSlow,
    Diagnosis::Broken,
];

/// What tells people to run or send again.
const FORBIDDEN: [&str; 24] = [
    "run again",
    "run it",
    "run once",
    "run the same",
    "rerun",
    "send it",
    "send again",
    "try again",
    "retry",
    "submit",
    "once more",
    "start again",
    "start it again",
    "another run",
    "重新运行",
    "再运行",
    "再次运行",
    "重新发送",
    "再次发送",
    "重新提交",
    "重新创建",
    "重试",
    "再试",
    "重发",
];
/// Warnings against it.
const WARNINGS: [&str; 2] = ["the page won't send it again on its own", "页面不会自动重发"];

/// The phrase in a text that tells people to run again.
fn forbidden(text: &str) -> Option<&'static str> {
    let mut text = text.to_lowercase();
    for warning in [twice(Lang::En), twice(Lang::Zh)].into_iter().chain(WARNINGS) {
        text = text.replace(&warning.to_lowercase(), "");
    }
    FORBIDDEN.into_iter().find(|phrase| text.contains(phrase))
}

fn finished(video: VideoAt) -> Finished {
    Finished { video, usage: Usage::default(), word: String::new(), actual_prompt: None, at_ms: 0 }
}

/// Every state that differs in what is said of it.
fn states(fault: &Fault) -> Vec<State> {
    let link = VideoAt::Link { url: "https://h/v.mp4".to_owned(), found_at: "output.video_url".to_owned() };
    let mut states = vec![
        State::Sending,
        State::NotSent,
        State::ByHand,
        State::Refused(fault.clone()),
        State::Doubtful(Doubt::Server(fault.clone())),
        State::Fetching { received: 0, total: None, finished: finished(VideoAt::Content) },
        State::Done(finished(link)),
        State::Done(finished(VideoAt::Content)),
        State::Done(finished(VideoAt::Nowhere)),
        State::Failed(fault.clone(), "FAILED".to_owned()),
        State::Canceled,
        State::Lost("UNKNOWN".to_owned()),
    ];
    for net in [NetFault::Offline, NetFault::NoAnswer, NetFault::Timeout, NetFault::Closed] {
        states.push(State::Doubtful(Doubt::Network(net)));
    }
    for why in [Unreadable::Empty, Unreadable::Html, Unreadable::NotJson, Unreadable::Shape, Unreadable::TooLong] {
        states.push(State::Doubtful(Doubt::Unreadable(why)));
    }
    for stage in [Stage::Queued, Stage::Running, Stage::Unknown] {
        states.push(State::Waiting { stage, word: String::new() });
    }
    states
}

/// Everything that may be known: of each state, whether the page asks by itself, and whether the gateway denied it.
fn known() -> Vec<Known> {
    let mut all = vec![Known::Expired, Known::Unsaid];
    for state in states(&Fault::default()) {
        for following in &FOLLOWING {
            for is_denied in [false, true] {
                all.push(Known::of(&state, *following == Following::Yes, is_denied));
            }
        }
    }
    all
}

fn faults() -> Vec<Fault> {
    let codes =
        CODES.iter().map(|(code, _)| if code.ends_with('.') { [code, "X"].concat() } else { (*code).to_owned() });
    let codes: Vec<String> = codes.chain([String::new(), "Brand.New".to_owned(), "500".to_owned()]).collect();
    let messages: Vec<&str> = MESSAGES.iter().map(|(_, words, _)| *words).chain(["", "<html>"]).collect();
    let mut faults = Vec::new();
    for code in &codes {
        for message in &messages {
            for status in STATUSES {
                let (code, message) = (code.clone(), (*message).to_owned());
                faults.push(Fault { status, code, message, ..Fault::default() });
            }
        }
    }
    faults
}

fn scenes() -> [Scene; 2] {
    [Scene::default(), Scene { has_regions: true, model_elsewhere: true, failed_is_free: true }]
}

#[test]
fn nothing_tells_people_to_run_again_where_a_task_exists_or_may_exist() {
    let known = known();
    // A fault counts through its remedy alone, so faults of one remedy are walked together.
    let mut remedies: BTreeMap<Remedy, usize> = BTreeMap::new();
    for fault in faults() {
        for scene in scenes() {
            *remedies.entry(remedy(&fault, scene)).or_default() += 1;
        }
    }
    let mut walked = 0;
    let mut advised = BTreeSet::new();
    for (remedy, faults) in remedies {
        for call in CALLS {
            advised.extend(known.iter().map(|one| (*one, advise(call, *one, remedy))));
            walked += faults * known.len() * LANGS.len();
        }
    }
    let mut wrong = Vec::new();
    let may_exist = advised.iter().filter(|(known, _)| known.may_exist()).count();
    for (known, what) in &advised {
        if !known.may_exist() {
            continue;
        }
        if what.is_to_run() || matches!(what.retry(), Retry::Yes | Retry::Later | Retry::AfterChange) {
            wrong.push(format!("{known:?}: {what:?}"));
        }
        for lang in LANGS {
            for text in [advice(lang, *what).as_str(), retry(lang, what.retry())] {
                wrong.extend(forbidden(text).map(|phrase| format!("{known:?} {what:?} “{phrase}”: {text}")));
            }
        }
    }
    println!("{walked} combinations, {} advices, {may_exist} of them where a task exists or may exist", advised.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), advised.len(), wrong.join("\n"));
    assert!(walked > 140_000_000 && advised.len() > 60 && may_exist > 40, "the walk is too short");
}

#[test]
fn what_is_said_of_a_state_tells_nobody_to_run_again_either() {
    let mut wrong = Vec::new();
    let fault = |status, code: &str| Fault { status, code: code.to_owned(), ..Fault::default() };
    let codes = CODES.iter().map(|(code, _)| fault(500, code));
    let faults: Vec<Fault> = codes.chain(STATUSES.map(|status| fault(status, ""))).collect();
    let mut said = 0_u32;
    for fault in &faults {
        for (scene, state) in scenes().into_iter().flat_map(|scene| states(fault).into_iter().map(move |s| (scene, s)))
        {
            let Some(verdict) = verdict(&state, scene) else { continue };
            if !Known::of(&state, false, false).may_exist() {
                continue;
            }
            for lang in LANGS {
                said += 1;
                let advice = advice(lang, verdict.advice);
                let billed = billed(lang, &state, verdict.billed);
                for text in [what_happened(lang, &state), billed, retry(lang, verdict.retry), &advice] {
                    wrong.extend(forbidden(text).map(|phrase| format!("{state:?} “{phrase}”: {text}")));
                }
            }
        }
    }
    for lang in LANGS {
        let Labels { blame, time, .. } = labels(lang);
        let mut texts =
            vec![past_cancel(lang).to_owned(), next_look(lang, 3, 2), (*blame).to_owned(), (*time).to_owned()];
        texts.extend(
            [setback(lang), other_task(lang), diagnosis::relay_on(lang), diagnosis::no_answer(lang)].map(str::to_owned),
        );
        texts.extend([asking(lang, true), asking(lang, false), takeup::words(lang).doubt_lead.to_owned()]);
        texts.extend([takeup::words(lang).look_no_answer, takeup::words(lang).found_none].map(str::to_owned));
        texts.extend(DIAGNOSES.iter().map(|found| diagnosis::what_helps(lang, *found).to_owned()));
        texts.extend(FOLLOWING.iter().map(|following| paused(lang, following).to_owned()));
        wrong.extend(texts.iter().filter_map(|text| Some(format!("“{}”: {text}", forbidden(text)?))));
    }
    println!("{said} states judged");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(said > 3000, "{said}");
}

#[test]
fn what_failed_decides_what_is_advised() {
    let of = |call, known, status, code: &str| {
        advise(call, known, remedy(&Fault { status, code: code.to_owned(), ..Fault::default() }, Scene::default()))
    };
    let (runs, made) = (Known::Runs { asks: true }, Known::Made { asks: false });
    let ask = |why| Advice::Ask { why, asks: true };
    assert!(of(Call::Create, Known::Nothing, 500, "InternalError").is_to_run());
    assert_eq!(of(Call::Query, runs, 500, "InternalError"), ask(Hindrance::Gateway));
    assert_eq!(of(Call::Query, runs, 429, "Throttling"), ask(Hindrance::Rate));
    assert_eq!(of(Call::Content, made, 502, ""), Advice::Download { why: Hindrance::Gateway, asks: false });
    assert_eq!(of(Call::Cancel, runs, 400, "UnsupportedOperation"), Advice::LetRun(Hindrance::Other));
    assert_eq!(of(Call::Query, Known::Unseen { asks: true }, 200, ""), Advice::AskUnseen { asks: true });
    assert!(matches!(of(Call::Create, Known::Perhaps, 500, ""), Advice::Look(_)));
    assert_eq!(of(Call::LookUp, Known::Perhaps, 429, ""), Advice::LookElsewhere(Hindrance::Rate));
    // A refusal that tells of an earlier call of the same name is none.
    assert!(matches!(of(Call::Create, Known::Nothing, 200, "duplication"), Advice::Look(_)));
    assert_eq!(of(Call::Query, Known::Canceled, 200, ""), Advice::Anew);
    assert!(advice(Lang::En, Advice::Anew).starts_with("Run it again"));
    assert!(advice(Lang::Zh, Advice::Anew).contains("重新运行"));
}

#[test]
fn what_a_gateway_takes_is_worded_in_both_languages() {
    let values = || vec!["1".to_owned(), "2".to_owned()];
    let one = || "480*832".to_owned();
    let all = [
        Legal::OneOf(values()),
        Legal::Range("2".into(), "15".into()),
        Legal::Like(one()),
        Legal::LeaveOut,
        Legal::Needed,
    ];
    for lang in LANGS {
        for kind in &all {
            assert_eq!(check_language(&legal(lang, kind), lang), Ok(()));
        }
        assert_eq!(check_language(&marked(lang, "3"), lang), Ok(()));
    }
    assert_eq!(legal(Lang::En, &all[0]), "Allowed: 1, 2.");
    assert_eq!(legal(Lang::Zh, &all[1]), "可用范围：2 到 15。");
}

#[test]
fn every_advice_is_worded_in_both_languages() {
    let known = known();
    let remedies: BTreeSet<_> = faults().iter().map(|fault| remedy(fault, scenes()[1])).collect();
    for remedy in remedies {
        for (call, known) in CALLS.into_iter().flat_map(|call| known.iter().map(move |one| (call, *one))) {
            let what = advise(call, known, remedy);
            for lang in LANGS.into_iter().filter(|_| what != Advice::Nothing) {
                assert_eq!(check_language(&advice(lang, what), lang), Ok(()), "{call:?} {known:?} {what:?}");
            }
        }
    }
}
