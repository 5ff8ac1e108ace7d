//! The exact optimum: every order of steps and questions, every answer, tried out.
//!
//! With one fault at work, what is believed depends only on which steps failed and which answers
//! were given, not on their order; so each such set is worked out once. Orders that must be kept
//! bind the optimum as they bind the policy: there is nothing to gain from breaking them.

use crate::dialog::{Belief, HAND_OVER, Odds};

/// The most states worked out; a topic with more has no optimum to compare with.
const MOST_STATES: usize = 4_000_000;

/// Expected minutes to repair when nothing better can be done, knowing `odds` to be the truth.
/// `None` if there are too many states.
pub fn optimum(odds: &Odds) -> Option<f32> {
    // A question's digit: 0 while open, then one per answer.
    let digits = odds.questions.iter().map(|question| question.answers.len() + 1);
    let places: Vec<usize> = digits
        .scan(1usize, |place, digit| {
            let own = *place;
            *place = place.saturating_mul(digit);
            Some(own)
        })
        .collect();
    let codes: usize =
        odds.questions.iter().fold(1, |codes, question| codes.saturating_mul(question.answers.len() + 1));
    let efforts = 1 + odds.steps.iter().filter_map(|step| step.effort).max().map_or(0, |most| most + 1);
    let tried = u32::try_from(odds.steps.len()).ok().and_then(|steps| 1usize.checked_shl(steps))?;
    let states = tried.saturating_mul(codes).saturating_mul(efforts);
    if odds.steps.len() >= 32 || states > MOST_STATES {
        return None;
    }
    let mut search = Search { odds, places, tried, codes, known: vec![f32::NAN; states] };
    Some(search.least(&Belief { causes: odds.prior.clone() }, 0, 0, None, 0))
}

/// The same without asking anything: the best fixed order of steps, stopping where it is best.
pub fn best_order(odds: &Odds) -> Option<f32> {
    optimum(&Odds { questions: Vec::new(), ..odds.clone() })
}

/// The minutes left if the cause were known from the start: no question can save more than what
/// lies between this and the best fixed order.
pub fn cause_known(odds: &Odds) -> Option<f32> {
    let each = (0..odds.prior.len()).map(|cause| {
        let mut known = odds.clone();
        known
            .prior
            .iter_mut()
            .enumerate()
            .filter(|(other, _)| *other != cause)
            .for_each(|(_, chance)| *chance = 0.0);
        best_order(&known)
    });
    each.sum()
}

struct Search<'o> {
    odds: &'o Odds,
    /// What one answer counts in the code of all answers.
    places: Vec<usize>,
    tried: usize,
    codes: usize,
    /// Minutes from each state on, weighted by the chance of reaching it; NaN where not known yet.
    known: Vec<f32>,
}

impl Search<'_> {
    fn least(
        &mut self,
        belief: &Belief,
        tried: usize,
        code: usize,
        effort: Option<usize>,
        spared: u32,
    ) -> f32 {
        let state = (effort.map_or(0, |effort| effort + 1) * self.codes + code) * self.tried + tried;
        if !self.known[state].is_nan() {
            return self.known[state];
        }
        let odds = self.odds;
        let mass = belief.mass();
        let left: Vec<usize> = (0..odds.steps.len()).filter(|nth| tried & (1 << nth) == 0).collect();
        // Nothing comes before a step that must come first, not even a question.
        let forced = left.first().is_some_and(|first| *first < odds.leading);
        let mut least = if forced { f32::INFINITY } else { mass * HAND_OVER };
        for nth in odds.open(&left, spared) {
            let step = &odds.steps[nth];
            let failed = belief.times(&step.fails);
            if failed.mass() < mass || nth < odds.ordered || forced {
                let then = self.least(&failed, tried | (1 << nth), code, step.effort, spared);
                least = least.min(mass * odds.cost(nth, effort) + then);
            }
        }
        for (nth, question) in odds.questions.iter().enumerate() {
            let place = self.places[nth];
            let open = (code / place).is_multiple_of(question.answers.len() + 1);
            if !open || forced {
                continue;
            }
            let mut minutes = mass * question.minutes;
            for (answer, (chances, spares)) in question.answers.iter().zip(&question.spares).enumerate() {
                let code = code + place * (answer + 1);
                minutes += self.least(&belief.times(chances), tried, code, effort, spared | spares);
            }
            least = least.min(minutes);
        }
        self.known[state] = least;
        least
    }
}
