//! An article's text. Blocks become elements; nothing in them can become markup.

use posdoc::content::{Block, Span};
use yew::Html;

use super::el::{el, text, with, words};

/// The blocks of an article.
pub(super) fn article(blocks: &[Block]) -> Html {
    el("div", with!["class" = "article"], blocks.iter().map(block).collect())
}

fn block(block: &Block) -> Html {
    match block {
        Block::Heading(heading) => words("h3", "", heading),
        Block::Paragraph(said) => el("p", with![], spans(said)),
        Block::List { ordered, lines } => {
            let lines = lines.iter().map(|line| el("li", with![], spans(line))).collect();
            el(if *ordered { "ol" } else { "ul" }, with![], lines)
        }
        Block::Table { head, rows } => {
            let row = |cells: &[String], name: &'static str, scope: &str| {
                let cells =
                    cells.iter().map(|cell| el(name, with!["scope" = scope], vec![text(cell)])).collect();
                el("tr", with![], cells)
            };
            let mut lines = vec![row(head, "th", "col")];
            lines.extend(rows.iter().map(|cells| row(cells, "td", "")));
            el("table", with![], vec![el("tbody", with![], lines)])
        }
    }
}

fn spans(spans: &[Span]) -> Vec<Html> {
    let span = |span: &Span| if span.strong { words("strong", "", &span.text) } else { text(&span.text) };
    spans.iter().map(span).collect()
}
