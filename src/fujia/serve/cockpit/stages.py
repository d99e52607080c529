"""Which car a visitor sees: everybody the same one, unless the address names another."""

from fujia.serve.sessions import Session, Sessions


def find_stage(
    sessions: Sessions, shared: str, session_id: str | None = None, vehicle: str | None = None
) -> Session:
    """The session of that id, else that of the car of this model, which all share.

    ``shared`` is the model where the address names none.

    Raises:
        UnknownSession, UnknownVehicle, TooMuch: there is none, and none can be made.
    """
    return sessions.get(session_id) if session_id else sessions.shared(vehicle or shared)
