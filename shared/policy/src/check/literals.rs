//! Constants in files of rules and lists: fractions, and what stands twice.

use super::{File, figures, problem, walk};
use crate::Problem;
use regorus::unstable::{Expr, Span};
use std::collections::BTreeSet;

/// Everything that is written in a way that does something else than it seems to.
pub(super) fn problems(files: &[File<'_>]) -> Vec<Problem> {
    files.iter().flat_map(of_file).collect()
}

fn of_file(file: &File<'_>) -> Vec<Problem> {
    let exprs = walk::rules(&file.module).into_iter().flat_map(|rule| rule.exprs);
    exprs.flat_map(|expr| of_expr(file, expr)).collect()
}

fn of_expr(file: &File<'_>, expr: &Expr) -> Vec<Problem> {
    match expr {
        Expr::Object { fields, .. } => twice(file, fields.iter().map(|(_, key, _)| key.as_ref())),
        Expr::Set { items, .. } | Expr::Array { items, .. } => twice(file, items.iter().map(AsRef::as_ref)),
        Expr::Number { span, .. } => fraction(file, span).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Texts of a list, or names of an object, of which the later one does nothing or takes the place of the earlier.
fn twice<'a>(file: &File<'_>, exprs: impl Iterator<Item = &'a Expr>) -> Vec<Problem> {
    let mut seen = BTreeSet::new();
    let texts = exprs.filter(|expr| matches!(expr, Expr::String { .. }));
    let again = texts.filter(|expr| !seen.insert(expr.span().text()));
    again.map(|expr| second(file, expr)).collect()
}

fn second(file: &File<'_>, expr: &Expr) -> Problem {
    let what = format!("`{}` stands here for the second time", expr.span().text());
    problem(file.source, expr.span(), what, "keep one of the two")
}

fn fraction(file: &File<'_>, span: &Span) -> Option<Problem> {
    let text = span.text();
    if figures::is_whole(text.trim_start_matches('-')) {
        return None;
    }
    let what = format!("`{text}` is a fraction, and rules count in whole numbers only");
    let fix = "write the number into thresholds.rego, in cents or whole percent, and multiply both sides by 100";
    Some(problem(file.source, span, what, fix))
}
