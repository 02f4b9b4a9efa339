//! Actions of the finance cluster.

use super::{Action, Effect, Executor, Facts, Reversibility};
use crate::{money::Money, text::Lang};
use serde::{Deserialize, Serialize};

/// Places a customer's order with a supplier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OrderFulfill {
    /// Shop's order id.
    pub order: String,
    /// With whom.
    pub supplier: String,
    /// What the supplier charges.
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
        lang.pick(
            format!("Place order {order} with supplier “{supplier}” for {cost}"),
            format!("Bestelling {order} plaatsen bij leverancier “{supplier}” voor {cost}"),
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
