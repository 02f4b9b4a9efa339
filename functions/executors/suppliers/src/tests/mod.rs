//! One order, one payment: whatever fails, however often it is asked for.

mod bench;
mod chaos;
mod outcomes;
mod stops;
mod track;
