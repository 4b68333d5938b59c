"""PDF documents: a Django template on one side, a tagged PDF/UA-1 file on the other.

`parts` holds what a template is given (cover, chapters, bars) and is cheap to import. `render` loads WeasyPrint and
its fonts, some 40 MB: only a module that a worker imports may import it, never a view.
"""
