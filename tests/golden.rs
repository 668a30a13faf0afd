//! The centre against the gateways' documents: requests, prices, responses, and what people type.
//!
//! Cases are data: a folder in `tests/fixtures`, or a row in a table here. A test lists every failure it finds.

mod support;

mod golden {
    mod account;
    mod answers;
    mod catalog;
    mod drafts;
    mod hostile;
    mod prices;
    mod recipes;
    mod requests;
    mod sent;
}
