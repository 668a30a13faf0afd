//! A place in the page for a view whose code may still be on its way.

use crate::web::browser;
use crate::web::browser::part::Arrived;
use crate::web::component::button;
use crate::web::component::dom::{View, class, keyed_part, nothing, yes};
use crate::web::state::App;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;
use web_sys::{Element, Node};

/// A view that comes with its part. Where that does not come, its place says so, with a button that asks again.
pub fn later<F: Future<Output = Arrived<View>> + 'static>(app: App, make: impl Fn() -> F + 'static) -> View {
    place(app, boxed(make))
}

/// What makes a view, of one type for all views: the code around it exists once.
type Make = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = Arrived<View>>>>>;

fn boxed<F: Future<Output = Arrived<View>> + 'static>(make: impl Fn() -> F + 'static) -> Make {
    Rc::new(move || Box::pin(make()))
}

fn place(app: App, make: Make) -> View {
    let mark: Node = browser::document().create_comment("").into();
    let owner = Owner::current().unwrap_or_default();
    fetch(app, mark.clone(), owner, make);
    View::from(mark)
}

fn fetch(app: App, mark: Node, owner: Owner, make: Make) {
    let gone = Rc::new(Cell::new(false));
    let mut coming = owner.with(|| {
        let gone = SendWrapper::new(gone.clone());
        on_cleanup(move || gone.set(true));
        Box::pin(ScopedFuture::new_untracked(make()))
    });
    spawn_local(async move {
        // The view is made while its part's future is polled. Where the view around it is gone by then, so are the
        // signals that this one would read.
        let arrived =
            poll_fn(|context| if gone.get() { Poll::Ready(None) } else { coming.as_mut().poll(context).map(Some) });
        let Some(arrived) = arrived.await else { return };
        // Where the view around it was drawn anew in the meantime, it has its own.
        let (true, Some(parent)) = (mark.is_connected(), mark.parent_node()) else { return };
        let Err(_) = arrived.map(|view| view.put_before(&parent, &mark)) else { return };
        let said: Rc<RefCell<Option<Element>>> = Rc::default();
        let (again, texts, place) = (said.clone(), app.texts(), mark.clone());
        let retry = move || {
            if let Some(notice) = again.take() {
                notice.remove();
            }
            fetch(app, place.clone(), owner.clone(), make.clone());
        };
        let notice = class("p", "problem").attr("role", "status").text(texts.part_missing).text(" ").add(button(
            "small",
            texts.try_again,
            retry,
        ));
        said.replace(Some(notice.element().clone()));
        View::from(notice).put_before(&parent, &mark);
    });
}

/// A part that is only needed once tasks run: it comes when the page has opened them.
pub fn when_whole<F: Future<Output = Arrived<View>> + 'static>(app: App, make: impl Fn() -> F + 'static) -> View {
    place_when_whole(app, boxed(make))
}

fn place_when_whole(app: App, make: Make) -> View {
    keyed_part(
        move || yes(app.has_tasks_open()),
        move |whole| if whole.is_empty() { nothing() } else { place(app, make.clone()) },
    )
}
