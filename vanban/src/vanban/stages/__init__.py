"""What is read from a text, one stage a file.

A stage is a function ``find(normal, ...what earlier stages found...)`` that returns frozen results. It reads
``normal.text`` (see ``vanban.text.normal``) and answers in ORIGINAL code points: every span it returns went through
``normal.to_original``. Stages never raise on input and keep no state.
"""
