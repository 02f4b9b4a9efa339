//! What can be asked, in the words of `rights.rego`.

macro_rules! verbs {
    ($($name:ident = $wire:literal, $doc:literal;)+) => {
        /// What a request does.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Verb {$(
            #[doc = $doc]
            $name,
        )+}

        impl Verb {
            /// All of them.
            pub(super) const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name in `rights.rego`.
            pub(crate) const fn name(self) -> &'static str {
                match self {$(Self::$name => $wire,)+}
            }
        }
    };
}

verbs! {
    ProposeAction = "actions.propose", "Proposes an action.";
    WithdrawAction = "actions.withdraw", "Takes back what was proposed.";
    UndoAction = "actions.undo", "Asks to undo what was executed.";
    ReadActions = "actions.read", "Looks at actions.";
    ReadActivity = "activity.read", "Looks at what happened today.";
    ReadAgents = "agents.read", "Looks at agents.";
    BeatAgent = "agents.heartbeat", "Says that an agent is alive.";
    PauseAgent = "agents.pause", "Stops one agent.";
    ResumeAgent = "agents.resume", "Lifts one's own stop of an agent.";
    ReadApprovals = "approvals.read", "Looks at requests.";
    Approve = "approvals.decide", "Agrees to a request.";
    Reject = "approvals.decide", "Refuses a request.";
    ExportAudit = "audit.export", "Takes the record along.";
    ReadAudit = "audit.read", "Looks at the record.";
    VerifyAudit = "audit.verify", "Has the record checked.";
    ReadBudgets = "budgets.read", "Looks at budgets.";
    Comment = "approvals.comment", "Says something about a request.";
    Delegate = "approvals.delegate", "Lets somebody else decide in one's place.";
    Modify = "approvals.modify", "Changes what a request asks for.";
    ReadDashboard = "ceo.read", "Looks at the counts of the whole store.";
    ReadClusters = "clusters.read", "Looks at how a cluster does.";
    ReadControl = "control.read", "Looks at the stop switch.";
    Stop = "control.stop", "Stops something.";
    Resume = "control.resume", "Asks for a stop to be lifted.";
    EraseCustomer = "customers.erase", "Has what is known of a customer erased.";
    ReadCustomer = "customers.read", "Looks at what is known of a customer.";
    ProposeGoal = "goals.propose", "Asks for a goal to be another one.";
    ReadJourneys = "journeys.read", "Looks at journeys.";
    ReadMetrics = "metrics.read", "Looks at the counters.";
    ConfirmOrder = "orders.confirm", "Says that an order was placed by hand.";
    ReadOrders = "orders.read", "Looks at orders.";
    ReadSlip = "orders.slip", "Looks at what is to be ordered by hand, with the address.";
    DecideTax = "orders.tax", "Says how an order is taxed, where nobody else can.";
    BacktestPolicy = "policies.backtest", "Tries an edited policy on what was decided.";
    CheckPolicy = "policies.check", "Has an edited policy checked.";
    ExplainPolicy = "policies.explain", "Asks why something was decided.";
    ProposePolicy = "policies.propose", "Asks for an edited policy to decide.";
    ReadPolicy = "policies.read", "Looks at the policy.";
    ReplayPolicy = "policies.replay", "Has a decision made again by its revision.";
    RollBackPolicy = "policies.rollback", "Puts an earlier revision back.";
    ShadowPolicy = "policies.shadow", "Has a draft judge beside the policy.";
    ReadReports = "reports.read", "Looks at what the books say.";
    CreateTask = "tasks.create", "Gives an agent work.";
    ReadTasks = "tasks.read", "Looks at tasks.";
}

impl Verb {
    /// Whether it gets somebody out of trouble, or shows what it takes to, so that a broken policy must not
    /// forbid it.
    pub(crate) const fn is_way_out(self) -> bool {
        self.stays_open() || matches!(self, Self::PauseAgent)
    }

    /// Whether no policy at all can close it: to refuse a request, to stop, to roll back, and to see what there is to
    /// be refused, stopped and rolled back.
    pub(crate) const fn stays_open(self) -> bool {
        matches!(
            self,
            Self::Stop
                | Self::Reject
                | Self::RollBackPolicy
                | Self::ReadApprovals
                | Self::ReadControl
                | Self::ReadPolicy
        )
    }
}
