//! Metafields of products and variants, their definitions, and custom ids.

mod definitions;
mod set;
mod types;
mod write;

pub(crate) use types::may_be_unique;
pub(crate) use write::{Owner, write};

use crate::cx::Cx;
use crate::fail::Fail;
use crate::inputs::{self, Input};
use crate::model::{Definition, custom_word};
use crate::mutation::Handler;

pub(crate) const MUTATIONS: [Handler; 2] = [definitions::CREATE, set::SET];

/// The namespace that belongs to the calling app; `$app` and an omitted namespace stand for it.
const APP_NAMESPACE: &str = "app--1";

/// The full name of a namespace as a client writes it.
pub(crate) fn namespace(given: Option<&str>) -> String {
    match given {
        None | Some("$app") => APP_NAMESPACE.to_owned(),
        Some(name) => match name.strip_prefix("$app:") {
            Some(rest) => format!("{APP_NAMESPACE}--{rest}"),
            None => name.to_owned(),
        },
    }
}

/// The definition of a namespace and key, if there is one.
pub(crate) fn definition(cx: &Cx<'_>, owner: &str, namespace: &str, key: &str) -> Result<Option<Definition>, Fail> {
    let all: Vec<Definition> = cx.store.all("definition")?;
    Ok(all.into_iter().find(|d| d.owner == owner && d.namespace == namespace && d.key == key))
}

/// A product's identity in the caller's own system.
pub(crate) struct CustomId {
    pub(crate) namespace: String,
    pub(crate) key: String,
    pub(crate) value: String,
}

impl CustomId {
    pub(crate) fn read(input: &Input) -> Self {
        let text = |name| inputs::text(input, name).unwrap_or_default().to_owned();
        Self { namespace: namespace(inputs::text(input, "namespace")), key: text("key"), value: text("value") }
    }

    /// The live API answers this as an error of the field, not as a user error.
    pub(crate) fn require_definition(&self, cx: &Cx<'_>) -> Result<(), Fail> {
        let found = definition(cx, "PRODUCT", &self.namespace, &self.key)?;
        if found.is_some_and(|d| d.kind == "id" && d.unique) {
            return Ok(());
        }
        Err(Fail::new("NOT_FOUND", "Metafield definition of type 'id' is required when using custom ids."))
    }

    /// The word under which a product with this id is found.
    pub(crate) fn word(&self) -> String {
        format!("custom:{}", custom_word(&self.namespace, &self.key, &self.value))
    }

    /// Whether a metafield input names this id and nothing else: the live API refuses the entry
    /// when it also carries a type or an id.
    pub(crate) fn is(&self, input: &Input) -> bool {
        let text = |name| inputs::text(input, name);
        namespace(text("namespace")) == self.namespace
            && text("key") == Some(&self.key)
            && text("value") == Some(&self.value)
            && text("type").is_none()
            && text("id").is_none()
    }
}
