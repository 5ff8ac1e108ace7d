//! Addresses within the agent's view.

/// What is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    /// Groups, favourites, and the search through everything.
    Library,
    /// The topics of one group.
    Group(String),
    /// One topic, all of it.
    Topic(String),
    /// The response codes, filtered from the start by a code that a link named.
    Codes(String),
    /// The visit reports.
    Reports,
    /// One report, to read and hand over.
    Report(String),
    /// One report, to fill in. It is made when it is not there.
    Edit(String),
    /// The conversations of the chat.
    Conversations,
    /// One of them, to read, to go on with, or to begin a report from.
    Conversation(String),
    /// This app: version, storage, installing.
    About,
}

impl Route {
    /// Reads a query such as `?view=topic&id=paper-out`. What makes no sense is the library.
    pub(super) fn read(query: &str) -> Self {
        let parameters = web_sys::UrlSearchParams::new_with_str(query).ok();
        let get = |name: &str| parameters.as_ref().and_then(|all| all.get(name)).unwrap_or_default();
        match (get("view").as_str(), get("id")) {
            ("group", id) => Self::Group(id),
            ("topic", id) => Self::Topic(id),
            ("codes", _) => Self::Codes(get("code")),
            ("reports", _) => Self::Reports,
            ("report", id) => Self::Report(id),
            ("edit", id) => Self::Edit(id),
            ("conversations", _) => Self::Conversations,
            ("conversation", id) => Self::Conversation(id),
            ("about", _) => Self::About,
            _ => Self::Library,
        }
    }

    /// The query that reads as this.
    pub(super) fn query(&self) -> String {
        match self {
            Self::Library => "?view=library".into(),
            Self::Group(id) => format!("?view=group&id={id}"),
            Self::Topic(id) => format!("?view=topic&id={id}"),
            Self::Codes(code) if code.is_empty() => "?view=codes".into(),
            Self::Codes(code) => format!("?view=codes&code={code}"),
            Self::Reports => "?view=reports".into(),
            Self::Report(id) => format!("?view=report&id={id}"),
            Self::Edit(id) => format!("?view=edit&id={id}"),
            Self::Conversations => "?view=conversations".into(),
            Self::Conversation(id) => format!("?view=conversation&id={id}"),
            Self::About => "?view=about".into(),
        }
    }
}
