//! A Rust value as rules see it.
//!
//! A fact that is not known is not there at all: in Rego `null < 1` holds. Fractions do not come: everything is whole
//! cents, percent and counts.

use super::Unfit;
use regorus::Value;
use serde::{
    Serialize,
    ser::{
        Error as _, Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct,
        Serializer,
    },
};
use std::collections::BTreeMap;

/// What rules see of `value`.
pub(crate) fn to_rego<T: Serialize + ?Sized>(value: &T) -> Result<Value, Unfit> {
    value.serialize(Rego)
}

struct Rego;

struct List(Vec<Value>);

#[derive(Default)]
struct Fields {
    fields: BTreeMap<Value, Value>,
    key: Option<Value>,
}

impl Fields {
    fn put<T: Serialize + ?Sized>(&mut self, key: Value, value: &T) -> Result<(), Unfit> {
        let value = to_rego(value)?;
        if value != Value::Null {
            self.fields.insert(key, value);
        }
        Ok(())
    }
}

fn strange<T>(what: &str) -> Result<T, Unfit> {
    Err(Unfit::custom(format!("rules take no {what}")))
}

impl Serializer for Rego {
    type Ok = Value;
    type Error = Unfit;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = Impossible<Value, Unfit>;
    type SerializeMap = Fields;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Impossible<Value, Unfit>;

    fn serialize_bool(self, v: bool) -> Result<Value, Unfit> {
        Ok(Value::Bool(v))
    }

    fn serialize_i8(self, v: i8) -> Result<Value, Unfit> {
        Ok(Value::from(i64::from(v)))
    }

    fn serialize_i16(self, v: i16) -> Result<Value, Unfit> {
        Ok(Value::from(i64::from(v)))
    }

    fn serialize_i32(self, v: i32) -> Result<Value, Unfit> {
        Ok(Value::from(v))
    }

    fn serialize_i64(self, v: i64) -> Result<Value, Unfit> {
        Ok(Value::from(v))
    }

    fn serialize_u8(self, v: u8) -> Result<Value, Unfit> {
        Ok(Value::from(u64::from(v)))
    }

    fn serialize_u16(self, v: u16) -> Result<Value, Unfit> {
        Ok(Value::from(u64::from(v)))
    }

    fn serialize_u32(self, v: u32) -> Result<Value, Unfit> {
        Ok(Value::from(v))
    }

    fn serialize_u64(self, v: u64) -> Result<Value, Unfit> {
        Ok(Value::from(v))
    }

    fn serialize_f32(self, _: f32) -> Result<Value, Unfit> {
        strange("fractions")
    }

    fn serialize_f64(self, _: f64) -> Result<Value, Unfit> {
        strange("fractions")
    }

    fn serialize_char(self, v: char) -> Result<Value, Unfit> {
        Ok(Value::from(String::from(v)))
    }

    fn serialize_str(self, v: &str) -> Result<Value, Unfit> {
        Ok(Value::String(v.into()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Value, Unfit> {
        strange("bytes")
    }

    fn serialize_none(self) -> Result<Value, Unfit> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Unfit> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Unfit> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Unfit> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Value, Unfit> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Value, Unfit> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, Unfit> {
        let mut fields = Fields::default();
        fields.put(Value::from(variant), value)?;
        SerializeMap::end(fields)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<List, Unfit> {
        Ok(List(Vec::with_capacity(length.unwrap_or_default())))
    }

    fn serialize_tuple(self, length: usize) -> Result<List, Unfit> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<List, Unfit> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unfit> {
        strange("variants with fields")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields, Unfit> {
        Ok(Fields::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields, Unfit> {
        Ok(Fields::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unfit> {
        strange("variants with fields")
    }
}

impl SerializeSeq for List {
    type Ok = Value;
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.0.push(to_rego(value)?);
        Ok(())
    }

    fn end(self) -> Result<Value, Unfit> {
        Ok(Value::from(self.0))
    }
}

impl SerializeTuple for List {
    type Ok = Value;
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<Value, Unfit> {
        SerializeSeq::end(self)
    }
}

impl SerializeTupleStruct for List {
    type Ok = Value;
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<Value, Unfit> {
        SerializeSeq::end(self)
    }
}

impl SerializeMap for Fields {
    type Ok = Value;
    type Error = Unfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unfit> {
        self.key = Some(to_rego(key)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        let key = self.key.take().ok_or_else(|| Unfit::custom("a value came without its key"))?;
        self.put(key, value)
    }

    fn end(self) -> Result<Value, Unfit> {
        Ok(Value::from(self.fields))
    }
}

impl SerializeStruct for Fields {
    type Ok = Value;
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Unfit> {
        self.put(Value::from(key), value)
    }

    fn end(self) -> Result<Value, Unfit> {
        SerializeMap::end(self)
    }
}
