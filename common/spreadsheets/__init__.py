"""The one door for spreadsheets: XLSX and CSV, written and read without trusting what comes in.

openpyxl costs 26 MB and a hostile file far more: both stay in a child process (`child`, `workbooks`), never in a web
worker. So this package imports nothing by itself. What apps use:

`files` reads and writes; `answers` gives what was written to a browser; `tables` is what is written and read;
`resource` and `widgets` declare columns over django-import-export; `diff` is what an import would do.
"""
