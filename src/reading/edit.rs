//! A request's body that was edited as text. What the form has a field for moves the draft; what it has none for is kept
//! beside the fields. Only what was edited changes: local files and what other models use stay as they are.

use super::{Parsed, Spot, file, is_called, json, size};
use crate::catalog::{FieldId, Gateway, Model, Sending};
use crate::draft::Draft;
use crate::http::Json;
use crate::protocol::{self, Back};

/// Why an edited body cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Not JSON, from this position on.
    Broken(Spot),
    /// Not a JSON object.
    NotObject,
    /// The gateway has no model of this name in the catalog: the form cannot choose it.
    Model(String),
}

/// What an edited body makes of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The model that the body names, by its index in the gateway's list.
    pub model: usize,
    /// The draft.
    pub draft: Draft,
}

/// Takes an edited body. `before` is the body as it was shown for the draft and the model, `now` is what became of it.
pub fn edited(gateway: &Gateway, model: usize, before: &str, now: &str, draft: &Draft) -> Result<Edited, Fault> {
    let (before, now) = (value(before)?, value(now)?);
    let old = back(gateway, &gateway.models[model], &before);
    let found = best(gateway, model, &old, &before, &now)?;
    let new = back(gateway, &gateway.models[found], &now);
    let mut draft = draft.clone();
    for id in touched(&old.draft, &new.draft) {
        match new.draft.get(id) {
            Some(value) => draft.set(id, value.clone()),
            None => draft.clear(id),
        }
        if new.draft.is_withheld(id) { draft.withhold(id) } else { draft.send_as_usual(id) }
    }
    if found != model || old.unknown != new.unknown {
        draft.keep_extra(new.unknown);
    }
    Ok(Edited { model: found, draft })
}

fn value(text: &str) -> Result<Json, Fault> {
    let Parsed { mut value, .. } = json::parse(text).map_err(Fault::Broken)?;
    if !matches!(value, Json::Object(_)) {
        return Err(Fault::NotObject);
    }
    file::adopt(&mut value, "");
    Ok(value)
}

/// The body as a model of the gateway reads it. What it lacks stays unsent.
fn back(gateway: &Gateway, model: &Model, body: &Json) -> Back {
    let Some(endpoint) = gateway.endpoint(model) else { return Back::default() };
    let mut back = protocol::draft_of(model, endpoint.dialect, body);
    let sent = model.fields.iter().filter(|field| field.send == Sending::Always);
    sent.for_each(|field| back.draft.withhold(field.id));
    back
}

/// The fields whose value, or lack of one, was edited.
fn touched(old: &Draft, new: &Draft) -> Vec<FieldId> {
    let differs = |id: &FieldId| old.get(*id) != new.get(*id) || old.is_withheld(*id) != new.is_withheld(*id);
    FieldId::ALL.iter().copied().filter(differs).collect()
}

/// The model that an edited body is for: the same, unless it names another, or one of the same name has a field for what
/// was added.
fn best(gateway: &Gateway, model: usize, old: &Back, before: &Json, now: &Json) -> Result<usize, Fault> {
    let name = protocol::model_of(now);
    let is_same = name == protocol::model_of(before);
    let left = |index: usize| -> usize {
        back(gateway, &gateway.models[index], now).unknown.iter().map(|(_, value)| size(value)).sum()
    };
    if is_same && left(model) <= old.unknown.iter().map(|(_, value)| size(value)).sum() {
        return Ok(model);
    }
    let is_named = |index: &usize| name.is_some_and(|name| is_called(&gateway.models[*index], name));
    let named = (0..gateway.models.len()).filter(is_named);
    let found = named.min_by_key(|index| (left(*index), *index != model));
    match (found, name) {
        (Some(found), _) => Ok(found),
        (None, Some(name)) if !is_same => Err(Fault::Model(name.to_owned())),
        (None, _) => Ok(model),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::BaseUrl;
    use crate::catalog::Catalog;
    use crate::checked::check;
    use crate::draft::{Media, Value};
    use crate::http::{Files, Request};
    use proptest::prelude::*;

    fn preview(gateway: &Gateway, model: usize, draft: &Draft) -> Request {
        let base = &gateway.bases[0];
        let url = BaseUrl::parse(&base.url.replace("{WorkspaceId}", "w")).expect("a test reads every base");
        check(draft, gateway, &gateway.models[model], &url, base.region).preview()
    }

    /// The body as it is shown: a local file is only named in it.
    fn shown(gateway: &Gateway, model: usize, draft: &Draft) -> String {
        preview(gateway, model, draft).body.map(|body| body.print(Files::Marked)).unwrap_or_default()
    }

    fn dashscope(model: &str) -> (&'static Gateway, usize) {
        let gateway = Catalog::built_in().gateway("dashscope").expect("it is there");
        (gateway, gateway.models.iter().position(|known| known.id == model).expect("it is there"))
    }

    fn text(id: FieldId, text: &str) -> Draft {
        let mut draft = Draft::default();
        draft.set(id, Value::Text(text.to_owned()));
        draft
    }

    #[test]
    fn what_the_form_knows_moves_it_and_the_rest_is_kept() {
        let (gateway, model) = dashscope("wan2.5-t2v-preview");
        let mut draft = text(FieldId::Prompt, "a cat");
        draft.set(FieldId::Portrait, Value::Media(Media::Url("https://a/b.png".into())));
        let before = shown(gateway, model, &draft);
        let now = before.replace("a cat", "a dog").replacen('{', "{\"trace\": [1, {\"a\": null}],", 1);
        let edited = edited(gateway, model, &before, &now, &draft).expect("it can be taken");
        assert_eq!(edited.draft.get(FieldId::Prompt), Some(&Value::Text("a dog".into())));
        assert_eq!(edited.draft.get(FieldId::Portrait), draft.get(FieldId::Portrait), "no part of this model");
        assert_eq!(edited.draft.extra().iter().map(|(path, _)| &**path).collect::<Vec<_>>(), ["trace"]);
        assert_eq!(edited.model, model);
    }

    #[test]
    fn what_was_taken_out_is_not_sent_and_comes_back() {
        let (gateway, model) = dashscope("wan2.5-t2v-preview");
        let draft = text(FieldId::Prompt, "a cat");
        let mut with = draft.clone();
        with.set(FieldId::Seed, Value::Text("7".into()));
        let (plain, seeded) = (shown(gateway, model, &draft), shown(gateway, model, &with));
        assert_ne!(plain, seeded);
        let gone = edited(gateway, model, &seeded, &plain, &with).expect("it can be taken");
        assert_eq!(shown(gateway, model, &gone.draft), plain);
        let back = edited(gateway, model, &plain, &seeded, &gone.draft).expect("it can be taken");
        assert_eq!(shown(gateway, model, &back.draft), seeded);
        let bare = "{\"model\": \"wan2.5-t2v-preview\", \"input\": {\"prompt\": \"a cat\"}}";
        let bare = edited(gateway, model, &seeded, bare, &with).expect("it can be taken");
        assert!(!shown(gateway, model, &bare.draft).contains("parameters"), "no default is put in");
    }

    #[test]
    fn another_model_is_chosen_by_its_name_and_an_unknown_one_is_said() {
        let (gateway, model) = dashscope("wan2.5-t2v-preview");
        let draft = text(FieldId::Prompt, "a cat");
        let before = shown(gateway, model, &draft);
        let of = |name: &str| edited(gateway, model, &before, &before.replace("wan2.5-t2v-preview", name), &draft);
        let found = of("wan2.6-t2v").expect("it can be taken");
        assert_eq!(gateway.models[found.model].wire_name(), "wan2.6-t2v");
        assert_eq!(found.draft.get(FieldId::Prompt), draft.get(FieldId::Prompt));
        assert_eq!(of("wan9-t2v"), Err(Fault::Model("wan9-t2v".into())));
    }

    #[test]
    fn a_fault_has_its_place() {
        let (gateway, model) = dashscope("wan2.5-t2v-preview");
        let draft = Draft::default();
        let of = |now: &str| edited(gateway, model, "{}", now, &draft).expect_err("it is wrong");
        assert_eq!(of("{\n  \"a\": oops!\n}"), Fault::Broken(Spot { line: 2, column: 8 }));
        assert_eq!(of("[1]"), Fault::NotObject);
    }

    proptest! {
        /// Every model of every gateway: what is not edited stays to the letter, and what nobody knows comes out again.
        #[test]
        fn only_what_was_edited_changes(at in 0_usize..1000, prompt in "[a-z猫\"\\\\ ]{1,12}", extra in "[a-z]{9}") {
            for gateway in Catalog::built_in().gateways {
                let model = at % gateway.models.len();
                let draft = text(FieldId::Prompt, &prompt);
                let before = shown(gateway, model, &draft);
                let same = edited(gateway, model, &before, &before, &draft).expect("it can be taken");
                prop_assert_eq!(&same, &Edited { model, draft: draft.clone() });
                let now = before.replacen('{', &["{\"", &extra, "\": 1,"].concat(), 1);
                let more = edited(gateway, model, &before, &now, &draft).expect("it can be taken");
                let (is, was) = (json::parse(&shown(gateway, more.model, &more.draft)), json::parse(&before));
                let (Ok(is), Ok(was)) = (is, was) else { return Err(TestCaseError::fail("it is JSON")) };
                prop_assert_eq!(is.value.at(&extra).map(|value| value.print(Files::Whole)), Some("1".to_owned()));
                let mut rest = is.value;
                if let Json::Object(members) = &mut rest {
                    members.retain(|(name, _)| *name != extra);
                }
                prop_assert_eq!(rest, was.value);
            }
        }
    }
}
