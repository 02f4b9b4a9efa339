//! What findings say: codes with words, limits that are numbers, tiers that exist.

use super::{File, names, problem, walk};
use crate::{Problem, reasons};
use domain::Tier;
use regorus::unstable::{Expr, Module};
use serde_json::Value;

/// Keys of a finding that hold a code.
const CODES: [&str; 3] = ["code", "over", "reaches"];

/// Findings that nobody could read.
pub(super) fn problems(files: &[File<'_>], tables: &Value) -> Vec<Problem> {
    let thresholds = tables.pointer("/royal/thresholds");
    let of_file = |file: &File<'_>| {
        let fields = fields(&file.module);
        let wrong = |(key, value): (String, &Expr)| {
            let (what, fix) = said(&key, &names::constant(value)?, thresholds)?;
            Some(problem(file.source, value.span(), what, fix))
        };
        fields.into_iter().filter_map(wrong).collect::<Vec<_>>()
    };
    files.iter().flat_map(of_file).collect()
}

/// The codes that a file's findings say.
#[cfg(test)]
pub(super) fn used(module: &Module) -> Vec<String> {
    let codes = fields(module).into_iter().filter(|(key, _)| CODES.contains(&key.as_str()));
    codes.filter_map(|(_, value)| names::constant(value)).collect()
}

/// Fields of all object literals, where the key is a constant.
fn fields(module: &Module) -> Vec<(String, &Expr)> {
    let exprs = walk::rules(module).into_iter().flat_map(|rule| rule.exprs);
    let fields = exprs.filter_map(|expr| match expr {
        Expr::Object { fields, .. } => Some(fields),
        _ => None,
    });
    fields.flatten().filter_map(|(_, key, value)| Some((names::constant(key)?, value.as_ref()))).collect()
}

fn said(key: &str, text: &str, thresholds: Option<&Value>) -> Option<(String, &'static str)> {
    match key {
        key if CODES.contains(&key) && !reasons::known(text) => Some((
            format!("there are no words for the code `{text}`"),
            "add it to the sentences, or use one that is there",
        )),
        "limit" => {
            let pointer = format!("/{}", text.replace('.', "/"));
            let number = thresholds.and_then(|found| found.pointer(&pointer)?.as_i64());
            let what = format!("`{text}` is no number in thresholds.rego");
            number.is_none().then_some((what, "copy the path from there"))
        }
        "tier" if serde_json::from_value::<Tier>(Value::from(text)).is_err() => {
            Some((format!("`{text}` is no tier"), "use LOW, MEDIUM, CEO, HIGH or DENIED"))
        }
        _ => None,
    }
}
