//! Reports on money, out of the sums of the books: as many queries whatever was sold.

use super::{
    span::{Asked, Range},
    table::{Figures, Report, Row},
};
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Id, Named, Params},
    problem::Problem,
};
use axum::Json;
use domain::{
    Currency,
    books::{Account, Dimension, Grain, Nature, Statement, Sums},
};
use rust_decimal::Decimal;
use std::str::FromStr;
use store::books::{Found, Span};

/// The most names of one report.
const MOST: usize = 1_000;
/// Before every month that can be booked.
const ALWAYS: &str = "0000-01";

/// A kind of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// Profit and loss by period.
    Pnl,
    /// What is on every account.
    Balance,
    /// What cash is to come.
    Cashflow,
    /// VAT by rule.
    Vat,
    /// Profit by product.
    Products,
    /// Spend by campaign.
    Campaigns,
    /// Costs by kind and payee.
    Expenses,
}

impl What {
    const ALL: [(&'static str, Self); 7] = [
        ("pnl", Self::Pnl),
        ("balance", Self::Balance),
        ("cashflow", Self::Cashflow),
        ("vat", Self::Vat),
        ("products", Self::Products),
        ("campaigns", Self::Campaigns),
        ("expenses", Self::Expenses),
    ];
}

impl FromStr for What {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, what)| *what).ok_or(())
    }
}

impl Named for What {
    const WHAT: &'static str = "report";
}

/// Shows a report on money, out of the books: `pnl`, `balance`, `cashflow`, `vat`, `products`, `campaigns`, `expenses`.
///
/// Amounts are exact, without VAT unless a figure is called so, and in the currency in which they happened: a row has
/// one. Periods are in UTC. What nobody knows is named in `missing`, and never filled in.
#[utoipa::path(get, path = "/reports/{kind}", operation_id = "showReport", tag = "Reports",
    params(("kind" = String, Path, description = "Which report.", example = "pnl"), Asked),
    responses((status = 200, description = "What the books say.", body = Report)))]
pub(super) async fn report(
    caller: Caller,
    Id(what): Id<What>,
    Params(asked): Params<Asked>,
) -> Result<Json<Report>, Problem> {
    let permit = caller.may(Verb::ReadReports, About::Nothing)?;
    let range = Range::of(&asked, permit.now())?;
    let name = What::ALL.iter().find(|(_, other)| *other == what).map_or("", |(name, _)| *name);
    let report = Report::empty(name, &range, permit.now());
    let report = match what {
        What::Pnl => pnl(&permit, report, &range).await?,
        What::Balance => balance(&permit, report, &range).await?,
        What::Cashflow => super::cashflow::show(&permit, report).await?,
        What::Vat => by(&permit, report, &range, Dimension::Vat, vat).await?,
        What::Products => by(&permit, report, &range, Dimension::Product, product).await?,
        What::Campaigns => campaigns(&permit, report, &range).await?,
        What::Expenses => expenses(&permit, report, &range).await?,
    };
    Ok(Json(report.told()))
}

fn currencies(sums: &Sums) -> Vec<Currency> {
    sums.currencies().iter().filter_map(|code| code.parse().ok()).collect()
}

async fn pnl(permit: &Permit, report: Report, range: &Range) -> Result<Report, Problem> {
    let found = permit.store().sums(&range.all()).await?;
    let mut rows = Vec::new();
    for ((period, _), sums) in &found.sums {
        rows.extend(currencies(sums).into_iter().map(|currency| statement(sums, currency).during(period)));
    }
    let total = found.total();
    let total = currencies(&total).into_iter().map(|currency| statement(&total, currency)).collect();
    Ok(Report { rows, total, ..report }.whole(found.whole))
}

/// Profit and loss as a row.
fn statement(sums: &Sums, currency: Currency) -> Row {
    let of = Statement::of(sums, currency);
    let figures = Figures::from([
        ("sales", of.sales),
        ("shipping", of.shipping),
        ("refunds", of.refunds),
        ("income", of.income()),
        ("goods", of.goods),
        ("carriage", of.carriage),
        ("fees", of.fees),
        ("advertising", of.advertising),
        ("expenses", of.expenses),
        ("profit", of.profit()),
        ("vat", of.vat),
    ]);
    sold(&of, figures)
}

/// A row of these figures, with what was sold for them. Units have no currency: they are told in each.
fn sold(of: &Statement, figures: Figures) -> Row {
    let (orders, units) = (Some(of.orders), Some(of.units));
    Row { orders, units, margin_percent: of.margin_percent(), ..Row::new(of.currency, figures) }
}

/// What a product earned: its sales less what was paid back and what it cost. Fees and advertising are nobody's.
fn product(_: &str, sums: &Sums, currency: Currency) -> Row {
    let of = Statement::of(sums, currency);
    let figures = Figures::from([
        ("sales", of.sales),
        ("refunds", of.refunds),
        ("income", of.income()),
        ("goods", of.goods),
        ("profit", of.profit()),
    ]);
    sold(&of, figures)
}

fn vat(_: &str, sums: &Sums, currency: Currency) -> Row {
    let of = Statement::of(sums, currency);
    Row::new(currency, Figures::from([("net", of.income()), ("vat", of.vat)]))
}

type Told = fn(&str, &Sums, Currency) -> Row;

/// A row for each name, those with the largest income first.
async fn by(
    permit: &Permit,
    report: Report,
    range: &Range,
    dimension: Dimension,
    told: Told,
) -> Result<Report, Problem> {
    let found = permit.store().sums(&range.names().by(dimension)).await?;
    let mut rows = named(&found, told);
    let whole = found.whole && rows.len() <= MOST;
    rows.sort_by_key(|row| std::cmp::Reverse(row.largest()));
    rows.truncate(MOST);
    let total = found.total();
    let total = currencies(&total).into_iter().map(|currency| told("", &total, currency)).collect();
    Ok(Report { rows, total, ..report }.whole(whole))
}

fn named(found: &Found, told: Told) -> Vec<Row> {
    let names = found.names();
    let rows = names
        .iter()
        .flat_map(|(name, sums)| currencies(sums).into_iter().map(|currency| told(name, sums, currency).named(name)));
    rows.collect()
}

async fn campaigns(permit: &Permit, report: Report, range: &Range) -> Result<Report, Problem> {
    let spent: Told = |_, sums, currency| {
        Row::new(currency, Figures::from([("advertising", sums.amount(Account::AdSpend, currency))]))
    };
    let report = by(permit, report, range, Dimension::Campaign, spent).await?;
    Ok(report.without("what a campaign earned: no order says which campaign it came from"))
}

/// Costs: goods by supplier, bills and advertising by payee, the rest as one.
async fn expenses(permit: &Permit, report: Report, range: &Range) -> Result<Report, Problem> {
    const NAMED: [(&str, Account, Option<Dimension>); 5] = [
        ("goods", Account::Cogs, Some(Dimension::Supplier)),
        ("advertising", Account::AdSpend, Some(Dimension::Payee)),
        ("bills", Account::Expenses, Some(Dimension::Payee)),
        ("fees", Account::Fees, None),
        ("carriage", Account::ShippingCost, None),
    ];
    let (mut rows, mut whole) = (Vec::new(), true);
    for (category, account, dimension) in NAMED {
        let span = range.names();
        let found = permit.store().sums(&dimension.map_or(span.clone(), |dimension| span.by(dimension))).await?;
        whole &= found.whole;
        for (name, sums) in found.names() {
            let spent = currencies(&sums).into_iter().map(|currency| (currency, sums.amount(account, currency)));
            let spent = spent.filter(|(_, amount)| !amount.is_zero());
            rows.extend(spent.map(|(currency, amount)| {
                Row::new(currency, Figures::from([("amount", amount)])).of(category).named(name)
            }));
        }
    }
    whole &= rows.len() <= MOST;
    rows.truncate(MOST);
    Ok(Report { rows, ..report }.whole(whole))
}

/// Every account as it stands at the end of the range's last month.
async fn balance(permit: &Permit, report: Report, range: &Range) -> Result<Report, Problem> {
    let to = Grain::Month.period(range.last());
    let span = Span { of: None, grain: Grain::Month, from: ALWAYS.to_owned(), to };
    let found = permit.store().sums(&span).await?;
    let total = found.total();
    let mut rows = Vec::new();
    for account in Account::ALL {
        for currency in currencies(&total) {
            let amount = total.amount(*account, currency);
            if !amount.is_zero() {
                let figures = Figures::from([("amount", amount)]);
                rows.push(Row::new(currency, figures).of(kind(account.nature())).named(account.name()));
            }
        }
    }
    let balanced = Some(found.whole && total.difference().is_empty());
    Ok(Report { rows, balanced, ..report }.whole(found.whole))
}

const fn kind(nature: Nature) -> &'static str {
    match nature {
        Nature::Asset => "asset",
        Nature::Liability => "liability",
        Nature::Income => "income",
        Nature::Expense => "expense",
    }
}

/// A decimal as it is written.
pub(super) fn text(amount: Decimal) -> String {
    amount.to_string()
}
