//! A JSON object whose numbers are kept as they are written.

use crate::{
    problem::{Fault, shown},
    value::Value,
};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;
use std::fmt;

/// Fields of an object in the order of the file; those that are `null` are left out.
pub(crate) struct Object<'a>(Vec<(String, Field<'a>)>);

/// The value of a field, or an element of an array.
pub(crate) enum Field<'a> {
    /// A text, or a number as it is written.
    Scalar(String),
    /// An array or an object, as it is written.
    Nested(&'a str),
    /// `true` or `false`.
    Flag(&'a str),
}

const AS_TEXT: &str = "write a text or a number";

impl<'a> Object<'a> {
    /// Parses one record.
    pub(crate) fn read(text: &'a [u8]) -> Result<Self, Fault> {
        let not_utf8 = |_| Fault::row("the text is not UTF-8", "save the file as UTF-8");
        let text = std::str::from_utf8(text).map_err(not_utf8)?;
        let Raw(raw) = serde_json::from_str(text.trim()).map_err(|error| broken(&error))?;
        let mut fields = Vec::with_capacity(raw.len());
        for (name, value) in raw {
            let value = Field::read(&name, value)?;
            fields.extend(value.map(|value| (name, value)));
        }
        Ok(Self(fields))
    }

    /// All names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// The first field with one of these plain names.
    pub(crate) fn field(&self, names: &[&str]) -> Option<(&str, &Field<'a>)> {
        let found = self.0.iter().find(|(name, _)| names.contains(&plain(name).as_str()));
        found.map(|(name, field)| (name.as_str(), field))
    }

    /// A field that must be a text or a number.
    pub(crate) fn value(&self, names: &[&str]) -> Result<Value<'_>, Fault> {
        self.field(names).map_or(Ok(Value::missing("")), |(name, field)| field.value(name))
    }

    /// The elements of a field that must be an array; none if it is absent.
    pub(crate) fn array(&self, names: &[&str]) -> Result<Vec<Field<'a>>, Fault> {
        let Some((name, field)) = self.field(names) else { return Ok(Vec::new()) };
        let wrong =
            || Fault::of(name, format!("`{}` is no array", shown(field.text())), "write an array, such as `[…]`");
        let Field::Nested(text) = field else { return Err(wrong()) };
        let raw: Vec<&RawValue> = serde_json::from_str(text).map_err(|_| wrong())?;
        raw.into_iter().filter_map(|element| Field::read(name, element).transpose()).collect()
    }

    /// Names and texts of an object that holds nothing else.
    pub(crate) fn texts(&self) -> Result<Vec<(String, String)>, Fault> {
        let text =
            |(name, field): &(String, Field<'_>)| field.value(name).map(|_| (name.clone(), field.text().to_owned()));
        self.0.iter().map(text).collect()
    }
}

impl<'a> Field<'a> {
    /// Reads a raw value; `null` is nothing.
    fn read(name: &str, raw: &'a RawValue) -> Result<Option<Self>, Fault> {
        let text = raw.get();
        let wrong = |_| Fault::of(name, "the text has a broken escape", "correct the `\\u` escapes");
        Ok(match text.bytes().next() {
            Some(b'"') => Some(Self::Scalar(serde_json::from_str(text).map_err(wrong)?)),
            Some(b'[' | b'{') => Some(Self::Nested(text)),
            Some(b't' | b'f') => Some(Self::Flag(text)),
            Some(b'n') | None => None,
            Some(_) => Some(Self::Scalar(text.to_owned())),
        })
    }

    /// The text, or what is written.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Scalar(text) => text,
            Self::Nested(text) | Self::Flag(text) => text,
        }
    }

    /// The value, which must be a text or a number.
    pub(crate) fn value<'b>(&'b self, name: &'b str) -> Result<Value<'b>, Fault> {
        if let Self::Scalar(text) = self {
            return Ok(Value::new(name, text));
        }
        Err(Fault::of(name, format!("`{}` is neither text nor number", shown(self.text())), AS_TEXT))
    }
}

/// What is wrong with a JSON text, without the line that the parser counts from the record on.
fn broken(error: &serde_json::Error) -> Fault {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or_default();
    let reason = format!("it is no JSON object: {what} near character {} of the record", error.column());
    Fault::row(reason, "correct the JSON")
}

/// A name without case, `_`, `-` and spaces.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Names and raw values, borrowed from the record.
struct Raw<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Raw<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Raw<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some(entry) = map.next_entry()? {
            fields.push(entry);
        }
        Ok(Raw(fields))
    }
}
