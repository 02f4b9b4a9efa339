//! Orders move on with the clock, and each step is told.

use crate::{DepotError, FaultKind, Kept, Step, aftership, calls, depot::Inner, ledger::Books};
use serde_json::Value;
use time::Duration;

/// What a late order takes longer.
const LATE: i32 = 10;

impl Inner {
    /// Takes everything one step further that is due.
    pub(crate) fn advance(&self) -> Result<(), DepotError> {
        let now = self.now();
        self.ledger.run(|books| {
            for (api, number, step) in books.due(now)? {
                if api == aftership::API {
                    self.carry(books, &number, step)?;
                } else if let Some(order) = books.by_number(&api, &number)? {
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
        let (pace, own) = (self.settings.pace, (order.api.as_str(), order.number.as_str()));
        match step {
            Step::Paid if order.fails => books.plan(now + pace.ship, own, Step::Failed)?,
            Step::Paid => books.plan(now + wait(pace.ship), own, Step::Shipped)?,
            Step::Shipped => books.plan(now + wait(pace.deliver), own, Step::Delivered)?,
            _ => {}
        }
        self.tell(books, &order)?;
        Ok(order)
    }

    /// Takes a parcel that no supplier of ours sent one step further.
    fn carry(&self, books: &Books<'_>, number: &str, step: Step) -> Result<(), DepotError> {
        let now = self.now();
        if step == Step::Shipped {
            books.plan(now + self.settings.pace.deliver, (aftership::API, number), Step::Delivered)?;
        }
        match aftership::moved(books, number, step, now)? {
            Some(body) => self.call(books, aftership::API, &body),
            None => Ok(()),
        }
    }

    fn tell(&self, books: &Books<'_>, order: &Kept) -> Result<(), DepotError> {
        if order.step == Step::Draft {
            return Ok(());
        }
        if let Some(body) = calls::told(order, self.now()) {
            self.call(books, &order.api, &body)?;
        }
        let Some(number) = order.tracking() else { return Ok(()) };
        match aftership::moved(books, &number, order.step, self.now())? {
            Some(body) => self.call(books, aftership::API, &body),
            None => Ok(()),
        }
    }

    /// Puts a callback in waiting: lost, once or twice.
    fn call(&self, books: &Books<'_>, sender: &str, body: &Value) -> Result<(), DepotError> {
        if self.settings.callbacks.is_none() || self.faults.has(sender, FaultKind::LostCallback) {
            return Ok(());
        }
        books.call(self.now(), sender, body)?;
        if self.faults.has(sender, FaultKind::DuplicateCallback) {
            books.call(self.now(), sender, body)?;
        }
        Ok(())
    }
}
