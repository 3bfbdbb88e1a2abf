"""Enquiries on screen: the list, one with its answer, and the dialogs by which it goes on."""
