//! A code that one customer can take off one order.
//!
//! The shop takes each code once: so a code that is made of the action's id is made once, whatever happens to an answer.

use crate::{
    Client, Error,
    model::{Gid, Link},
    operation::{DISCOUNT_BY_CODE, DISCOUNT_CREATE},
};
use domain::{ActionId, Money};
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// The code of an action: as long as a person can type, and as good as unguessable.
#[must_use]
pub(super) fn code(action: ActionId) -> String {
    let text = action.uuid().simple().to_string().to_uppercase();
    format!("THANKS-{}", text.get(text.len().saturating_sub(16)..).unwrap_or_default())
}

impl Client {
    /// Makes a code worth `amount`, for one order of one customer; the same again is refused with `TAKEN`.
    ///
    /// # Errors
    /// As every call.
    pub async fn give_code(
        &self,
        (customer, amount): (&str, &Money),
        action: ActionId,
        from: OffsetDateTime,
    ) -> Result<(), Error> {
        let value = json!({ "discountAmount": { "amount": amount.amount().to_string(), "appliesOnEachItem": false } });
        let input = json!({
            "title": format!("Compensation {action}"),
            "code": code(action),
            "startsAt": from.format(&Rfc3339).unwrap_or_default(),
            "usageLimit": 1,
            "appliesOncePerCustomer": true,
            "context": { "customers": { "add": [format!("gid://shopify/Customer/{customer}")] } },
            "customerGets": { "value": value, "items": { "all": true } },
        });
        let _: Value = self.send(&DISCOUNT_CREATE, json!({ "input": input })).await?;
        Ok(())
    }

    /// The code that an action made, with the shop's id of it.
    ///
    /// # Errors
    /// As every call.
    pub async fn code_of(&self, action: ActionId) -> Result<Option<(String, Gid)>, Error> {
        let code = code(action);
        let found: Option<Link> = self.send(&DISCOUNT_BY_CODE, json!({ "code": code })).await?;
        Ok(found.map(|link| (code, link.id)))
    }
}
