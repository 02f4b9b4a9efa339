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
fn texts_are_checked_before_anybody_reads_them_and_what_judges_before_it_judges() {
    let (policy, bundle) = kept();
    let sound = Policy::open_to_judge(&bundle.bytes, &bundle.sha256).unwrap();
    assert!(sound.whole().is_ok());
    assert_eq!(sound.draft(), policy.draft());

    let text = bundle.bytes.windows(8).rposition(|window| window == b"package ").unwrap();
    let mut bytes = bundle.bytes.clone();
    bytes[text] ^= 1;
    let judges = Policy::open_to_judge(&bytes, &bundle.sha256).unwrap();
    let (input, at) = (calm("expense.pay"), OffsetDateTime::UNIX_EPOCH);
    assert_eq!(judges.judge(&input, at), policy.judge(&input, at), "no text is needed to judge");
    assert!(matches!(judges.whole(), Err(PolicyError::Damaged(_))));
    assert!(judges.draft().files().is_empty(), "a damaged text is shown to nobody");
    assert!(judges.bundle().is_err(), "or kept again");

    let end = bundle.bytes.iter().position(|byte| *byte == b'\n').unwrap();
    let texts = serde_json::to_vec(policy.sources()).unwrap().len();
    for at in (0..bundle.bytes.len() - texts).step_by(17).filter(|at| *at != end) {
        let mut bytes = bundle.bytes.clone();
        bytes[at] ^= 1;
        assert!(Policy::open_to_judge(&bytes, &bundle.sha256).is_err(), "byte {at}");
    }
}

#[test]
fn a_bundle_that_holds_what_it_should_not_is_refused_even_under_its_own_hash() {
    let (_, bundle) = kept();
    let end = bundle.bytes.iter().position(|byte| *byte == b'\n').unwrap();
    let (head, rest) = bundle.bytes.split_at(end);
    let head = String::from_utf8(head.to_vec()).unwrap();
    let first = |from: &str, to: &str| {
        let head = head.replacen(from, to, 1);
        Policy::open(&[head.as_bytes(), rest].concat(), Digest::of_bytes(head.as_bytes()).as_str())
    };
    assert!(first("royal-policy-bundle/2", "royal-policy-bundle/3").is_err());
    assert!(first(&bundle.revision, &"0".repeat(64)).is_err());
    assert!(first("\"tables\":", "\"tables\":9").is_err());
    let other = first("regorus 0.14.1", "regorus 0.15.0").unwrap();
    assert_eq!(other.bundle().unwrap(), bundle, "programs of another engine are compiled anew from the texts");
}
