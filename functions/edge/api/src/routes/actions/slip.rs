//! What a person sends to a supplier that has no interface.

use super::by_hand::by_hand;
use crate::{
    auth::{About, Caller, Verb},
    extract::Id,
    problem::Problem,
};
use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};
use csv_core::{WriteResult, Writer};
use domain::{ActionId, Contact, order::Portion};

/// Names of the columns.
const HEAD: [&str; 13] = [
    "order_number",
    "line",
    "sku",
    "quantity",
    "name",
    "company",
    "address1",
    "address2",
    "zip",
    "city",
    "province",
    "country",
    "phone",
];

/// Shows what is to be ordered by hand, as CSV with one line per thing, for the supplier.
///
/// It holds the address, of the customer or of our own stock: it is made when it is asked for, and kept nowhere.
#[utoipa::path(get, path = "/actions/{id}/slip", operation_id = "showSlip", tag = "Actions",
    params(("id" = String, Path, description = "The id of an `order.fulfill` or `inventory.restock` that nobody sent: the supplier has no interface, or we have no credential for it.")),
    responses((status = 200, description = "The slip.", body = String, content_type = "text/csv"),
        (status = 409, description = "It is no order for a supplier, or the system sent it.", body = crate::problem::ProblemView, content_type = "application/problem+json")))]
pub(super) async fn slip(caller: Caller, Id(id): Id<ActionId>) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadSlip, About::Nothing)?;
    let (_, bought) = by_hand(&permit, id).await?;
    let contact = bought.contact(&permit).await?;
    let kept_nowhere = [(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    Ok((kept_nowhere, text(id, &bought.portions(), &contact)).into_response())
}

fn text(number: ActionId, portions: &[Portion], contact: &Contact) -> String {
    let to = contact.shipping.clone().unwrap_or_default();
    let phone = to.phone.or_else(|| contact.phone.clone());
    let address = [to.name, to.company, to.address1, to.address2, to.zip, to.city, to.province, to.country, phone];
    let address = address.map(Option::unwrap_or_default);
    let line = |Portion { line, sku, quantity }: &Portion| {
        let thing = [number.to_string(), line.clone(), sku.clone(), quantity.to_string()];
        row(thing.into_iter().chain(address.clone()))
    };
    let lines: Vec<String> = portions.iter().map(line).collect();
    row(HEAD.map(str::to_owned)) + &lines.concat()
}

/// A line. What a spreadsheet would take for a formula is told as text.
fn row(cells: impl IntoIterator<Item = String>) -> String {
    let mut writer = Writer::new();
    let mut out = Vec::new();
    for (n, cell) in cells.into_iter().enumerate() {
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let cell = if formula { format!("'{cell}") } else { cell };
        if n > 0 {
            push(&mut out, |buffer| writer.delimiter(buffer));
        }
        let mut rest = cell.as_bytes();
        while !rest.is_empty() {
            let mut buffer = [0_u8; 256];
            let (_, read, wrote) = writer.field(rest, &mut buffer);
            out.extend_from_slice(buffer.get(..wrote).unwrap_or_default());
            rest = rest.get(read..).unwrap_or_default();
        }
    }
    push(&mut out, |buffer| writer.terminator(buffer));
    String::from_utf8_lossy(&out).into_owned()
}

fn push(out: &mut Vec<u8>, mut write: impl FnMut(&mut [u8]) -> (WriteResult, usize)) {
    let mut buffer = [0_u8; 16];
    let (_, wrote) = write(&mut buffer);
    out.extend_from_slice(buffer.get(..wrote).unwrap_or_default());
}
