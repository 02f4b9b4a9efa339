//! Actions of the finance cluster.

use super::{Action, Effect, Executor, Facts, Reversibility};
use crate::{
    ids::ActionId,
    money::Money,
    order::{Portion, Tracking},
    text::Lang,
};
use serde::{Deserialize, Serialize};

/// Places a customer's order with a supplier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OrderFulfill {
    /// Shop's order id.
    pub order: String,
    /// Shop's customer id: where it goes is in the customer's partition.
    pub customer: String,
    /// With whom.
    pub supplier: String,
    /// What of the order.
    pub portions: Vec<Portion>,
    /// What the supplier charges, shipping included.
    pub cost: Money,
    /// ISO 3166 code of the country it goes to.
    pub country: String,
}

impl Effect for OrderFulfill {
    const EXECUTOR: Executor = Executor::Suppliers;

    fn target(&self) -> String {
        format!("order:{}", self.order)
    }

    fn amount(&self) -> Option<Money> {
        Some(self.cost)
    }

    fn tell(&self, facts: &mut Facts) {
        facts.country = Some(self.country.clone());
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { order, supplier, cost, .. } = self;
        let what = content(&self.portions);
        lang.pick(
            format!("Place {what} of order {order} with supplier “{supplier}” for {cost}"),
            format!("{what} van bestelling {order} plaatsen bij leverancier “{supplier}” voor {cost}"),
        )
    }
}

/// What is in a parcel, such as `2 × lamp-red`.
fn content(portions: &[Portion]) -> String {
    let told = portions.iter().map(|portion| format!("{} × {}", portion.quantity, portion.sku));
    told.collect::<Vec<_>>().join(", ")
}

/// Tells the shop, and by it the customer, that a parcel is on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OrderShip {
    /// Shop's order id.
    pub order: String,
    /// Shop's customer id.
    pub customer: String,
    /// The action that placed the parcel with its supplier.
    pub parcel: ActionId,
    /// What is in it.
    pub portions: Vec<Portion>,
    /// Where it can be followed; absent where the supplier gives nothing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tracking: Option<Tracking>,
}

impl Effect for OrderShip {
    const EXECUTOR: Executor = Executor::Storefront;

    fn target(&self) -> String {
        format!("order:{}", self.order)
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { order, .. } = self;
        let what = content(&self.portions);
        let number = self.tracking.as_ref().map(|tracking| format!(" ({})", tracking.number)).unwrap_or_default();
        lang.pick(
            format!("Tell the customer of order {order} that {what} is on its way{number}"),
            format!("De klant van bestelling {order} melden dat {what} onderweg is{number}"),
        )
    }
}

/// Has the carrier of a parcel asked where it is until it has arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OrderTrack {
    /// Shop's order id.
    pub order: String,
    /// The action that placed the parcel with its supplier.
    pub parcel: ActionId,
    /// Number under which the carrier knows it.
    pub number: String,
}

impl Effect for OrderTrack {
    const EXECUTOR: Executor = Executor::Suppliers;

    fn target(&self) -> String {
        format!("order:{}", self.order)
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { order, number, .. } = self;
        lang.pick(
            format!("Have parcel {number} of order {order} followed until it has arrived"),
            format!("Pakket {number} van bestelling {order} laten volgen tot het is aangekomen"),
        )
    }
}

/// Holds an order back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OrderHold {
    /// Shop's order id.
    pub order: String,
    /// Code, such as `fraud_review`.
    pub reason: String,
}

impl Effect for OrderHold {
    const EXECUTOR: Executor = Executor::Storefront;
    const REVERSIBILITY: Reversibility = Reversibility::Reversible;

    fn target(&self) -> String {
        format!("order:{}", self.order)
    }

    fn inverse(&self) -> Option<Action> {
        Some(OrderRelease { order: self.order.clone() }.into())
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { order, reason } = self;
        lang.pick(format!("Hold order {order} back ({reason})"), format!("Bestelling {order} vasthouden ({reason})"))
    }
}

/// Lets a held order go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OrderRelease {
    /// Shop's order id.
    pub order: String,
}

impl Effect for OrderRelease {
    const EXECUTOR: Executor = Executor::Storefront;
    const REVERSIBILITY: Reversibility = Reversibility::Reversible;

    fn target(&self) -> String {
        format!("order:{}", self.order)
    }

    fn inverse(&self) -> Option<Action> {
        Some(OrderHold { order: self.order.clone(), reason: "undo".to_owned() }.into())
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { order } = self;
        lang.pick(format!("Release order {order}"), format!("Bestelling {order} vrijgeven"))
    }
}

/// Cancels an order and pays it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OrderCancel {
    /// Shop's order id.
    pub order: String,
    /// What is paid back.
    pub amount: Money,
}

impl Effect for OrderCancel {
    const EXECUTOR: Executor = Executor::Storefront;
    const REVERSIBILITY: Reversibility = Reversibility::Irreversible;

    fn target(&self) -> String {
        format!("order:{}", self.order)
    }

    fn amount(&self) -> Option<Money> {
        Some(self.amount)
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { order, amount } = self;
        lang.pick(
            format!("Cancel order {order} and pay {amount} back"),
            format!("Bestelling {order} annuleren en {amount} terugbetalen"),
        )
    }
}

/// Pays a bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ExpensePay {
    /// Number of the bill.
    pub bill: String,
    /// Who is paid.
    pub payee: String,
    /// How much.
    pub amount: Money,
}

impl Effect for ExpensePay {
    const EXECUTOR: Executor = Executor::Ledger;

    fn target(&self) -> String {
        format!("payee:{}", self.payee)
    }

    fn amount(&self) -> Option<Money> {
        Some(self.amount)
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { bill, payee, amount } = self;
        lang.pick(
            format!("Pay {amount} to {payee} (bill {bill})"),
            format!("{amount} betalen aan {payee} (rekening {bill})"),
        )
    }
}

/// Files a tax report with an authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TaxReportFile {
    /// Which report, such as `oss-2026-q3`.
    pub report: String,
    /// Tax declared.
    pub amount: Money,
}

impl Effect for TaxReportFile {
    const EXECUTOR: Executor = Executor::Ledger;
    const REVERSIBILITY: Reversibility = Reversibility::Irreversible;

    fn target(&self) -> String {
        format!("tax:{}", self.report)
    }

    fn amount(&self) -> Option<Money> {
        Some(self.amount)
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { report, amount } = self;
        lang.pick(
            format!("File tax report {report} over {amount}"),
            format!("Belastingaangifte {report} over {amount} indienen"),
        )
    }
}
