//! What of an order is with nobody yet.

use super::{Line, Order, Parcel, ParcelState, Portion};
use std::collections::BTreeMap;

impl Order {
    /// The parcels that a supplier sends, or is being asked to send.
    pub fn live(&self) -> impl Iterator<Item = &Parcel> {
        self.parcels.iter().filter(|parcel| parcel.state != ParcelState::Failed)
    }

    /// The units of each line that have to be sent and are in no live parcel. The stock keeping unit is empty where
    /// the line has none, so that no supplier knows it.
    #[must_use]
    pub fn open(&self) -> Vec<Portion> {
        let sent = |line: &str| -> u32 {
            let all = self.live().flat_map(|parcel| &parcel.portions).filter(|portion| portion.line == line);
            all.fold(0, |sum, portion| sum.saturating_add(portion.quantity))
        };
        let open = |line: &Line| Portion {
            line: line.id.clone(),
            sku: line.sku.clone().unwrap_or_default(),
            quantity: line.quantity.saturating_sub(sent(&line.id)),
        };
        let lines = self.shop.lines.iter().filter(|line| line.ships);
        lines.map(open).filter(|portion| portion.quantity > 0).collect()
    }

    /// Suppliers that did not send what they were asked for, by line.
    #[must_use]
    pub fn tried(&self) -> BTreeMap<String, Vec<String>> {
        let mut tried: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for parcel in self.parcels.iter().filter(|parcel| parcel.state == ParcelState::Failed) {
            for portion in &parcel.portions {
                tried.entry(portion.line.clone()).or_default().push(parcel.supplier.clone());
            }
        }
        tried
    }
}
