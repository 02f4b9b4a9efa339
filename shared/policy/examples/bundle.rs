//! Writes the bundle of a folder of policies: `cargo run -p policy --example bundle -- policies policies.bundle`.
//!
//! A function that is delivered with a bundle opens it; one that is delivered with the folder checks and compiles it
//! at its start, which takes ten times as long as everything else that it does before its first event.

use policy::{Policy, PolicyError};
use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [folder, bundle] = paths.as_slice() else { return Err("usage: bundle <folder> <file>".into()) };
    let bytes =
        Policy::load(folder).and_then(|policy| policy.bundle()).map_err(|wrong: PolicyError| wrong.to_string())?;
    Ok(fs::write(bundle, bytes.bytes)?)
}
