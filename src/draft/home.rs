//! Where a file belongs that was dropped or pasted beside every field.

use super::Draft;
use crate::catalog::{FieldId, Gateway, Kind, MediaKind, MediaRule, Model};

/// Whether a file can reach this field at all: inside the request, or at the gateway's place for files.
pub fn takes_files(rule: &MediaRule) -> bool {
    rule.inline || rule.upload
}

/// Whether a field holds this kind of medium as a list, if it takes files of it.
fn is_list(kind: &Kind, media: MediaKind) -> Option<bool> {
    let takes = |rule: &MediaRule| rule.media == media && takes_files(rule);
    match kind {
        Kind::Media { rule, .. } if takes(rule) => Some(false),
        Kind::References { accepts, .. } if accepts.iter().any(takes) => Some(true),
        _ => None,
    }
}

/// The field of a model that a file belongs to: one that is blank and has to be filled, then any blank one, then a list
/// that takes one more, then one whose value it replaces.
pub fn home(model: &Model, draft: &Draft, kind: MediaKind) -> Option<FieldId> {
    let rank = |id: FieldId, required: bool, is_list: bool| match (draft.filled(id).is_none(), required, is_list) {
        (true, true, _) => 0,
        (true, false, _) => 1,
        (false, _, true) => 2,
        (false, _, false) => 3,
    };
    let fields = model.fields.iter().filter_map(|field| {
        let is_list = is_list(&field.kind, kind)?;
        Some((rank(field.id, field.required, is_list), field.id))
    });
    fields.min_by_key(|(rank, _)| *rank).map(|(_, id)| id)
}

/// A model of the gateway that takes such a file, by its index, and the field it goes to: the first that needs one, else
/// the first that can do something with it.
pub fn elsewhere(gateway: &Gateway, kind: MediaKind, region: &str) -> Option<(usize, FieldId)> {
    let offered = |(_, model): &(usize, &Model)| model.is_offered_in(region);
    let find = |needed: bool| {
        gateway.models.iter().enumerate().filter(offered).find_map(|(index, model)| {
            let field = model.fields.iter().find(|field| {
                is_list(&field.kind, kind).is_some() && field.when.is_none() && (field.required || !needed)
            });
            field.map(|field| (index, field.id))
        })
    };
    find(true).or_else(|| find(false))
}

/// The model of a gateway that goes on from a picture, by its index: this one if it takes first frames as files, else one
/// of its generation, and one that cannot do without before one that can.
pub fn from_frame(gateway: &Gateway, region: &str, model: &str) -> Option<usize> {
    let generation = |id: &str| id.split('-').next().unwrap_or_default().to_owned();
    let rank = |(index, known): (usize, &Model)| {
        let field = known.field(FieldId::FirstFrame)?;
        let takes = matches!(&field.kind, Kind::Media { rule, .. } if takes_files(rule));
        let distance = (known.id != model, generation(known.id) != generation(model), !field.required);
        (takes && known.is_offered_in(region)).then_some((distance, index))
    };
    gateway.models.iter().enumerate().filter_map(rank).min().map(|(_, index)| index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::draft::{Media, Reference, Value};

    #[test]
    fn a_file_goes_to_the_field_that_misses_it() {
        let gateway = Catalog::built_in().gateway("dashscope").expect("it is there");
        let model = |id: &str| gateway.models.iter().find(|model| model.id == id).expect("it is there");
        let mut draft = Draft::default();
        assert_eq!(home(model("wan2.2-s2v"), &draft, MediaKind::Image), Some(FieldId::Portrait));
        assert_eq!(home(model("wan2.2-s2v"), &draft, MediaKind::Audio), Some(FieldId::Audio));
        assert_eq!(home(model("wan2.2-s2v"), &draft, MediaKind::Video), None);
        let frames = model("wan2.2-kf2v-flash");
        assert_eq!(home(frames, &draft, MediaKind::Image), Some(FieldId::FirstFrame));
        draft.set(FieldId::FirstFrame, Value::Media(Media::Url("https://a/b.png".into())));
        assert_eq!(home(frames, &draft, MediaKind::Image), Some(FieldId::LastFrame));
        draft.set(FieldId::LastFrame, Value::Media(Media::Url("https://a/c.png".into())));
        assert_eq!(home(frames, &draft, MediaKind::Image), Some(FieldId::FirstFrame), "it replaces what stands there");
    }

    #[test]
    fn a_field_that_has_to_be_filled_comes_before_one_that_may_be() {
        let catalog = Catalog::built_in();
        let gateway = catalog.gateway("dashscope").expect("it is there");
        let model = gateway.model("wan2.7-r2v").expect("it is there");
        let rule = |id| model.field(id).map(|field| field.required);
        let at = |id| model.fields.iter().position(|field| field.id == id);
        // The one that may be filled is first in the form.
        assert!(at(FieldId::FirstFrame) < at(FieldId::References));
        assert_eq!((rule(FieldId::FirstFrame), rule(FieldId::References)), (Some(false), Some(true)));
        let mut draft = Draft::default();
        assert_eq!(home(model, &draft, MediaKind::Image), Some(FieldId::References));
        let one =
            Reference { media: Media::Url("https://a/b.png".into()), kind: MediaKind::Image, voice: String::new() };
        draft.set(FieldId::References, Value::References(vec![one]));
        assert_eq!(home(model, &draft, MediaKind::Image), Some(FieldId::FirstFrame), "nothing is missing any more");
    }

    #[test]
    fn a_picture_is_gone_on_from_by_the_same_model_or_its_nearest() {
        let catalog = Catalog::built_in();
        let from = |gateway: &str, model: &str| {
            let gateway = catalog.gateway(gateway).expect("it is there");
            from_frame(gateway, gateway.bases[0].region, model).map(|index| gateway.models[index].id)
        };
        assert_eq!(from("dashscope", "wan2.5-i2v-preview"), Some("wan2.5-i2v-preview"));
        assert_eq!(from("dashscope", "wan2.5-t2v-preview"), Some("wan2.5-i2v-preview"));
        assert!(from("dashscope", "a-model-of-nobody").is_some(), "any is better than none");
        assert_eq!(from("acedata", "wan2.6-t2v"), Some("wan2.6-i2v"));
    }

    #[test]
    fn what_the_model_cannot_take_another_one_can() {
        let catalog = Catalog::built_in();
        let gateway = catalog.gateway("dashscope").expect("it is there");
        let text = gateway.models.iter().find(|model| model.id == "wan2.7-t2v").expect("it is there");
        assert_eq!(home(text, &Draft::default(), MediaKind::Image), None);
        for kind in [MediaKind::Image, MediaKind::Audio, MediaKind::Video] {
            let (index, field) = elsewhere(gateway, kind, "cn").expect("a model takes it");
            let model = &gateway.models[index];
            assert!(model.field(field).is_some_and(|field| is_list(&field.kind, kind).is_some()), "{}", model.id);
        }
    }
}
