"""Files in: the exports of other systems, read, understood, checked and taken into the house."""
