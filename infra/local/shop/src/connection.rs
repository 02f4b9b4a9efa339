//! Relay connections over a list of nodes.

use crate::calls::Call;
use crate::fail::Fail;
use crate::gid::Gid;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::ops::Range;

const MAX_PAGE: usize = 250;

/// The page of `nodes` that the call's paging arguments ask for.
pub(crate) fn page(call: &Call<'_>, mut nodes: Vec<Value>) -> Result<Value, Fail> {
    check(call)?;
    if call.flag("reverse") {
        nodes.reverse();
    }
    let range = window(call, &nodes)?;
    let before = range.start > 0;
    let after = range.end < nodes.len();
    let page: Vec<Value> = nodes.drain(range).collect();
    let edges: Vec<Value> = page.iter().map(|node| json!({ "node": node, "cursor": cursor(node) })).collect();
    Ok(json!({
        "pageInfo": {
            "hasNextPage": after,
            "hasPreviousPage": before,
            "startCursor": page.first().map(cursor),
            "endCursor": page.last().map(cursor),
        },
        "edges": edges,
        "nodes": page,
    }))
}

/// The page of nodes that have a place of their own, such as a date: `(place, node)`, ascending. A
/// cursor remembers the place, so that a node that moves meanwhile hides none behind it.
pub(crate) fn sorted(call: &Call<'_>, mut keyed: Vec<(String, Value)>) -> Result<Value, Fail> {
    check(call)?;
    let reverse = call.flag("reverse");
    if reverse {
        keyed.reverse();
    }
    let place = |(key, node): &(String, Value)| (key.clone(), number(node).unwrap_or_default());
    let passed = |text: &str| {
        let from = decode(text).zip(decode_value(text)).ok_or_else(|| Fail::bad_request("Malformed cursor"))?;
        let from = (from.1, from.0);
        Ok::<_, Fail>(keyed.partition_point(|k| if reverse { place(k) >= from } else { place(k) <= from }))
    };
    let start = call.text("after").map_or(Ok(0), passed)?;
    let first = call.count("first").ok_or_else(|| Fail::not_simulated("`last` of a sorted list"))?;
    let end = keyed.len().min(start.saturating_add(first));
    let marked = |(key, node): &(String, Value)| mark(number(node).unwrap_or_default(), key);
    let page = keyed.get(start..end).unwrap_or_default();
    let edges: Vec<Value> = page.iter().map(|k| json!({ "node": k.1, "cursor": marked(k) })).collect();
    Ok(json!({
        "pageInfo": {
            "hasNextPage": end < keyed.len(),
            "hasPreviousPage": start > 0,
            "startCursor": page.first().map(marked),
            "endCursor": page.last().map(marked),
        },
        "edges": edges,
        "nodes": page.iter().map(|k| k.1.clone()).collect::<Vec<_>>(),
    }))
}

fn check(call: &Call<'_>) -> Result<(), Fail> {
    let (first, last) = (call.count("first"), call.count("last"));
    match (first, last) {
        (None, None) => Err(Fail::bad_request("you must provide one of first or last")),
        (Some(_), Some(_)) => Err(Fail::bad_request("providing both first and last is not supported")),
        _ if first.or(last) > Some(MAX_PAGE) => {
            Err(Fail::bad_request(format!("Cannot request more than {MAX_PAGE} records in one page")))
        }
        _ => Ok(()),
    }
}

fn window(call: &Call<'_>, nodes: &[Value]) -> Result<Range<usize>, Fail> {
    let mut start = 0;
    let mut end = nodes.len();
    if let Some(after) = call.text("after") {
        start = position(nodes, after)?.map_or(end, |i| i.saturating_add(1));
    }
    if let Some(before) = call.text("before") {
        end = position(nodes, before)?.unwrap_or(start).max(start);
    }
    if let Some(first) = call.count("first") {
        end = end.min(start.saturating_add(first));
    }
    if let Some(last) = call.count("last") {
        start = start.max(end.saturating_sub(last));
    }
    Ok(start..end)
}

/// Where the node of a cursor stands. A node deleted meanwhile is looked for by the order of ids.
fn position(nodes: &[Value], cursor: &str) -> Result<Option<usize>, Fail> {
    let id = decode(cursor).ok_or_else(|| Fail::bad_request("Malformed cursor"))?;
    let exact = nodes.iter().position(|node| number(node) == Some(id));
    Ok(exact.or_else(|| {
        let later = nodes.iter().position(|node| number(node) > Some(id));
        later.and_then(|i| i.checked_sub(1))
    }))
}

/// Opaque to clients: base64 of the last id, as the live API's cursors are.
fn cursor(node: &Value) -> String {
    let id = number(node).unwrap_or_default();
    mark(id, &id.to_string())
}

fn mark(id: i64, value: &str) -> String {
    STANDARD.encode(json!({ "last_id": id, "last_value": value }).to_string())
}

fn decode_value(cursor: &str) -> Option<String> {
    let bytes = STANDARD.decode(cursor).ok()?;
    let value: Value = serde_json::from_slice(&bytes).ok()?;
    Some(value.get("last_value")?.as_str()?.to_owned())
}

fn decode(cursor: &str) -> Option<i64> {
    let bytes = STANDARD.decode(cursor).ok()?;
    let value: Value = serde_json::from_slice(&bytes).ok()?;
    value.get("last_id")?.as_i64()
}

/// A node is a global id or an object with one.
fn number(node: &Value) -> Option<i64> {
    let id = node.as_str().or_else(|| node.get("id")?.as_str())?;
    Gid::parse(id).map(|gid| gid.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Map;

    fn ask(args: Value) -> Result<Value, Fail> {
        let nodes = (1..=5).map(|n| json!(format!("gid://shopify/Product/{n}")));
        let args: Map<String, Value> = args.as_object().cloned().unwrap();
        page(&Call { field: "products", args }, nodes.collect())
    }

    #[test]
    fn pages_follow_each_other_without_gap_or_overlap() {
        let mut seen = Vec::new();
        let mut after = Value::Null;
        loop {
            let page = ask(json!({ "first": 2, "after": after })).unwrap();
            seen.extend(page["nodes"].as_array().unwrap().clone());
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == json!(false) {
                break;
            }
        }
        assert_eq!(seen.len(), 5);
        let last = ask(json!({ "last": 2, "reverse": true })).unwrap();
        assert_eq!(last["nodes"], json!(["gid://shopify/Product/2", "gid://shopify/Product/1"]));
    }

    #[test]
    fn a_page_without_size_or_with_a_strange_cursor_is_refused() {
        for bad in
            [json!({}), json!({ "first": 1, "last": 1 }), json!({ "first": 251 }), json!({ "first": 1, "after": "x" })]
        {
            assert_eq!(ask(bad).unwrap_err().code, "BAD_REQUEST");
        }
    }
}
