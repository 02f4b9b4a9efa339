use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::Gid;
use crate::inputs::{self, Input};
use crate::model::{Media, Product};
use crate::scalars;
use crate::user_errors::UserErrors;

const MAX_ALT: usize = 512;

/// `files` replaces the product's media: an id keeps an image, a source adds one.
pub(super) fn apply(cx: &Cx<'_>, product: &mut Product, input: &Input, errors: &mut UserErrors) -> Result<(), Fail> {
    let Some(files) = inputs::list(input, "files") else {
        return Ok(());
    };
    let before = std::mem::take(&mut product.media);
    for (i, file) in files.into_iter().enumerate() {
        let at = format!("input.files.{i}");
        product.media.extend(one(cx, &before, file, &at, errors)?);
    }
    Ok(())
}

fn one(cx: &Cx<'_>, before: &[Media], file: &Input, at: &str, errors: &mut UserErrors) -> Result<Option<Media>, Fail> {
    let kind = inputs::text(file, "contentType");
    if kind.is_some_and(|kind| kind != "IMAGE") {
        return Err(Fail::not_simulated("a file that is no image"));
    }
    let alt = inputs::text(file, "alt").map(str::to_owned);
    if alt.as_ref().is_some_and(|alt| alt.chars().count() > MAX_ALT) {
        let message = "The alt value exceeds the maximum limit of 512 characters.";
        errors.add("INVALID_INPUT", &format!("{at}.alt"), message);
    }
    if let Some(id) = inputs::text(file, "id") {
        let known = before.iter().find(|m| Some(m.id) == Gid::of("MediaImage", id));
        if known.is_none() {
            errors.add("INVALID_INPUT", &format!("{at}.id"), format!("File id {id} does not exist."));
        }
        return Ok(known.cloned().map(|m| Media { alt: alt.or(m.alt), ..m }));
    }
    match inputs::text(file, "originalSource") {
        Some(source) if scalars::is_web_url(source) => added(cx, source, alt).map(Some),
        _ => {
            errors.add("INVALID_INPUT", &format!("{at}.originalSource"), "Image URL is invalid");
            Ok(None)
        }
    }
}

fn added(cx: &Cx<'_>, source: &str, alt: Option<String>) -> Result<Media, Fail> {
    Ok(Media { id: cx.store.next_id()?, source: source.to_owned(), alt, added: cx.unix(), created_at: cx.stamp() })
}

/// The image that a variant's `file` names; it must be among the product's files.
pub(super) fn chosen(product: &Product, file: &Input, at: &str, errors: &mut UserErrors) -> Option<i64> {
    let id = inputs::text(file, "id").and_then(|t| Gid::of("MediaImage", t));
    let source = inputs::text(file, "originalSource");
    let found = product.media.iter().find(|m| Some(m.id) == id || Some(m.source.as_str()) == source);
    if found.is_none() {
        let message = "Any file specified for a variant must also be specified in the files input.";
        errors.add("INVALID_INPUT", at, message);
    }
    found.map(|m| m.id)
}
