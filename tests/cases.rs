//! What people really paste: samples of requests, answers, errors, odd commands and programs, each with what a good
//! reading makes of it, as data.

// Only part of the shared code is used here.
#[allow(dead_code)]
mod support;

mod cases {
    mod families;
    mod judge;
    mod tell;
}
