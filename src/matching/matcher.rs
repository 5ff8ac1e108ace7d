//! A matcher answers messages from an open pack.

use std::collections::BTreeMap;

use super::rank::{Shares, bag, scores};
use super::suggest::Suggester;
use super::{Class, CodeMeaning, Courtesy, Decision, Match, Model, Suggestion, Verdict};
use crate::content::ResponseCode;
use crate::index::{Pack, Result, Searcher, Section};
use crate::text::{Analyzer, mask};

/// The most matches a verdict carries.
const MOST_MATCHES: usize = 10;

/// Everything needed to understand a message.
#[derive(Debug, Clone)]
pub struct Matcher {
    analyzer: Analyzer,
    searcher: Searcher,
    model: Model,
    /// How many of the classes are topics; they come first.
    topics: usize,
    titles: BTreeMap<String, String>,
    codes: BTreeMap<String, Vec<ResponseCode>>,
    suggester: Suggester,
}

impl Matcher {
    /// Opens the matcher over a pack that lives as long as the program: a file read, or fetched, once
    /// and leaked.
    ///
    /// `titles` maps topic ids to titles; they stand in another part of the pack.
    ///
    /// # Errors
    /// If a section is missing or does not read as it should.
    pub fn open(pack: &Pack<'static>, titles: BTreeMap<String, String>) -> Result<Self> {
        let analyzer = Analyzer::new(&pack.read(Section::Tables)?);
        let mut codes: BTreeMap<String, Vec<ResponseCode>> = BTreeMap::new();
        for code in pack.read::<Vec<ResponseCode>>(Section::Codes)? {
            codes.entry(code.code.to_ascii_uppercase()).or_default().push(code);
        }
        let model: Model = pack.read(Section::Model)?;
        Ok(Self {
            topics: model.classes.iter().take_while(|class| matches!(class, Class::Topic(_))).count(),
            searcher: Searcher::open(pack.bytes(Section::Index)?)?,
            model,
            suggester: Suggester::new(pack.read(Section::Suggestions)?, &analyzer),
            analyzer,
            titles,
            codes,
        })
    }

    /// What `text` is about. Never fails: what cannot be read is [`Decision::None`].
    pub fn ask(&self, text: &str) -> Verdict {
        let analysis = self.analyzer.analyze(text);
        let mentions = self.analyzer.codes(text, |code| self.codes.contains_key(code));
        let code = mentions.iter().find(|mention| mention.marked).map(|mention| CodeMeaning {
            code: mention.code.clone(),
            meanings: self.codes.get(&mention.code).cloned().unwrap_or_default(),
        });
        let mut verdict = Verdict {
            query: mask(text),
            decision: Decision::None,
            matches: Vec::new(),
            code,
            courtesy: analysis.terms.is_empty().then_some(Courtesy::Nonsense),
        };
        // A posting list that cannot be read makes the message one that we do not understand.
        let Ok(sums) = self.searcher.score(&bag(&analysis)) else { return verdict };
        if analysis.terms.is_empty() || sums.len() != self.model.classes.len() {
            return verdict;
        }
        let hints: Vec<(usize, bool)> = mentions
            .iter()
            .flat_map(|mention| {
                let topics = self.codes.get(&mention.code).into_iter().flatten();
                topics.filter_map(|code| Some((self.class(&code.topic)?, mention.marked)))
            })
            .collect::<BTreeMap<_, _>>()
            .into_iter()
            .collect();
        let scores = scores(&self.model, &sums, &hints);
        let shares = Shares::of(&scores, self.model.calibration.sharpen, self.topics);
        verdict.decision = shares.decide(&self.model.calibration);
        if verdict.decision == Decision::None {
            verdict.courtesy = self.courtesy(shares.likeliest);
        }
        let ranked = shares.ranked.into_iter().take(MOST_MATCHES);
        verdict.matches = ranked.filter_map(|(class, score)| self.found(class, score)).collect();
        verdict
    }

    /// Up to six things the merchant may be about to say, given what is in the box.
    pub fn suggest(&self, typed: &str) -> Vec<Suggestion> {
        self.suggester.suggest(typed, &self.analyzer)
    }

    fn class(&self, topic: &str) -> Option<usize> {
        self.model.classes.iter().position(|class| matches!(class, Class::Topic(id) if id == topic))
    }

    fn found(&self, class: usize, score: f32) -> Option<Match> {
        let Class::Topic(topic) = &self.model.classes[class] else { return None };
        let title = self.titles.get(topic).cloned().unwrap_or_default();
        Some(Match { topic: topic.clone(), title, score })
    }

    fn courtesy(&self, class: usize) -> Option<Courtesy> {
        match &self.model.classes[class] {
            Class::NotOurs { courtesy, .. } => *courtesy,
            Class::Topic(_) | Class::Vague => None,
        }
    }
}
