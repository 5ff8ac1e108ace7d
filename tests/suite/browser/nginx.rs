//! The nginx configuration of `docs/embedding.md`, taken from there and run on what `make dist` hands out.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::driver::{Browser, Engine, Result};
use super::server::{Server, Setup};
use super::site::file;
use crate::{HANGS, posdoc, root};

/// nginx with the site below `/posdoc/`; stops when dropped.
struct Nginx {
    process: Child,
    port: u16,
    folder: TempDir,
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // The one that listens has children of its own, which it takes along.
        let _ = Command::new("kill").args(["-QUIT", &self.process.id().to_string()]).status();
        let _ = self.process.wait();
    }
}

/// The configuration as the guide gives it.
fn documented() -> String {
    let guide = fs::read_to_string(root().join("docs/embedding.md")).expect("readable");
    let (_, rest) = guide.split_once("```nginx\n").expect("the guide has a configuration");
    rest.split_once("```").expect("it ends").0.to_owned()
}

/// What `make dist` puts on a server, as far as this is about.
fn site() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let made = posdoc().args(["dist", "--compress", "--out"]).arg(folder.path().join("posdoc")).output();
    let made = made.expect("posdoc runs");
    assert!(made.status.success(), "run `make build` first: {}", String::from_utf8_lossy(&made.stderr));
    folder
}

fn nginx() -> PathBuf {
    let tools = root().join("target/tools/nginx");
    assert!(tools.join("usr/sbin/nginx").is_file(), "nginx is missing: run `make tools-test`");
    tools
}

impl Nginx {
    /// With the module for brotli, or as it is without, when the line that needs it is left out.
    fn start(brotli: bool) -> Self {
        let (tools, folder) = (nginx(), site());
        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = port.expect("a port").port();
        let root = folder.path().display().to_string();
        let mut locations = documented().replace("/srv/www", &root);
        assert!(locations.contains(&root), "the guide's folder is another one now");
        let module = tools.join("usr/lib/nginx/modules/ngx_http_brotli_static_module.so");
        let mut load = format!("load_module {};\n", module.display());
        if !brotli {
            load.clear();
            locations = locations
                .lines()
                .filter(|line| !line.contains("brotli_static"))
                .collect::<Vec<_>>()
                .join("\n");
        }
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|what| format!("{what}_temp_path {root}/{what};\n"))
            .concat();
        // Started by root, it would otherwise read the site as somebody who may not.
        let configuration = format!(
            "{load}user root;\ndaemon off;\nworker_processes 1;\npid {root}/pid;\nerror_log {root}/errors;\nevents {{}}\n\
             http {{\naccess_log off;\n{temporary}server {{\nlisten 127.0.0.1:{port};\nserver_name localhost;\n{locations}\n}}\n}}\n"
        );
        let file = folder.path().join("nginx.conf");
        fs::write(&file, configuration).expect("writable");
        let process = Command::new(tools.join("usr/sbin/nginx"))
            .args(["-p", &root, "-e", "errors", "-c"])
            .arg(&file)
            .stderr(Stdio::null())
            .spawn()
            .expect("nginx starts");
        let mut nginx = Self { process, port, folder };
        let waited = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = nginx.process.try_wait().expect("a process").is_some();
            let errors = fs::read_to_string(nginx.folder.path().join("errors")).unwrap_or_default();
            assert!(!ended && waited.elapsed() < HANGS, "nginx does not start: {errors}");
            std::thread::sleep(Duration::from_millis(20));
        }
        nginx
    }

    fn served(&self) -> PathBuf {
        self.folder.path().join("posdoc")
    }

    /// The answer to a request for `name` below `/posdoc/` that takes these encodings.
    fn get(&self, name: &str, encodings: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("nginx listens");
        let request = format!(
            "GET /posdoc/{name} HTTP/1.1\r\nHost: localhost\r\nOrigin: https://example.com\r\n\
             Accept-Encoding: {encodings}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("answered");
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("headers end");
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let (status, headers) = head.split_once("\r\n").expect("a status");
        let headers = headers.lines().filter_map(|line| line.split_once(": "));
        Answer {
            status: status.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a number"),
            headers: headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect(),
            body: bytes[end + 4..].to_vec(),
        }
    }
}

struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// Every file of the site by its name, but for the packed ones beside them.
fn files(site: &Path) -> Vec<String> {
    let list = fs::read(site.join("files.json")).expect("readable");
    let list: serde_json::Value = serde_json::from_slice(&list).expect("JSON");
    let names = list["files"].as_array().expect("a list").iter();
    names
        .map(|file| file["name"].as_str().expect("a name").to_owned())
        .chain(["files.json".to_owned()])
        .collect()
}

fn mime(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "js" | "mjs" => "text/javascript",
        "wasm" => "application/wasm",
        "css" => "text/css",
        "html" => "text/html",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "pack" => "application/octet-stream",
        // For people to read.
        "jsx" => "text/plain",
        other => panic!("what type is .{other}? say it here and in docs/embedding.md"),
    }
}

#[test]
fn nginx_serves_every_file_as_the_guide_promises() {
    for brotli in [true, false] {
        let nginx = Nginx::start(brotli);
        let site = nginx.served();
        let names = files(&site);
        assert!(names.len() > 20, "{names:?}");
        for name in &names {
            let answer = nginx.get(name, "br, gzip");
            assert_eq!(answer.status, 200, "{name}");
            assert_eq!(answer.header("content-type"), mime(name), "{name}");
            assert_eq!(answer.header("access-control-allow-origin"), "*", "{name}");
            assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin", "{name}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{name}");
            let hashed =
                name.split('.').nth(1).is_some_and(|part| part.len() == 10) && name.matches('.').count() == 2;
            let caching = if hashed { "public, max-age=31536000, immutable" } else { "max-age=300" };
            assert_eq!(answer.header("cache-control"), caching, "{name}");
            // Packed beforehand, byte for byte, where packing is worth it.
            let (encoding, ending) = if brotli { ("br", "br") } else { ("gzip", "gz") };
            match fs::read(site.join(format!("{name}.{ending}"))) {
                Ok(packed) => {
                    assert_eq!(answer.header("content-encoding"), encoding, "{name}");
                    assert!(answer.body == packed, "{name} is not the packed file");
                }
                Err(_) => assert!(name.ends_with(".png") || name == "files.json", "{name} is not packed"),
            }
            let plain = nginx.get(name, "identity");
            assert_eq!(plain.header("content-encoding"), "", "{name}");
            assert!(plain.body == fs::read(site.join(name)).expect("readable"), "{name} is another file");
        }
        for (start, end) in [("posdoc.", ".js"), ("widget_bg.", ".wasm"), ("interface.", ".pack")] {
            assert!(file(&site, start, end).is_file(), "{start}…{end}");
        }
        // What is missing is said to be, and others may read that.
        for name in ["nothing.js", "widget_bg.0123456789.wasm"] {
            let answer = nginx.get(name, "br");
            assert_eq!((answer.status, answer.header("access-control-allow-origin")), (404, "*"), "{name}");
        }
    }
}

#[test]
fn a_page_elsewhere_gets_its_chat_from_nginx() {
    for engine in Engine::ALL {
        println!("in {engine:?}");
        let nginx = Nginx::start(engine != Engine::Firefox);
        let page = tempfile::tempdir().expect("a folder");
        let start = root().join("tests/suite/hostile/start.js");
        fs::copy(start, page.path().join("start.js")).expect("copied");
        let text = format!(
            "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>某某支付</title><script src=\"/start.js\"></script></head>\
             <body><script src=\"http://localhost:{}/posdoc/posdoc.js\" defer></script></body></html>",
            nginx.port
        );
        fs::write(page.path().join("index.html"), text).expect("writable");
        let theirs = Server::start(Setup::of(page.path()));
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let outcome: Result<()> = runtime.block_on(async {
            let browser = Browser::open(engine, &theirs.address("/")).await?;
            browser.launch().await?;
            browser.say("装了纸还说没纸").await?;
            browser.newest("[data-topic=paper-out]").await?;
            assert_eq!(browser.complaints().await?, Vec::<String>::new());
            browser.close().await;
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("in {engine:?}: {error}"));
    }
}
