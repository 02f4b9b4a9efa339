//! Tables about people and roles: a misspelt role is nobody, and a misspelt person somebody else.

use super::{near, places::Tables};
use crate::Problem;
use domain::Role;
use serde_json::{Map, Value};

const RIGHTS: &str = "royal.rights";

/// Everything in `rights.rego` that names a role, a verb or a person who is not there.
pub(super) fn problems(tables: &Tables<'_>) -> Vec<Problem> {
    let rights = tables.value.pointer("/royal/rights").unwrap_or(&Value::Null);
    let mut problems = persons(tables, rights);
    problems.extend(verbs(tables, rights));
    problems
}

fn fields(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

fn words<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = (usize, &'a str)> {
    let list = value.get(name).and_then(Value::as_array);
    list.into_iter().flatten().map(|word| word.as_str().unwrap_or_default()).enumerate()
}

/// Accounts lead to a person in one step, and are written as they are looked for.
fn persons(tables: &Tables<'_>, rights: &Value) -> Vec<Problem> {
    let table = rights.get("same_person").unwrap_or(&Value::Null);
    let plain = |name: &str| !name.trim().is_empty() && name.trim() == name && name.to_lowercase() == name;
    let wrong = |(account, person): (&String, &Value)| {
        let person = person.as_str().unwrap_or_default();
        let path = format!("{RIGHTS}.same_person.{account}");
        if !plain(account) || !plain(person) {
            let what = format!("`{account}`: `{person}` in `same_person` is not in lower case, or blank");
            return Some(tables.problem(&path, what, "write both in lower case, without spaces around them"));
        }
        let further = account != person && table.get(person).is_some();
        let what = format!("`{person}` in `same_person` is an account of somebody else there");
        further.then(|| tables.problem(&path, what, "let every account name the same person"))
    };
    fields(table).filter_map(wrong).collect()
}

fn verbs(tables: &Tables<'_>, rights: &Value) -> Vec<Problem> {
    let table = rights.get("verbs").unwrap_or(&Value::Null);
    let known = || fields(table).map(|(verb, _)| verb.as_str());
    let lists = ["of_a_cluster", "of_people"];
    let words_of = |list: &'static str| words(rights, list).map(move |(n, verb)| (list, n, verb));
    let unknown = lists.into_iter().flat_map(words_of).filter(|(_, _, verb)| table.get(*verb).is_none());
    let mut problems: Vec<_> = unknown
        .map(|(list, n, verb)| {
            let path = format!("{RIGHTS}.{list}.{n}");
            tables.problem(&path, format!("`{verb}` is no verb"), near::instead(verb, known()))
        })
        .collect();
    problems.extend(fields(table).flat_map(|(verb, _)| roles(tables, table, verb)));
    problems
}

/// Words of a verb's list that are no roles.
fn roles(tables: &Tables<'_>, table: &Value, verb: &str) -> Vec<Problem> {
    let names = Role::ALL.map(Role::name);
    let wrong = words(table, verb).filter(|(_, word)| !names.contains(word));
    let problem = |(n, word): (usize, &str)| {
        let path = format!("{RIGHTS}.verbs.{verb}.{n}");
        tables.problem(&path, format!("`{word}` is no role"), near::instead(word, names))
    };
    wrong.map(problem).collect()
}
