//! What a target is sent: the event, a part of it, a constant, or a filled-in template.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::path;

/// `InputTransformer` of a target.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct InputTransformer {
    #[serde(default)]
    input_paths_map: BTreeMap<String, String>,
    input_template: String,
}

/// How an event is changed on its way to a target.
pub(super) enum Transform<'a> {
    Whole,
    Constant(&'a str),
    Path(&'a str),
    Template(&'a InputTransformer),
}

/// What a template can say about the rule.
pub(super) struct RuleNames {
    pub(super) arn: String,
    pub(super) name: String,
    pub(super) ingested: String,
}

impl Transform<'_> {
    /// What is wrong with it, if anything.
    pub(super) fn check(&self) -> Result<(), String> {
        let paths: Vec<&str> = match self {
            Self::Whole => return Ok(()),
            Self::Constant(text) => {
                let read: Result<Value, _> = serde_json::from_str(text);
                return read.map(drop).map_err(|e| format!("Input is not valid JSON: {e}"));
            }
            Self::Path(path) => vec![path],
            Self::Template(t) => t.input_paths_map.values().map(String::as_str).collect(),
        };
        match paths.into_iter().find(|path| !path::is_valid(path)) {
            Some(path) => Err(format!("`{path}` is not a JSON path.")),
            None => Ok(()),
        }
    }

    /// The text that the target is sent.
    pub(super) fn apply(&self, event: &Value, rule: &RuleNames) -> String {
        match self {
            Self::Whole => event.to_string(),
            Self::Constant(text) => (*text).to_owned(),
            Self::Path(path) => path::find(event, path).unwrap_or(&Value::Null).to_string(),
            Self::Template(transformer) => transformer.fill(event, rule),
        }
    }
}

impl InputTransformer {
    /// Replaces each `<name>`. Within quotes the text of the value is written, elsewhere its
    /// JSON; a path that is not in the event leaves nothing within quotes and `null` elsewhere.
    fn fill(&self, event: &Value, rule: &RuleNames) -> String {
        let mut filled = String::new();
        let mut quoted = false;
        let mut rest = self.input_template.as_str();
        while let Some(start) = rest.find('<') {
            let (before, from) = rest.split_at(start);
            quoted ^= toggles(before);
            filled.push_str(before);
            let name = from.get(1..).and_then(|tail| tail.split_once('>'));
            match name.and_then(|(name, tail)| Some((self.value(name, event, rule)?, tail))) {
                Some((value, tail)) => {
                    filled.push_str(&written(&value, quoted));
                    rest = tail;
                }
                None => {
                    filled.push('<');
                    rest = from.get(1..).unwrap_or_default();
                }
            }
        }
        filled.push_str(rest);
        filled
    }

    fn value(&self, name: &str, event: &Value, rule: &RuleNames) -> Option<Value> {
        match name {
            "aws.events.rule-arn" => Some(Value::from(rule.arn.as_str())),
            "aws.events.rule-name" => Some(Value::from(rule.name.as_str())),
            "aws.events.event.ingestion-time" => Some(Value::from(rule.ingested.as_str())),
            "aws.events.event" => {
                let mut event = event.clone();
                event.as_object_mut().and_then(|fields| fields.remove("detail"));
                Some(event)
            }
            "aws.events.event.json" => Some(event.clone()),
            name => {
                let path = self.input_paths_map.get(name)?;
                Some(path::find(event, path).cloned().unwrap_or_default())
            }
        }
    }
}

/// Whether the text opens or closes a JSON string that it does not close or open again.
fn toggles(text: &str) -> bool {
    let mut escaped = false;
    let mut odd = false;
    for c in text.chars() {
        odd ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
    }
    odd
}

fn written(value: &Value, quoted: bool) -> String {
    match (value, quoted) {
        (Value::Null, true) => String::new(),
        (value, false) => value.to_string(),
        (Value::String(text), true) => inner(text),
        (value, true) => inner(&value.to_string()),
    }
}

/// The text as it stands within a JSON string.
fn inner(text: &str) -> String {
    let json = Value::from(text).to_string();
    let json = json.strip_prefix('"').and_then(|json| json.strip_suffix('"'));
    json.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fill(paths: Value, template: &str) -> String {
        let transformer: InputTransformer =
            serde_json::from_value(json!({"InputPathsMap": paths, "InputTemplate": template})).unwrap();
        let event = json!({"source": "shop", "detail": {"id": "p\"1", "n": 5, "list": [1, 2]}});
        let rule = RuleNames {
            arn: "arn:rule".to_owned(),
            name: "vetted".to_owned(),
            ingested: "2026-11-20T00:00:00Z".to_owned(),
        };
        Transform::Template(&transformer).apply(&event, &rule)
    }

    #[test]
    fn a_template_is_filled_in() {
        let paths = json!({"id": "$.detail.id", "n": "$.detail.n", "list": "$.detail.list", "no": "$.detail.no"});
        let table = [
            (r#"{"id": <id>, "n": <n>}"#, r#"{"id": "p\"1", "n": 5}"#),
            (r#""product <id> has <n>""#, r#""product p\"1 has 5""#),
            (r#"{"text": "\"<n>\" of <list>"}"#, r#"{"text": "\"5\" of [1,2]"}"#),
            (r#"{"no": <no>, "text": "<no>!"}"#, r#"{"no": null, "text": "!"}"#),
            (r#"{"rule": "<aws.events.rule-name>"}"#, r#"{"rule": "vetted"}"#),
            (r#"{"event": <aws.events.event>}"#, r#"{"event": {"source":"shop"}}"#),
            (r#"{"a": "1 < 2 <unknown>"}"#, r#"{"a": "1 < 2 <unknown>"}"#),
        ];
        for (template, expected) in table {
            assert_eq!(fill(paths.clone(), template), expected);
        }
    }
}
