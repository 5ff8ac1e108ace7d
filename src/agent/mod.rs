//! The agent's view (查资料、巡检单), in the app's page: everything the packs hold, to look up, and
//! visit reports to write.
//!
//! Addresses are queries of the app's page (`?view=topic&id=paper-out`); links are plain anchors
//! that `static/app.js` follows, and [`bridge::route`] is told where to. State changes only through
//! [`state::State`]'s reducer. Nothing here asks the network for anything that depends on a word
//! typed.

mod app;
mod bridge;
mod components;
mod find;
mod library;
mod route;
mod state;
mod store;
mod words;
