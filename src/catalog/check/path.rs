//! Paths that a browser leaves unchanged.

/// The placeholder for the id in a path.
pub const TASK: &str = "{task_id}";

/// An endpoint path below the base that a browser leaves unchanged, with `x` in place of the task's id; the path of a
/// list may end with a slash.
pub fn is_endpoint_path(path: &str, is_list: bool) -> bool {
    let bare = path.replacen(TASK, "x", 1);
    is_path(if is_list { bare.trim_end_matches('/') } else { &bare })
}

/// A path below a base that a browser leaves unchanged.
pub fn is_path(path: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"/._:~-".contains(&byte);
    path.len() <= 300 && path.bytes().all(legal) && path.strip_prefix('/').is_some_and(|rest| is_plain_path(Some(rest)))
}

/// Host and path without empty or dot segments, which a browser would remove, and without percent signs, which could
/// hide them.
pub fn is_plain_path(rest: Option<&str>) -> bool {
    rest.is_some_and(|rest| {
        !rest.contains('%') && rest.split('/').all(|segment| !segment.is_empty() && segment != "." && segment != "..")
    })
}
