//! Gates on bytes as served (brotli 11). Lower one when a change earns it; raising one needs a reason.

use crate::{dist, posdoc};

/// Every line of `make size`, with the most bytes it may take, in its order.
const MOST: &[(&str, u64)] = &[
    ("点开之前", 3_000),
    // The goal is 120,000.
    ("首屏可用", 120_000),
    // The goal is 480,000.
    ("第一个打字的回答", 403_000),
    // The loader's second half travels in it.
    ("widget.js", 5_000),
    ("engine.js", 1_300),
    ("界面：Yew", 28_500),
    // The dialog narrows what is vague, gives reasons and understands answers in words; a chat that began
    // with a provider's words goes on in ours where their engine is unfit, and control words are understood
    // wherever they stand, for both of which widget.js shrank by 170 bytes.
    ("界面：我们的代码", 47_900),
    ("界面：标准库", 12_500),
    ("界面：浏览器接口", 4_000),
    ("界面：样式表", 3_500),
    ("界面：字句和常量", 8_000),
    ("引擎：tantivy", 27_500),
    ("引擎：我们的代码", 24_500),
    ("引擎：标准库", 23_500),
    ("引擎：浏览器接口", 500),
    ("引擎：字句和常量", 16_500),
    ("内容：主题目录", 2_500),
    ("内容：反问", 1_500),
    ("内容：首屏主题", 7_500),
    ("内容：应答码的意思", 4_500),
    ("内容：应答码的主题", 1_000),
    ("内容：文章", 96_000),
    ("内容：归一、读音、词表", 23_500),
    ("内容：学到的（偏置）", 1_000),
    ("内容：联想的说法", 7_500),
    ("内容：学到的（索引）", 71_000),
    ("内容：图", 12_500),
    // The agent's view, in the app alone; 13 KB of it read conversations and make reports of them.
    ("agent.js", 4_600),
    ("agent_bg.wasm", 142_000),
    // With the response codes in full: the engine carries only which topic each belongs to.
    ("agent.pack", 25_000),
];

#[test]
fn what_is_shipped_stays_within_its_budget() {
    let _ = dist();
    let output = posdoc().args(["size", "--json"]).output().expect("posdoc runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let sizes: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    for (line, most) in MOST {
        let bytes = sizes[line].as_u64().unwrap_or_else(|| panic!("`posdoc size` has no line {line}"));
        assert!(bytes <= *most, "{line}: {bytes} bytes brotli, at most {most}");
    }
    let listed = |name: &String| MOST.iter().any(|(line, _)| line == name);
    let missing: Vec<_> = sizes
        .as_object()
        .expect("an object")
        .keys()
        .filter(|name| name.contains('：') && !listed(name))
        .collect();
    assert!(missing.is_empty(), "no budget for {missing:?}");
}
