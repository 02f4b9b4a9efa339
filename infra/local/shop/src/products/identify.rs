use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::Gid;
use crate::handles;
use crate::inputs::{self, Input};
use crate::metafields::CustomId;
use crate::model::Product;
use crate::user_errors::UserErrors;
use std::rc::Rc;

/// What `productSet` works on: an existing product, or none yet.
pub(super) struct Target {
    pub(super) product: Option<Rc<Product>>,
    pub(super) custom: Option<CustomId>,
}

/// Finds the product that `identifier` (or the deprecated `input.id`) names.
pub(super) fn target(cx: &Cx<'_>, call: &Call<'_>, input: &Input) -> Result<Result<Target, UserErrors>, Fail> {
    let own = inputs::text(input, "id");
    let Some(identifier) = call.object("identifier") else {
        return match own {
            Some(id) => by_id(cx, id, "input.id"),
            None => Ok(Ok(Target { product: None, custom: None })),
        };
    };
    if own.is_some() {
        let message = "The id field is not allowed if identifier is provided.";
        return Ok(Err(UserErrors::one("ID_NOT_ALLOWED", "input", message)));
    }
    if let Some(id) = inputs::text(identifier, "id") {
        return by_id(cx, id, "identifier.id");
    }
    if let Some(handle) = inputs::text(identifier, "handle") {
        return by_handle(cx, handle, input);
    }
    let custom = inputs::object(identifier, "customId").map(CustomId::read);
    custom.map_or(Ok(Ok(Target { product: None, custom: None })), |custom| by_custom_id(cx, custom, input))
}

fn by_id(cx: &Cx<'_>, id: &str, at: &str) -> Result<Result<Target, UserErrors>, Fail> {
    let product = match Gid::of("Product", id) {
        Some(id) => cx.product(id)?,
        None => None,
    };
    Ok(match product {
        Some(product) => Ok(Target { product: Some(product), custom: None }),
        None => Err(UserErrors::one("PRODUCT_DOES_NOT_EXIST", at, "Product does not exist")),
    })
}

fn by_handle(cx: &Cx<'_>, handle: &str, input: &Input) -> Result<Result<Target, UserErrors>, Fail> {
    let Some(given) = inputs::text(input, "handle") else {
        let message = "The input field corresponding to the identifier is required.";
        return Ok(Err(UserErrors::one("MISSING_FIELD_REQUIRED", "input", message)));
    };
    if given != handle {
        let message = "The identifier value does not match the value of the corresponding field in the input.";
        return Ok(Err(UserErrors::one("INPUT_MISMATCH", "input", message)));
    }
    let product = cx.product_by(&format!("handle:{}", handles::normalise(handle)))?;
    Ok(Ok(Target { product, custom: None }))
}

fn by_custom_id(cx: &Cx<'_>, custom: CustomId, input: &Input) -> Result<Result<Target, UserErrors>, Fail> {
    custom.require_definition(cx)?;
    let listed = inputs::list(input, "metafields");
    if listed.is_some_and(|list| !list.into_iter().any(|entry| custom.is(entry))) {
        let message = "The input argument `metafields` (if present) must contain the `customId` value.";
        return Ok(Err(UserErrors::one("METAFIELD_MISMATCH", "input", message)));
    }
    let product = cx.product_by(&custom.word())?;
    Ok(Ok(Target { product, custom: Some(custom) }))
}

/// The existing product that an identifier names by id, handle or custom id.
pub(crate) fn existing(cx: &Cx<'_>, identifier: &Input) -> Result<Option<Rc<Product>>, Fail> {
    if let Some(id) = inputs::text(identifier, "id") {
        return Gid::of("Product", id).map_or(Ok(None), |id| cx.product(id));
    }
    if let Some(handle) = inputs::text(identifier, "handle") {
        return cx.product_by(&format!("handle:{}", handles::normalise(handle)));
    }
    let Some(custom) = inputs::object(identifier, "customId").map(CustomId::read) else {
        return Ok(None);
    };
    custom.require_definition(cx)?;
    cx.product_by(&custom.word())
}
