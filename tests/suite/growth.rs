//! Ten and a hundred times the content: what grows, and what must not.

use std::path::Path;

use posdoc::content::{self, Topic};
use posdoc::index::{Pack, Section};
use posdoc::matching::{self, Matcher, Part, Recipe, Verdict};

use crate::content::Corpus;
use crate::posdoc;

fn matcher(folder: &Path) -> Matcher {
    let (base, _) = content::load(folder).expect("the folder can be listed");
    let built = matching::build_by(&Recipe::quick(), &base, 0).expect("the content can be built");
    let bytes = Vec::leak(built.finish(|section| Part::Whole.holds(section)));
    Matcher::open(&Pack::open(bytes).expect("sound"), Default::default()).expect("sound")
}

fn topics(verdict: &Verdict) -> Vec<(&str, f32)> {
    verdict.matches.iter().map(|found| (found.topic.as_str(), found.score)).collect()
}

#[test]
fn articles_for_machines_answer_whoever_names_one_and_change_nothing_for_others() {
    let corpus = Corpus::sound();
    let folder = tempfile::tempdir().expect("a folder for the test");
    let grown = folder.path().join("grown");
    let made = posdoc()
        .args(["grow", "--factor", "10", "--content"])
        .args([corpus.path(), Path::new("--out"), &grown])
        .output()
        .expect("posdoc runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let (small, large) = (matcher(corpus.path()), matcher(&grown));
    let (base, findings) = content::load(&grown).expect("the folder can be listed");
    assert_eq!((base.topics.len(), findings), (30, vec![]), "sound content grows sound");

    for message in ["装了纸还说没纸", "打出来是白纸，急", "查一笔交易", "今天天气不错"]
    {
        assert_eq!(topics(&large.ask(message)), topics(&small.ask(message)), "{message}");
    }
    let machine = base.topic("paper-out--m03").expect("an article for the third machine");
    let (name, _) = machine.title.split_once('：').expect("its name");
    let message = format!("我这台{name}，装了纸还说没纸");
    assert_eq!(topics(&large.ask(&message))[0].0, "paper-out--m03");
    assert_eq!(topics(&small.ask(&message))[0].0, "paper-out", "without them the general article");
}

#[test]
fn a_pack_for_one_machine_leaves_out_the_others() {
    let corpus = Corpus::sound();
    let folder = tempfile::tempdir().expect("a folder for the test");
    let (grown, packs) = (folder.path().join("grown"), folder.path().join("packs"));
    let run = |command: &str, rest: &[&Path]| {
        let made = posdoc().arg(command).args(rest).output().expect("posdoc runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    };
    let path = Path::new;
    run("grow", &[path("--factor"), path("4"), path("--content"), corpus.path(), path("--out"), &grown]);
    run(
        "build",
        &[path("--quick"), path("--machines"), path("m02"), path("--content"), &grown, path("--out"), &packs],
    );
    let bytes = Vec::leak(std::fs::read(packs.join("posdoc.pack")).expect("a pack"));
    let pack = Pack::open(bytes).expect("sound");
    let articles: Vec<Topic> = pack.read(Section::Articles).expect("articles");
    let ids: Vec<&str> = articles.iter().map(|topic| topic.id.as_str()).collect();
    assert_eq!(ids.len(), 6, "{ids:?}");
    assert!(ids.contains(&"paper-out--m02") && ids.contains(&"paper-out"), "{ids:?}");
    assert!(!ids.iter().any(|id| id.ends_with("--m01") || id.ends_with("--m03")), "{ids:?}");
}
