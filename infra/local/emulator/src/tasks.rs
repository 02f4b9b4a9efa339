//! Background tasks and their orderly end.

use std::future::Future;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

/// Asks loops to end; cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Stop {
    own: watch::Receiver<bool>,
    outer: Option<watch::Receiver<bool>>,
}

impl Stop {
    /// A stop signal, and what sets it off (also by being dropped).
    pub(crate) fn new() -> (watch::Sender<bool>, Self) {
        let (sender, own) = watch::channel(false);
        (sender, Self { own, outer: None })
    }

    /// A signal for one part, which the whole sets off as well.
    pub(crate) fn part(&self) -> (watch::Sender<bool>, Self) {
        let (sender, own) = watch::channel(false);
        let outer = Some(self.own.clone());
        (sender, Self { own, outer })
    }

    /// Resolves once this part or the whole is asked to stop, or its owner is gone.
    pub(crate) async fn requested(&self) {
        let outer = async {
            match self.outer.clone() {
                Some(flag) => raised(flag).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = raised(self.own.clone()) => {}
            () = outer => {}
        }
    }
}

async fn raised(mut flag: watch::Receiver<bool>) {
    // An error means that the owner was dropped, which is a stop as well.
    let _ = flag.wait_for(|stop| *stop).await;
}

/// Starts tasks that carry a token, so that the end of the last one can be awaited.
#[derive(Debug, Clone)]
pub(crate) struct Tasks {
    token: mpsc::Sender<()>,
}

/// Resolves when every task of a [`Tasks`] has ended.
#[derive(Debug)]
pub(crate) struct AllEnded(mpsc::Receiver<()>);

impl Tasks {
    pub(crate) fn new() -> (Self, AllEnded) {
        let (token, ended) = mpsc::channel(1);
        (Self { token }, AllEnded(ended))
    }

    /// Runs `work` beside the caller on the caller's runtime.
    pub(crate) fn spawn<F>(&self, work: F) -> JoinHandle<()>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let token = self.token.clone();
        background(async move {
            work.await;
            drop(token);
        })
    }
}

impl AllEnded {
    /// Waits for the end of all tasks, at most `limit`; false if some were still running.
    pub(crate) async fn wait(mut self, limit: Duration) -> bool {
        tokio::time::timeout(limit, self.0.recv()).await.is_ok()
    }
}

/// Runs `work` to its end even if the caller stops waiting for it.
pub(crate) fn background<F>(work: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    #[allow(
        clippy::disallowed_methods,
        reason = "the local stack is one long-lived process, never frozen between calls"
    )]
    tokio::spawn(work)
}
