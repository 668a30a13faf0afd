//! Packs the catalog files into bytes, so that the page need not include a parser for their JSON. A file that violates
//! its schema or a rule stops the build with an error that names the position.

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
    std::fs::write(format!("{folder}/catalog.bin"), catalog::pack(&gateways)).expect("the folder is cargo's own");
}

fn tell(name: &str, fault: &catalog::Fault) {
    println!("cargo::error=catalog/{name}.json: {}: {}", fault.place, fault.words().en);
}
