//! The embedded official schema, decompressed and parsed once per process.

use apollo_compiler::collections::HashMap;
use apollo_compiler::schema::Implementers;
use apollo_compiler::validation::Valid;
use apollo_compiler::{Name, Schema};
use flate2::read::GzDecoder;
use std::io::Read;
use std::sync::OnceLock;

const SDL: &[u8] = include_bytes!("../schema/admin_2026-07.graphql.gz");
/// The SDL uses this built-in directive without declaring it.
const ONE_OF: &str = "directive @oneOf on INPUT_OBJECT\n";

/// The official schema and the map of its interfaces, which is costly to compute.
pub(crate) struct Admin {
    pub(crate) schema: Valid<Schema>,
    pub(crate) implementers: HashMap<Name, Implementers>,
}

/// The parsed schema. The first caller pays for the parsing (see `Shop::open`, which starts it on
/// its own thread); an `Err` means that the embedded file itself is broken.
pub(crate) fn admin() -> Result<&'static Admin, &'static str> {
    static ADMIN: OnceLock<Result<Admin, String>> = OnceLock::new();
    ADMIN.get_or_init(parse).as_ref().map_err(String::as_str)
}

fn parse() -> Result<Admin, String> {
    let mut sdl = ONE_OF.to_owned();
    GzDecoder::new(SDL).read_to_string(&mut sdl).map_err(|e| e.to_string())?;
    let schema = Schema::parse_and_validate(sdl, "admin_2026-07.graphql").map_err(|e| e.errors.to_string())?;
    let implementers = schema.implementers_map();
    Ok(Admin { schema, implementers })
}

#[cfg(test)]
mod tests;
