"""Fusion: the car first, a language model for what the car cannot do.

The router decides who answers (``fujia.understanding.router``). Here the model is asked, its plan
is read and compared, and what it says is made fit to be heard. Nothing here touches the car: every
command goes through the dialog and the policy like a spoken one.
"""
