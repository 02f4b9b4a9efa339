//! The compound attribute `shipping`, for the days from order to delivery.

use crate::{problem::Fault, value::Value};

/// Order of the parts in `US:CA:Overnight:16.00 USD:1:1:2:3` when a table's header names no other.
const ORDER: [&str; 8] = [
    "country",
    "region",
    "service",
    "price",
    "min_handling_time",
    "max_handling_time",
    "min_transit_time",
    "max_transit_time",
];

/// Parts of one `shipping`, by name.
pub(super) type Parts = Vec<(String, String)>;

/// Splits the cell of a table: one or more services, comma-separated.
pub(super) fn split(header: &str, cell: &str) -> Vec<Parts> {
    let order = named_order(header);
    let service = |text: &str| order.iter().cloned().zip(text.split(':').map(|part| part.trim().to_owned())).collect();
    cell.split(',').map(service).collect()
}

/// The order that `shipping(country:price:max_transit_time)` states.
fn named_order(header: &str) -> Vec<String> {
    let stated = header.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
    match stated {
        Some(names) => names.split(':').map(|name| name.trim().to_lowercase().replace(' ', "_")).collect(),
        None => ORDER.map(str::to_owned).to_vec(),
    }
}

/// Handling and transit of the slowest service that states its transit: the promise that always holds.
pub(super) fn days(services: &[Parts]) -> Result<Option<u32>, Fault> {
    let mut slowest = None;
    for service in services {
        let part = |name| service.iter().find(|(part, _)| part == name).map_or("", |(_, value)| value.as_str());
        let handling = Value::new("shipping", part("max_handling_time")).days()?.unwrap_or_default();
        let Some(transit) = Value::new("shipping", part("max_transit_time")).days()? else { continue };
        slowest = slowest.max(Some(handling.saturating_add(transit)));
    }
    Ok(slowest)
}
