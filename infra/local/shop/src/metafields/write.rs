use super::definitions::name_problem;
use super::{CustomId, definition, namespace, types};
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::Gid;
use crate::inputs::{self, Input};
use crate::model::{Metafield, custom_word};
use crate::user_errors::UserErrors;

/// Who the metafields belong to, and how its mutation words errors.
pub(crate) struct Owner<'a> {
    /// `PRODUCT` or `PRODUCTVARIANT`.
    pub(crate) kind: &'a str,
    /// The product's number, to which uniqueness refers.
    pub(crate) product: i64,
    /// The code of a bad metafield; `None` takes the specific one.
    pub(crate) code: Option<&'a str>,
}

/// Writes one metafield input into `list`; errors are reported below `at`.
pub(crate) fn write(
    cx: &Cx<'_>,
    owner: &Owner<'_>,
    list: &mut Vec<Metafield>,
    input: &Input,
    at: &str,
    errors: &mut UserErrors,
) -> Result<(), Fail> {
    let wanted = read(input, list);
    let defined = definition(cx, owner.kind, &wanted.namespace, &wanted.key)?;
    let known = existing(list, &wanted).map(|m| m.kind.clone());
    let kind =
        inputs::text(input, "type").map(str::to_owned).or_else(|| defined.as_ref().map(|d| d.kind.clone())).or(known);
    let mut refuse = |code: &str, field: &str, message: &str| {
        errors.add(owner.code.unwrap_or(code), &format!("{at}.{field}"), message);
        Ok(())
    };
    for (field, label, min, max) in [("namespace", "Namespace", 3, 255), ("key", "Key", 2, 64)] {
        let name = if field == "key" { &wanted.key } else { &wanted.namespace };
        if let Some((code, message)) = name_problem(label, name, min, max) {
            let code = if code == "INVALID_CHARACTER" { "INVALID" } else { code };
            return refuse(code, field, &message);
        }
    }
    let Some(kind) = kind else {
        return refuse("BLANK", "type", "Type can't be blank");
    };
    if let Some(expected) = defined.as_ref().map(|d| d.kind.as_str()).filter(|k| *k != kind) {
        let message = format!("Type '{kind}' must be consistent with the definition's type: '{expected}'.");
        return refuse("INVALID_TYPE", "type", &message);
    }
    if !types::is_known(&kind) {
        return refuse("INCLUSION", "type", "Type is not a valid metafield type.");
    }
    if let Some(message) = types::problem(&kind, &wanted.value) {
        return refuse("INVALID_VALUE", "value", message);
    }
    if kind == "id" && taken(cx, owner, &wanted)? {
        let message = "Value is already assigned to another owner and must be unique.";
        return refuse("CAPABILITY_VIOLATION", "value", message);
    }
    place(cx, list, wanted, kind)
}

/// What an input names; an id stands for the namespace and key of an existing metafield.
fn read(input: &Input, list: &[Metafield]) -> CustomId {
    let id = inputs::text(input, "id").and_then(|t| Gid::of("Metafield", t));
    let known = list.iter().find(|m| Some(m.id) == id);
    let mut wanted = CustomId::read(input);
    if let Some(known) = known {
        wanted.namespace.clone_from(&known.namespace);
        wanted.key.clone_from(&known.key);
    } else {
        wanted.namespace = namespace(inputs::text(input, "namespace"));
    }
    wanted
}

fn existing<'a>(list: &'a [Metafield], wanted: &CustomId) -> Option<&'a Metafield> {
    list.iter().find(|m| m.namespace == wanted.namespace && m.key == wanted.key)
}

fn taken(cx: &Cx<'_>, owner: &Owner<'_>, wanted: &CustomId) -> Result<bool, Fail> {
    let word = custom_word(&wanted.namespace, &wanted.key, &wanted.value);
    let holders = cx.store.marked(&format!("custom:{word}"))?;
    Ok(holders.iter().any(|id| *id != owner.product))
}

fn place(cx: &Cx<'_>, list: &mut Vec<Metafield>, wanted: CustomId, kind: String) -> Result<(), Fail> {
    let now = cx.stamp();
    let found = list.iter_mut().find(|m| m.namespace == wanted.namespace && m.key == wanted.key);
    if let Some(known) = found {
        known.kind = kind;
        known.value = wanted.value;
        known.updated_at = now;
        return Ok(());
    }
    list.push(Metafield {
        id: cx.store.next_id()?,
        namespace: wanted.namespace,
        key: wanted.key,
        kind,
        value: wanted.value,
        created_at: now.clone(),
        updated_at: now,
    });
    Ok(())
}
