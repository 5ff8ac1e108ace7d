# posdoc. Two commands matter: `make run` builds and serves the product, `make test` runs all tests.
# Everything missing is installed at the versions pinned here; the first time takes a while and says so.

TOOLCHAIN := 1.95.0
WASM_BINDGEN := 0.2.130
TRUNK := 0.21.14
GECKODRIVER := 0.37.1
PORT ?= 8080

WEB := target/web/wasm32-unknown-unknown/wasm
POSDOC := target/release/posdoc
CARGO_BIN := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin
export PATH := $(CARGO_BIN):$(PATH)

# What only the shipped wasm is built with. The standard library is rebuilt small, without panic
# messages, on the pinned stable toolchain; natively nothing of this applies, hence a target folder
# of its own.
WASM_FLAGS := --cfg getrandom_backend="wasm_js" -Cpanic=immediate-abort -Zunstable-options \
  -Zlocation-detail=none -Zfmt-debug=none
WASM_CARGO := RUSTC_BOOTSTRAP=1 RUSTFLAGS='$(WASM_FLAGS)' cargo build --locked --profile wasm \
  --target wasm32-unknown-unknown --target-dir target/web \
  -Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size

.PHONY: dist run dev dev-page dev-pack dev-stage test build pack native size lint eval ablation simulate bench bench-growth bench-dev tools tools-test tools-bench tools-dev clean help

help: ## 列出能用的命令
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /	/'

run: demos-if-possible build ## 构建并在 http://localhost:8080 提供成品（PORT=… 换端口）
	@$(POSDOC) serve dist --port $(PORT)

build: tools pack ## 构建成品到 dist/
	@echo "构建网页模块（第一次约 3 分钟，没有改动时几秒）"
	@$(WASM_CARGO) --quiet --bin posdoc --bin engine --bin agent
	@mkdir -p target/stage
	@wasm-bindgen --target web --no-typescript --remove-producers-section \
	  --out-dir target/stage --out-name widget $(WEB)/posdoc.wasm
	@wasm-bindgen --target web --no-typescript --remove-producers-section \
	  --out-dir target/stage --out-name engine $(WEB)/engine.wasm
	@wasm-bindgen --target web --no-typescript --remove-name-section --remove-producers-section \
	  --out-dir target/stage --out-name agent $(WEB)/agent.wasm
	@cp target/pack/interface.pack target/pack/engine.pack target/pack/drawings.pack target/pack/agent.pack target/stage/
	@$(POSDOC) dist

# Findings (exit 1) are for `posdoc check` to complain about; what could be read is packed.
pack: native
	@echo "从 content/ 生成内容包（几秒）"
	@$(POSDOC) build >/dev/null; test $$? -le 1

native: tools
	@echo "编译命令行（第一次约 2 分钟）"
	@cargo build --locked --release --quiet --bin posdoc

test: demos build tools-test ## 运行全部测试
	@echo "运行测试（第一次编译约 3 分钟，测试约 9 分钟）"
	@# Each test has a browser and its driver: with one for every core they would wait for each other.
	RUST_TEST_THREADS=$${RUST_TEST_THREADS:-$$(( ($$(nproc) * 3 + 3) / 4 ))} cargo test --locked --release

lint: tools ## 格式和 clippy，两个目标都查
	cargo fmt --check
	cargo clippy --locked --release --all-targets -- -D warnings
	RUSTFLAGS='--cfg getrandom_backend="wasm_js"' cargo clippy --locked --target wasm32-unknown-unknown --target-dir target/lint --bins -- -D warnings

size: build ## 每个文件多大，字节花在了哪里：原始、gzip、brotli
	@$(POSDOC) size

# What a provider's web team is handed: the site for any static host, an npm package, the command
# line as one static file, and our content to lay theirs over.
MUSL := x86_64-unknown-linux-musl
dist: demos-if-possible build ## 打一个能交出去的文件夹 release/：网站、npm 包、静态的命令行、内容
	@rustup target list --installed | grep -q $(MUSL) || { echo "安装 $(MUSL) 目标（半分钟）"; rustup target add $(MUSL); }
	@echo "编译静态的命令行（第一次约 3 分钟）"
	@cargo build --locked --release --quiet --target $(MUSL) --bin posdoc
	@rm -rf release/npm release/bin release/content
	@mkdir -p release/npm release/bin
	@$(POSDOC) dist --out release/site --compress
	@cp -r release/site release/npm/site
	@find release/npm/site -name '*.br' -delete -o -name '*.gz' -delete
	@cp static/posdoc.mjs static/*.d.ts static/package.json LICENSE LICENSE-MIT LICENSE-APACHE release/npm/
	@cp docs/embedding.md release/npm/README.md
	@cp docs/embedding.md release/README.md
	@cp target/$(MUSL)/release/posdoc release/bin/posdoc
	@cp -r content release/content
	@echo "都在 release/，怎么用见 release/README.md"

eval: native ## 在标注消息上量准确率
	@$(POSDOC) eval tests/eval/tune.tsv tests/eval/report.tsv

ablation: native ## 逐个拿掉一种本事，看它值多少（几分钟）
	@$(POSDOC) eval --ablate tests/eval/tune.tsv tests/eval/report.tsv

simulate: native ## 请带着故障的商户试，算平均几分钟修好
	@$(POSDOC) simulate

bench: build tools-bench ## 在放慢的真实浏览器里量快慢，和别的搜索库比（不到十分钟；RUNS=3 快些）
	@node tests/bench/run.mjs

bench-growth: build tools-bench ## 内容多十倍、一百倍时：打包、下载、打开、回答各要多少（约十分钟；FACTORS=1,10 快些）
	@node tests/bench/growth.mjs

bench-dev: tools tools-dev tools-bench ## 保存之后多久 make dev 的页面上看得见（第一次还要编译几分钟）
	@node tests/bench/dev.mjs

# The flag goes to the wasm target only: the hooks build natively in the same folder.
DEV_ENV := CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS='--cfg getrandom_backend="wasm_js"'

dev: tools tools-dev dev-page ## 边改边看（trunk，调试配置，自动刷新）
	@echo "第一次编译约 3 分钟，之后改一处几秒到二十秒"
	$(DEV_ENV) trunk serve --port $(PORT)

DEV_WASM := target/wasm32-unknown-unknown/debug
DEV_AGENT := target/dev-agent

# Called by trunk's hooks, see Trunk.toml.
dev-pack: dev-page
	@cargo build --locked --quiet --bin posdoc
	@target/debug/posdoc build --quick >/dev/null; test $$? -le 1

dev-stage:
	@$(DEV_ENV) cargo build --locked --quiet --target wasm32-unknown-unknown --bin engine --bin agent
	@wasm-bindgen --target web --no-typescript --out-dir $(TRUNK_STAGING_DIR) --out-name engine $(DEV_WASM)/engine.wasm
	@cat static/open.js $(TRUNK_STAGING_DIR)/trunk/posdoc.js >$(TRUNK_STAGING_DIR)/widget.js
	@cp $(TRUNK_STAGING_DIR)/trunk/posdoc_bg.wasm $(TRUNK_STAGING_DIR)/widget_bg.wasm
	@test $(DEV_AGENT)/agent.js -nt $(DEV_WASM)/agent.wasm || \
	  wasm-bindgen --target web --no-typescript --out-dir $(DEV_AGENT) --out-name agent $(DEV_WASM)/agent.wasm
	@cp $(DEV_AGENT)/agent.js $(DEV_AGENT)/agent_bg.wasm $(TRUNK_STAGING_DIR)/
	@cp static/posdoc.js static/app.js static/record.js static/app.css static/icon.svg static/icon-*.png static/manifest.webmanifest $(TRUNK_STAGING_DIR)/
	@cp target/pack/interface.pack target/pack/engine.pack target/pack/drawings.pack target/pack/agent.pack $(TRUNK_STAGING_DIR)/

# The page that is shipped, with trunk's link in it: a strict policy would refuse what trunk adds.
dev-page:
	@mkdir -p target
	@sed 's#<link rel="stylesheet"#<link data-trunk rel="rust" href="../Cargo.toml" data-bin="posdoc" data-type="main" data-target-path="trunk">&#; s#<title>POS 机医生#&（开发）#' static/index.html >target/dev.html

clean: ## 删掉构建产物
	rm -rf target dist

tools:
	@command -v rustup >/dev/null || { echo "缺 rustup，请先安装：https://rustup.rs"; exit 1; }
	@command -v cc >/dev/null || { echo "缺 C 编译器，请先运行：sudo apt-get install -y gcc libc6-dev"; exit 1; }
	@rustup toolchain list | grep -q '^$(TOOLCHAIN)' || { echo "安装 Rust $(TOOLCHAIN)（约 1 分钟）"; rustup toolchain install $(TOOLCHAIN) --profile minimal; }
	@rustup target list --installed | grep -q wasm32-unknown-unknown || { echo "安装 wasm32 目标（半分钟）"; rustup target add wasm32-unknown-unknown; }
	@rustup component list --installed | grep -q rust-src || { echo "安装 rust-src（半分钟）"; rustup component add rust-src; }
	@rustup component list --installed | grep -q clippy || { echo "安装 clippy 和 rustfmt（半分钟）"; rustup component add clippy rustfmt; }
	@wasm-bindgen --version 2>/dev/null | grep -qF '$(WASM_BINDGEN)' || { echo "安装 wasm-bindgen $(WASM_BINDGEN)（约 2 分钟）"; cargo install --quiet wasm-bindgen-cli@$(WASM_BINDGEN); }

# Debian's packages need root; where there is no way to it, say what to run.
APT := $(if $(filter 0,$(shell id -u)),,sudo -n )apt-get
BROWSERS := chromium chromium-driver firefox-esr webkit2gtk-driver xvfb xauth fonts-noto-cjk \
  xdotool dbus-daemon ibus ibus-gtk3 ibus-libpinyin
# nginx is only unpacked: installed, it would start serving this machine's port 80.
NGINX := target/tools/nginx
NGINX_PACKAGES := nginx libnginx-mod-http-brotli-static
tools-test:
	@dpkg -s $(BROWSERS) >/dev/null 2>&1 || { \
	  echo "安装三种浏览器、它们的驱动和一个拼音输入法（约 2 分钟）"; \
	  { $(APT) update -qq && $(APT) install -y -qq --no-install-recommends $(BROWSERS); } >/dev/null 2>&1 || { \
	    echo "装不上。请先运行：sudo apt-get install -y $(BROWSERS)"; exit 1; }; }
	@test -x $(NGINX)/usr/sbin/nginx || { echo "取 nginx，解开到 $(NGINX)，不安装（几秒）"; \
	  mkdir -p $(NGINX) && cd $(NGINX) && { apt-get download -qq $(NGINX_PACKAGES) || { $(APT) update -qq && apt-get download -qq $(NGINX_PACKAGES); }; } >/dev/null 2>&1 && \
	  for package in *.deb; do dpkg-deb -x $$package . && rm $$package; done || { echo "取不到。请先运行：sudo apt-get update"; exit 1; }; }
	@geckodriver --version 2>/dev/null | grep -qF 'geckodriver $(GECKODRIVER)' || { echo "安装 geckodriver $(GECKODRIVER)（约 1 分钟）"; cargo install --quiet --locked geckodriver@$(GECKODRIVER); }

# Everything from npm that tests and demonstrations need, at the versions and hashes of its lock file.
NPM_DONE := target/tools/package-lock.json
.PHONY: tools-npm demos demos-if-possible
tools-npm:
	@cmp -s tests/npm/package-lock.json $(NPM_DONE) || { echo "用 npm 装 axe-core、React、Vue、esbuild、TypeScript（半分钟）"; \
	  command -v npm >/dev/null || $(APT) install -y -qq --no-install-recommends npm >/dev/null 2>&1 || { echo "缺 npm，请先运行：sudo apt-get install -y npm"; exit 1; }; \
	  mkdir -p target/tools && rm -f $(NPM_DONE) && cp tests/npm/package.json target/tools/ && cp tests/npm/package-lock.json $(NPM_DONE) && \
	  npm ci --silent --no-audit --no-fund --ignore-scripts --omit-lockfile-registry-resolved --prefix target/tools || { rm -f $(NPM_DONE); exit 1; }; }

# The two pages that need a framework, bundled with the real one.
ESBUILD := NODE_PATH=target/tools/node_modules node target/tools/node_modules/esbuild/bin/esbuild
demos: tools-npm ## 用真正的 React 和 Vue 做它们的演示页
	@$(ESBUILD) static/demo/react.jsx static/demo/vue.mjs --bundle --format=esm --minify --jsx=automatic --log-level=warning --outdir=target/demos \
	  --define:process.env.NODE_ENV='"production"' --define:__VUE_OPTIONS_API__=false --define:__VUE_PROD_DEVTOOLS__=false \
	  --define:__VUE_PROD_HYDRATION_MISMATCH_DETAILS__=false

# Without npm or a network the site is made all the same; those two pages then say what they lack.
demos-if-possible:
	@command -v npm >/dev/null && $(MAKE) --no-print-directory demos || echo "React 和 Vue 的演示页没有做（要 npm 和网络）；别的照常"

# Libraries to compare with, at the versions pinned in tests/bench/package.json.
BENCH_DONE := tests/bench/node_modules/.done
tools-bench:
	@dpkg -s chromium >/dev/null 2>&1 || { echo "装 Chromium（约 1 分钟）"; { $(APT) update -qq && $(APT) install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 || { echo "装不上。请先运行：sudo apt-get install -y chromium"; exit 1; }; }
	@cmp -s tests/bench/package.json $(BENCH_DONE) || { echo "安装要比的搜索库（约 1 分钟）"; \
	  command -v npm >/dev/null || $(APT) install -y -qq --no-install-recommends npm >/dev/null 2>&1 || { echo "缺 npm，请先运行：sudo apt-get install -y npm"; exit 1; }; \
	  npm install --silent --no-package-lock --no-audit --no-fund --prefix tests/bench && cp tests/bench/package.json $(BENCH_DONE); }

tools-dev:
	@trunk --version 2>/dev/null | grep -qF '$(TRUNK)' || { echo "安装 trunk $(TRUNK)（约 5 分钟）"; cargo install --quiet --locked trunk@$(TRUNK); }
