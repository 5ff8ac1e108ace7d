//! An article's text. Blocks become elements; nothing in them can become markup.

use posdoc::content::{Block, Span};
use yew::prelude::*;

/// The blocks of an article.
pub(super) fn article(blocks: &[Block]) -> Html {
    html! { <div class="article">{ for blocks.iter().map(block) }</div> }
}

fn block(block: &Block) -> Html {
    match block {
        Block::Heading(text) => html! { <h3>{ text }</h3> },
        Block::Paragraph(spans) => html! { <p>{ for spans.iter().map(span) }</p> },
        Block::List { ordered, lines } => {
            let lines = lines.iter().map(|line| html! { <li>{ for line.iter().map(span) }</li> });
            if *ordered {
                html! { <ol>{ for lines }</ol> }
            } else {
                html! { <ul>{ for lines }</ul> }
            }
        }
        Block::Table { head, rows } => html! {
            <table>
                <thead><tr>{ for head.iter().map(|cell| html! { <th scope="col">{ cell }</th> }) }</tr></thead>
                <tbody>
                    { for rows.iter().map(|row| html! {
                        <tr>{ for row.iter().map(|cell| html! { <td>{ cell }</td> }) }</tr>
                    }) }
                </tbody>
            </table>
        },
    }
}

fn span(span: &Span) -> Html {
    if span.strong {
        html! { <strong>{ &span.text }</strong> }
    } else {
        html! { { &span.text } }
    }
}
