"""The report of a planned roster for people who read and print: facts first, then HTML and PDF from the same facts."""
