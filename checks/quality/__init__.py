"""Quality findings (形式质量): empty sections, placeholders, deferrals, ghosts, unread pages, lateness."""
