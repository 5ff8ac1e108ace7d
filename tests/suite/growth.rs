//! Ten and a hundred times the content: what grows, and what must not.

use std::path::Path;

use posdoc::content::{self, Topic};
use posdoc::index::{Pack, Section};
use posdoc::matching::{self, Decision, Matcher, Part, Recipe, Verdict};

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
    // What is vague is asked back about topics, whoever's machine it is.
    let (named, plain) = (large.ask(&format!("{name}坏了")), small.ask("坏了"));
    assert_eq!(named.decision, Decision::Clarify);
    assert_eq!((topics(&named), named.decision), (topics(&plain), plain.decision));
}

/// What the second machine's article about paper advises, and no other.
const OWN_STEP: &str = "把纸卷从侧面推进去";

/// The articles of a pack of the sound corpus grown fourfold, and what understands by it.
fn narrowed(choice: &[&str]) -> (Vec<Topic>, Matcher) {
    let corpus = Corpus::sound();
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let run = |arguments: &[&str]| {
        let made = posdoc().args(arguments).output().expect("posdoc runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    };
    let content = corpus.path().display().to_string();
    run(&["grow", "--factor", "4", "--content", &content, "--out", &path("grown")]);
    let own = folder.path().join("grown/print/paper-out--m02.md");
    let text = std::fs::read_to_string(&own).expect("an article for the second machine");
    assert!(text.contains("换一卷新的热敏纸"), "{text}");
    std::fs::write(&own, text.replace("换一卷新的热敏纸", OWN_STEP)).expect("writable");
    let build = ["build", "--quick", "--content", &path("grown"), "--out", &path("packs")];
    run(&[&build[..], choice].concat());
    let bytes = Vec::leak(std::fs::read(folder.path().join("packs/posdoc.pack")).expect("a pack"));
    let pack = Pack::open(bytes).expect("sound");
    let articles = pack.read(Section::Articles).expect("articles");
    (articles, Matcher::open(&pack, Default::default()).expect("sound"))
}

fn advises(topic: &Topic, step: &str) -> bool {
    topic.steps.iter().any(|known| known.action.contains(step))
}

fn ids(articles: &[Topic]) -> Vec<&str> {
    articles.iter().map(|topic| topic.id.as_str()).collect()
}

#[test]
fn in_a_pack_for_one_machine_its_articles_answer_unnamed() {
    let (articles, matcher) = narrowed(&["--machines", "m02"]);
    assert_eq!(ids(&articles), ["paper-out", "print-blank", "txn-query"]);
    assert!(advises(&articles[0], OWN_STEP) && !articles[0].title.contains('：'), "{:?}", articles[0]);
    assert_eq!(topics(&matcher.ask("装了纸还说没纸"))[0].0, "paper-out");
}

#[test]
fn a_pack_for_two_machines_leaves_out_the_others() {
    let (articles, _) = narrowed(&["--machines", "m02,m03"]);
    let ids = ids(&articles);
    assert_eq!(ids.len(), 9, "{ids:?}");
    assert!(ids.contains(&"paper-out--m02") && ids.contains(&"paper-out"), "{ids:?}");
    assert!(!ids.iter().any(|id| id.ends_with("--m01")), "{ids:?}");
}

#[test]
fn a_pack_for_no_machine_is_the_pack_without_them() {
    let (articles, matcher) = narrowed(&["--machines"]);
    assert_eq!(ids(&articles), ["paper-out", "print-blank", "txn-query"]);
    assert!(!advises(&articles[0], OWN_STEP), "{:?}", articles[0]);
    assert_eq!(topics(&matcher.ask("装了纸还说没纸"))[0].0, "paper-out");
}

#[test]
fn a_pack_for_one_group_refuses_what_belongs_to_another() {
    let (articles, matcher) = narrowed(&["--machines", "--groups", "print"]);
    assert_eq!(ids(&articles), ["paper-out", "print-blank"]);
    assert_eq!(matcher.ask("怎么查一笔交易，第 3 种说法").decision, Decision::None);
    assert_eq!(topics(&matcher.ask("装了纸还说没纸"))[0].0, "paper-out");
}

#[test]
fn a_group_or_machine_that_nobody_has_is_refused_by_name() {
    let content = Corpus::sound();
    for (choice, name) in [("--groups", "prnt"), ("--machines", "m99")] {
        let made = posdoc().args(["build", choice, name, "--content"]).arg(content.path()).output();
        let said = made.expect("posdoc runs");
        assert_eq!(said.status.code(), Some(2));
        let said = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(said.contains(name), "{said}");
    }
}
