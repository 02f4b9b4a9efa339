//! What findings say: codes with words, limits that are numbers and were compared with, tiers that exist.

use super::{File, names, near, problem, values, walk};
use crate::{Problem, reasons};
use regorus::unstable::Expr;
use serde_json::Value;
use std::collections::BTreeSet;

/// Keys of a finding that hold a code.
const CODES: [&str; 3] = ["code", "over", "reaches"];
/// All that a finding can say.
const KEYS: [&str; 5] = ["tier", "code", "limit", "value", "than"];
/// Where findings ask for a tier.
const RISK: &str = "data.royal.risk";
/// Where limits are.
const LIMITS: &str = "data.royal.thresholds.";

/// Findings that nobody could read, or that say something else than what was compared.
pub(super) fn problems(files: &[File<'_>], tables: &Value) -> Vec<Problem> {
    let of_file = |file: &File<'_>| {
        let short = names::Short::of(&file.module);
        let package = names::package(&file.module).join(".");
        let mut found = Vec::new();
        for rule in walk::rules(&file.module) {
            let read = limits(&short, &rule);
            let objects = rule.exprs.iter().filter_map(|expr| Some((*expr, fields(expr)?)));
            for (object, fields) in objects {
                found.extend(fields.iter().filter_map(|field| said(file, field, tables)));
                if fields.iter().any(|(key, _)| key == "code") {
                    found.extend(finding(file, object, &fields, package.starts_with(RISK)));
                    found.extend(fields.iter().filter_map(|field| cited(file, field, &read)));
                }
            }
        }
        found
    };
    files.iter().flat_map(of_file).collect()
}

/// The codes that a file's findings say.
#[cfg(test)]
pub(super) fn used(module: &regorus::unstable::Module) -> Vec<String> {
    let exprs = walk::rules(module).into_iter().flat_map(|rule| rule.exprs);
    let fields = exprs.filter_map(fields).flatten();
    let codes = fields.filter(|(key, _)| CODES.contains(&key.as_str()));
    codes.filter_map(|(_, value)| names::constant(value)).collect()
}

/// A field of an object whose key is a constant.
type Field<'a> = (String, &'a Expr);

/// The fields of an object literal.
fn fields(expr: &Expr) -> Option<Vec<Field<'_>>> {
    let Expr::Object { fields, .. } = expr else { return None };
    Some(fields.iter().filter_map(|(_, key, value)| Some((names::constant(key)?, value.as_ref()))).collect())
}

/// The numbers that a rule reads itself.
fn limits(short: &names::Short, rule: &walk::Found<'_>) -> BTreeSet<String> {
    let names = rule.exprs.iter().filter_map(|expr| short.name(expr));
    names.filter_map(|name| Some(name.all()?.join(".").strip_prefix(LIMITS)?.to_owned())).collect()
}

/// The limit that a finding names.
pub(super) fn limit(expr: &Expr) -> Option<String> {
    let fields = fields(expr)?;
    let finding = fields.iter().any(|(key, _)| key == "code");
    let limit = fields.iter().find(|(key, _)| finding && key == "limit")?;
    names::constant(limit.1)
}

fn finding(file: &File<'_>, object: &Expr, fields: &[Field<'_>], of_risk: bool) -> Vec<Problem> {
    let unknown = fields.iter().filter(|(key, _)| !KEYS.contains(&key.as_str()));
    let mut found: Vec<Problem> = unknown
        .map(|(key, value)| {
            let what = format!("`{key}` is nothing that a finding says");
            problem(file.source, value.span(), what, near::instead(key, KEYS))
        })
        .collect();
    if of_risk && found.is_empty() && !fields.iter().any(|(key, _)| key == "tier") {
        let what = "this finding asks for no tier, so every action would be HIGH".to_owned();
        found.push(problem(file.source, object.span(), what, "add `\"tier\": \"MEDIUM\"`, or another tier"));
    }
    found
}

/// A finding names the limit that its rule compared with, where it compared with one.
fn cited(file: &File<'_>, (key, value): &Field<'_>, read: &BTreeSet<String>) -> Option<Problem> {
    let text = names::constant(value).filter(|_| key == "limit")?;
    if read.is_empty() || read.contains(&text) {
        return None;
    }
    let read: Vec<&str> = read.iter().map(String::as_str).collect();
    let what = format!("the finding names `{text}`, but compares with `{}`", read.join("` and `"));
    Some(problem(file.source, value.span(), what, "name the number that is compared with"))
}

fn said(file: &File<'_>, (key, value): &Field<'_>, tables: &Value) -> Option<Problem> {
    let text = names::constant(value)?;
    let (what, fix) = match key.as_str() {
        key if CODES.contains(&key) && !reasons::known(&text) => {
            (format!("there are no words for the code `{text}`"), near::instead(&text, reasons::codes()))
        }
        "limit" => {
            let thresholds = tables.pointer("/royal/thresholds");
            let pointer = format!("/{}", text.replace('.', "/"));
            let number = thresholds.and_then(|found| found.pointer(&pointer)?.as_i64());
            let all = paths(thresholds.unwrap_or(&Value::Null), &text);
            number.is_none().then(|| {
                (
                    format!("`{text}` is no number in thresholds.rego"),
                    near::instead(&text, all.iter().map(String::as_str)),
                )
            })?
        }
        "tier" | "from" if !values::tiers().contains(&text) => {
            (format!("`{text}` is no tier"), near::instead(&text, values::tiers().iter().map(String::as_str)))
        }
        _ => return None,
    };
    Some(problem(file.source, value.span(), what, fix))
}

/// Paths of the numbers beside this one, or of all where its table is not there.
fn paths(thresholds: &Value, like: &str) -> Vec<String> {
    let own = like.split('.').next().unwrap_or_default();
    let there = thresholds.get(own).is_some();
    let tables = thresholds.as_object().into_iter().flatten().filter(|(table, _)| !there || *table == own);
    let of = |(table, lines): (&String, &Value)| {
        let names = lines.as_object().into_iter().flat_map(|lines| lines.keys().cloned().collect::<Vec<_>>());
        names.map(|name| format!("{table}.{name}")).collect::<Vec<_>>()
    };
    tables.flat_map(of).collect()
}
