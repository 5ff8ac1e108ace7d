//! A read-only tantivy directory over the pack's bytes: files are slices, nothing is copied.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};

/// Files by name, borrowed from a buffer that lives as long as the program.
#[derive(Clone)]
pub(super) struct PackDirectory {
    files: Arc<BTreeMap<PathBuf, &'static [u8]>>,
}

impl PackDirectory {
    pub(super) fn new(files: impl Iterator<Item = (String, &'static [u8])>) -> Self {
        Self { files: Arc::new(files.map(|(name, bytes)| (PathBuf::from(name), bytes)).collect()) }
    }

    fn file(&self, path: &Path) -> Result<&'static [u8], OpenReadError> {
        self.files.get(path).copied().ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))
    }
}

impl fmt::Debug for PackDirectory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.files.keys()).finish()
    }
}

/// One file.
#[derive(Debug)]
struct Slice(&'static [u8]);

impl HasLen for Slice {
    fn len(&self) -> usize {
        self.0.len()
    }
}

impl FileHandle for Slice {
    fn read_bytes(&self, range: std::ops::Range<usize>) -> std::io::Result<OwnedBytes> {
        Ok(OwnedBytes::new(&self.0[range]))
    }
}

impl Directory for PackDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        Ok(Arc::new(Slice(self.file(path)?)))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.files.contains_key(path))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.file(path).map(<[u8]>::to_vec)
    }

    // Opening an index takes a lock and tidies the list of its files; both are granted and dropped.
    fn acquire_lock(&self, _lock: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn atomic_write(&self, _path: &Path, _data: &[u8]) -> std::io::Result<()> {
        Ok(())
    }

    fn sync_directory(&self) -> std::io::Result<()> {
        Ok(())
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::FileDoesNotExist(path.to_owned()))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::FileAlreadyExists(path.to_owned()))
    }

    fn watch(&self, _callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
