//! A topic is one article: a fault with causes and steps, or a question answered.

use super::Block;
use super::record::{record, word};

/// Whether a topic walks through causes and steps or answers a question outright.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// 故障: something does not work; there are causes, and steps that fix them.
    #[default]
    Fault,
    /// 解答: something to know; the answer stands in the first two sentences.
    Answer,
}

word!(Kind: Fault Answer);

/// The kinds of machine a merchant may hold. An empty list in a topic means all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Device {
    /// 有线台式机: keys, a phone line or network cable, often a separate PIN pad.
    Desk,
    /// 移动手持机: battery, SIM card or Wi-Fi.
    Mobile,
    /// 智能机: Android with a large screen.
    Smart,
    /// 扫码盒: reads customers' payment codes.
    ScanBox,
    /// 云喇叭: announces what was paid.
    Speaker,
    /// 手机刷卡器: a card reader paired with a phone.
    Dongle,
    /// 收款码台卡: a printed code the customer scans.
    QrStand,
}

word!(Device: Desk Mobile Smart ScanBox Speaker Dongle QrStand);

/// How often a cause is behind its fault, in the three words a technician would use.
///
/// What each is worth as a prior probability is the dialog's business.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Often {
    /// 少见.
    #[default]
    Rare,
    /// 偶尔.
    Sometimes,
    /// 常见.
    Common,
}

word!(Often: Rare Sometimes Common);

/// What a step can cost the merchant if done at the wrong moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Risk {
    /// Nothing to lose.
    #[default]
    None,
    /// Settings or records kept on the machine may go.
    Data,
    /// A transaction may be lost or taken twice.
    Money,
    /// Someone may be hurt.
    Safety,
}

word!(Risk: None Data Money Safety);

/// One possible reason for a fault.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cause {
    /// Unique within its topic.
    pub id: String,
    /// What is wrong, in a few words: 纸装反了.
    pub name: String,
    /// How often it is the reason.
    pub often: Often,
}

record!(Cause: id name often);

/// One button under a question, and what pressing it says about the causes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The button's words.
    pub label: String,
    /// Cause ids this answer speaks for.
    pub for_causes: Vec<String>,
    /// Cause ids this answer speaks against.
    pub against_causes: Vec<String>,
}

record!(Answer: label for_causes against_causes);

/// Something the merchant can see, hear or remember that tells causes apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Question {
    /// Unique within its topic, over questions and steps alike.
    pub id: String,
    /// The question as asked.
    pub ask: String,
    /// Two to five buttons.
    pub answers: Vec<Answer>,
    /// Minutes it takes to find out; most questions are answered at a glance.
    pub minutes: f32,
    /// A drawing that shows where to look: a file name in `images/`.
    pub image: Option<String>,
    /// Line in the topic's file, counted from 1.
    pub line: u32,
}

record!(Question: id ask answers minutes image line);

/// One action.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Step {
    /// Unique within its topic, over questions and steps alike.
    pub id: String,
    /// What to do: short imperative sentences, one action.
    pub action: String,
    /// How to do it in more detail, shown on request.
    pub detail: Option<String>,
    /// Minutes it takes an untrained hand.
    pub minutes: f32,
    /// Cause ids this step removes.
    pub fixes: Vec<String>,
    /// What can be lost.
    pub risk: Risk,
    /// Shown before the action whenever `risk` is not [`Risk::None`].
    pub warning: Option<String>,
    /// A drawing: a file name in `images/`.
    pub image: Option<String>,
    /// Why this step, in one short sentence.
    pub because: Option<String>,
    /// Steps naming the same effort share it (the paper cover is opened once).
    pub effort: Option<String>,
    /// Whether it is done even when an answer makes it look pointless: looking up how a transaction
    /// ended, before anything that would take the money again.
    pub always: bool,
    /// Line in the topic's file, counted from 1.
    pub line: u32,
}

record!(Step: id action detail minutes fixes risk warning image because effort always line);

/// When to stop trying, whom to call, and what to have at hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stop {
    /// When trying on is pointless or dangerous.
    pub when: String,
    /// Whom to call.
    pub call: String,
    /// What they will ask for.
    pub ready: Vec<String>,
}

record!(Stop: when call ready);

/// [`Topic::keep_order`] where every step stands as written.
pub const ALL_STEPS: u8 = u8::MAX;

/// An article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Topic {
    /// Id from `topics.tsv`; also the file's stem.
    pub id: String,
    /// Group from `topics.tsv`; also the folder.
    pub group: String,
    /// The article's title.
    pub title: String,
    /// The title as a button: at most twelve characters.
    pub label: String,
    /// Fault or answer.
    pub kind: Kind,
    /// Place on the first screen, counted from 1; absent for most.
    pub first_screen: Option<u8>,
    /// Machines it concerns; empty means all.
    pub devices: Vec<Device>,
    /// How merchants say it. Emptied in a pack's topic section: there the index speaks for them.
    pub phrases: Vec<String>,
    /// Line of each phrase in the topic's file, counted from 1.
    pub phrase_lines: Vec<u32>,
    /// The topic's file, below the content folder.
    pub file: String,
    /// The scope line of `topics.tsv`. Emptied in a pack, as `phrases`.
    pub scope: String,
    /// For an answer topic: the answer, in at most two sentences.
    pub answer: Option<String>,
    /// How to take this customer's money right now; present in every fault that stops payment.
    pub pay_now: Option<String>,
    /// Possible reasons.
    pub causes: Vec<Cause>,
    /// What may be asked.
    pub questions: Vec<Question>,
    /// What may be done.
    pub steps: Vec<Step>,
    /// When to stop and whom to call.
    pub stop: Stop,
    /// How many steps, from the first, must be taken as written; [`ALL_STEPS`] for all. Where a result
    /// is unknown or someone may be hurt, no arithmetic may put a quick step before the safe one.
    pub keep_order: u8,
    /// Ids of related topics.
    pub related: Vec<String>,
    /// Where the advice comes from.
    pub source: String,
    /// ISO date of the last check against the sources.
    pub reviewed: String,
    /// The article proper.
    pub body: Vec<Block>,
}

record!(Topic: id group title label kind first_screen devices phrases scope answer pay_now causes questions steps stop keep_order related source reviewed body, not phrase_lines file);
