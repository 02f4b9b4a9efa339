//! What may stand on record for ever.
//!
//! The record is never erased, so nothing personal may enter it. Codes pass. Sentences are masked: no mail address,
//! phone or card number, no credential. And of an action or a customer that carries a salt, sentences stay out: the
//! record has their salted digest, while the words themselves stand in the state, which can be erased.

use domain::{Actor, audit::Entry, customer::sealed_words};

/// A longer text is a sentence.
const LONGEST_CODE: usize = 80;

/// The entry as it may be kept, for a thing with this `salt`.
pub(crate) fn kept(mut entry: Entry, salt: Option<&str>) -> Entry {
    let person = matches!(entry.actor, Actor::Person(_));
    for reason in &mut entry.reasons {
        match salt {
            Some(salt) if person || !is_code(reason) => *reason = sealed_words(salt, reason),
            None if person || !is_code(reason) => *reason = mask::text(reason).into_owned(),
            _ => {}
        }
    }
    entry
}

/// A code, an id or a digest: no words of anybody.
fn is_code(text: &str) -> bool {
    text.len() <= LONGEST_CODE && !text.contains(|c: char| c.is_whitespace() || c == '@' || c == '+')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(actor: Actor, reason: &str, salt: Option<&str>) -> String {
        let entry = Entry::new(actor, "rejected", "REJECTED").because([reason]);
        kept(entry, salt).reasons.remove(0)
    }

    #[test]
    fn codes_stay_and_sentences_lose_what_is_personal() {
        let gate = || Actor::Function("gate".into());
        let person = || Actor::Person("olivia".into());
        assert_eq!(said(gate(), "amount_above_limit", None), "amount_above_limit");
        assert_eq!(said(gate(), "gid://shopify/Product/42", Some("salt")), "gid://shopify/Product/42");
        assert_eq!(said(person(), "too dear", None), "too dear");
        let masked = said(person(), "ask jan@example.com first", None);
        assert!(!masked.contains("jan@") && masked.starts_with("ask "), "{masked}");
        assert!(!said(person(), "+31612345678", None).contains("612345678"));
    }

    #[test]
    fn words_about_a_customer_never_enter_the_record() {
        let person = || Actor::Person("olivia".into());
        for words in ["Mrs Jansen called twice", "Jansen"] {
            let (one, other) = (said(person(), words, Some("one")), said(person(), words, Some("other")));
            assert!(!one.contains("Jansen") && one != other, "{one}");
        }
    }
}
