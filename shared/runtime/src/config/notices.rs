//! Whom notices reach, and where.

use super::{list, not_a_url};
use domain::Role;
use std::collections::BTreeMap;

/// Where SendGrid's API is; accounts in the EU have another one.
const SENDGRID: &str = "https://api.sendgrid.com";
/// The longest address that mail knows.
const LONGEST: usize = 254;

/// How approvers are told that something waits for them, or happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notices {
    /// `ROYAL_NOTICES`: channels in use, separated by `;`. Default `mail;chat`; `none` is none.
    pub channels: Vec<String>,
    /// `ROYAL_NOTICE_TO`: addresses by role, such as `owner=ann@shop.example,bob@shop.example;finance=fin@shop.example`.
    pub to: BTreeMap<Role, Vec<String>>,
    /// `ROYAL_NOTICE_FROM`: the address that mail comes from.
    pub from: Option<String>,
    /// `ROYAL_PAGE_URL`: where cards are opened; a notice links to `<page>/inbox/<id>` and nowhere else.
    pub page: Option<String>,
    /// `ROYAL_SENDGRID_URL`: SendGrid's API. Default `https://api.sendgrid.com`.
    pub sendgrid: String,
}

impl Notices {
    /// Reads the settings, and adds to `problems` what is wrong with them.
    pub(super) fn read(var: &dyn Fn(&str) -> Option<String>, problems: &mut Vec<String>) -> Self {
        for name in ["ROYAL_PAGE_URL", "ROYAL_SENDGRID_URL"] {
            problems.extend(var(name).and_then(|value| not_a_url(name, &value)));
        }
        let from = var("ROYAL_NOTICE_FROM");
        problems.extend(from.as_deref().and_then(|from| not_an_address("ROYAL_NOTICE_FROM", from)));
        Self {
            channels: channels(&var("ROYAL_NOTICES").unwrap_or_else(|| "mail;chat".to_owned()), problems),
            to: addresses(&var("ROYAL_NOTICE_TO").unwrap_or_default(), problems),
            from,
            page: var("ROYAL_PAGE_URL").map(base),
            sendgrid: var("ROYAL_SENDGRID_URL").map_or_else(|| SENDGRID.to_owned(), base),
        }
    }
}

fn base(url: String) -> String {
    url.trim_end_matches('/').to_owned()
}

fn channels(text: &str, problems: &mut Vec<String>) -> Vec<String> {
    let named = list(text);
    let known = |name: &str| ["mail", "chat", "none"].contains(&name);
    let strange = named.iter().filter(|name| !known(name));
    problems.extend(strange.map(|name| format!("`ROYAL_NOTICES`: `{name}` is no channel: use mail, chat or none")));
    named.into_iter().filter(|name| name != "none").collect()
}

fn addresses(text: &str, problems: &mut Vec<String>) -> BTreeMap<Role, Vec<String>> {
    const NAME: &str = "ROYAL_NOTICE_TO";
    let mut to: BTreeMap<Role, Vec<String>> = BTreeMap::new();
    for part in list(text) {
        let Some((role, people)) = part.split_once('=') else {
            problems.push(format!("`{NAME}`: `{part}` has no `=`: use `owner=ann@shop.example`"));
            continue;
        };
        let people: Vec<String> = people.split(',').map(|person| person.trim().to_owned()).collect();
        problems.extend(people.iter().filter_map(|person| not_an_address(NAME, person)));
        match role.trim().parse::<Role>() {
            Ok(role) => to.entry(role).or_default().extend(people),
            Err(error) => problems.push(format!("`{NAME}`: {error}")),
        }
    }
    to
}

fn not_an_address(name: &str, text: &str) -> Option<String> {
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '"' | ';' | ',');
    let is_one =
        text.split_once('@').is_some_and(|(who, host)| !who.is_empty() && !host.is_empty() && !host.contains('@'));
    let fits = is_one && text.len() <= LONGEST && text.chars().all(plain);
    (!fits).then(|| format!("`{name}`: `{text}` is no mail address: use one such as `ann@shop.example`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(vars: &[(&str, &str)]) -> (Notices, Vec<String>) {
        let mut problems = Vec::new();
        let var = |name: &str| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        (Notices::read(&var, &mut problems), problems)
    }

    #[test]
    fn a_role_may_have_several_addresses_and_a_page_no_slash_at_its_end() {
        let to = "owner = ann@shop.example, bob@shop.example; finance=fin@shop.example;owner=cid@shop.example";
        let (notices, problems) = read(&[("ROYAL_NOTICE_TO", to), ("ROYAL_PAGE_URL", "https://desk.example/")]);
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(notices.to[&Role::Owner], ["ann@shop.example", "bob@shop.example", "cid@shop.example"]);
        assert_eq!(notices.to[&Role::Finance], ["fin@shop.example"]);
        assert_eq!(notices.page.as_deref(), Some("https://desk.example"));
        assert_eq!(notices.channels, ["mail", "chat"]);
        assert_eq!(read(&[("ROYAL_NOTICES", "none")]).0.channels, Vec::<String>::new());
    }

    #[test]
    fn whatever_is_wrong_is_named_with_its_variable() {
        let wrong = [
            ("ROYAL_NOTICE_TO", "ann@shop.example"),
            ("ROYAL_NOTICE_TO", "boss=ann@shop.example"),
            ("ROYAL_NOTICE_TO", "owner=ann"),
            ("ROYAL_NOTICE_TO", "owner="),
            ("ROYAL_NOTICE_TO", "owner=ann@shop.example\nbcc:all@shop.example"),
            ("ROYAL_NOTICE_FROM", "Royal <royal@shop.example>"),
            ("ROYAL_PAGE_URL", "desk.example"),
            ("ROYAL_SENDGRID_URL", "ftp://sendgrid.example"),
            ("ROYAL_NOTICES", "mail;pigeon"),
        ];
        for (name, value) in wrong {
            let problems = read(&[(name, value)]).1;
            assert!(problems.len() == 1 && problems[0].contains(name), "{name}={value}: {problems:?}");
        }
    }
}
