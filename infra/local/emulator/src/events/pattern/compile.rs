//! Reading a pattern. Whatever EventBridge would refuse is refused here, so that a rule that
//! works locally is accepted by AWS.

use serde_json::{Map, Value};

use super::{Comparison, Filter, Pattern, Text};
use crate::events::cidr::Cidr;
use crate::events::wildcard::Wildcard;

impl Pattern {
    /// Compiles an event pattern; the error says what is wrong with it.
    pub(in crate::events) fn compile(value: &Value) -> Result<Self, String> {
        let fields = value.as_object().ok_or("Filter is not an object")?;
        if fields.is_empty() {
            return Err("Empty objects are not allowed".to_owned());
        }
        object(fields)
    }
}

fn object(fields: &Map<String, Value>) -> Result<Pattern, String> {
    let mut compiled = Vec::new();
    let mut alternatives = Vec::new();
    for (name, value) in fields {
        match (name.as_str(), value) {
            ("$or", Value::Array(options)) if options.len() >= 2 => {
                alternatives = options.iter().map(Pattern::compile).collect::<Result<_, _>>()?;
            }
            ("$or", _) => return Err("\"$or\" must be an array of at least two objects".to_owned()),
            (_, Value::Object(nested)) if nested.is_empty() => {
                return Err("Empty objects are not allowed".to_owned());
            }
            (_, Value::Object(nested)) => compiled.push((name.clone(), object(nested)?)),
            (_, Value::Array(values)) if values.is_empty() => {
                return Err("Empty arrays are not allowed".to_owned());
            }
            (_, Value::Array(values)) => {
                let filters = values.iter().map(filter).collect::<Result<_, _>>()?;
                compiled.push((name.clone(), Pattern::Values(filters)));
            }
            _ => return Err(format!("\"{name}\" must be an object or an array")),
        }
    }
    Ok(Pattern::Fields { fields: compiled, alternatives })
}

fn filter(value: &Value) -> Result<Filter, String> {
    match value {
        Value::Object(expression) => {
            let mut members = expression.iter();
            match (members.next(), members.next()) {
                (Some((operator, operand)), None) => operation(operator, operand),
                _ => Err("Only one key allowed in match expression".to_owned()),
            }
        }
        Value::Array(_) => Err("Arrays within arrays are not allowed".to_owned()),
        scalar => Ok(Filter::Exactly(scalar.clone())),
    }
}

fn operation(operator: &str, operand: &Value) -> Result<Filter, String> {
    match operator {
        "exists" => match operand {
            Value::Bool(wanted) => Ok(Filter::Exists(*wanted)),
            _ => Err("exists match pattern must be either true or false.".to_owned()),
        },
        "numeric" => numeric(operand),
        "anything-but" => anything_but(operand),
        "cidr" => {
            let block = Cidr::compile(string(operator, operand)?);
            block.map(Filter::Cidr).ok_or_else(|| format!("Malformed CIDR, one '/' required: {operand}"))
        }
        _ => text_operation(operator, operand),
    }
}

fn text_operation(operator: &str, operand: &Value) -> Result<Filter, String> {
    match operator {
        "prefix" => text(operator, operand).map(Filter::Prefix),
        "suffix" => text(operator, operand).map(Filter::Suffix),
        "equals-ignore-case" => Ok(Filter::SameIgnoringCase(string(operator, operand)?.to_lowercase())),
        "wildcard" => Wildcard::compile(string(operator, operand)?).map(Filter::Wildcard),
        _ => Err(format!("Unrecognized match type {operator}")),
    }
}

/// The operand of `prefix` and `suffix`: a text, or a text under `equals-ignore-case`.
fn text(operator: &str, operand: &Value) -> Result<Text, String> {
    let folded = operand.get("equals-ignore-case").and_then(Value::as_str);
    let text = match folded {
        Some(folded) => folded.to_lowercase(),
        None => string(operator, operand)?.to_owned(),
    };
    if text.is_empty() {
        return Err(format!("{operator} match pattern must not be empty"));
    }
    Ok(Text { text, ignore_case: folded.is_some() })
}

fn string<'a>(operator: &str, operand: &'a Value) -> Result<&'a str, String> {
    operand.as_str().ok_or_else(|| format!("{operator} match pattern must be a string"))
}

/// What is refused: a scalar, a list of scalars, or one text operation with one or more texts.
fn anything_but(operand: &Value) -> Result<Filter, String> {
    let scalar = |value: &Value| match value {
        Value::Object(_) | Value::Array(_) | Value::Null | Value::Bool(_) => {
            Err("Inside anything but list, only strings and numbers are supported.".to_owned())
        }
        value => Ok(Filter::Exactly(value.clone())),
    };
    let refused = match operand {
        Value::Array(values) if values.is_empty() => {
            return Err("Empty arrays are not allowed".to_owned());
        }
        Value::Array(values) => values.iter().map(scalar).collect::<Result<Vec<_>, _>>()?,
        Value::Object(expression) => {
            let mut members = expression.iter();
            let (Some((operator, operand)), None) = (members.next(), members.next()) else {
                return Err("Only one key allowed in match expression".to_owned());
            };
            let one = std::slice::from_ref(operand);
            let operands = operand.as_array().map_or(one, Vec::as_slice);
            operands.iter().map(|o| text_operation(operator, o)).collect::<Result<_, _>>()?
        }
        value => vec![scalar(value)?],
    };
    Ok(Filter::AnythingBut(refused))
}

/// One or two comparisons: `["=", 5]`, `[">", 0, "<=", 5]`.
fn numeric(operand: &Value) -> Result<Filter, String> {
    let wrong = || format!("Value of numeric must be an array of comparisons: {operand}");
    let list = operand.as_array().filter(|list| matches!(list.len(), 2 | 4)).ok_or_else(wrong)?;
    let bounds = list.chunks(2).map(|pair| match pair {
        [operator, number] => {
            let number = number.as_f64().filter(|_| number.is_number()).ok_or_else(wrong)?;
            Ok((comparison(operator.as_str().unwrap_or_default())?, number))
        }
        _ => Err(wrong()),
    });
    Ok(Filter::Numeric(bounds.collect::<Result<_, _>>()?))
}

fn comparison(operator: &str) -> Result<Comparison, String> {
    match operator {
        "<" => Ok(Comparison::Less),
        "<=" => Ok(Comparison::LessOrEqual),
        "=" => Ok(Comparison::Equal),
        ">=" => Ok(Comparison::GreaterOrEqual),
        ">" => Ok(Comparison::Greater),
        other => Err(format!("Unrecognized numeric range operator: {other}")),
    }
}
