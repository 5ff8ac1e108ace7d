//! A page of a provider with many machines: it loads the part for one of them, and only that.

use std::fs;

use super::everywhere;
use super::site::Site;
use crate::{dist, posdoc, root};

/// What the article for the machine advises first, in the place of the general one's.
const OWN_STEP: &str = "把青禾的侧盖推紧";
const PAGE: &str = r#"<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>青禾帮助</title>
<script src="/posdoc.js" defer></script></head><body><posdoc-chat mode="inline" pack="/packs/m1"></posdoc-chat></body></html>"#;
/// Names of all packs that were fetched, and how many files of any kind.
const FETCHED: &str = "const files = performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname);\
    return JSON.stringify([files.filter((name) => name.endsWith('.pack')).sort(), files.length]);";

/// The site with a page for one machine, whose pack was made from our content and an article more.
fn site() -> Site {
    Site::altered(&dist(), |folder| {
        let content = folder.join("content");
        let done =
            std::process::Command::new("cp").arg("-r").arg(root().join("content")).arg(&content).status();
        assert!(done.is_ok_and(|status| status.success()), "copied");
        let list = fs::read_to_string(content.join("topics.tsv")).expect("readable");
        fs::write(content.join("topics.tsv"), list + "paper-out--m1\tprint\t青禾：提示缺纸\t青禾缺纸\n")
            .expect("writable");
        let general = fs::read_to_string(content.join("print/paper-out.md")).expect("readable");
        let phrases = general.find("phrases = [").zip(general.find("\n]\n")).expect("phrases");
        let own = general.replace(&general[phrases.0..phrases.1 + 3], "");
        let own = own.replacen("title = \"", "title = \"青禾：", 1).replace("把纸仓盖重新按紧", OWN_STEP);
        assert!(own.contains(OWN_STEP), "the article has the sentence that is changed here");
        fs::write(content.join("print/paper-out--m1.md"), own).expect("writable");
        let made = posdoc()
            .args(["build", "--quick", "--machines", "m1", "--content"])
            .arg(&content)
            .arg("--out")
            .arg(folder.join("packs/m1"))
            .output()
            .expect("posdoc runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        fs::write(folder.join("machine.html"), PAGE).expect("writable");
    })
}

#[test]
fn a_page_for_one_machine_loads_its_part_before_anything_is_said_and_nothing_after() {
    everywhere(site, "/machine.html", |browser, _| async move {
        browser.until_loaded().await?;
        let before = browser.run(FETCHED, vec![]).await?;
        let text = before.as_str().unwrap_or_default();
        let packs = r#"["/packs/m1/drawings.pack","/packs/m1/engine.pack","/packs/m1/interface.pack"]"#;
        assert!(text.starts_with(&format!("[{packs},")), "the machine's packs and none of ours: {text}");
        browser.say("装了纸还说没纸").await?;
        let card = browser.newest("[data-topic=paper-out]").await?;
        let said = browser.text(&card).await?;
        assert!(said.contains(OWN_STEP), "the machine's own article answers: {said}");
        assert_eq!(
            browser.run(FETCHED, vec![]).await?,
            before,
            "nothing is fetched because of what was said"
        );
        Ok(())
    });
}
