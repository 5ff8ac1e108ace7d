//! What the dialog can talk about: the articles that have arrived so far.

use std::sync::Arc;

use crate::content::{ResponseCode, Topic};
use crate::matching::{Split, Title};

/// Articles by id, and the titles of all topics, arrived or not.
#[derive(Debug, Clone, Default)]
pub struct Knowledge {
    // A list, not a map: there are a hundred, and a map's code costs a kilobyte in the browser.
    topics: Vec<Arc<Topic>>,
    titles: Arc<[Title]>,
    everyday: Vec<String>,
    splits: Arc<[Split]>,
    codes: Arc<[ResponseCode]>,
}

impl Knowledge {
    /// Knows all titles, and the articles of the first screen, in its order.
    pub fn new(titles: Vec<Title>, everyday: Vec<Topic>) -> Self {
        let order = everyday.iter().map(|topic| topic.id.clone()).collect();
        let mut knowledge = Self { titles: titles.into(), everyday: order, ..Self::default() };
        knowledge.learn(Vec::new(), everyday);
        knowledge
    }

    /// Knows these response codes too.
    pub fn with_codes(self, codes: Vec<ResponseCode>) -> Self {
        Self { codes: codes.into(), ..self }
    }

    /// What `code` (in capitals) means, once for each kind of screen; nothing if nobody documents it.
    pub fn code(&self, code: &str) -> Vec<&ResponseCode> {
        self.codes.iter().filter(|known| known.code == code).collect()
    }

    /// Adds what arrived later: the questions that narrow a vague message down, and articles; a later
    /// one takes the place of an earlier.
    ///
    /// Both come with the engine, and then there is nothing more to come: a title whose article is not
    /// among them belongs to a provider's pack of which only the first part could be used.
    pub fn learn(&mut self, splits: Vec<Split>, topics: Vec<Topic>) {
        if !splits.is_empty() {
            self.splits = splits.into();
        }
        // Those that arrive together are unlike each other: with thousands, looking would take seconds.
        let before = self.topics.len();
        for topic in topics {
            match self.topics[..before].iter_mut().find(|known| known.id == topic.id) {
                Some(known) => *known = Arc::new(topic),
                None => self.topics.push(Arc::new(topic)),
            }
        }
        // Looking for each takes long where there are thousands, and then all are there.
        if !self.splits.is_empty() && self.titles.len() > self.topics.len() {
            self.titles =
                self.titles.iter().filter(|title| self.topic(&title.id).is_some()).cloned().collect();
        }
    }

    /// The article, if it has arrived.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id).map(Arc::as_ref)
    }

    /// A topic's label, whether or not its article has arrived.
    pub fn label(&self, id: &str) -> Option<&str> {
        let listed = self.titles.iter().find(|title| title.id == id).map(|title| title.label.as_str());
        // An article for one machine is not listed.
        listed.or_else(|| self.topic(id).map(|topic| topic.label.as_str()))
    }

    /// All titles, in the order of `topics.tsv`.
    pub fn titles(&self) -> &[Title] {
        &self.titles
    }

    /// The questions that narrow a vague message down.
    pub fn splits(&self) -> &[Split] {
        &self.splits
    }

    /// Ids of the topics on the first screen, in its order.
    pub fn everyday(&self) -> &[String] {
        &self.everyday
    }
}
