//! A server in this process that notes what it is asked for, and can be set up as badly as servers are.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

/// How a server answers.
#[derive(Debug, Clone, Default)]
pub(super) struct Setup {
    /// Folders, each under the path where it is found.
    folders: Vec<(String, PathBuf)>,
    /// Types for endings, instead of the right ones.
    types: HashMap<&'static str, &'static str>,
    /// Whether what is missing is answered with a page, as single-page sites are set up.
    page_for_all: bool,
    /// A header of every answer.
    header: Option<(&'static str, &'static str)>,
}

impl Setup {
    /// `folder` at `/`, as it should be.
    pub(super) fn of(folder: &Path) -> Self {
        Self::default().and("/", folder)
    }

    /// `folder` at `path` too, which ends in a slash.
    pub(super) fn and(mut self, path: &str, folder: &Path) -> Self {
        self.folders.push((path.to_owned(), folder.to_owned()));
        // The longest path knows best.
        self.folders.sort_by_key(|(path, _)| usize::MAX - path.len());
        self
    }

    /// Files with this ending served as this type.
    pub(super) fn typed(mut self, ending: &'static str, mime: &'static str) -> Self {
        self.types.insert(ending, mime);
        self
    }

    /// A page for what is missing, instead of 404.
    pub(super) fn with_a_page_for_all(mut self) -> Self {
        self.page_for_all = true;
        self
    }

    /// This header on every answer.
    pub(super) fn with_header(mut self, name: &'static str, value: &'static str) -> Self {
        self.header = Some((name, value));
        self
    }

    fn answer(&self, uri: &Uri) -> Response {
        let mut answer = self.plain_answer(uri);
        if let Some((name, value)) = self.header {
            answer.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        answer
    }

    fn plain_answer(&self, uri: &Uri) -> Response {
        let cors = [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (header::CACHE_CONTROL, "no-cache")];
        let path = uri.path();
        let found = self.folders.iter().find_map(|(at, folder)| {
            let below = path.strip_prefix(at.as_str())?;
            let below = if below.is_empty() || below.ends_with('/') {
                format!("{below}index.html")
            } else {
                below.to_owned()
            };
            std::fs::read(folder.join(&below)).ok().map(|bytes| (below, bytes))
        });
        match found {
            Some((name, bytes)) => {
                let ending = name.rsplit('.').next().unwrap_or_default();
                let right = match ending {
                    "html" => "text/html; charset=utf-8",
                    "js" => "text/javascript",
                    "css" => "text/css",
                    "wasm" => "application/wasm",
                    "svg" => "image/svg+xml",
                    _ => "application/octet-stream",
                };
                let mime = self.types.get(ending).copied().unwrap_or(right);
                (cors, [(header::CONTENT_TYPE, mime)], bytes).into_response()
            }
            None if self.page_for_all => {
                (cors, [(header::CONTENT_TYPE, "text/html")], "<!doctype html><title>首页</title>")
                    .into_response()
            }
            None => (StatusCode::NOT_FOUND, cors, "").into_response(),
        }
    }
}

/// A running server; stops when dropped.
pub(super) struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Server {
    pub(super) fn start(setup: Setup) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://localhost:{}", listener.local_addr().expect("an address").port());
        listener.set_nonblocking(true).expect("a socket");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let noted = asked.clone();
        runtime.spawn(async move {
            let answer = move |request: Request| {
                let uri = request.uri().clone();
                // Browsers ask for a page's icon by themselves.
                if !uri.path().contains("favicon") {
                    noted.lock().expect("a list").push(format!("{} {uri}", request.method()));
                }
                let answer = setup.answer(&uri);
                async move { answer }
            };
            let listener = tokio::net::TcpListener::from_std(listener).expect("a socket");
            axum::serve(listener, Router::new().fallback(answer)).await
        });
        Self { address, asked, runtime: Some(runtime) }
    }

    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// What has been asked for, as `GET /posdoc.js`, since the last time.
    pub(super) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().expect("a list"))
    }
}
