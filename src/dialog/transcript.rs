//! The transcript: what a page keeps of a conversation over a reload, and for a later visit.

use super::Knowledge;
use super::reply::{Kind, Reply};
use super::show::{focused, show};
use super::state::{Open, State};
use crate::content::record::{decode, encode, record};
use crate::index::checksum;

/// Where a conversation was left, and what was shown until then. Card numbers and secrets are gone from
/// both before they get here.
#[derive(Debug)]
pub struct Transcript {
    /// The day it was left, counted from 1970.
    pub day: u32,
    /// Where it was left.
    pub state: State,
    /// What was shown, oldest first: a state that holds only what the merchant said, or a reply as
    /// [`Transcript::line`] makes it. A reply follows from a state, so that keeping states keeps its
    /// drawing, its details and its reasons, in little room.
    pub lines: Vec<State>,
}

record!(Transcript: day state lines);

/// The form this version keeps transcripts in. Raised whenever a field or variant in them changes.
const FORM: u8 = 5;

impl Transcript {
    /// The transcript as bytes, to store: the form, a checksum, what it holds.
    pub fn to_bytes(&self) -> Vec<u8> {
        let body = encode(self);
        [&[FORM], &checksum(&body).to_le_bytes()[..], &body].concat()
    }

    /// A stored transcript; nothing if another version stored it, or if it is damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let ([form, sum @ ..], body) = bytes.split_first_chunk::<9>()?;
        let sound = *form == FORM && checksum(body).to_le_bytes() == *sum;
        sound.then(|| decode(body)).flatten()
    }

    /// A reply as a line: the state it left open, without what only later turns need, and in place of
    /// what was said, the note and the words of the reply.
    pub fn line(reply: &Reply, state: &State) -> State {
        let mut line = state.clone();
        line.said = vec![reply.note.clone().unwrap_or_default(), reply.text.clone()];
        line.before.clear();
        line.doubts.clear();
        line
    }
}

/// Whether everything is here that the reply to `state` is made of: articles and narrowing questions
/// arrive later than the rest.
pub fn has_arrived(knowledge: &Knowledge, state: &State) -> bool {
    let narrows = matches!(state.open, Open::Split(_));
    (!narrows || !knowledge.splits().is_empty())
        && (state.focus.is_none() || focused(knowledge, state).is_some())
}

/// The reply that a kept line is, in the words it was given in; nothing if the merchant said it.
pub fn retell(knowledge: &Knowledge, line: &State) -> Option<Reply> {
    let [note, text] = &line.said[..] else { return None };
    let arrived = has_arrived(knowledge, line);
    let mut reply = if arrived { show(knowledge, &mut line.clone()) } else { Reply::default() };
    reply.kind = if arrived { reply.kind } else { Kind::Answer };
    reply.options = Vec::new();
    Some(reply.told(text, (!note.is_empty()).then(|| note.clone())))
}
