//! A diagnostic tells an editor what is wrong with a file and what to write instead.

use std::fmt;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal,)+) => {
        /// What kind of fault a [`Diagnostic`] reports. Codes are stable: editors search for them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])+ $name,)+ }

        impl Code {
            /// Every code there is, for documentation and for tests that each one can be provoked.
            pub const ALL: &[Code] = &[$(Code::$name),+];

            /// The code as printed, such as `E001`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text),+ }
            }
        }
    };
}

codes! {
    /// The file cannot be read (permissions, a vanished file).
    Unreadable = "E001",
    /// The file holds nothing.
    Empty = "E002",
    /// No `+++` front matter at the top.
    NoFrontMatter = "E003",
    /// The front matter or the file is not valid TOML.
    Toml = "E004",
    /// A key nobody knows.
    UnknownKey = "E005",
    /// A key that must be there is not.
    MissingKey = "E006",
    /// A value of the wrong type or outside its list.
    BadValue = "E007",
    /// The file is named after no topic of `topics.tsv`.
    UnknownTopic = "E008",
    /// The file stands in another group's folder.
    WrongGroup = "E009",
    /// Bytes that are not UTF-8.
    NotUtf8 = "E010",
    /// The file is larger than any article should be.
    TooLarge = "E011",
    /// A folder where a file was expected.
    NotAFile = "E012",
    /// A phrase that stands elsewhere too, in this or another topic.
    DuplicatePhrase = "E013",
    /// Two things in one topic or table share an id.
    DuplicateId = "E014",
    /// A name that refers to nothing.
    DanglingReference = "E015",
    /// Markdown that a chat bubble cannot show.
    Markup = "E016",
    /// A line of `topics.tsv` that does not have four columns.
    BadPromise = "E017",
    /// A cause that no step removes.
    CauseWithoutStep = "C101",
    /// A step that removes no cause.
    StepWithoutCause = "C102",
    /// A question whose answers change nothing.
    IdleQuestion = "C103",
    /// A risky step without a warning.
    NoWarning = "C104",
    /// A step that acts dangerously but claims no risk.
    HiddenRisk = "C105",
    /// A sentence too long to be followed with a machine in the hand.
    LongSentence = "C106",
    /// A trade word without its gloss.
    Jargon = "C107",
    /// Something that must never be written.
    Forbidden = "C108",
    /// A drawing that does not exist.
    MissingImage = "C109",
    /// A related topic that does not exist.
    DeadRelated = "C110",
    /// A topic of `topics.tsv` without an article.
    NoArticle = "C111",
    /// Not reviewed for too long.
    Stale = "C112",
    /// A fault that stops payment without another way to take the money.
    NoPayNow = "C113",
    /// Too few causes, steps or phrases to be of use.
    TooThin = "C114",
    /// A drawing that a strict policy or a dark page would break.
    BadDrawing = "C115",
    /// A topic that no narrowing question leads to.
    Unsplit = "C116",
    /// An article for one machine that could not take its topic's place.
    Machine = "C117",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One fault in the content, with the place and the remedy. Written in Chinese, for editors.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Path below the content folder, with forward slashes.
    pub file: String,
    /// Line, counted from 1; 1 where the whole file is meant.
    pub line: u32,
    /// What kind of fault.
    pub code: Code,
    /// What is wrong and what to write instead.
    pub message: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} {}", self.file, self.line, self.code, self.message)
    }
}
