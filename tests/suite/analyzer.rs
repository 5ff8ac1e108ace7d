//! The analyzer's version stands for what it makes of a text: a pack holds what was learned from its
//! terms, so that one made by another analyzer is of no use, and nothing but the version tells.

use std::fs;

use posdoc::content::Lexicon;
use posdoc::text::{Analyzer, Strengths, VERSION, generate};

use crate::root;

/// Each rule of `src/text`, one way and the other.
const TEXTS: &[&str] = &[
    // Characters, their sounds, pairs of sounds.
    "装了纸还说没纸",
    // Sounds that many hear alike: zh/z, ch/c, sh/s, -ng/-n, n/l; ü.
    "这张纸从小票上出来，能拿女绿旅",
    // Typed pinyin, in one word or several, in the fewest syllables, and what is none.
    "qiandao qian dao zhuangle xian fangan dayinji xq",
    "qiandaoqiandaoqiandaoqiandaoqiandaoqiandaoqiandaoqiandaoqiandaoqiandao",
    // Traditional, full width, capitals, numbers in circles, letters for mathematics, compatibility forms.
    "簽到失敗 ＰＯＳ機 ９６ Paper OUT ①② 𝐀𝐛 \u{F9FF} Ünïcode Å",
    // Signs and pictures are breaks; what cannot be seen is nothing.
    "打印机😭😭坏了…—·《没纸》 a\u{200B}b 备\u{FE0F}份\u{AD}了\u{7}吗 刷\u{2028}卡\t机",
    // Spaces between characters, letters set apart, words.
    "备 份 P O S 机 paper jam T + 1 4 G",
    // Said again and again, and numbers, which are not shortened.
    "哈哈哈哈哈 啊啊 aaaaaa 000000 !!!!",
    // Beginnings of foreign words, and words too short to have one.
    "tapped taps tap printer's receipts wifi6 e",
    // What the lexicon puts right: characters within, letters as whole words, the longest first.
    "刷ka卡 签倒 冇纸 receipt receipts myreceipt 冇信号 螢幕",
    // What is ruled out, and what then is the matter.
    "不是没电,就是不亮",
    "也不是欠费 就是没信号",
    "网是好的，刷卡没反应；已经重启过了 还是连不上",
    "不是缺纸报警我是要换纸不会弄",
    // Questions and complaints are not denials; where all is ruled out, nothing is.
    "是不是没电了？不是说不要手续费吗",
    "电池换过了。纸够",
    "外卡不能用！外卡能用吗、但不是我",
    // Lines, and spaces that do a comma's work.
    "刷卡没反应\n换了纸 还是不行啊 快点",
    // Characters without a reading, letters that are not Latin, kana.
    "龘靐齉 привет かな カード 한국 é",
    // Nothing at all.
    "？！…😭",
    "",
];
/// Longer than anybody types: the rest is not looked at.
const LONG: usize = 2_100;

fn analyzer() -> Analyzer {
    let spelled = |pairs: &[(&str, &[&str])]| {
        let list = |wrongs: &[&str]| wrongs.iter().map(|&wrong| wrong.to_owned()).collect();
        pairs.iter().map(|(right, wrongs)| ((*right).to_owned(), list(wrongs))).collect()
    };
    // Words of its own, and strengths: a pack carries its own, and ours may change at any time.
    let lexicon = Lexicon {
        english: spelled(&[("小票", &["receipt"])]),
        regional: spelled(&[("没有", &["冇"]), ("没信号", &["冇信号"]), ("屏幕", &["螢幕"])]),
        typo: spelled(&[("签到", &["签倒"])]),
        censor: spelled(&[("刷卡", &["刷ka卡"])]),
        ..Lexicon::default()
    };
    let strengths = Strengths { sound: 0.5, pair: 1.0, beginning: 0.75, ruled_out: 0.25 };
    Analyzer::new(&generate(std::iter::empty(), &lexicon).with_strengths(strengths))
}

fn terms() -> String {
    let analyzer = analyzer();
    let mut out = Vec::new();
    for text in TEXTS {
        let terms = analyzer.analyze(text).terms;
        let terms: Vec<String> =
            terms.iter().map(|term| format!("{}×{}", term.text, term.strength)).collect();
        out.push(format!("{text:?}\n  {}\n  {}", analyzer.normal(text), terms.join(" ")));
    }
    let long = analyzer.analyze(&"纸".repeat(LONG)).terms.len();
    let apart = analyzer.analyze(&"没纸，".repeat(LONG)).terms.len();
    out.push(format!("long\n  {long} terms, {apart} in clauses\n"));
    out.join("\n\n")
}

#[test]
fn other_terms_are_another_version() {
    let now = terms();
    let file = root().join("tests/suite/analyzer.terms");
    let kept = fs::read_to_string(&file).unwrap_or_default();
    let (number, before) = kept.split_once('\n').unwrap_or_default();
    let same_number = number == format!("version {VERSION}");
    if before == now && same_number {
        return;
    }
    // A text that is new here, or gone, says nothing about the analyzer.
    let block = |block: &str| block.split_once("\n  ").map(|(text, _)| text.to_owned());
    let made_before = |other: &str| before.split("\n\n").any(|known| block(known) == block(other));
    let same = |other: &&str| before.split("\n\n").any(|known| known == *other);
    let changed: Vec<&str> = now.split("\n\n").filter(|other| made_before(other) && !same(other)).collect();
    assert!(
        changed.is_empty() || !same_number,
        "The analyzer makes other terms, but VERSION in src/text/analyzer.rs is still {VERSION}: a provider's \
         pack, learned from the terms before, would be taken for one that fits, and understand less. Raise \
         VERSION by one, then run `BLESS=1 cargo test --release analyzer::` and commit {}.\nNow:\n{}",
        file.display(),
        changed.join("\n\n")
    );
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, format!("version {VERSION}\n{now}")).expect("writable");
        return;
    }
    panic!(
        "VERSION or the texts of this test have changed: run `BLESS=1 cargo test --release analyzer::` and commit {}",
        file.display()
    );
}
