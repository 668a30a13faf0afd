//! Browser entry point: see the library for the map.

fn main() {
    wan_playground::web::start();
}
