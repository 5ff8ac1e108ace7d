//! Keeping examples back: what was not learned from shows how strangers will fare.
//!
//! Two ways of saying nearly the same thing are kept back together: with one of them learned from,
//! the other would be no stranger.

use std::collections::BTreeMap;

use super::examples::{Example, Origin};
use super::learn::Lesson;
use crate::rng::Rng;

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
    for cluster in clusters.filter(|cluster| is_kept_back(cluster, lessons)) {
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

/// Whether a cluster is kept back: drawn from its texts alone, so that no other example matters to it.
fn is_kept_back(cluster: &[usize], lessons: &[Lesson]) -> bool {
    let least = cluster.iter().map(|&at| lessons[at].seed).min().unwrap_or_default();
    Rng::new(least).below(EVERY) == 0
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
    // Where in `said` each term has been met, and how strongly. Bags have length one, so that
    // strengths multiplied and added up are the cosine.
    let mut met: BTreeMap<u32, Vec<(usize, f32)>> = BTreeMap::new();
    let mut cluster_of: Vec<usize> = Vec::with_capacity(said.len());
    let mut cosines: Vec<f32> = Vec::new();
    for (place, &example) in said.iter().enumerate() {
        cosines.clear();
        cosines.resize(place, 0.0);
        for (term, strength) in &lessons[example].terms {
            let met = met.entry(*term).or_default();
            met.iter().for_each(|&(other, theirs)| cosines[other] += strength * theirs);
            met.push((place, *strength));
        }
        let alike = (0..place).filter(|&other| cosines[other] >= ALIKE).map(|other| cluster_of[other]);
        let cluster = alike.min().unwrap_or(clusters.len());
        if cluster == clusters.len() {
            clusters.push(Vec::new());
        }
        clusters[cluster].push(example);
        cluster_of.push(cluster);
    }
    clusters
}
