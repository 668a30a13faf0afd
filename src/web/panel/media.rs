//! Media: a link, or a file from this device.
//!
//! - [`single`], [`several`]: a field for one medium, and for a list of them
//! - [`place`]: what both have: the link, the button for files, and what stands there
//! - [`kinds`]: the kinds of a list, and how a prompt names its entries
//! - [`arrive`]: files that are picked, dropped or pasted; [`homeless`]: one that no field takes
//! - [`beside`], [`upload`], [`hand`]: what is said of a file or a link, and the way to the gateway, by the page or in a
//!   terminal; these come when they are needed, as does [`capture`], camera and microphone

mod around;
pub mod arrive;
mod beside;
mod capture;
mod hand;
pub mod homeless;
pub mod kinds;
mod place;
mod several;
mod single;
mod upload;

pub use kinds::names;
pub use several::several;
pub use single::one;
