//! What wakes functions: triggers, schedules, rules; and functions that nothing would ever wake.

use super::{Check, expression};
use crate::{
    Trigger,
    model::{Function, Kind, Rule},
};
use domain::AgentName;

impl Check<'_> {
    /// A function answers requests or takes messages, not both; there is one stream reader and one WebSocket, and
    /// only who reads the stream has filters, which are event patterns.
    pub(super) fn triggers(&mut self) {
        for function in &self.catalog.functions {
            if function.wakes.on(Trigger::Http) && function.wakes.all().count() > 1 {
                self.problem(&function.name, "wakes on `http` and on something else: make it two functions");
            }
            for filter in &function.filters {
                if !function.wakes.on(Trigger::Stream) {
                    self.problem(filter, "filters a stream that the function does not read");
                } else if serde_json::from_str::<serde_json::Map<_, serde_json::Value>>(filter.get_ref()).is_err() {
                    self.problem(filter, "is no event pattern: write a JSON object");
                }
            }
        }
        for trigger in [Trigger::Stream, Trigger::Websocket] {
            let woken = |function: &&Function| function.wakes.on(trigger);
            if let Some(second) = self.catalog.functions.iter().filter(woken).nth(1) {
                let why = "wakes on what another function here wakes on: there is one stream and one WebSocket";
                self.problem(&second.name, why);
            }
        }
    }

    pub(super) fn schedules(&mut self) {
        for schedule in &self.catalog.schedules {
            if !self.has_queue(schedule.function()) {
                self.problem(&schedule.name, "wakes a function that has no queue here");
            }
            let kind = schedule.name().rsplit('.').next().unwrap_or_default();
            self.understood(&schedule.name, schedule.function(), kind);
            self.expression(&schedule.every);
        }
        for specialist in &self.catalog.specialists {
            let function = specialist.name.get_ref().split('/').next().unwrap_or_default();
            if !self.has_queue(function) || specialist.name.get_ref().parse::<AgentName>().is_err() {
                self.problem(&specialist.name, "is no specialist of a function here: use `<function>/<specialty>`");
            }
            self.understood(&specialist.kind, function, specialist.kind.get_ref());
            self.expression(&specialist.every);
        }
    }

    /// Whether the function says that it understands schedules of this kind.
    fn understood(&mut self, at: &toml::Spanned<String>, function: &str, kind: &str) {
        let Some(of) = self.catalog.functions.iter().find(|f| f.name() == function) else { return };
        if !of.schedules.iter().any(|known| known.get_ref() == kind) {
            let why = format!("is a schedule that `{function}` does not list: add \"{kind}\" to its `schedules`");
            self.problem(at, &why);
        }
    }

    fn expression(&mut self, every: &toml::Spanned<String>) {
        if let Err(why) = expression::check(every.get_ref()) {
            self.problem(every, &why);
        }
    }

    pub(super) fn rules(&mut self) {
        for rule in &self.catalog.rules {
            if !self.has_queue(rule.queue.get_ref()) {
                self.problem(&rule.queue, "is a queue that nobody reads");
            }
            self.template(rule);
        }
    }

    /// What a rule takes out of the event, and what its message puts in, are the same.
    fn template(&mut self, rule: &Rule) {
        let template = rule.template.as_deref().unwrap_or_default();
        let unused = |name: &&String| !template.contains(&format!("<{name}>"));
        if let Some(name) = rule.paths.keys().find(unused) {
            self.problem(&rule.name, &format!("takes `{name}` out of the event and does not use it"));
        }
        let holes = template.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(name, _)| name);
        if let Some(name) = holes.into_iter().find(|name| !rule.paths.contains_key(*name)) {
            self.problem(
                &rule.name,
                &format!("uses `{name}` and does not take it out of the event: add it to `paths`"),
            );
        }
        if rule.template.is_some() && serde_json::from_str::<serde_json::Value>(template).is_err() {
            self.problem(&rule.name, "has a message that is no JSON");
        }
    }

    /// Schedules that a function waits for and that are not there, and functions that nothing ever wakes.
    pub(super) fn sleepers(&mut self) {
        for function in &self.catalog.functions {
            for kind in &function.schedules {
                if !self.has_schedule(function.name(), kind.get_ref()) {
                    let name = format!("{}.{}", function.name(), kind.get_ref());
                    self.problem(kind, &format!("is a schedule that is missing: add the [[schedule]] `{name}`"));
                }
            }
            if function.wakes.on(Trigger::Queue) && !self.is_woken(function) {
                let why = "is never woken: it has no schedule, no rule sends to its queue, and nobody gives it work";
                self.problem(&function.name, why);
            }
        }
    }

    /// Executors are woken by what is granted, agents by tasks of their cluster's manager; all by schedules and rules.
    fn is_woken(&self, function: &Function) -> bool {
        let manager = format!("{}-manager", function.cluster());
        let is_led = function.name() != manager && self.has_queue(&manager);
        function.kind == Kind::Executor
            || (function.kind == Kind::Agent && is_led)
            || !function.schedules.is_empty()
            || self.catalog.rules.iter().any(|rule| rule.queue.get_ref() == function.name())
    }

    fn has_schedule(&self, function: &str, kind: &str) -> bool {
        let own = format!("{function}.{kind}");
        let of_specialist = |name: &str| name.split('/').next() == Some(function);
        self.catalog.schedules.iter().any(|schedule| schedule.name() == own)
            || self.catalog.specialists.iter().any(|s| of_specialist(s.name.get_ref()) && s.kind.get_ref() == kind)
    }

    fn has_queue(&self, name: &str) -> bool {
        self.catalog.functions.iter().any(|f| f.name() == name && f.wakes.on(Trigger::Queue))
    }
}
