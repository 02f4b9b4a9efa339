//! From an order and its contact to the facts that the rule reads. What is compared is personal, what comes of it is
//! not.

use crate::Said;
use agent::{AgentError, Context};
use domain::{Contact, Currency, Order, contact::Address, order::Line};
use policy::rules::fraud::{Input, Item};

/// Everything that is known of an order.
pub(crate) async fn gather(
    ctx: &Context<'_>,
    order: &Order,
    contact: Option<&Contact>,
    said: &Said,
) -> Result<Input, AgentError> {
    let mut items = Vec::new();
    for line in &order.shop.lines {
        items.push(Item { category: category(ctx, line).await?, units: i64::from(line.quantity) });
    }
    Ok(Input { items, ..known(order, contact, said) })
}

/// What is known of an order without its categories.
#[must_use]
pub fn known(order: &Order, contact: Option<&Contact>, said: &Said) -> Input {
    let total = order.shop.totals.total;
    let count = |count: Option<u64>| count.and_then(|count| i64::try_from(count).ok());
    let (ships, pays) = (contact.and_then(|c| c.shipping.as_ref()), contact.and_then(|c| c.billing.as_ref()));
    Input {
        orders_before: count(said.before),
        orders_24h: count(said.day),
        value_cents: total.cents().filter(|_| total.currency() == Currency::EUR),
        country_differs: differs(ships, pays, |address| address.country.as_deref()),
        city_differs: differs(ships, pays, |address| address.city.as_deref()),
        mail_disposable: contact.and_then(|contact| contact.email.as_deref()).and_then(mail_is_disposable),
        shop_risk: said.risk.map(str::to_owned),
        items: Vec::new(),
    }
}

/// The category of what is bought, as it was noted when it was found.
async fn category(ctx: &Context<'_>, line: &Line) -> Result<Option<String>, AgentError> {
    let Some(sku) = &line.sku else { return Ok(None) };
    let fact = ctx.reads.fact(&format!("product:variant/{sku}")).await?;
    Ok(fact.and_then(|mut fact| fact.fields.remove("category")))
}

/// Whether a field of two addresses differs, where both have it; capitals and spaces around it do not count.
fn differs<'a>(
    one: Option<&'a Address>,
    other: Option<&'a Address>,
    field: impl Fn(&'a Address) -> Option<&'a str>,
) -> Option<bool> {
    let plain = |address: &'a Address| {
        let text = field(address)?.trim().to_lowercase();
        (!text.is_empty()).then_some(text)
    };
    Some(plain(one?)? != plain(other?)?)
}

/// Whether a mail address is at a provider of addresses that are thrown away; nothing where it is no address. Only the
/// domain is looked at.
#[must_use]
pub fn mail_is_disposable(email: &str) -> Option<bool> {
    let (_, domain) = email.trim().rsplit_once('@')?;
    (!domain.is_empty()).then(|| !mailchecker::is_valid(&format!("a@{}", domain.to_lowercase())))
}
