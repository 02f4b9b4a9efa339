//! The facts that a publication rests on.

use agent::Reads;
use domain::{Premise, journey::Candidate, premise::Holds};
use store::StoreError;

/// The cost is what it was priced for, and the supplier still has some.
pub(crate) fn of(candidate: &Candidate) -> Vec<Premise> {
    let premise = |field: &str, holds| Premise { source: candidate.source(), field: field.to_owned(), holds };
    let cost = candidate.facts().remove("cost").unwrap_or_default();
    vec![premise("cost", Holds::Is(cost)), premise("stock", Holds::AtLeast(1))]
}

/// What does not hold even now, in words, if anything.
pub(crate) async fn broken(reads: &dyn Reads, premises: &[Premise]) -> Result<Option<String>, StoreError> {
    for premise in premises {
        let Premise { source, field, holds } = premise;
        let fact = reads.fact(source).await?;
        let found = fact.as_ref().and_then(|fact| fact.fields.get(field)).map(String::as_str);
        if !premise.holds_for(found) {
            let found = found.unwrap_or("unknown");
            return Ok(Some(format!("the offer changed: {field} of {source} is now {found}, priced on {holds}")));
        }
    }
    Ok(None)
}
