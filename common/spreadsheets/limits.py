"""What a spreadsheet may cost."""

MIB = 1024**2

FILE_BYTES = 10 * MIB
UNPACKED_BYTES = 50 * MIB
PARTS = 1000  # files inside an XLSX
RATIO = 150  # unpacked ÷ packed; a full workbook of ours stays under 20
RATIO_FROM = 5 * MIB  # a small file may be as repetitive as it likes
ROWS = 20_000
COLUMNS = 100
CELL_CHARACTERS = 32_767  # Excel's own
CHARACTERS = 20_000_000  # of all cells: one text shared by a million cells is read a million times

CHILD_BYTES = 384 * MIB  # address space of the child
CHILD_SECONDS = 30

REFUSED = 3  # exit code of the child when it says why
TOO_LONG = f"Ce fichier demande plus de {CHILD_SECONDS} secondes de lecture : gardez-y seulement les lignes utiles."
TOO_HEAVY = "Ce fichier demande trop de mémoire une fois ouvert : gardez-y seulement les lignes utiles."
