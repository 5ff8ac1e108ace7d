//! A folder served by the product's own command, and copies of it to be spoiled.

use std::cell::RefCell;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use tempfile::TempDir;

use crate::posdoc;

/// A running server; stops when dropped.
pub(super) struct Site {
    server: RefCell<Child>,
    port: u16,
}

impl Site {
    pub(super) fn serve(folder: &Path) -> Self {
        let mut server = posdoc()
            .args(["serve", "--port", "0"])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let said = server.stdout.as_mut().expect("a pipe");
        BufReader::new(said).read_line(&mut line).expect("the server says where it is");
        let port = line
            .split("localhost:")
            .nth(1)
            .and_then(|rest| rest.split('/').next())
            .and_then(|port| port.parse().ok());
        Self { server: RefCell::new(server), port: port.unwrap_or_else(|| panic!("no port in {line:?}")) }
    }

    pub(super) fn address(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// From now on nothing answers: the network is gone.
    pub(super) fn stop(&self) {
        let mut server = self.server.borrow_mut();
        let _ = server.kill();
        let _ = server.wait();
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A copy of the site, with a byte flipped in the pack whose name begins with `start`.
pub(super) fn damaged(dist: &Path, start: &str) -> TempDir {
    let folder = copy(dist);
    let file = file(folder.path(), start, ".pack");
    let mut bytes = fs::read(&file).expect("readable");
    bytes[5_000] ^= 0x40;
    fs::write(&file, bytes).expect("writable");
    folder
}

/// The file of the site whose name begins and ends so.
pub(super) fn file(folder: &Path, start: &str, end: &str) -> PathBuf {
    let files = fs::read_dir(folder).expect("a folder").map(|file| file.expect("readable").path());
    let named = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with(start) && name.ends_with(end)
    };
    files.into_iter().find(named).unwrap_or_else(|| panic!("no {start}*{end} in the site"))
}

pub(super) fn copy(dist: &Path) -> TempDir {
    fn all(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("writable");
        for file in fs::read_dir(from).expect("a folder") {
            let path = file.expect("readable").path();
            let to = to.join(path.file_name().expect("a name"));
            if path.is_dir() {
                all(&path, &to);
            } else {
                fs::copy(&path, &to).expect("copied");
            }
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    all(dist, folder.path());
    folder
}
