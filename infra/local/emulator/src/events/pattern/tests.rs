use super::*;
use serde_json::json;

fn event() -> Value {
    json!({
        "source": "orchestrator.product",
        "detail-type": "ProductVetted",
        "region": "us-east-1",
        "detail": {
            "score": 82.5, "count": 3, "name": "Gilt Mirror.PNG", "ip": "10.0.0.17",
            "tags": ["home", "eu"], "empty": [], "note": null, "ok": true,
            "lines": [{"sku": "a", "qty": 1}, {"sku": "b", "qty": 20}],
        },
    })
}

fn detail(pattern: Value) -> bool {
    Pattern::compile(&json!({"detail": pattern})).unwrap().matches(Some(&event()))
}

#[test]
fn each_operator_accepts_and_refuses() {
    let table = [
        (json!({"name": ["Gilt Mirror.PNG"]}), true),
        (json!({"name": ["gilt mirror.png"]}), false),
        (json!({"count": [3]}), true),
        (json!({"count": ["3"]}), false),
        (json!({"ok": [true]}), true),
        (json!({"note": [null]}), true),
        (json!({"tags": ["eu"]}), true),
        (json!({"tags": ["us"]}), false),
        (json!({"name": [{"prefix": "Gilt"}]}), true),
        (json!({"name": [{"prefix": {"equals-ignore-case": "gILT"}}]}), true),
        (json!({"name": [{"suffix": ".PNG"}]}), true),
        (json!({"name": [{"suffix": ".png"}]}), false),
        (json!({"name": [{"suffix": {"equals-ignore-case": ".png"}}]}), true),
        (json!({"name": [{"equals-ignore-case": "gilt MIRROR.png"}]}), true),
        (json!({"name": [{"wildcard": "Gilt*.PNG"}]}), true),
        (json!({"name": [{"wildcard": "*.jpg"}]}), false),
        (json!({"ip": [{"cidr": "10.0.0.0/24"}]}), true),
        (json!({"ip": [{"cidr": "10.0.1.0/24"}]}), false),
        (json!({"score": [{"numeric": [">", 80, "<=", 90]}]}), true),
        (json!({"score": [{"numeric": ["<", 80]}]}), false),
        (json!({"count": [{"numeric": ["=", 3]}]}), true),
        (json!({"name": [{"numeric": [">", 0]}]}), false),
        (json!({"missing": [{"exists": false}]}), true),
        (json!({"missing": [{"exists": true}]}), false),
        (json!({"count": [{"exists": true}]}), true),
        (json!({"empty": [{"exists": true}]}), false),
        (json!({"name": [{"anything-but": "other"}]}), true),
        (json!({"name": [{"anything-but": ["other", "Gilt Mirror.PNG"]}]}), false),
        (json!({"count": [{"anything-but": [1, 2]}]}), true),
        (json!({"name": [{"anything-but": {"prefix": "Gilt"}}]}), false),
        (json!({"name": [{"anything-but": {"suffix": [".jpg", ".gif"]}}]}), true),
        (json!({"name": [{"anything-but": {"equals-ignore-case": ["gilt mirror.png"]}}]}), false),
        (json!({"name": [{"anything-but": {"wildcard": "*Mirror*"}}]}), false),
        (json!({"missing": [{"anything-but": "x"}]}), false),
        (json!({"lines": {"sku": ["b"], "qty": [{"numeric": [">", 10]}]}}), true),
        (json!({"lines": {"sku": ["a"], "qty": [{"numeric": [">", 10]}]}}), false),
        (json!({"$or": [{"count": [9]}, {"ok": [true]}]}), true),
        (json!({"$or": [{"count": [9]}, {"ok": [false]}]}), false),
        (json!({"count": [3], "$or": [{"count": [9]}, {"ok": [false]}]}), false),
    ];
    for (pattern, expected) in table {
        assert_eq!(detail(pattern.clone()), expected, "{pattern}");
    }
}

#[test]
fn all_fields_of_the_envelope_must_match() {
    let matches = |pattern: Value| Pattern::compile(&pattern).unwrap().matches(Some(&event()));
    assert!(matches(json!({"source": [{"prefix": "orchestrator."}], "detail-type": ["ProductVetted"]})));
    assert!(!matches(json!({"source": [{"prefix": "orchestrator."}], "detail-type": ["Other"]})));
}

#[test]
fn what_aws_refuses_is_refused() {
    let table = [
        json!({}),
        json!([]),
        json!({"source": "text"}),
        json!({"source": []}),
        json!({"detail": {}}),
        json!({"source": [["nested"]]}),
        json!({"source": [{"prefix": "a", "suffix": "b"}]}),
        json!({"source": [{"prefix": 1}]}),
        json!({"source": [{"prefix": ""}]}),
        json!({"source": [{"unknown": "a"}]}),
        json!({"source": [{"exists": "yes"}]}),
        json!({"source": [{"numeric": [">"]}]}),
        json!({"source": [{"numeric": ["~", 1]}]}),
        json!({"source": [{"cidr": "10.0.0.0"}]}),
        json!({"source": [{"anything-but": []}]}),
        json!({"source": [{"anything-but": {"cidr": "10.0.0.0/8"}}]}),
        json!({"$or": [{"source": ["a"]}]}),
    ];
    for pattern in table {
        assert!(Pattern::compile(&pattern).is_err(), "{pattern}");
    }
}
