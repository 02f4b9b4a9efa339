//! What every operation can answer beside what it documents itself.

use super::BEARER;
use crate::problem::Kind;
use utoipa::openapi::{
    Content, Ref, Response, ResponseBuilder, path::Operation, path::ParameterIn, security::SecurityRequirement,
};

/// Adds the problems that an operation on `path` can meet, and that it wants a token where it does.
pub(super) fn add(operation: &mut Operation, path: &str, guarded: bool) {
    if guarded {
        operation.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], _>(BEARER, [])]);
    }
    let kinds = Kind::ALL.iter().copied().filter(|kind| applies(*kind, operation, path, guarded));
    for kind in kinds.collect::<Vec<_>>() {
        let status = kind.status().as_str().to_owned();
        operation.responses.responses.entry(status).or_insert_with(|| told(kind).into());
    }
}

fn applies(kind: Kind, operation: &Operation, path: &str, guarded: bool) -> bool {
    let has_body = operation.request_body.is_some();
    match kind {
        Kind::Token | Kind::Forbidden | Kind::TooMany | Kind::NotConfigured | Kind::Unavailable => guarded,
        Kind::NotFound => path.contains('{') || has(operation, "cursor"),
        Kind::Syntax | Kind::Field | Kind::TooLarge | Kind::MediaType => has_body,
        Kind::Query => has_parameters(operation),
        Kind::Precondition => has(operation, "If-Match"),
        _ => false,
    }
}

fn has_parameters(operation: &Operation) -> bool {
    parameters(operation).any(|(_, place)| !matches!(place, ParameterIn::Path))
}

fn has(operation: &Operation, name: &str) -> bool {
    parameters(operation).any(|(found, _)| found == name)
}

fn parameters(operation: &Operation) -> impl Iterator<Item = (&str, &ParameterIn)> {
    let parameters = operation.parameters.iter().flatten();
    parameters.filter_map(|parameter| match parameter {
        utoipa::openapi::RefOr::T(parameter) => Some((parameter.name.as_str(), &parameter.parameter_in)),
        utoipa::openapi::RefOr::Ref(_) => None,
    })
}

fn told(kind: Kind) -> Response {
    let content = Content::new(Some(Ref::from_schema_name("Problem")));
    ResponseBuilder::new()
        .description(format!("{}. {}", kind.title(), kind.help()))
        .content("application/problem+json", content)
        .build()
}
