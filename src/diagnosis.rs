//! Why a call got no response. A browser says only that it failed; probing around it tells more: whether there is a
//! network, whether the address makes sense, whether the page's own policy blocked it, whether the host responds at
//! all, and whether it allows pages of other origins. Facts in, one diagnosis out.

use crate::address::{AddressFault, BaseUrl, is_on_this_machine, origin_of};

/// The result of probing the host: a call without key, cookies or referrer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Probe {
    /// It was not made.
    #[default]
    NotMade,
    /// Something came back.
    Answered,
    /// Nothing came back.
    Failed,
}

/// The known facts. Each flag is independent.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The address of the call.
    pub url: String,
    /// The page came over https.
    pub page_is_secure: bool,
    /// The browser says it is offline.
    pub offline: bool,
    /// The browser reported that the page's own policy blocked this address.
    pub blocked_by_policy: bool,
    /// The call was aborted by its timeout.
    pub timed_out: bool,
    /// A call that needs no permission, whose response the page may not read (`no-cors`).
    pub opaque: Probe,
    /// A simple request, without a preflight, whose response the page must be allowed to read.
    pub simple: Probe,
    /// A request that the browser preflights.
    pub asked: Probe,
}

/// The header a gateway would have to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// `Access-Control-Allow-Origin`: no response may be read at all.
    AllowOrigin,
    /// `Access-Control-Allow-Headers` or `-Methods`: responses may be read, but the preflight is refused.
    AllowHeaders,
}

/// Why no response came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Diagnosis {
    /// There is no network.
    Offline,
    /// The address is not valid.
    Malformed(AddressFault),
    /// A page that came over https may not call plain http.
    MixedContent,
    /// The page's own Content-Security-Policy forbids the address.
    Policy,
    /// Nothing responds at this host.
    Unreachable,
    /// Nothing responds on this very machine.
    UnreachableHere,
    /// The host responds, but not to pages of other origins.
    Cors(Missing),
    /// The host responds to pages, so it took too long this time.
    TooSlow,
    /// The host responds to pages, so the connection broke this time.
    Broken,
}

impl Diagnosis {
    /// Whether calls from the page to this host are proven impossible, so that another route is needed.
    pub const fn is_closed_to_pages(self) -> bool {
        matches!(self, Self::Cors(_))
    }
}

/// What is known before any probe, if that is enough.
pub fn at_once(facts: &Facts) -> Option<Diagnosis> {
    if origin_of(&facts.url).is_none() {
        return Some(Diagnosis::Malformed(fault_of(&facts.url)));
    }
    let here = is_on_this_machine(&facts.url);
    if facts.offline && !here {
        return Some(Diagnosis::Offline);
    }
    if facts.blocked_by_policy {
        return Some(Diagnosis::Policy);
    }
    let is_plain = facts.url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http:"));
    (facts.page_is_secure && is_plain && !here).then_some(Diagnosis::MixedContent)
}

/// Why no response came, with the probes made.
pub fn diagnose(facts: &Facts) -> Diagnosis {
    if let Some(known) = at_once(facts) {
        return known;
    }
    match (facts.opaque, facts.simple, facts.asked) {
        // A response that could be read outweighs whatever an earlier probe may have missed.
        (_, Probe::Answered, Probe::Failed) => Diagnosis::Cors(Missing::AllowHeaders),
        (_, Probe::Answered, _) | (_, _, Probe::Answered) => {
            if facts.timed_out {
                Diagnosis::TooSlow
            } else {
                Diagnosis::Broken
            }
        }
        (Probe::Answered, Probe::Failed, _) => Diagnosis::Cors(Missing::AllowOrigin),
        (Probe::Failed, ..) if is_on_this_machine(&facts.url) => Diagnosis::UnreachableHere,
        (Probe::Failed, ..) => Diagnosis::Unreachable,
        // Without probes, all that can be said is that it broke.
        (Probe::NotMade | Probe::Answered, ..) if facts.timed_out => Diagnosis::TooSlow,
        (Probe::NotMade | Probe::Answered, ..) => Diagnosis::Broken,
    }
}

fn fault_of(url: &str) -> AddressFault {
    BaseUrl::parse(url).err().unwrap_or(AddressFault::Host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Probe::{Answered, Failed, NotMade};

    fn facts(url: &str) -> Facts {
        Facts { url: url.to_owned(), page_is_secure: true, ..Facts::default() }
    }

    const HOST: &str = "https://gateway.example/v1/videos";
    const HERE: &str = "http://127.0.0.1:8080/sim/ope/v1/videos";

    #[test]
    fn what_is_plain_needs_no_probe() {
        let offline = |url: &str| Facts { offline: true, ..facts(url) };
        assert_eq!(at_once(&offline(HOST)), Some(Diagnosis::Offline));
        assert_eq!(at_once(&offline(HERE)), None, "this machine needs no network");
        assert_eq!(at_once(&facts("gateway.example")), Some(Diagnosis::Malformed(AddressFault::NoScheme)));
        assert_eq!(at_once(&facts("https://")), Some(Diagnosis::Malformed(AddressFault::Host)));
        assert_eq!(at_once(&facts("HTTP://gateway.example/")), Some(Diagnosis::MixedContent));
        assert_eq!(at_once(&facts(HERE)), None, "a page may call its own machine");
        assert_eq!(at_once(&Facts { page_is_secure: false, ..facts("http://gateway.example/") }), None);
        assert_eq!(at_once(&Facts { blocked_by_policy: true, ..facts(HOST) }), Some(Diagnosis::Policy));
        assert_eq!(at_once(&Facts { offline: true, blocked_by_policy: true, ..facts(HOST) }), Some(Diagnosis::Offline));
    }

    #[test]
    fn every_outcome_of_the_probes_has_its_word() {
        let cors = |missing| Diagnosis::Cors(missing);
        for (opaque, simple, asked, timed_out, expected) in [
            (Failed, Failed, Failed, false, Diagnosis::Unreachable),
            (Failed, NotMade, NotMade, true, Diagnosis::Unreachable),
            (Answered, Failed, Failed, false, cors(Missing::AllowOrigin)),
            (Answered, Failed, NotMade, true, cors(Missing::AllowOrigin)),
            (Answered, Answered, Failed, false, cors(Missing::AllowHeaders)),
            (Answered, Answered, Answered, false, Diagnosis::Broken),
            (Answered, Answered, Answered, true, Diagnosis::TooSlow),
            // The network came back between the probes.
            (Failed, Answered, Answered, false, Diagnosis::Broken),
            (Failed, Failed, Answered, false, Diagnosis::Broken),
            (NotMade, NotMade, NotMade, false, Diagnosis::Broken),
            (NotMade, NotMade, NotMade, true, Diagnosis::TooSlow),
        ] {
            let facts = Facts { timed_out, opaque, simple, asked, ..facts(HOST) };
            assert_eq!(diagnose(&facts), expected, "{facts:?}");
            assert_eq!(expected.is_closed_to_pages(), matches!(expected, Diagnosis::Cors(_)));
        }
        let here = Facts { opaque: Failed, simple: Failed, asked: Failed, ..facts(HERE) };
        assert_eq!(diagnose(&here), Diagnosis::UnreachableHere);
    }
}
