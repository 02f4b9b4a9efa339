//! Which requests are wanted.

use super::{gist::Gist, order::Sort};
use crate::extract::{ActionKind, Words, schema};
use domain::{AgentName, Record, Role, Tier, text::Lang};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::Deserialize;
use store::keys;
use time::OffsetDateTime;
use utoipa::IntoParams;

/// Which requests, and in which order.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub(in crate::routes::approvals) struct Filter {
    /// Only what this agent, or a specialist of it, proposed.
    #[param(value_type = Option<String>, pattern = "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$", max_length = 80)]
    agent: Option<AgentName>,
    /// Only what agents of this cluster proposed.
    cluster: Option<String>,
    /// Only actions of this type, such as `product.publish`.
    #[serde(rename = "type")]
    #[param(schema_with = schema::action_type, required = false)]
    kind: Option<ActionKind>,
    /// Only actions of this tier: `CEO` or `HIGH`.
    #[param(schema_with = schema::tier, required = false)]
    tier: Option<Tier>,
    /// Only what this role may decide.
    #[param(schema_with = schema::role, required = false)]
    role: Option<Role>,
    /// Only what you may decide, as far as the request itself says.
    #[serde(default)]
    #[param(required = false)]
    mine: bool,
    /// Only what is about at least this much, in units of its own currency.
    #[param(value_type = Option<String>, pattern = r"^[0-9]{1,10}(\.[0-9]{1,2})?$", example = "100.00")]
    amount_min: Option<Cents>,
    /// Only what is about at most this much, in units of its own currency.
    #[param(value_type = Option<String>, pattern = r"^[0-9]{1,10}(\.[0-9]{1,2})?$", example = "1000.00")]
    amount_max: Option<Cents>,
    /// Only what expires before this.
    #[serde(default, with = "time::serde::rfc3339::option")]
    #[param(value_type = Option<String>, format = DateTime)]
    deadline_before: Option<OffsetDateTime>,
    /// Only what expires at this time or later.
    #[serde(default, with = "time::serde::rfc3339::option")]
    #[param(value_type = Option<String>, format = DateTime)]
    deadline_after: Option<OffsetDateTime>,
    /// Only what has this text in what will happen, the target, the agent's name or title, or the id.
    #[param(value_type = Option<String>, max_length = 100)]
    q: Option<Words>,
    /// In which order. Without one: what is due first, by asking others as well or by its deadline.
    #[param(schema_with = schema::approval_sort, required = false)]
    pub(super) sort: Option<Sort>,
    /// Most rows of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<u32>,
    /// `next` of the page before.
    #[param(min_length = 1)]
    pub(super) cursor: Option<String>,
}

/// An amount in cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
struct Cents(i64);

impl TryFrom<String> for Cents {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let plain = text.len() <= 13 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let amount = Decimal::from_str_exact(&text).ok().filter(|amount| plain && amount.scale() <= 2);
        let cents = amount.and_then(|amount| amount.checked_mul(Decimal::ONE_HUNDRED)?.to_i64());
        cents.map(Self).ok_or_else(|| "it is not an amount, expected one such as 12.95".to_owned())
    }
}

impl Filter {
    /// Whether the index is read in its own order, without leaving anything out.
    pub(super) fn is_plain(&self) -> bool {
        let by_line = [self.agent.is_some(), self.cluster.is_some(), self.kind.is_some(), self.tier.is_some()];
        let by_range = [self.amount_min.is_some(), self.amount_max.is_some()];
        let by_time = [self.deadline_before.is_some(), self.deadline_after.is_some(), self.sort.is_some()];
        !by_line.into_iter().chain(by_range).chain(by_time).any(|narrows| narrows)
    }

    /// Whether what the index says of a request fits.
    pub(super) fn wants(&self, gist: &Gist) -> bool {
        let before = |at: OffsetDateTime| gist.deadline < keys::instant(at);
        self.agent.as_ref().is_none_or(|agent| agent.as_str() == gist.agent || agent.as_str() == gist.function())
            && self.cluster.as_deref().is_none_or(|cluster| cluster == gist.cluster())
            && self.kind.as_ref().is_none_or(|kind| kind.as_str() == gist.kind)
            && self.tier.is_none_or(|tier| gist.has_tier(tier))
            && self.amount_min.is_none_or(|least| gist.cents >= least.0)
            && self.amount_max.is_none_or(|most| gist.cents <= most.0)
            && self.deadline_before.is_none_or(before)
            && self.deadline_after.is_none_or(|at| !before(at))
    }

    /// Whether the request itself fits. Who may decide it is asked of policy.
    pub(super) fn fits(&self, record: &Record, lang: Lang) -> bool {
        let roles = record.approval.iter().flat_map(|approval| &approval.roles);
        self.role.is_none_or(|role| roles.clone().any(|asked| *asked == role))
            && self.q.as_ref().is_none_or(|wanted| wanted.are_in(record, lang))
    }

    /// Whether only what the reader may decide is wanted.
    pub(super) const fn is_mine(&self) -> bool {
        self.mine
    }
}
