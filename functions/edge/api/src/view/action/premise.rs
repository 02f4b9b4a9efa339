//! The facts that a decision rests on, and what they are now.

use domain::Premise;
use futures::future::try_join_all;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use store::{Store, StoreError, fact::Fact};
use time::OffsetDateTime;
use utoipa::ToSchema;

/// A fact that must hold when the action is executed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Premise)]
pub(crate) struct PremiseView {
    /// Where it is read.
    #[schema(example = "product:acme/sku-1")]
    source: String,
    /// Which field of it.
    #[schema(example = "cost")]
    field: String,
    /// What it must be.
    must_be: String,
    /// What it is now; absent where it is not known, or the action has settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<String>,
    /// Whether it holds now; absent where the action has settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    holds: Option<bool>,
    /// When what it is now was read.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    read_at: Option<OffsetDateTime>,
}

impl PremiseView {
    /// The premises as they were written down.
    pub(crate) fn written(premises: &[Premise]) -> Vec<Self> {
        premises.iter().map(Self::new).collect()
    }

    /// The premises with what is known of them now.
    ///
    /// # Errors
    /// When the table does not answer.
    pub(crate) async fn now(store: &Store, premises: &[Premise]) -> Result<Vec<Self>, StoreError> {
        let sources: BTreeSet<&str> = premises.iter().map(|p| p.source.as_str()).collect();
        let facts = sources.into_iter().map(|source| async move {
            let fact = store.fact(source).await?;
            Ok::<_, StoreError>((source, fact))
        });
        let facts: BTreeMap<&str, Option<Fact>> = try_join_all(facts).await?.into_iter().collect();
        let known = |premise: &Premise| facts.get(premise.source.as_str()).and_then(Option::as_ref);
        Ok(premises.iter().map(|p| Self::read(p, known(p))).collect())
    }

    fn new(premise: &Premise) -> Self {
        Self {
            source: premise.source.clone(),
            field: premise.field.clone(),
            must_be: premise.holds.to_string(),
            found: None,
            holds: None,
            read_at: None,
        }
    }

    fn read(premise: &Premise, fact: Option<&Fact>) -> Self {
        let found = fact.and_then(|fact| fact.fields.get(&premise.field));
        Self {
            holds: Some(premise.holds_for(found.map(String::as_str))),
            found: found.cloned(),
            read_at: fact.map(|fact| fact.at),
            ..Self::new(premise)
        }
    }
}
