use super::{definition, namespace, types};
use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::gid;
use crate::inputs::{self, Input};
use crate::model::Definition;
use crate::mutation::{Handler, Outcome};
use crate::user_errors::UserErrors;
use serde_json::json;

pub(super) const CREATE: Handler = Handler {
    name: "metafieldDefinitionCreate",
    run: create,
    inputs: &[
        "definition.name",
        "definition.description",
        "definition.namespace",
        "definition.key",
        "definition.type",
        "definition.ownerType",
        "definition.pin",
        "definition.useAsCollectionCondition",
        "definition.capabilities.uniqueValues.enabled",
    ],
};

fn create(cx: &Cx<'_>, call: &Call<'_>) -> Result<Outcome, Fail> {
    let input = call.object("definition").cloned().unwrap_or_default();
    let wanted = read(&input);
    let mut errors = UserErrors::default();
    check(&wanted, &input, &mut errors);
    let flags = ["pin", "useAsCollectionCondition"];
    if flags.iter().any(|f| inputs::flag(&input, f) == Some(true)) {
        return Err(Fail::not_simulated("pinning a metafield definition"));
    }
    if definition(cx, &wanted.owner, &wanted.namespace, &wanted.key)?.is_some() {
        let owner = title(&wanted.owner);
        let message = format!("Key is in use for {owner} metafields on the '{}' namespace.", wanted.namespace);
        errors.add("TAKEN", "definition.key", message);
    }
    if !errors.is_empty() {
        return Ok(Outcome::refused(json!({ "createdDefinition": null }), errors));
    }
    let id = cx.store.next_id()?;
    cx.store.put("definition", &id.to_string(), &Definition { id, ..wanted })?;
    let link = gid("MetafieldDefinition", id);
    Ok(Outcome::applied(json!({ "createdDefinition": link })))
}

fn read(input: &Input) -> Definition {
    let text = |name| inputs::text(input, name).unwrap_or_default().to_owned();
    let kind = text("type");
    Definition {
        id: 0,
        owner: text("ownerType"),
        namespace: namespace(inputs::text(input, "namespace")),
        key: text("key"),
        name: text("name"),
        description: inputs::text(input, "description").map(str::to_owned),
        unique: unique(input).unwrap_or(kind == "id"),
        kind,
    }
}

fn unique(input: &Input) -> Option<bool> {
    let capabilities = inputs::object(input, "capabilities")?;
    inputs::flag(inputs::object(capabilities, "uniqueValues")?, "enabled")
}

fn check(wanted: &Definition, input: &Input, errors: &mut UserErrors) {
    name_rules("Namespace", &wanted.namespace, 3, 255, errors);
    name_rules("Key", &wanted.key, 2, 64, errors);
    if wanted.name.trim().is_empty() {
        errors.add("BLANK", "definition.name", "Name can't be blank");
    } else if wanted.name.chars().count() > 255 {
        errors.add("TOO_LONG", "definition.name", "Name is too long (maximum is 255 characters)");
    }
    if !types::is_known(&wanted.kind) {
        let message = format!("Type name {} is not a valid type.", wanted.kind);
        errors.add("INCLUSION", "definition.type", message);
    }
    if wanted.kind == "id" && unique(input) == Some(false) {
        let message = "Capability unique_values is required for type id but is disabled";
        errors.add("CAPABILITY_REQUIRED_BUT_DISABLED", "definition", message);
    }
    if unique(input) == Some(true) && !types::may_be_unique(&wanted.kind) {
        let message = "The capability unique_values is not valid for this definition.";
        errors.add("INVALID_CAPABILITY", "definition", message);
    }
}

/// Length and alphabet of a namespace or key.
pub(super) fn name_problem(label: &str, name: &str, min: usize, max: usize) -> Option<(&'static str, String)> {
    let length = name.chars().count();
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if length < min {
        Some(("TOO_SHORT", format!("{label} is too short (minimum is {min} characters)")))
    } else if length > max {
        Some(("TOO_LONG", format!("{label} is too long (maximum is {max} characters)")))
    } else if !name.chars().all(allowed) {
        let message = format!("{label} contains one or more invalid characters.");
        Some(("INVALID_CHARACTER", message))
    } else {
        None
    }
}

fn name_rules(label: &str, name: &str, min: usize, max: usize, errors: &mut UserErrors) {
    if let Some((code, message)) = name_problem(label, name, min, max) {
        errors.add(code, &format!("definition.{}", label.to_lowercase()), message);
    }
}

/// `PRODUCT` -> `Product`.
fn title(owner: &str) -> String {
    let lower = owner.to_lowercase();
    let mut chars = lower.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}
