//! Every document against the full official schema, and the access scopes that they need together.

use super::*;
use crate::SCOPES;
use apollo_compiler::{
    ExecutableDocument, Node, Schema,
    executable::{self, Selection, SelectionSet},
    validation::Valid,
};
use flate2::read::GzDecoder;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::Read,
    sync::LazyLock,
};

static SCHEMA: LazyLock<Valid<Schema>> = LazyLock::new(|| {
    let sdl = unpacked("../../../infra/local/shop/schema/admin_2026-07.graphql.gz");
    // A built-in directive that the file uses without declaring it.
    let sdl = format!("directive @oneOf on INPUT_OBJECT\n{sdl}");
    Schema::parse_and_validate(sdl, "admin.graphql").unwrap()
});

fn unpacked(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    let file = File::open(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    text
}

fn parsed(document: &str) -> Result<Valid<ExecutableDocument>, String> {
    ExecutableDocument::parse_and_validate(&SCHEMA, document, "document.graphql")
        .map_err(|error| error.errors.to_string())
}

fn valid(operation: &Operation) -> Valid<ExecutableDocument> {
    parsed(operation.document).unwrap_or_else(|errors| panic!("{}: {errors}", operation.name))
}

/// All fields below a selection, with the name of the type that each belongs to.
fn fields(document: &ExecutableDocument, set: &SelectionSet, found: &mut Vec<(String, Node<executable::Field>)>) {
    for selection in &set.selections {
        match selection {
            Selection::Field(field) => {
                found.push((set.ty.to_string(), field.clone()));
                fields(document, &field.selection_set, found);
            }
            Selection::InlineFragment(inline) => fields(document, &inline.selection_set, found),
            Selection::FragmentSpread(spread) => {
                let fragment = &document.fragments[&spread.fragment_name];
                fields(document, &fragment.selection_set, found);
            }
        }
    }
}

fn all_fields(operation: &Operation) -> Vec<(String, Node<executable::Field>)> {
    let document = valid(operation);
    let mut found = Vec::new();
    for root in document.operations.iter() {
        fields(&document, &root.selection_set, &mut found);
    }
    found
}

#[test]
fn every_document_is_valid_and_is_what_it_says_it_is() {
    for operation in ALL {
        let document = valid(operation);
        let named = document.operations.get(Some(operation.name)).unwrap();
        let roots: Vec<_> = named.root_fields(&document).collect();
        assert_eq!(roots.len(), 1, "{}", operation.name);
        assert_eq!(roots[0].name, operation.root);
        let keyed = roots[0].directives.has("idempotent");
        let kind = match (named.is_query(), keyed) {
            (true, _) => Kind::Read,
            (false, true) => Kind::Keyed,
            (false, false) => Kind::Write,
        };
        assert_eq!(kind, operation.kind, "{}", operation.name);
    }
}

#[test]
fn a_document_with_one_wrong_field_is_not_valid() {
    for operation in ALL {
        let broken = operation.document.replacen("id\n", "idd\n", 1);
        let broken = broken.replacen("__typename\n", "__typenames\n", 1);
        assert_ne!(broken, operation.document, "{}", operation.name);
        assert!(parsed(&broken).is_err(), "{}", operation.name);
    }
}

#[test]
fn no_document_uses_what_is_deprecated() {
    for operation in ALL {
        for (parent, field) in all_fields(operation) {
            let old = |directives: &apollo_compiler::ast::DirectiveList| directives.has("deprecated");
            assert!(!old(&field.definition.directives), "{parent}.{}", field.name);
            for given in &field.arguments {
                let argument = field.definition.argument_by_name(&given.name).unwrap();
                assert!(!old(&argument.directives), "{parent}.{}({})", field.name, given.name);
            }
        }
    }
}

#[test]
fn every_mutation_asks_what_was_wrong() {
    for operation in ALL.iter().filter(|operation| operation.kind != Kind::Read) {
        let asked = all_fields(operation);
        let asks = |name: &str| asked.iter().any(|(_, field)| field.name == name);
        assert!(
            (asks("userErrors") || asks("orderCancelUserErrors")) && asks("field") && asks("message"),
            "{}",
            operation.name
        );
    }
}

/// The type, and whatever stands behind it if it is an interface.
fn types_behind(name: &str) -> Vec<String> {
    let implementers = SCHEMA.implementers_map();
    let objects = implementers.get(name).map(|found| found.objects.iter().map(ToString::to_string).collect::<Vec<_>>());
    std::iter::once(name.to_owned()).chain(objects.unwrap_or_default()).collect()
}

/// What any one scope of each set gives access to, by what needs it.
fn needs() -> BTreeMap<String, Vec<String>> {
    let mut known: BTreeMap<String, Vec<String>> =
        serde_json::from_str(&unpacked("schema/scopes_2026-07.json.gz")).unwrap();
    // Not on record, since it depends on what the definition is for: here as for changing a product.
    known.insert("Mutation.metafieldDefinitionCreate".into(), vec!["write_products".into()]);
    // Not on record either; its payload is an order's.
    known.insert("Mutation.refundCreate".into(), vec!["write_orders".into()]);
    let mut needs = BTreeMap::new();
    for (parent, field) in ALL.iter().flat_map(|operation| all_fields(operation)) {
        let own = format!("{parent}.{}", field.name);
        assert!(field.name == "__typename" || known.contains_key(&own), "nothing is known about {own}");
        // Only products are published here.
        let returned = field.ty().inner_named_type().to_string();
        let behind = if returned == "Publishable" { vec!["Product".to_owned()] } else { types_behind(&returned) };
        for what in [own, parent].into_iter().chain(behind) {
            if let Some(scopes) = known.get(&what).filter(|scopes| !scopes.is_empty()) {
                needs.insert(what, scopes.clone());
            }
        }
    }
    needs
}

/// The needs that these scopes leave open; writing includes reading.
fn unmet(held: &BTreeSet<&str>) -> Vec<String> {
    let holds = |scope: &String| {
        let writing = scope.replacen("read_", "write_", 1);
        held.contains(scope.as_str()) || held.contains(writing.as_str())
    };
    let open = needs().into_iter().filter(|(_, any)| !any.iter().any(holds));
    open.map(|(what, any)| format!("{what} needs one of {any:?}")).collect()
}

#[test]
fn the_scopes_are_enough_and_none_is_too_many() {
    let all: BTreeSet<_> = SCOPES.iter().copied().collect();
    assert_eq!(unmet(&all), Vec::<String>::new());
    for scope in SCOPES {
        let mut fewer = all.clone();
        fewer.remove(scope);
        assert!(!unmet(&fewer).is_empty(), "`{scope}` is not needed");
    }
}
