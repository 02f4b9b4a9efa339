//! The sign-in page. It has no scripts and fetches nothing.

use crate::{people::PEOPLE, routes::Asked};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:0 auto;padding:2rem 1rem}\
h1{font-size:1.5rem;line-height:1.2;margin:1.5rem 0 .5rem}\
.sandbox{font-size:.875rem;font-weight:600;border:1px solid;border-radius:.5rem;padding:.4rem .8rem;margin:0}\
form{display:grid;grid-template-columns:repeat(auto-fill,minmax(16rem,1fr));gap:.5rem;margin:1.5rem 0}\
button{font:inherit;color:inherit;background:Canvas;border:1px solid #8888;border-radius:.5rem;padding:.6rem .9rem;\
text-align:left;display:flex;justify-content:space-between;gap:1rem;cursor:pointer}\
button:hover{border-color:currentColor}\
:focus-visible{outline:3px solid Highlight;outline-offset:2px}\
b{font-weight:600}";

/// Who do you want to be?
pub(crate) fn choose(asked: &Asked) -> Markup {
    let kept = [
        ("response_type", Some(&asked.response_type)),
        ("client_id", Some(&asked.client_id)),
        ("redirect_uri", Some(&asked.redirect_uri)),
        ("code_challenge", Some(&asked.code_challenge)),
        ("code_challenge_method", Some(&asked.code_challenge_method)),
        ("state", asked.state.as_ref()),
        ("nonce", asked.nonce.as_ref()),
    ];
    frame(&html! {
        h1 { "Who do you want to be?" }
        p { "These people are invented. Two of each role, so that you can try what needs two people." }
        form method="post" action="authorize" {
            @for (name, value) in kept {
                @if let Some(value) = value { input type="hidden" name=(name) value=(value); }
            }
            @for person in PEOPLE {
                button name="person" value=(person.account) { b { (person.name) } " " span { (person.role) } }
            }
        }
    })
}

/// Nobody signs in this way.
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
