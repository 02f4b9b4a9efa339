//! The decisions of policy, as OPA's decision log names them.

use crate::{Page, Store, StoreError, chain::parse, item, keys, page::Cut, tx::SHADOW};
use domain::{
    AuditRecord, Record,
    audit::{EventV1, Judged},
};
use serde_json::Value;
use time::OffsetDateTime;

/// What the subject of an action's record begins with.
const ACTION: &str = "ACTION#";

impl Store {
    /// Decisions of one day. A page is that many audit records long; those that hold no decision are left out, so it
    /// may be short or empty while more pages follow.
    ///
    /// # Errors
    /// When the table does not answer, a row cannot be understood, or the cursor is not ours.
    pub async fn decisions(&self, day: OffsetDateTime, cut: &Cut) -> Result<Page<EventV1>, StoreError> {
        let page = self.day(day, cut).await?;
        let mut items = Vec::new();
        for link in page.items.iter().filter(|link| link.is_judgement()) {
            items.extend(self.decision(link).await?);
        }
        Ok(Page { items, next: page.next })
    }

    /// The decision that `link` holds; nothing where its action is gone.
    ///
    /// # Errors
    /// When the table does not answer or a row cannot be understood.
    pub async fn decision(&self, link: &AuditRecord) -> Result<Option<EventV1>, StoreError> {
        let Some(id) = link.subject.strip_prefix(ACTION) else { return Ok(None) };
        let Some(row) = self.get::<Record>(id).await? else { return Ok(None) };
        let row_of_input = match &link.entry.input {
            Some(digest) => self.item(&link.subject, &keys::input(digest)).await?,
            None => None,
        };
        let input: Option<Value> = row_of_input.as_ref().map(parse).transpose()?;
        let shadow = row_of_input.as_ref().and_then(|row| item::get_text(row, SHADOW).ok());
        let shadow: Option<Value> = shadow.and_then(|text| serde_json::from_str(text).ok());
        let judged = Judged { action: &row.value, link, input: input.as_ref(), shadow: shadow.as_ref() };
        Ok(Some(EventV1::of(judged, env!("CARGO_PKG_VERSION"))))
    }
}
