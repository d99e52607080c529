"""Car Expert: it has read the manual, and shows you the page."""
