//! Codes that let somebody sign in, once. They live as long as the process.

use aws_lc_rs::rand;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The most codes that are open at once; the oldest ends first.
const MOST: usize = 64;

/// The codes that are open.
#[derive(Default)]
pub(crate) struct Codes(Mutex<VecDeque<String>>);

impl Codes {
    /// A new code that nobody can guess.
    pub(crate) fn new_code(&self) -> String {
        let mut bytes = [0_u8; 24];
        if rand::fill(&mut bytes).is_err() {
            return String::new();
        }
        let code = URL_SAFE_NO_PAD.encode(bytes);
        let mut open = self.open();
        open.push_back(code.clone());
        if open.len() > MOST {
            open.pop_front();
        }
        code
    }

    /// Whether a code is open. Looking at it does not use it: browsers and mail programs fetch links ahead.
    pub(crate) fn is_open(&self, code: &str) -> bool {
        !code.is_empty() && self.open().iter().any(|open| open == code)
    }

    /// Uses a code, if it is open.
    pub(crate) fn take(&self, code: &str) -> bool {
        let mut open = self.open();
        let before = open.len();
        open.retain(|other| other != code);
        open.len() < before
    }

    fn open(&self) -> MutexGuard<'_, VecDeque<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
