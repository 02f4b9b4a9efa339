//! The decision rules beside the gate's: what agents, the CEO function and the API ask.
//!
//! Each module holds the typed input and answer of one rule; ask it with [`crate::Policy::rule`].
//! Whole numbers only, units in the names. A fact that is not known stays `None`: the rule says what
//! it could not do without.

pub mod access;
pub mod ceo;
pub mod desk;
pub mod fraud;
pub mod fulfillment;
pub mod inventory;
pub mod live;
pub mod pricing;
pub mod scout;
pub mod vetting;

/// An entry point of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The tier of an action, and why; ask through [`crate::Policy::judge`].
    Risk,
    /// [`scout`]
    Scout,
    /// [`vetting`]
    Vetting,
    /// [`pricing`]
    Pricing,
    /// [`fraud`]
    Fraud,
    /// [`fulfillment`]
    Fulfillment,
    /// [`inventory`]
    Inventory,
    /// [`ceo::Product`]
    CeoProduct,
    /// [`ceo::Action`]
    CeoAction,
    /// [`access`]
    Access,
    /// [`desk`]
    Desk,
    /// [`live`]
    Live,
}

/// The whole decision, as decision logs and tools of others ask for it: what [`Rule::Risk`] says of a proposal together with
/// what [`Rule::Desk`] says of its type.
pub(crate) const DECISION: &str = "data.royal.risk.decision";

impl Rule {
    /// All entry points.
    pub const ALL: [Self; 12] = [
        Self::Risk,
        Self::Scout,
        Self::Vetting,
        Self::Pricing,
        Self::Fraud,
        Self::Fulfillment,
        Self::Inventory,
        Self::CeoProduct,
        Self::CeoAction,
        Self::Access,
        Self::Desk,
        Self::Live,
    ];

    /// Its path in the rules.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Risk => "data.royal.risk.verdict",
            Self::Scout => "data.royal.agents.scout.result",
            Self::Vetting => "data.royal.agents.vetting.result",
            Self::Pricing => "data.royal.agents.pricing.result",
            Self::Fraud => "data.royal.agents.fraud.result",
            Self::Fulfillment => "data.royal.agents.fulfillment.result",
            Self::Inventory => "data.royal.agents.inventory.result",
            Self::CeoProduct => "data.royal.ceo.product.result",
            Self::CeoAction => "data.royal.ceo.action.result",
            Self::Access => "data.royal.access.result",
            Self::Desk => "data.royal.approvals.desk",
            Self::Live => "data.royal.live.result",
        }
    }
}
