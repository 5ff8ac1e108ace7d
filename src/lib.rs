//! posdoc (POS 机医生): what a merchant says about a broken payment terminal in, the one right
//! next action out.
//!
//! # Bird's-eye view
//! ```text
//! content/*.md ─load─▶ KnowledgeBase ─lint─▶ diagnostics for the editor
//!                          │
//!                          └─matching::build─▶ pack: what was learned (a tantivy index), topics, tables
//!
//! message ─text─▶ terms ─index─▶ sums ─matching─▶ Verdict (answer | clarify | none)
//!                                                    │
//!       dialog: (State, Turn { message, verdict }) ─▶ (State, Reply)
//! ```
//! The command line (`src/cli`) and the widget (`src/widget`) only render replies. In a page the
//! library runs twice: in `engine.wasm`, which understands, and in `widget.wasm`, which talks; the
//! dialog never calls the matcher, so that the widget can start before the engine has arrived. The
//! app at `/` adds a third, `agent.wasm` (`src/agent`): everything to look up, and visit [`report`]s.
//!
//! Code and content travel apart: each module is handed its part of the pack as bytes. So a new
//! text costs a visitor only packs, while the wasm stays cached and compiled; a provider's own pack
//! takes the place of ours instead of coming on top; and wasm compiles while the pack arrives.
//!
//! # Invariants
//! 1. The library does no I/O except [`content::load`]; time and randomness are passed in.
//! 2. It never names yew, web_sys, wasm_bindgen or clap, and never prints.
//! 3. One [`text::Analyzer`] serves build and query; the pack records its version.
//! 4. tantivy's types do not leave [`index`].
//! 5. Bad content is a [`content::Diagnostic`] (file, line, code, what is wrong, what to write),
//!    never a panic and never a bare `Err`.
//! 6. A conversation is a pure function of state and turns: any transcript can be replayed.
//! 7. Everything the user reads comes from `content/`, [`dialog::wording`], a label of
//!    [`report`], or a component of the widget or the agent's view.
//!
//! `tests/suite/layering.rs` holds what of this a reader of the sources can check.

#![forbid(unsafe_code)]

pub mod rng;

pub mod content;
pub mod text;

pub mod index;

pub mod matching;

pub mod dialog;

pub mod report;

pub mod eval;
