//! `discountCodeBasicCreate`: each code once. The sandbox takes no code at its till.

use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::{Gid, gid};
use crate::inputs;
use crate::mutation::Outcome;
use crate::user_errors::UserErrors;
use serde_json::{Value, json};

pub(super) fn create(cx: &Cx<'_>, call: &Call<'_>) -> Result<Outcome, Fail> {
    let input = call.object("basicCodeDiscount").cloned().unwrap_or_default();
    let code = inputs::text(&input, "code").unwrap_or_default().trim();
    let refused = |kind: &str, field: &str, message: &str| {
        let errors = UserErrors::one(kind, &format!("basicCodeDiscount.{field}"), message);
        Ok(Outcome::refused(json!({ "codeDiscountNode": null }), errors))
    };
    if code.is_empty() {
        return refused("BLANK", "code", "Code can't be blank");
    }
    if cx.store.get::<Value>("discount", &code.to_uppercase())?.is_some() {
        return refused("TAKEN", "code", "Code must be unique. Please try a different code.");
    }
    let who = input.get("context").and_then(|context| context.pointer("/customers/add")).and_then(Value::as_array);
    for id in who.into_iter().flatten().filter_map(Value::as_str) {
        let known = Gid::of("Customer", id).map(|id| crate::orders::customer(cx, id)).transpose()?.flatten();
        if known.is_none() {
            return refused("INVALID", "context.customers.add", "Customers are invalid");
        }
    }
    let id = cx.store.next_id()?;
    cx.store.put("discount", &code.to_uppercase(), &json!({ "id": id, "input": input }))?;
    Ok(Outcome::applied(json!({ "codeDiscountNode": shown(id) })))
}

/// `codeDiscountNodeByCode`: capitals do not matter.
pub(crate) fn find(cx: &Cx<'_>, code: &str) -> Result<Value, Fail> {
    let found: Option<Value> = cx.store.get("discount", &code.trim().to_uppercase())?;
    let id = found.and_then(|kept| inputs::at(&kept, "id").as_i64());
    Ok(id.map_or(Value::Null, shown))
}

fn shown(id: i64) -> Value {
    json!({ "__typename": "DiscountCodeNode", "id": gid("DiscountCodeNode", id) })
}
