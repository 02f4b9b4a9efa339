//! What a call does to which partitions: what its permission depends on.

use dynoxide::AttributeValue;
use dynoxide::actions::query::QueryRequest;
use dynoxide::actions::transact_write_items::TransactWriteItem;
use std::collections::HashMap;

use super::ask::Ask;
use crate::grants::{Access, Right};

type Row = HashMap<String, AttributeValue>;

/// Everything that `ask` does. `partitions` are the partition keys of the table, its own first, and of its indexes.
pub(super) fn accesses<'a>(ask: &'a Ask, partitions: &[String]) -> Vec<Access<'a>> {
    let of = |right, action, table: &'a str, row: &'a Row| {
        let key = partitions.first().and_then(|name| row.get(name));
        Access { right, action, table, partition: key.and_then(text) }
    };
    match ask {
        Ask::Get(ask) => vec![of(Right::Read, "GetItem", &ask.table_name, &ask.key)],
        Ask::BatchGet(ask) => {
            let keys = ask.request_items.iter().flat_map(|(table, wanted)| wanted.keys.iter().map(move |k| (table, k)));
            keys.map(|(table, key)| of(Right::Read, "BatchGetItem", table, key)).collect()
        }
        Ask::Query(ask) => queried(ask, partitions),
        Ask::Put(ask) => vec![of(Right::Write, "PutItem", &ask.table_name, &ask.item)],
        Ask::Update(ask) => vec![of(Right::Write, "UpdateItem", &ask.table_name, &ask.key)],
        Ask::Delete(ask) => vec![of(Right::Write, "DeleteItem", &ask.table_name, &ask.key)],
        Ask::Transact(ask) => ask.transact_items.iter().flat_map(|item| parts(item, &of)).collect(),
    }
}

/// What one item of a transaction does; one, if it is in order.
fn parts<'a>(
    item: &'a TransactWriteItem,
    of: &impl Fn(Right, &'static str, &'a str, &'a Row) -> Access<'a>,
) -> Vec<Access<'a>> {
    let put = item.put.iter().map(|put| of(Right::Write, "PutItem", &put.table_name, &put.item));
    let update = item.update.iter().map(|update| of(Right::Write, "UpdateItem", &update.table_name, &update.key));
    let delete = item.delete.iter().map(|delete| of(Right::Write, "DeleteItem", &delete.table_name, &delete.key));
    let check = item.condition_check.iter();
    let check = check.map(|check| of(Right::Check, "ConditionCheckItem", &check.table_name, &check.key));
    put.chain(update).chain(delete).chain(check).collect()
}

/// The partitions that a key condition names: one, unless it is not in order.
fn queried<'a>(query: &'a QueryRequest, partitions: &[String]) -> Vec<Access<'a>> {
    let access = |partition| Access { right: Right::Read, action: "Query", table: &query.table_name, partition };
    let condition = query.key_condition_expression.as_deref().unwrap_or_default();
    let spaced = condition.replace('=', " = ").replace(['(', ')'], " ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let named = words.windows(3).filter_map(|clause| match clause {
        [name, "=", value] => {
            let names = query.expression_attribute_names.as_ref();
            let name = names.and_then(|names| names.get(*name)).map_or(*name, String::as_str);
            let value = query.expression_attribute_values.as_ref().and_then(|values| values.get(*value));
            partitions.iter().any(|partition| partition == name).then(|| access(value.and_then(text)))
        }
        _ => None,
    });
    let named: Vec<_> = named.collect();
    if named.is_empty() { vec![access(None)] } else { named }
}

fn text(value: &AttributeValue) -> Option<&str> {
    match value {
        AttributeValue::S(text) => Some(text),
        _ => None,
    }
}
