//! What is declared: by country and rate, out of the books.

use crate::case;
use agent::{AgentError, Context, Draft, Turn};
use domain::{
    Currency, Money, Premise,
    action::TaxReportFile,
    books::{Account, Dimension, Grain, Quarter, Sums},
    premise::Holds,
};
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeSet;
use store::{
    books::{Found, Span},
    fact::Fact,
};
use time::{Duration, OffsetDateTime};

/// The field of a report's fact that holds what is declared.
const AMOUNT: &str = "amount";

/// One line: what was sold under one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Line {
    /// Treatment, such as `oss`.
    pub(crate) treatment: String,
    /// Country whose tax it is, or where it went.
    pub(crate) country: String,
    /// Percent.
    pub(crate) rate: String,
    /// The quarter that it corrects, for what was paid back of earlier sales.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) corrects: Option<String>,
    /// Sold, less what was paid back, without tax.
    pub(crate) net: Decimal,
    /// Tax of it.
    pub(crate) tax: Decimal,
}

/// What is declared for a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Report {
    /// Its name, such as `oss-2026-q3`.
    pub(crate) report: String,
    /// First and last period that it counts.
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) lines: Vec<Line>,
    /// Tax declared, in euro.
    pub(crate) tax: Decimal,
    /// What keeps it from being filed as it is.
    pub(crate) missing: Vec<String>,
}

/// The sales at home of the month before.
pub(crate) async fn monthly(ctx: &Context<'_>) -> Result<Turn, AgentError> {
    let first = ctx.now.replace_day(1).unwrap_or(ctx.now);
    let month = Grain::Month.period(first - Duration::days(1));
    draw_up(ctx, format!("vat-{month}"), (month.clone(), month), "domestic").await
}

/// The sales to consumers in the rest of the Union of the quarter before.
pub(crate) async fn quarterly(ctx: &Context<'_>) -> Result<Turn, AgentError> {
    let quarter = Quarter::of(ctx.now).before();
    let [first, _, last] = quarter.months();
    draw_up(ctx, format!("oss-{quarter}"), (first, last), "oss").await
}

async fn draw_up(
    ctx: &Context<'_>,
    name: String,
    (from, to): (String, String),
    treatment: &str,
) -> Result<Turn, AgentError> {
    let span = Span { of: Some(Dimension::Vat), grain: Grain::Month, from, to };
    let found = ctx.reads.sums(&span).await?;
    let report = of(name, &span, &found, treatment);
    if !report.missing.is_empty() || report.lines.is_empty() || report.tax < Decimal::ZERO {
        return Ok(Turn::report(&report));
    }
    let amount = Money::new(report.tax, Currency::EUR).map_err(|error| AgentError::Reject(error.to_string()))?;
    let fact = known(&report, amount, ctx.now);
    let premise =
        Premise { source: fact.source.clone(), field: AMOUNT.to_owned(), holds: Holds::Is(amount.to_string()) };
    let draft = Draft {
        action: TaxReportFile { report: report.report.clone(), amount }.into(),
        premises: vec![premise],
        confidence: None,
        case: case::file(&report),
        journey: None,
    };
    Ok(Turn { proposals: vec![draft], facts: vec![fact], ..Turn::report(&report) })
}

fn known(report: &Report, amount: Money, at: OffsetDateTime) -> Fact {
    let fields = [(AMOUNT.to_owned(), amount.to_string())];
    Fact { source: format!("tax:{}", report.report), fields: fields.into(), at }
}

/// The report named `name`, out of sums by VAT rule.
pub(crate) fn of(name: String, span: &Span, found: &Found, treatment: &str) -> Report {
    let names = found.names();
    let own = || names.iter().filter(|(rule, _)| rule.split('/').next() == Some(treatment));
    let lines: Vec<Line> = own().filter_map(|(rule, sums)| line(rule, sums)).collect();
    let currencies: BTreeSet<String> = own().flat_map(|(_, sums)| sums.currencies()).collect();
    let foreign = currencies.into_iter().filter(|currency| *currency != Currency::EUR.to_string());
    let mut missing: Vec<String> =
        foreign.map(|currency| format!("sales in {currency}, which nothing here converts to euro")).collect();
    if !found.whole {
        missing.push("part of the books: there is more than one report reads".to_owned());
    }
    let tax = lines.iter().map(|line| line.tax).sum();
    Report { report: name, from: span.from.clone(), to: span.to.clone(), lines, tax, missing }
}

fn line(rule: &str, sums: &Sums) -> Option<Line> {
    let mut parts = rule.split('/').map(str::to_owned);
    let (treatment, country, rate) = (parts.next()?, parts.next()?, parts.next()?);
    let amount = |account| sums.amount(account, Currency::EUR);
    let net = amount(Account::Revenue) + amount(Account::ShippingIncome) + amount(Account::Refunds);
    Some(Line { treatment, country, rate, corrects: parts.next(), net, tax: amount(Account::Vat) })
}
