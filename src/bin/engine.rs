//! tmp
#[cfg(target_arch="wasm32")]
static PACK: &[u8] = include_bytes!("/tmp/gen/test.pack");
#[cfg(target_arch="wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn ask(text: &str) -> Vec<f32> {
    let pack = posdoc::index::Pack::open(PACK).unwrap();
    let a = posdoc::text::Analyzer::new(&pack.read(posdoc::index::Section::Tables).unwrap());
    let s = posdoc::index::Searcher::open(pack.bytes(posdoc::index::Section::Index).unwrap()).unwrap();
    let mut t = std::collections::BTreeMap::new();
    for x in a.analyze(text).terms { *t.entry(x).or_insert(0.0) += 1.0; }
    s.score(&t).unwrap().0
}
fn main() {}
