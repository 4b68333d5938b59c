"""Each table is of one structure (`StructureRow`), or of the project when it says what is common to all."""
