//! Which module of `src` may depend on which: no cycles, and no upward arrow. What is allowed is data at the top of
//! this file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

mod modules {
    pub mod graph;
    pub mod source;
}

use modules::graph::{Graph, Modules, Place, arrows, circles, is_below, parts};
use modules::source;

/// Known cycles that are yet to be removed, each given by modules that contain all of it. The list only shrinks: a
/// cycle that is gone has to be removed from it.
const KNOWN: &[&[&str]] = &[];

/// The same for the crate's parts, taken as wholes.
const KNOWN_OF_PARTS: &[&[&str]] = &[];

/// A rule about the arrows that start at a part of the crate.
struct Layer {
    /// The part, as a module path.
    part: &'static str,
    /// The scope of the rule: arrows to modules outside it are ignored. The crate is an empty string.
    within: &'static str,
    /// The parts that this one may depend on, besides itself.
    may: &'static [&'static str],
}

/// The layers.
const LAYERS: &[Layer] = &[
    Layer { part: "web::browser", within: "web", may: &[] },
    Layer { part: "web::state", within: "web", may: &["web::browser"] },
    Layer { part: "web::drive", within: "web", may: &["web::state", "web::browser"] },
    Layer { part: "web::component", within: "web", may: &["web::state", "web::drive", "web::browser"] },
    Layer { part: "web::panel", within: "web", may: &["web::component", "web::state", "web::drive", "web::browser"] },
    Layer { part: "web::dialog", within: "web", may: &["web::component", "web::state", "web::drive", "web::browser"] },
];

/// The shells: the centre depends on none of them.
const SHELLS: [&str; 2] = ["web", "server"];

fn modules() -> Modules {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut open = vec![(top, Place::new())];
    while let Some((folder, place)) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display())) {
            let path = entry.expect("a folder can be listed").path();
            let name = path.file_stem().expect("it has a name").to_string_lossy().into_owned();
            if path.is_dir() {
                // Programs are outside: they use the crate by its name.
                if name != "bin" && name != "tests" {
                    open.push((path, [place.clone(), vec![name]].concat()));
                }
            } else if path.extension().is_some_and(|ending| ending == "rs") && name != "tests" && name != "main" {
                let text = fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
                let here =
                    if name == "lib" || name == "mod" { place.clone() } else { [place.clone(), vec![name]].concat() };
                files.push((here, source::read(&text)));
            }
        }
    }
    Modules::of(files)
}

/// Arrows that no layer allows.
fn upward(graph: &Graph, layers: &[Layer]) -> Vec<String> {
    let mut found = Vec::new();
    for layer in layers {
        for (from, targets) in graph.iter().filter(|(from, _)| is_below(from, layer.part)) {
            let within = |to: &str| layer.within.is_empty() || is_below(to, layer.within);
            let allowed = |to: &str| is_below(to, layer.part) || layer.may.iter().any(|part| is_below(to, part));
            for (to, edge) in targets.iter().filter(|(to, _)| within(to) && !allowed(to)) {
                found.push(format!("{from} -> {to} (line {}: {})", edge.line, edge.path));
            }
        }
    }
    found
}

/// Cycles that are not known, and known ones that are gone.
fn judged(graph: &Graph, known: &[&[&str]]) -> Vec<String> {
    let holds = |known: &[&str], circle: &BTreeSet<String>| {
        circle.iter().all(|module| known.iter().any(|part| is_below(module, part)))
    };
    let found = circles(graph);
    let new = found.iter().filter(|circle| !known.iter().any(|known| holds(known, circle)));
    let new = new.map(|circle| format!("a circle of {circle:?}\n  {}", arrows(graph, circle).join("\n  ")));
    let gone = known.iter().filter(|known| !found.iter().any(|circle| holds(known, circle)));
    new.chain(gone.map(|known| format!("{known:?} is no circle any more: take it from the list"))).collect()
}

#[test]
fn no_circle_of_modules_but_the_known_ones() {
    let graph = modules().graph();
    assert!(graph.len() > 100 && graph["task"].contains_key("protocol"), "the graph is larger: {}", graph.len());
    let faults = judged(&graph, KNOWN);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_circle_of_parts_but_the_known_ones() {
    let faults = judged(&parts(&modules().graph()), KNOWN_OF_PARTS);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_known_circle_has_to_be_one_and_hides_no_other() {
    let graph = graph_of(&[
        ("", "mod a; mod b; mod c;"),
        ("a", "use crate::b::B; pub struct A;"),
        ("b", "use crate::a::A; pub struct B;"),
        ("c", ""),
    ]);
    assert_eq!(judged(&graph, &[&["a", "b"]]), Vec::<String>::new());
    assert!(judged(&graph, &[&["a", "c"]])[0].starts_with("a circle of {\"a\", \"b\"}"));
    assert_eq!(judged(&graph, &[&["a", "c"]]).len(), 2);
    assert!(judged(&graph, &[])[0].contains("b -> a (line 1: crate::a::A)"));
}

#[test]
fn no_arrow_goes_upward() {
    let graph = modules().graph();
    for layer in LAYERS {
        assert!(graph.keys().any(|module| is_below(module, layer.part)), "{}: there is no such part", layer.part);
    }
    let found = upward(&graph, LAYERS);
    assert!(found.is_empty(), "{found:#?}");
    let is_shell = |module: &str| SHELLS.iter().any(|shell| is_below(module, shell));
    let to_shells: Vec<_> = graph
        .iter()
        .filter(|(from, _)| !is_shell(from))
        .flat_map(|(from, targets)| targets.keys().filter(|to| is_shell(to)).map(move |to| format!("{from} -> {to}")))
        .collect();
    assert!(to_shells.is_empty(), "the centre knows a shell: {to_shells:#?}");
}

/// A graph of the files given here.
fn graph_of(files: &[(&str, &str)]) -> Graph {
    let place = |name: &str| -> Place { name.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect() };
    Modules::of(files.iter().map(|(name, text)| (place(name), source::read(text)))).graph()
}

fn edges(graph: &Graph) -> BTreeMap<&str, Vec<&str>> {
    let edges = graph.iter().map(|(from, to)| (from.as_str(), to.keys().map(String::as_str).collect::<Vec<_>>()));
    edges.filter(|(_, to)| !to.is_empty()).collect()
}

#[test]
fn paths_are_seen_in_every_form() {
    let graph = graph_of(&[
        ("", "pub mod a; pub mod b; pub mod c;"),
        ("a", "pub fn f() {} pub struct S; pub mod deep;"),
        ("a::deep", "pub fn g() { super::f(); } pub fn h(_: super::super::b::B) {}"),
        ("b", "use crate::{a::{self, deep::{g as other}}, c}; pub struct B; fn x() { a::f(); c::C::new() }"),
        (
            "c",
            "mod inner { use super::super::a::S; } pub struct C; // crate::b::B\nconst T: &str = \"crate::b::B\"; \
               const R: &str = r#\"\"crate::b::B\"#; const Q: char = '\"'; fn l<'a>(_: &'a str) {} \
               #[cfg(test)] mod tests { use crate::b::B; } #[cfg(test)] use crate::b::B;",
        ),
    ]);
    let expected: BTreeMap<&str, Vec<&str>> =
        [("a::deep", vec!["a", "b"]), ("b", vec!["a", "a::deep", "c"]), ("c::inner", vec!["a"])].into();
    assert_eq!(edges(&graph), expected);
    assert_eq!(graph["a::deep"]["b"].path, "super::super::b::B");
}

#[test]
fn a_name_that_is_handed_on_belongs_to_where_it_is_declared() {
    let graph = graph_of(&[
        ("", "mod task; mod view;"),
        (
            "task",
            "mod answer; mod doubt; mod check; pub use check::check; pub use doubt::Doubt; pub use self::answer::*;",
        ),
        ("task::answer", "use super::Doubt; pub fn read() {}"),
        ("task::doubt", "pub struct Doubt;"),
        ("task::check", "pub fn check() {}"),
        ("view", "use crate::task::{Doubt, read};"),
        ("task::own", "pub(crate) use super::doubt::Doubt; fn f(_: Doubt) {}"),
        ("task::all", "use super::doubt::*;"),
    ]);
    assert_eq!(edges(&graph).get("task"), None);
    assert_eq!(edges(&graph)["task::own"], ["task::doubt"]);
    assert_eq!(edges(&graph)["task::all"], ["task::doubt"]);
    assert_eq!(edges(&graph)["view"], ["task::answer", "task::doubt"]);
    assert_eq!(edges(&graph)["task::answer"], ["task::doubt"]);
    assert_eq!(circles(&graph), Vec::<BTreeSet<String>>::new());
}

#[test]
fn circles_are_found_and_apart() {
    let graph = graph_of(&[
        ("", "mod a; mod b; mod c; mod d; mod e;"),
        ("a", "use crate::b::B; pub struct A;"),
        ("b", "use crate::c::C; pub struct B;"),
        ("c", "fn f(_: crate::a::A) {} pub struct C;"),
        ("d", "use crate::{a::A, e::E}; pub struct D;"),
        ("e", "use super::d::D; pub struct E;"),
    ]);
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(circles(&graph), [names(&["a", "b", "c"]), names(&["d", "e"])]);
    assert_eq!(arrows(&graph, &names(&["d", "e"])), ["d -> e (line 1: crate::e::E)", "e -> d (line 1: super::d::D)"]);
}

#[test]
fn an_arrow_upward_is_found() {
    let graph = graph_of(&[
        ("", "mod web; mod task;"),
        ("web", "pub mod state; pub mod panel; pub mod browser;"),
        ("web::state", "use crate::task::Task; use super::browser::now; use super::panel::Panel;"),
        ("web::panel", "use crate::web::state::S; pub struct Panel;"),
        ("web::browser", "pub fn now() {}"),
        ("task", "pub struct Task;"),
    ]);
    let layers = [Layer { part: "web::state", within: "web", may: &["web::browser"] }];
    assert_eq!(upward(&graph, &layers), ["web::state -> web::panel (line 1: super::panel::Panel)"]);
}
