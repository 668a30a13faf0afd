//! A small map that keeps the order of its file. It has a handful of entries: linear search beats a tree, also in the
//! page's bytes.

/// Names and the values they stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table<T: 'static>(pub &'static [(&'static str, T)]);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(&[])
    }
}

impl<T> Table<T> {
    /// Entries put together at run time. They stay in memory until the program ends.
    pub fn of(entries: Vec<(&'static str, T)>) -> Self {
        Self(entries.leak())
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&'static T> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Whether there is an entry with this name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The values, in order.
    pub fn values(&self) -> impl Iterator<Item = &'static T> + use<T> {
        self.0.iter().map(|(_, value)| value)
    }

    /// The names, in order.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> + use<T> {
        self.0.iter().map(|(name, _)| *name)
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &'static T)> + use<T> {
        self.0.iter().map(|(name, value)| (*name, value))
    }
}

impl<T: Copy> Table<T> {
    /// The table with these entries: each replaces the one with its name, or is added at the end.
    pub fn with(self, more: Self) -> Self {
        if more.is_empty() {
            return self;
        }
        let mut entries = self.0.to_vec();
        for (name, value) in more.0 {
            match entries.iter_mut().find(|(known, _)| known == name) {
                Some(known) => known.1 = *value,
                None => entries.push((name, *value)),
            }
        }
        Self::of(entries)
    }

    /// The entries whose names are kept.
    pub fn filtered(self, keep: impl Fn(&str) -> bool) -> Self {
        if self.0.iter().all(|(name, _)| keep(name)) {
            return self;
        }
        Self::of(self.0.iter().filter(|(name, _)| keep(name)).copied().collect())
    }
}

impl<T> IntoIterator for &Table<T> {
    type Item = (&'static str, &'static T);
    type IntoIter =
        std::iter::Map<std::slice::Iter<'static, (&'static str, T)>, fn(&'static (&'static str, T)) -> Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(name, value)| (*name, value))
    }
}
