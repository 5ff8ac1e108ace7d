//! A real keyboard: a screen in memory, keys pressed on it as X sees them, and a Pinyin input method
//! (IBus with libpinyin, as GNOME ships it) between them and the browser. The same for three engines.
//!
//! WebDriver's own keys are put into a page behind the input method's back; these go through it.

use std::fs;
use std::process::Command;

use tempfile::TempDir;

use super::driver::Result;

/// A screen, a keyboard and an input method, for one browser.
pub(super) struct Keyboard {
    /// Everything that is kept for them, and where the screen is.
    folder: TempDir,
    pub(super) enlarges: Enlarges,
}

/// What Ctrl and + make larger, as the browser has been told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Enlarges {
    Pages,
    /// The text alone (not in Chromium).
    Text,
}

/// Starts the input method, says where the screen is and becomes the driver.
const DESK: &str = r#"
    ibus-daemon --panel disable --emoji-extension disable --config /usr/libexec/ibus-memconf &
    until ibus engine libpinyin; [ "$(ibus engine)" = libpinyin ]; do sleep .2; done
    echo "$DISPLAY $XAUTHORITY" >"$0/screen"
    exec "$@"
"#;

impl Keyboard {
    pub(super) fn that(enlarges: Enlarges) -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), enlarges }
    }

    /// What to put `driver` behind, so that its browser is on the screen and hears the keyboard.
    pub(super) fn before(&self, driver: &str) -> Command {
        let mut command = Command::new("dbus-run-session");
        command
            .args(["--", "xvfb-run", "-a", "-s", "-screen 0 1400x1400x24", "sh", "-c", DESK])
            .arg(self.folder.path())
            .arg(driver)
            .env("GTK_IM_MODULE", "ibus")
            .env("GSETTINGS_BACKEND", "memory")
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY");
        // What the input method learns is for this browser only.
        for kept in ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"] {
            command.env(kept, self.folder.path());
        }
        command
    }

    /// Lets the window of the page whose title begins with `title` hear the keys.
    pub(super) fn turn_to(&self, title: &str) -> Result<()> {
        let titled = format!(r"^(\[Automation\] )?{title}");
        let windows = self.tool(&["search", "--onlyvisible", "--name", &titled])?;
        let window = windows.lines().next().ok_or_else(|| format!("no window of {title}"))?;
        self.tool(&["windowfocus", window])?;
        Ok(())
    }

    /// Presses `keys`, by X's names for them.
    pub(super) fn press(&self, keys: &[&str]) -> Result<()> {
        self.tool(&[&["key", "--clearmodifiers", "--delay", "60"], keys].concat())?;
        Ok(())
    }

    fn tool(&self, arguments: &[&str]) -> Result<String> {
        let screen = fs::read_to_string(self.folder.path().join("screen"))?;
        let (display, authority) = screen.trim().split_once(' ').ok_or("no screen")?;
        let mut tool = Command::new("xdotool");
        let output = tool.args(arguments).env("DISPLAY", display).env("XAUTHORITY", authority).output()?;
        if !output.status.success() {
            return Err(format!("xdotool {arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}
