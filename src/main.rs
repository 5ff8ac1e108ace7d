//! tmp
fn main() { let (b, d) = posdoc::content::load(std::path::Path::new("content")).unwrap(); for x in &d { println!("{x}"); } println!("{} {}", b.topics.len(), b.codes.len()); }
