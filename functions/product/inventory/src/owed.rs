//! What customers have bought and no supplier has taken on yet.

use domain::{Order, order::ParcelState};
use std::collections::BTreeMap;

/// Units of one stock keeping unit in orders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Owed {
    /// With nobody yet, or still being decided.
    open: i64,
    /// With a supplier, and the shop was not told that they are on their way.
    with_supplier: i64,
}

impl Owed {
    /// Units that are with nobody, of `committed` that the shop has sold and not seen leave. The shop knows an order
    /// before we do, so what it has sold beyond what is with suppliers counts as well.
    pub(crate) fn units(self, committed: i64) -> i64 {
        self.open.max(committed.saturating_sub(self.with_supplier))
    }
}

/// By stock keeping unit.
#[must_use]
pub(crate) fn by_sku(orders: &[Order]) -> BTreeMap<String, Owed> {
    let mut owed: BTreeMap<String, Owed> = BTreeMap::new();
    for order in orders.iter().filter(|order| order.shop.cancelled.is_none() && !order.shop.test) {
        for portion in order.open() {
            let of = owed.entry(portion.sku).or_default();
            of.open = of.open.saturating_add(portion.quantity.into());
        }
        for parcel in order.live() {
            for portion in &parcel.portions {
                let of = owed.entry(portion.sku.clone()).or_default();
                let units = i64::from(portion.quantity);
                match parcel.state {
                    ParcelState::Asked => of.open = of.open.saturating_add(units),
                    _ if parcel.announced.is_none() => of.with_supplier = of.with_supplier.saturating_add(units),
                    _ => {}
                }
            }
        }
    }
    owed
}
