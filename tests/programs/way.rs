//! The ways to a video: each gateway by each of its dialects.

use crate::bench::Bench;
use crate::support::{draft, find};
use serde_json::json;
use wan_playground::address::BaseUrl;
use wan_playground::catalog::{Catalog, Endpoint, Gateway, PollRule};
use wan_playground::checked::check;
use wan_playground::draft::Draft;
use wan_playground::http::Request;
use wan_playground::snippet::{Job, Program, Snippet, print_program};
use wan_playground::upload::first::{First, first};

/// Name of the file with a body.
pub const BODY_FILE: &str = "wan-request.json";

/// Gateway and model.
pub const WAYS: [(&str, &str); 7] = [
    ("dashscope", "wan2.5-t2v-preview"),
    ("dashscope", "wan2.2-kf2v-flash"),
    ("crazyrouter", "wan2.5-t2v-preview"),
    ("crazyrouter", "wan2.5-t2v-preview@generations"),
    ("ope", "wan2.7-i2v"),
    ("ope", "wan2.7-i2v@native"),
    ("acedata", "wan2.6-t2v"),
];

/// A create call and everything else that a program needs.
pub struct Way {
    /// For messages.
    pub name: String,
    pub gateway: Gateway,
    pub endpoint: Endpoint,
    pub base: BaseUrl,
    pub create: Request,
    pub uploads: Vec<First>,
}

impl Way {
    /// The call with this prompt.
    pub fn new(bench: &Bench, (gateway, model): (&str, &str), prompt: &str) -> Self {
        let catalog = Catalog::built_in();
        let (gateway, model) = find(catalog, gateway, model);
        let mut values = json!({"prompt": prompt});
        if model.field(wan_playground::catalog::FieldId::FirstFrame).is_some() {
            values["first_frame"] = json!({"url": "https://example.com/it's-a$(cat).png?a=b&c=`d`"});
        }
        let create = bench.create(gateway, model, &draft("programs", &values));
        Self { create, ..Self::of(bench, (gateway.id, model.id), &Draft::default()) }
    }

    /// The call of this draft, which may have files to be uploaded first.
    pub fn of(bench: &Bench, (gateway, model): (&str, &str), draft: &Draft) -> Self {
        let (gateway, model) = find(Catalog::built_in(), gateway, model);
        let (base, region) = (bench.base(gateway.id), crate::support::base(gateway, model).1);
        let checked = check(draft, gateway, model, &base, region);
        let (create, uploads) = (checked.preview(), first(&checked));
        let endpoint = *gateway.endpoint(model).expect("the catalog check guarantees it");
        let name = format!("{}/{}", gateway.id, model.id);
        Self { name, gateway: *gateway, endpoint, base, create, uploads }
    }

    /// The program, polling every second.
    pub fn print(&self, program: Program) -> Snippet {
        let poll = PollRule { first_ms: 1000, interval_ms: 1000, give_up_min: 1 };
        let (create, endpoint, base) = (&self.create, &self.endpoint, &self.base);
        let key_variable = &self.gateway.key_variable;
        print_program(
            program,
            &Job { create, endpoint, base, poll, key_variable, body_file: BODY_FILE, uploads: &self.uploads },
        )
    }
}
