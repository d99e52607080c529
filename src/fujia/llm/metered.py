"""A model whose every call is paid for and written down."""

import time

from fujia.errors import ModelError
from fujia.llm.ledger import Call, Ledger
from fujia.llm.model import ChatModel, Completion, Listen, Request
from fujia.llm.prices import Price


class Metered(ChatModel):
    """Asks nothing that could exceed a limit of the ledger."""

    def __init__(self, model: ChatModel, price: Price | None, ledger: Ledger) -> None:
        self.model = model.model
        self._model, self._price, self._ledger = model, price or Price(), ledger

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """Ask, if the worst case still fits; raises BudgetSpent or ModelError."""
        most, price = self._price.most(request), self._price
        self._ledger.reserve(most, request.turn)
        begun = time.monotonic()

        def entry(outcome: str, answer: Completion | None = None, lost: float = 0.0) -> Call:
            ms = 1000 * (time.monotonic() - begun)
            if answer is None:
                return Call(request.turn, self.model, outcome, ms, 0, 0, 0, 0, lost, price.currency)
            return Call(
                request.turn, self.model, outcome, ms, answer.prompt_tokens,
                answer.completion_tokens, answer.cached_tokens, price.of(answer), 0, price.currency,
            )  # fmt: skip

        try:
            completion = self._model.complete(request, listen)
        except BaseException as error:
            billed = error.billed if isinstance(error, ModelError) else True
            reason = error.reason if isinstance(error, ModelError) else "stopped"
            self._ledger.settle(most, entry(reason, lost=most if billed else 0.0))
            raise
        self._ledger.settle(most, entry("answered", completion))
        return completion
