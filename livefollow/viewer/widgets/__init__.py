"""Parts of the window that know nothing of music: menus, status bar, lamp, help."""
