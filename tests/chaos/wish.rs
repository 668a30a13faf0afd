//! What the user requests, and the press of Run.

use crate::gateway::{Gateway, ORIGIN};
use crate::world::World;
use wan_playground::address::BaseUrl;
use wan_playground::catalog::FieldId;
use wan_playground::checked::check;
use wan_playground::draft::{Draft, Media, Value};
use wan_playground::engine::Event;
use wan_playground::generation::Generation;
use wan_playground::http::{Request, Response};
use wan_playground::protocol::{Call, TaskId};
use wan_playground::snapshot::Saved;
use wan_playground::task::{Effect, Origin, Task};

/// Something the user requests, once.
pub struct Wish {
    pub uid: String,
    pub gateway: &'static str,
    pub query: String,
    pub generation: Generation,
    pub draft: Draft,
    pub origin: Origin,
    /// Is part of the prompt: the gateway's log is searched for it.
    pub mark: String,
    /// The id the gateway assigned, whether or not anybody received it.
    pub accepted: Option<TaskId>,
    /// The browser automatically sent the create call twice.
    pub repeated: bool,
    /// The duplicate: the task of the call that the browser sent first.
    pub twin: Option<TaskId>,
    /// The response to the create call, for the user who looks at it elsewhere.
    pub create_answer: Option<Response>,
    pub creates_sent: u32,
    pub is_deleted: bool,
    pub by_hand: bool,
    /// Responses that may still report an end that is not one.
    pub unproven: u32,
}

impl World {
    pub fn wish(&mut self, uid: &str) -> &mut Wish {
        self.wishes.iter_mut().find(|wish| wish.uid == uid).unwrap()
    }

    /// A new request for one of the gateways, with a scenario of the simulator in some of its prompts.
    pub fn make_wish(&mut self) -> usize {
        const MODELS: [(&str, &str); 9] = [
            ("dashscope", "wan2.5-t2v-preview"),
            ("dashscope", "wan2.7-i2v"),
            ("crazyrouter", "wan2.2-i2v-plus"),
            ("crazyrouter", "wan2.5-t2v-preview@generations"),
            ("ope", "wan2.7-i2v"),
            ("ope", "wan2.7-i2v"),
            ("ope", "wan2.7-i2v@native"),
            ("acedata", "wan2.6-t2v"),
            ("acedata", "wan2.6-i2v"),
        ];
        const SCENARIOS: [&str; 11] = [
            "sim:moderation",
            "sim:unreadable-image",
            "sim:slow",
            "sim:attempt-failed",
            "sim:throttled-create",
            "sim:throttled",
            "sim:server-error",
            "sim:unknown-state",
            "sim:not-ready",
            "sim:create-500",
            "sim:expired",
        ];
        let (gateway_id, model_id) = *self.dice.pick(&MODELS);
        self.made += 1;
        let number = self.made;
        let (uid, mark) = (format!("u{number}"), format!("mark-{number}-"));
        let scenario = if self.dice.percent(35) { *self.dice.pick(&SCENARIOS) } else { "" };
        let mut draft = Draft::default();
        draft.set(FieldId::Prompt, Value::Text(format!("{mark} a cat {scenario}")));
        draft.set(FieldId::FirstFrame, Value::Media(Media::Url("https://example.com/a.png".to_owned())));
        draft.set(FieldId::Async, Value::Flag(self.dice.percent(60)));
        let gateway = self.catalog.gateway(gateway_id).unwrap();
        let model = gateway.model(model_id).unwrap();
        let base = BaseUrl::parse(&format!("{ORIGIN}/sim/{gateway_id}")).unwrap();
        let checked = check(&draft, gateway, model, &base, "cn");
        let generation = checked.generation().unwrap_or_else(|| panic!("{model_id}: {:?}", checked.problems()));
        let origin = Origin::of(gateway, model, base.clone(), "cn").unwrap();
        let query = format!("/{gateway_id}{}", origin.endpoint.query);
        self.met(format!("gateway {gateway_id}"));
        self.step(format!("{uid}: a wish for {gateway_id} {model_id} {scenario}"));
        self.wishes.push(Wish {
            uid,
            gateway: gateway_id,
            query,
            generation,
            draft,
            origin,
            mark,
            accepted: None,
            repeated: false,
            twin: None,
            create_answer: None,
            creates_sent: 0,
            is_deleted: false,
            by_hand: false,
            unproven: 2,
        });
        self.wishes.len() - 1
    }

    /// A press of Run; pressing again has no effect.
    pub fn press(&mut self, page: usize, wish: usize) {
        let now_ms = self.page_now_ms();
        let wish = &self.wishes[wish];
        let request = wish.generation.request();
        if self.pages[page].engine.pressed(request, now_ms, None).is_some() {
            self.met("double press");
            return;
        }
        let is_another = self.pages[page].engine.task(&wish.uid).is_none();
        assert!(is_another, "{}: two presses made two tasks", wish.uid);
        let (task, effects) = Task::start(wish.uid.clone(), wish.origin.clone(), &wish.generation, now_ms);
        assert!(
            matches!(effects[..], [Effect::Save, Effect::Send { call: Call::Create, .. }]),
            "the record is written before the create call: {effects:?}"
        );
        let uid = wish.uid.clone();
        let saved = Saved { task, draft: wish.draft.clone() };
        self.step(format!("page {page} {uid}: Run"));
        self.hear(page, Event::Began(Box::new(saved), effects));
    }

    /// A call that the user makes from a terminal: it always arrives.
    pub fn by_terminal(&mut self, request: &Request) -> Option<Response> {
        let mut pending = self.gateway.call(request, "sk-canary-good");
        Gateway::poll(&mut pending)
    }
}
