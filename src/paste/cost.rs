//! What a finished task cost by the catalog: from the seconds its answer reports, and the model, gateway and region that
//! the request or the answer names. What is not told is not guessed.

use super::answer::{Answer, Remark, State};
use super::asked::{Asked, Standing};
use super::bill::{Cost, Listed, NoCost};
use super::scene::Scene;
use super::whose::Whose;
use crate::catalog::{FieldId, Gateway, Model, Sound};
use crate::price;
use crate::reading;

/// The cost of a task by its answer. `made` is the request that created it, `asked` the one that this answers.
pub fn cost(scene: Scene<'_>, answer: &Answer, made: Option<&Asked>, asked: Option<&Asked>) -> Option<Cost> {
    if answer.state != State::Succeeded {
        return None;
    }
    Some(match listed(scene, answer, made, asked) {
        Ok(listed) => Cost::Listed(Box::new(listed)),
        Err(why) => Cost::Unknown(why),
    })
}

fn listed(scene: Scene<'_>, answer: &Answer, made: Option<&Asked>, asked: Option<&Asked>) -> Result<Listed, NoCost> {
    if answer.remarks.contains(&Remark::NotWan) {
        return Err(NoCost::NotListed);
    }
    let billed_ms = answer.made.billed_ms.ok_or(NoCost::Length)?;
    let name = made.map(|made| made.model.clone()).filter(|name| !name.is_empty());
    let own = Some(answer.model.clone()).filter(|name| !name.is_empty());
    let name = name.or(own).ok_or(NoCost::Model)?;
    if made.is_some_and(|made| matches!(made.standing, Standing::Unlisted(_) | Standing::ByName | Standing::NotVideo)) {
        return Err(NoCost::NotListed);
    }
    let (gateway, region) = home(scene, answer, made, asked).ok_or(NoCost::Gateway)?;
    let model = model(gateway, &name).ok_or(NoCost::NotListed)?;
    let rates = price::rates(model, &region).ok_or(NoCost::Price)?;
    let tier = tier(answer, made, gateway).ok_or(NoCost::Tier)?;
    let is_silent = if rates.silent.get(&tier).is_some() && model.sound == Sound::Field {
        silent(scene, made).ok_or(NoCost::Sound)?
    } else {
        false
    };
    let (sum, currency) = price::billed(model, &region, &tier, is_silent, billed_ms).ok_or(NoCost::Tier)?;
    let (per_second, _) = price::billed(model, &region, &tier, is_silent, 1000).ok_or(NoCost::Tier)?;
    Ok(Listed {
        sum,
        currency,
        billed_ms,
        per_second,
        tier,
        basis: model.price.basis,
        gateway: gateway.id.to_owned(),
        source: rates.source,
    })
}

/// Gateway and region: those of the request, or else of the answer, if it leaves no other.
fn home(
    scene: Scene<'_>,
    answer: &Answer,
    made: Option<&Asked>,
    asked: Option<&Asked>,
) -> Option<(&'static Gateway, String)> {
    for request in [made, asked].into_iter().flatten() {
        match &request.whose {
            Whose::Gateway { id, region, .. } => return Some((scene.catalog.gateway(id)?, region.clone())),
            // Sent to somebody else: their prices are not known.
            Whose::Nobody(_) | Whose::ThisMachine(_) | Whose::TokenPlan => return None,
            Whose::ByPath(_) | Whose::Open(_) | Whose::Unsaid => {}
        }
    }
    let first = answer.places.first()?;
    if answer.places.iter().any(|place| place.gateway != first.gateway) {
        return None;
    }
    let gateway = scene.catalog.gateway(&first.gateway)?;
    if let Some(base) = &first.base {
        return Some((gateway, reading::region_of(gateway, base).to_owned()));
    }
    let region = gateway.bases.first()?.region;
    gateway.bases.iter().all(|base| base.region == region).then(|| (gateway, region.to_owned()))
}

fn model(gateway: &'static Gateway, name: &str) -> Option<&'static Model> {
    let name = reading::undated(name);
    gateway.models.iter().find(|known| known.wire_name().eq_ignore_ascii_case(name))
}

/// The tier that was made, or else the one that was asked for.
fn tier(answer: &Answer, made: Option<&Asked>, gateway: &Gateway) -> Option<String> {
    if !answer.made.tier.is_empty() {
        return Some(answer.made.tier.clone());
    }
    let judged = made?.judged.iter().find(|judged| judged.gateway == gateway.id)?;
    judged.price.as_ref().map(|price| price.tier.clone())
}

/// Whether the request asked for a silent video.
fn silent(scene: Scene<'_>, made: Option<&Asked>) -> Option<bool> {
    let wish = made?.judged.iter().find_map(|judged| judged.wish.as_ref())?;
    Some(wish.check(scene.catalog)?.flag(FieldId::Sound) == Some(false))
}
