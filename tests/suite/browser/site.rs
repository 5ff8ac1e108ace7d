//! A folder served by the product's own command, and copies of it to be spoiled.

use std::cell::RefCell;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use tempfile::TempDir;

use crate::posdoc;

/// What a watched page keeps, and where its pages ask for it.
const WATCH: &str = "window.complaints=[];\
    addEventListener('securitypolicyviolation',(e)=>complaints.push(e.violatedDirective+' '+e.blockedURI));\
    addEventListener('error',(e)=>complaints.push(e.message));\
    addEventListener('unhandledrejection',(e)=>complaints.push(String(e.reason)));";

/// A running server; stops when dropped.
pub(super) struct Site {
    server: RefCell<Child>,
    port: u16,
    served: PathBuf,
    /// What is served, where it is a copy of ours.
    folder: Option<TempDir>,
}

/// A server of `folder` at `port`, or at any that is free, and where it is.
fn start(folder: &Path, port: u16, more: &[&str]) -> (Child, u16) {
    let mut server = posdoc()
        .args(["serve", "--port", &port.to_string()])
        .args(more)
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
    (server, port.unwrap_or_else(|| panic!("no port in {line:?}")))
}

impl Site {
    /// `folder` as it is.
    pub(super) fn serve(folder: &Path) -> Self {
        Self::serve_with(folder, &[])
    }

    fn serve_with(folder: &Path, more: &[&str]) -> Self {
        let (server, port) = start(folder, 0, more);
        Self { server: RefCell::new(server), port, served: folder.to_owned(), folder: None }
    }

    /// Somebody else's site: the pages of `folder`, which embed the chat from `origin`, without a policy
    /// but their own.
    pub(super) fn foreign(folder: &Path, origin: &str) -> Self {
        let copied = copy(folder);
        let mut site = Self::serve_with(copied.path(), &["--policy", ""]);
        let own = site.address("");
        for file in fs::read_dir(copied.path()).expect("a folder").map(|file| file.expect("readable").path())
        {
            let text = fs::read_to_string(&file).expect("readable");
            let text = text.replace("{{origin}}", origin).replace("{{host}}", &own);
            fs::write(&file, text).expect("writable");
        }
        site.folder = Some(copied);
        site
    }

    /// A copy of `folder`, changed by `alter` beforehand.
    pub(super) fn altered(folder: &Path, alter: impl FnOnce(&Path)) -> Self {
        let copied = copy(folder);
        alter(copied.path());
        let mut site = Self::serve(copied.path());
        site.folder = Some(copied);
        site
    }

    /// A copy of `folder` whose pages keep what the policy forbids and what is thrown, for
    /// `Browser::complaints`, and run `first` before anything else does.
    pub(super) fn watched(folder: &Path, first: &str) -> Self {
        Self::altered(folder, |folder| {
            fs::write(folder.join("watch.js"), format!("{WATCH}{first}")).expect("writable");
            for page in [folder, &folder.join("demo")].into_iter().flat_map(pages) {
                let text = fs::read_to_string(&page).expect("readable");
                let text = text.replacen("<head>", "<head><script src=\"/watch.js\"></script>", 1);
                fs::write(&page, text).expect("writable");
                // Packed copies would be served instead of the page.
                for packed in ["html.br", "html.gz"] {
                    let _ = fs::remove_file(page.with_extension(packed));
                }
            }
        })
    }

    /// A copy of `folder` with a byte flipped in the pack whose name begins with `start`.
    pub(super) fn damaged(folder: &Path, start: &str) -> Self {
        Self::altered(folder, |folder| {
            let file = file(folder, start, ".pack");
            let mut bytes = fs::read(&file).expect("readable");
            bytes[5_000] ^= 0x40;
            fs::write(&file, bytes).expect("writable");
        })
    }

    /// What is served, where it is a copy of ours.
    pub(super) fn folder(&self) -> &Path {
        self.folder.as_ref().expect("a copy of ours").path()
    }

    /// The file of an altered site whose name begins and ends so.
    pub(super) fn file(&self, start: &str, end: &str) -> PathBuf {
        file(self.folder(), start, end)
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

    /// The network is back: the same folder at the same address.
    pub(super) fn start_again(&self) {
        self.stop();
        *self.server.borrow_mut() = start(&self.served, self.port, &[]).0;
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop();
    }
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

/// A copy of `dist` that vanishes with this.
pub(crate) fn copy(dist: &Path) -> TempDir {
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

fn pages(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().filter_map(|file| Some(file.ok()?.path()));
    files.filter(|path| path.extension().is_some_and(|extension| extension == "html")).collect()
}
