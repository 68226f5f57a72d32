"""Sphinx makes the site from this folder alone: no network, no theme from elsewhere. See site/build.py."""

project = "countyplan"
author = "the authors of countyplan"
copyright = f"{author}; Boost Software License 1.0"
language = "en"
html_title = "countyplan"
html_theme = "alabaster"
html_theme_options = {"description": "Plan, staff and follow, with proofs", "page_width": "1080px"}
html_copy_source = False
html_show_sphinx = False

extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["site"]
suppress_warnings = ["myst.header", "ref.myst"]  # links to files outside of this folder; site/build.py follows them
myst_heading_anchors = 4
autodoc_member_order = "bysource"
autodoc_typehints = "none"
default_role = "code"
highlight_language = "none"
