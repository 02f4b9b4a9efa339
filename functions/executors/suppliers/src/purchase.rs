//! One purchase, whatever it is for: find, draft, compare, pay, read back.

use crate::{bought::Bought, fate::fate};
use agent::{Evidence, ExecuteError, Order, Reads};
use domain::order::Portion;
use runtime::retry::{Limits, Retry, Verdict};
use std::{sync::Arc, time::Duration};
use supply::{Error, Item, Placed, Setback, State, Supplier, Wanted};

/// How often one change is sent, where it certainly was not applied before.
const CHANGES: Limits = Limits {
    attempts: 3,
    first: Duration::from_millis(200),
    most: Duration::from_secs(2),
    total: Duration::from_secs(20),
};
/// The most steps from a draft to a paid order that any supplier has.
const STEPS: usize = 3;

/// One order of one supplier.
pub(crate) struct Purchase<'a> {
    supplier: Arc<dyn Supplier>,
    reads: Arc<dyn Reads>,
    order: &'a Order<'a>,
    bought: Bought<'a>,
}

/// Why a change was not made.
enum Halt {
    /// The order's guard says no.
    Guard(ExecuteError),
    /// The supplier does.
    Supplier(Error),
}

impl From<Halt> for ExecuteError {
    fn from(halt: Halt) -> Self {
        match halt {
            Halt::Guard(error) => error,
            Halt::Supplier(error) => fate(error),
        }
    }
}

impl<'a> Purchase<'a> {
    pub(crate) fn new(
        supplier: Arc<dyn Supplier>,
        reads: Arc<dyn Reads>,
        order: &'a Order<'a>,
        bought: Bought<'a>,
    ) -> Self {
        Self { supplier, reads, order, bought }
    }

    /// Goes on from whatever the supplier has under our number.
    pub(crate) async fn execute(&self) -> Result<Evidence, ExecuteError> {
        self.bought.has_destination()?;
        let mut placed = match self.found().await? {
            Some(placed) => placed,
            None => self.place().await?,
        };
        for _ in 0..STEPS {
            if placed.state != State::Draft {
                break;
            }
            self.compare(&placed)?;
            placed = self.advance(placed).await?;
        }
        if let Some(why) = self.failed(&placed) {
            return Err(ExecuteError::Refused(why));
        }
        let unclear = || ExecuteError::Unknown("the supplier took every step, yet it reads back unpaid".to_owned());
        self.find().await?.ok_or_else(unclear)
    }

    /// One step further. It may be refused because it was taken already: an earlier request of ours arrived late.
    async fn advance(&self, draft: Placed) -> Result<Placed, ExecuteError> {
        match self.change(|| self.supplier.advance(&draft)).await {
            Ok(placed) => Ok(placed),
            Err(Halt::Supplier(refused @ Error::Refused { .. })) => {
                let now = self.found().await?;
                now.filter(|now| now.status != draft.status).ok_or_else(|| fate(refused))
            }
            Err(halt) => Err(halt.into()),
        }
    }

    /// Whether it is paid.
    pub(crate) async fn find(&self) -> Result<Option<Evidence>, ExecuteError> {
        let found = self.found().await?;
        Ok(found.filter(|placed| placed.state != State::Draft && placed.state != State::Failed).map(|placed| {
            let Bought { supplier, cost, .. } = &self.bought;
            Evidence {
                remote_id: placed.remote,
                link: None,
                detail: format!("placed with {supplier} for {cost} (`{}`)", placed.status),
            }
        }))
    }

    async fn found(&self) -> Result<Option<Placed>, ExecuteError> {
        self.supplier.find(self.order.id).await.map_err(fate)
    }

    /// A draft, made under our number.
    async fn place(&self) -> Result<Placed, ExecuteError> {
        let contact = self.bought.contact(self.reads.as_ref()).await?;
        let items = self.items().await?;
        self.supplier.check(&items).await.map_err(fate)?;
        let wanted = Wanted { number: self.order.id, items: &items, contact: &contact };
        match self.change(|| self.supplier.place(&wanted)).await {
            Ok(placed) => Ok(placed),
            // It may be refused because it is there: an earlier request of ours arrived late.
            Err(Halt::Supplier(refused @ Error::Refused { .. })) => self.found().await?.ok_or_else(|| fate(refused)),
            Err(halt) => Err(halt.into()),
        }
    }

    async fn items(&self) -> Result<Vec<Item>, ExecuteError> {
        let mut items = Vec::new();
        for portion in self.bought.portions.iter() {
            items.push(self.item(portion).await?);
        }
        Ok(items)
    }

    /// The supplier's own id of a thing, and what is printed on it, are facts of its stock keeping unit.
    async fn item(&self, portion: &Portion) -> Result<Item, ExecuteError> {
        let Portion { line, sku, quantity } = portion.clone();
        let fact = self.reads.fact(&format!("product:variant/{sku}")).await;
        let fact =
            fact.map_err(|error| ExecuteError::Retry(format!("what is known of `{sku}` cannot be read: {error}")))?;
        let mut fields = fact.map(|fact| fact.fields).unwrap_or_default();
        Ok(Item { line, sku, quantity, reference: fields.remove("ref"), print: fields.remove("print") })
    }

    /// What the supplier charges is what was decided on, to the cent.
    fn compare(&self, placed: &Placed) -> Result<(), ExecuteError> {
        let Bought { supplier, cost: decided, .. } = &self.bought;
        match &placed.cost {
            Some(cost) if cost == *decided => Ok(()),
            Some(cost) => {
                let why = format!("{supplier} charges {cost}, decided on {decided}: nothing was paid");
                Err(ExecuteError::Premise(Setback::Price.note(why)))
            }
            None => Err(ExecuteError::Retry("the supplier has not counted yet what it costs".to_owned())),
        }
    }

    /// Why nothing comes of an order, where that is so.
    fn failed(&self, placed: &Placed) -> Option<String> {
        (placed.state == State::Failed).then(|| {
            let why = placed.reason.as_deref().unwrap_or(&placed.status);
            Setback::Refused.note(format!("{} does not send it: {why}", self.bought.supplier))
        })
    }

    /// Sends a change, by leave of the guard each time, and again only where it certainly was not applied.
    async fn change<T, F>(&self, send: impl Fn() -> F) -> Result<T, Halt>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let once = || async {
            self.order.guard.check().await.map_err(Halt::Guard)?;
            send().await.map_err(Halt::Supplier)
        };
        Retry::new(CHANGES).run(verdict, once).await
    }
}

fn verdict(halt: &Halt) -> Verdict {
    match halt {
        Halt::Supplier(Error::Busy { after, .. }) => Verdict::After(*after),
        Halt::Supplier(Error::Unavailable { .. }) => Verdict::Again,
        _ => Verdict::Stop,
    }
}
