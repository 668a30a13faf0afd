//! Reads the catalog files and prints them as one Rust expression, so that the page has nothing to read when it opens. A
//! file that violates its schema or a rule stops the build with an error that names the position.

// The same modules as in the library; the build uses only part of them.
#[allow(dead_code)]
#[path = "src/address.rs"]
mod address;
#[allow(dead_code, unused_imports)]
#[path = "src/catalog/mod.rs"]
mod catalog;
#[allow(dead_code)]
#[path = "src/hex.rs"]
mod hex;
#[allow(dead_code)]
#[path = "src/money.rs"]
mod money;
#[allow(dead_code)]
#[path = "src/percent.rs"]
mod percent;
#[path = "build/print.rs"]
mod print;

fn main() {
    println!("cargo::rerun-if-changed=src/catalog");
    println!("cargo::rerun-if-changed=src/money.rs");
    println!("cargo::rerun-if-changed=src/address.rs");
    println!("cargo::rerun-if-changed=src/hex.rs");
    println!("cargo::rerun-if-changed=src/percent.rs");
    let mut gateways = Vec::new();
    for (name, text) in catalog::FILES {
        match catalog::Gateway::from_json(text) {
            Ok(gateway) => {
                for fault in catalog::faults(&gateway) {
                    tell(name, &fault);
                }
                gateways.push(gateway);
            }
            Err(fault) => tell(name, &fault),
        }
    }
    let folder = std::env::var("OUT_DIR").expect("cargo sets it for build scripts");
    let expression = print::expression(&catalog::Catalog { gateways: gateways.leak() });
    std::fs::write(format!("{folder}/catalog.rs"), expression).expect("the folder is cargo's own");
}

fn tell(name: &str, fault: &catalog::Fault) {
    println!("cargo::error=catalog/{name}.json: {}: {}", fault.place, fault.message(|words| words.en));
}
