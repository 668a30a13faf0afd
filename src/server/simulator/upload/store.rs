//! Alibaba's store: what it refuses, in its own XML.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::form::{Broken, Received};
use super::kept::STORE_BYTES;
use crate::server::simulator::call::Call;
use crate::server::simulator::state::Simulator;

/// The id that all policies name.
const KEY_ID: &str = "LTAI5tSIMULATOR";

/// Answers the form.
pub(super) fn answer(simulator: &Simulator, call: &Call, received: Result<Received, Broken>) -> Response {
    match check(simulator, call, received) {
        Ok(status) => status.into_response(),
        Err((status, code, message)) => xml(simulator, status, code, message),
    }
}

type Refused = (u16, &'static str, &'static str);

fn check(simulator: &Simulator, call: &Call, received: Result<Received, Broken>) -> Result<StatusCode, Refused> {
    if call.headers.contains_key(header::AUTHORIZATION) {
        return Err((
            400,
            "InvalidArgument",
            "A form carries its own signature; the Authorization header is not allowed.",
        ));
    }
    let form = received.map_err(|broken| match broken {
        Broken::NotAForm => {
            (412, "PreconditionFailed", "Bucket POST must be of the enclosure-type multipart/form-data.")
        }
        Broken::Cut => {
            (400, "MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.")
        }
    })?;
    let key = form.part("key").ok_or((
        400,
        "InvalidArgument",
        "Bucket POST must contain a field named 'key'. If it is specified, please check the order of the fields.",
    ))?;
    let part = |name| {
        form.part(name).ok_or((403, "AccessDenied", "You have no right to access this object because of bucket acl."))
    };
    let (text, signature, id) = (part("policy")?, part("Signature")?, part("OSSAccessKeyId")?);
    let file = form.file.as_ref().filter(|_| !form.has_more);
    let file = file.ok_or((
        400,
        "IncorrectNumberOfFilesInPOSTRequest",
        "POST requires exactly one file upload per request, as the last field.",
    ))?;
    if id != KEY_ID {
        return Err((403, "InvalidAccessKeyId", "The OSS Access Key Id you provided does not exist in our records."));
    }
    let policy = simulator.store(|store| store.policy(text)).filter(|policy| policy.signature == signature).ok_or((
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    ))?;
    if simulator.clock.now_ms() >= policy.ends_ms {
        return Err((403, "AccessDenied", "Invalid according to Policy: Policy expired."));
    }
    let name = key.strip_prefix(&policy.folder).and_then(|rest| rest.strip_prefix('/'));
    let is_plain =
        name.is_some_and(|name| !name.is_empty() && !name.split('/').any(|step| step == ".." || step.is_empty()));
    let agrees = form.part("x-oss-object-acl") == Some("private")
        && form.part("x-oss-forbid-overwrite").is_some_and(|forbids| forbids.eq_ignore_ascii_case("true"));
    if !is_plain || !agrees {
        return Err((403, "AccessDenied", "Invalid according to Policy: Policy Condition failed."));
    }
    if file.bytes > STORE_BYTES {
        return Err((400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size."));
    }
    let is_new = simulator.store(|store| store.put(key, &policy, simulator.clock.now_ms()));
    if !is_new {
        return Err((409, "FileAlreadyExists", "The object you specified already exists and can not be overwritten."));
    }
    Ok(if form.part("success_action_status") == Some("200") { StatusCode::OK } else { StatusCode::NO_CONTENT })
}

/// A refusal of the store.
fn xml(simulator: &Simulator, status: u16, code: &str, message: &str) -> Response {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>{code}</Code>\n  <Message>{message}</Message>\n  \
         <RequestId>{}</RequestId>\n</Error>\n",
        simulator.fresh_id()
    );
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    (status, [(header::CONTENT_TYPE, "application/xml")], text).into_response()
}
