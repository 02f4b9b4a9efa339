//! Orders move on with the clock, and each step is told.

use crate::{DepotError, FaultKind, Kept, Step, aftership, calls, depot::Inner, ledger::Books};
use time::Duration;

/// What a late order takes longer.
const LATE: i32 = 10;

impl Inner {
    /// Takes everything one step further that is due.
    pub(crate) fn advance(&self) -> Result<(), DepotError> {
        let now = self.now();
        self.ledger.run(|books| {
            for (api, number, step) in books.due(now)? {
                if let Some(order) = books.by_number(&api, &number)? {
                    self.step(books, order, step)?;
                }
            }
            Ok(())
        })
    }

    /// Takes an order to a step, plans the next one, and tells who ordered.
    pub(crate) fn step(&self, books: &Books<'_>, order: Kept, step: Step) -> Result<Kept, DepotError> {
        let now = self.now();
        let order = Kept { step, updated: now, ..order };
        books.keep(&order)?;
        let wait = |usual: Duration| if order.late { usual * LATE } else { usual };
        let pace = self.settings.pace;
        match step {
            Step::Paid if order.fails => books.plan(now + pace.ship, &order, Step::Failed)?,
            Step::Paid => books.plan(now + wait(pace.ship), &order, Step::Shipped)?,
            Step::Shipped => books.plan(now + wait(pace.deliver), &order, Step::Delivered)?,
            _ => {}
        }
        self.tell(books, &order)?;
        Ok(order)
    }

    fn tell(&self, books: &Books<'_>, order: &Kept) -> Result<(), DepotError> {
        if self.settings.callbacks.is_none() || order.step == Step::Draft {
            return Ok(());
        }
        let now = self.now();
        let followed = aftership::told(books, order, now)?;
        let own = calls::told(order, now).map(|body| (order.api.clone(), body));
        for (sender, body) in own.into_iter().chain(followed) {
            if self.faults.has(&sender, FaultKind::LostCallback) {
                continue;
            }
            books.call(now, &sender, &body)?;
            if self.faults.has(&sender, FaultKind::DuplicateCallback) {
                books.call(now, &sender, &body)?;
            }
        }
        Ok(())
    }
}
