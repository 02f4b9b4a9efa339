//! An answer of rules as a Rust value.

use super::Unfit;
use regorus::Value;
use serde::{
    Deserialize, Deserializer,
    de::{
        Error as _, IntoDeserializer as _, Unexpected, Visitor,
        value::{MapDeserializer, SeqDeserializer, StrDeserializer},
    },
    forward_to_deserialize_any,
};

/// What an answer says, in the shape that is expected of it.
pub(crate) fn from_rego<'a, T: Deserialize<'a>>(value: &'a Value) -> Result<T, Unfit> {
    T::deserialize(Rego(value))
}

#[derive(Clone, Copy)]
struct Rego<'a>(&'a Value);

impl<'de> serde::de::IntoDeserializer<'de, Unfit> for Rego<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Rego<'de> {
    type Error = Unfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(*flag),
            Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
                (Some(whole), _, _) => visitor.visit_i64(whole),
                (None, Some(whole), _) => visitor.visit_u64(whole),
                (None, None, Some(other)) => visitor.visit_f64(other),
                (None, None, None) => Err(Unfit::custom("a number is too large")),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().map(Rego))),
            Value::Set(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().map(Rego))),
            Value::Object(fields) => {
                let entries = fields.iter().map(|(key, value)| (Rego(key), Rego(value)));
                visitor.visit_map(MapDeserializer::new(entries))
            }
            Value::Undefined => Err(Unfit::invalid_value(Unexpected::Other("something undefined"), &visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        let Value::String(text) = self.0 else {
            return Err(Unfit::custom(format!("{name} is a word")));
        };
        let word: StrDeserializer<'_, Unfit> = text.as_ref().into_deserializer();
        word.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}
