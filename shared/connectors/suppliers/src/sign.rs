//! Signatures under callbacks: HMAC-SHA256, compared in constant time.

use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// Whether `given` is the Base64 of the body's HMAC under `secret`.
pub(crate) fn base64(secret: &[u8], body: &[u8], given: &str) -> bool {
    STANDARD.decode(given).is_ok_and(|tag| verify(secret, body, &tag))
}

/// Whether `given` is the HMAC in hexadecimal digits, of either case.
pub(crate) fn hexadecimal(secret: &[u8], body: &[u8], given: &str) -> bool {
    hex::decode(given).is_ok_and(|tag| verify(secret, body, &tag))
}

fn verify(secret: &[u8], body: &[u8], tag: &[u8]) -> bool {
    hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, secret), body, tag).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2.
    #[test]
    fn a_known_answer_is_known_and_a_changed_one_is_not() {
        let (secret, body) = (b"Jefe".as_slice(), b"what do ya want for nothing?".as_slice());
        let tag = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let in_base64 = "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=";
        assert!(hexadecimal(secret, body, tag) && hexadecimal(secret, body, &tag.to_uppercase()));
        assert!(base64(secret, body, in_base64));
        for given in ["", "00", &tag[2..], in_base64] {
            assert!(!hexadecimal(secret, body, given), "{given}");
        }
        for given in ["", "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM", tag] {
            assert!(!base64(secret, body, given), "{given}");
        }
        assert!(!base64(b"jefe", body, in_base64) && !base64(secret, b"What do ya want for nothing?", in_base64));
    }
}
