//! Every binary of a function, started as Lambda starts it.
//!
//! The other tests call the libraries; that a `main` reads what it needs, and a binary is linked with what it uses,
//! shows only here. `.config/nextest.toml` builds the binaries first.
#![allow(clippy::unwrap_used, clippy::panic, reason = "all of it is test code")]

use cold::{
    functions::{self, Binary},
    start::{self, Started},
    world::World,
};
use std::path::PathBuf;

/// Where the binaries of this build are.
fn built() -> PathBuf {
    std::env::current_exe().unwrap().ancestors().nth(2).unwrap().to_owned()
}

fn all() -> Vec<Binary> {
    let (there, missing) = functions::all(&built()).unwrap();
    assert!(missing.is_empty(), "not built: {}: `cargo build --workspace --bins`", missing.join(", "));
    there
}

async fn world() -> World {
    World::start(&functions::root().join("policies")).await.unwrap()
}

async fn started(binary: &Binary, world: &World) -> anyhow::Result<()> {
    let needs = start::needs(&binary.path, world).await?;
    let mut started = Started::start(&binary.path, &world.environment(&needs)).await?;
    started.invoke(&binary.event).await?;
    started.end().await
}

#[tokio::test]
async fn every_function_starts_and_answers_and_asks_for_more() {
    let world = world().await;
    let mut problems = Vec::new();
    for binary in all() {
        if let Err(error) = started(&binary, &world).await {
            problems.push(format!("{}: {error:#}", binary.name));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[tokio::test]
async fn a_function_without_a_setting_that_it_needs_ends_and_names_it() {
    let (world, mut named) = (world().await, Vec::new());
    for binary in all() {
        if let Err(error) = Started::start(&binary.path, &world.environment(&[])).await {
            let said = error.to_string();
            assert!(said.contains("the configuration is not complete: `ROYAL_"), "{}: {said}", binary.name);
            assert!(said.contains("` is not set"), "{}: {said}", binary.name);
            named.push(binary.name);
        }
    }
    assert!(named.contains(&"relay".to_owned()), "it cannot send anything without its queues: {named:?}");
}

#[tokio::test]
async fn a_wrong_setting_is_named_with_what_it_should_be() {
    let (world, gate) = (world().await, all().into_iter().find(|binary| binary.name == "gate").unwrap());
    let mut environment = world.environment(&[]);
    environment.insert("ROYAL_CURRENCY".to_owned(), "EURO".to_owned());
    environment.insert("ROYAL_SHOP_URL".to_owned(), "shop.example".to_owned());
    let said = Started::start(&gate.path, &environment).await.err().unwrap().to_string();
    assert!(said.contains("`ROYAL_CURRENCY`") && said.contains("`ROYAL_SHOP_URL`: `shop.example`"), "{said}");
}
