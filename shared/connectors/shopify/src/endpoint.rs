//! Where the shop's Admin API is.

use reqwest::Url;

/// The API version that every document of this crate is checked against.
pub const API_VERSION: &str = "2026-07";

/// An address that is no Admin GraphQL endpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{url}` is not the address of a shop's Admin API: {reason}")]
pub struct BadEndpoint {
    url: String,
    reason: String,
}

/// The address of one shop's Admin GraphQL API, in the version that this crate speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    url: Url,
}

impl Endpoint {
    /// An endpoint from a shop's address (`https://example.myshopify.com`), or from the full one
    /// (`…/admin/api/2026-07/graphql.json`).
    ///
    /// # Errors
    /// When it is no URL, names another API version, or would send the token in the clear over a
    /// network.
    pub fn parse(text: &str) -> Result<Self, BadEndpoint> {
        let wrong = |reason: String| BadEndpoint { url: text.chars().take(200).collect(), reason };
        let mut url = Url::parse(text.trim()).map_err(|error| wrong(error.to_string()))?;
        if !is_private(&url) {
            return Err(wrong("it must start with `https://`".to_owned()));
        }
        let path = format!("/admin/api/{API_VERSION}/graphql.json");
        if url.path().trim_matches('/').is_empty() {
            url.set_path(&path);
        }
        if url.path() != path {
            return Err(wrong(format!("its path must be `{path}`")));
        }
        Ok(Self { url })
    }

    /// The full address.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.url
    }
}

/// TLS, or a server on this machine.
fn is_private(url: &Url) -> bool {
    let here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    url.scheme() == "https" || (url.scheme() == "http" && here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_shop_of_this_version_is_an_endpoint() {
        let full = "https://a.myshopify.com/admin/api/2026-07/graphql.json";
        let good = [
            ("https://a.myshopify.com", full),
            ("https://a.myshopify.com/", full),
            (full, full),
            ("http://127.0.0.1:4000", "http://127.0.0.1:4000/admin/api/2026-07/graphql.json"),
        ];
        for (text, url) in good {
            assert_eq!(Endpoint::parse(text).unwrap().url().as_str(), url);
        }
        let bad = [
            ("a.myshopify.com", "relative URL without a base"),
            ("http://a.myshopify.com", "it must start with `https://`"),
            ("ftp://127.0.0.1", "it must start with `https://`"),
            (
                "https://a.myshopify.com/admin/api/2026-04/graphql.json",
                "its path must be `/admin/api/2026-07/graphql.json`",
            ),
        ];
        for (text, reason) in bad {
            let error = Endpoint::parse(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}
