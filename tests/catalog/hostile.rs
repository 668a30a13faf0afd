//! Arbitrary text: no file, however broken, stops the reader or harms the catalog, and its errors can be shown.

use super::{acme, file, layered};
use proptest::prelude::*;
use wan_playground::catalog::faults;
use wan_playground::catalog::overlay::Whose;

/// A catalog is always usable: gateways with bases and models that follow every rule.
fn examine(text: &str) {
    for whose in [Whose::Deployer, Whose::User] {
        let (catalog, told) = layered(whose, text);
        assert!(!catalog.gateways.is_empty());
        for gateway in catalog.gateways {
            assert!(faults(gateway).is_empty(), "{:?}", faults(gateway));
        }
        for fault in told {
            assert!(fault.detail.chars().count() <= 81 && !fault.detail.chars().any(char::is_control));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_told(text in "\\PC{0,200}") {
        examine(&text);
    }

    #[test]
    fn a_catalog_with_a_piece_cut_out_or_put_in_is_read_or_told(
        at in 0.0..1.0_f64, length in 0_usize..40, piece in "[\\[\\]{}\",:a-z0-9\\\\\u{202e} ]{0,6}"
    ) {
        let mut text = file(&[&acme()]);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let from = (at * text.len() as f64) as usize;
        let boundary = |mut at: usize| { while !text.is_char_boundary(at) { at -= 1; } at };
        let (from, to) = (boundary(from), boundary((from + length).min(text.len())));
        text.replace_range(from..to, &piece);
        examine(&text);
    }
}
