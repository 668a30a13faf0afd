//! What travels without standing before the eyes of who presses Run: values that were set while another model was
//! chosen and stand in the folded part of the form, and members that were brought along and have no row in it.

use crate::catalog::FieldId;
use crate::checked::{Checked, check};
use crate::draft::{Draft, Origins};
use crate::http::Json;
use crate::price::{Estimate, NoPrice, estimate};

/// What travels along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stray {
    /// The value of a field.
    Field {
        /// The field.
        id: FieldId,
        /// The model it was set under.
        model: String,
    },
    /// A member that was brought along.
    Extra {
        /// Its path in the body.
        path: String,
        /// Its value.
        value: Json,
    },
}

/// Something that travels along, and what it does to the price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Along {
    /// What it is.
    pub stray: Stray,
    /// The price without it, where that is another one.
    pub without: Option<Result<Estimate, NoPrice>>,
}

impl Stray {
    /// Takes it out of a draft.
    pub fn remove_from(&self, draft: &mut Draft) {
        match self {
            Self::Field { id, .. } => draft.clear(*id),
            Self::Extra { path, .. } => draft.drop_extra(path),
        }
    }
}

/// What of a checked draft travels along.
pub fn along(draft: &Draft, checked: &Checked<'_>, origins: &Origins) -> Vec<Along> {
    let model = checked.model().wire_name();
    let fields = checked.sent().iter().filter(|(field, _)| !field.is_main()).filter_map(|(field, _)| {
        // A default that always travels was set by nobody.
        draft.filled(field.id)?;
        let under = origins.of(field.id).filter(|under| *under != model)?;
        Some(Stray::Field { id: field.id, model: under.to_owned() })
    });
    let extra = checked.extra().iter().map(|(path, value)| Stray::Extra { path: path.clone(), value: value.clone() });
    let now = estimate(checked);
    let with_price = |stray: Stray| {
        let mut draft = draft.clone();
        stray.remove_from(&mut draft);
        let without = estimate(&check(&draft, checked.gateway(), checked.model(), checked.base(), checked.region()));
        Along { stray, without: Some(without).filter(|without| *without != now) }
    };
    fields.chain(extra).map(with_price).collect()
}
