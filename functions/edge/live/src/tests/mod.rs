mod bench;
mod doors;
mod log;
mod order;
mod talks;
