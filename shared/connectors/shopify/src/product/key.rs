//! Our own key of a product, by which the shop finds it again.
//!
//! A product's identity must not hang on a handle or a number that the shop gave: after a lost answer
//! nobody knows that number. So every product carries a metafield of type `id`, which the shop keeps
//! unique, and a second one with the action that changed it last.

use super::refuse;
use crate::{
    Client, Error,
    operation::{DEFINE_METAFIELD, PRODUCT_SET},
};
use domain::{ActionId, action::ProductKey};
use serde_json::{Value, json};

const NAMESPACE: &str = "royal";
const PRODUCT_KEY: &str = "product_key";
const ACTION: &str = "action";
/// The most that the shop takes in a metafield of one line that it keeps unique.
const LONGEST: usize = 255;

/// The key as the shop's `customId`, and as the metafield that carries it: the shop wants the two to
/// be equal, and refuses a metafield that also names its type.
pub(super) fn custom_id(key: &ProductKey) -> Result<Value, Error> {
    Ok(json!({ "namespace": NAMESPACE, "key": PRODUCT_KEY, "value": value(key)? }))
}

/// The metafield that says which action changed a thing last.
pub(super) fn action_field(action: ActionId) -> Value {
    let value = action.to_string();
    json!({ "namespace": NAMESPACE, "key": ACTION, "type": "single_line_text_field", "value": value })
}

fn value(key: &ProductKey) -> Result<String, Error> {
    let value = key.to_string();
    if value.chars().count() > LONGEST || value.chars().any(char::is_control) {
        let message = format!("must be one line of at most {LONGEST} characters");
        return Err(refuse(&PRODUCT_SET, "INVALID_PRODUCT_KEY", &["product"], message));
    }
    Ok(value)
}

impl Client {
    /// Makes sure, once, that the shop knows the metafield that our key stands in.
    pub(super) async fn define_key(&self) -> Result<(), Error> {
        self.defined
            .get_or_try_init(|| async {
                let definition = json!({
                    "name": "Royal product key",
                    "description": "Supplier and product key; keeps each product unique.",
                    "namespace": NAMESPACE,
                    "key": PRODUCT_KEY,
                    "type": "id",
                    "ownerType": "PRODUCT",
                });
                let variables = json!({ "definition": definition });
                match self.send::<Value>(&DEFINE_METAFIELD, variables).await {
                    Err(error) if !error.has_code("TAKEN") => Err(error),
                    _ => Ok(()),
                }
            })
            .await
            .copied()
    }
}
