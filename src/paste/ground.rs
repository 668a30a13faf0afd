//! Where the verdicts come from, as names of sources in the catalog, so that each is shown with the day it was read.

use super::judged::Verdict;
use crate::catalog::{Catalog, FieldId};
use crate::checked::ProblemKind;
use crate::doctor::{Fault, Finding, Part};

/// The documents that a verdict rests on, as names in the gateway's table of sources: the one with the rule, and the one
/// that says what is billed. Empty where no document speaks of it.
pub fn sources(
    catalog: &Catalog,
    finding: &Finding,
    verdict: Verdict,
    gateway: &str,
    model: &str,
) -> Vec<&'static str> {
    let Some(gateway) = catalog.gateway(gateway) else { return Vec::new() };
    let is_silent = matches!(finding.fault, Fault::UnknownMember | Fault::Misspelt { .. });
    if verdict == Verdict::NotDocumented && is_silent {
        return Vec::new();
    }
    let of_model = gateway.model(model).map(|model| model.source);
    let rule = match &finding.part {
        // How a gateway is called stands in the document that defines it here.
        Part::Method | Part::Url | Part::Header(_) | Part::Key | Part::Text(_) => Some(gateway.document),
        Part::Body(_) => of_model.or(Some(gateway.document)),
    };
    let mut names: Vec<&'static str> = rule.into_iter().collect();
    let counts_money = verdict == Verdict::FailsLater
        || matches!(&finding.fault, Fault::Value(FieldId::Duration | FieldId::Tier, ProblemKind::Missing));
    // Its page of codes says that the call itself is refused so.
    let is_of_codes = verdict == Verdict::RefusedAtOnce
        && matches!(
            finding.fault,
            Fault::Misplaced { .. } | Fault::NameOfAnother { .. } | Fault::Value(_, ProblemKind::Missing)
        );
    if is_of_codes && gateway.sources.get("errors").is_some() {
        names.push("errors");
    }
    if counts_money && let Some((name, _)) = gateway.sources.get("price").map(|source| ("price", source)) {
        names.push(name);
    }
    names
}
