//! `faq.html`: every topic and every response code on one static page, for browsers that cannot run
//! the chat, for printers, and for search engines. It needs no script; `#paper-out` leads to a topic.

use std::fmt::Write;

use posdoc::content::{Block, Kind, KnowledgeBase, Often, ResponseCode, Screen, Span, Topic};
use posdoc::dialog::wording;

/// Groups as they are headed, in the order in which most people will look.
const GROUPS: &[(&str, &str)] = &[
    ("power", "开机、充电"),
    ("print", "打印"),
    ("network", "网络、信号"),
    ("card", "刷卡、插卡、挥卡"),
    ("scan", "扫码、收款码"),
    ("transaction", "交易、退款、对账"),
    ("decline", "交易被拒"),
    ("settlement", "到账、结算"),
    ("fee", "手续费、收费"),
    ("device", "机身、屏幕、按键、云喇叭"),
    ("software", "系统、更新、签到"),
    ("security", "防骗、风控"),
    ("safety", "安全"),
    ("care", "保养"),
    ("guide", "怎么用"),
    ("service", "找人、换机、注销"),
];

/// The page.
pub(super) fn page(base: &KnowledgeBase) -> String {
    let mut groups: Vec<(&str, &str)> = GROUPS.to_vec();
    for topic in &base.topics {
        if !groups.iter().any(|(id, _)| *id == topic.group) {
            groups.push((&topic.group, &topic.group));
        }
    }
    let topics =
        |group: &str| base.topics.iter().filter(move |topic| topic.group == group).collect::<Vec<_>>();
    groups.retain(|(id, _)| !topics(id).is_empty());

    let mut html = String::from(HEAD);
    html.push_str("<nav aria-label=\"目录\">\n");
    for (id, name) in &groups {
        let _ = write!(html, "<h2><a href=\"#group-{}\">{}</a></h2>\n<ul>\n", escaped(id), escaped(name));
        for topic in topics(id) {
            let _ =
                writeln!(html, "<li><a href=\"#{}\">{}</a></li>", escaped(&topic.id), escaped(&topic.title));
        }
        html.push_str("</ul>\n");
    }
    html.push_str("<h2><a href=\"#codes\">应答码、报错代码</a></h2>\n</nav>\n<main>\n");
    for (id, name) in &groups {
        let _ = writeln!(html, "<section id=\"group-{}\">\n<h2>{}</h2>", escaped(id), escaped(name));
        for topic in topics(id) {
            article(&mut html, topic, base);
        }
        html.push_str("</section>\n");
    }
    codes(&mut html, base);
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

const HEAD: &str = r#"<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>收款机常见问题和应答码 · POS 机医生</title>
<meta name="description" content="收款机开不了机、不出票、没信号、刷不了卡、扫不了码、钱没到账，一个问题一篇，照着做。附应答码含义。">
<link rel="icon" href="icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="faq.css">
</head>
<body>
<header>
<h1>收款机常见问题</h1>
<p>找到您的问题，一步一步照着做。急着收款、做完还不行，就打客服，电话印在机身标签、合同或小票上。密码和验证码不要告诉任何人。</p>
</header>
"#;

fn article(html: &mut String, topic: &Topic, base: &KnowledgeBase) {
    let _ = writeln!(
        html,
        "<article id=\"{0}\">\n<h3><a href=\"#{0}\">{1}</a></h3>",
        escaped(&topic.id),
        escaped(&topic.title)
    );
    if let Some(answer) = &topic.answer {
        let _ = writeln!(html, "<p class=\"answer\">{}</p>", escaped(answer));
    }
    if let Some(pay_now) = &topic.pay_now {
        let _ = writeln!(html, "<p class=\"now\"><b>{}：</b>{}</p>", wording::PAY_NOW, escaped(pay_now));
    }
    if topic.kind == Kind::Fault && topic.causes.len() > 1 {
        let mut causes: Vec<_> = topic.causes.iter().collect();
        causes.sort_by_key(|cause| std::cmp::Reverse(cause.often));
        let causes: Vec<String> = causes
            .into_iter()
            .map(|cause| {
                let often = match cause.often {
                    Often::Common => "（常见）",
                    Often::Sometimes | Often::Rare => "",
                };
                format!("{}{often}", escaped(&cause.name))
            })
            .collect();
        let _ = writeln!(html, "<p class=\"causes\"><b>可能是：</b>{}。</p>", causes.join("；"));
    }
    if !topic.steps.is_empty() {
        html.push_str("<ol>\n");
        for step in &topic.steps {
            html.push_str("<li>");
            if let Some(warning) = &step.warning {
                let _ =
                    write!(html, "<p class=\"warning\"><b>{}</b>{}</p>", wording::WARNING, escaped(warning));
            }
            let _ = write!(html, "<p>{}</p>", escaped(&step.action));
            if let Some(detail) = &step.detail {
                let _ = write!(html, "<p class=\"quiet\">{}</p>", escaped(detail));
            }
            html.push_str("</li>\n");
        }
        html.push_str("</ol>\n");
    }
    for block in &topic.body {
        self::block(html, block);
    }
    if !topic.stop.when.is_empty() {
        let _ = writeln!(html, "<p class=\"stop\"><b>什么时候停：</b>{}</p>", escaped(&topic.stop.when));
    }
    if !topic.stop.call.is_empty() {
        let ready: Vec<String> = topic.stop.ready.iter().map(|what| escaped(what)).collect();
        let _ = write!(html, "<p><b>找谁：</b>{}。", escaped(&topic.stop.call));
        if !ready.is_empty() {
            let _ = write!(html, "备好：{}。", ready.join("、"));
        }
        html.push_str("</p>\n");
    }
    let related: Vec<String> = topic
        .related
        .iter()
        .filter_map(|id| base.topic(id))
        .map(|other| format!("<a href=\"#{}\">{}</a>", escaped(&other.id), escaped(&other.title)))
        .collect();
    if !related.is_empty() {
        let _ = writeln!(html, "<p class=\"related\">另见：{}</p>", related.join("、"));
    }
    html.push_str("</article>\n");
}

fn block(html: &mut String, block: &Block) {
    let cells = |tag: &str, cells: &[String]| -> String {
        cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell))).collect()
    };
    let _ = match block {
        Block::Heading(text) => writeln!(html, "<h4>{}</h4>", escaped(text)),
        Block::Paragraph(spans) => writeln!(html, "<p>{}</p>", words(spans)),
        Block::List { ordered, lines } => {
            let tag = if *ordered { "ol" } else { "ul" };
            let lines: String = lines.iter().map(|line| format!("<li>{}</li>", words(line))).collect();
            writeln!(html, "<{tag}>{lines}</{tag}>")
        }
        Block::Table { head, rows } => {
            let rows: String = rows.iter().map(|row| format!("<tr>{}</tr>", cells("td", row))).collect();
            writeln!(
                html,
                "<table><thead><tr>{}</tr></thead><tbody>{rows}</tbody></table>",
                cells("th", head)
            )
        }
    };
}

fn words(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| {
            let text = escaped(&span.text);
            if span.strong { format!("<strong>{text}</strong>") } else { text }
        })
        .collect()
}

/// One table per kind of screen: the same two characters mean different things on each.
fn codes(html: &mut String, base: &KnowledgeBase) {
    html.push_str("<section id=\"codes\">\n<h2>应答码、报错代码</h2>\n");
    for (system, title) in [
        (Screen::Card, "刷卡机上的应答码"),
        (Screen::Till, "收银机上的代码"),
        (Screen::Scan, "扫码付款的提示"),
    ] {
        let rows: Vec<&ResponseCode> = base.codes.iter().filter(|code| code.system == system).collect();
        if rows.is_empty() {
            continue;
        }
        let _ = writeln!(
            html,
            "<table class=\"codes\"><caption>{title}</caption>\n<thead><tr><th scope=\"col\">代码</th><th scope=\"col\">意思</th><th scope=\"col\">现在做什么</th><th scope=\"col\">要不要重试</th><th scope=\"col\">找谁</th></tr></thead>\n<tbody>"
        );
        for code in rows {
            let topic = base.topic(&code.topic).map_or_else(String::new, |topic| {
                format!(" <a href=\"#{}\">{}</a>", escaped(&topic.id), escaped(&topic.label))
            });
            let _ = writeln!(
                html,
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}{topic}</td><td><i>重试：</i>{}</td><td><i>找谁：</i>{}</td></tr>",
                escaped(&code.code),
                escaped(&code.meaning),
                escaped(&code.now),
                named(&code.retry),
                named(&code.who)
            );
        }
        html.push_str("</tbody></table>\n");
    }
    html.push_str("</section>\n");
}

/// What an editor writes for it in `codes.toml`.
fn named(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|name| name.as_str().map(escaped)).unwrap_or_default()
}

/// `text` as text, wherever in the page it lands.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(sign),
        }
    }
    safe
}
