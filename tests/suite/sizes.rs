//! Gates on bytes as served (brotli 11). Lower one when a change earns it; raising one needs a reason.

use crate::{dist, posdoc};

#[test]
fn what_is_shipped_stays_within_its_budget() {
    let _ = dist();
    let output = posdoc().args(["size", "--json"]).output().expect("posdoc runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let sizes: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    for (stage, most) in [("点开之前", 3_000), ("首屏可用", 120_000), ("第一个打字的回答", 475_000)]
    {
        let bytes = sizes[stage].as_u64().expect("a size");
        assert!(bytes <= most, "{stage}: {bytes} bytes brotli, at most {most}");
    }
}
