//! tmp
use std::io::BufRead;
fn main() {
    let (kb, _) = posdoc::content::load(std::path::Path::new("content")).unwrap();
    let lines: Vec<String> = std::io::stdin().lock().lines().map(|l| l.unwrap()).collect();
    let tables = posdoc::text::generate(lines.iter().map(|s| s.as_str()), &kb.lexicon);
    eprintln!("{} folds {} readings {} spellings", tables.fold_from.chars().count(), tables.readings.iter().map(|r| r.1.chars().count()).sum::<usize>(), tables.spellings.len());
    let a = posdoc::text::Analyzer::new(&tables);
    for l in lines { let r = a.analyze(&l); println!("{}", serde_json::to_string(&(r.text, r.terms)).unwrap()); }
}
