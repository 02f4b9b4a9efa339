//! The compiler's diagnostics in the API's shapes: camel-case codes of static validation, a
//! message, the place in the text and the path of names that leads there.

use apollo_compiler::ast::{self, Selection};
use apollo_compiler::diagnostic::ToCliReport as _;
use apollo_compiler::parser::SourceSpan;
use apollo_compiler::validation::DiagnosticList;
use serde_json::{Map, Value, json};

/// All diagnostics of a refused document as `errors[]`.
pub(crate) fn errors(list: &DiagnosticList, text: &str) -> Vec<Value> {
    let document = ast::Document::parse(text, "request.graphql").ok();
    list.iter()
        .map(|diagnostic| {
            let kind = diagnostic.error.unstable_error_name();
            let plain = diagnostic.unstable_to_json_compat();
            let words = format!("{}", diagnostic.error);
            let mut error = translate(kind, &words, &plain.message);
            error.insert("locations".into(), json!(plain.locations));
            let place = diagnostic.error.location();
            if let Some(path) = document.as_ref().zip(place).map(|(d, p)| path_to(d, p)) {
                error.insert("path".into(), json!(path));
            }
            Value::Object(error)
        })
        .collect()
}

fn translate(kind: Option<&str>, words: &str, compat: &str) -> Map<String, Value> {
    let names = quoted(words);
    let name = |i: usize| names.get(i).copied().unwrap_or_default();
    let (code, message, extra) = match kind {
        None | Some("RecursionLimitError") => ("PARSE_ERROR", words.to_owned(), json!({})),
        Some("UndefinedField") => (
            "undefinedField",
            format!("Field '{}' doesn't exist on type '{}'", name(1), name(0)),
            json!({ "typeName": name(0), "fieldName": name(1) }),
        ),
        Some("UndefinedArgument") => (
            "argumentNotAccepted",
            format!("Field '{}' doesn't accept argument '{}'", owner(name(1)), name(0)),
            json!({ "name": owner(name(1)), "typeName": "Field", "argumentName": name(0) }),
        ),
        Some("UndefinedInputValue") => (
            "argumentNotAccepted",
            format!("InputObject '{}' doesn't accept argument '{}'", name(1), name(0)),
            json!({ "name": name(1), "typeName": "InputObject", "argumentName": name(0) }),
        ),
        Some("RequiredArgument") => required_argument(name(0)),
        Some("RequiredField") => (
            "missingRequiredInputObjectAttribute",
            format!(
                "Argument '{}' on InputObject '{}' is required. Expected type {}",
                after(name(0)),
                before(name(0)),
                expected_type(compat)
            ),
            json!({ "argumentName": after(name(0)), "inputObjectType": before(name(0)) }),
        ),
        Some("UnusedVariable") => (
            "variableNotUsed",
            format!("Variable {} is declared but not used", name(0)),
            json!({ "variableName": name(0).trim_start_matches('$') }),
        ),
        Some(other) => (code_of(other), compat.to_owned(), json!({})),
    };
    let mut extensions = Map::from_iter([("code".to_owned(), json!(code))]);
    extensions.extend(extra.as_object().cloned().unwrap_or_default());
    Map::from_iter([("message".to_owned(), json!(message)), ("extensions".to_owned(), Value::Object(extensions))])
}

fn required_argument(coordinate: &str) -> (&'static str, String, Value) {
    let (class, owner) = match coordinate.strip_prefix('@') {
        Some(directive) => ("Directive", before_paren(directive)),
        None => ("Field", owner(coordinate)),
    };
    let argument = coordinate.split_once('(').map_or("", |(_, rest)| rest.trim_end_matches(":)"));
    (
        "missingRequiredArguments",
        format!("{class} '{owner}' is missing required arguments: {argument}"),
        json!({ "className": class, "name": owner, "arguments": argument }),
    )
}

fn code_of(kind: &str) -> &'static str {
    match kind {
        "UndefinedEnumValue" | "UnsupportedValueType" | "IntCoercionError" | "FloatCoercionError" => {
            "argumentLiteralsIncompatible"
        }
        "MissingSubselection" | "SubselectionOnScalarType" | "SubselectionOnEnumType" => "selectionMismatch",
        "UndefinedVariable" => "variableNotDefined",
        "UniqueVariable" => "variableNotUnique",
        "VariableInputType" => "variableRequiresValidType",
        "DisallowedVariableUsage" => "variableMismatch",
        "UndefinedFragment" | "UnusedFragment" => "useAndDefineFragment",
        "InvalidFragmentSpread" => "cannotSpreadFragment",
        "InvalidFragmentTarget" => "fragmentOnNonCompositeType",
        "RecursiveFragmentDefinition" => "infiniteLoop",
        "UndefinedDirective" => "undefinedDirective",
        "UnsupportedLocation" | "UniqueDirective" => "directiveCannotBeApplied",
        "UniqueArgument" | "UniqueInputValue" => "argumentNotUnique",
        "ConflictingFieldType" | "ConflictingFieldName" | "ConflictingFieldArgument" => "fieldConflict",
        "OperationNameCollision" | "AmbiguousAnonymousOperation" => "uniquelyNamedOperations",
        name if name.starts_with("Undefined") => "undefinedType",
        _ => "invalidDocument",
    }
}

/// The type in the compiler's `Field "X.y" of required type "T!" was not provided.`
fn expected_type(compat: &str) -> &str {
    compat.split('"').nth(3).unwrap_or_default()
}

/// The parts of a message between backticks.
fn quoted(words: &str) -> Vec<&str> {
    words.split('`').skip(1).step_by(2).collect()
}

/// `field` of `Type.field(argument:)`, or the directive of `@directive(argument:)`.
fn owner(coordinate: &str) -> &str {
    after(before_paren(coordinate))
}

fn before_paren(coordinate: &str) -> &str {
    coordinate.split('(').next().unwrap_or_default()
}

fn before(coordinate: &str) -> &str {
    coordinate.split('.').next().unwrap_or_default()
}

fn after(coordinate: &str) -> &str {
    coordinate.rsplit('.').next().unwrap_or_default()
}

/// The names that lead to a place: the operation, then each field that contains it.
fn path_to(document: &ast::Document, place: SourceSpan) -> Vec<String> {
    let mut path = Vec::new();
    for definition in &document.definitions {
        match definition {
            ast::Definition::OperationDefinition(op) if contains(op.location(), place) => {
                let name = op.name.as_ref().map(|n| format!(" {n}"));
                path.push(format!("{}{}", op.operation_type, name.unwrap_or_default()));
                descend(&op.selection_set, place, &mut path);
            }
            ast::Definition::FragmentDefinition(f) if contains(f.location(), place) => {
                path.push(format!("fragment {}", f.name));
                descend(&f.selection_set, place, &mut path);
            }
            _ => {}
        }
    }
    path
}

fn descend(selections: &[Selection], place: SourceSpan, path: &mut Vec<String>) {
    for selection in selections {
        match selection {
            Selection::Field(field) if contains(field.location(), place) => {
                path.push(field.response_name().to_string());
                return descend(&field.selection_set, place, path);
            }
            Selection::InlineFragment(inline) if contains(inline.location(), place) => {
                let on = inline.type_condition.as_ref().map(|t| format!(" on {t}"));
                path.push(format!("...{}", on.unwrap_or_default()));
                return descend(&inline.selection_set, place, path);
            }
            _ => {}
        }
    }
}

fn contains(outer: Option<SourceSpan>, inner: SourceSpan) -> bool {
    outer.is_some_and(|o| o.offset() <= inner.offset() && inner.end_offset() <= o.end_offset())
}
