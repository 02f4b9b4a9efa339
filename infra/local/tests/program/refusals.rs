//! What the program says when it cannot start.

use crate::running::{Running, folder, royal};
use std::{
    fs,
    net::TcpListener,
    process::{Command, Output},
};

/// Runs the program, which must refuse to start, and returns the one line that it says.
fn refusal(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (said, log) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert_eq!(status.code(), Some(1), "{said}{log}");
    let said = format!("{said}{log}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said.strip_prefix("royal: ").unwrap().trim_end().to_owned()
}

#[test]
fn a_port_that_is_taken_is_named() {
    let (folder, taken) = (folder(), TcpListener::bind("127.0.0.1:0").unwrap());
    let port = taken.local_addr().unwrap().port().to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_royal"));
    command.current_dir(folder.path()).args([
        "--state",
        "state",
        "--port",
        &port,
        "--no-page",
        "--feed",
        "products.csv",
    ]);
    let said = refusal(&mut command);
    assert!(said.contains(&format!("port {port} is in use")) && said.contains("--port"), "{said}");
}

#[test]
fn a_state_folder_of_another_layout_is_named_and_left_alone() {
    let folder = folder();
    let state = folder.path().join("state");
    fs::create_dir(&state).unwrap();
    fs::write(state.join("layout"), "0").unwrap();
    fs::write(state.join("treasure"), "kept").unwrap();
    let said = refusal(&mut royal(folder.path(), &["--feed", "products.csv"]));
    assert!(said.contains("layout `0`") && said.contains("--fresh"), "{said}");
    assert_eq!(fs::read_to_string(state.join("treasure")).unwrap(), "kept");
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = folder();
    fs::write(folder.path().join("file"), "in the way").unwrap();
    for unwritable in ["file/below", "/proc/royal"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_royal"));
        command.current_dir(folder.path()).args([
            "--state",
            unwritable,
            "--port",
            "0",
            "--no-page",
            "--feed",
            "products.csv",
        ]);
        let said = refusal(&mut command);
        assert!(said.contains(unwritable) && said.contains("cannot be written"), "{said}");
    }
}

#[test]
fn a_feed_that_is_not_there_is_named() {
    let folder = folder();
    let said = refusal(&mut royal(folder.path(), &["--feed", "nowhere.csv"]));
    assert!(said.contains("`nowhere.csv` does not exist") && said.contains("--feed"), "{said}");
}

#[test]
fn a_state_folder_in_use_is_left_to_the_one_that_uses_it() {
    let folder = folder();
    let first = Running::start(folder.path());
    first.line("ready in");
    let said = refusal(&mut royal(folder.path(), &["--feed", "products.csv"]));
    assert!(said.contains("in use by another run"), "{said}");
    let fresh = refusal(&mut royal(folder.path(), &["--fresh", "--feed", "products.csv"]));
    assert!(fresh.contains("in use by another run"), "{fresh}");
}
