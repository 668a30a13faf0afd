//! The way back: whatever the page can send is read again as the very wishes it was made from.

// A part of what all share is used here.
#[allow(dead_code)]
mod support;

mod reading {
    mod back;
    mod meaning;
    mod wishes;
}
