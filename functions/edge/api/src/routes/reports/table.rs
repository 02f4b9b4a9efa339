//! A report as a table.

use super::{money::text, span::Range};
use domain::Currency;
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// A report on money.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Report {
    /// Which report.
    #[schema(example = "pnl")]
    pub(super) kind: String,
    /// How long each of its periods is: `hour`, `day`, `week` or `month`.
    #[schema(example = "day")]
    pub(super) period: &'static str,
    /// First day that it counts.
    #[schema(value_type = String, format = Date, example = "2026-11-01")]
    pub(super) from: String,
    /// Last day that it counts.
    #[schema(value_type = String, format = Date, example = "2026-11-20")]
    pub(super) to: String,
    /// When the figures were read or, for a forecast, made.
    #[serde(with = "time::serde::rfc3339")]
    pub(super) at: OffsetDateTime,
    /// Its rows.
    pub(super) rows: Vec<Row>,
    /// All rows together, a row for each currency.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) total: Vec<Row>,
    /// For a balance: whether debits and credits are the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) balanced: Option<bool>,
    /// For a forecast: how wrong it would have been for the last days, in percent of what happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "12.5")]
    pub(super) error_percent: Option<String>,
    /// For a forecast: how sure its intervals are, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) level_percent: Option<u64>,
    /// Whether everything was counted; if not, rows are missing.
    pub(super) complete: bool,
    /// What nobody knows.
    pub(super) missing: Vec<String>,
}

/// One row.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReportRow)]
pub(super) struct Row {
    /// Its period, such as `2026-11-20`, `2026-W47`, `2026-11` or `2026-11-20T21`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) period: Option<String>,
    /// What kind of row it is, such as `goods` or `asset`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) category: Option<&'static str>,
    /// What it is about: a product, a campaign, a payee, an account or a VAT rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    /// ISO 4217 code of its amounts.
    #[schema(example = "EUR")]
    pub(super) currency: String,
    /// Amounts by name, as decimals; costs are positive.
    #[schema(value_type = BTreeMap<String, String>, example = json!({"income": "120.00", "profit": "31.40"}))]
    pub(super) figures: BTreeMap<&'static str, String>,
    /// Orders that were paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) orders: Option<i64>,
    /// Units sold, less those that came back and are for sale again; absent where no goods are meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) units: Option<i64>,
    /// Profit of income in percent; absent where nothing was earned.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "shown")]
    #[schema(value_type = Option<String>, example = "26.2")]
    pub(super) margin_percent: Option<Decimal>,
    #[serde(skip)]
    pub(super) sort: Decimal,
}

/// Amounts by name.
pub(super) type Figures = Vec<(&'static str, Decimal)>;

fn shown<S: serde::Serializer>(percent: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    percent.map(text).serialize(serializer)
}

impl Row {
    /// A row of these amounts.
    pub(super) fn new(currency: Currency, figures: Figures) -> Self {
        Self {
            period: None,
            category: None,
            name: None,
            currency: currency.to_string(),
            sort: figures.first().map(|(_, amount)| *amount).unwrap_or_default(),
            figures: figures.into_iter().map(|(name, amount)| (name, text(amount))).collect(),
            orders: None,
            units: None,
            margin_percent: None,
        }
    }

    /// The same for a period.
    pub(super) fn during(self, period: &str) -> Self {
        Self { period: Some(period.to_owned()), ..self }
    }

    /// The same about something.
    pub(super) fn named(self, name: &str) -> Self {
        Self { name: Some(name).filter(|name| !name.is_empty()).map(str::to_owned), ..self }
    }

    /// The same of a kind.
    pub(super) fn of(self, category: &'static str) -> Self {
        Self { category: Some(category), ..self }
    }

    /// Its first amount.
    pub(super) const fn largest(&self) -> Decimal {
        self.sort
    }
}

impl Report {
    /// A report of nothing yet.
    pub(super) fn empty(kind: &str, range: &Range, at: OffsetDateTime) -> Self {
        let (from, to) = range.days();
        Self {
            kind: kind.to_owned(),
            period: range.grain().name(),
            from: from.to_string(),
            to: to.to_string(),
            at,
            rows: Vec::new(),
            total: Vec::new(),
            balanced: None,
            error_percent: None,
            level_percent: None,
            complete: true,
            missing: Vec::new(),
        }
    }

    /// The same, of all there is or of a part.
    pub(super) fn whole(self, whole: bool) -> Self {
        Self { complete: self.complete && whole, ..self }
    }

    /// The same, that does not know `what`.
    pub(super) fn without(mut self, what: &str) -> Self {
        self.missing.push(what.to_owned());
        self
    }

    /// The same, with a word where there is nothing in it.
    pub(super) fn told(self) -> Self {
        if self.rows.is_empty() && self.missing.is_empty() {
            return self.without("entries: nothing was booked in this time");
        }
        self
    }
}
