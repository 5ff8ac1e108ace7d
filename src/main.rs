//! The program: a command line where there is an operating system, a widget where there is a page.

#[cfg(not(target_arch = "wasm32"))]
mod cli;
mod look;
#[cfg(target_arch = "wasm32")]
mod widget;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    cli::main()
}

#[cfg(target_arch = "wasm32")]
fn main() {
    widget::main();
}
