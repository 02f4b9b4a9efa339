use serde_json::{Map, Value, json};

use super::attributes::Attributes;
use super::digest;
use super::receipt::Receipt;

fn map(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

#[test]
fn the_digests_are_those_that_callers_compute() {
    // The sums that public SDK test suites record from SQS.
    assert_eq!(digest::of_body("test message"), "c72b9698fa1927e1dd12d3cf26ed84b2");
    let attributes = map(json!({"timestamp": {"DataType": "Number", "StringValue": "1493147359900"}}));
    assert_eq!(digest::of_attributes(&attributes).as_deref(), Some("235c5c510d26fb653d073faed50ae77c"));
    assert_eq!(digest::of_attributes(&Map::new()), None);
}

#[test]
fn a_receipt_handle_reads_back_and_nothing_else_does() {
    let receipt = Receipt { queue: 3, seq: 42, receives: 7 };
    assert_eq!(Receipt::decode(&receipt.encode()), Ok(receipt));
    for handle in ["", "nonsense", "cmVjZWlwdDoxOjI", "cmVjZWlwdDoxOjI6Mzo0"] {
        let error = Receipt::decode(handle).unwrap_err();
        assert_eq!(error.query_code, Some("ReceiptHandleIsInvalid"), "{handle}");
    }
}

#[test]
fn attributes_have_defaults_and_are_checked() {
    let mut attributes = Attributes::default();
    assert_eq!(attributes.number("VisibilityTimeout"), 30);
    let set = |attributes: &mut Attributes, name: &str, value: &str| {
        attributes.set([(name.to_owned(), value.to_owned())].into())
    };
    set(&mut attributes, "VisibilityTimeout", "5").unwrap();
    set(&mut attributes, "RedrivePolicy", r#"{"deadLetterTargetArn": "arn", "maxReceiveCount": "3"}"#).unwrap();
    assert_eq!(attributes.number("VisibilityTimeout"), 5);
    assert_eq!(attributes.redrive().unwrap().max_receives, 3);
    set(&mut attributes, "RedrivePolicy", "").unwrap();
    assert_eq!(attributes.redrive(), None);
    let table = [
        ("VisibilityTimeout", "43201"),
        ("VisibilityTimeout", "soon"),
        ("DelaySeconds", "-1"),
        ("FifoQueue", "yes"),
        ("RedrivePolicy", r#"{"maxReceiveCount": 3}"#),
        ("RedrivePolicy", r#"{"deadLetterTargetArn": "arn", "maxReceiveCount": 0}"#),
        ("Policy", "{"),
        ("Unheard", "of"),
    ];
    for (name, value) in table {
        assert!(set(&mut attributes, name, value).is_err(), "{name} = {value}");
    }
}

#[test]
fn a_queue_with_the_same_settings_is_the_same_and_a_default_may_be_left_out() {
    let with = |pairs: &[(&str, &str)]| {
        let mut attributes = Attributes::default();
        attributes.set(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()).unwrap();
        attributes
    };
    let existing = with(&[("VisibilityTimeout", "5")]);
    assert_eq!(existing.difference(&with(&[])), None);
    assert_eq!(existing.difference(&with(&[("VisibilityTimeout", "5"), ("DelaySeconds", "0")])), None);
    assert_eq!(existing.difference(&with(&[("VisibilityTimeout", "6")])), Some("VisibilityTimeout"));
}
