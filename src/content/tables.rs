//! What stands beside the articles: response codes, the lexicon, and messages that are not ours.

use serde::{Deserialize, Serialize};

use super::record::{record, word};

/// Who can settle what a response code complains of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Actor {
    /// The shop itself.
    #[serde(rename = "商户")]
    Merchant,
    /// The customer whose card it is.
    #[serde(rename = "持卡人")]
    Cardholder,
    /// The bank that issued the card.
    #[serde(rename = "发卡行")]
    Issuer,
    /// The bank or company that provided the terminal and settles.
    #[serde(rename = "收单机构")]
    Acquirer,
    /// The network between them.
    #[serde(rename = "清算机构")]
    Network,
}

word!(Actor: Merchant Cardholder Issuer Acquirer Network);

/// Whether trying again helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Retry {
    /// It does not.
    #[serde(rename = "不要重试")]
    Never,
    /// Once.
    #[serde(rename = "可再试一次")]
    Once,
    /// In a few minutes.
    #[serde(rename = "稍后再试")]
    Later,
    /// The result is unknown: look it up before anything else.
    #[serde(rename = "先查结果")]
    CheckFirst,
    /// With another card.
    #[serde(rename = "换卡")]
    OtherCard,
    /// With the chip instead of the stripe.
    #[serde(rename = "改插卡")]
    Insert,
    /// After signing in.
    #[serde(rename = "签到后再试")]
    AfterSignIn,
    /// It went through.
    #[serde(rename = "无需重试")]
    Done,
    /// After correcting what was entered.
    #[serde(rename = "改对再试")]
    Corrected,
}

word!(Retry: Never Once Later CheckFirst OtherCard Insert AfterSignIn Done Corrected);

/// Which screen showed a code; the same two characters mean different things on different ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Screen {
    /// A card terminal, passing on what the bank said (field 39).
    #[serde(rename = "刷卡")]
    Card,
    /// A till connected to a terminal, speaking for itself.
    #[serde(rename = "收银机")]
    Till,
    /// A QR payment.
    #[serde(rename = "扫码")]
    Scan,
}

word!(Screen: Card Till Scan);

/// One response code on one kind of screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseCode {
    /// As shown: `51`, `A0`, `USERPAYING`.
    pub code: String,
    /// Words that terminals show beside it.
    pub screen: Vec<String>,
    /// What it means, in plain words.
    pub meaning: String,
    /// Who can settle it.
    pub who: Actor,
    /// What to do now.
    pub now: String,
    /// Whether trying again helps.
    pub retry: Retry,
    /// Which screen showed it.
    pub system: Screen,
    /// The topic that explains it.
    pub topic: String,
    /// Where this comes from.
    pub source: String,
}

record!(ResponseCode: code screen meaning who now retry system topic source);

/// What part of an utterance a concept names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConceptKind {
    /// A thing: printer, speaker, card.
    Part,
    /// What is wrong with it.
    Symptom,
    /// What is to be done.
    Action,
    /// A person or institution.
    Actor,
    /// Where.
    Place,
}

/// Words that mean the same thing to a merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Unique id.
    pub id: String,
    /// What it names.
    pub kind: ConceptKind,
    /// How merchants say it.
    pub words: Vec<String>,
}

/// A trade word, and what to say beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jargon {
    /// The word.
    pub word: String,
    /// What it means, to someone who has never heard it.
    pub gloss: String,
}

/// A word as it should be, and other ways it is written.
pub type Spellings = std::collections::BTreeMap<String, Vec<String>>;

/// Domain words and the many ways they are written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lexicon {
    /// Spellings that dodge censors: 刷ka卡 for 刷卡.
    pub censor: Spellings,
    /// Homophone and voice-input slips.
    pub typo: Spellings,
    /// Dialect words.
    pub regional: Spellings,
    /// Traditional, Taiwan and Hong Kong words that converting characters does not reach.
    pub traditional: Spellings,
    /// English words merchants mix in, by their Chinese.
    pub english: Spellings,
    /// Words that mean the same.
    pub concept: Vec<Concept>,
    /// Trade words with a gloss.
    pub jargon: Vec<Jargon>,
}

/// Messages that must not be answered, by what they are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotOursGroup {
    /// `other-devices`, `small-talk`, `greeting`, …
    pub id: String,
    /// Whether they share words with our topics.
    pub near: bool,
    /// The messages.
    pub messages: Vec<String>,
}

/// A question that narrows a vague message down, and which topics each of its answers leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// Unique id.
    pub id: String,
    /// The question, in the merchant's terms.
    pub ask: String,
    /// Two to six buttons.
    pub answers: Vec<SplitAnswer>,
}

/// One button under a [`Split`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SplitAnswer {
    /// The button's words.
    pub label: String,
    /// Topic ids, or `group/*` for every topic of a group.
    pub topics: Vec<String>,
}

impl SplitAnswer {
    /// Whether the answer leaves `topic` of `group`.
    pub fn holds(&self, topic: &str, group: &str) -> bool {
        self.topics.iter().any(|known| match known.strip_suffix("/*") {
            Some(whole) => whole == group,
            None => known == topic,
        })
    }
}

/// A message too vague for one topic, and the topics it could mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vague {
    /// The message.
    pub say: String,
    /// Topic ids, likeliest first.
    pub topics: Vec<String>,
}
