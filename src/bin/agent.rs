//! The field agent's view, the third wasm module: fetched when its tab is first opened, so that the
//! merchant's chat carries nothing of it.

#![deny(clippy::unwrap_used, clippy::expect_used)]

#[cfg(target_arch = "wasm32")]
#[path = "../agent/mod.rs"]
mod agent;

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    eprintln!("agent 是给浏览器用的模块，用 make run 构建。命令行请用 posdoc");
    std::process::ExitCode::from(2)
}
