"""The work of a structure (pathway, inventory, documents, people, needs, habilitations), and the follow-up of all."""
