//! Where reports and conversations are kept: IndexedDB, one text under one id, so that a damaged one spoils no other.
//!
//! IndexedDB rather than localStorage: a transaction that has completed is written, where localStorage
//! is flushed some seconds later, too late for a phone that is switched off. What only makes life
//! easier (favourites, what was looked at) is in localStorage.

use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, Query, TransactionMode};
use wasm_bindgen::{JsCast, JsValue};

/// The database's form; what lies in it has a form of its own (`posdoc::report::VERSION`).
const FORM: u32 = 1;

/// A database with one store of texts: damage to one leaves the other alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shelf {
    database: &'static str,
    store: &'static str,
}

/// The visit reports.
pub(super) const REPORTS: Shelf = Shelf { database: "posdoc", store: "reports" };

/// The chat's conversations; `static/record.js` puts them there.
pub(super) const CONVERSATIONS: Shelf = Shelf { database: "posdoc-conversations", store: "conversations" };

/// Why something could not be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// There is no room.
    Full,
    /// The browser keeps nothing at all: private mode, or forbidden.
    Denied,
    /// The database does not open any more.
    Broken(String),
}

impl Trouble {
    fn of(error: &idb::Error) -> Self {
        let text = error.to_string();
        if text.contains("Quota") {
            Self::Full
        } else if text.contains("Security") || text.contains("InvalidState") {
            Self::Denied
        } else {
            Self::Broken(text)
        }
    }
}

impl Shelf {
    /// Opens the database, making it if it is not there. It is opened anew for each thing done: what
    /// was lost in between is noticed, and nobody holds it when it is to be thrown away.
    async fn open(self) -> Result<Database, Trouble> {
        match self.open_as(Some(FORM)).await {
            // Left by a later version, before an update was taken back: its stores are still ours.
            Err(Trouble::Broken(why)) if why.contains("Version") => self.open_as(None).await,
            outcome => outcome,
        }
    }

    async fn open_as(self, form: Option<u32>) -> Result<Database, Trouble> {
        let factory = Factory::new().map_err(|_| Trouble::Denied)?;
        let mut request = factory.open(self.database, form).map_err(|error| Trouble::of(&error))?;
        request.on_upgrade_needed(move |event| {
            // The first form; later ones add to it here, by the event's old version.
            if let Ok(database) = event.database() {
                let _ = database.create_object_store(self.store, ObjectStoreParams::new());
            }
        });
        request.await.map_err(|error| Trouble::of(&error))
    }

    /// Throws the database away, for one that does not open any more.
    pub(super) async fn forget(self) -> Result<(), Trouble> {
        let factory = Factory::new().map_err(|_| Trouble::Denied)?;
        let request = factory.delete(self.database).map_err(|error| Trouble::of(&error))?;
        request.await.map_err(|error| Trouble::of(&error))
    }

    /// Every kept text, by id.
    pub(super) async fn all(self) -> Result<Vec<(String, String)>, Trouble> {
        let database = self.open().await?;
        let read = async || -> Result<Vec<(String, String)>, idb::Error> {
            let transaction = database.transaction(&[self.store], TransactionMode::ReadOnly)?;
            let store = transaction.object_store(self.store)?;
            let keys = store.get_all_keys(None, None)?.await?;
            let texts = store.get_all(None, None)?.await?;
            Ok(keys.iter().map(text).zip(texts.iter().map(text)).collect())
        };
        let outcome = read().await.map_err(|error| Trouble::of(&error));
        database.close();
        outcome
    }

    /// Keeps `text` under `id` in the place of `known`, unless something else has come there since.
    pub(super) async fn replace(self, id: &str, known: &str, text: &str) -> Result<(), Trouble> {
        let database = self.open().await?;
        let write = async || -> Result<(), idb::Error> {
            let transaction = database.transaction(&[self.store], TransactionMode::ReadWrite)?;
            let store = transaction.object_store(self.store)?;
            let key = JsValue::from_str(id);
            let now = store.get(Query::Key(key.clone()))?.await?;
            if now.and_then(|now| now.as_string()).is_some_and(|now| now == known) {
                store.put(&JsValue::from_str(text), Some(&key))?.await?;
            }
            transaction.commit()?.await?;
            Ok(())
        };
        let outcome = write().await.map_err(|error| Trouble::of(&error));
        database.close();
        outcome
    }

    /// Keeps `text` under `id`; with nothing, removes it. Once this is done, it is written.
    pub(super) async fn put(self, id: &str, text: Option<&str>) -> Result<(), Trouble> {
        let database = self.open().await?;
        let write = async || -> Result<(), idb::Error> {
            let transaction = database.transaction(&[self.store], TransactionMode::ReadWrite)?;
            let store = transaction.object_store(self.store)?;
            let key = JsValue::from_str(id);
            match text {
                Some(text) => drop(store.put(&JsValue::from_str(text), Some(&key))?.await?),
                None => store.delete(Query::Key(key))?.await?,
            }
            transaction.commit()?.await?;
            Ok(())
        };
        let outcome = write().await.map_err(|error| Trouble::of(&error));
        database.close();
        outcome
    }
}

/// What is kept, as text; what is not text (nobody of ours wrote it) as JSON.
fn text(value: &JsValue) -> String {
    value.as_string().unwrap_or_else(|| {
        js_sys::JSON::stringify(value).map(String::from).unwrap_or_else(|_| {
            value
                .dyn_ref::<js_sys::Object>()
                .map(|object| String::from(object.to_string()))
                .unwrap_or_default()
        })
    })
}

/// A list of ids kept beside the reports: favourites, what was looked at last.
pub(super) fn ids(list: &str) -> Vec<String> {
    let kept = local().and_then(|storage| storage.get_item(&format!("posdoc-{list}")).ok().flatten());
    kept.unwrap_or_default().split(' ').filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// Keeps a list of ids, where it can be kept.
pub(super) fn keep_ids(list: &str, ids: &[String]) {
    if let Some(storage) = local() {
        let _ = storage.set_item(&format!("posdoc-{list}"), &ids.join(" "));
    }
}

fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
