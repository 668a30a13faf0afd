use super::misread::MOST_MISREAD;
use super::*;
use crate::draft::{Media, Value};

fn wish(fragment: &str) -> (Link, Vec<Misread>) {
    let opened = open(fragment);
    (opened.wish.expect("a wish"), opened.misread)
}

#[test]
fn a_readable_link_is_read() {
    let (link, misread) = wish(
        "1/dashscope/wan2.5-t2v-preview?prompt=A+cat%2C%20%E7%8C%AB&duration=5&watermark=false&lang=zh&view=python",
    );
    assert_eq!(misread, []);
    assert_eq!(link.gateway.as_ref().map(Id::text), Some("dashscope"));
    assert_eq!(link.model.as_ref().map(Id::text), Some("wan2.5-t2v-preview"));
    assert_eq!(link.lang, Some(Language::Zh));
    assert_eq!(link.view.map(View::id), Some("wan.py"));
    let draft = link.draft();
    assert_eq!(draft.get(FieldId::Prompt), Some(&Value::Text("A cat, 猫".into())));
    assert_eq!(draft.get(FieldId::Duration), Some(&Value::Text("5".into())));
    assert_eq!(draft.get(FieldId::Watermark), Some(&Value::Flag(false)));
}

#[test]
fn what_is_not_understood_is_named_and_the_rest_applies() {
    let long = "x".repeat(100);
    let text = format!(
        "1/dash%20scope/wan2.7-t2v?prompt=ok&first_frame=javascript:alert(1)&key=sk-1&callback_url=https://e/&sound=maybe\
         &lang=tlh&view=vi&seed=%ff&voice=https://h/v&references=film:https://h&{long}=1&portrait=https://h/p.png"
    );
    let (link, misread) = wish(&text);
    let value = |name: &str| Misread::Value(name.into());
    let expected = [
        Misread::Gateway("dash scope".into()),
        value("first_frame"),
        Misread::Field("key".into()),
        Misread::Refused("callback_url".into()),
        value("sound"),
        value("lang"),
        value("view"),
        value("seed"),
        value("voice"),
        value("references"),
        Misread::Field("x".repeat(40)),
    ];
    assert_eq!(misread, expected);
    assert_eq!(link.gateway, None);
    assert_eq!(link.fields().collect::<Vec<_>>(), [FieldId::Prompt, FieldId::Portrait]);
    let portrait = link.draft().get(FieldId::Portrait).cloned();
    assert_eq!(portrait, Some(Value::Media(Media::Url("https://h/p.png".into()))));
}

#[test]
fn versions_of_the_future_say_so_and_anchors_are_no_links() {
    for newer in ["2/dashscope/x", "2z/x", "99999999999999999999/x", "2", "0/x", "21z?a=b"] {
        assert_eq!(open(newer), Opened { misread: vec![Misread::Newer], ..Opened::default() }, "{newer}");
    }
    for anchor in ["", "desk", "1x", "z/", "/1/", "2024-notes", "embedded", "1zz/"] {
        assert_eq!(open(anchor), Opened::default(), "{anchor}");
    }
    assert_eq!(open("1").wish, Some(Link::default()));
    assert_eq!(open("1z/abc").packed.as_deref(), Some("abc"));
}

#[test]
fn an_embedded_page_has_its_options_in_front() {
    let plain = EmbedOptions::default();
    assert_eq!(open("embed").embed, Some(plain));
    assert_eq!(open("embed").wish, None);
    let opened = open("embed,theme=dark,lang=en,lock=model,show=compact,x=1,theme=pink/1/ope/wan2.7-i2v?prompt=a/b");
    let options = EmbedOptions { theme: Theme::Dark, lang: Some(Language::En), lock: Lock::Model, show: Show::Compact };
    assert_eq!(opened.embed, Some(options));
    assert_eq!(opened.misread, [Misread::Option("x=1".into()), Misread::Option("theme=pink".into())]);
    assert_eq!(opened.wish.expect("a wish").model.as_ref().map(Id::text), Some("wan2.7-i2v"));
    assert_eq!(open("embed/1z/abc").packed.as_deref(), Some("abc"));
}

#[test]
fn complaints_and_references_are_bounded() {
    let many: Vec<String> = (0..1000).map(|n| format!("&f{n}=1&references=image:https://h/{n}")).collect();
    let (link, misread) = wish(&["1/a/b?", &many.concat()].concat());
    assert_eq!(misread.len(), MOST_MISREAD);
    let Some(Value::References(list)) = link.draft().get(FieldId::References).cloned() else { panic!("no list") };
    assert_eq!(list.len(), MOST_REFERENCES);
    assert_eq!(open(&["1/?prompt=", &"x".repeat(LONGEST)].concat()).misread, [Misread::TooLong]);
}

#[test]
fn every_form_of_the_page_has_its_word() {
    use crate::snippet::{Program, Shell};
    let shells = Shell::ALL.map(Shell::id);
    let programs = Program::ALL.map(Program::file_name);
    let known: Vec<&str> = ["http"].into_iter().chain(shells).chain(programs).collect();
    assert_eq!(known.len(), value::VIEWS.len());
    for id in known {
        let view = View::by_id(id).unwrap_or_else(|| panic!("{id} has no word"));
        assert_eq!(View::of(view.word()), Some(view));
    }
}

#[test]
fn a_stop_at_the_end_is_encoded_and_kept() {
    let (link, _) = wish("1/a/b?prompt=A cat.");
    assert_eq!(print::readable(&link), "1/a/b?prompt=A%20cat%2E");
    assert_eq!(wish(&print::readable(&link)).0, link);
}
