//! Links of the first version. They have been shared: each of them keeps opening forever, with the meaning it had.
//!
//! `v1.txt` holds blocks: the fragment, the complaints, and the draft as a file. Lines are added, never changed.

use super::properties::reopened;
use wan_playground::link::{self, Opened, file, packed};

/// A fragment, what is reported about it, and its draft.
struct Block<'a> {
    fragment: &'a str,
    misread: &'a str,
    wish: &'a str,
}

fn blocks() -> Vec<Block<'static>> {
    let blocks = include_str!("v1.txt").trim_end().split("\n\n").skip(1);
    let read = |block: &'static str| {
        let (fragment, rest) = block.split_once('\n').expect("a block has three parts");
        let (misread, wish) = rest.split_once('\n').expect("a block has three parts");
        Block { fragment, misread, wish }
    };
    blocks.map(read).collect()
}

fn opened(fragment: &str) -> Opened {
    let mut opened = link::open(fragment);
    if let Some(packed) = opened.packed.take() {
        let text = packed::unpack(&packed).unwrap_or_else(|why| panic!("{why:?}: {fragment}"));
        opened.wish = Some(link::read(&text, &mut opened.misread));
    }
    opened
}

#[test]
fn links_of_the_first_version_open_for_ever() {
    let blocks = blocks();
    assert!(blocks.len() >= 12, "only {} links", blocks.len());
    for block in blocks {
        let found = opened(block.fragment);
        let wish = found.wish.unwrap_or_else(|| panic!("no wish: {}", block.fragment));
        assert_eq!(file::write(&wish), block.wish, "{}", block.fragment);
        assert_eq!(format!("{:?}", found.misread), block.misread, "{}", block.fragment);
        let again = file::read(block.wish).expect("a file of ours");
        assert_eq!(again.wish.as_ref(), Some(&wish), "{}", block.fragment);
        assert_eq!(reopened(&packed::fragment(&wish)), wish);
    }
}

#[test]
fn files_of_other_kinds_and_versions_get_their_word() {
    assert_eq!(file::read("{\"model\": \"wan2.7-t2v\"}"), None);
    assert_eq!(file::read("{\"wan-playground-link\": 1"), None);
    let newer = file::read("{\"wan-playground-link\": 2, \"gateway\": \"ope\"}").expect("a file of ours");
    assert_eq!((newer.wish, newer.misread), (None, vec![link::Misread::Newer]));
    // As a person would write it by hand.
    let text = "{\"wan-playground-link\": 1, \"gateway\": \"dashscope\", \"values\": {\"duration\": 5, \"sound\": true,\
                \"callback_url\": \"https://e\", \"references\": [{\"kind\": \"image\", \"url\": \"https://h/a\"}, 3],\
                \"prompt\": {\"a\": 1}, \"first_frame\": \"javascript:1\"}}";
    let opened = file::read(text).expect("a file of ours");
    let names: Vec<_> = opened.wish.expect("a wish").fields().map(wan_playground::catalog::FieldId::name).collect();
    assert_eq!(names, ["references", "duration", "sound"]);
    assert_eq!(opened.misread.len(), 4, "{:?}", opened.misread);
}
