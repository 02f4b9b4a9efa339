//! The program: writes what is made from the catalogue, or says that what was written is of another one.

use crate::{Cloud, check, grants};
use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Where the catalogue lies.
const FOLDER: &str = env!("CARGO_MANIFEST_DIR");
const USAGE: &str = "use: catalog json | grants | check | names
  json    writes infra/catalog/catalog.json, from which the cloud templates are made
  grants  writes infra/GRANTS.md, what each function may do
  check   says what is wrong with catalog.toml, or that one of the two is not of it
  names   prints the functions' names, one on each line";

/// Runs the program with `args`; fails with what is wrong on standard error.
#[must_use]
pub fn run(args: &[String]) -> ExitCode {
    match tried(args) {
        Ok(said) => {
            let _ = writeln!(io::stdout(), "{said}");
            ExitCode::SUCCESS
        }
        Err(wrong) => {
            let _ = writeln!(io::stderr(), "{wrong}");
            ExitCode::FAILURE
        }
    }
}

fn tried(args: &[String]) -> Result<String, String> {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let [what @ ("json" | "grants" | "check" | "names")] = args.as_slice() else { return Err(USAGE.to_owned()) };
    let folder = Path::new(FOLDER);
    let file = folder.join("catalog.toml");
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let catalog = check::read(&text).map_err(|error| error.to_string())?;
    if *what == "names" {
        return Ok(catalog.functions.iter().map(crate::Function::name).collect::<Vec<_>>().join("\n"));
    }
    let made = made(folder, &Cloud::new(&text, &catalog))?;
    match *what {
        "json" => write(&made[0]),
        "grants" => write(&made[1]),
        _ => made.iter().try_for_each(current).map(|()| format!("{} functions hold", catalog.functions.len())),
    }
}

/// A file that is made from the catalogue.
pub(crate) struct Made {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    by: &'static str,
}

/// Both files as they should be.
pub(crate) fn made(folder: &Path, cloud: &Cloud) -> Result<[Made; 2], String> {
    let json = serde_json::to_string_pretty(cloud).map_err(|error| error.to_string())?;
    Ok([
        Made { path: folder.join("catalog.json"), text: format!("{json}\n"), by: "json" },
        Made { path: folder.join("../GRANTS.md"), text: grants::table(cloud), by: "grants" },
    ])
}

fn write(made: &Made) -> Result<String, String> {
    fs::write(&made.path, &made.text).map_err(|error| format!("{}: {error}", made.path.display()))?;
    Ok(format!("wrote {}", made.path.display()))
}

/// Whether what lies there is what should.
///
/// # Errors
/// With the command that mends it.
pub(crate) fn current(made: &Made) -> Result<(), String> {
    let is = fs::read_to_string(&made.path).is_ok_and(|text| text == made.text);
    let name = made.path.file_name().unwrap_or_default().to_string_lossy();
    is.then_some(())
        .ok_or_else(|| format!("{name} is not of this catalog.toml: `cargo run -q -p catalog -- {}`", made.by))
}
