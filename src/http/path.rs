//! Paths in a JSON value, as people write them: `input.media[2].url`, and `input['a.b']` if a name has special
//! characters.

use super::Json;

/// One step down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To a property of an object.
    Name(String),
    /// To an entry of a list.
    Index(usize),
}

/// The path of a property of the value at a path. The empty path is the whole value.
pub fn member(path: &str, name: &str) -> String {
    let plain = !name.is_empty() && !name.contains(['.', '[', ']', '\'', '\\']);
    match (plain, path.is_empty()) {
        (true, true) => name.to_owned(),
        (true, false) => [path, ".", name].concat(),
        (false, _) => [path, "['", &name.replace('\\', "\\\\").replace('\'', "\\'"), "']"].concat(),
    }
}

/// The path of an entry of the list at a path.
pub fn item(path: &str, index: usize) -> String {
    [path, "[", &index.to_string(), "]"].concat()
}

/// A path that continues another.
pub fn join(path: &str, rest: &str) -> String {
    let dot = if path.is_empty() || rest.is_empty() || rest.starts_with('[') { "" } else { "." };
    [path, dot, rest].concat()
}

/// The last name of a path.
pub fn last_name(path: &str) -> String {
    let name = |step: Step| match step {
        Step::Name(name) => Some(name),
        Step::Index(_) => None,
    };
    steps(path).into_iter().rev().find_map(name).unwrap_or_default()
}

/// The steps of a path.
pub fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut chars = path.chars().peekable();
    let mut name = String::new();
    while let Some(c) = chars.next() {
        if c != '.' && c != '[' {
            name.push(c);
            continue;
        }
        if !name.is_empty() {
            steps.push(Step::Name(std::mem::take(&mut name)));
        }
        if c == '.' {
            continue;
        }
        if chars.next_if_eq(&'\'').is_some() {
            while let Some(c) = chars.next().filter(|c| *c != '\'') {
                name.extend(if c == '\\' { chars.next() } else { Some(c) });
            }
            steps.push(Step::Name(std::mem::take(&mut name)));
            chars.next_if_eq(&']');
        } else {
            let digits: String = chars.by_ref().take_while(|c| *c != ']').collect();
            steps.push(digits.parse().map_or(Step::Name(digits), Step::Index));
        }
    }
    if !name.is_empty() {
        steps.push(Step::Name(name));
    }
    steps
}

impl Json {
    /// The value at a path.
    pub fn at(&self, path: &str) -> Option<&Json> {
        steps(path).iter().try_fold(self, |value, step| match (value, step) {
            (Self::Object(members), Step::Name(name)) => {
                members.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value)
            }
            (Self::List(list), Step::Index(index)) => list.get(*index),
            _ => None,
        })
    }

    /// The value at a path, mutable.
    pub fn at_mut(&mut self, path: &str) -> Option<&mut Json> {
        steps(path).iter().try_fold(self, Self::down)
    }

    fn down(&mut self, step: &Step) -> Option<&mut Json> {
        match (self, step) {
            (Self::Object(members), Step::Name(name)) => {
                members.iter_mut().rev().find(|(known, _)| known == name).map(|(_, value)| value)
            }
            (Self::List(list), Step::Index(index)) => list.get_mut(*index),
            _ => None,
        }
    }

    /// Removes the value at a path, and any objects that this leaves empty.
    pub fn take(&mut self, path: &str) -> Option<Json> {
        self.take_by(&steps(path))
    }

    fn take_by(&mut self, steps: &[Step]) -> Option<Json> {
        let (step, rest) = steps.split_first()?;
        if rest.is_empty() {
            return match (self, step) {
                (Self::Object(members), Step::Name(name)) => {
                    let index = members.iter().rposition(|(known, _)| known == name)?;
                    Some(members.remove(index).1)
                }
                (Self::List(list), Step::Index(index)) if *index < list.len() => Some(list.remove(*index)),
                _ => None,
            };
        }
        let taken = self.down(step)?.take_by(rest)?;
        if let (Self::Object(members), Step::Name(name)) = (self, step) {
            members.retain(|(known, value)| known != name || !matches!(value, Self::Object(inner) if inner.is_empty()));
        }
        Some(taken)
    }

    /// Renames a property, keeping its position among the others. Returns whether it could.
    pub fn rename(&mut self, path: &str, name: &str) -> bool {
        let mut steps = steps(path);
        let Some(Step::Name(old)) = steps.pop() else { return false };
        let Some(Self::Object(members)) = steps.iter().try_fold(self, Self::down) else { return false };
        if members.iter().any(|(known, _)| known == name) {
            return false;
        }
        let Some(member) = members.iter_mut().rev().find(|(known, _)| *known == old) else { return false };
        name.clone_into(&mut member.0);
        true
    }

    /// Inserts a value where there is none yet, creating missing objects and lists. A list entry is inserted between
    /// the existing entries. Returns whether there was room for it.
    pub fn add(&mut self, path: &str, value: Json) -> bool {
        self.add_by(&steps(path), value)
    }

    fn add_by(&mut self, steps: &[Step], value: Json) -> bool {
        let Some((step, rest)) = steps.split_first() else { return false };
        match (self, step) {
            (Self::Object(members), Step::Name(name)) => {
                let index = members.iter().position(|(known, _)| known == name);
                match (index, rest.first()) {
                    (Some(index), Some(_)) => members[index].1.add_by(rest, value),
                    (Some(_), None) => false,
                    (None, None) => {
                        members.push((name.clone(), value));
                        true
                    }
                    (None, Some(next)) => {
                        let is_list = matches!(next, Step::Index(_));
                        let mut made = if is_list { Self::List(Vec::new()) } else { Self::object() };
                        let added = made.add_by(rest, value);
                        if added {
                            members.push((name.clone(), made));
                        }
                        added
                    }
                }
            }
            (Self::List(list), Step::Index(index)) if rest.is_empty() => {
                list.insert((*index).min(list.len()), value);
                true
            }
            (Self::List(list), Step::Index(index)) => list.get_mut(*index).is_some_and(|at| at.add_by(rest, value)),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body() -> Json {
        let mut body = Json::object();
        body.put("input.prompt", Json::Text("猫".into()));
        body.push("input.media", Json::object());
        body.push("input.media", Json::Number(2));
        body
    }

    #[test]
    fn any_name_can_stand_in_a_path() {
        for name in ["a", "a.b", "", "it's", "x[0]", "\\", "猫 ]"] {
            let path = member(&item(&member("input", "media"), 2), name);
            let expected = ["input", "media"].map(|name| Step::Name(name.into())).into_iter();
            let expected: Vec<Step> = expected.chain([Step::Index(2), Step::Name(name.into())]).collect();
            assert_eq!(steps(&path), expected, "{path}");
            assert_eq!(steps(&member("", name)), [Step::Name(name.into())]);
            assert_eq!(last_name(&path), name);
        }
        assert_eq!(member("input", "a.b"), "input['a.b']");
    }

    #[test]
    fn a_value_is_found_taken_and_put_back() {
        let mut body = body();
        assert_eq!(body.at("input.media[1]"), Some(&Json::Number(2)));
        assert_eq!(body.at("input.media[2]"), None);
        assert_eq!(body.at("input.prompt.x"), None);
        assert_eq!(body.take("input.media[0]"), Some(Json::object()));
        assert_eq!(body.take("input.prompt"), Some(Json::Text("猫".into())));
        assert!(!body.add("input.media[0].x", Json::Flag(true)), "a number has no members");
        assert!(body.add("input.media[0]", Json::Text("first".into())));
        assert!(!body.add("input.media", Json::Flag(true)), "what stands stays");
        assert!(body.add("parameters['a.b'].c", Json::Flag(true)));
        assert_eq!(body.at("input.media[0]"), Some(&Json::Text("first".into())));
        assert_eq!(body.at("parameters['a.b'].c"), Some(&Json::Flag(true)));
        assert_eq!(body.take("parameters['a.b'].c"), Some(Json::Flag(true)));
        assert_eq!(body.at("parameters"), None, "an object left empty goes too");
    }
}
