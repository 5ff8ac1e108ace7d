//! Labelled messages: what was said, and which topics would be right.

/// One line of a test set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// What the merchant typed.
    pub message: String,
    /// Topics that would be right; empty for a message that is not ours.
    pub right: Vec<String>,
    /// Kind of message; `ambiguous` ones want to be asked back.
    pub kind: String,
}

impl Labelled {
    /// Too vague for one topic.
    pub fn is_ambiguous(&self) -> bool {
        self.kind == "ambiguous"
    }

    /// About one of our topics, and clearly so.
    pub fn is_clear(&self) -> bool {
        !self.right.is_empty() && !self.is_ambiguous()
    }
}

/// Why a test set cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A line without message, topics and kind.
    #[error(
        "第 {line} 行有 {got} 列，应该是 3 列：消息、主题（用 | 隔开，- 表示不归我们管）、类别，用制表符隔开"
    )]
    Columns {
        /// Counted from 1.
        line: usize,
        /// Columns found.
        got: usize,
    },
    /// A line of words to say around a message that says neither before nor after.
    #[error("第 {line} 行应该是 before 或 after，一个制表符，再是前后说的话")]
    Frame {
        /// Counted from 1.
        line: usize,
    },
}

/// Reads a test set: `message<TAB>topics<TAB>kind` a line; `#` begins a comment.
///
/// # Errors
/// [`Error::Columns`] at the first line that does not fit.
pub fn read(text: &str) -> Result<Vec<Labelled>, Error> {
    let mut rows = Vec::new();
    for (nth, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let (message, topics, kind) = match columns[..] {
            [message, topics] => (message, topics, "-"),
            [message, topics, kind] => (message, topics, kind),
            _ => return Err(Error::Columns { line: nth + 1, got: columns.len() }),
        };
        let right = if topics.trim() == "-" {
            Vec::new()
        } else {
            topics.split('|').map(|topic| topic.trim().to_owned()).collect()
        };
        rows.push(Labelled { message: message.to_owned(), right, kind: kind.trim().to_owned() });
    }
    Ok(rows)
}
