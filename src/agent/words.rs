//! Names that the packs know only by id.

use posdoc::content::{Actor, Device, Often, Retry, Risk, Screen};

/// Groups of topics, in the order of `content/topics.tsv`. A group that is new there shows its id
/// until it is named here.
pub(super) fn group(id: &str) -> &str {
    match id {
        "power" => "电源和电池",
        "device" => "屏幕和机身",
        "print" => "打印和小票",
        "network" => "网络和信号",
        "card" => "读卡和密码键盘",
        "scan" => "扫码和云喇叭",
        "decline" => "交易被拒",
        "transaction" => "交易和退款",
        "security" => "签到和安全锁",
        "settlement" => "到账和结算",
        "fee" => "费率和发票",
        "software" => "软件和登录",
        "safety" => "防骗和安全",
        "care" => "保养和备用办法",
        "guide" => "选机和开通",
        "service" => "报修和售后",
        other => other,
    }
}

pub(super) const DEVICES: [Device; 7] = [
    Device::Desk,
    Device::Mobile,
    Device::Smart,
    Device::ScanBox,
    Device::Speaker,
    Device::Dongle,
    Device::QrStand,
];

pub(super) fn device(device: Device) -> &'static str {
    match device {
        Device::Desk => "有线台式机",
        Device::Mobile => "移动手持机",
        Device::Smart => "智能机",
        Device::ScanBox => "扫码盒",
        Device::Speaker => "云喇叭",
        Device::Dongle => "手机刷卡器",
        Device::QrStand => "收款码台卡",
    }
}

pub(super) fn often(often: Often) -> &'static str {
    match often {
        Often::Common => "常见",
        Often::Sometimes => "偶尔",
        Often::Rare => "少见",
    }
}

pub(super) fn risk(risk: Risk) -> &'static str {
    match risk {
        Risk::None => "",
        Risk::Data => "可能丢数据",
        Risk::Money => "关系到钱",
        Risk::Safety => "注意安全",
    }
}

pub(super) fn screen(screen: Screen) -> &'static str {
    match screen {
        Screen::Card => "刷卡",
        Screen::Till => "收银机",
        Screen::Scan => "扫码",
    }
}

pub(super) fn actor(actor: Actor) -> &'static str {
    match actor {
        Actor::Merchant => "商户",
        Actor::Cardholder => "持卡人",
        Actor::Issuer => "发卡行",
        Actor::Acquirer => "收单机构",
        Actor::Network => "清算机构",
    }
}

pub(super) fn retry(retry: Retry) -> &'static str {
    match retry {
        Retry::Never => "不要重试",
        Retry::Once => "可再试一次",
        Retry::Later => "稍后再试",
        Retry::CheckFirst => "先查结果",
        Retry::OtherCard => "换卡",
        Retry::Insert => "改插卡",
        Retry::AfterSignIn => "签到后再试",
        Retry::Done => "无需重试",
        Retry::Corrected => "改对再试",
    }
}
