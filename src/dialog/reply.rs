//! A reply is everything the merchant is shown in answer to one turn.

use serde::Serialize;

use crate::content::Risk;

/// What a reply is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The first words.
    #[default]
    Greeting,
    /// Which of these is it?
    Clarify,
    /// A follow-up question.
    Question,
    /// One thing to do.
    Step,
    /// A question answered.
    Answer,
    /// A person takes over.
    HandOver,
    /// Not understood, or not ours.
    Fallback,
    /// The end.
    Closing,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What [`super::Turn::Chose`] takes.
    pub id: String,
    /// What it says.
    pub label: String,
}

impl Choice {
    /// A button. Never inlined: there are dozens, and each would be a hundred bytes in the browser.
    #[inline(never)]
    pub fn new(id: &str, label: &str) -> Self {
        Self { id: id.to_owned(), label: label.to_owned() }
    }

    /// A button whose id says which of several it is: `answer:0`, `answer:1`, …
    pub(super) fn nth(kind: &str, nth: usize, label: &str) -> Self {
        Self::new(&[kind, ":", &nth.to_string()].concat(), label)
    }
}

/// A step, as shown.
#[derive(Debug, Clone, PartialEq)]
pub struct StepView {
    /// The how-manieth step tried, counted from 1.
    pub n: u32,
    /// What can be lost.
    pub risk: Risk,
    /// A drawing: a file name in `images/`.
    pub image: Option<String>,
    /// The most steps that can still follow.
    pub left: u32,
    /// Minutes it takes.
    pub minutes: f32,
    /// How to do it in more detail.
    pub detail: Option<String>,
}

/// What to show.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reply {
    /// Counted from 0 for the greeting.
    pub turn: u32,
    /// What it is.
    pub kind: Kind,
    /// What comes before everything else: the meaning of a code, an acknowledgement.
    pub note: Option<String>,
    /// Shown before the action, set apart, whenever something can be lost.
    pub warning: Option<String>,
    /// The words.
    pub text: String,
    /// The topic in focus.
    pub topic: Option<String>,
    /// The step, if this is one.
    pub step: Option<StepView>,
    /// A drawing beside a question.
    pub image: Option<String>,
    /// What to have ready, when handing over.
    pub ready: Vec<String>,
    /// Whether the topic's article belongs below the words.
    pub article: bool,
    /// Buttons.
    pub options: Vec<Choice>,
    /// Why this, in one short sentence.
    pub because: Option<String>,
}

impl Reply {
    /// With these buttons. (Filling in one place what every reply fills keeps the browser's code small.)
    #[inline(never)]
    pub(super) fn offering(mut self, options: Vec<Choice>) -> Self {
        self.options = options;
        self
    }

    /// With what to have ready for a call.
    #[inline(never)]
    pub(super) fn with_ready(mut self, ready: Vec<String>) -> Self {
        self.ready = ready;
        self
    }

    /// In these words instead.
    #[inline(never)]
    pub(super) fn saying(mut self, text: &str) -> Self {
        self.text = text.to_owned();
        self
    }

    /// Only this, with a way back to what it would have said.
    #[inline(never)]
    pub(super) fn only_saying(mut self, text: &str) -> Self {
        if self.kind == Kind::Answer {
            self.topic = None;
        }
        (self.note, self.warning, self.ready, self.article) = (None, None, Vec::new(), false);
        self.options.push(Choice::new("again", super::wording::AGAIN));
        self.saying(text)
    }

    /// In the words in which it was told, and with the note.
    pub(super) fn told(self, text: &str, note: Option<String>) -> Self {
        let beside = matches!(self.kind, Kind::Answer) && self.text != text;
        let told = if beside { self.only_saying(text) } else { self.saying(text) };
        Self { note, ..told }
    }

    /// Without this button.
    #[inline(never)]
    pub(super) fn without(mut self, id: &str) -> Self {
        self.options.retain(|choice| choice.id != id);
        self
    }

    /// With `note` before everything else, and before what was noted already.
    #[inline(never)]
    pub(super) fn noting(mut self, note: &str) -> Self {
        self.note = Some(match self.note {
            Some(more) if more != note => [note, "\n", &more].concat(),
            _ => note.to_owned(),
        });
        self
    }

    /// The words as one text, warning before action: for terminals and transcripts.
    pub fn spoken(&self) -> String {
        let mut lines: Vec<&str> = Vec::new();
        lines.extend(self.note.as_deref());
        let warning = self.warning.as_ref().map(|warning| format!("{}{warning}", super::wording::WARNING));
        lines.extend(warning.as_deref());
        lines.push(&self.text);
        let ready: Vec<String> = self.ready.iter().map(|what| format!("· {what}")).collect();
        lines.extend(ready.iter().map(String::as_str));
        lines.join("\n")
    }
}
