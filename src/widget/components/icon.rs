//! Line icons, drawn on a 24 × 24 grid in the colour of the text. All are one path.

use yew::Html;

use super::el::{el, with};

/// Start over.
pub(super) const AGAIN: &str = "M5 5v5h5M5.6 14a7 7 0 1 0 .9-6.6L5 10";
/// Close.
pub(super) const CLOSE: &str = "M6 6l12 12M18 6L6 18";
/// More.
pub(super) const MENU: &str = "M4 7h16M4 12h16M4 17h10";
/// Send.
pub(super) const SEND: &str = "M12 19V5M5.5 11.5L12 5l6.5 6.5";
/// The code pad.
pub(super) const PAD: &str = "M4 3h16v7H4zM8 6.5h4M5 14h2M11 14h2M17 14h2M5 18h2M11 18h2M17 18h2";
/// All topics.
pub(super) const LIST: &str = "M4 6h1M4 12h1M4 18h1M9 6h11M9 12h11M9 18h11";
/// Take one letter back.
pub(super) const BACK: &str = "M9 5h11v14H9l-6-7zM11.5 9l6 6M17.5 9l-6 6";
/// Clear the record.
pub(super) const BIN: &str = "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5";
/// Whose chat this is: a terminal with a cross on it.
pub(super) const MARK: &str = "M8 2.5h8q3 0 3 3v13q0 3-3 3H8q-3 0-3-3v-13q0-3 3-3M9 7h6M12 10.5v6M9 13.5h6";

/// An icon that only decorates: what it means stands beside it, or in the button's label.
pub(super) fn icon(path: &str) -> Html {
    let path = el("path", with!["d" = path], vec![]);
    el("svg", with!["viewBox" = "0 0 24 24", "class" = "line", "aria-hidden" = "true"], vec![path])
}

/// What a topic of the first screen looks like.
pub(super) fn symptom(topic: &str) -> &'static str {
    match topic {
        "txn-failed" => "M3 5h18v14H3zM3 9.5h18M9 12.5l4 4M13 12.5l-4 4",
        "paper-out" => "M7 8V3h10v5M7 16H4V8h16v8h-3M7 13h10v8H7zM10 16.5h4",
        "power-no-boot" => "M12 3v9M7 6.5a8 8 0 1 0 10 0",
        "network-unreachable" => "M3 9.5a13 13 0 0 1 18 0M6.5 13.5a8 8 0 0 1 11 0M12 18h.1M4 20L20 4",
        "scan-fail" => "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M3 12h18",
        "speaker-silent" => "M3 9.5v5h4l5 4v-13l-5 4zM16 9.5l5 5M21 9.5l-5 5",
        "charged-not-recorded" => "M6 3l6 7 6-7M12 10v11M7 11.5h10M7 15.5h10",
        "settlement-late" => "M12 3a9 9 0 1 0 .1 0M12 7v5.5l3.5 2.5",
        _ => "M12 3a9 9 0 1 0 .1 0M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.4-1 .8-1 1.7M12 17h.1",
    }
}
