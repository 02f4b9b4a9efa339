//! The sign-in pages. They have no scripts and fetch nothing.

use crate::people::PEOPLE;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}\
.sandbox{background:#b30;color:#fff;padding:.3rem .8rem;font-weight:bold}\
button{font:inherit;padding:.4rem .8rem;min-width:18rem;text-align:left}\
form{margin:.3rem 0}\
textarea,pre{width:100%;box-sizing:border-box;font-family:ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}";

/// Who do you want to be?
pub(crate) fn choose(code: &str) -> Markup {
    frame(&html! {
        h1 { "Who do you want to be?" }
        p { "These people are invented. Two of each role, so that you can try what needs two people." }
        @for person in PEOPLE {
            form method="post" action="sign-in" {
                input type="hidden" name="code" value=(code);
                input type="hidden" name="person" value=(person.account);
                button { (person.name) " (" (person.role) ")" }
            }
        }
    })
}

/// Here is your token.
pub(crate) fn signed_in(person: &str, token: &str, url: &str, again: &str) -> Markup {
    frame(&html! {
        h1 { "You are " (person) }
        p { label for="token" { "Your token, good for twelve hours:" } }
        textarea id="token" readonly rows="6" { (token) }
        p { "For example:" }
        pre { "curl -H 'Authorization: Bearer " (token) "' " (url) "/api/v1/approvals" }
        p { a href=(again) { "Sign in as somebody else" } }
    })
}

/// This link does not work.
pub(crate) fn refused(why: &str) -> Markup {
    frame(&html! {
        h1 { "This did not work" }
        p { (why) }
    })
}

/// The style, for its hash.
pub(crate) const fn style() -> &'static str {
    STYLE
}

fn frame(body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Sign in: SANDBOX" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                p.sandbox { "SANDBOX: nothing here is real" }
                (body)
            }
        }
    }
}
