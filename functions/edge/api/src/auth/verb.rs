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
            /// Its name in `rights.rego`.
            pub(crate) const fn name(self) -> &'static str {
                match self {$(Self::$name => $wire,)+}
            }
        }
    };
}

verbs! {
    ReadActions = "actions.read", "Looks at actions.";
    ReadActivity = "activity.read", "Looks at what happened today.";
    ReadAgents = "agents.read", "Looks at agents.";
    PauseAgent = "agents.pause", "Stops one agent.";
    ResumeAgent = "agents.resume", "Lifts one's own stop of an agent.";
    ReadApprovals = "approvals.read", "Looks at requests.";
    Approve = "approvals.decide", "Agrees to a request.";
    Reject = "approvals.decide", "Refuses a request.";
    ReadDashboard = "ceo.read", "Looks at the counts of the whole store.";
    ReadControl = "control.read", "Looks at the stop switch.";
    Stop = "control.stop", "Stops something.";
    Resume = "control.resume", "Lifts a stop.";
    ReadJourneys = "journeys.read", "Looks at journeys.";
    ReadMetrics = "metrics.read", "Looks at the counters.";
    CreateTask = "tasks.create", "Gives an agent work.";
    ReadTasks = "tasks.read", "Looks at tasks.";
}

impl Verb {
    /// Whether it gets somebody out of trouble, or shows what it takes to, so that a broken policy must not
    /// forbid it.
    pub(crate) const fn is_way_out(self) -> bool {
        matches!(self, Self::Stop | Self::PauseAgent | Self::Reject | Self::ReadApprovals | Self::ReadControl)
    }
}
