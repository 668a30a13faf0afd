//! What is sent without being visible to whoever presses Run: values that were set under another model and are in the
//! collapsed part of the form, and imported properties that have no row in it. And what is not sent although the form
//! would, because the request it was filled from lacks it.

use crate::catalog::{Choice, FieldId, Sending};
use crate::checked::{Checked, check};
use crate::draft::{Draft, Origins};
use crate::http::Json;
use crate::price::{Estimate, NoPrice, estimate};

/// Something that is sent along unnoticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stray {
    /// The value of a field.
    Field {
        /// The field.
        id: FieldId,
        /// The model it was set under.
        model: String,
    },
    /// A field that the form sends by itself and the pasted request lacks: it is not sent.
    Withheld {
        /// The field.
        id: FieldId,
        /// What the form would send.
        usual: Choice,
    },
    /// An imported property.
    Extra {
        /// Its path in the body.
        path: String,
        /// Its value.
        value: Json,
    },
}

/// Something that is sent along, and its effect on the price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Along {
    /// What it is.
    pub stray: Stray,
    /// The price without it, if that differs.
    pub without: Option<Result<Estimate, NoPrice>>,
}

impl Stray {
    /// Whether it is as it was pasted.
    pub fn is_as_pasted(&self) -> bool {
        !matches!(self, Self::Field { .. })
    }

    /// Removes it from a draft; a field that is kept unsent is sent as usual.
    pub fn remove_from(&self, draft: &mut Draft) {
        match self {
            Self::Field { id, .. } => draft.clear(*id),
            Self::Withheld { id, .. } => draft.send_as_usual(*id),
            Self::Extra { path, .. } => draft.drop_extra(path),
        }
    }
}

/// What a checked draft sends along unnoticed.
pub fn along(draft: &Draft, checked: &Checked<'_>, origins: &Origins) -> Vec<Along> {
    let model = checked.model().wire_name();
    let fields = checked.sent().iter().filter(|(field, _)| !field.is_main()).filter_map(|(field, _)| {
        // A default that is always sent was set by nobody.
        draft.filled(field.id)?;
        let under = origins.of(field.id).filter(|under| *under != model)?;
        Some(Stray::Field { id: field.id, model: under.to_owned() })
    });
    let extra = checked.extra().iter().map(|(path, value)| Stray::Extra { path: path.clone(), value: value.clone() });
    let withheld = checked.model().fields.iter().filter_map(|field| {
        let usual = field.default.filter(|_| field.send == Sending::Always && draft.is_withheld(field.id))?;
        Some(Stray::Withheld { id: field.id, usual })
    });
    let now = estimate(checked);
    let with_price = |stray: Stray| {
        let mut draft = draft.clone();
        stray.remove_from(&mut draft);
        let without = estimate(&check(&draft, checked.gateway(), checked.model(), checked.base(), checked.region()));
        Along { stray, without: Some(without).filter(|without| *without != now) }
    };
    fields.chain(extra).chain(withheld).map(with_price).collect()
}
