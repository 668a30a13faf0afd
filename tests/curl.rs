//! The printed commands, run by the real curl in real shells against the simulator, beside the request as the page
//! sends it: the simulator has to receive the same bytes and give the same answer.

mod support;

mod curl {
    mod bench;
    mod hostile;
    mod models;
    mod wire;
}
