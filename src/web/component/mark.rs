//! A gateway's complaint at the field it names, while the field holds what was refused.

use crate::catalog::{FieldId, Model};
use crate::complaint::Mark;
use crate::task::State;
use crate::web::component::dom::{El, el};
use crate::web::state::App;
use crate::words::failure as words;
use leptos::prelude::*;

/// The complaint at a field: that of the task on the stage, where it is the last of this gateway and model, and while
/// the form has there what the task had. The task's number beside it.
pub fn at(app: App, model: &Model, field: FieldId) -> Option<(u32, Mark)> {
    let shown = app.shown_task()?;
    let gateway = &app.the_gateway().id;
    let of_this = |task: &crate::task::Task| task.origin.gateway == *gateway && task.origin.model == model.id;
    let last = app
        .tasks
        .with(|tasks| tasks.iter().find(|handle| handle.task.with_untracked(of_this)).map(|handle| handle.number))?;
    if last != shown.number {
        return None;
    }
    let message = shown.task.with(|task| match &task.state {
        State::Refused(fault) | State::Failed(fault, _) => Some(fault.message.clone()),
        _ => None,
    })?;
    let mark = (app.code.get()?.marks)(model, &message).into_iter().find(|mark| mark.field == field)?;
    // A size is chosen in two fields.
    let together: &[FieldId] = if model.size.is_some() && matches!(field, FieldId::Tier | FieldId::Ratio) {
        &[FieldId::Tier, FieldId::Ratio]
    } else {
        &[field]
    };
    let is_as_sent = app.draft.with(|draft| together.iter().all(|id| draft.filled(*id) == shown.draft.filled(*id)));
    is_as_sent.then_some((shown.number, mark))
}

/// As one text, to be compared: number, sentence and legal values, a line each.
pub fn told(app: App, model: &Model, field: FieldId) -> String {
    at(app, model, field).map_or_else(String::new, |(number, mark)| {
        [&number.to_string(), "\n", &mark.said, "\n", &words::legal(app.lang(), &mark.legal)].concat()
    })
}

/// The line at the field.
pub fn line(app: App, told: &str) -> Option<El> {
    let mut parts = told.splitn(3, '\n');
    let (number, said, legal) = (parts.next()?, parts.next()?, parts.next()?);
    let quote = el("q").attrs(&[("lang", ""), ("dir", "auto")]).text(said);
    // What it takes stands on a line of its own.
    Some(el("span").text(&words::marked(app.lang(), number)).add(quote).text(" ").add(el("span").text(legal)))
}
