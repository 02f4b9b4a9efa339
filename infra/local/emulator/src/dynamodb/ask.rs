//! The calls that a system spends its time on, handed to the engine without HTTP.
//!
//! The engine's own server reads every body several times over, to word its refusals as AWS does. A call
//! that is in order needs none of that. Whatever this module does not take, and whatever the engine then
//! refuses, goes to that server, so that there is one wording of every refusal.

use axum::http::{HeaderMap, header};
use dynoxide::actions::{
    batch_get_item::BatchGetItemRequest, delete_item::DeleteItemRequest, get_item::GetItemRequest,
    put_item::PutItemRequest, query::QueryRequest, transact_write_items::TransactWriteItemsRequest,
    update_item::UpdateItemRequest,
};
use dynoxide::types::ConsumedCapacity;
use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::faults::FaultControl;
use crate::http::Call;

/// One call, read.
pub(super) enum Ask {
    Get(GetItemRequest),
    BatchGet(BatchGetItemRequest),
    Query(QueryRequest),
    Put(PutItemRequest),
    Update(UpdateItemRequest),
    Delete(DeleteItemRequest),
    Transact(TransactWriteItemsRequest),
}

/// What the engine made of a call.
pub(super) enum Told {
    /// Its answer, and whether it was applied.
    Answer { status: u16, body: String },
    /// A refusal that the engine's server knows how to word; nothing was applied.
    Refused,
}

impl Ask {
    /// The call, if it is one of these and nothing about it is unusual.
    pub(super) fn read(call: &Call) -> Option<Self> {
        is_signed(&call.parts.headers).then_some(())?;
        let body = &call.body;
        match call.operation.as_str() {
            "GetItem" => json(body).map(Self::Get),
            "BatchGetItem" => json(body).map(Self::BatchGet),
            "Query" => json(body).map(Self::Query),
            "PutItem" => json(body).map(Self::Put),
            "UpdateItem" => json(body).map(Self::Update),
            "DeleteItem" => json(body).map(Self::Delete),
            "TransactWriteItems" => json(body).map(Self::Transact),
            _ => None,
        }
    }

    /// Whether it may change something.
    pub(super) const fn writes(&self) -> bool {
        !matches!(self, Self::Get(_) | Self::BatchGet(_) | Self::Query(_))
    }

    /// Has the engine do it. With a `meter`, the units that DynamoDB would bill are counted there.
    pub(super) fn put_to(self, db: &Database, meter: Option<&FaultControl>) -> Told {
        macro_rules! done {
            ($request:ident, $call:ident, $units:expr) => {{
                let mut request = $request;
                let wanted = request.return_consumed_capacity.is_some();
                if meter.is_some() && !wanted {
                    request.return_consumed_capacity = Some("TOTAL".to_owned());
                }
                db.$call(request).map(|mut answer| {
                    if let Some(meter) = meter {
                        let units: fn(&_) -> Vec<&ConsumedCapacity> = $units;
                        units(&answer.consumed_capacity)
                            .into_iter()
                            .for_each(|one| bill(meter, stringify!($call), one));
                        if !wanted {
                            answer.consumed_capacity = None;
                        }
                    }
                    written(&answer)
                })
            }};
        }
        let done = match self {
            Self::Get(request) => done!(request, get_item, |one: &Option<_>| one.iter().collect()),
            Self::BatchGet(request) => {
                done!(request, batch_get_item, |all: &Option<Vec<_>>| all.iter().flatten().collect())
            }
            Self::Query(request) => done!(request, query, |one: &Option<_>| one.iter().collect()),
            Self::Put(request) => done!(request, put_item, |one: &Option<_>| one.iter().collect()),
            Self::Update(request) => done!(request, update_item, |one: &Option<_>| one.iter().collect()),
            Self::Delete(request) => done!(request, delete_item, |one: &Option<_>| one.iter().collect()),
            Self::Transact(request) => {
                done!(request, transact_write_items, |all: &Option<Vec<_>>| all.iter().flatten().collect())
            }
        };
        done.unwrap_or_else(|error| refused(&error))
    }
}

fn json<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    serde_json::from_slice(body).ok()
}

/// Whether the call carries what the engine's server asks of every call.
fn is_signed(headers: &HeaderMap) -> bool {
    let signed = headers.get(header::AUTHORIZATION).is_some_and(|value| value.as_bytes().starts_with(b"AWS4-"));
    signed && headers.contains_key("x-amz-date")
}

fn written<T: Serialize>(answer: &T) -> Told {
    serde_json::to_string(answer).map_or(Told::Refused, |body| Told::Answer { status: 200, body })
}

/// A condition that did not hold is an answer like any other, and races make it a common one.
fn refused(error: &DynoxideError) -> Told {
    match error {
        DynoxideError::ConditionalCheckFailedException(..) | DynoxideError::TransactionCanceledException(..) => {
            Told::Answer { status: error.status_code(), body: error.to_json() }
        }
        _ => Told::Refused,
    }
}

/// Whole and half units are exact in the engine's floats.
fn bill(meter: &FaultControl, operation: &str, capacity: &ConsumedCapacity) {
    let tenths = format!("{:.1}", capacity.capacity_units).replace('.', "");
    meter.bill(operation, tenths.parse().unwrap_or(0));
}
