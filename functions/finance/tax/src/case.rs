//! Why a report should be filed, for the person who decides.

use crate::report::Report;
use domain::proposal::{Case, Impact};

/// The case for filing `report`.
pub(crate) fn file(report: &Report) -> Case {
    let lines = report.lines.iter().map(|line| {
        let corrects = line.corrects.as_ref().map(|quarter| format!(", correcting {quarter}")).unwrap_or_default();
        format!("{} {} %: EUR {} on EUR {}{corrects}", line.country, line.rate, line.tax, line.net)
    });
    Case {
        title: format!("File tax report {}", report.report),
        description: lines.collect::<Vec<_>>().join("; "),
        reasoning: format!("the books from {} to {} are closed for tax", report.from, report.to),
        data_sources: vec!["the books, by VAT rule".to_owned(), "the kept table of VAT rates".to_owned()],
        risk_factors: vec!["a report that was filed is corrected only by the next one".to_owned()],
        missing: Vec::new(),
        impact: Impact::default(),
        alternatives: Vec::new(),
    }
}
