//! A cluster in a path.

use crate::{auth::Permit, extract::Named, problem::Problem};
use std::{fmt, str::FromStr};

/// The name of a cluster; whether there is such a one, [`ClusterName::known`] says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ClusterName(String);

impl FromStr for ClusterName {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let fits = !name.is_empty() && name.bytes().all(plain);
        if fits { Ok(Self(name.to_owned())) } else { Err(format!("`{name}` is no name of a cluster")) }
    }
}

impl fmt::Display for ClusterName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Named for ClusterName {
    const WHAT: &'static str = "cluster";
}

impl ClusterName {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The same, if the catalogue has an agent of it.
    ///
    /// # Errors
    /// When it has none.
    pub(super) fn known(self, permit: &Permit) -> Result<Self, Problem> {
        let is_here = permit.roster().members().iter().any(|member| member.name.cluster() == self.0);
        if is_here { Ok(self) } else { Err(Problem::not_found("cluster", &self.0)) }
    }
}
