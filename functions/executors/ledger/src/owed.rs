//! `expense.pay` and `tax.report.file`: what our own books have of them, whether or not a bank or an authority is
//! connected.
//!
//! Allowed is allowed: from then on the bill is owed, and the report's tax is declared. That entry is written in the
//! transaction of the outcome. Paying and handing in are for a bank and an authority; while none is connected, the
//! outcome is SIMULATED and says what is left for a person to do.

use crate::books::{Books, unread};
use agent::{ExecuteError, Order};
use domain::{
    Action, Status,
    action::{ExpensePay, TaxReportFile},
    books::{self, Entry, EntryError},
};

/// What the action comes to in the books, if anything.
fn entry(order: &Order<'_>) -> Option<Result<Entry, EntryError>> {
    match order.action {
        Action::ExpensePay(ExpensePay { bill, payee, amount }) => Some(books::expense(payee, bill, *amount, order.now)),
        Action::TaxReportFile(TaxReportFile { report, amount }) => Some(books::tax_report(report, *amount, order.now)),
        _ => None,
    }
}

/// The entries of an outcome: once it is allowed and nothing more is to come.
pub(crate) fn entries(order: &Order<'_>, status: Status) -> Vec<Entry> {
    if !matches!(status, Status::Executed | Status::Simulated) {
        return Vec::new();
    }
    entry(order).and_then(Result::ok).into_iter().collect()
}

/// Refuses what is in the books already, and what cannot be booked; else says what is simulated.
pub(crate) async fn execute(books: &Books, order: &Order<'_>, missing: &str) -> ExecuteError {
    let entry = match entry(order) {
        Some(Ok(entry)) => entry,
        Some(Err(error)) => return ExecuteError::Refused(error.to_string()),
        None => return ExecuteError::NoCredential(missing.to_owned()),
    };
    match books.store().entry(entry.key()).await {
        Err(error) => unread(error),
        Ok(Some(_)) => {
            ExecuteError::Refused(format!("`{}` is in the books already: it is not owed twice", entry.key()))
        }
        Ok(None) => {
            ExecuteError::NoCredential(format!("{missing}: it is in our books as owed, and not paid or handed in"))
        }
    }
}
