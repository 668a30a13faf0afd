//! Where things are in a JSON text: the line of a pointer, and names that occur twice in one object, which a parsed
//! value cannot show. Only for text known to be JSON with bounded nesting: the reader has checked both.

use super::Fault;
use super::fault::Rule;
use std::collections::BTreeSet;

/// Names that occur twice in one object.
pub fn twice(text: &str) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut walk = Walk::new(text);
    walk.value(&mut |_, _| (), &mut |place, name, line| {
        let mut fault = Fault::with(place, Rule::Twice, name);
        fault.line = Some(line);
        found.push(fault);
    });
    found
}

/// Sets the line of each fault: that of its position, or of the nearest enclosing thing that is in the text.
pub fn find(text: &str, faults: &mut [Fault]) {
    if faults.is_empty() {
        return;
    }
    let mut lengths: Vec<Option<usize>> = vec![None; faults.len()];
    Walk::new(text).value(
        &mut |place, line| {
            for (fault, length) in faults.iter_mut().zip(&mut lengths) {
                let around =
                    fault.place.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
                let untold = fault.line.is_none() || length.is_some();
                if around && untold && length.is_none_or(|known| known < place.len()) {
                    (fault.line, *length) = (Some(line), Some(place.len()));
                }
            }
        },
        &mut |_, _, _| (),
    );
}

/// A name as one step of a JSON pointer.
pub fn step(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

struct Walk<'a> {
    rest: &'a [u8],
    line: u32,
    place: String,
}

type Seen<'f> = dyn FnMut(&str, u32) + 'f;
type Doubled<'f> = dyn FnMut(&str, &str, u32) + 'f;

impl<'a> Walk<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text.as_bytes(), line: 1, place: String::new() }
    }

    fn blank(&mut self) {
        while let [byte, rest @ ..] = self.rest
            && byte.is_ascii_whitespace()
        {
            self.line += u32::from(*byte == b'\n');
            self.rest = rest;
        }
    }

    /// Consumes this character if it is the next one.
    fn takes(&mut self, sign: u8) -> bool {
        self.blank();
        match self.rest {
            [first, rest @ ..] if *first == sign => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    /// A quoted string, decoded.
    fn text(&mut self) -> String {
        self.blank();
        let mut end = 1;
        while end < self.rest.len() && self.rest[end] != b'"' {
            end += 1 + usize::from(self.rest[end] == b'\\');
        }
        let (text, rest) = self.rest.split_at((end + 1).min(self.rest.len()));
        self.rest = rest;
        serde_json::from_slice(text).unwrap_or_default()
    }

    fn value(&mut self, seen: &mut Seen<'_>, doubled: &mut Doubled<'_>) {
        self.blank();
        seen(&self.place, self.line);
        match self.rest.first() {
            Some(b'{') => self.object(seen, doubled),
            Some(b'[') => self.list(seen, doubled),
            Some(b'"') => drop(self.text()),
            _ => {
                let end = self.rest.iter().position(|byte| b",]} \t\r\n".contains(byte)).unwrap_or(self.rest.len());
                self.rest = &self.rest[end..];
            }
        }
    }

    fn within(&mut self, name: &str, seen: &mut Seen<'_>, doubled: &mut Doubled<'_>) {
        let length = self.place.len();
        self.place.push('/');
        self.place.push_str(&step(name));
        self.value(seen, doubled);
        self.place.truncate(length);
    }

    fn object(&mut self, seen: &mut Seen<'_>, doubled: &mut Doubled<'_>) {
        self.takes(b'{');
        let mut names = BTreeSet::new();
        while !self.rest.is_empty() && !self.takes(b'}') {
            let name = self.text();
            if !names.insert(name.clone()) {
                doubled(&self.place, &name, self.line);
            }
            self.takes(b':');
            self.within(&name, seen, doubled);
            self.takes(b',');
        }
    }

    fn list(&mut self, seen: &mut Seen<'_>, doubled: &mut Doubled<'_>) {
        self.takes(b'[');
        let mut index = 0_u32;
        while !self.rest.is_empty() && !self.takes(b']') {
            self.within(&index.to_string(), seen, doubled);
            index += 1;
            self.takes(b',');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, place: &str) -> Option<u32> {
        let mut faults = [Fault::new(place, Rule::Text)];
        find(text, &mut faults);
        faults[0].line
    }

    #[test]
    fn a_pointer_has_its_line_and_what_is_missing_that_of_what_is_around_it() {
        let text = "{\n \"a\": [\n  1,\n  {\"b/c\": \"x\\\"}\\n\"}\n ],\n\n \"d\": true}";
        for (place, expected) in [("", 1), ("/a", 2), ("/a/0", 3), ("/a/1", 4), ("/a/1/b~1c", 4), ("/d", 7)] {
            assert_eq!(line(text, place), Some(expected), "{place}");
        }
        assert_eq!(line(text, "/a/1/missing/deep"), Some(4));
        assert_eq!(line(text, "/ab"), Some(1), "a name that only begins alike is another");
    }

    #[test]
    fn a_name_that_stands_twice_in_one_object_is_found() {
        let found = twice("{\"a\": {\"x\": 1,\n\"y\": {\"x\": 2},\n\"\\u0078\": 3}, \"b\": [{\"x\": 1}, {\"x\": 1}]}");
        let found: Vec<_> = found.iter().map(|fault| (&*fault.place, &*fault.detail, fault.line)).collect();
        assert_eq!(found, [("/a", "x", Some(3))]);
    }

    #[test]
    fn text_that_is_cut_ends_the_walk() {
        for text in ["", "{", "[", "{\"a", "{\"a\":", "[1,", "\"", "\"\\"] {
            assert!(twice(text).is_empty(), "{text}");
        }
    }
}
