//! A matcher answers messages from an open pack.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::machines::named;
use super::rank::{Shares, bag, scores};
use super::suggest::Suggester;
use super::{Class, Courtesy, Decision, Machine, Match, Model, Suggestion, Verdict};
use crate::index::{Pack, Result, Searcher, Section};
use crate::text::{Analyzer, mask};

/// The most matches a verdict carries.
const MOST_MATCHES: usize = 10;
/// From this probability on, words that speak for none of ours outweigh the code beside them.
const FOREIGN: f32 = 0.9;
/// A code outweighs the words beside it by thousands to one; where even so another topic keeps a
/// share this large, they contradict it.
const CONTRADICTS: f32 = 0.25;

/// Everything needed to understand a message.
#[derive(Debug, Clone)]
pub struct Matcher {
    analyzer: Analyzer,
    searcher: Searcher,
    model: Model,
    /// How many of the classes are topics; they come first.
    topics: usize,
    titles: BTreeMap<String, String>,
    codes: BTreeMap<String, Vec<String>>,
    suggestions: Vec<Suggestion>,
    suggester: OnceLock<Suggester>,
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
        let mut codes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (code, topic) in pack.read::<Vec<(String, String)>>(Section::CodeTopics)? {
            codes.entry(code).or_default().push(topic);
        }
        let model: Model = pack.read(Section::Model)?;
        Ok(Self {
            topics: model.classes.iter().take_while(|class| matches!(class, Class::Topic(_))).count(),
            searcher: Searcher::open(pack.bytes(Section::Index)?)?,
            model,
            suggestions: pack.read(Section::Suggestions)?,
            suggester: OnceLock::new(),
            analyzer,
            titles,
            codes,
        })
    }

    /// What `text` is about. Never fails: what cannot be read is [`Decision::None`].
    pub fn ask(&self, text: &str) -> Verdict {
        let (machine, rest) = match self.machine(text) {
            Some((machine, rest)) => (Some(machine), Cow::Owned(rest)),
            None => (None, Cow::Borrowed(text)),
        };
        let analysis = self.analyzer.analyze(&rest);
        let mentions = self.analyzer.codes(text, |code| self.codes.contains_key(code));
        let code = mentions.iter().find(|mention| mention.marked).map(|mention| mention.code.clone());
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
                topics.filter_map(|topic| Some((self.class(topic)?, mention.marked)))
            })
            .collect::<BTreeMap<_, _>>()
            .into_iter()
            .collect();
        let told = self.shares(&sums, &hints);
        verdict.decision = told.decide(&self.model.calibration);
        if verdict.code.is_some() {
            let named: Vec<usize> = hints.iter().filter(|hint| hint.1).map(|hint| hint.0).collect();
            let whole = mentions.iter().any(|mention| mention.whole);
            let foreign = self.shares(&sums, &[]).not_ours > FOREIGN;
            verdict.decision = with_code(verdict.decision, &named, whole, foreign, &told);
        }
        if verdict.decision == Decision::None {
            verdict.courtesy = self.courtesy(told.likeliest);
        }
        // What is vague is narrowed down among topics; their articles for a machine are in no list.
        let machine = machine.filter(|_| verdict.decision == Decision::Answer);
        let ranked = told.ranked.into_iter().take(MOST_MATCHES);
        verdict.matches = ranked.filter_map(|(class, score)| self.found(class, score, machine)).collect();
        verdict
    }

    /// The shares of the index's sums, with the topics that codes hint at.
    fn shares(&self, sums: &[f32], hints: &[(usize, bool)]) -> Shares {
        Shares::of(&scores(&self.model, sums, hints), self.model.calibration.sharpen, self.topics)
    }

    /// Up to five things the merchant may be about to say, given what is in the box. The first call
    /// makes them ready, which takes as long as opening does.
    pub fn suggest(&self, typed: &str) -> Vec<Suggestion> {
        let ready = || Suggester::new(&self.suggestions, &self.analyzer);
        let suggester = self.suggester.get_or_init(ready);
        let normal = self.analyzer.normal(typed);
        let (_, _, whole) = self.analyzer.half_typed(&normal);
        let verdict = self.ask(whole);
        // One character is taken for anything, and so is what is none of ours.
        let ours = verdict.decision != Decision::None && whole.chars().nth(1).is_some();
        let likely = |topic: &str| {
            let found = verdict.matches.iter().find(|found| ours && found.topic == topic);
            found.map_or(0.0, |found| found.score)
        };
        suggester.suggest(&normal, verdict.code.as_deref(), likely, &self.analyzer)
    }

    fn class(&self, topic: &str) -> Option<usize> {
        self.model.classes.iter().position(|class| matches!(class, Class::Topic(id) if id == topic))
    }

    /// The machine that `text` names, and the rest of it; folding costs nothing where there are none.
    fn machine(&self, text: &str) -> Option<(&Machine, String)> {
        let machines = &self.model.machines;
        if machines.is_empty() { None } else { named(machines, &self.analyzer.normal(text)) }
    }

    fn found(&self, class: usize, score: f32, machine: Option<&Machine>) -> Option<Match> {
        let Class::Topic(topic) = &self.model.classes[class] else { return None };
        let own = machine.and_then(|machine| machine.article(topic, class));
        let topic = own.unwrap_or_else(|| topic.clone());
        let title = self.titles.get(&topic).cloned().unwrap_or_default();
        Some(Match { topic, title, score })
    }

    fn courtesy(&self, class: usize) -> Option<Courtesy> {
        match &self.model.classes[class] {
            Class::NotOurs { courtesy, .. } => *courtesy,
            Class::Topic(_) | Class::Vague => None,
        }
    }
}

/// The decision where the merchant names a code of the topics `named`, `whole` where he says nothing
/// else, `foreign` where the words around it are clearly none of our business. A code that nobody
/// documents leaves us less sure of them. One that we know is ours unless they are foreign; and if
/// they speak for another topic, that is worth a question. That they are vague is not: the code is
/// what they mean.
fn with_code(decision: Decision, named: &[usize], whole: bool, foreign: bool, told: &Shares) -> Decision {
    if named.is_empty() {
        return if decision == Decision::Answer { Decision::Clarify } else { decision };
    }
    let others = told.ranked.iter().filter(|share| !named.contains(&share.0)).map(|share| share.1);
    match decision {
        _ if whole => Decision::Answer,
        Decision::None if foreign => Decision::None,
        _ if !foreign && others.sum::<f32>() > CONTRADICTS => Decision::Clarify,
        _ => Decision::Answer,
    }
}
