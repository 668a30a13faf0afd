//! The way back: whatever the page can send is read back as exactly the draft it was built from.

// Only part of the shared code is used here.
#[allow(dead_code)]
mod support;

mod reading {
    mod adds;
    mod back;
    mod meaning;
    mod wishes;
}
