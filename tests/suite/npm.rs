//! The npm package: packed, installed and bundled as a web team does it, and its types.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{dist, root};

/// Runs a tool of `target/tools`, which `make tools-npm` installs.
fn tool(script: &str) -> Command {
    let file = root().join("target/tools/node_modules").join(script);
    assert!(file.is_file(), "{script} is missing: run `make tools-npm`, or `make test` for everything");
    let mut command = Command::new("node");
    command.arg(file).current_dir(root());
    command
}

#[track_caller]
fn fine(command: &mut Command) -> String {
    let output = command.output().expect("the command runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

#[test]
fn the_types_know_every_attribute_method_and_event_in_react_vue_and_plain_typescript() {
    let said = fine(tool("typescript/bin/tsc").args(["-p", "tests/npm/tsconfig.json", "--listFiles"]));
    for file in ["types/plain.ts", "types/react.tsx", "types/vue.ts", "react.d.ts", "vue.d.ts", "posdoc.d.ts"]
    {
        assert!(said.contains(file), "{file} was not read");
    }
    // Every attribute of the loader stands in the types and in what checks them.
    let loader = fs::read_to_string(root().join("static/posdoc.js")).expect("readable");
    let list = loader.split("const ATTRIBUTES = [").nth(1).and_then(|rest| rest.split(']').next());
    let list = list.expect("the list of attributes");
    for name in list.split(", ").map(|name| name.trim_matches('"')) {
        for file in ["tests/npm/types/react.tsx", "tests/npm/types/vue.ts", "docs/embedding.md"] {
            let text = fs::read_to_string(root().join(file)).expect("readable");
            assert!(text.contains(name), "{file} does not know {name}");
        }
    }
}

/// The package as `make dist` puts it together.
fn package(folder: &Path) {
    fs::create_dir_all(folder.join("site")).expect("writable");
    for file in ["posdoc.mjs", "posdoc.d.ts", "react.d.ts", "vue.d.ts", "package.json"] {
        fs::copy(root().join("static").join(file), folder.join(file)).expect("copied");
    }
    fs::copy(dist().join("posdoc.js"), folder.join("site/posdoc.js")).expect("copied");
}

#[test]
fn the_package_packs_installs_and_bundles() {
    let folder = tempfile::tempdir().expect("a folder");
    let (made, used) = (folder.path().join("made"), folder.path().join("used"));
    package(&made);
    fs::create_dir_all(&used).expect("writable");
    fine(Command::new("npm").args(["pack", "--silent", "--pack-destination"]).arg(&used).current_dir(&made));
    fs::write(used.join("package.json"), "{ \"name\": \"help\", \"private\": true }").expect("writable");
    fine(
        Command::new("npm")
            .args(["install", "--offline", "--silent", "--no-audit", "--no-fund", "./posdoc-0.1.0.tgz"])
            .current_dir(&used),
    );
    let installed = used.join("node_modules/posdoc");
    for file in ["posdoc.mjs", "posdoc.d.ts", "react.d.ts", "vue.d.ts", "site/posdoc.js"] {
        assert!(installed.join(file).is_file(), "{file} is not in the package");
    }
    // On a server, importing does nothing.
    fs::write(used.join("server.mjs"), "import { load } from 'posdoc'; console.log(typeof load);")
        .expect("writable");
    assert_eq!(fine(Command::new("node").arg("server.mjs").current_dir(&used)), "function\n");
    fs::write(
        used.join("page.js"),
        "import { load } from 'posdoc'; load('/posdoc/posdoc.js', { hotline: '400' });",
    )
    .expect("writable");
    let bundle =
        fine(tool("esbuild/bin/esbuild").arg(used.join("page.js")).args(["--bundle", "--format=esm"]));
    assert!(bundle.contains("createElement(\"script\")") && bundle.contains("/posdoc/posdoc.js"), "{bundle}");
}
