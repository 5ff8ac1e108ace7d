//! Elements by function call. What `html!` expands to is some 300 bytes of wasm for each element, a
//! call is some 50, and there are two hundred elements here.

use yew::virtual_dom::{AttributeOrProperty, VTag, VText};
use yew::{AttrValue, Html, NodeRef};

/// An element's attributes, made by [`with!`].
///
/// Names and values apart, because Yew then compares an element with the one before place by place;
/// given pairs, it would make a map of them.
#[derive(Clone, Copy)]
pub(super) struct Attributes<'a> {
    pub(super) names: &'static [&'static str],
    pub(super) values: &'a [&'a str],
}

/// The attributes of an element: `with!["class" = "note", "role" = role]`. Where there is no value, the
/// attribute is left out.
macro_rules! with {
    [$($name:literal = $value:expr),*] => {
        super::el::Attributes { names: &[$($name),*], values: &[$($value),*] }
    };
}
pub(super) use with;

/// An element.
pub(super) fn el(name: &'static str, attributes: Attributes<'_>, children: Vec<Html>) -> Html {
    tag(name, attributes, children).into()
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
    el(name, with!["class" = class], vec![text(words)])
}

/// An element, to be given listeners.
pub(super) fn tag(name: &'static str, attributes: Attributes<'_>, children: Vec<Html>) -> VTag {
    let mut tag = VTag::new(name);
    let value = |value: &&str| {
        (!value.is_empty()).then(|| AttributeOrProperty::Attribute(AttrValue::from((*value).to_owned())))
    };
    let values = attributes.values.iter().map(value).collect();
    tag.attributes = yew::virtual_dom::Attributes::Dynamic { keys: attributes.names, values };
    tag.add_children(children);
    tag
}
