"""The student: a small trained model that turns an utterance and its context into a plan."""
