//! Keeping examples back: what was not learned from shows how strangers will fare.
//!
//! Two ways of saying nearly the same thing are kept back together: with one of them learned from,
//! the other would be no stranger.

use super::examples::{Example, Origin};
use super::learn::Lesson;

/// One cluster of examples in this many is kept back from a model learned for the purpose. Rising
/// makes that model more like the one that ships, and what it tells less certain. (Keeping back
/// each fourth in turn would tell it twice as certainly, in four times the time.)
const EVERY: usize = 4;
/// The cosine from which two bags say nearly the same.
const ALIKE: f32 = 0.6;

/// Which examples are kept back.
pub(super) fn kept_back(examples: &[Example<'_>], lessons: &[Lesson]) -> Vec<bool> {
    let mut kept = vec![false; examples.len()];
    let clusters = by_classes(examples).into_iter().flat_map(|said| clusters(&said, lessons));
    for cluster in clusters.step_by(EVERY) {
        for example in cluster {
            kept[example] = true;
        }
    }
    for at in 1..examples.len() {
        if examples[at].origin == Origin::Reworded {
            kept[at] = kept[at - 1];
        }
    }
    kept
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
