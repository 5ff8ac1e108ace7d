//! Building a pack: learn from the content, write the index, pack everything up.

use std::collections::BTreeMap;

use super::calibrate::{KeptBack, calibrate};
use super::examples::{Example, Origin, classes, examples};
use super::kept::kept_back;
use super::learn::{Course, Learned, Lesson, learn, vocabulary};
use super::machines::apart;
use super::rank::{Shares, bag};
use super::recipe::{Ingredient, Recipe};
use super::suggest::worth_suggesting;
use super::{Branch, Decision, Model, Split, Suggestion, Title};
use crate::content::{KnowledgeBase, ResponseCode, SplitAnswer, Topic};
use crate::index::{PackWriter, Result, Section, write};
use crate::text::{Analyzer, Tables, generate};

/// A term in fewer examples than this says nothing that will be met again.
const FEWEST: usize = 2;
/// The most weights the index may carry. Each costs about 1.5 bytes of download; fewer make the
/// matcher duller.
const MOST_WEIGHTS: usize = 46_000;

/// Which sections go into a file: everything, or what one of the two wasm modules is handed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Everything, for the command line and for the `pack` attribute.
    Whole,
    /// What the interface needs before the engine has arrived.
    Interface,
    /// What understanding and answering need.
    Engine,
    /// Illustrations: fetched last, whether needed or not.
    Drawings,
    /// What only the agent's view needs: phrases to search through.
    Agent,
}

impl Part {
    /// Whether this part holds `section`.
    pub fn holds(self, section: Section) -> bool {
        use Section::{
            Articles, Catalogue, CodeMeanings, CodeTopics, Codes, Drawings, Everyday, Index, Model, Phrases,
            Splits, Suggestions, Tables,
        };
        match self {
            Part::Whole => true,
            Part::Interface => matches!(section, Catalogue | Everyday | CodeMeanings),
            Part::Engine => {
                matches!(section, Splits | Articles | CodeTopics | Tables | Model | Suggestions | Index)
            }
            Part::Drawings => section == Drawings,
            Part::Agent => matches!(section, Phrases | Codes),
        }
    }
}

/// Builds a pack from content. `fingerprint` identifies the content (see `content::fingerprint`).
///
/// # Errors
/// If the index cannot be written.
pub fn build(base: &KnowledgeBase, fingerprint: u128) -> Result<PackWriter> {
    build_by(&Recipe::default(), base, fingerprint)
}

/// Builds a pack from content, leaving out what `recipe` leaves out.
///
/// # Errors
/// If the index cannot be written.
pub fn build_by(recipe: &Recipe, base: &KnowledgeBase, fingerprint: u128) -> Result<PackWriter> {
    // Learning sees what is wrong; which machine it is wrong with is looked up.
    let (all, (base, mut machines)) = (base, apart(base));
    let base = &*base;
    let examples = examples(base, recipe);
    let tables = tables(base, recipe, &examples);
    let analyzer = Analyzer::new(&tables);
    let bags: Vec<BTreeMap<u32, f32>> =
        examples.iter().map(|example| bag(&analyzer.analyze(&example.text))).collect();
    let vocabulary = vocabulary(bags.iter(), FEWEST);
    let lessons: Vec<Lesson> = examples
        .iter()
        .zip(&bags)
        .map(|(example, bag)| Lesson {
            seed: recipe.seed(&example.text),
            terms: bag
                .iter()
                .filter_map(|(term, strength)| Some((vocabulary.binary_search(term).ok()? as u32, *strength)))
                .collect(),
            classes: example.classes.clone(),
            weight: example.weight,
        })
        .collect();
    let classes = classes(base);
    let course = Course {
        classes: classes.len(),
        terms: vocabulary.len(),
        most: MOST_WEIGHTS,
        noise: recipe.has(Ingredient::Noise),
        haste: recipe.haste(),
    };
    let (learned, kept) = if recipe.tries() {
        learn_and_try(&examples, &lessons, course)
    } else {
        (learn(&lessons.iter().collect::<Vec<_>>(), course), Vec::new())
    };
    machines.iter_mut().for_each(|machine| machine.name = analyzer.normal(&machine.name));
    machines.retain(|machine| !machine.name.is_empty());
    let model = Model {
        calibration: calibrate(&kept, base.topics.len()),
        biases: learned.biases.clone(),
        scale: learned.scale,
        classes,
        machines,
    };
    let sure = |text: &str, class: usize| {
        let known =
            |(term, strength): (&u32, &f32)| Some((vocabulary.binary_search(term).ok()? as u32, *strength));
        let terms: Vec<(u32, f32)> = bag(&analyzer.analyze(text)).iter().filter_map(known).collect();
        let shares = Shares::of(&learned.scores(&terms), model.calibration.sharpen, base.topics.len());
        let answered = shares.decide(&model.calibration) == Decision::Answer;
        shares.ranked.first().filter(|first| answered && first.0 == class).map_or(0.0, |first| first.1)
    };
    let index = write(model.classes.len(), &learned.impacts(&vocabulary))?;

    let mut pack = PackWriter::new(fingerprint);
    let articles: Vec<Topic> = all.topics.iter().map(for_readers).collect();
    // The first screen can walk through its topics before their prose and details have arrived.
    let without_prose = |topic: &Topic| {
        let mut topic = Topic { body: Vec::new(), ..topic.clone() };
        topic.steps.iter_mut().for_each(|step| step.detail = None);
        topic
    };
    let mut everyday: Vec<Topic> =
        articles.iter().filter(|topic| topic.first_screen.is_some()).map(without_prose).collect();
    everyday.sort_by_key(|topic| topic.first_screen);
    // Lists and narrowing questions are about what is wrong, too, and stay as short as they were.
    pack.record(Section::Catalogue, &titles(base));
    pack.record(Section::Splits, &splits(base));
    pack.record(Section::Everyday, &everyday);
    // Whoever reads a code off a screen has the words beside it before their eyes.
    let plain = |code: &ResponseCode| ResponseCode {
        code: code.code.to_ascii_uppercase(),
        screen: Vec::new(),
        source: String::new(),
        ..code.clone()
    };
    let known = if recipe.has(Ingredient::Codes) { base.codes.clone() } else { Vec::new() };
    let meanings: Vec<ResponseCode> = known.iter().map(plain).collect();
    let topics: Vec<(String, String)> =
        meanings.iter().map(|code| (code.code.clone(), code.topic.clone())).collect();
    pack.record(Section::Codes, &known);
    pack.record(Section::CodeMeanings, &meanings);
    pack.record(Section::CodeTopics, &topics);
    pack.record(Section::Articles, &articles);
    pack.record(Section::Tables, &tables);
    pack.record(Section::Model, &model);
    pack.record(Section::Suggestions, &worth_suggesting(base, sure));
    pack.record(Section::Drawings, &all.drawings);
    pack.record(Section::Phrases, &short_phrases(base));
    pack.bytes(Section::Index, index);
    Ok(pack)
}

/// The topics as lists and buttons show them.
pub fn titles(base: &KnowledgeBase) -> Vec<Title> {
    let title = |topic: &Topic| Title {
        id: topic.id.clone(),
        group: topic.group.clone(),
        label: topic.label.clone(),
    };
    base.topics.iter().map(title).collect()
}

/// The narrowing questions as they travel: topics by their place in the catalogue.
pub fn splits(base: &KnowledgeBase) -> Vec<Split> {
    let branch = |answer: &SplitAnswer| Branch {
        label: answer.label.clone(),
        topics: (0..)
            .zip(&base.topics)
            .filter(|(_, topic)| answer.holds(&topic.id, &topic.group))
            .map(|(place, _)| place)
            .collect(),
    };
    let each = base.splits.iter().map(|split| Split {
        id: split.id.clone(),
        ask: split.ask.clone(),
        answers: split.answers.iter().map(branch).collect(),
    });
    each.collect()
}

/// The phrases that fit on a line of results; all of them would be half as much again to download, and
/// an update of content is to stay below 350 KB.
fn short_phrases(base: &KnowledgeBase) -> Vec<Suggestion> {
    const LONGEST: usize = 10;
    let phrases = base.topics.iter().flat_map(|topic| topic.phrases.iter().map(move |text| (text, topic)));
    phrases
        .filter(|(text, _)| text.chars().count() <= LONGEST)
        .map(|(text, topic)| Suggestion { text: text.clone(), topic: topic.id.clone() })
        .collect()
}

/// The analyzer's tables, without what the recipe leaves out.
fn tables(base: &KnowledgeBase, recipe: &Recipe, examples: &[Example<'_>]) -> Tables {
    let mut tables = generate(examples.iter().map(|example| &*example.text), &base.lexicon)
        .with_strengths(recipe.strengths());
    if !recipe.has(Ingredient::Folds) {
        tables = tables.without_folds();
    }
    if !recipe.has(Ingredient::Spellings) {
        tables = tables.without_spellings();
    }
    tables
}

/// What all lessons teach; and what a model makes of the phrases that were kept back from it. The
/// two learn on a thread each and know nothing of each other, so that the outcome is the same
/// on any machine.
fn learn_and_try(examples: &[Example<'_>], lessons: &[Lesson], course: Course) -> (Learned, Vec<KeptBack>) {
    let try_out = || {
        let kept = kept_back(examples, lessons);
        let shown: Vec<&Lesson> =
            lessons.iter().zip(&kept).filter(|(_, kept)| !**kept).map(|(lesson, _)| lesson).collect();
        (learn(&shown, course), kept)
    };
    let ((trial, kept), learned) = std::thread::scope(|scope| {
        let trial = scope.spawn(try_out);
        let learned = learn(&lessons.iter().collect::<Vec<_>>(), course);
        (trial.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), learned)
    });
    let phrases = (0..lessons.len()).filter(|&at| kept[at] && examples[at].origin == Origin::Phrase);
    let judged = phrases.map(|at| KeptBack {
        scores: trial.scores(&lessons[at].terms),
        topic: usize::from(lessons[at].classes[0]),
    });
    (learned, judged.collect())
}

/// The topic as it travels: without its phrases, for which the index speaks, without what only
/// editors need, and with a letter for each cause's id: nothing outside the article names a cause,
/// and the ids, repeated under every answer and step, are a twentieth of all bytes.
fn for_readers(topic: &Topic) -> Topic {
    let mut topic = Topic {
        phrases: Vec::new(),
        scope: String::new(),
        source: String::new(),
        reviewed: String::new(),
        ..topic.clone()
    };
    let ids: Vec<String> = topic.causes.iter().map(|cause| cause.id.clone()).collect();
    let letter = |at: usize| char::from(b'a' + at as u8).to_string();
    let shorten = |named: &mut Vec<String>| {
        let mut at: Vec<usize> =
            named.iter().filter_map(|id| ids.iter().position(|known| known == id)).collect();
        at.sort_unstable();
        *named = at.into_iter().map(letter).collect();
    };
    topic.causes.iter_mut().enumerate().for_each(|(at, cause)| cause.id = letter(at));
    for step in &mut topic.steps {
        step.line = 0;
        shorten(&mut step.fixes);
    }
    for question in &mut topic.questions {
        question.line = 0;
        for answer in &mut question.answers {
            shorten(&mut answer.for_causes);
            shorten(&mut answer.against_causes);
        }
    }
    topic
}
