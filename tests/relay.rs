//! The relay: what it is for, done at all four gateways; and every rule of it attacked.
//!
//! Most of it talks raw TCP to the real program, whose stand-ins are the simulator or a gateway made up here. The same
//! walk and attacks go through Caddy and nginx with the configurations in `deploy/`.

// A part of what all share is used here.
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
    mod walk;
}
