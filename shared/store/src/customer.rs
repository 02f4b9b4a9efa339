//! Customers, what names them, and how they are forgotten.
//!
//! In the customer's partition lies a link to every action that names the customer, written in the transaction that
//! decides the action: so all of them are found by one query. Forgetting takes the customer's own fields at once, then
//! goes through the links; an action's link goes in the transaction that clears the action, so what is left of the links
//! is what is left to do, whenever it is interrupted.

use crate::{
    AdvanceError, Chained, CommitError, Page, Row, Store, StoreError, Tx, digest,
    error::told,
    item::{self, Item, text},
    keys,
};
use aws_sdk_dynamodb::types::{Delete, Put, TransactWriteItem};
use domain::{
    Action, ActionId, Actor, Customer, Digest, Proposal, Record, Status, audit::Entry, digest::NotCanonical,
    life::NoSuchStep,
};
use time::OffsetDateTime;

/// What the sort keys of links to actions begin with.
const LINK: &str = "ACTION#";
/// Links that one step of forgetting lists.
const LINKS: i32 = 100;
/// How often a step is taken again when somebody else was first.
const ROUNDS: usize = 4;

impl Chained for Customer {
    const KIND: &'static str = "CUSTOMER";

    fn id(&self) -> String {
        self.id.clone()
    }

    fn status(&self) -> &str {
        Self::status(self)
    }

    fn sort(&self) -> OffsetDateTime {
        self.updated
    }

    fn salt(&self) -> Option<&str> {
        self.salt.as_deref()
    }
}

/// Why a customer is not forgotten yet.
#[derive(Debug, thiserror::Error)]
pub enum ForgetError {
    /// A row could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A step could not be written.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// The state machine has no such step: a fault of ours.
    #[error(transparent)]
    NoSuchStep(#[from] NoSuchStep),
    /// An action has no canonical form.
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
}

impl From<AdvanceError> for ForgetError {
    fn from(error: AdvanceError) -> Self {
        match error {
            AdvanceError::Store(error) => Self::Store(error),
            AdvanceError::Commit(error) => Self::Commit(error),
        }
    }
}

/// How far a customer is forgotten.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Orders whose personal part was taken out now.
    pub contacts: u64,
    /// Actions that were cleared now.
    pub cleared: u64,
    /// Actions that are still under way; each is cleared once it is settled.
    pub waiting: Vec<ActionId>,
}

/// Random text for digests that are to say nothing to who does not have it.
#[must_use]
pub fn salt() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// The proposal with a salt of its own, where it names a customer.
#[must_use]
pub fn salted(proposal: Proposal) -> Proposal {
    if proposal.salt.is_some() || proposal.action.customers().is_empty() {
        return proposal;
    }
    Proposal { salt: Some(salt()), ..proposal }
}

impl Tx<'_> {
    /// Links the customers that an action names to it, so that it is found when they are to be forgotten.
    ///
    /// # Errors
    /// Never in practice: the request is complete.
    pub fn name_customers(&mut self, record: &Record) -> Result<(), CommitError> {
        for customer in record.proposal.action.customers() {
            let put = Put::builder().table_name(self.table()).set_item(Some(link(&customer, record.proposal.id)));
            let put = put.build().map_err(|error| CommitError::Invalid(error.to_string()))?;
            self.push(TransactWriteItem::builder().put(put).build(), keys::pk(Customer::KIND, &customer));
        }
        Ok(())
    }

    /// What is known of an effect goes, unless one of its actions is under way: its very key is a digest of the words.
    fn forget_effect(&mut self, digest: &Digest) -> Result<(), CommitError> {
        let pk = digest::pk(digest);
        let delete = Delete::builder()
            .table_name(self.table())
            .set_key(Some(item::key(&pk, keys::STATE)))
            .condition_expression("attribute_not_exists(#open)")
            .expression_attribute_names("#open", "open")
            .build()
            .map_err(|error| CommitError::Invalid(error.to_string()))?;
        self.push(TransactWriteItem::builder().delete(delete).build(), pk);
        Ok(())
    }

    fn unname(&mut self, customer: &str, id: ActionId) -> Result<(), CommitError> {
        let delete = Delete::builder().table_name(self.table()).set_key(Some(link(customer, id)));
        let delete = delete.build().map_err(|error| CommitError::Invalid(error.to_string()))?;
        self.push(TransactWriteItem::builder().delete(delete).build(), keys::pk(Customer::KIND, customer));
        Ok(())
    }
}

impl Store {
    /// Actions that name a customer, by id (and so by time), at most `limit`, behind `after`; none of a forgotten one.
    ///
    /// # Errors
    /// When the table does not answer or a row cannot be understood.
    pub async fn actions_of(
        &self,
        customer: &str,
        after: Option<ActionId>,
        limit: i32,
    ) -> Result<Page<ActionId>, StoreError> {
        let pk = keys::pk(Customer::KIND, customer);
        let request = self
            .client()
            .query()
            .table_name(self.table())
            .key_condition_expression("pk = :pk AND begins_with(sk, :link)")
            .expression_attribute_values(":pk", text(pk))
            .expression_attribute_values(":link", text(LINK))
            .consistent_read(true)
            .set_exclusive_start_key(after.map(|id| link(customer, id)))
            .limit(limit);
        let answer = request.send().await.map_err(|error| StoreError::Retry(told(&error)))?;
        let rows = answer.items.unwrap_or_default();
        let items = rows.iter().map(linked).collect::<Result<Vec<_>, _>>()?;
        let more = answer.last_evaluated_key.is_some();
        let next = items.last().filter(|_| more).map(ToString::to_string);
        Ok(Page { items, next })
    }

    /// Forgets a customer at the word of `by`: what is personal in the customer's row goes at once, then what is
    /// personal in every settled action. A reply that was not sent yet is withdrawn; what else is under way is
    /// finished first, so whoever keeps the clock calls this again until nothing waits.
    ///
    /// # Errors
    /// When a row cannot be read or written; what was done by then stays done.
    pub async fn forget_customer(&self, id: &str, by: &Actor, now: OffsetDateTime) -> Result<Forgotten, ForgetError> {
        self.forget_person(id, by, now).await?;
        let mut forgotten = Forgotten { contacts: self.forget_contacts(id).await?, ..Forgotten::default() };
        let mut after = None;
        loop {
            let page = self.actions_of(id, after, LINKS).await?;
            for action in &page.items {
                match self.forget_action(id, *action, by, now).await? {
                    true => forgotten.cleared += 1,
                    false => forgotten.waiting.push(*action),
                }
            }
            after = page.items.last().copied().filter(|_| page.next.is_some());
            if after.is_none() {
                break;
            }
        }
        if forgotten.waiting.is_empty() {
            self.forgotten(id, by, now).await?;
        }
        Ok(forgotten)
    }

    /// The customer's own row, without anything personal; also of one that only actions knew.
    async fn forget_person(&self, id: &str, by: &Actor, now: OffsetDateTime) -> Result<(), ForgetError> {
        for _ in 0..ROUNDS {
            let mut tx = self.tx(now);
            match self.get::<Customer>(id).await? {
                Some(row) if row.value.status() == "ERASING" => return Ok(()),
                Some(row) => {
                    let customer = row.value.clone().erased(&by.to_string(), now);
                    tx.update(&row, &customer, Entry::new(by.clone(), "erased", customer.status()))?;
                }
                None => {
                    let customer = Customer { salt: None, ..Customer::new(id, Default::default(), String::new(), now) };
                    let customer = customer.erased(&by.to_string(), now);
                    tx.create(&customer, Entry::new(by.clone(), "erased", customer.status()))?;
                }
            }
            match tx.commit().await {
                Err(CommitError::Conflict(_)) => {}
                done => return Ok(done?),
            }
        }
        Err(CommitError::Conflict(keys::pk(Customer::KIND, id)).into())
    }

    /// Clears one action; says whether nothing personal is left in it.
    async fn forget_action(
        &self,
        customer: &str,
        id: ActionId,
        by: &Actor,
        now: OffsetDateTime,
    ) -> Result<bool, ForgetError> {
        for _ in 0..ROUNDS {
            let mut tx = self.tx(now);
            let row = self.get::<Record>(&id.to_string()).await?;
            let settled = row.as_ref().is_none_or(|row| row.value.status.settled());
            match row {
                Some(row) if settled => self.clear(&mut tx, &row, by).await?,
                Some(row) => match withdrawn(&row.value) {
                    Some(to) => self.withdraw(&mut tx, &row, (by, to)).await?,
                    None => return Ok(false),
                },
                None => {}
            }
            if settled {
                tx.unname(customer, id)?;
            }
            match tx.commit().await {
                Ok(()) if settled => return Ok(true),
                Ok(()) | Err(CommitError::Conflict(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(false)
    }

    /// Adds that a settled action holds nothing personal, nor does what is known of its effect.
    async fn clear(&self, tx: &mut Tx<'_>, row: &Row<Record>, by: &Actor) -> Result<(), ForgetError> {
        let cleared = row.value.clone().forgotten()?;
        let known = self.effect(&row.value.digest).await?;
        if known.open.is_none() && known.last.is_some_and(|last| last.id == row.value.proposal.id) {
            tx.forget_effect(&row.value.digest)?;
        }
        tx.update(row, &cleared, Entry::new(by.clone(), "erased", cleared.status.name()))?;
        Ok(())
    }

    /// Adds that words to a person who is to be forgotten are not sent any more.
    async fn withdraw(
        &self,
        tx: &mut Tx<'_>,
        row: &Row<Record>,
        (by, to): (&Actor, Status),
    ) -> Result<(), ForgetError> {
        let next = row.value.clone().noted(to, "the customer is forgotten", tx.at())?;
        let entry = Entry::new(by.clone(), "withdrawn", to.name());
        Ok(self.advance(tx, row, next, entry).await?)
    }

    async fn forgotten(&self, id: &str, by: &Actor, now: OffsetDateTime) -> Result<(), ForgetError> {
        let Some(row) = self.get::<Customer>(id).await? else { return Ok(()) };
        let customer = row.value.clone().forgotten(now);
        let mut tx = self.tx(now);
        tx.update(&row, &customer, Entry::new(by.clone(), "forgotten", customer.status()))?;
        match tx.commit().await {
            // somebody else was first, or the next call is
            Err(CommitError::Conflict(_)) => Ok(()),
            done => Ok(done?),
        }
    }
}

/// Where an action goes that would still send words to a person; nothing where it has to be finished first.
fn withdrawn(record: &Record) -> Option<Status> {
    let action: &Action = &record.proposal.action;
    let speaks = action.clone().wordless() != *action;
    let to = [Status::Rejected, Status::Denied].into_iter().find(|to| record.status.next().contains(to));
    to.filter(|_| speaks)
}

fn link(customer: &str, id: ActionId) -> Item {
    item::key(&keys::pk(Customer::KIND, customer), &format!("{LINK}{id}"))
}

fn linked(row: &Item) -> Result<ActionId, StoreError> {
    let id = item::get_text(row, "sk")?.strip_prefix(LINK).unwrap_or_default();
    id.parse().map_err(|_| item::corrupt(row, "its sort key names no action"))
}
