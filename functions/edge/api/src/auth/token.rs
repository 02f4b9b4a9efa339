//! Tokens: which are accepted, and how they are verified.

use super::{App, Person, claims::Claims, keys::NoKey};
use crate::problem::{Kind, Problem};
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation,
    errors::ErrorKind,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse},
};
use runtime::Config;

/// The longest token that is looked at, in bytes.
const LONGEST: usize = 8192;

/// Why a token is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refused {
    #[error("there is no `Authorization: Bearer …` header")]
    Absent,
    #[error("the token is no signed JSON web token")]
    Shape,
    #[error("the token's algorithm is not ES256, RS256 or EdDSA")]
    Algorithm,
    #[error("the token's key is not one of the issuer's")]
    Key,
    #[error("the token's signature does not hold")]
    Signature,
    #[error("the token comes from another issuer")]
    Issuer,
    #[error("the token is made for somebody else than this API")]
    Audience,
    #[error("the token has expired: sign in again")]
    Expired,
    #[error("the token is not valid yet")]
    NotYet,
    #[error("the token's claim `{0}` is missing or not as it must be")]
    Claim(&'static str),
}

impl Refused {
    /// Its name in the counters.
    const fn code(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Shape => "shape",
            Self::Algorithm => "algorithm",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Expired => "expired",
            Self::NotYet => "not_yet",
            Self::Claim(_) => "claim",
        }
    }
}

/// The person that `header` (an `Authorization` header) proves.
pub(super) async fn verify(app: &App, header: Option<&str>) -> Result<Person, Problem> {
    let (issuer, jwks) = configured(app.env().config())?;
    let refused = |refused: Refused| {
        app.metrics().token_refused(refused.code());
        tracing::warn!(security.event = "token_refused", reason = %refused, "token refused");
        Problem::new(Kind::Token, refused.to_string())
    };
    let (token, kid, algorithm) = read(header).map_err(refused)?;
    let key = app.keys().find(app.env(), jwks, &kid, app.now()).await;
    let key = match key {
        Ok(key) => key,
        Err(NoKey::Unknown) => return Err(refused(Refused::Key)),
        Err(NoKey::Unreachable(cause)) => {
            let told = "the issuer's keys cannot be fetched: try again in a moment";
            return Err(Problem::new(Kind::Unavailable, told).caused_by(cause));
        }
    };
    let audience = &app.env().config().audience;
    let claims = check(token, &key, algorithm, (issuer, audience)).map_err(refused)?;
    claims.person(app.now()).map_err(refused)
}

/// Issuer and address of its keys.
fn configured(config: &Config) -> Result<(&str, &str), Problem> {
    let missing = |name: &str| {
        let told = format!("`{name}` is not set: nobody can be recognised");
        Problem::new(Kind::NotConfigured, told)
    };
    let issuer = config.issuer.as_deref();
    let jwks = config.jwks.as_deref();
    Ok((issuer.ok_or_else(|| missing("ROYAL_ISSUER"))?, jwks.ok_or_else(|| missing("ROYAL_JWKS"))?))
}

/// Token, key id and algorithm. Nothing of it is believed yet.
fn read(header: Option<&str>) -> Result<(&str, String, Algorithm), Refused> {
    let (scheme, token) = header.and_then(|header| header.split_once(' ')).ok_or(Refused::Absent)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Refused::Absent);
    }
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

fn check(token: &str, key: &Jwk, algorithm: Algorithm, (issuer, audience): (&str, &str)) -> Result<Claims, Refused> {
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
