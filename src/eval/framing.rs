//! Labelled messages in company: what people say around what they mean must move no answer.

use super::{Error, Labelled};
use crate::rng::{Rng, seed};

/// Words to say before and after a message, which say nothing about the machine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frames {
    before: Vec<String>,
    after: Vec<String>,
}

impl Frames {
    /// Reads `before<TAB>words` and `after<TAB>words`, one a line; `#` begins a comment. Spaces at
    /// either end of the words belong to them.
    ///
    /// # Errors
    /// [`Error::Frame`] at the first line that does not fit.
    pub fn read(text: &str) -> Result<Self, Error> {
        let mut frames = Self::default();
        for (nth, line) in text.lines().enumerate() {
            match line.split_once('\t') {
                Some(("before", words)) => frames.before.push(words.to_owned()),
                Some(("after", words)) => frames.after.push(words.to_owned()),
                _ if line.trim().is_empty() || line.starts_with('#') => {}
                _ => return Err(Error::Frame { line: nth + 1 }),
            }
        }
        Ok(frames)
    }

    /// Each message three times: with something before it, after it, and around it. Which words, its
    /// own text decides.
    pub fn around(&self, rows: &[Labelled]) -> Vec<Labelled> {
        rows.iter().flat_map(|row| self.ways(row)).collect()
    }

    fn ways(&self, row: &Labelled) -> [Labelled; 3] {
        let mut luck = Rng::new(seed(&row.message));
        let mut one =
            |words: &[String]| words.get(luck.below(words.len().max(1))).cloned().unwrap_or_default();
        let (before, after) = (one(&self.before), one(&self.after));
        let around = (one(&self.before), one(&self.after));
        [(before, String::new()), (String::new(), after), around].map(|(before, after)| Labelled {
            message: format!("{before}{}{after}", row.message),
            ..row.clone()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Frames;
    use crate::eval::read;

    #[test]
    fn a_message_is_said_in_three_companies() {
        let frames = Frames::read("# words\nbefore\t你好，\nafter\t 谢谢\n").unwrap();
        let said: Vec<String> = frames
            .around(&read("没网\tnet-down\tterse").unwrap())
            .into_iter()
            .map(|row| row.message)
            .collect();
        assert_eq!(said, ["你好，没网", "没网 谢谢", "你好，没网 谢谢"]);
    }

    #[test]
    fn a_line_that_is_neither_is_pointed_at() {
        let error = Frames::read("before\t你好\n谢谢\n").unwrap_err();
        assert!(error.to_string().contains("第 2 行"), "{error}");
    }
}
