//! The operations by name.

use serde_json::Value;

use super::{buses, publish, rules, targets};
use crate::db::Tx;
use crate::env::Core;
use crate::http::{ApiError, Call, parse};

/// Serves one EventBridge call.
pub(crate) async fn call(core: &Core, call: &Call) -> Result<Value, ApiError> {
    let body = call.json()?;
    let operation = call.operation.clone();
    core.db.run(move |tx| dispatch(tx, &operation, body)).await
}

fn dispatch(tx: &Tx<'_>, operation: &str, body: Value) -> Result<Value, ApiError> {
    match operation {
        "CreateEventBus" => buses::create(tx, parse(body)?),
        "DeleteEventBus" => buses::delete(tx, parse(body)?),
        "DescribeEventBus" => buses::describe(tx, parse(body)?),
        "ListEventBuses" => buses::list(tx, parse(body)?),
        "PutRule" => rules::put(tx, parse(body)?),
        "DeleteRule" => rules::delete(tx, parse(body)?),
        "DescribeRule" => rules::describe(tx, parse(body)?),
        "ListRules" => rules::list(tx, parse(body)?),
        "EnableRule" => rules::enable(tx, parse(body)?, true),
        "DisableRule" => rules::enable(tx, parse(body)?, false),
        "TestEventPattern" => rules::test(parse(body)?),
        "PutTargets" => targets::put(tx, parse(body)?),
        "RemoveTargets" => targets::remove(tx, parse(body)?),
        "ListTargetsByRule" => targets::list(tx, parse(body)?),
        "PutEvents" => publish::call(tx, parse(body)?),
        _ => Err(ApiError::unknown(operation)),
    }
}
