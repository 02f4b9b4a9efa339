//! What is known of who has a thing: facts that are noted from the suppliers' feeds, and suppliers' records.

use agent::{AgentError, Context};
use domain::{Currency, Money};
use feeds::SupplierRecord;
use policy::rules::fulfillment::Input;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use store::fact::Fact;

/// One supplier's offer for a stock keeping unit.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    /// Where it is noted.
    pub(crate) source: String,
    pub(crate) supplier: String,
    /// What one costs; absent where that is not known.
    pub(crate) cost: Option<Money>,
    stock: Option<i64>,
    days: Option<i64>,
    countries: Option<Vec<String>>,
}

/// All offers for a stock keeping unit.
pub(crate) async fn of(ctx: &Context<'_>, sku: &str) -> Result<Vec<Offer>, AgentError> {
    let first = format!("product:variant/{sku}");
    let Some(fact) = ctx.reads.fact(&first).await? else { return Ok(Vec::new()) };
    let others: Vec<String> = list(&fact, "others").unwrap_or_default();
    let mut offers: Vec<Offer> = read(fact).into_iter().collect();
    for other in others {
        let fact = ctx.reads.fact(&format!("{first}@{other}")).await?;
        offers.extend(fact.and_then(read));
    }
    Ok(offers)
}

fn list(fact: &Fact, field: &str) -> Option<Vec<String>> {
    let text = fact.fields.get(field)?;
    Some(text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect())
}

fn read(fact: Fact) -> Option<Offer> {
    let number = |field: &str| fact.fields.get(field)?.parse().ok();
    Some(Offer {
        supplier: fact.fields.get("supplier")?.clone(),
        cost: fact.fields.get("cost").and_then(|text| money(text)),
        stock: number("stock"),
        days: number("days"),
        countries: list(&fact, "countries"),
        source: fact.source,
    })
}

/// An amount as facts have it, such as `EUR 10.00`.
fn money(text: &str) -> Option<Money> {
    let (code, amount) = text.split_once(' ')?;
    let currency: Currency = code.parse().ok()?;
    Money::parse(amount, currency).ok()
}

impl Offer {
    /// What the rule reads of it.
    pub(crate) fn known(&self, wanted: u32, country: &str, records: &[SupplierRecord]) -> Input {
        let name = self.supplier.trim().to_lowercase();
        let record = records.iter().find(|record| record.supplier.trim().to_lowercase() == name);
        let late =
            record.and_then(|record| record.mean_delay_days).map(|days| days.ceil().to_i64().unwrap_or_default());
        // Whoever is not the supplier that it was put on sale for has at least to have a record.
        let known = !self.source.contains('@') || record.is_some();
        let sends = self.countries.as_ref().is_none_or(|all| all.iter().any(|code| code == country));
        Input {
            capable: Some(known && sends && self.cost.is_some()),
            stock_units: self.stock,
            wanted_units: Some(i64::from(wanted)),
            success_percent: record.and_then(success),
            delivery_days: self.days.map(|days| days.saturating_add(late.unwrap_or_default())),
        }
    }
}

/// Orders that arrive as they should: neither broken nor sent back nor late; whatever is worst counts.
fn success(record: &SupplierRecord) -> Option<i64> {
    let (defects, returns) = (record.defect_percent?, record.return_percent?);
    let whole = Decimal::ONE_HUNDRED.saturating_sub(defects).saturating_sub(returns).max(Decimal::ZERO);
    whole.min(record.on_time_percent.unwrap_or(Decimal::ONE_HUNDRED)).floor().to_i64()
}
