//! Keeping examples back: what was not learned from shows how strangers will fare.
//!
//! In cross-validation (Stone, J. Royal Statistical Society B 1974) every example is kept back
//! once. Two ways of saying nearly the same thing are kept back together: with one of them learned
//! from, the other would be no stranger.

use super::examples::{Example, Origin};
use super::learn::Lesson;

/// Folds; each is kept back from a model of its own. Rising makes those models more like the one
/// that ships, and building slower.
pub(super) const FOLDS: usize = 4;
/// The cosine from which two bags say nearly the same.
const ALIKE: f32 = 0.6;

/// For every example the fold that keeps it back; `None` is learned from always.
pub(super) fn folds(examples: &[Example<'_>], lessons: &[Lesson]) -> Vec<Option<usize>> {
    let mut folds: Vec<Option<usize>> = vec![None; examples.len()];
    let clusters = by_classes(examples).into_iter().flat_map(|said| clusters(&said, lessons));
    for (nth, cluster) in clusters.enumerate() {
        for example in cluster {
            folds[example] = Some(nth % FOLDS);
        }
    }
    for at in 1..examples.len() {
        if examples[at].origin == Origin::Reworded {
            folds[at] = folds[at - 1];
        }
    }
    folds
}

/// What was said, by the classes it belongs to, each in order.
fn by_classes(examples: &[Example<'_>]) -> Vec<Vec<usize>> {
    let mut said: Vec<usize> = (0..examples.len()).collect();
    said.retain(|&at| matches!(examples[at].origin, Origin::Phrase | Origin::Other));
    said.sort_by(|&a, &b| examples[a].classes.cmp(&examples[b].classes));
    said.chunk_by(|&a, &b| examples[a].classes == examples[b].classes).map(<[usize]>::to_vec).collect()
}

/// `said`, those nearly alike together: each joins the first cluster that holds one like it.
fn clusters(said: &[usize], lessons: &[Lesson]) -> Vec<Vec<usize>> {
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for &example in said {
        let alike = |&other: &usize| cosine(&lessons[example].terms, &lessons[other].terms) >= ALIKE;
        match clusters.iter_mut().find(|cluster| cluster.iter().any(alike)) {
            Some(cluster) => cluster.push(example),
            None => clusters.push(vec![example]),
        }
    }
    clusters
}

/// Of two bags of length one, sorted by term.
fn cosine(one: &[(u32, f32)], other: &[(u32, f32)]) -> f32 {
    let (mut left, mut right, mut sum) = (0, 0, 0.0);
    while let (Some(a), Some(b)) = (one.get(left), other.get(right)) {
        match a.0.cmp(&b.0) {
            std::cmp::Ordering::Less => left += 1,
            std::cmp::Ordering::Greater => right += 1,
            std::cmp::Ordering::Equal => {
                sum += a.1 * b.1;
                left += 1;
                right += 1;
            }
        }
    }
    sum
}
