//! Entries of an order: what it implies as it stands, whatever was booked before.
//!
//! Sale, fee and costs count in the period in which the order was placed, so that a margin has both its sides; a
//! refund counts when it was paid back, with the tax rate of the sale. A cancellation alone moves no money: what is
//! paid back for it comes as a refund, and what a supplier takes back as a parcel that failed.

use super::{Account, Dimension, Entry, EntryError, Kind, Move, Quarter, shared, within};
use crate::{
    Order,
    money::{Money, MoneyError},
    order::{Line, Parcel, ParcelState, Payment, Refund, Taxed, Treatment},
};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The most products of one entry: its sums have to fit one transaction.
const MOST_PRODUCTS: usize = 30;
/// What stands for a country that nobody named.
const NOWHERE: &str = "-";

/// What payment providers keep of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Of the amount, in hundredths of a percent.
    pub basis_points: u32,
    /// And this many hundredths of a unit for each payment.
    pub fixed_cents: u32,
}

/// Why an order cannot be booked as it stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unbookable {
    /// An amount cannot be counted with.
    #[error("order `{0}` cannot be booked: {1}")]
    Amount(String, MoneyError),
    /// An amount is negative.
    #[error(transparent)]
    Entry(#[from] EntryError),
}

/// All entries that `order` gives rise to as it stands, the sale first; none while it is not paid in full, its VAT is
/// not known, or the shop speaks of a refund that was not told yet. Without `terms` there is no fee.
///
/// # Errors
/// When an amount of it cannot be booked.
pub fn of_order(order: &Order, terms: Option<Terms>) -> Result<Vec<Entry>, Unbookable> {
    let Some(taxed) = order.taxed.as_ref().filter(|_| is_sold(order)) else { return Ok(Vec::new()) };
    let whole = Whole { order, taxed };
    let wrong = |error| Unbookable::Amount(order.id().to_owned(), error);
    let total = whole.total().map_err(wrong)?;
    let mut entries = whole.sale(total)?;
    if let Some(terms) = terms {
        entries.push(whole.fee(total, terms)?);
    }
    for parcel in &order.parcels {
        entries.extend(whole.costs(parcel)?);
    }
    for refund in &order.refunds {
        entries.push(whole.refund(refund)?);
    }
    entries.retain(|entry| !entry.is_empty() || entry.kind() == Kind::Sale);
    Ok(entries)
}

/// Whether money was taken for it, and what was paid back since is known.
fn is_sold(order: &Order) -> bool {
    let refunded = matches!(order.shop.payment, Payment::PartiallyRefunded | Payment::Refunded);
    let told = order.refunds.iter().any(|refund| refund.at <= order.shop.updated);
    !order.shop.test && order.shop.payment.is_taken() && (told || !refunded)
}

/// An order with its VAT.
struct Whole<'a> {
    order: &'a Order,
    taxed: &'a Taxed,
}

/// What of an amount belongs to which product: by stock keeping unit, and what belongs to none.
type Parts = (Vec<Returned>, Money);

/// What was sold of one product.
struct Sold {
    sku: String,
    gross: Money,
    units: u32,
}

/// What was paid back of one product.
struct Returned {
    sku: String,
    gross: Money,
    /// Units that are for sale again, as far as the shop said so; absent where it said it of none.
    units: Option<u32>,
}

impl Whole<'_> {
    fn wrong(&self, error: MoneyError) -> Unbookable {
        Unbookable::Amount(self.order.id().to_owned(), error)
    }

    fn entry(&self, kind: Kind, key: String, moves: Vec<Move>) -> Result<Entry, Unbookable> {
        Ok(Entry::new(kind, key, self.order.shop.placed, moves)?.of_order(self.order.id()))
    }

    /// Refunds that the shop's snapshot already counts.
    fn counted(&self) -> impl Iterator<Item = &Refund> {
        let updated = self.order.shop.updated;
        self.order.refunds.iter().filter(move |refund| refund.at <= updated)
    }

    /// What the customer paid at first: what is owed now, and what was paid back before the shop said so.
    fn total(&self) -> Result<Money, MoneyError> {
        self.counted().try_fold(self.order.shop.totals.total, |sum, refund| sum.plus(&refund.amount))
    }

    fn sale(&self, total: Money) -> Result<Vec<Entry>, Unbookable> {
        let wrong = |error| self.wrong(error);
        let (lines, shipping) = (self.lines().map_err(wrong)?, self.shipping().map_err(wrong)?);
        let mut wanted: Vec<Money> = lines.iter().map(|sold| sold.gross).collect();
        wanted.push(shipping);
        let (mut gross, rest) = fitted(&total, wanted).map_err(wrong)?;
        gross.push(rest);
        let weights: Vec<Decimal> = gross.iter().map(Money::amount).collect();
        let tax = shared(&within(&total, self.taxed.rate).map_err(wrong)?, &weights).map_err(wrong)?;
        let mut booked = Vec::new();
        for (n, (gross, tax)) in gross.iter().zip(&tax).enumerate() {
            let net = gross.minus(tax).map_err(wrong)?;
            let account = if n == lines.len() { Account::ShippingIncome } else { Account::Revenue };
            booked.push((lines.get(n), account, net, *tax));
        }
        // What belongs to no product is in the first entry.
        booked.rotate_right(2);
        let parts = booked.chunks(MOST_PRODUCTS + 2).enumerate();
        parts.map(|(n, part)| self.sale_part(n, part)).collect()
    }

    fn sale_part(&self, n: usize, part: &[(Option<&Sold>, Account, Money, Money)]) -> Result<Entry, Unbookable> {
        let vat = self.vat();
        let mut moves = Vec::new();
        let mut taxes: Option<Money> = None;
        for (sold, account, net, tax) in part {
            let paid = Move::new(Account::Receivable, *account, *net).about(Dimension::Vat, &vat);
            moves.push(match sold {
                Some(Sold { sku, units, .. }) => paid.about(Dimension::Product, sku).counting(Some(*units)),
                None => paid,
            });
            taxes = Some(taxes.map_or(Ok(*tax), |sum| sum.plus(tax)).map_err(|error| self.wrong(error))?);
        }
        moves.extend(taxes.map(|tax| Move::new(Account::Receivable, Account::Vat, tax).about(Dimension::Vat, &vat)));
        let id = self.order.id();
        match n {
            0 => self.entry(Kind::Sale, format!("sale/{id}"), moves),
            n => self.entry(Kind::SaleMore, format!("sale/{id}/{n}"), moves),
        }
    }

    fn fee(&self, total: Money, terms: Terms) -> Result<Entry, Unbookable> {
        let share = total.amount().checked_mul(Decimal::new(i64::from(terms.basis_points), 4));
        let fee = share.and_then(|share| share.checked_add(Decimal::new(i64::from(terms.fixed_cents), 2)));
        let fee = fee.filter(|_| !total.amount().is_zero()).unwrap_or_default();
        let fee = Money::rounded(fee, total.currency()).map_err(|error| self.wrong(error))?;
        let kept = Move::new(Account::Fees, Account::Receivable, fee);
        self.entry(Kind::Fee, format!("fee/{}", self.order.id()), vec![kept])
    }

    /// What a supplier charges for a parcel that it confirmed, and takes back for one that it confirmed and does not
    /// send.
    fn costs(&self, parcel: &Parcel) -> Result<Vec<Entry>, Unbookable> {
        let failed = parcel.state == ParcelState::Failed;
        if parcel.state == ParcelState::Asked || (failed && parcel.remote.is_none()) {
            return Ok(Vec::new());
        }
        let charged = self.cost_moves(parcel)?;
        let back = charged.iter().cloned().map(Move::back).collect();
        let mut entries = vec![self.entry(Kind::Cost, format!("cost/{}", parcel.action), charged)?];
        if failed {
            entries.push(self.entry(Kind::CostBack, format!("cost-back/{}", parcel.action), back)?);
        }
        Ok(entries)
    }

    /// The cost of a parcel over its products, by what they sell for: suppliers charge for the whole.
    fn cost_moves(&self, parcel: &Parcel) -> Result<Vec<Move>, Unbookable> {
        let mut weights: BTreeMap<&str, Decimal> = BTreeMap::new();
        for portion in &parcel.portions {
            let price = self.line(&portion.line).map(|line| line.price.amount()).unwrap_or_default();
            *weights.entry(portion.sku.as_str()).or_default() += price * Decimal::from(portion.quantity);
        }
        let values: Vec<Decimal> = weights.values().copied().collect();
        let parts = shared(&parcel.cost, &values).map_err(|error| self.wrong(error))?;
        let charged = weights.keys().zip(parts).enumerate().map(|(n, (sku, part))| {
            let charged = Move::new(Account::Cogs, Account::SupplierPayable, part);
            let charged = charged.about(Dimension::Supplier, &parcel.supplier);
            if n < MOST_PRODUCTS { charged.about(Dimension::Product, *sku) } else { charged }
        });
        Ok(charged.collect())
    }

    fn refund(&self, refund: &Refund) -> Result<Entry, Unbookable> {
        let wrong = |error| self.wrong(error);
        let (parts, rest) = self.refunded(refund).map_err(wrong)?;
        let mut gross: Vec<Money> = parts.iter().map(|part| part.gross).collect();
        gross.push(rest);
        let weights: Vec<Decimal> = gross.iter().map(Money::amount).collect();
        let tax = within(&refund.amount, self.taxed.rate).map_err(wrong)?;
        let taxes = shared(&tax, &weights).map_err(wrong)?;
        let vat = self.vat_of(refund);
        let mut moves = vec![Move::new(Account::Vat, Account::Receivable, tax).about(Dimension::Vat, &vat)];
        for (n, (gross, tax)) in gross.iter().zip(&taxes).enumerate() {
            let net = gross.minus(tax).map_err(wrong)?;
            let back = Move::new(Account::Refunds, Account::Receivable, net).about(Dimension::Vat, &vat);
            moves.push(match parts.get(n) {
                Some(part) => back.about(Dimension::Product, &part.sku).counting(part.units),
                None => back,
            });
        }
        let key = format!("refund/{}", refund.id);
        Ok(Entry::new(Kind::Refund, key, refund.at, moves)?.of_order(self.order.id()))
    }

    /// What of a refund is for which product.
    fn refunded(&self, refund: &Refund) -> Result<Parts, MoneyError> {
        let mut by_sku: BTreeMap<String, (Money, Option<u32>)> = BTreeMap::new();
        for part in &refund.lines {
            let gross = part.subtotal.plus(&part.tax)?;
            let (sum, units) = by_sku.entry(self.sku(&part.line)).or_insert_with(|| (gross.zero(), None));
            *sum = sum.plus(&gross)?;
            if part.restocked {
                *units = Some(units.unwrap_or_default().saturating_add(part.quantity));
            }
        }
        let mut parts: Vec<Returned> = by_sku
            .into_iter()
            .take(MOST_PRODUCTS)
            .map(|(sku, (gross, units))| Returned { sku, gross, units })
            .collect();
        let (gross, rest) = fitted(&refund.amount, parts.iter().map(|part| part.gross).collect())?;
        parts.iter_mut().zip(gross).for_each(|(part, gross)| part.gross = gross);
        Ok((parts, rest))
    }

    /// What was paid for each product, tax included, and for how many: units that were paid back since are counted
    /// again.
    fn lines(&self) -> Result<Vec<Sold>, MoneyError> {
        let mut by_sku: BTreeMap<String, (Money, u32)> = BTreeMap::new();
        for line in &self.order.shop.lines {
            let back = self.counted().flat_map(|refund| &refund.lines).filter(|part| part.line == line.id);
            let units = back.fold(line.quantity, |units, part| units.saturating_add(part.quantity));
            let price = line.price.amount().checked_mul(Decimal::from(units));
            let price = price.ok_or(MoneyError::TooLarge(line.price.amount()))?;
            let tax = if self.order.shop.taxes_included { line.tax.zero() } else { line.tax };
            let paid = Money::new(price, line.price.currency())?.minus(&line.discount)?.plus(&tax)?;
            let paid = if paid.amount().is_sign_negative() { paid.zero() } else { paid };
            let (sum, count) = by_sku.entry(name(line)).or_insert_with(|| (paid.zero(), 0));
            (*sum, *count) = (sum.plus(&paid)?, count.saturating_add(units));
        }
        Ok(by_sku.into_iter().map(|(sku, (gross, units))| Sold { sku, gross, units }).collect())
    }

    /// What was paid for shipping, tax included.
    fn shipping(&self) -> Result<Money, MoneyError> {
        let (shop, totals) = (&self.order.shop, &self.order.shop.totals);
        if shop.taxes_included {
            return Ok(totals.shipping);
        }
        let tax = shop.lines.iter().try_fold(totals.tax, |rest, line| rest.minus(&line.tax))?;
        if tax.amount().is_sign_negative() { Ok(totals.shipping) } else { totals.shipping.plus(&tax) }
    }

    fn line(&self, id: &str) -> Option<&Line> {
        self.order.shop.lines.iter().find(|line| line.id == id)
    }

    fn sku(&self, line: &str) -> String {
        self.line(line).map_or_else(|| format!("line-{line}"), name)
    }

    /// How it is taxed: treatment, country, rate.
    fn vat(&self) -> String {
        let treatment = match self.taxed.treatment {
            Treatment::Domestic => "domestic",
            Treatment::Oss => "oss",
            Treatment::ReverseCharge => "reverse_charge",
            Treatment::Export => "export",
        };
        let country = self.taxed.country.as_deref().or(self.order.shop.country.as_deref()).unwrap_or(NOWHERE);
        format!("{treatment}/{country}/{}", self.taxed.rate.normalize())
    }

    /// The same of a refund, with the quarter of the sale where that is another one: it corrects what was declared.
    fn vat_of(&self, refund: &Refund) -> String {
        let (sold, back) = (Quarter::of(self.order.shop.placed), Quarter::of(refund.at));
        if sold == back { self.vat() } else { format!("{}/{sold}", self.vat()) }
    }
}

/// What a line sells.
fn name(line: &Line) -> String {
    let named = line.sku.as_ref().or(line.product.as_ref()).filter(|name| !name.trim().is_empty());
    named.cloned().unwrap_or_else(|| format!("line-{}", line.id))
}

/// Parts that are `total` with what is left for no part: as they are wanted where that fits, else scaled down.
fn fitted(total: &Money, wanted: Vec<Money>) -> Result<(Vec<Money>, Money), MoneyError> {
    let sum = wanted.iter().try_fold(total.zero(), |sum, part| sum.plus(part))?;
    let rest = total.minus(&sum)?;
    if rest.amount() >= Decimal::ZERO {
        return Ok((wanted, rest));
    }
    let weights: Vec<Decimal> = wanted.iter().map(Money::amount).collect();
    Ok((shared(total, &weights)?, total.zero()))
}
