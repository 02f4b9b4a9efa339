//! Trying every step of a journey, or an even part of the steps: all of them with `SWEEP=all` in the environment.

use crate::{feed::Row, sound, world::World};
use serde_json::Value;

/// Every `every`th step, beginning `first` steps after the first one. It is part of the test, not of chance:
/// two samples with other beginnings try other steps.
#[derive(Clone, Copy)]
pub(crate) struct Sample {
    pub(crate) first: u64,
    pub(crate) every: usize,
}

impl Sample {
    /// The steps of this sample from `from` to `last`.
    pub(crate) fn of(self, from: u64, last: u64) -> impl Iterator<Item = u64> {
        let all = std::env::var_os("SWEEP").is_some_and(|value| value == "all");
        let Self { first, every } = if all { Self { first: 0, every: 1 } } else { self };
        (from + first..=last).step_by(every)
    }
}

/// A journey that nothing disturbed.
pub(crate) struct Whole {
    /// AWS calls that it took, the scout's wake included.
    pub(crate) calls: u64,
    /// What it came to.
    pub(crate) ending: Value,
}

/// The journey of a good product, undisturbed.
pub(crate) async fn whole() -> Whole {
    let world = World::of(&[Row::plain("board")]).await;
    world.faults().reset();
    world.scout().await;
    let calls = world.settle().await;
    let ending = sound::ending(&world).await;
    assert_eq!(ending["shop"].as_array().unwrap().len(), 1, "{ending:#}");
    println!("a journey takes {calls} AWS calls: {:?}", world.faults().log());
    Whole { calls, ending }
}
