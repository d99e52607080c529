"""The foundry: the line of stations that makes a student, a small model that understands.

Stations: generate, label, train, reinforce, export. Each is a command of ``fujia foundry``, can
be stopped and resumed, and leaves a manifest beside every artefact.
"""
