//! Tokens: which are accepted, and how they are verified.

use crate::{Refused, claims::Claims};
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation,
    errors::ErrorKind,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse},
};

/// The longest token that is looked at, in bytes.
const LONGEST: usize = 8192;

/// Token, key id and algorithm. Nothing of it is believed yet.
pub(crate) fn read(token: &str) -> Result<(&str, String, Algorithm), Refused> {
    let token = token.trim();
    if token.len() > LONGEST {
        return Err(Refused::Shape);
    }
    // An algorithm that the library does not know, `none` among them, does not even parse.
    let header = jsonwebtoken::decode_header(token).map_err(|_| Refused::Shape)?;
    let allowed = [Algorithm::ES256, Algorithm::RS256, Algorithm::EdDSA];
    if !allowed.contains(&header.alg) {
        return Err(Refused::Algorithm);
    }
    if header.crit.is_some() {
        return Err(Refused::Shape);
    }
    Ok((token, header.kid.ok_or(Refused::Key)?, header.alg))
}

/// What `token` claims, if it is signed with `key` and made by this issuer for this audience. Its times are
/// not looked at yet.
pub(crate) fn check(
    token: &str,
    key: &Jwk,
    algorithm: Algorithm,
    (issuer, audience): (&str, &str),
) -> Result<Claims, Refused> {
    if !made_for(key, algorithm) {
        return Err(Refused::Key);
    }
    let mut rules = Validation::new(algorithm);
    rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    rules.set_issuer(&[issuer]);
    rules.set_audience(&[audience]);
    // The library asks the machine's clock; the times are checked against ours.
    rules.validate_exp = false;
    let key = DecodingKey::from_jwk(key).map_err(|_| Refused::Key)?;
    jsonwebtoken::decode::<Claims>(token, &key, &rules).map(|data| data.claims).map_err(|error| why(error.kind()))
}

/// Whether the issuer published this key for signatures of this algorithm. The token does not choose.
fn made_for(key: &Jwk, algorithm: Algorithm) -> bool {
    let fits = match (&key.algorithm, algorithm) {
        (AlgorithmParameters::EllipticCurve(ec), Algorithm::ES256) => ec.curve == EllipticCurve::P256,
        (AlgorithmParameters::OctetKeyPair(okp), Algorithm::EdDSA) => okp.curve == EllipticCurve::Ed25519,
        (AlgorithmParameters::RSA(_), Algorithm::RS256) => true,
        _ => false,
    };
    let common = &key.common;
    let signs = common.public_key_use.as_ref().is_none_or(|wanted| *wanted == PublicKeyUse::Signature);
    let named = common.key_algorithm.is_none_or(|named| named == algorithm.into());
    fits && signs && named
}

fn why(error: &ErrorKind) -> Refused {
    match error {
        ErrorKind::InvalidSignature => Refused::Signature,
        ErrorKind::InvalidIssuer => Refused::Issuer,
        ErrorKind::InvalidAudience => Refused::Audience,
        ErrorKind::MissingRequiredClaim(name) => Refused::Claim(match name.as_str() {
            "exp" => "exp",
            "iss" => "iss",
            "aud" => "aud",
            _ => "sub",
        }),
        ErrorKind::Json(_) => Refused::Claim("exp, iss, sub or roles"),
        _ => Refused::Signature,
    }
}
