//! Tables about people and roles: a misspelt role is nobody, and a misspelt person somebody else.

use crate::{Problem, SplitBy};
use domain::Role;
use serde::Deserialize;
use serde_json::{Map, Value};

const RIGHTS: &str = "royal/rights.rego";
const ACTIONS: &str = "royal/actions.rego";

/// Everything in `rights.rego` and `actions.rego` that names a role, a verb or a person who is not there.
pub(super) fn problems(tables: &Value) -> Vec<Problem> {
    let rights = tables.pointer("/royal/rights").unwrap_or(&Value::Null);
    let rows = tables.pointer("/royal/actions/rows").unwrap_or(&Value::Null);
    let mut problems = persons(rights);
    problems.extend(verbs(rights));
    problems.extend(fields(rows).flat_map(|(kind, row)| row_problems(kind, row)));
    problems
}

fn problem(file: &str, what: String, fix: &str) -> Problem {
    Problem { file: file.to_owned(), line: 0, column: 0, what, fix: fix.to_owned() }
}

fn fields(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

fn words<'a>(value: &'a Value, name: &str) -> Vec<&'a str> {
    let list = value.get(name).and_then(Value::as_array);
    list.into_iter().flatten().map(|word| word.as_str().unwrap_or_default()).collect()
}

/// Accounts lead to a person in one step, and are written as they are looked for.
fn persons(rights: &Value) -> Vec<Problem> {
    let table = rights.get("same_person").unwrap_or(&Value::Null);
    let plain = |name: &str| !name.trim().is_empty() && name.trim() == name && name.to_lowercase() == name;
    let wrong = |(account, person): (&String, &Value)| {
        let person = person.as_str().unwrap_or_default();
        if !plain(account) || !plain(person) {
            let what = format!("`{account}`: `{person}` in `same_person` is not in lower case, or blank");
            return Some(problem(RIGHTS, what, "write both in lower case, without spaces around them"));
        }
        let further = account != person && table.get(person).is_some();
        let what = format!("`{person}` in `same_person` is an account of somebody else there");
        further.then(|| problem(RIGHTS, what, "let every account name the same person"))
    };
    fields(table).filter_map(wrong).collect()
}

fn verbs(rights: &Value) -> Vec<Problem> {
    let table = rights.get("verbs").unwrap_or(&Value::Null);
    let lists = ["of_a_cluster", "of_people"];
    let unknown = lists.into_iter().flat_map(|list| words(rights, list)).filter(|verb| table.get(*verb).is_none());
    let mut problems: Vec<_> =
        unknown.map(|verb| problem(RIGHTS, format!("`{verb}` is no verb"), "copy the name from `verbs`")).collect();
    problems.extend(fields(table).flat_map(|(verb, _)| roles(RIGHTS, table, verb, &Role::ALL)));
    problems
}

/// Words of a list that are none of these roles.
fn roles(file: &str, table: &Value, list: &str, among: &[Role]) -> Vec<Problem> {
    let fits = |word: &&str| among.iter().any(|role| role.name() == *word);
    let names: Vec<_> = among.iter().map(|role| role.name()).collect();
    let wrong = words(table, list).into_iter().filter(|word| !fits(word));
    let fix = format!("use: {}", names.join(", "));
    wrong.map(|word| problem(file, format!("`{list}` names `{word}`, which is no role for it"), &fix)).collect()
}

/// Who decides, who is asked later, and what is summed up.
fn row_problems(kind: &str, row: &Value) -> Vec<Problem> {
    let deciding: Vec<_> = Role::ALL.into_iter().filter(|role| !matches!(role, Role::Agent | Role::Auditor)).collect();
    let mut problems = roles(ACTIONS, row, "approvers", &deciding);
    let approvers = words(row, "approvers");
    let later = words(row, "escalation").into_iter().filter(|role| !approvers.contains(role));
    problems.extend(later.map(|role| {
        let what = format!("`{kind}` asks `{role}` when time runs out, who may not decide it");
        problem(ACTIONS, what, "add the role to `approvers`, or take it out of `escalation`")
    }));
    let split: Option<Result<Vec<SplitBy>, _>> = row.get("split_by").map(Vec::deserialize);
    if split.is_some_and(|split| split.map_or(true, |split| split.is_empty())) {
        let what = format!("`split_by` of `{kind}` is not what actions are summed by");
        problems.push(problem(ACTIONS, what, "use: target, agent, cluster, store"));
    }
    problems
}
