//! Revisions that are kept, and what becomes of damaged ones.

use super::support::{calm, sources};
use crate::{Bundle, Policy, PolicyError};
use domain::Digest;
use time::OffsetDateTime;

fn kept() -> (Policy, Bundle) {
    let policy = Policy::compile(&sources()).unwrap();
    let bundle = policy.bundle().unwrap();
    (policy, bundle)
}

#[test]
fn a_kept_revision_judges_like_the_one_that_was_kept_and_has_the_same_bytes_whoever_keeps_it() {
    let (policy, bundle) = kept();
    let opened = Policy::open(&bundle.bytes, &bundle.sha256).unwrap();
    assert_eq!((opened.revision(), opened.draft()), (policy.revision(), policy.draft()));
    for cents in [1, 10_000, 10_001, 100_001] {
        let mut input = calm("expense.pay");
        input.action.amount_cents = Some(cents);
        let at = OffsetDateTime::UNIX_EPOCH;
        assert_eq!(opened.judge(&input, at), policy.judge(&input, at), "{cents}");
    }
    assert_eq!((opened.bundle().unwrap(), kept().1), (bundle.clone(), bundle), "compiled again, and kept again");
}

#[test]
fn a_damaged_bundle_is_never_read() {
    let (_, bundle) = kept();
    for at in (0..bundle.bytes.len()).step_by(bundle.bytes.len() / 97) {
        let mut bytes = bundle.bytes.clone();
        bytes[at] ^= 1;
        assert!(matches!(Policy::open(&bytes, &bundle.sha256), Err(PolicyError::Damaged(_))), "byte {at}");
    }
    let short = &bundle.bytes[..bundle.bytes.len() - 1];
    assert!(matches!(Policy::open(short, &bundle.sha256), Err(PolicyError::Damaged(_))));
}

#[test]
fn a_bundle_that_holds_what_it_should_not_is_refused_even_under_its_own_hash() {
    let (_, bundle) = kept();
    let text = String::from_utf8_lossy(&bundle.bytes).into_owned();
    let end = bundle.bytes.iter().position(|byte| *byte == b'\n').unwrap();
    let first = |from: &str, to: &str| {
        let mut bytes = text[..end].replacen(from, to, 1).into_bytes();
        bytes.extend_from_slice(&bundle.bytes[end..]);
        let sha256 = Digest::of_bytes(&bytes).to_string();
        Policy::open(&bytes, &sha256)
    };
    assert!(first("royal-policy-bundle/1", "royal-policy-bundle/2").is_err());
    assert!(first(&bundle.revision, &"0".repeat(64)).is_err());
    let other = first("regorus 0.14.1", "regorus 0.15.0").unwrap();
    assert_eq!(other.bundle().unwrap(), bundle, "programs of another engine are compiled anew from the texts");
}
