//! What the packs hold, as it is looked up.

use posdoc::content::{ResponseCode, Topic};
use posdoc::index::{Pack, Result, Section};
use posdoc::matching::Suggestion;

/// Topics, codes and phrases.
#[derive(Debug, Clone, Default)]
pub(super) struct Library {
    pub(super) topics: Vec<Topic>,
    pub(super) codes: Vec<ResponseCode>,
    pub(super) phrases: Vec<Suggestion>,
}

impl Library {
    /// Reads the engine's pack and the agent's.
    pub(super) fn open(engine: &[u8], agent: &[u8]) -> Result<Self> {
        let agent = Pack::open(agent)?;
        Ok(Self {
            topics: Pack::open(engine)?.read(Section::Articles)?,
            codes: agent.read(Section::Codes)?,
            phrases: agent.read(Section::Phrases)?,
        })
    }

    pub(super) fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// Ids of the groups, in order, each once.
    pub(super) fn groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = Vec::new();
        for topic in &self.topics {
            if !groups.contains(&topic.group.as_str()) {
                groups.push(&topic.group);
            }
        }
        groups
    }
}
