//! Revisions of the policy in the table, and the pointers at them.
//!
//! A revision is written once and never changed: its parts first, then its state, so that a state is only there when
//! all of it is. What decides is one row, [`InForce`]; what judges beside it is another, [`Shadow`]. Both are read at
//! once, in one request.

use crate::{
    AdvanceError, Chained, CommitError, Page, Row, Store, StoreError, Tx,
    chain::parse,
    error::told,
    item::{self, Item, text},
    keys,
    page::{self, Cut},
    seen::Wanted,
};
use aws_sdk_dynamodb::{primitives::Blob, types::AttributeValue};
use domain::{
    Actor, Digest, InForce, Revision, Shadow,
    audit::Entry,
    revision::{Disagreement, Kept},
};
use futures::future::try_join_all;
use time::{Duration, OffsetDateTime};

/// Bytes of one part; a row has at most 400 kB.
const PART: usize = 350_000;
/// What the rows of a draft's disagreements begin with.
const SHADOW: &str = "SHADOW";
/// How long it is kept that a draft disagreed.
const DISAGREEMENTS: Duration = Duration::days(90);

impl Chained for Revision {
    const KIND: &'static str = "POLICY";

    fn id(&self) -> String {
        self.revision.to_string()
    }

    fn status(&self) -> &str {
        Self::status(self)
    }

    fn sort(&self) -> OffsetDateTime {
        self.published.unwrap_or(self.kept)
    }
}

impl Chained for InForce {
    const KIND: &'static str = "POINTER";

    fn id(&self) -> String {
        Self::ID.to_owned()
    }

    fn status(&self) -> &str {
        Self::STATUS
    }

    fn sort(&self) -> OffsetDateTime {
        self.updated
    }
}

impl Chained for Shadow {
    const KIND: &'static str = "POINTER";

    fn id(&self) -> String {
        Self::ID.to_owned()
    }

    fn status(&self) -> &str {
        Self::status(self)
    }

    fn sort(&self) -> OffsetDateTime {
        self.since
    }
}

/// What the two pointers say.
#[derive(Debug, Clone, Default)]
pub struct Pointers {
    /// Which revision decides; absent while none was ever published.
    pub in_force: Option<Row<InForce>>,
    /// Which draft judges beside it; absent while none ever did.
    pub shadow: Option<Row<Shadow>>,
}

/// A revision to be kept.
#[derive(Debug, Clone, Copy)]
pub struct Keep<'a> {
    /// Its name.
    pub revision: &'a Digest,
    /// SHA-256 of the first line of `bytes`, which pins the rest.
    pub bundle: &'a Digest,
    /// Its bundle.
    pub bytes: &'a [u8],
    /// Whether it decides already, because the system was delivered with it.
    pub delivered: bool,
}

impl Store {
    /// Both pointers.
    ///
    /// # Errors
    /// When the table does not answer or a row cannot be understood.
    pub async fn pointers(&self) -> Result<Pointers, StoreError> {
        let wanted = Wanted::default().thing::<InForce>(InForce::ID).thing::<Shadow>(Shadow::ID);
        let seen = self.see(wanted).await?;
        Ok(Pointers { in_force: seen.thing(InForce::ID)?, shadow: seen.thing(Shadow::ID)? })
    }

    /// Keeps a revision; one that is kept already stays as it is.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn keep_revision(
        &self,
        keep: Keep<'_>,
        actor: Actor,
        now: OffsetDateTime,
    ) -> Result<Row<Revision>, AdvanceError> {
        let id = keep.revision.to_string();
        if let Some(row) = self.get::<Revision>(&id).await? {
            return Ok(row);
        }
        let parts: Vec<&[u8]> = keep.bytes.chunks(PART).collect();
        try_join_all(parts.iter().enumerate().map(|(n, part)| self.keep_part(keep, n, part))).await?;
        let revision = Revision {
            revision: keep.revision.clone(),
            bundle: keep.bundle.clone(),
            bytes: keep.bytes.len(),
            parts: parts.len(),
            by: actor.to_string(),
            kept: now,
            published: keep.delivered.then_some(now),
            action: None,
        };
        let entry = Entry { revision: Some(id.clone()), ..Entry::new(actor, "kept", revision.status()) };
        let mut tx = self.tx(now);
        tx.create(&revision, entry)?;
        match tx.commit().await {
            Ok(()) | Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
        let lost = || StoreError::Retry(format!("revision {id} was not kept"));
        Ok(self.get::<Revision>(&id).await?.ok_or_else(lost)?)
    }

    async fn keep_part(&self, keep: Keep<'_>, n: usize, part: &[u8]) -> Result<(), StoreError> {
        let mut row = item::key(&keys::pk(Revision::KIND, keep.revision.as_str()), &sort_key(keep.bundle, n));
        row.insert("part".to_owned(), AttributeValue::B(Blob::new(part)));
        let request = self.client().put_item().table_name(self.table()).set_item(Some(row));
        request.send().await.map_err(|error| StoreError::Retry(told(&error)))?;
        Ok(())
    }

    /// The bundle of a revision as it is in the table: whether it is what was kept, its hash says.
    ///
    /// # Errors
    /// When the table does not answer, or there is no such revision or not all of it.
    pub async fn bundle(&self, kept: &Kept) -> Result<Vec<u8>, StoreError> {
        let id = kept.revision.to_string();
        let Some(row) = self.get::<Revision>(&id).await? else {
            return Err(missing(&id, "there is no such revision"));
        };
        let parts = (0..row.value.parts).map(|n| self.part_of(kept, n));
        Ok(try_join_all(parts).await?.concat())
    }

    async fn part_of(&self, kept: &Kept, n: usize) -> Result<Vec<u8>, StoreError> {
        let row = self.item(&keys::pk(Revision::KIND, kept.revision.as_str()), &sort_key(&kept.bundle, n)).await?;
        let part = row.and_then(|mut row| row.remove("part"));
        let part = part.ok_or_else(|| missing(kept.revision.as_str(), "a part of its bundle is not there"))?;
        let AttributeValue::B(bytes) = part else {
            return Err(missing(kept.revision.as_str(), "a part of its bundle is no bytes"));
        };
        Ok(bytes.into_inner())
    }

    /// Where the draft `revision` disagreed with what decided.
    ///
    /// # Errors
    /// When the table does not answer, a row cannot be understood, or the cursor is not ours.
    pub async fn disagreements(&self, revision: &Digest, cut: &Cut) -> Result<Page<Disagreement>, StoreError> {
        let pk = keys::pk(SHADOW, revision.as_str());
        let after = cut.cursor.as_ref().map(|cursor| page::decode(cursor)).transpose()?;
        let request = self
            .client()
            .query()
            .table_name(self.table())
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(&pk))
            .set_exclusive_start_key(after.map(|sk| item::key(&pk, &sk)))
            .scan_index_forward(!cut.latest_first)
            .limit(i32::try_from(cut.limit).unwrap_or(i32::MAX));
        let answer = request.send().await.map_err(|error| StoreError::Retry(told(&error)))?;
        let next =
            answer.last_evaluated_key.as_ref().map(|key| item::get_text(key, "sk").map(page::encode)).transpose()?;
        let rows: Vec<Item> = answer.items.unwrap_or_default();
        Ok(Page { items: rows.iter().map(parse).collect::<Result<_, _>>()?, next })
    }
}

impl Tx<'_> {
    /// Notes that a draft judged otherwise than what decided.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn disagree(&mut self, one: &Disagreement) -> Result<(), CommitError> {
        let sort = format!("{}#{}", keys::instant(one.at), one.action);
        let mut row = item::key(&keys::pk(SHADOW, one.draft.revision.as_str()), &sort);
        row.insert("body".to_owned(), text(serde_json::to_string(one)?));
        row.insert("ttl".to_owned(), item::number((one.at + DISAGREEMENTS).unix_timestamp()));
        self.place(row)
    }
}

fn sort_key(bundle: &Digest, n: usize) -> String {
    format!("BUNDLE#{}#{n:04}", bundle.as_str().get(..16).unwrap_or_default())
}

fn missing(id: &str, why: &str) -> StoreError {
    StoreError::Corrupt { key: keys::pk(Revision::KIND, id), why: why.to_owned() }
}
