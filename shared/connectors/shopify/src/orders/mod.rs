//! Orders: read whole, held, released, announced, cancelled, paid back.

mod change;
mod code;
mod money;
mod refund;
mod wire;

pub use change::{Assessed, CancelReason, Parcel};

use crate::{
    Client, Error,
    model::{Gid, Page},
    operation::{ORDER_STATE, ORDERS_OF, ORDERS_SINCE},
};
use domain::{
    Contact, Money,
    order::{Portion, Refund, Snapshot},
};
use serde::Deserialize;
use serde_json::json;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// What an order's risk is called by somebody who assessed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RiskLevel {
    /// Nothing found.
    None,
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
    /// Not known yet.
    Pending,
}

impl RiskLevel {
    /// The word for it in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Pending => "pending",
        }
    }
}

/// A part of an order that is sent from one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// Its id.
    pub id: Gid,
    /// Status, such as `OPEN` or `ON_HOLD`.
    pub status: String,
    /// Holds on it: their id, and our handle where they are ours.
    pub holds: Vec<(Gid, Option<String>)>,
    /// What is left to send: its own id, the shop's id of the order's line, and units.
    pub left: Vec<(Gid, String, u32)>,
}

/// What was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its id.
    pub id: Gid,
    /// Tracking numbers.
    pub numbers: Vec<String>,
    /// Shop's ids of lines, and units.
    pub lines: Vec<(String, u32)>,
}

/// An order as the shop has it.
#[derive(Debug, Clone)]
pub struct ShopOrder {
    /// Its id.
    pub id: Gid,
    /// Everything that is not personal.
    pub snapshot: Snapshot,
    /// Who it is for.
    pub contact: Contact,
    /// What was paid back.
    pub refunds: Vec<Refund>,
    /// Notes of what was paid back, by the shop's id of the refund.
    pub notes: Vec<(String, String)>,
    /// What was paid and not paid back.
    pub paid: Money,
    /// The worst that others than we think of its risk; absent where nobody has said.
    pub risk: Option<RiskLevel>,
    /// Orders of the customer, this one counted; absent for a guest.
    pub orders: Option<u64>,
    /// Whether any part of it is held.
    pub held: bool,
    /// What is to be sent.
    pub sendings: Vec<Sending>,
    /// What was sent.
    pub sent: Vec<Sent>,
}

/// What is taken of one sending: its id, its lines and units.
pub(crate) type Taken = (Gid, Vec<(Gid, u32)>);

impl ShopOrder {
    /// Where the portions are to be taken from: the sending, its lines and units. Nothing where not all of it is left.
    #[must_use]
    pub fn taken(&self, portions: &[Portion]) -> Option<Vec<Taken>> {
        let mut wanted: Vec<(String, u32)> = portions.iter().map(|p| (p.line.clone(), p.quantity)).collect();
        let mut taken = Vec::new();
        for sending in self.sendings.iter().filter(|sending| matches!(sending.status.as_str(), "OPEN" | "IN_PROGRESS"))
        {
            let mut lines = Vec::new();
            for (id, line, left) in &sending.left {
                let Some((_, open)) = wanted.iter_mut().find(|(of, open)| of == line && *open > 0) else { continue };
                let units = (*open).min(*left);
                *open -= units;
                lines.extend((units > 0).then(|| (id.clone(), units)));
            }
            taken.extend((!lines.is_empty()).then(|| (sending.id.clone(), lines)));
        }
        wanted.iter().all(|(_, open)| *open == 0).then_some(taken)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Changed {
    id: Gid,
    #[serde(with = "time::serde::rfc3339")]
    updated_at: OffsetDateTime,
}

#[derive(Deserialize)]
struct Listed {
    nodes: Vec<crate::model::Link>,
}

/// The global id of an order.
#[must_use]
pub(crate) fn gid(order: &str) -> String {
    format!("gid://shopify/Order/{order}")
}

impl Client {
    /// An order by the shop's id, decimal digits; nothing where the shop has none.
    ///
    /// # Errors
    /// As every call; [`Error::Rejected`] when what the shop says cannot be understood.
    pub async fn shop_order(&self, id: &str) -> Result<Option<ShopOrder>, Error> {
        let order: Option<wire::Order> = self.send(&ORDER_STATE, json!({ "id": gid(id) })).await?;
        order.map(wire::Order::read).transpose()
    }

    /// Ids of the orders that changed at `since` or later, with the time of the change, oldest first, at most `most`
    /// and the rest of the last page.
    ///
    /// # Errors
    /// As every call.
    pub async fn orders_since(
        &self,
        since: OffsetDateTime,
        most: usize,
    ) -> Result<Vec<(String, OffsetDateTime)>, Error> {
        let query = format!("updated_at:>='{}'", stamp(since));
        let (mut all, mut after) = (Vec::new(), None);
        while all.len() < most {
            let variables = json!({ "query": query, "after": after });
            let page: Page<Changed> = self.send(&ORDERS_SINCE, variables).await?;
            all.extend(page.nodes.into_iter().map(|order| (order.id.number().to_owned(), order.updated_at)));
            after = page.page_info.next();
            if after.is_none() {
                break;
            }
        }
        Ok(all)
    }

    /// How many orders a customer placed at `since` or later, counted up to 50.
    ///
    /// # Errors
    /// As every call.
    pub async fn orders_of(&self, customer: &str, since: OffsetDateTime) -> Result<usize, Error> {
        let query = format!("customer_id:{customer} created_at:>='{}'", stamp(since));
        let listed: Listed = self.send(&ORDERS_OF, json!({ "query": query })).await?;
        Ok(listed.nodes.len())
    }
}

fn stamp(at: OffsetDateTime) -> String {
    let whole = at.to_offset(time::UtcOffset::UTC).replace_nanosecond(0).unwrap_or(at);
    whole.format(&Rfc3339).unwrap_or_default()
}
