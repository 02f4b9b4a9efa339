//! Every part of the system goes by one name: crate, folder, binary, catalogue entry, sample event, policy.

use catalog::{Kind, Trigger, catalog};
use std::{fs, path::Path};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
/// Agents that ask no decision rule of their own.
const WITHOUT_RULES: [&str; 5] =
    ["product-manager", "product-publisher", "finance-manager", "finance-analyst", "finance-tax"];

fn exists(path: &str) -> bool {
    Path::new(ROOT).join(path).exists()
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(path)).unwrap()
}

#[test]
fn every_function_of_the_catalogue_has_one_name_everywhere() {
    let mut wrong = Vec::new();
    for function in &catalog().unwrap().functions {
        let (name, folder) = (function.name(), &function.folder);
        let manifest = read(&format!("{folder}/Cargo.toml"));
        let last = folder.rsplit('/').next().unwrap();
        let sample = |trigger| match trigger {
            Trigger::Queue => format!("events/sqs/{name}.json"),
            Trigger::Stream => format!("events/stream/{name}.json"),
            Trigger::Http => "events/api/healthz.json".to_owned(),
            Trigger::Websocket => format!("events/websocket/{name}.json"),
        };
        let samples: Vec<String> = function.wakes.all().map(sample).collect();
        let checks = [
            ("its crate", manifest.contains(&format!("name = \"{name}\""))),
            ("its folder", name == last || name.ends_with(&format!("-{last}"))),
            (
                "a binary of its name",
                exists(&format!("{folder}/src/main.rs")) && !manifest.contains("[[bin]]\nname = \"bootstrap\""),
            ),
            ("a sample event", samples.iter().all(|path| exists(path))),
            ("a main.rs of at most ten lines", read(&format!("{folder}/src/main.rs")).lines().count() <= 10),
        ];
        wrong.extend(checks.iter().filter(|(_, holds)| !holds).map(|(what, _)| format!("{name}: {what}")));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_agent_that_decides_by_rules_has_its_policy_package() {
    let catalog = catalog().unwrap();
    let agents = catalog.functions.iter().filter(|function| function.kind == Kind::Agent);
    for agent in agents.map(catalog::Function::name).filter(|name| !WITHOUT_RULES.contains(name)) {
        let rules = match agent.split_once('-') {
            Some((_, job)) => vec![format!("agents/{job}")],
            None => vec![format!("{agent}/action"), format!("{agent}/product")],
        };
        for rule in rules {
            let text = read(&format!("policies/royal/{rule}.rego"));
            let package = format!("package royal.{}", rule.replace('/', "."));
            assert!(text.contains(&package), "{agent}: `{package}`");
            assert!(exists(&format!("policies/royal/{rule}_test.rego")), "{agent}: tests beside {rule}");
        }
    }
}

#[test]
fn every_sample_event_belongs_to_a_function() {
    let catalog = catalog().unwrap();
    for (folder, trigger) in [("sqs", Trigger::Queue), ("stream", Trigger::Stream), ("websocket", Trigger::Websocket)] {
        for entry in fs::read_dir(Path::new(ROOT).join("events").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let known = catalog.functions.iter().any(|function| function.name() == name && function.wakes.on(trigger));
            assert!(known || (folder, name.as_str()) == ("stream", "action"), "{}", path.display());
        }
    }
}
