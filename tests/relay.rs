//! The relay: its purpose, exercised at all four gateways; and every rule of it attacked.
//!
//! Most of it sends raw TCP to the real program, whose stand-ins are the simulator or a gateway made up here. The same
//! walk and attacks go through Caddy and nginx with the configurations in `deploy/`.

// Only part of the shared code is used here.
#[allow(dead_code)]
mod support;

mod relay {
    mod addresses;
    mod bench;
    mod bodies;
    mod callers;
    mod doors;
    mod gateway;
    mod headers;
    mod once;
    mod proxies;
    mod proxy;
    mod smuggling;
    mod stream;
    mod uploads;
    mod walk;
}
