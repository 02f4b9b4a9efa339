use super::Fields;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::gid;
use crate::orders;
use serde_json::json;

/// A person who buys.
pub(super) fn view(cx: &Cx<'_>, id: i64) -> Result<Option<Fields>, Fail> {
    let Some(person) = orders::customer(cx, id)? else {
        return Ok(None);
    };
    let placed = cx.store.marked(&format!("customer:{id}"))?;
    let view = json!({
        "legacyResourceId": id.to_string(),
        "firstName": person.first_name,
        "lastName": person.last_name,
        "displayName": format!("{} {}", person.first_name, person.last_name),
        "defaultEmailAddress": { "emailAddress": person.email, "marketingState": "NOT_SUBSCRIBED", "validFormat": true },
        "defaultPhoneNumber": person.phone.as_ref().map(|number| json!({ "phoneNumber": number })),
        "defaultAddress": person.address.view(&gid("MailingAddress", id)),
        "numberOfOrders": placed.len().to_string(),
        "orders": placed.iter().map(|order| gid("Order", *order)).collect::<Vec<_>>(),
        "lastOrder": placed.last().map(|order| gid("Order", *order)),
        "state": "DISABLED",
        "verifiedEmail": true,
        "tags": [],
        "taxExempt": false,
        "taxExemptions": [],
        "locale": "en",
        "canDelete": placed.is_empty(),
        "dataSaleOptOut": false,
        "createdAt": person.created_at,
        "updatedAt": person.created_at,
    });
    Ok(view.as_object().cloned())
}
