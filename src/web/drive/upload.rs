//! Carries out an upload: the steps come from the centre, the file from the device. One press sends one file once.

use crate::address::BaseUrl;
use crate::catalog::MediaRule;
use crate::http::{Form, Request, Response};
use crate::key::ApiKey;
use crate::media::LocalFile;
use crate::route::Relayed;
use crate::upload::hand::Told;
use crate::upload::{FileFacts, NoPlace, Place, Plan, Step, Trouble, Uploaded};
use crate::web::browser;
use crate::web::browser::fetch::{self, Arrival, Expect};
use crate::web::browser::files as disk;
use crate::web::browser::form::{self, Travel};
use crate::web::drive::route;
use crate::web::state::App;
use crate::web::state::files::Course;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::AbortController;

/// Longest wait for the permission.
const ASK_MS: u64 = 60_000;

/// The gateway's place for files of this rule, for tasks at the address of now. Followed.
pub fn place(app: App, rule: &MediaRule) -> Result<Place, NoPlace> {
    let target = app.target().map_err(|_| NoPlace::None)?;
    Place::of(app.the_gateway(), rule, &target.base)
}

/// What an upload needs from the moment of the press.
struct Upload {
    app: App,
    held: u32,
    plan: Plan,
    gateway: &'static str,
    /// Where the tasks go: its way is the way of the upload.
    base: BaseUrl,
    key: Option<ApiKey>,
    /// The mark of the key.
    mark: u64,
}

/// Uploads a file for the model of now.
pub fn start(app: App, file: &LocalFile, rule: &MediaRule) {
    let held = file.seen.held;
    if untrack(|| app.files.course(held)).is_some_and(|course| course.is_running()) {
        return;
    }
    let upload = untrack(|| plan(app, file, rule));
    let Some(upload) = upload else { return };
    app.files.set_course(held, Some(Course::Asking));
    spawn_local(async move {
        let ended = run(&upload).await;
        // What was stopped says so already.
        let is_running = untrack(|| app.files.course(held)).is_some_and(|course| course.is_running());
        if is_running {
            app.files.set_course(held, ended.err());
        }
    });
}

/// Stops an upload.
pub fn stop(app: App, held: u32) {
    app.files.set_course(held, Some(Course::Stopped));
    app.files.stop(held);
}

fn plan(app: App, file: &LocalFile, rule: &MediaRule) -> Option<Upload> {
    let (target, gateway) = (app.target().ok()?, app.the_gateway());
    let place = place(app, rule).ok()?;
    // A random number below 2³²: the cast keeps all of it.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let mark = (js_sys::Math::random() * 4_294_967_296.0) as u32;
    // The words beside the button name the host where it is another: the press gives it the key.
    let key = app.key_for(gateway.id, &target.base, place.base());
    let plan = place.plan(app.the_model(), FileFacts::of(file)?, mark).ok()?;
    let mark = app.key_mark(gateway.id, &target.base);
    Some(Upload { app, held: file.seen.held, plan, gateway: gateway.id, base: target.base, key, mark })
}

/// An upload in the user's terminal, for the model and address of the moment it was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    /// What is done.
    pub plan: Plan,
    /// The variable that holds the key there.
    pub key_variable: &'static str,
    held: u32,
    mark: u64,
}

/// The upload of a file by hand, followed. The same file gets the same name again: every policy has its own folder.
pub fn by_hand(app: App, file: &LocalFile, rule: &MediaRule) -> Option<ByHand> {
    let (target, gateway, held) = (app.target().ok()?, app.the_gateway(), file.seen.held);
    let plan = place(app, rule).ok()?.plan(app.the_model(), FileFacts::of(file)?, held).ok()?;
    let mark = app.key_mark(gateway.id, &target.base);
    Some(ByHand { plan, key_variable: gateway.key_variable, held, mark })
}

impl ByHand {
    /// Takes what the command of a step printed. The form that comes next, or `None` once the file is there.
    ///
    /// # Errors
    /// If it is a refusal or makes no sense.
    pub fn take(&self, app: App, step: &Step, text: &str, began_ms: u64) -> Result<Option<Form>, Trouble> {
        match self.plan.told(step, text, began_ms)? {
            Told::Next(form) => Ok(Some(form)),
            Told::There(uploaded) => {
                app.files.set_course(self.held, None);
                put(app, self.held, self.mark, uploaded);
                Ok(None)
            }
        }
    }

    /// Saves the file as the page has it.
    pub fn save_file(&self, app: App) {
        save_file(app, self.held, &self.plan.file().name);
    }
}

/// Saves a file as the page has it: what was pasted or changed here lies in no folder yet.
pub fn save_file(app: App, held: u32, name: &str) {
    let link = app.files.held(held).and_then(|file| web_sys::Url::create_object_url_with_blob(&file).ok());
    if let Some(link) = link {
        browser::save_link(name, &link);
        browser::forget_later(link);
    }
}

fn put(app: App, held: u32, mark: u64, uploaded: Uploaded) {
    let ends_ms = uploaded.ends_ms;
    app.files.shelf.update(|shelf| shelf.put(held, mark, uploaded));
    if let Some(ends_ms) = ends_ms {
        renew_at(app, ends_ms);
    }
}

async fn run(upload: &Upload) -> Result<(), Course> {
    let Upload { app, held, plan, mark, .. } = upload;
    let file = app.files.held(*held).ok_or(Course::Vanished)?;
    if !disk::is_there(&file).await {
        return Err(Course::Vanished);
    }
    let form = match plan.begin() {
        Step::Send(form) => form,
        Step::Ask(request) => {
            let answer = upload.ask(&request).await?;
            plan.allowed(&answer).map_err(Course::Refused)?
        }
    };
    if !upload.is_wanted() {
        return Err(Course::Stopped);
    }
    let began_ms = browser::now_ms();
    let (files, number, all) = (app.files, *held, form.bytes);
    files.set_course(number, Some(Course::Sending(0, all)));
    let progress = move |sent: u64| {
        if untrack(|| files.course(number)).is_some_and(|course| course.is_running()) {
            files.set_course(number, Some(Course::Sending(sent.min(all), all)));
        }
    };
    let relayed = upload.relayed(&form.url);
    let key = upload.key.as_ref().filter(|_| form.keyed);
    let controller = AbortController::new().map_err(|_| Course::NoAnswer)?;
    let signal = controller.signal();
    files.set_stop(number, controller);
    let travel = Travel { key, relayed: relayed.as_ref(), signal, progress: Box::new(progress) };
    let Some(answer) = form::send(&form, &file, travel).await else {
        // Whoever changes a file while it is sent breaks the connection, too.
        return Err(if disk::is_there(&file).await { upload.unheard() } else { Course::Vanished });
    };
    let uploaded = plan.sent(&form, &answer, began_ms).map_err(Course::Refused)?;
    put(*app, *held, *mark, uploaded);
    Ok(())
}

impl Upload {
    fn is_wanted(&self) -> bool {
        untrack(|| self.app.files.course(self.held)).is_some_and(|course| course.is_running())
    }

    fn relayed(&self, url: &str) -> Option<Relayed> {
        route::relayed_as(self.app, self.gateway, url, &self.base)
    }

    async fn ask(&self, request: &Request) -> Result<Response, Course> {
        let relayed = self.relayed(&request.url);
        let quiet = Box::new(|_, _| ());
        let arrival = fetch::send(request, self.key.as_ref(), relayed.as_ref(), ASK_MS, Expect::Text, quiet).await;
        match arrival {
            Ok(Arrival::Text(answer)) => Ok(answer),
            Ok(Arrival::Video(..)) | Err(_) => Err(self.unheard()),
        }
    }

    /// No answer came: perhaps this gateway lets no page in, and there is a relay.
    fn unheard(&self) -> Course {
        if !browser::is_offline() {
            route::closed(self.app, self.gateway, &self.base);
        }
        Course::NoAnswer
    }
}

/// Notes a link of which the page has no file. What depends on it is drawn anew when its file is deleted.
pub fn note(app: App, noted: Uploaded) {
    let ends_ms = noted.ends_ms;
    let mut is_new = false;
    app.files.shelf.update(|shelf| is_new = shelf.note(noted));
    if let Some(ends_ms) = ends_ms.filter(|_| is_new) {
        renew_at(app, ends_ms);
    }
}

/// Draws anew what depends on the shelf once a file there has been deleted.
fn renew_at(app: App, ends_ms: u64) {
    let wait = u32::try_from(ends_ms.saturating_sub(browser::now_ms())).unwrap_or(u32::MAX).min(0x7fff_ffff);
    gloo_timers::callback::Timeout::new(wait, move || {
        app.files.shelf.update(|_| ());
        if browser::now_ms() < ends_ms {
            renew_at(app, ends_ms);
        }
    })
    .forget();
}
