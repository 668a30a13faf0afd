//! A request under examination (the patient): its current form, and the findings.

use super::{Effect, Fault, Finding, Part};
use crate::address::BaseUrl;
use crate::catalog::{Catalog, Dialect, Endpoint, FieldId, Gateway, Kind, Model};
use crate::draft::{Draft, Value};
use crate::http::Json;
use crate::http::path::{last_name, steps};
use crate::protocol;

/// A create call whose gateway and model are known.
pub struct Patient<'a> {
    pub catalog: &'a Catalog,
    pub gateway: &'a Gateway,
    pub model: &'a Model,
    pub endpoint: &'a Endpoint,
    pub base: BaseUrl,
    pub region: String,
    /// The body, with the corrections made so far.
    pub body: Json,
    pub findings: Vec<Finding>,
    /// How many more unknown properties are examined: a body with thousands is not meant for this gateway.
    pub patience: usize,
}

impl Patient<'_> {
    /// Records a finding.
    pub fn find(&mut self, part: Part, fault: Fault, effect: Effect, mended: bool) {
        let finding = Finding { part, fault, effect, mended };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// Records a finding about a property of the body.
    pub fn find_at(&mut self, path: &str, fault: Fault, effect: Effect, mended: bool) {
        self.find(Part::Body(path.to_owned()), fault, effect, mended);
    }

    pub fn dialect(&self) -> Dialect {
        self.endpoint.dialect
    }

    /// Whether this is Alibaba's own service, which is stricter and knows its own storage.
    pub fn is_own_service(&self) -> bool {
        self.dialect() == Dialect::Bailian && !self.endpoint.headers.is_empty()
    }

    /// The draft that the body currently represents.
    pub fn draft(&self) -> Draft {
        protocol::draft_of(self.model, self.dialect(), &self.body).draft
    }

    /// The position of a field on the wire for this model.
    pub fn place(&self, id: FieldId) -> Option<String> {
        let field = self.model.field(id)?;
        if field.at.is_empty() { Some(self.model.size.as_ref()?.at.to_owned()) } else { Some(field.at.to_owned()) }
    }

    /// Writes a value where this model has it. Returns whether it could be written.
    pub fn write(&mut self, id: FieldId, value: &Value) -> bool {
        if !matches!(id, FieldId::Tier | FieldId::Ratio) || self.model.size.is_none() {
            let dialect = self.dialect();
            if let (Kind::Choice { options }, Value::Text(word)) = (&self.field_kind(id), value)
                && !options.contains(&word.as_str())
            {
                return false;
            }
            return protocol::write(&mut self.body, self.model, dialect, id, value);
        }
        let mut draft = self.draft();
        draft.set(id, value.clone());
        self.write_size(&draft)
    }

    /// Renames a property to another name in the same object. Returns whether it could.
    pub fn rename(&mut self, from: &str, to: &str) -> bool {
        let (from_steps, to_steps) = (steps(from), steps(to));
        let same =
            from_steps.len() == to_steps.len() && from_steps.iter().rev().skip(1).eq(to_steps.iter().rev().skip(1));
        same && self.body.rename(from, &last_name(to))
    }

    /// Moves a property to another position if nothing is there; an existing value was intended. A new name in the same
    /// object keeps its position among the others.
    pub fn relocate(&mut self, from: &str, to: &str, value: &Json) {
        if self.rename(from, to) {
            return;
        }
        self.body.take(from);
        self.body.add(to, value.clone());
    }

    fn field_kind(&self, id: FieldId) -> Kind {
        self.model.field(id).map_or(Kind::Flag, |field| field.kind)
    }

    /// Writes a draft's tier and ratio as the size they represent, if the model has one.
    pub fn write_size(&mut self, draft: &Draft) -> bool {
        let Some(wire) = self.size_of(draft) else { return false };
        let Some(table) = &self.model.size else { return false };
        self.body.put(table.at, Json::Text(wire));
        true
    }

    /// The size that a draft's tier and ratio represent.
    pub fn size_of(&self, draft: &Draft) -> Option<String> {
        let mut only = Draft::default();
        for id in [FieldId::Tier, FieldId::Ratio] {
            if let Some(value) = draft.filled(id) {
                only.set(id, value.clone());
            }
        }
        let checked = crate::checked::check(&only, self.gateway, self.model, &self.base, &self.region);
        checked.size().map(|(_, wire)| wire.to_owned())
    }
}
