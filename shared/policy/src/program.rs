//! One entry point of the rules, compiled.

mod slim;

use crate::{
    PolicyError,
    bundle::{Late, late},
};
use regorus::{
    Engine, Rc, Value,
    languages::rego::compiler::Compiler,
    rvm::{
        RegoVM,
        program::{DeserializationResult, Program as Code},
    },
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

/// Steps of the virtual machine that one answer may take: more than five times what the longest one takes.
pub(crate) const BUDGET: usize = 20_000;

/// A compiled entry point and the tables it reads.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    rule: &'static str,
    /// Nothing where this engine cannot read it.
    code: Late<Option<Arc<Code>>>,
    data: Late<Value>,
}

impl Program {
    /// Compiles `rule`, such as `data.royal.risk.decision`.
    pub(crate) fn compile(engine: &mut Engine, data: &Late<Value>, rule: &'static str) -> Result<Self, PolicyError> {
        let compiled = engine.compile_with_entrypoint(&Rc::from(rule)).map_err(|cause| broken(rule, &cause))?;
        let code =
            Compiler::compile_from_policy(&compiled, &[rule]).map_err(|cause| broken(rule, &cause.to_string()))?;
        // The machine asks for this at every run; that no rule stands where a table does is shown once.
        code.check_rule_data_conflicts(data.as_ref()).map_err(|cause| broken(rule, &cause))?;
        let code = Arc::new(slim::slim(Arc::unwrap_or_clone(code)));
        Ok(Self { rule, code: late(move || Some(code)), data: Arc::clone(data) })
    }

    /// The compiled rule as bytes.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, PolicyError> {
        self.code().and_then(|code| code.serialize_binary()).map_err(PolicyError::Damaged)
    }

    /// The compiled rule in `bytes`, which are read when it is first asked. They must have been found whole before, and
    /// written by this engine: the engine itself does not notice where they are not.
    pub(crate) fn from_bytes(bytes: Box<[u8]>, data: &Late<Value>, rule: &'static str) -> Self {
        let read = move || match Code::deserialize_binary(&bytes).ok()? {
            DeserializationResult::Complete(code) => Some(Arc::new(code)),
            DeserializationResult::Partial(_) => None,
        };
        Self { rule, code: late(read), data: Arc::clone(data) }
    }

    fn code(&self) -> Result<&Arc<Code>, String> {
        self.code.as_ref().as_ref().ok_or_else(|| format!("the engine does not read the program of `{}`", self.rule))
    }

    /// The rule's answer, from a fresh machine: nothing is left of the call before.
    pub(crate) fn run(&self, input: Value) -> Result<Value, PolicyError> {
        self.run_within(BUDGET, input)
    }

    /// The rule's answer, if it takes no more than `steps`.
    pub(crate) fn run_within(&self, steps: usize, input: Value) -> Result<Value, PolicyError> {
        let no_answer = |cause: String| PolicyError::NoAnswer { rule: self.rule, cause };
        // A panic in the machine must refuse one action, not end the function.
        let answer = catch_unwind(AssertUnwindSafe(|| self.execute(steps, input)))
            .map_err(|_| no_answer("the rule machine broke down".to_owned()))?
            .map_err(no_answer)?;
        match answer {
            Value::Undefined => Err(no_answer("no rule speaks".to_owned())),
            answer => Ok(answer),
        }
    }

    fn execute(&self, steps: usize, input: Value) -> Result<Value, String> {
        let mut vm = RegoVM::new();
        vm.load_program(Arc::clone(self.code()?));
        vm.set_max_instructions(steps);
        vm.set_data(Value::clone(&self.data)).map_err(|cause| cause.to_string())?;
        vm.set_input(input);
        vm.execute().map_err(|cause| cause.to_string())
    }
}

/// A value as bytes: the literal of a program that does nothing.
pub(crate) fn literal_to_bytes(value: &Value) -> Result<Vec<u8>, PolicyError> {
    let code = slim::slim(Code { literals: vec![value.clone()], ..Code::new() });
    code.serialize_binary().map_err(PolicyError::Damaged)
}

/// The value in `bytes`, which must have been found whole before; undefined where this engine reads none.
pub(crate) fn literal_from_bytes(bytes: &[u8]) -> Value {
    match Code::deserialize_binary(bytes) {
        Ok(DeserializationResult::Complete(mut code)) => code.literals.pop().unwrap_or(Value::Undefined),
        Ok(DeserializationResult::Partial(_)) | Err(_) => Value::Undefined,
    }
}

/// A file or entry point that the engine refuses after all checks.
pub(crate) fn broken(rule: &str, cause: &dyn std::fmt::Display) -> PolicyError {
    PolicyError::Broken(vec![crate::check::engine_problem(rule, &cause.to_string())])
}
