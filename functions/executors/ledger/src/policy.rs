//! `policy.publish`: has the revision decide that people agreed to, in place of the one that they saw, and of no other.
//!
//! One transaction moves the pointer, and marks the revision as published. What is in the table is looked at first: the
//! files must be those of the revision, and what was compiled of them must be what comes of them when it is done again.

use crate::books::{Books, evidence, unread};
use agent::{Evidence, ExecuteError, Order};
use domain::{
    Digest, InForce, Revision,
    action::PolicyPublish,
    revision::{Kept, NotMoved, Reign},
};
use store::{Chained as _, CommitError, Row, Tx};

pub(crate) async fn execute(
    books: &Books,
    order: &Order<'_>,
    action: &PolicyPublish,
) -> Result<Evidence, ExecuteError> {
    let draft = sound(books, &action.revision).await?;
    let replaced = kept(books, &action.replaces).await?;
    let pointers = books.store().pointers().await.map_err(unread)?;
    let reign = Reign {
        revision: draft.value.revision.clone(),
        bundle: draft.value.bundle.clone(),
        from: action.effective_from.unwrap_or(order.now).max(order.now),
        by: order.by.to_vec(),
        action: Some(order.id),
        reason: None,
    };
    let row = pointers.in_force.as_ref();
    let next = moved(row, &replaced, reign, order)?;
    let mut tx = books.store().tx(order.now);
    // What was delivered and never put on record as deciding did decide until now.
    let marked = [Some(&draft), row.is_none().then_some(&replaced)];
    let written = write(&mut tx, order, (row, &next), (&marked, action));
    written.map_err(|error| ExecuteError::Refused(error.to_string()))?;
    Books::write(order, tx).await?;
    let version = row.map_or(0, |row| row.seq) + 1;
    Ok(evidence(&format!("{}#{}", InForce::KIND, InForce::ID), version, &told(action)))
}

/// The pointer afterwards.
fn moved(
    row: Option<&Row<InForce>>,
    replaced: &Row<Revision>,
    reign: Reign,
    order: &Order<'_>,
) -> Result<InForce, ExecuteError> {
    let Kept { revision, bundle } = replaced.value.kept();
    let first = || {
        // What was delivered decides until now, or until the new one's time comes.
        let delivered = Reign {
            revision: revision.clone(),
            bundle: bundle.clone(),
            from: replaced.value.kept,
            by: vec![replaced.value.by.clone()],
            action: None,
            reason: None,
        };
        InForce::first(None, delivered, order.now)
    };
    let now = row.map_or_else(first, |row| row.value.clone());
    let other = |why: NotMoved| ExecuteError::Premise(format!("{why}: this was agreed to in place of {revision}"));
    now.published(reign, &revision, order.now).map_err(other)
}

fn write(
    tx: &mut Tx<'_>,
    order: &Order<'_>,
    (row, next): (Option<&Row<InForce>>, &InForce),
    (marked, action): (&[Option<&Row<Revision>>], &PolicyPublish),
) -> Result<(), CommitError> {
    let entry = |what: &str, status: &str| {
        let entry = Books::entry(order, what, status);
        domain::audit::Entry { revision: Some(action.revision.clone()), ..entry }
    };
    match row {
        Some(row) => tx.update(row, next, entry("published", next.status()))?,
        None => tx.create(next, entry("published", next.status()))?,
    }
    for kept in marked.iter().flatten().filter(|kept| kept.value.published.is_none()) {
        let published = Revision { published: Some(order.now), action: Some(order.id), ..kept.value.clone() };
        tx.update(kept, &published, entry("published", published.status()))?;
    }
    Ok(())
}

/// The revision, if what is kept of it is what its files come to.
async fn sound(books: &Books, revision: &str) -> Result<Row<Revision>, ExecuteError> {
    let row = kept(books, revision).await?;
    let kept = row.value.kept();
    let bytes = books.store().bundle(&kept).await.map_err(unread)?;
    let wrong = |why: String| ExecuteError::Refused(format!("revision {revision} is not taken: {why}"));
    let policy = policy::Policy::open(&bytes, kept.bundle.as_str()).map_err(|error| wrong(error.to_string()))?;
    if policy.revision() != revision {
        return Err(wrong(format!("its files are those of {}", policy.revision())));
    }
    let again = policy.draft().compile().map_err(|problems| wrong(format!("{} problem(s)", problems.len())))?;
    let again = again.bundle().map_err(|error| wrong(error.to_string()))?;
    if again.sha256 != kept.bundle.as_str() {
        return Err(wrong("what was compiled is not what its files come to".to_owned()));
    }
    Ok(row)
}

async fn kept(books: &Books, revision: &str) -> Result<Row<Revision>, ExecuteError> {
    let refused = |why: String| ExecuteError::Refused(why);
    Digest::try_from(revision.to_owned()).map_err(refused)?;
    let row = books.store().get::<Revision>(revision).await.map_err(unread)?;
    row.ok_or_else(|| ExecuteError::Refused(format!("revision {revision} is not kept: propose its files")))
}

/// What happened, for the record.
pub(crate) fn told(action: &PolicyPublish) -> String {
    let PolicyPublish { revision, replaces, .. } = action;
    format!("policy revision {revision} decides in place of {replaces}")
}
