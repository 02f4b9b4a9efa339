use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::{Gid, gid};
use crate::inputs;
use crate::mutation::{Handler, Outcome};
use crate::user_errors::UserErrors;
use serde_json::json;

pub(super) const DELETE: Handler = Handler { name: "productDelete", run: delete, inputs: &["input.id", "synchronous"] };

fn delete(cx: &Cx<'_>, call: &Call<'_>) -> Result<Outcome, Fail> {
    if !call.flag("synchronous") {
        return Err(Fail::not_simulated("asynchronous `productDelete`"));
    }
    let id = call.object("input").and_then(|i| inputs::text(i, "id"));
    let id = id.and_then(|t| Gid::of("Product", t)).unwrap_or_default();
    let Some(product) = cx.product(id)? else {
        let errors = UserErrors::one("", "id", "Product does not exist");
        let payload = json!({ "deletedProductId": null, "shop": gid("Shop", 1) });
        return Ok(Outcome::refused(payload, errors));
    };
    cx.delete(&product, "productDelete")?;
    Ok(Outcome::applied(json!({
        "deletedProductId": gid("Product", id),
        "shop": gid("Shop", 1),
    })))
}
