//! Where a request, and a file of it, would go now.

use crate::address::BaseUrl;
use crate::key::ApiKey;
use crate::upload::shelf::Goal;
use crate::web::browser;
use crate::web::state::App;
use crate::web::state::slots::{at, mark, slot};
use leptos::prelude::*;

impl App {
    /// The mark of the key at a base, followed.
    pub fn key_mark(self, gateway: &str, base: &BaseUrl) -> u64 {
        mark(&at(self.keys, &slot(gateway, base)))
    }

    /// The key of a gateway's base, for the origin of its place for files: only a press that names the place asks for it.
    pub fn key_for(self, gateway: &str, base: &BaseUrl, place: &BaseUrl) -> Option<ApiKey> {
        let own = self.key(gateway, base)?;
        if base.origin() == place.origin() {
            return Some(own);
        }
        ApiKey::new(&untrack(|| self.typed_key(gateway, base)), place).ok()
    }

    /// Does something with where a request would go now, followed.
    pub fn with_goal<T>(self, with: impl FnOnce(Goal<'_>) -> T) -> Option<T> {
        let (gateway, model, target) = (self.the_gateway(), self.the_model(), self.target().ok()?);
        let key = self.key_mark(gateway.id, &target.base);
        Some(with(Goal { gateway: gateway.id, model: model.wire_name(), key, now_ms: browser::now_ms() }))
    }
}
