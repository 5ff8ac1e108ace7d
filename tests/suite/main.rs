//! The one integration test binary: one module per feature. See README.md beside this file.

mod analyzer;
mod browser;
mod cli;
mod content;
mod dead_ends;
mod dialog;
mod growth;
mod layering;
mod layout;
mod npm;
mod overlay;
mod pack;
mod reports;
mod simulate;
mod sizes;
mod suggesting;
mod understanding;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use posdoc::content::KnowledgeBase;
use posdoc::index::Pack;
use posdoc::matching::{self, Part};

/// What takes longer than this, even on a busy machine, grows worse than its input.
const HANGS: std::time::Duration = std::time::Duration::from_secs(30);

/// The repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The command line as built for this run, started in the repository.
fn posdoc() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_posdoc"));
    command.current_dir(root());
    command
}

/// The content, read once.
fn base() -> &'static KnowledgeBase {
    static BASE: OnceLock<KnowledgeBase> = OnceLock::new();
    BASE.get_or_init(|| posdoc::content::load(&root().join("content")).expect("content/ can be listed").0)
}

/// The whole pack of the content, built once.
fn pack() -> Pack<'static> {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    let bytes = BYTES.get_or_init(|| {
        let built = matching::build(base(), 1).expect("the content can be built");
        built.finish(|section| Part::Whole.holds(section))
    });
    Pack::open(bytes).expect("a pack just built is sound")
}

/// The built site; the tests that need it say how to get it.
fn dist() -> PathBuf {
    let dist = root().join("dist");
    assert!(
        dist.join("posdoc.js").is_file(),
        "dist/ is missing: run `make build` first, or `make test` for everything"
    );
    dist
}
