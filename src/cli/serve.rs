//! `posdoc serve`: a folder over HTTP as any decent host would serve it: right types, 404 for what
//! is missing, CORS for the widget's files, the policy that everything is built under, and brotli for
//! files that lie there as `<name>.br` too.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, bail};
use axum::Router;
use axum::http::{HeaderName, HeaderValue};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use super::{Outcome, out};

/// The content security policy of design §9; on the app's pages nothing needs more.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; manifest-src 'self'; worker-src 'self'";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 要提供的文件夹
    #[arg(default_value = "dist")]
    dist: PathBuf,
    /// 端口；0 表示随便一个空的
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// 内容安全策略；给空的就不发，像没有设置策略的网站
    #[arg(long, default_value = POLICY)]
    policy: String,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    if !args.dist.join("index.html").is_file() {
        bail!("{} 里没有 index.html。先 make build", args.dist.display());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(args))?;
    Ok(Outcome::Fine)
}

async fn serve(args: &Args) -> anyhow::Result<()> {
    let address = SocketAddr::from(([127, 0, 0, 1], args.port));
    let listener = match tokio::net::TcpListener::bind(address).await {
        Ok(listener) => listener,
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            bail!("端口 {} 已经被别的程序占用。换一个：make run PORT=8081", args.port)
        }
        Err(error) => return Err(error).with_context(|| format!("监听端口 {}", args.port)),
    };
    let header = |name: &'static str, value: &'static str| {
        SetResponseHeaderLayer::overriding(HeaderName::from_static(name), HeaderValue::from_static(value))
    };
    let app = Router::new()
        .fallback_service(ServeDir::new(&args.dist).precompressed_br().precompressed_gzip())
        .layer(header("access-control-allow-origin", "*"))
        // For pages that isolate themselves from other origins (COEP).
        .layer(header("cross-origin-resource-policy", "cross-origin"))
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("cache-control", "no-cache"));
    let policy = HeaderValue::from_str(&args.policy).context("策略里有不能放进响应头的字符")?;
    let app = match args.policy.as_str() {
        "" => app,
        _ => app.layer(SetResponseHeaderLayer::overriding(
            HeaderName::from_static("content-security-policy"),
            policy,
        )),
    };
    let bound = listener.local_addr()?;
    out::line(&format!(
        "POS 机医生在 http://localhost:{}/ ，演示帮助页在 /demo/ 。按 Ctrl-C 停止",
        bound.port()
    ))?;
    axum::serve(listener, app)
        .with_graceful_shutdown(async {
            let _ = tokio::signal::ctrl_c().await;
        })
        .await?;
    Ok(())
}
