//! The sign-in page. It has no scripts and fetches nothing.

use crate::{people::PEOPLE, routes::Asked};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The colours of the page that one comes from.
const STYLE: &str = "\
:root{color-scheme:light dark;--paper:light-dark(#f6f6f8,#131318);--surface:light-dark(#fff,#1b1b22);\
--line:light-dark(#84848f,#74747f);--ink:light-dark(#17171c,#f0f0f4);--ink-2:light-dark(#4b4b57,#bcbcc7);\
--accent:light-dark(#4a3bc4,#a79df5);--sandbox:light-dark(#7a5200,#e9bd5b)}\
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:40rem;margin:0 auto;\
padding:min(10vh,4rem) 1rem 2rem}\
h1{font-size:1.375rem;line-height:1.25;margin:1.5rem 0 .5rem}\
p{color:var(--ink-2);margin:0}\
.sandbox{display:inline-block;color:var(--sandbox);font-size:.8125rem;font-weight:600;border:1px solid;\
border-radius:99px;padding:.05rem .6rem}\
form{display:grid;grid-template-columns:repeat(auto-fill,minmax(16rem,1fr));gap:.5rem;margin:1.5rem 0}\
button{font:inherit;color:inherit;background:var(--surface);border:1px solid var(--line);border-radius:8px;\
padding:.6rem .9rem;text-align:start;display:flex;justify-content:space-between;gap:1rem;cursor:pointer}\
button:hover{border-color:var(--accent)}\
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}\
b{font-weight:600}span{color:var(--ink-2)}";

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
                main {
                    p.sandbox { "SANDBOX: nothing here is real" }
                    (body)
                }
            }
        }
    }
}
