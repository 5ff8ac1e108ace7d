//! The record of a conversation: what a page keeps over a reload, and for a later visit.

use super::Knowledge;
use super::reply::{Kind, Reply};
use super::show::{focused, show};
use super::state::State;
use crate::index::checksum;

/// Where a conversation was left, and what was shown until then. Card numbers and secrets are gone from
/// both before they get here.
#[derive(Debug)]
pub struct Record {
    /// The day it was left, counted from 1970.
    pub day: u32,
    /// Where it was left.
    pub state: State,
    /// What was shown, oldest first, each as [`Record::line`] makes it. A reply follows from a state, so
    /// that keeping states keeps its drawing, its details and its reasons, in little room.
    pub lines: Vec<State>,
}

/// The form this version keeps records in. Raised whenever a field or variant in them changes.
const FORM: u8 = 4;

impl Record {
    /// The record as bytes, to store: the form, the day, one state after the other, a checksum.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![FORM];
        bytes.extend(self.day.to_le_bytes());
        for state in self.lines.iter().chain([&self.state]) {
            bytes = postcard::to_extend(state, bytes).unwrap_or_default();
        }
        bytes.extend(checksum(&bytes).to_le_bytes());
        bytes
    }

    /// A stored record; nothing if another version stored it, or if it is damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (body, sum) = bytes.split_last_chunk()?;
        let ([form, day @ ..], mut rest) = body.split_first_chunk::<5>()?;
        if *form != FORM || checksum(body).to_le_bytes() != *sum {
            return None;
        }
        let mut lines = Vec::new();
        while !rest.is_empty() {
            let line;
            (line, rest) = postcard::take_from_bytes::<State>(rest).ok()?;
            lines.push(line);
        }
        Some(Self { day: u32::from_le_bytes(*day), state: lines.pop()?, lines })
    }

    /// One line of the transcript: what the merchant said, or the note and the words of a reply; with
    /// the state it left open.
    pub fn line(said: Vec<String>, state: &State) -> State {
        let mut line = state.clone();
        line.said = said;
        line.before.clear();
        line.doubts.clear();
        line
    }
}

/// The reply that a kept line is, in the words it was given in; nothing if the merchant said it.
pub fn retell(knowledge: &Knowledge, line: &State) -> Option<Reply> {
    let [note, text] = &line.said[..] else { return None };
    let arrived = line.focus.is_none() || focused(knowledge, line).is_some();
    let mut reply = if arrived { show(knowledge, &mut line.clone()) } else { Reply::default() };
    reply.kind = if arrived { reply.kind } else { Kind::Answer };
    reply.note = (!note.is_empty()).then(|| note.clone());
    Some(reply.saying(text).offering(Vec::new()))
}
