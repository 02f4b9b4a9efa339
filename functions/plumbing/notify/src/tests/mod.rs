//! Against the real table and the sandbox of mail and chat.

mod bench;
mod doubt;
mod once;
mod told;
