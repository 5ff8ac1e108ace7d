//! Elements by function call. What `html!` expands to is some 300 bytes of wasm for each element, a
//! call is some 50, and there are two hundred elements here.

use yew::virtual_dom::VTag;
use yew::virtual_dom::{Key, VText};
use yew::{AttrValue, Html, NodeRef};

/// What an element is made of, beside its name and children. An attribute without a value is left
/// out.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

/// An element.
pub(super) fn el(name: &'static str, attributes: Attributes<'_>, children: Vec<Html>) -> Html {
    tag(name, attributes, children).into()
}

/// An element that keeps its identity among its siblings, or that code wants to get at.
pub(super) fn keyed(
    name: &'static str,
    key: impl Into<Key>,
    attributes: Attributes<'_>,
    children: Vec<Html>,
) -> Html {
    let mut tag = tag(name, attributes, children);
    tag.key = Some(key.into());
    tag.into()
}

/// An element that code wants to get at.
pub(super) fn held(
    node: &NodeRef,
    name: &'static str,
    attributes: Attributes<'_>,
    children: Vec<Html>,
) -> VTag {
    let mut tag = tag(name, attributes, children);
    tag.node_ref = node.clone();
    tag
}

/// Words.
pub(super) fn text(words: &str) -> Html {
    VText::new(AttrValue::from(words.to_owned())).into()
}

/// An element with nothing but words in it; `class` may be empty.
pub(super) fn words(name: &'static str, class: &str, words: &str) -> Html {
    el(name, &[("class", class)], vec![text(words)])
}

/// An element, to be given listeners.
pub(super) fn tag(name: &'static str, attributes: Attributes<'_>, children: Vec<Html>) -> VTag {
    let mut tag = VTag::new(name);
    for (name, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
        tag.add_attribute(name, AttrValue::from((*value).to_owned()));
    }
    tag.add_children(children);
    tag
}
