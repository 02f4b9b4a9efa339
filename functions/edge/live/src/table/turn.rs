//! Whose turn it is to send to a connection.
//!
//! One invocation at a time sends to a connection. Who finds another one at it leaves word (`asked`) and goes:
//! the turn can be given back only by somebody who knows of every word that was left, so what was new is sent
//! by whoever is at it. A turn whose holder died ends by itself.

use super::{
    ATTEMPTS, Connection, Table, TableError, give_way, guests,
    item::{self, Item, instant, number, text},
};
use crate::event::Place;
use aws_sdk_dynamodb::{
    operation::update_item::{UpdateItemError, builders::UpdateItemFluentBuilder},
    types::{ReturnValue, ReturnValuesOnConditionCheckFailure},
};
use time::{Duration, OffsetDateTime};

/// How long a turn lasts: longer than anybody sends to one connection.
const LONGEST: Duration = Duration::seconds(20);

/// The right to send to one connection.
#[derive(Debug)]
pub(crate) struct Turn {
    id: String,
    holder: String,
    asked: u64,
}

/// Whose turn it is.
#[derive(Debug)]
pub(crate) enum Claim {
    /// Ours.
    Ours(Turn, Connection),
    /// Somebody else's, who knows that there is more.
    Busy,
    /// There is no such connection.
    Gone,
}

/// How giving a turn back ended.
#[derive(Debug)]
pub(crate) enum Returned {
    /// It is given back, and everything was sent.
    Done,
    /// It is still ours: there is more.
    More(Turn, Connection),
    /// It was lost: the connection is gone, or we took too long.
    Lost,
}

impl Table {
    /// Takes the turn at the connection `id`, or leaves word for whoever has it. `holder` is this invocation and no
    /// other.
    pub(crate) async fn claim(&self, id: &str, holder: &str, now: OffsetDateTime) -> Result<Claim, TableError> {
        for _ in 0..ATTEMPTS {
            let claim = self
                .change(id)
                .update_expression("SET holder = :holder, held = :held ADD asked :one")
                .condition_expression(
                    "attribute_exists(pk) AND (attribute_not_exists(holder) OR held < :now OR holder = :holder)",
                )
                .expression_attribute_values(":holder", text(holder))
                .expression_attribute_values(":held", instant(now + LONGEST))
                .expression_attribute_values(":now", instant(now))
                .expression_attribute_values(":one", number(1));
            match outcome(claim).await? {
                Ok(row) => return Ok(Claim::Ours(turn(id, holder, &row), Connection::read(&row))),
                Err(None) => return Ok(Claim::Gone),
                Err(Some(_)) => {}
            }
            let word = self
                .change(id)
                .update_expression("ADD asked :one")
                .condition_expression("attribute_exists(holder)")
                .expression_attribute_values(":one", number(1));
            if outcome(word).await?.is_ok() {
                return Ok(Claim::Busy);
            }
        }
        Err(TableError("a turn changed hands again and again".to_owned()))
    }

    /// Gives a turn back after everything up to `place` was sent.
    pub(crate) async fn give_back(&self, turn: Turn, place: Place) -> Result<Returned, TableError> {
        let request = self
            .change(&turn.id)
            .update_expression("SET place = :place REMOVE holder, held")
            .condition_expression("holder = :holder AND asked = :asked")
            .expression_attribute_values(":place", number(place.0))
            .expression_attribute_values(":holder", text(&turn.holder))
            .expression_attribute_values(":asked", number(turn.asked));
        Ok(match outcome(request).await? {
            Ok(_) => Returned::Done,
            Err(Some(row)) if item::get_text(&row, "holder") == Some(&turn.holder) => {
                let connection = Connection { place: Some(place), ..Connection::read(&row) };
                Returned::More(self::turn(&turn.id, &turn.holder, &row), connection)
            }
            Err(_) => Returned::Lost,
        })
    }

    fn change(&self, id: &str) -> UpdateItemFluentBuilder {
        self.client
            .update_item()
            .table_name(&self.name)
            .set_key(Some(guests::key(id)))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
    }
}

fn turn(id: &str, holder: &str, row: &Item) -> Turn {
    Turn { id: id.to_owned(), holder: holder.to_owned(), asked: item::get_number(row, "asked").unwrap_or_default() }
}

/// The row as it is now, or, where the condition did not hold, as it was; nothing if there is none.
async fn outcome(request: UpdateItemFluentBuilder) -> Result<Result<Item, Option<Item>>, TableError> {
    for attempt in 0..ATTEMPTS {
        let error = match request.clone().send().await {
            Ok(output) => return Ok(Ok(output.attributes.unwrap_or_default())),
            Err(error) => error,
        };
        match error.as_service_error() {
            Some(UpdateItemError::ConditionalCheckFailedException(failed)) => return Ok(Err(failed.item().cloned())),
            Some(UpdateItemError::TransactionConflictException(_)) => give_way(attempt).await,
            _ => return Err(TableError::of(&error)),
        }
    }
    Err(TableError("others changed a connection again and again".to_owned()))
}
