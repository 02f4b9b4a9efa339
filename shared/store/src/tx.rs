//! One write: new states, their audit records, budget movements and consumed messages, all or nothing.

use crate::{
    Chained, CommitError, Row, Store,
    budget::Budget,
    error::{commit_error, refused},
    fact::Fact,
    guard,
    item::{self, Item, number, text},
    keys,
    lines::BETWEEN,
    run::Run,
};
use aws_sdk_dynamodb::types::{ConditionCheck, Delete, Put, TransactWriteItem, Update};
use domain::{
    ActionId, AuditRecord, Digest, Proposal,
    audit::{Entry, Hash},
    revision::Judgement,
};
use std::collections::BTreeSet;
use time::OffsetDateTime;

/// The most items that DynamoDB takes in one transaction.
pub(crate) const MOST_ITEMS: usize = 100;
/// Attribute that holds what a draft made of an input.
pub(crate) const SHADOW: &str = "shadow";
/// Index status of proposals in the gate's inbox.
pub(crate) const WAITING: &str = "WAITING";

/// A transaction being put together. Nothing is written before [`Tx::commit`].
#[must_use]
#[derive(Debug)]
pub struct Tx<'a> {
    store: &'a Store,
    at: OffsetDateTime,
    items: Vec<TransactWriteItem>,
    labels: Vec<String>,
    /// Places of the parts that are left out where their condition does not hold.
    spare: BTreeSet<usize>,
}

impl Store {
    /// Starts a transaction whose changes all happen at `at`.
    pub const fn tx(&self, at: OffsetDateTime) -> Tx<'_> {
        Tx { store: self, at, items: Vec::new(), labels: Vec::new(), spare: BTreeSet::new() }
    }
}

impl Tx<'_> {
    /// Adds a thing that must not exist yet, and the first record of its chain.
    ///
    /// # Errors
    /// When the value cannot be written as JSON.
    pub fn create<T: Chained>(&mut self, value: &T, entry: Entry) -> Result<(), CommitError> {
        self.change(value, 1, None, entry).map(drop)
    }

    /// Replaces a thing's state by `value`, provided that it is still the one in `row`.
    ///
    /// # Errors
    /// When the value cannot be written as JSON.
    pub fn update<T: Chained>(&mut self, row: &Row<T>, value: &T, entry: Entry) -> Result<(), CommitError> {
        self.change(value, row.seq + 1, Some(row.head.clone()), entry).map(drop)
    }

    /// As [`Tx::update`], and hands back the row as it will be once this is committed.
    ///
    /// # Errors
    /// As [`Tx::update`].
    pub fn replace<T: Chained>(&mut self, row: &Row<T>, value: T, entry: Entry) -> Result<Row<T>, CommitError> {
        let head = self.change(&value, row.seq + 1, Some(row.head.clone()), entry)?;
        Ok(Row { value, seq: row.seq + 1, head })
    }

    /// Adds a proposal to the gate's inbox; it must not be there yet.
    ///
    /// # Errors
    /// When the proposal cannot be written as JSON.
    pub fn propose(&mut self, proposal: &Proposal) -> Result<(), CommitError> {
        let mut row = item::key(&keys::pk("PROPOSAL", &proposal.id.to_string()), keys::STATE);
        let id = proposal.id.to_string();
        row.insert("body".to_owned(), text(serde_json::to_string(proposal)?));
        row.insert("gsi1pk".to_owned(), text(keys::status("PROPOSAL", WAITING, keys::shard(&id))));
        row.insert("gsi1sk".to_owned(), text(format!("{}#{id}", keys::instant(self.at))));
        self.put(row, Some("attribute_not_exists(pk)"), None)
    }

    /// Takes a proposal out of the gate's inbox; it must still be there.
    ///
    /// # Errors
    /// Never in practice: the request is complete.
    pub fn take(&mut self, id: ActionId) -> Result<(), CommitError> {
        let pk = keys::pk("PROPOSAL", &id.to_string());
        let delete = Delete::builder()
            .table_name(self.store.table())
            .set_key(Some(item::key(&pk, keys::STATE)))
            .condition_expression("attribute_exists(pk)")
            .build()
            .map_err(|error| CommitError::Invalid(error.to_string()))?;
        self.push(TransactWriteItem::builder().delete(delete).build(), pk);
        Ok(())
    }

    /// Keeps the policy input that the action `id` was judged on, as JSON, under its digest.
    ///
    /// # Errors
    /// Never in practice: the request is complete.
    pub fn keep_input(&mut self, id: ActionId, digest: &str, json: &str) -> Result<(), CommitError> {
        self.keep_judged(id, digest, json, None)
    }

    /// The same with what a draft made of it, where one judged beside the policy in force.
    ///
    /// # Errors
    /// When that cannot be written as JSON.
    pub fn keep_judged(
        &mut self,
        id: ActionId,
        digest: &str,
        json: &str,
        shadow: Option<&Judgement>,
    ) -> Result<(), CommitError> {
        let mut row = item::key(&keys::pk("ACTION", &id.to_string()), &keys::input(digest));
        row.insert("body".to_owned(), text(json));
        if let Some(shadow) = shadow {
            row.insert(SHADOW.to_owned(), text(serde_json::to_string(shadow)?));
        }
        self.put(row, None, None)
    }

    /// Writes a row whatever was there.
    pub(crate) fn place(&mut self, row: Item) -> Result<(), CommitError> {
        self.put(row, None, None)
    }

    /// Requires that a thing is still as it was read, or, when `None`, that it still does not exist.
    ///
    /// # Errors
    /// Never in practice: the request is complete.
    pub fn unchanged<T: Chained>(&mut self, id: &str, row: Option<&Row<T>>) -> Result<(), CommitError> {
        let pk = keys::pk(T::KIND, id);
        let check = ConditionCheck::builder().table_name(self.store.table()).set_key(Some(item::key(&pk, keys::STATE)));
        let check = match row {
            Some(row) => check.condition_expression("seq = :seq").expression_attribute_values(":seq", number(row.seq)),
            None => check.condition_expression("attribute_not_exists(pk)"),
        };
        let check = check.build().map_err(|error| CommitError::Invalid(error.to_string()))?;
        self.push(TransactWriteItem::builder().condition_check(check).build(), pk);
        Ok(())
    }

    /// Writes a budget as changed by the caller, provided that nobody else changed it.
    ///
    /// # Errors
    /// When the budget cannot be written as JSON.
    pub fn move_budget(&mut self, budget: &Budget) -> Result<(), CommitError> {
        let row = budget.to_item()?;
        if budget.version() == 0 {
            return self.put(row, Some("attribute_not_exists(pk)"), None);
        }
        self.put(row, Some("seq = :seq"), Some((":seq", number(budget.version()))))
    }

    /// Writes a fact as it is known now; the last writer wins, as with any reading of the world.
    ///
    /// # Errors
    /// When the fact cannot be written as JSON.
    pub fn note(&mut self, fact: &Fact) -> Result<(), CommitError> {
        self.put(fact.to_item()?, None, None)
    }

    /// Writes a fact that nobody knew yet.
    ///
    /// # Errors
    /// When the fact cannot be written as JSON.
    pub fn note_first(&mut self, fact: &Fact) -> Result<(), CommitError> {
        self.put(fact.to_item()?, Some("attribute_not_exists(pk)"), None)
    }

    /// Marks a run as completed, provided that this invocation still holds it.
    ///
    /// # Errors
    /// Never in practice: the request is complete.
    pub fn complete(&mut self, run: &Run) -> Result<(), CommitError> {
        let update = run.completion(self.store.table(), self.at).map_err(CommitError::Invalid)?;
        self.push(TransactWriteItem::builder().update(update).build(), run.pk());
        Ok(())
    }

    /// Counts a run of an agent: its heartbeat and its success rate.
    ///
    /// # Errors
    /// Never in practice: the request is complete.
    pub fn beat(&mut self, agent: &str, succeeded: bool) -> Result<(), CommitError> {
        let update = beat(self.store.table(), agent, succeeded, self.at).map_err(CommitError::Invalid)?;
        self.push(TransactWriteItem::builder().update(update).build(), keys::pk("AGENT", agent));
        Ok(())
    }

    /// Number of items so far.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing has been added.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Writes everything, or nothing.
    ///
    /// # Errors
    /// [`CommitError::Conflict`] names the row that changed in the meantime.
    pub async fn commit(self) -> Result<(), CommitError> {
        if self.items.len() > MOST_ITEMS {
            return Err(CommitError::Invalid(format!("{} rows, but at most {MOST_ITEMS} fit", self.items.len())));
        }
        let mut tx = self;
        loop {
            let request = tx.store.client().transact_write_items().set_transact_items(Some(tx.items.clone()));
            let Err(error) = request.send().await else { return Ok(()) };
            let refused = refused(&error);
            if refused.is_empty() || !refused.is_subset(&tx.spare) {
                return Err(commit_error(&error, &tx.labels));
            }
            tx = tx.without(&refused);
        }
    }

    /// The same without the parts at these places. Where one of them only asks, all that it was asked for goes too.
    fn without(self, refused: &BTreeSet<usize>) -> Self {
        let asks = |at: &&usize| self.items.get(**at).is_some_and(|item| item.condition_check().is_some());
        let barred: BTreeSet<&String> = refused.iter().filter(asks).filter_map(|at| self.labels.get(*at)).collect();
        let goes = |(at, label): (usize, &String)| {
            refused.contains(&at) || (self.spare.contains(&at) && barred.contains(label))
        };
        let gone: BTreeSet<usize> =
            self.labels.iter().enumerate().filter(|part| goes(*part)).map(|(at, _)| at).collect();
        let mut left = self.store.tx(self.at);
        for (at, (item, label)) in self.items.into_iter().zip(self.labels).enumerate() {
            if gone.contains(&at) {
                continue;
            }
            if self.spare.contains(&at) {
                left.spare.insert(left.items.len());
            }
            left.push(item, label);
        }
        left
    }

    fn change<T: Chained>(
        &mut self,
        value: &T,
        seq: u64,
        previous: Option<Hash>,
        entry: Entry,
    ) -> Result<Hash, CommitError> {
        let pk = keys::pk(T::KIND, &value.id());
        let entry = guard::kept(entry, value.salt());
        let record = AuditRecord { subject: pk.clone(), seq, at: self.at, entry, state: Digest::of(value)?, previous };
        let head = record.hash()?;
        let (condition, values) = match seq {
            1 => ("attribute_not_exists(pk)", None),
            _ => ("seq = :seq", Some((":seq", number(seq - 1)))),
        };
        self.put(state_item(value, seq, &head)?, Some(condition), values)?;
        self.put(audit_item(&record, &head)?, Some("attribute_not_exists(pk)"), None)?;
        Ok(head)
    }

    fn put(
        &mut self,
        row: Item,
        condition: Option<&str>,
        value: Option<(&str, aws_sdk_dynamodb::types::AttributeValue)>,
    ) -> Result<(), CommitError> {
        let label = item::get_text(&row, "pk").unwrap_or("?").to_owned();
        let mut put = Put::builder().table_name(self.store.table()).set_item(Some(row));
        put = put.set_condition_expression(condition.map(str::to_owned));
        if let Some((name, value)) = value {
            put = put.expression_attribute_values(name, value);
        }
        let put = put.build().map_err(|error| CommitError::Invalid(error.to_string()))?;
        self.push(TransactWriteItem::builder().put(put).build(), label);
        Ok(())
    }

    /// When its changes happen.
    pub(crate) const fn at(&self) -> OffsetDateTime {
        self.at
    }

    pub(crate) fn table(&self) -> &str {
        self.store.table()
    }

    pub(crate) fn push(&mut self, item: TransactWriteItem, label: String) {
        self.items.push(item);
        self.labels.push(label);
    }

    /// Adds a part that is left out, and everything else written all the same, where its condition does not hold.
    pub(crate) fn push_spare(&mut self, item: TransactWriteItem, label: String) {
        self.spare.insert(self.items.len());
        self.push(item, label);
    }

    /// Whether a spare part asks something of this partition already: a transaction names a row once.
    pub(crate) fn asks_of(&self, label: &str) -> bool {
        let asks = |at: &usize| self.items.get(*at).is_some_and(|item| item.condition_check().is_some());
        self.spare.iter().filter(|at| asks(at)).any(|at| self.labels.get(*at).is_some_and(|is| is == label))
    }
}

fn state_item<T: Chained>(value: &T, seq: u64, head: &Hash) -> Result<Item, CommitError> {
    let id = value.id();
    let mut row = item::key(&keys::pk(T::KIND, &id), keys::STATE);
    row.insert("seq".to_owned(), number(seq));
    row.insert("head".to_owned(), text(head.as_str()));
    row.insert("status".to_owned(), text(value.status()));
    row.insert("body".to_owned(), text(serde_json::to_string(value)?));
    row.insert("gsi1pk".to_owned(), text(keys::status(T::KIND, value.status(), keys::shard(&id))));
    row.insert("gsi1sk".to_owned(), text(sort_key(value, &id)));
    Ok(row)
}

/// The time that matters, what a list wants to know beforehand, and the id.
fn sort_key<T: Chained>(value: &T, id: &str) -> String {
    let (at, line) = (keys::instant(value.sort()), value.line());
    if line.is_empty() {
        return format!("{at}#{id}");
    }
    format!("{at}#{}#{id}", line.join(&BETWEEN.to_string()))
}

fn audit_item(record: &AuditRecord, hash: &Hash) -> Result<Item, CommitError> {
    let mut row = item::key(&record.subject, &keys::audit(record.seq));
    let shard = keys::shard(&record.subject);
    row.insert("body".to_owned(), text(serde_json::to_string(record)?));
    row.insert("hash".to_owned(), text(hash.as_str()));
    row.insert("gsi2pk".to_owned(), text(keys::day(record.at, shard)));
    let sort = format!("{}#{}#{}", keys::instant(record.at), record.subject, record.seq);
    row.insert("gsi2sk".to_owned(), text(sort));
    Ok(row)
}

/// The update that counts one run of an agent.
pub(crate) fn beat(table: &str, agent: &str, succeeded: bool, at: OffsetDateTime) -> Result<Update, String> {
    let outcome = if succeeded { "succeeded" } else { "failed" };
    Update::builder()
        .table_name(table)
        .set_key(Some(item::key(&keys::pk("AGENT", agent), keys::STATE)))
        .update_expression("ADD runs :one, #outcome :one SET last_run = :at, last_outcome = :outcome, #name = :name")
        .expression_attribute_names("#outcome", outcome)
        .expression_attribute_names("#name", "name")
        .expression_attribute_values(":one", number(1))
        .expression_attribute_values(":at", text(keys::instant(at)))
        .expression_attribute_values(":outcome", text(outcome))
        .expression_attribute_values(":name", text(agent))
        .build()
        .map_err(|error| error.to_string())
}
