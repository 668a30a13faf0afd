//! What a file is called at a gateway's place: nothing of its name on the user's device, which may say more than the
//! user wants and hold what a store does not take.

use crate::hex;
use crate::media::Format;

/// Eight digits and the extension of the format; of the file's own name, where the format is unknown.
pub fn stored(own: &str, format: Option<Format>, mark: u32) -> String {
    let mut name = String::new();
    hex::lower(&mut name, mark, 8);
    let ending = || own.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let is_plain = |ending: &String| {
        (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    match format {
        Some(format) => [&name, ".", format.ending()].concat(),
        None => ending().filter(is_plain).map_or(name.clone(), |ending| [&name, ".", &*ending].concat()),
    }
}
