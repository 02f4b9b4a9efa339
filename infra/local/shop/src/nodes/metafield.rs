use super::Fields;
use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::gid;
use crate::metafields;
use crate::model::{Definition, Metafield};
use serde_json::{Value, json};

/// A metafield as the API answers it.
pub(crate) fn metafield_json(metafield: &Metafield, owner_type: &str, owner: &str) -> Value {
    json!({
        "__typename": "Metafield",
        "id": gid("Metafield", metafield.id),
        "legacyResourceId": metafield.id.to_string(),
        "namespace": metafield.namespace,
        "key": metafield.key,
        "type": metafield.kind,
        "value": metafield.value,
        "jsonValue": json_value(metafield),
        "ownerType": owner_type,
        "owner": owner,
        "createdAt": metafield.created_at,
        "updatedAt": metafield.updated_at,
    })
}

/// All metafields of an owner.
pub(crate) fn metafields_json(list: &[Metafield], owner_type: &str, owner: &str) -> Value {
    list.iter().map(|m| metafield_json(m, owner_type, owner)).collect()
}

fn json_value(metafield: &Metafield) -> Value {
    let parsed = match metafield.kind.as_str() {
        "number_integer" | "boolean" | "json" => serde_json::from_str(&metafield.value).ok(),
        list if list.starts_with("list.") => serde_json::from_str(&metafield.value).ok(),
        _ => None,
    };
    parsed.unwrap_or_else(|| json!(metafield.value))
}

/// `metafield(namespace, key)` and `metafields(namespace, keys)` of any owner.
pub(super) fn chosen(fields: &Fields, call: &Call<'_>) -> Option<Value> {
    let all = fields.get("metafields")?.as_array()?;
    let namespace = call.text("namespace").map(|n| metafields::namespace(Some(n)));
    let is = |m: &Value, name: &str, value: &str| m.get(name).and_then(Value::as_str) == Some(value);
    if call.field == "metafield" {
        let namespace = namespace.unwrap_or_else(|| metafields::namespace(None));
        let key = call.text("key").unwrap_or_default();
        let found = all.iter().find(|m| is(m, "namespace", &namespace) && is(m, "key", key));
        return Some(found.cloned().unwrap_or(Value::Null));
    }
    let keys = call.args.get("keys").and_then(Value::as_array);
    let listed = |m: &Value| {
        keys.is_none_or(|keys| {
            keys.iter().filter_map(Value::as_str).any(|wanted| {
                let (namespace, key) = wanted.rsplit_once('.').unwrap_or(("", wanted));
                is(m, "key", key) && (namespace.is_empty() || is(m, "namespace", namespace))
            })
        })
    };
    let found = all.iter().filter(|m| listed(m));
    let found = found.filter(|m| namespace.as_ref().is_none_or(|n| is(m, "namespace", n)));
    Some(found.cloned().collect())
}

pub(super) fn definition(cx: &Cx<'_>, id: i64) -> Result<Option<Fields>, Fail> {
    let Some(d) = cx.store.get::<Definition>("definition", &id.to_string())? else {
        return Ok(None);
    };
    let view = json!({
        "namespace": d.namespace,
        "key": d.key,
        "name": d.name,
        "description": d.description,
        "ownerType": d.owner,
        "type": { "name": d.kind },
        "capabilities": {
            "uniqueValues": { "enabled": d.unique, "eligible": metafields::may_be_unique(&d.kind) },
        },
        "validations": [],
        "validationStatus": "ALL_VALID",
        "useAsCollectionCondition": false,
    });
    Ok(view.as_object().cloned())
}
