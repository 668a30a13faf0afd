//! The catalog as bytes, written by the build and read by the page. The order of fields is the format: both sides are
//! built from this one file, so it needs no version and no names.

use super::field::{Advice, AdviceIf, Choice, Condition, Field, FieldId, Kind, MediaCheck, MediaKind, MediaRule};
use super::field::{Safer, Sending, Shape, Toward};
use super::{Age, Base, Basis, Capability, Dialect, Endpoint, Gateway, Length, Model, ModelList, PollRule, PriceRule};
use super::{Rates, SizeTable, Sound, Source, Status, Table, Words};

/// Writes gateways as bytes.
pub fn pack(gateways: &Vec<Gateway>) -> Vec<u8> {
    let mut out = Vec::new();
    gateways.pack(&mut out);
    out
}

/// Reads what [`pack`] wrote.
pub fn unpack(mut bytes: &[u8]) -> Vec<Gateway> {
    Packed::unpack(&mut bytes)
}

trait Packed: Sized {
    fn pack(&self, out: &mut Vec<u8>);
    fn unpack(from: &mut &[u8]) -> Self;
}

/// Seven bits per byte, lowest first.
impl Packed for u64 {
    fn pack(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        while rest >= 0x80 {
            out.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        out.push((rest & 0x7f) as u8);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        let (mut value, mut shift) = (0, 0);
        while let Some((byte, rest)) = from.split_first() {
            *from = rest;
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if *byte < 0x80 {
                break;
            }
        }
        value
    }
}

// Catalog numbers are limits and lengths: none is negative, and the reader rejects what does not fit.
impl Packed for u32 {
    fn pack(&self, out: &mut Vec<u8>) {
        u64::from(*self).pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        u32::try_from(u64::unpack(from)).unwrap_or(u32::MAX)
    }
}

// Zigzag: small numbers of either sign are short: 0, -1, 1, -2 …
impl Packed for i64 {
    fn pack(&self, out: &mut Vec<u8>) {
        ((*self << 1) ^ (*self >> 63)).cast_unsigned().pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        let zigzag = u64::unpack(from);
        (zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed()
    }
}

impl Packed for bool {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn unpack(from: &mut &[u8]) -> Self {
        u64::unpack(from) == 1
    }
}

impl Packed for String {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.len() as u64).pack(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn unpack(from: &mut &[u8]) -> Self {
        let length = usize::try_from(u64::unpack(from)).unwrap_or(0).min(from.len());
        let (text, rest) = from.split_at(length);
        *from = rest;
        String::from_utf8_lossy(text).into_owned()
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.len() as u64).pack(out);
        for item in self {
            item.pack(out);
        }
    }

    fn unpack(from: &mut &[u8]) -> Self {
        let mut list = Vec::new();
        for _ in 0..u64::unpack(from) {
            list.push(T::unpack(from));
        }
        list
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.is_some().pack(out);
        if let Some(value) = self {
            value.pack(out);
        }
    }

    fn unpack(from: &mut &[u8]) -> Self {
        bool::unpack(from).then(|| T::unpack(from))
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        (A::unpack(from), B::unpack(from))
    }
}

impl<T: Packed> Packed for Table<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        Self(Vec::unpack(from))
    }
}

/// A struct is its fields, in this order.
macro_rules! structs {
    ($($name:ident { $($field:ident),* })*) => { $(
        impl Packed for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                let Self { $($field),* } = self;
                $($field.pack(out);)*
            }

            fn unpack(from: &mut &[u8]) -> Self {
                $(let $field = Packed::unpack(from);)*
                Self { $($field),* }
            }
        }
    )* };
}

/// A plain enum is its variant's index in this list.
macro_rules! enums {
    ($($name:ident [ $($word:ident),* ])*) => { $(
        impl Packed for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                const ALL: &[$name] = &[$($name::$word),*];
                (ALL.iter().position(|known| known == self).unwrap_or(0) as u64).pack(out);
            }

            fn unpack(from: &mut &[u8]) -> Self {
                const ALL: &[$name] = &[$($name::$word),*];
                let index = usize::try_from(u64::unpack(from)).unwrap_or(0);
                ALL.get(index).copied().unwrap_or(ALL[0])
            }
        }
    )* };
}

structs! {
    Words { en, zh }
    Source { title, url, read }
    Endpoint { dialect, create, query, cancel, content, list, headers, oss_headers }
    Base { url, name, region }
    ModelList { dialect, path, source }
    PollRule { first_ms, interval_ms, give_up_min }
    Gateway {
        id, name, about, key_variable, bases, endpoints, model_list, poll, link_hours, sources, document, default, models
    }
    SizeTable { at, table }
    Model {
        id, capability, status, age, about, endpoint, fixed, fields, size, media_sets, sound, length, price, regions, advice,
        source
    }
    Rates { currency, per_second, silent, free_seconds, free_days, source }
    PriceRule { basis, rates, billed_input_seconds, billed_seconds }
    MediaRule {
        media, formats, max_bytes, min_side, max_side, max_ratio, min_seconds, max_seconds, below, max_count, inline,
        no_alpha
    }
    Condition { field, is }
    Field { id, at, kind, required, default, send, when, advice, check }
    MediaCheck { path, model, currency, price, free, regions, source }
    Advice { toward, text, source, shown_if, safer }
}

enums! {
    Dialect [Bailian, Unified, Generations, Acedata]
    Capability [Text, Image, Frames, Speech, Reference, Edit, Motion]
    Status [Verified, Beta, Documented]
    Age [Current, Older]
    Sound [Always, Never, Field]
    Length [Field, Audio]
    Basis [Own, Quoted, Reference, Unpublished]
    MediaKind [Image, Audio, Video]
    Shape [Plain, MediaItem, ContentItem]
    Sending [WhenSet, Always]
    Toward [Cost, Risk, Note]
    AdviceIf [Always, Unset, Set]
}

impl Packed for FieldId {
    fn pack(&self, out: &mut Vec<u8>) {
        (Self::ALL.iter().position(|known| known == self).unwrap_or(0) as u64).pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        let index = usize::try_from(u64::unpack(from)).unwrap_or(0);
        Self::ALL.get(index).copied().unwrap_or(Self::Prompt)
    }
}

/// Enums with contents: a tag for the variant, then the contents.
macro_rules! sums {
    ($($name:ident { $($tag:literal => $variant:ident $(($($item:ident),+))? $({ $($field:ident),+ })?),+ })*) => { $(
        impl Packed for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $(($($item),+))? $({ $($field),+ })? => {
                        u64::pack(&$tag, out);
                        $($($item.pack(out);)+)?
                        $($($field.pack(out);)+)?
                    })+
                }
            }

            fn unpack(from: &mut &[u8]) -> Self {
                match u64::unpack(from) {
                    $($tag => {
                        $($(let $item = Packed::unpack(from);)+)?
                        $($(let $field = Packed::unpack(from);)+)?
                        Self::$variant $(($($item),+))? $({ $($field),+ })?
                    })+
                    _ => unreachable!("both sides are built from this list"),
                }
            }
        }
    )* };
}

sums! {
    Choice { 0 => Flag(flag), 1 => Number(number), 2 => Word(word) }
    Safer { 0 => Set(id, choice), 1 => Model(id) }
    Kind {
        0 => Text { max_chars },
        1 => Integer { min, max, one_of, auto, max_with_video, as_text },
        2 => Flag,
        3 => Choice { options },
        4 => Media { rule, shape, role },
        5 => References { accepts, max, shape, voices },
        6 => Url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gateway_comes_back_as_it_was() {
        let read = |(_, text): (&str, &str)| Gateway::from_json(text).expect("the file reads");
        let gateways: Vec<Gateway> = super::super::FILES.into_iter().map(read).collect();
        let bytes = pack(&gateways);
        assert_eq!(format!("{:?}", unpack(&bytes)), format!("{gateways:?}"));
    }
}
