//! Whatever is in the address: never a panic, never an endless loop, and only what a link may hold is applied.
//!
//! `WAN_LINK_CASES` runs more of them: the numbers of a failed case are printed, and reproduce it.

use super::properties::reopened;
use wan_playground::draft::{Media, Value};
use wan_playground::link::{self, LONGEST, Misread, Opened, file, find, packed, print};

/// A reproducible source of random numbers.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.roll() % (bound.max(1) as u64)).expect("it is below a usize")
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = include_str!("v1.txt")
        .lines()
        .filter(|line| line.starts_with('1') || line.starts_with("embed"))
        .map(|line| line.as_bytes().to_vec())
        .collect();
    assert!(seeds.len() > 10);
    seeds.push(
        b"embed,theme=dark,lock=model/1/ope/wan2.7-i2v?prompt=a&references=image:https://h/a&voice=https://h/b".into(),
    );
    seeds
}

/// Everything that is done with a fragment, and what has to hold for any of them.
fn open_all(text: &str) {
    let opened = link::open(text);
    assert!(opened.misread.len() <= 20);
    let mut wishes = Vec::from_iter(opened.wish);
    if let Some(packed) = opened.packed {
        match packed::unpack(&packed) {
            Ok(text) => {
                assert!(text.len() <= packed::LARGEST);
                let mut misread = Vec::new();
                wishes.push(link::read(&text, &mut misread));
                assert!(misread.len() <= 20);
            }
            Err(why) => assert!(matches!(why, Misread::Damaged | Misread::TooLong)),
        }
    }
    for link in wishes {
        for (_, value) in link.draft().filled_fields() {
            match value {
                Value::Media(Media::Url(url)) => check(url),
                Value::References(list) => {
                    assert!(list.len() <= 100);
                    for entry in list {
                        assert!(entry.media.file().is_none(), "a link cannot hold a file");
                        check(entry.media.link());
                        if !entry.voice.is_empty() {
                            check(&entry.voice);
                        }
                    }
                }
                Value::Text(_) | Value::Flag(_) => {}
                Value::Media(Media::File(_)) => panic!("a link cannot hold a file"),
            }
        }
        // What was understood is printed the same way again.
        assert_eq!(reopened(&print::readable(&link)), link);
    }
    let _ = find::find(text);
    let _ = file::read(text);
}

fn check(url: &str) {
    let is_safe = ["https://", "http://", "oss://"].iter().any(|scheme| url.to_ascii_lowercase().starts_with(scheme));
    assert!(is_safe, "{url:?}");
}

#[test]
fn broken_links_never_stop_the_page() {
    let cases: u64 = std::env::var("WAN_LINK_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(60_000);
    let seeds = seeds();
    for number in 0..cases {
        let mut dice = Dice(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let mut text = seeds[dice.below(seeds.len())].clone();
        for _ in 0..=dice.below(4) {
            let at = dice.below(text.len());
            match dice.below(7) {
                0 => text.truncate(at),
                1 if at < text.len() => text[at] ^= 1 << dice.below(8),
                2 if at < text.len() => text[at] = u8::try_from(dice.below(256)).expect("a byte"),
                3 => text.insert(at, b"%&=?/#+:z0129,"[dice.below(14)]),
                4 => drop(text.drain(at..(at + dice.below(9)).min(text.len()))),
                5 => {
                    let other = &seeds[dice.below(seeds.len())];
                    text.truncate(at);
                    text.extend(&other[dice.below(other.len())..]);
                }
                _ => text.extend((0..dice.below(40)).map(|_| u8::try_from(dice.below(256)).expect("a byte"))),
            }
        }
        // A page's address is text, whatever was typed.
        let text = String::from_utf8_lossy(&text).into_owned();
        let outcome = std::panic::catch_unwind(|| open_all(&text));
        assert!(outcome.is_ok(), "case {number}: {text}");
    }
}

#[test]
fn bytes_of_every_kind_never_stop_the_unpacking() {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/%.";
    for number in 0..30_000_u64 {
        let mut dice = Dice(number.wrapping_mul(0xD134_2543_DE82_EF95) | 1);
        let length = dice.below(120);
        let text: String = (0..length).map(|_| char::from(letters[dice.below(letters.len())])).collect();
        open_all(&["1z/", &text].concat());
    }
}

fn packed_of(text: &[u8]) -> String {
    let bytes = miniz_oxide::deflate::compress_to_vec(text, 9);
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::from("1z/");
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, at| bits << 8 | u32::from(group.get(at).copied().unwrap_or_default()));
        out.extend((0..=group.len()).map(|at| char::from(letters[(bits >> (18 - 6 * at) & 63) as usize])));
    }
    out
}

fn unpacked(fragment: &str) -> Result<String, Misread> {
    packed::unpack(&link::open(fragment).packed.expect("a packed link"))
}

#[test]
fn a_bomb_is_put_out() {
    // A hundred megabytes of one letter, compressed to a hundred kilobytes.
    let bomb = packed_of(&vec![b'a'; 100 << 20]);
    assert!(bomb.len() < LONGEST && bomb.len() > 50_000);
    assert_eq!(unpacked(&bomb), Err(Misread::TooLong));
    assert_eq!(unpacked(&packed_of(&vec![b'a'; packed::LARGEST + 1])), Err(Misread::TooLong));
    assert_eq!(unpacked(&packed_of(&vec![b'a'; packed::LARGEST])).map(|text| text.len()), Ok(packed::LARGEST));
}

#[test]
fn cut_and_foreign_packings_get_their_word() {
    let whole = packed_of(b"dashscope/wan2.7-t2v?prompt=a%20cat%20in%20the%20moonlight&duration=5");
    for end in "1z/".len()..whole.len() - 1 {
        assert_eq!(unpacked(&whole[..end]), Err(Misread::Damaged), "cut at {end}");
    }
    // Characters beyond ASCII, and bytes that are not text: no page ever wrote them.
    assert_eq!(unpacked(&packed_of("a/b?prompt=猫".as_bytes())), Err(Misread::Damaged));
    assert_eq!(unpacked(&packed_of(b"a/b?prompt=\xff")), Err(Misread::Damaged));
    assert_eq!(unpacked("1z/"), Err(Misread::Damaged));
    assert_eq!(unpacked("1z/a%20b"), Err(Misread::Damaged));
}

#[test]
fn a_megabyte_is_read_or_refused_at_once() {
    let fill = |pattern: &str| {
        let head = "1/dashscope/wan2.7-t2v?";
        [head, &pattern.repeat((LONGEST - head.len()) / pattern.len())].concat()
    };
    for pattern in
        ["prompt=a&", "a", "&", "%", "%E7%8C%AB", "references=image:https://h/&", "=", "x%=y&", "voice=https://h&"]
    {
        open_all(&fill(pattern));
    }
    let opened = link::open(&fill("prompt=%41"));
    assert!(opened.wish.is_some() && opened.misread.is_empty());
    let over = ["1/a/b?prompt=", &"x".repeat(LONGEST)].concat();
    assert_eq!(link::open(&over), Opened { misread: vec![Misread::TooLong], ..Opened::default() });
    assert_eq!(link::open(&["1z/", &"A".repeat(LONGEST)].concat()).misread, [Misread::TooLong]);
    open_all(&["1z/", &"A".repeat(LONGEST - 10)].concat());
}
