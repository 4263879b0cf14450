"""Quality findings (形式质量): empty sections, placeholders, deferrals, ghost contents, unread pages, lateness, place."""
