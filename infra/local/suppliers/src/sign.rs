//! Signatures as the services make them.

use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// HMAC-SHA256 in Base64.
pub(crate) fn in_base64(secret: &[u8], body: &[u8]) -> String {
    STANDARD.encode(tag(secret, body))
}

/// HMAC-SHA256 in hexadecimal digits, under a key that is given in such.
pub(crate) fn in_hex(secret: &str, body: &[u8]) -> String {
    hex::encode(tag(&hex::decode(secret).unwrap_or_default(), body))
}

fn tag(secret: &[u8], body: &[u8]) -> hmac::Tag {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), body)
}
