//! What is shown. One page or part per file.

mod about;
mod codes;
mod conversation_list;
mod conversation_page;
mod guess;
mod home;
mod marked;
mod report_form;
mod report_list;
mod report_sheet;
mod topic_links;
mod topic_page;
mod trouble_notice;
mod unreadable;

// The chat's own way to show an article and a drawing.
#[path = "../../widget/components/article.rs"]
mod article;
#[path = "../../widget/components/drawing.rs"]
mod drawing;
#[allow(dead_code, reason = "the chat calls more of it")]
#[path = "../../widget/components/el.rs"]
mod el;

pub(super) use self::about::About;
pub(super) use self::codes::Codes;
pub(super) use self::conversation_list::ConversationList;
pub(super) use self::conversation_page::ConversationPage;
pub(super) use self::home::Home;
pub(super) use self::report_form::ReportForm;
pub(super) use self::report_list::ReportList;
pub(super) use self::report_sheet::ReportSheet;
pub(super) use self::topic_page::TopicPage;
pub(super) use self::trouble_notice::trouble_notice;
