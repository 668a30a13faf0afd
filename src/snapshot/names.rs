//! The enums of a record and their names. A name, once written, never gets another meaning.

use crate::catalog::{Basis, MediaKind};
use crate::http::Method;
use crate::protocol::{Call, Stage, Unreadable};
use crate::task::{Following, NetFault};

pub const METHODS: [(&str, Method); 2] = [("GET", Method::Get), ("POST", Method::Post)];

pub const CALLS: [(&str, Call); 5] = [
    ("create", Call::Create),
    ("query", Call::Query),
    ("cancel", Call::Cancel),
    ("content", Call::Content),
    ("look_up", Call::LookUp),
];

pub const STAGES: [(&str, Stage); 3] =
    [("queued", Stage::Queued), ("running", Stage::Running), ("unknown", Stage::Unknown)];

pub const FOLLOWING: [(&str, Following); 6] = [
    ("yes", Following::Yes),
    ("stopped", Following::Stopped),
    ("key_refused", Following::KeyRefused),
    ("needs_key", Following::NeedsKey),
    ("by_hand", Following::ByHand),
    ("gave_up", Following::GaveUp),
];

pub const NET: [(&str, NetFault); 4] = [
    ("offline", NetFault::Offline),
    ("no_answer", NetFault::NoAnswer),
    ("timeout", NetFault::Timeout),
    ("closed", NetFault::Closed),
];

pub const UNREADABLE: [(&str, Unreadable); 5] = [
    ("empty", Unreadable::Empty),
    ("html", Unreadable::Html),
    ("not_json", Unreadable::NotJson),
    ("shape", Unreadable::Shape),
    ("too_long", Unreadable::TooLong),
];

pub const BASES: [(&str, Basis); 4] = [
    ("own", Basis::Own),
    ("quoted", Basis::Quoted),
    ("reference", Basis::Reference),
    ("unpublished", Basis::Unpublished),
];

pub const MEDIA: [(&str, MediaKind); 3] =
    [("image", MediaKind::Image), ("audio", MediaKind::Audio), ("video", MediaKind::Video)];
