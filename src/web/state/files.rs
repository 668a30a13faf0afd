//! The files of this visit: those the page holds, those on their way to a gateway, and those that lie there.

use crate::catalog::{FieldId, MediaKind};
use crate::upload::Trouble;
use crate::upload::shelf::Shelf;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use web_sys::{AbortController, File};

/// Objects of the browser.
type Kept<T> = StoredValue<SendWrapper<RefCell<Vec<T>>>>;

/// The files of this visit.
#[derive(Clone, Copy)]
pub struct Files {
    /// The field that a file over the page would go to.
    pub lit: RwSignal<Option<FieldId>>,
    /// A file that came to no field.
    pub homeless: RwSignal<Option<Homeless>>,
    /// What lies at gateways.
    pub shelf: RwSignal<Shelf>,
    /// What is on its way there, by the file's number.
    pub courses: RwSignal<Vec<(u32, Course)>>,
    held: Kept<File>,
    stops: Kept<(u32, AbortController)>,
}

/// A file that came to no field of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Homeless {
    /// Its name on the device.
    pub name: String,
    /// Image, audio or video.
    pub kind: MediaKind,
    /// The number under which the page holds it.
    pub held: u32,
    /// A model of the gateway that takes it, by its index, and the field there.
    pub elsewhere: Option<(usize, FieldId)>,
}

/// How far an upload is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Course {
    /// Asked for permission.
    Asking,
    /// So many bytes of all have left.
    Sending(u64, u64),
    /// It was stopped by the user.
    Stopped,
    /// The file is not there any more.
    Vanished,
    /// No answer came: the network, or a gateway that lets no page in.
    NoAnswer,
    /// It was refused.
    Refused(Trouble),
}

impl Course {
    /// Whether it goes on.
    pub fn is_running(&self) -> bool {
        matches!(self, Self::Asking | Self::Sending(..))
    }
}

impl Default for Files {
    fn default() -> Self {
        Self {
            lit: RwSignal::new(None),
            homeless: RwSignal::new(None),
            shelf: RwSignal::new(Shelf::default()),
            courses: RwSignal::new(Vec::new()),
            held: StoredValue::new(SendWrapper::new(RefCell::default())),
            stops: StoredValue::new(SendWrapper::new(RefCell::default())),
        }
    }
}

impl Files {
    /// Keeps a file, and gives the number it is found under.
    pub fn hold(self, file: File) -> u32 {
        self.held.with_value(|held| {
            let mut held = held.borrow_mut();
            held.push(file);
            u32::try_from(held.len()).unwrap_or(0)
        })
    }

    /// The file of this number.
    pub fn held(self, number: u32) -> Option<File> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        self.held.with_value(|held| held.borrow().get(index).cloned())
    }

    /// Keeps what stops the upload of a file.
    pub fn set_stop(self, number: u32, stop: AbortController) {
        self.stops.with_value(|stops| {
            let mut stops = stops.borrow_mut();
            stops.retain(|(known, _)| *known != number);
            stops.push((number, stop));
        });
    }

    /// Stops the upload of a file.
    pub fn stop(self, number: u32) {
        let stop = self.stops.with_value(|stops| {
            let mut stops = stops.borrow_mut();
            stops.iter().position(|(known, _)| *known == number).map(|index| stops.swap_remove(index).1)
        });
        if let Some(stop) = stop {
            stop.abort();
        }
    }

    /// How far the upload of a file is, followed.
    pub fn course(self, number: u32) -> Option<Course> {
        self.courses.with(|all| all.iter().find(|(known, _)| *known == number).map(|(_, course)| course.clone()))
    }

    /// Notes how far it is; `None` once it is over.
    pub fn set_course(self, number: u32, course: Option<Course>) {
        self.courses.update(|all| {
            all.retain(|(known, _)| *known != number);
            all.extend(course.map(|course| (number, course)));
        });
    }
}
