//! The article's text as blocks: what is left of Markdown once nothing in it can be markup.
//!
//! The browser renders blocks with its own elements, so no text of an article, and nothing a
//! merchant types, is ever interpreted as HTML.

use super::record::{Reader, Record, Writer, record};

/// A run of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Whether to set them apart.
    pub strong: bool,
}

record!(Span: text strong);

/// One block of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading within the article.
    Heading(String),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list; `ordered` lists are numbered from 1.
    List {
        /// Numbered or not.
        ordered: bool,
        /// One line each; lists do not nest.
        lines: Vec<Vec<Span>>,
    },
    /// A table: header cells, then rows.
    Table {
        /// Header cells.
        head: Vec<String>,
        /// Body rows, as many cells each as the head.
        rows: Vec<Vec<String>>,
    },
}

impl Record for Block {
    fn read(from: &mut Reader<'_>) -> Self {
        match from.number() {
            0 => Self::Heading(Record::read(from)),
            1 => Self::Paragraph(Record::read(from)),
            2 => Self::List { ordered: Record::read(from), lines: Record::read(from) },
            3 => Self::Table { head: Record::read(from), rows: Record::read(from) },
            _ => {
                from.fail();
                Self::Paragraph(Vec::new())
            }
        }
    }

    fn write(&self, to: &mut Writer) {
        match self {
            Self::Heading(text) => {
                to.number(0);
                text.write(to);
            }
            Self::Paragraph(spans) => {
                to.number(1);
                spans.write(to);
            }
            Self::List { ordered, lines } => {
                to.number(2);
                ordered.write(to);
                lines.write(to);
            }
            Self::Table { head, rows } => {
                to.number(3);
                head.write(to);
                rows.write(to);
            }
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Block {
    /// Reads Markdown: headings, paragraphs, flat lists, tables and strong text.
    ///
    /// Returns the blocks and, for everything else (raw HTML, links, images, code), a 1-based line
    /// within `markdown` and the name of what was found, so that nothing vanishes unnoticed.
    pub fn read(markdown: &str) -> (Vec<Self>, Vec<(u32, &'static str)>) {
        use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

        let mut blocks = Vec::new();
        let mut refused = Vec::new();
        let mut spans: Vec<Span> = Vec::new();
        let mut lines: Vec<Vec<Span>> = Vec::new();
        let mut ordered = false;
        let mut in_list = 0_u32;
        let mut strong = false;
        let mut head: Vec<String> = Vec::new();
        let mut rows: Vec<Vec<String>> = Vec::new();
        let plain = |spans: &mut Vec<Span>| {
            std::mem::take(spans).into_iter().map(|span| span.text).collect::<String>()
        };
        let begins = super::Lines::new(markdown);
        for (event, range) in Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter() {
            let line = || begins.line(range.start);
            match event {
                Event::Text(text) => spans.push(Span { text: text.to_string(), strong }),
                // A soft break in Chinese prose is no space.
                Event::SoftBreak | Event::HardBreak => {}
                Event::Start(Tag::Strong) => strong = true,
                Event::End(TagEnd::Strong) => strong = false,
                Event::Start(Tag::List(first)) => {
                    in_list += 1;
                    if in_list > 1 {
                        refused.push((line(), "嵌套列表"));
                    }
                    ordered = first.is_some();
                }
                Event::End(TagEnd::Item) => lines.push(std::mem::take(&mut spans)),
                Event::End(TagEnd::List(_)) => {
                    in_list -= 1;
                    if in_list == 0 {
                        blocks.push(Block::List { ordered, lines: std::mem::take(&mut lines) });
                    }
                }
                Event::End(TagEnd::Heading(_)) => blocks.push(Block::Heading(plain(&mut spans))),
                Event::End(TagEnd::Paragraph) if in_list == 0 => {
                    blocks.push(Block::Paragraph(std::mem::take(&mut spans)));
                }
                Event::End(TagEnd::TableCell) => match rows.last_mut() {
                    Some(row) => row.push(plain(&mut spans)),
                    None => head.push(plain(&mut spans)),
                },
                Event::Start(Tag::TableRow) => rows.push(Vec::new()),
                Event::End(TagEnd::Table) => {
                    blocks.push(Block::Table {
                        head: std::mem::take(&mut head),
                        rows: std::mem::take(&mut rows),
                    });
                }
                Event::Start(Tag::Link { .. }) => refused.push((line(), "链接")),
                Event::Start(Tag::Image { .. }) => refused.push((line(), "图片")),
                Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => refused.push((line(), "代码")),
                Event::Start(Tag::BlockQuote(_)) => refused.push((line(), "引用块")),
                Event::Html(_) | Event::InlineHtml(_) => refused.push((line(), "HTML")),
                _ => {}
            }
        }
        (blocks, refused)
    }
}
