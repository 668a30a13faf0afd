//! How `DashScope` refuses.

use crate::server::simulator::answer::{Answer, documented};

/// A value is not legal.
pub fn invalid(sentence: String) -> Answer {
    documented!("dashscope/answers/error-invalid-parameter").with("/message", sentence)
}
