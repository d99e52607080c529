"""What Fujia remembers of the people in the car, because they said that it may."""

from fujia.cabin.memory.consent import Consents, Grant
from fujia.cabin.memory.fact import Fact
from fujia.cabin.memory.memories import Memories
from fujia.cabin.memory.memory import Memory
from fujia.cabin.memory.receipt import Receipt

__all__ = ["Consents", "Fact", "Grant", "Memories", "Memory", "Receipt"]
