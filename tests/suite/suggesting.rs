//! What is offered while typing, measured on beginnings of labels and phrases: characters, pinyin,
//! half-typed pinyin.

use std::collections::BTreeMap;

use pinyin::ToPinyin;
use posdoc::index::Section;
use posdoc::matching::{Decision, Matcher, Suggestion};
use posdoc::text::is_han;

use crate::{base, pack};

fn matcher() -> Matcher {
    Matcher::open(&pack(), BTreeMap::new()).expect("the pack has a matcher")
}

/// Every so many topics and phrases one is cut, so that there are two hundred beginnings.
const EVERY: usize = 3;

/// Beginnings of what may be typed, and the topic that is meant: of every third topic the label and
/// one of its phrases, cut after two to four characters, and the same spelled, the last syllable by
/// half.
fn beginnings() -> Vec<(String, String)> {
    let mut cut = Vec::new();
    for (nth, topic) in base().topics.iter().enumerate().step_by(EVERY) {
        let phrases =
            topic.phrases.iter().filter(|phrase| phrase.chars().take(4).filter(|c| is_han(*c)).count() == 4);
        let phrase = phrases.clone().nth(nth % phrases.count().max(1));
        for (text, lengths) in [(Some(&topic.label), [2, 3]), (phrase, [3, 4])] {
            let Some(text) = text else { continue };
            for length in lengths {
                let begun: String = text.chars().filter(|c| is_han(*c)).take(length).collect();
                cut.push((begun, topic.id.clone()));
            }
        }
        let spelled: Vec<&str> = topic
            .label
            .chars()
            .filter_map(|c| c.to_pinyin())
            .take(3)
            .map(|syllable| syllable.plain())
            .collect();
        if let [whole @ .., last] = &*spelled {
            cut.push((format!("{}{}", whole.concat(), &last[..1]), topic.id.clone()));
        }
    }
    cut
}

#[test]
fn what_is_begun_is_offered() {
    let matcher = matcher();
    let beginnings = beginnings();
    let (mut any, mut first, mut among) = (0, 0, 0);
    for (typed, topic) in &beginnings {
        let offered = matcher.suggest(typed);
        any += usize::from(!offered.is_empty());
        first += usize::from(offered.first().is_some_and(|offer| offer.topic == *topic));
        among += usize::from(offered.iter().any(|offer| offer.topic == *topic));
        if std::env::var_os("SHOW").is_some() {
            let texts: Vec<&str> = offered.iter().map(|offer| offer.text.as_str()).collect();
            println!("{typed}\t{topic}\t{}", texts.join(" | "));
        }
    }
    let percent = |count: usize| 100 * count / beginnings.len();
    let reached = [percent(any), percent(first), percent(among)];
    println!(
        "{} beginnings: something {} %, first right {} %, right among them {} %",
        beginnings.len(),
        reached[0],
        reached[1],
        reached[2]
    );
}

#[test]
fn every_topic_that_fits_comes_before_one_comes_twice() {
    let matcher = matcher();
    for typed in ["打", "打印", "dayin", "卡", "密码", "没", "51", "报错", "钱没到", "手续费"]
    {
        let offered = matcher.suggest(typed);
        assert!(offered.len() <= 5, "{typed}");
        let comes_again = |nth: usize| offered[..nth].iter().any(|before| before.topic == offered[nth].topic);
        let again: Vec<bool> = (0..offered.len()).map(comes_again).collect();
        let told = offered.iter().map(|offer| offer.text.as_str()).collect::<Vec<_>>().join(" | ");
        // Common codes are of three topics at most, and asked for by number.
        assert!(typed == "报错" || again.is_sorted(), "{typed}: {told}");
    }
}

/// Everything that may be offered.
fn offered() -> Vec<Suggestion> {
    pack().read(Section::Suggestions).expect("there are suggestions")
}

#[test]
fn what_is_offered_is_answered_with_its_topic() {
    let matcher = matcher();
    let mut astray = Vec::new();
    for offer in offered() {
        let verdict = matcher.ask(&offer.text);
        let (code, _) = offer.text.split_once('：').unzip();
        let right = match code {
            Some(code) => verdict.code.as_deref() == Some(code),
            None => verdict.decision == Decision::Answer && verdict.matches[0].topic == offer.topic,
        };
        if !right {
            let found = verdict.matches.first().map(|found| (&found.topic, found.score));
            astray.push(format!("{} ({}): {:?} {found:?}", offer.text, offer.topic, verdict.decision));
        }
    }
    assert!(astray.is_empty(), "{}", astray.join("\n"));
}

#[test]
fn what_is_offered_reads_well() {
    let lexicon = &base().lexicon;
    let slips = [&lexicon.typo, &lexicon.regional, &lexicon.censor];
    let slips: Vec<&String> = slips.into_iter().flatten().flat_map(|(_, wrongs)| wrongs).collect();
    for offer in offered() {
        let label = base().topic(&offer.topic).is_some_and(|topic| topic.label == offer.text);
        if label || offer.text.contains('：') {
            continue;
        }
        let length = offer.text.chars().count();
        assert!((4..=10).contains(&length) && offer.text.chars().all(is_han), "{}", offer.text);
        assert!(!slips.iter().any(|slip| offer.text.contains(slip.as_str())), "{}", offer.text);
    }
}

/// What is offered for what is typed.
#[track_caller]
fn offers(typed: &str, first: &str) {
    let texts: Vec<String> = matcher().suggest(typed).into_iter().map(|offer| offer.text).collect();
    assert_eq!(texts.first().map(String::as_str).unwrap_or_default(), first, "{typed}: {texts:?}");
}

#[test]
fn labels_come_first_however_they_are_begun() {
    offers("没网", "机器连不上网");
    offers("quezh", "提示缺纸");
    offers("无线网", "连不上无线网");
    offers("wifi", "连不上无线网");
    offers("螢幕不亮", "有声音但黑屏");
}

#[test]
fn a_code_is_offered_with_what_it_says() {
    offers("51", "51：余额不足");
    offers("报96", "96：交换中心异常，请稍后重试");
    offers("a0", "A0：MAC校验错，请重新签到");
    offers("userp", "USERPAYING：用户支付中，需要输入密码");
    assert_eq!(matcher().suggest("报错").len(), 5, "common codes");
}

#[test]
fn nothing_is_better_than_something_odd() {
    for typed in ["", "4", "你好", "😀", "卖了300瓶水", "z9"] {
        offers(typed, "");
    }
    let story = "今天早上一开门机器就连不上网客人都走了怎么办";
    offers(story, "");
}
