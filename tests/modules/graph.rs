//! Which module depends on which: the paths in the files, each resolved to the module that declares what it names.
//!
//! A name that a module only re-exports (`pub use`) belongs to where it is declared: importing `task::Doubt`, which
//! `task` has from `task::doubt`, is a dependency on `task::doubt`. So a parent may re-export the names of its
//! children, and a child may take the names of its siblings through their parent, without a cycle.

use super::source::{Said, Written};
use std::collections::{BTreeMap, BTreeSet};

/// A module's position: `["task", "answer"]`. The crate itself has an empty one.
pub type Place = Vec<String>;

/// Modules by position.
pub struct Modules {
    said: BTreeMap<Place, Said>,
}

/// The first place where a module names another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The line.
    pub line: usize,
    /// The path as written there.
    pub path: String,
}

/// Modules with their dependencies.
pub type Graph = BTreeMap<String, BTreeMap<String, Edge>>;

/// How many names are resolved one after another before giving up.
const LONGEST_WAY: usize = 12;

impl Modules {
    /// From the contents of the files, by each file's position.
    pub fn of(files: impl IntoIterator<Item = (Place, BTreeMap<Place, Said>)>) -> Self {
        let mut said = BTreeMap::new();
        for (place, modules) in files {
            for (inner, words) in modules {
                said.insert([place.clone(), inner].concat(), words);
            }
        }
        Self { said }
    }

    /// The graph.
    pub fn graph(&self) -> Graph {
        let mut graph = Graph::new();
        for (place, said) in &self.said {
            let edges = graph.entry(name(place)).or_default();
            let mut meet = |target: Option<Place>, written: &Written| {
                if let Some(target) = target.filter(|target| target != place) {
                    let edge = Edge { line: written.line, path: written.path.join("::") };
                    edges.entry(name(&target)).or_insert(edge);
                }
            };
            let brought = said.names.iter().filter(|(name, _)| !said.handed_on.contains(*name));
            for written in brought.map(|(_, written)| written).chain(&said.paths) {
                // A module that is only brought into scope is not yet used.
                meet(self.declares(place, &written.path, LONGEST_WAY), written);
            }
            for (written, _) in said.globs.iter().filter(|(_, is_handed_on)| !is_handed_on) {
                // The members of a type, or everything in a module.
                let target = match self.walk(place, &written.path, LONGEST_WAY) {
                    Some((module, [])) => Some(module),
                    _ => self.declares(place, &written.path, LONGEST_WAY),
                };
                meet(target, written);
            }
        }
        graph
    }

    /// The module that declares what a path names; `None` where the path leaves the crate or names only a module.
    fn declares(&self, from: &[String], path: &[String], left: usize) -> Option<Place> {
        let (module, rest) = self.walk(from, path, left)?;
        let item = rest.first()?;
        self.home_of(&module, item, left)
    }

    /// Follows a path as far as it names modules.
    fn walk<'p>(&self, from: &[String], path: &'p [String], left: usize) -> Option<(Place, &'p [String])> {
        if left == 0 {
            return None;
        }
        let (first, mut rest) = path.split_first()?;
        let mut place = match first.as_str() {
            "crate" => Vec::new(),
            "self" => from.to_vec(),
            "super" => from.split_last()?.1.to_vec(),
            name => {
                let child = [from, &[name.to_owned()]].concat();
                if self.said.contains_key(&child) {
                    child
                } else {
                    let brought = self.said.get(from)?.names.get(name)?;
                    if brought.path.first().is_some_and(|first| first == name) && brought.path.len() == 1 {
                        return None;
                    }
                    match self.walk(from, &brought.path, left - 1)? {
                        (place, []) => place,
                        // An item that was imported: what follows it are its own members.
                        _ => return None,
                    }
                }
            }
        };
        while let Some((name, further)) = rest.split_first() {
            if name == "super" {
                place.pop()?;
                rest = further;
                continue;
            }
            let child = [place.as_slice(), std::slice::from_ref(name)].concat();
            if self.said.contains_key(&child) {
                place = child;
            } else if let Some(handed) = self.said.get(&place).and_then(|said| said.names.get(name))
                && let Some((handed, [])) = self.walk(&place, &handed.path, left - 1)
            {
                place = handed;
            } else {
                break;
            }
            rest = further;
        }
        Some((place, rest))
    }

    /// Where an item of a module is declared: there, or where the module imports it from.
    fn home_of(&self, module: &[String], item: &str, left: usize) -> Option<Place> {
        let said = self.said.get(module)?;
        if left == 0 || said.items.contains(item) {
            return Some(module.to_vec());
        }
        if let Some(handed) = said.names.get(item) {
            let home = self.declares(module, &handed.path, left - 1);
            // Re-exported from another crate: whoever takes it here depends on this module all the same.
            return Some(home.unwrap_or_else(|| module.to_vec()));
        }
        let within = said.globs.iter().find_map(|(glob, _)| {
            let (all, rest) = self.walk(module, &glob.path, left - 1)?;
            (rest.is_empty() && self.said.get(&all)?.items.contains(item)).then_some(all)
        });
        Some(within.unwrap_or_else(|| module.to_vec()))
    }
}

fn name(place: &[String]) -> String {
    if place.is_empty() { "crate".to_owned() } else { place.join("::") }
}

/// The same graph of the crate's top parts alone: a part depends on what any of its files depends on.
pub fn parts(graph: &Graph) -> Graph {
    let part = |module: &str| module.split("::").next().unwrap_or_default().to_owned();
    let mut parts = Graph::new();
    for (from, targets) in graph {
        let edges = parts.entry(part(from)).or_default();
        for (to, edge) in targets.iter().filter(|(to, _)| part(to) != part(from)) {
            edges.entry(part(to)).or_insert(Edge { line: edge.line, path: format!("{} in {from}", edge.path) });
        }
    }
    parts
}

/// The cycles: sets of modules each of which depends, directly or through others, on every other one.
pub fn circles(graph: &Graph) -> Vec<BTreeSet<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> = graph.keys().map(|from| (from, reach(graph, from))).collect();
    let mut found: Vec<BTreeSet<String>> = Vec::new();
    for (from, targets) in &reached {
        if !targets.contains(from) || found.iter().any(|circle| circle.contains(*from)) {
            continue;
        }
        let mutual = targets.iter().filter(|target| reached.get(*target).is_some_and(|back| back.contains(*from)));
        found.push(mutual.map(|target| (*target).clone()).collect());
    }
    found
}

fn reach<'g>(graph: &'g Graph, from: &str) -> BTreeSet<&'g String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&String> = graph.get(from).into_iter().flat_map(BTreeMap::keys).collect();
    while let Some(next) = open.pop() {
        if found.insert(next) {
            open.extend(graph.get(next).into_iter().flat_map(BTreeMap::keys));
        }
    }
    found
}

/// The arrows within a cycle, one per line.
pub fn arrows(graph: &Graph, circle: &BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    for from in circle {
        for (to, edge) in graph.get(from).into_iter().flatten().filter(|(to, _)| circle.contains(*to)) {
            found.push(format!("{from} -> {to} (line {}: {})", edge.line, edge.path));
        }
    }
    found
}

/// Whether a module is this part or below it.
pub fn is_below(module: &str, part: &str) -> bool {
    module.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}
