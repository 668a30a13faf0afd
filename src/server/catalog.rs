//! Checks a deployer's `catalog.json` as the page would, without a browser.

use std::fmt::Write as _;

use crate::catalog::Catalog;
use crate::catalog::overlay::{Whose, apply};

/// The errors in a file, one line each in both languages; or what the file adds. The flag says whether the file is
/// valid.
pub fn check(name: &str, text: &str) -> (String, bool) {
    let mut catalog = *Catalog::built_in();
    let faults = apply(&mut catalog, Catalog::built_in(), Whose::Deployer, text);
    let mut out = String::new();
    for fault in &faults {
        let (en, zh) = (fault.message(|words| words.en), fault.message(|words| words.zh));
        let line = fault.line.unwrap_or(1);
        let place = if fault.place.is_empty() { "" } else { &fault.place };
        let _ = writeln!(out, "{name}:{line}: {place}\n    {en}\n    {zh}");
    }
    if faults.is_empty() {
        let count = |gateway: &crate::catalog::Gateway| format!("{} ({})", gateway.id, gateway.models.len());
        let gateways: Vec<String> = catalog.gateways.iter().map(count).collect();
        let _ = writeln!(out, "{name}: in order. Gateways, with the number of their models: {}", gateways.join(", "));
    }
    (out, faults.is_empty())
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_fault_is_told_like_a_compiler_tells_it() {
        let (told, good) = check("catalog.json", "{\"version\": 1,\n\"remove\": [\"nobody\"]}");
        assert!(!good && told.starts_with("catalog.json:2: /remove/0\n    There is no gateway \"nobody\"."), "{told}");
        let (told, good) = check("catalog.json", "{\"version\": 1, \"remove\": [\"ope\"]}");
        let built_in = crate::catalog::Catalog::built_in();
        let count = |id: &str| built_in.gateway(id).map_or(0, |gateway| gateway.models.len());
        let counts = [count("crazyrouter"), count("acedata"), count("dashscope")];
        let [router, ace, own] = counts;
        assert!(
            good && told.contains(&format!("crazyrouter ({router}), acedata ({ace}), dashscope ({own})")),
            "{told}"
        );
    }
}
