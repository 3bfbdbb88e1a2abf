"""The words of public pages in the languages of those who read them: English in the code, others by table."""
