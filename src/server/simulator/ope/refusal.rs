//! How OPE.AI refuses, and how its queries are disturbed.

use crate::server::simulator::answer::{Answer, documented};
use crate::server::simulator::call::Call;
use crate::server::simulator::scenario::Scenario;
use crate::server::simulator::task::Disturbance;

/// A value is not legal.
pub fn invalid(sentence: String) -> Answer {
    documented!("ope/answers/error-invalid-parameter").with("/error/message", sentence)
}

/// What a scenario returns instead of creating a task.
pub fn refused_by(scenario: Option<Scenario>, call: &Call) -> Option<Answer> {
    match scenario? {
        Scenario::ThrottledCreate => Some(documented!("ope/answers/error-throttled")),
        Scenario::CreateServerError => Some(documented!("ope/answers/error-internal")),
        Scenario::Quota => Some(documented!("ope/answers/error-quota")),
        Scenario::EchoKey => Some(invalid(call.spelt_key()).header("x-request-id", call.spelt_key())),
        other => other.refusal().map(|said| invalid(said.to_owned())),
    }
}

/// What a query returns in place of the task's state.
pub fn disturbed_by(disturbance: Disturbance) -> Answer {
    match disturbance {
        Disturbance::Throttled => documented!("ope/answers/error-throttled"),
        Disturbance::ServerError => documented!("ope/answers/error-internal"),
        Disturbance::Html => documented!("ope/answers/error-proxy-html"),
    }
}
