//! Prints the catalog as the Rust expression it is equal to: a static of the page, with nothing to read when it opens.
//! Names are written as `catalog::Name`.

use crate::catalog::{
    Advice, AdviceIf, Age, Base, Basis, Capability, Catalog, Choice, Condition, Dialect, Endpoint, Field, FieldId,
    Gateway, Kind, Length, MediaCheck, MediaKind, MediaRule, Model, ModelList, PollRule, PriceRule, Rates, Safer,
    Sending, Shape, SizeTable, Sound, Source, Status, Table, Toward, Upload, UploadWay, Words,
};
use std::fmt::Write as _;

/// A catalog as a Rust expression.
pub fn expression(catalog: &Catalog) -> String {
    let mut out = String::new();
    catalog.print(&mut out);
    out
}

trait Print {
    fn print(&self, out: &mut String);
}

/// Values whose `Debug` form is what Rust reads.
macro_rules! plain {
    ($($name:ty)*) => { $(
        impl Print for $name {
            fn print(&self, out: &mut String) {
                let _ = write!(out, "{self:?}");
            }
        }
    )* };
}

plain! { bool i64 u32 u64 &str }

impl<T: Print> Print for &[T] {
    fn print(&self, out: &mut String) {
        out.push_str("&[");
        for item in *self {
            item.print(out);
            out.push_str(", ");
        }
        out.push(']');
    }
}

impl Print for &Upload {
    fn print(&self, out: &mut String) {
        out.push('&');
        (**self).print(out);
    }
}

impl<T: Print> Print for Option<T> {
    fn print(&self, out: &mut String) {
        match self {
            None => out.push_str("None"),
            Some(value) => {
                out.push_str("Some(");
                value.print(out);
                out.push(')');
            }
        }
    }
}

impl<A: Print, B: Print> Print for (A, B) {
    fn print(&self, out: &mut String) {
        out.push('(');
        self.0.print(out);
        out.push_str(", ");
        self.1.print(out);
        out.push(')');
    }
}

impl<T: Print> Print for Table<T> {
    fn print(&self, out: &mut String) {
        out.push_str("catalog::Table(");
        self.0.print(out);
        out.push(')');
    }
}

/// Enums without contents.
macro_rules! enums {
    ($($name:ident)*) => { $(
        impl Print for $name {
            fn print(&self, out: &mut String) {
                let _ = write!(out, "catalog::{}::{self:?}", stringify!($name));
            }
        }
    )* };
}

/// Structs, with all their fields.
macro_rules! structs {
    ($($name:ident { $($field:ident),* })*) => { $(
        impl Print for $name {
            fn print(&self, out: &mut String) {
                let Self { $($field),* } = self;
                out.push_str(concat!("catalog::", stringify!($name), " { "));
                $(
                    out.push_str(concat!(stringify!($field), ": "));
                    $field.print(out);
                    out.push_str(", ");
                )*
                out.push('}');
            }
        }
    )* };
}

/// Enums with contents, with all their variants.
macro_rules! sums {
    ($($name:ident { $($variant:ident $(($($item:ident),+))? $({ $($field:ident),+ })?),+ })*) => { $(
        impl Print for $name {
            fn print(&self, out: &mut String) {
                match self {
                    $(Self::$variant $(($($item),+))? $({ $($field),+ })? => {
                        out.push_str(concat!("catalog::", stringify!($name), "::", stringify!($variant)));
                        $(
                            out.push('(');
                            $(
                                $item.print(out);
                                out.push_str(", ");
                            )+
                            out.push(')');
                        )?
                        $(
                            out.push_str(" { ");
                            $(
                                out.push_str(concat!(stringify!($field), ": "));
                                $field.print(out);
                                out.push_str(", ");
                            )+
                            out.push('}');
                        )?
                    })+
                }
            }
        }
    )* };
}

enums! { AdviceIf Age Basis Capability Dialect FieldId Length MediaKind Sending Shape Sound Status Toward UploadWay }

structs! {
    Catalog { gateways }
    Words { en, zh }
    Source { title, url, read }
    Endpoint { dialect, create, query, cancel, content, list, headers, oss_headers }
    Base { url, name, region }
    ModelList { dialect, path, source }
    Upload {
        way, base, path, regions, accepts, formats, max_bytes, hours, bound_to_model, fields, answer, undocumented, source
    }
    PollRule { first_ms, interval_ms, give_up_min }
    Gateway {
        id, name, about, key_variable, bases, endpoints, model_list, upload, poll, link_hours, more_routes, sources,
        document, default, models
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
        upload, no_alpha
    }
    Condition { field, is }
    Field { id, at, kind, required, default, send, when, advice, check }
    MediaCheck { path, model, currency, price, free, regions, source }
    Advice { toward, text, source, shown_if, safer }
}

sums! {
    Choice { Flag(flag), Number(number), Word(word) }
    Safer { Set(id, choice), Model(id) }
    Kind {
        Text { max_chars },
        Integer { min, max, one_of, auto, max_with_video, as_text },
        Flag,
        Choice { options },
        Media { rule, shape, role },
        References { accepts, max, shape, voices },
        Url
    }
}
