//! Tells approvers by mail and chat what waits for them and what happened.
