//! The program: a command line where there is an operating system, a widget where there is a page.

#[cfg(not(target_arch = "wasm32"))]
mod cli;
mod look;
#[cfg(target_arch = "wasm32")]
mod widget;

// SAFETY: a page's module has one thread, and no other allocator.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::TalckWasm = unsafe { talc::TalckWasm::new_global() };

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    cli::main()
}

#[cfg(target_arch = "wasm32")]
fn main() {
    widget::main();
}
