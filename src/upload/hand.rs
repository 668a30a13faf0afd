//! An upload that somebody carries out in a terminal: what the printed commands say there, pasted back.

use super::{Plan, Step, Trouble, UploadWay, Uploaded};
use crate::address::{check_media_link, is_oss};
use crate::http::{Form, Response};
use crate::protocol::Unreadable;
use crate::takeup;

/// What follows from a pasted text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The form that is sent next.
    Next(Form),
    /// The file is there.
    There(Uploaded),
}

impl Plan {
    /// What follows from the text that the command of a step printed, or from the link itself. A store that has taken a
    /// file says nothing. `began_ms` is when the command was shown: the file may be kept from then on.
    ///
    /// # Errors
    /// If the text is a refusal or makes no sense.
    pub fn told(&self, step: &Step, text: &str, began_ms: u64) -> Result<Told, Trouble> {
        let text = text.trim();
        if self.is_own_link(text) {
            return Ok(Told::There(self.lies(text.to_owned(), began_ms)));
        }
        match step {
            Step::Ask(_) => self.allowed(&takeup::answer(text)).map(Told::Next),
            Step::Send(form) => self.sent(form, &self.response(text)?, began_ms).map(Told::There),
        }
    }

    /// Whether a text is a link as this place gives them.
    fn is_own_link(&self, text: &str) -> bool {
        let is_link = check_media_link(text).is_ok() && text.chars().all(|c| c.is_ascii_graphic());
        is_link
            && match self.place.upload.way {
                UploadWay::Policy => is_oss(text),
                UploadWay::Form => text.starts_with("https://"),
            }
    }

    fn response(&self, text: &str) -> Result<Response, Trouble> {
        let answer = takeup::answer(text);
        match self.place.upload.way {
            UploadWay::Form => Ok(answer),
            // Without its status, a refusal of the store is told from silence by its XML.
            UploadWay::Policy if text.contains("<Code>") && answer.status < 300 => {
                Ok(Response { status: 400, ..answer })
            }
            UploadWay::Policy if text.is_empty() || text.starts_with("HTTP/") => Ok(answer),
            UploadWay::Policy => Err(Trouble::Unreadable(Unreadable::Shape)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::BaseUrl;
    use crate::catalog::{Catalog, MediaKind};
    use crate::media::Format;
    use crate::upload::trouble::Next;
    use crate::upload::{FileFacts, Place};

    const POLICY: &str = r#"{"request_id":"r","data":{"policy":"cA==","signature":"s=","upload_dir":"dashscope-instant/a",
        "upload_host":"https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com","expire_in_seconds":300,
        "max_file_size_mb":100,"oss_access_key_id":"LTAI5t","x_oss_object_acl":"private","x_oss_forbid_overwrite":"true"}}"#;

    fn plan(gateway: &str) -> Plan {
        let gateway = Catalog::built_in().gateway(gateway).expect("a gateway");
        let model = gateway.model("wan2.2-s2v").expect("a model");
        let rule = model.fields.iter().find_map(|field| match &field.kind {
            crate::catalog::Kind::Media { rule, .. } if rule.media == MediaKind::Image => Some(*rule),
            _ => None,
        });
        let base = BaseUrl::parse(gateway.bases[0].url).expect("a base");
        let (name, format) = ("me.png".to_owned(), Some(Format::Png));
        let file = FileFacts { name, format, kind: MediaKind::Image, bytes: 5 };
        Place::of(gateway, &rule.expect("a picture"), &base).expect("a place").plan(model, file, 7).expect("it fits")
    }

    #[test]
    fn the_policy_as_curl_prints_it_gives_the_form_and_silence_of_the_store_the_link() {
        let plan = plan("dashscope");
        let ask = plan.begin();
        let told = plan.told(&ask, &["HTTP/2 200\r\ncontent-type: application/json\r\n\r\n", POLICY].concat(), 5);
        let Ok(Told::Next(form)) = told else { panic!("{told:?}") };
        let send = Step::Send(form);
        for silence in ["", "  \n", "HTTP/1.1 200 OK\r\nx: y\r\n"] {
            let Ok(Told::There(there)) = plan.told(&send, silence, 5) else { panic!("{silence:?}") };
            assert_eq!(there.link, "oss://dashscope-instant/a/00000007.png");
            assert_eq!((there.model.as_deref(), there.ends_ms), (Some("wan2.2-s2v"), Some(5 + 48 * 3_600_000)));
        }
        let xml = "<?xml version=\"1.0\"?>\n<Error>\n  <Code>AccessDenied</Code>\n  <Message>Invalid according to Policy: Policy expired.</Message>\n</Error>";
        assert_eq!(plan.told(&send, xml, 5), Err(Trouble::Expired));
        let curl = "curl: (26) Failed to open/read local data from file/application";
        assert_eq!(plan.told(&send, curl, 5), Err(Trouble::Unreadable(Unreadable::Shape)));
        let refused =
            plan.told(&ask, r#"{"code":"InvalidApiKey","message":"Invalid API-key provided.","request_id":"r"}"#, 5);
        assert_eq!(refused.expect_err("a refusal").next(), Next::OtherKey);
        assert!(plan.told(&ask, "", 5).is_err());
    }

    #[test]
    fn a_link_of_the_place_may_be_pasted_itself_and_no_other() {
        let (store, form) = (plan("dashscope"), plan("crazyrouter"));
        let link = |plan: &Plan, text: &str| match plan.told(&plan.begin(), text, 5) {
            Ok(Told::There(there)) => there.link,
            other => format!("{other:?}"),
        };
        assert_eq!(link(&store, " oss://dashscope-instant/b/me.png\n"), "oss://dashscope-instant/b/me.png");
        assert_eq!(link(&form, "https://media.crazyrouter.com/u/a.png"), "https://media.crazyrouter.com/u/a.png");
        assert_eq!(
            link(&form, r#"{"url":"https://media.crazyrouter.com/u/a.png"}"#),
            "https://media.crazyrouter.com/u/a.png"
        );
        for text in ["https://a.example/b.png", "oss://", "oss://a b", "javascript:alert(1)"] {
            assert!(link(&store, text).starts_with("Err"), "{text}");
        }
        assert!(link(&form, "oss://a/b.png").starts_with("Err"));
    }
}
