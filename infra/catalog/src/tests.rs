use super::*;

#[test]
fn the_catalogue_of_this_release_holds() {
    let catalog = catalog().unwrap();
    assert!(catalog.queued().count() >= 9);
    assert!(catalog.agents().iter().any(|(name, _)| name == "ceo"));
}

#[test]
fn only_the_relay_sends_and_only_executors_have_secrets() {
    let catalog = catalog().unwrap();
    let senders: Vec<_> = catalog.functions.iter().filter(|f| f.sends).map(Function::name).collect();
    assert_eq!(senders, ["relay"]);
    let keepers = |f: &&Function| !f.secrets.is_empty() && f.kind != Kind::Executor;
    let keepers: Vec<_> = catalog.functions.iter().filter(keepers).map(Function::name).collect();
    assert_eq!(keepers, ["notify"], "who only tells people has the keys of mail and chat");
}

#[test]
fn a_function_is_woken_by_one_thing_or_by_several() {
    let catalog = catalog().unwrap();
    let wakes = |name: &str| {
        let function = catalog.functions.iter().find(|f| f.name() == name).unwrap();
        function.wakes.all().collect::<Vec<_>>()
    };
    assert_eq!(wakes("relay"), [Trigger::Stream]);
    assert_eq!(wakes("live"), [Trigger::Queue, Trigger::Websocket]);
    assert!(catalog.queued().any(|f| f.name() == "live"));
}

#[test]
fn a_rule_without_events_is_about_all_of_ours() {
    let catalog = catalog().unwrap();
    let pattern = |name: &str| catalog.rules.iter().find(|rule| rule.name.get_ref() == name).unwrap().pattern();
    assert_eq!(pattern("watching"), serde_json::json!({ "source": ["royal"] }));
    assert_eq!(pattern("stopped-journeys")["detail-type"], serde_json::json!(["journey:stopped"]));
    assert_eq!(pattern("notices-of-deeds")["detail"], serde_json::json!({ "tier": ["MEDIUM"] }));
}

#[test]
fn every_function_has_the_folder_and_the_crate_of_its_name() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    for function in &catalog().unwrap().functions {
        let manifest = std::fs::read_to_string(format!("{root}/{}/Cargo.toml", function.folder)).unwrap();
        assert!(manifest.contains(&format!("name = \"{}\"", function.name())), "{}", function.name());
    }
}

#[test]
fn a_wrong_catalogue_is_refused_with_the_line() {
    let whole = include_str!("../catalog.toml");
    let line = |text: &str, part: &str| text.lines().position(|line| line.contains(part)).unwrap() + 1;
    let cases = [
        (
            whole.replace(
                "\"FACT#\", \"BUDGET#\", \"DIGEST#\"]\nwrites = [\"PROPOSAL#\"",
                "\"FATC#\"]\nwrites = [\"PROPOSAL#\"",
            ),
            "FATC#",
            "is no part of the table",
        ),
        (whole.replace("name = \"relay\"", "name = \"gate\""), "", "is there twice"),
        (whole.replace("clock.minutely", "clok.minutely"), "clok", "wakes a function that has no queue"),
        (whole.replace("queue = \"ceo\"", "queue = \"seo\""), "seo", "is a queue that nobody reads"),
        (whole.replace("wakes = \"stream\"", "wakes = \"dream\""), "dream", "unknown variant"),
        (whole.replace("wakes = \"stream\"", "wakes = []"), "wakes = []", "nothing wakes it"),
        (whole.replace("wakes = \"http\"", "wakes = [\"http\", \"queue\"]"), "name = \"api\"", "make it two functions"),
        (whole.replace("wakes = \"http\"", "wakes = \"websocket\""), "name = \"live\"", "one WebSocket"),
        (whole.replace("wakes = \"stream\"", "wakes = \"queue\""), "{\"eventName\"", "does not read"),
        (whole.replace("{\"eventName\"", "\"eventName\""), "\"eventName\": [\"INSERT", "is no event pattern"),
        (whole.replace("\"journey\":\"<journey>\"", "\"journey\":1"), "stopped-journeys", "does not use it"),
        (
            whole.replace("writes = [\"TASK#\", \"JOURNEY#\"", "writes = [\"ACTION#\", \"JOURNEY#\""),
            "writes = [\"ACTION#\", \"JOURNEY#\"",
            "agents propose",
        ),
    ];
    for (text, part, reason) in cases {
        let error = check::read(&text).unwrap_err().to_string();
        assert!(error.contains(reason), "{reason} in: {error}");
        if !part.is_empty() {
            assert!(error.contains(&format!("line {}:", line(&text, part))), "line of {part} in: {error}");
        }
    }
}
