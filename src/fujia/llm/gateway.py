"""The gateway: a role and a request in, an answer that can be used out, or why there is none.

::

    gateway = Gateway.of(settings)
    answer = gateway.complete("fast", Request([{"role": "user", "content": "讲个笑话"}]))

On the way out: consent, what is private, the content filter, the length. On the way back: the
schema, the tools, the language, the content filter, the stand-ins.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fujia.errors import FujiaError, InputError, MissingExtra, ModelError, Reason
from fujia.llm.build import build_model, state_files, wrap
from fujia.llm.cached import Cached
from fujia.llm.checked import Checked
from fujia.llm.clauses import Clauses
from fujia.llm.config import Config, ModelConfig, Role, load_config
from fujia.llm.content import CONTENT_FILE, ContentFilter, PatternFilter
from fujia.llm.disclosure import FirstUse, explain, label
from fujia.llm.fallback import Fallback
from fujia.llm.history import fit
from fujia.llm.ledger import Ledger, Limits
from fujia.llm.model import ChatModel, Completion, Language, Listen, Request
from fujia.llm.privacy import Consent, PrivacyFilter, Withheld
from fujia.llm.private import Known
from fujia.llm.sent import SentLog
from fujia.llm.warming import is_free, patient, read_ahead, told_why

if TYPE_CHECKING:
    from fujia.settings import Settings


_MOST_ANSWERS = 500
"""Answers of each chain of models that are remembered."""


class Gateway:
    """Language models by role. Called from several threads at once.

    ``consent`` is that of the person who speaks; without one nobody was asked (a developer at the
    command line), and then no position and no contact leaves. ``known`` says what is private here.
    ``models`` are used in the place of those of the configuration, by its names.
    """

    def __init__(
        self,
        config: Config,
        *,
        market: str = "",
        folder: Path | None = None,
        consent: Consent | None = None,
        known: Callable[[], Known] = Known,
        filters: Sequence[ContentFilter] | None = None,
        models: Mapping[str, ChatModel] | None = None,
    ) -> None:
        ledger_file, sent_file = state_files(folder)
        limits = Limits(turn=config.limits.turn, day=config.limits.day)
        self.config, self.market = config, market
        self.ledger = Ledger(ledger_file, limits)
        self.sent = SentLog(sent_file) if sent_file else None
        self.first_use = FirstUse()
        self._consent = consent
        self._privacy = PrivacyFilter(consent, known)
        self._filters = tuple(filters) if filters is not None else (PatternFilter(),)
        self._given = dict(models or {})
        self._built: dict[str, ChatModel] = {}
        self._chains: dict[tuple[str, ...], ChatModel] = {}
        self._read: dict[tuple[str, str], object] = {}
        """The beginnings that models on this machine were let read."""

    @classmethod
    def of(
        cls,
        settings: "Settings",
        *,
        consent: Consent | None = None,
        known: Callable[[], Known] = Known,
    ) -> "Gateway":
        """The gateway that the settings describe; raises DataError."""
        own = settings.data_dir / "content.yaml"
        filters = [PatternFilter((CONTENT_FILE, own) if own.exists() else (CONTENT_FILE,))]
        return cls(
            load_config(settings.data_dir), market=settings.market,
            folder=settings.log_file.parent, consent=consent, known=known, filters=filters,
        )  # fmt: skip

    def usable(self, role: Role) -> tuple[str, ...]:
        """The models that may be asked for a role now: configured, with a key, with consent."""
        return tuple(name for name in self._configured(role) if self._may_ask(name))

    def absence(self, role: Role) -> Reason | None:
        """Why no model of a role would be asked now; None where one would.

        Whether the network and the server are there, only asking tells.
        """
        names = self.usable(role)
        if not names:
            error = self._absence(role)
            return error.reason if isinstance(error, ModelError) else "not_configured"
        limit = self.config.limits.day
        if limit is None or self.is_local(role):
            return None
        today = self.ledger.today()
        return "budget" if today.cost + today.uncertain >= limit else None

    def is_local(self, role: Role) -> bool:
        """Whether a model that may be asked for a role runs on this machine."""
        return any(self.config.models[name].is_local for name in self.usable(role))

    def is_only_local(self, role: Role) -> bool:
        """Whether every model that may be asked for a role runs on this machine."""
        names = self.usable(role)
        return bool(names) and all(self.config.models[name].is_local for name in names)

    def complete(self, role: Role, request: Request, listen: Listen | None = None) -> Completion:
        """Ask the models of a role, within its time; ``listen`` hears the answer by clauses.

        Raises:
            ModelError: no answer that can be used; ``explain`` says so in a sentence.
            MissingExtra: a key is set, and the client library is not installed.
        """
        chain = self._chain(role)
        config = self.config
        request = replace(request, messages=fit(request.messages, config.history_chars))
        self._judge(request)
        sendable, withheld = self._privacy.apply(request)
        seconds = request.time_s or config.time_s.get(role, 60.0)
        sendable = replace(sendable, until=time.monotonic() + seconds)
        clauses = Clauses(listen, lambda text: self._heard(text, withheld)) if listen else None
        # JSON is for a program; nobody listens to it.
        spoken = clauses.hear if clauses and request.schema is None else None
        try:
            completion = chain.complete(sendable, spoken)
        except ModelError as error:
            error.local = self.is_only_local(role)
            raise
        self._pass(completion.text, "out")
        if clauses and spoken:
            clauses.end()
        return self._restored(completion, withheld, is_json=request.schema is not None)

    def ask_one(self, name: str, request: Request) -> Completion:
        """Ask one model by its name, whatever its role; raises as ``complete``."""
        sendable, withheld = self._privacy.apply(request)
        until = time.monotonic() + (request.time_s or 30.0)
        completion = self._model(name).complete(replace(sendable, until=until))
        return self._restored(completion, withheld, is_json=request.schema is not None)

    def warm_up(self, role: Role, requests: Sequence[Request]) -> None:
        """Let the free models of a role on this machine read how requests begin, each once.

        It takes as long as they need to read, and raises nothing; the log says what came of it.
        """
        for name in self.usable(role):
            known = self.config.models[name]
            new = [one for one in requests if is_free(known) and self._is_new(name, one)]
            if not new:
                continue
            sendable = [self._privacy.apply(request)[0] for request in new]
            try:
                read_ahead(self._build(name, *patient(known, self.config)), sendable)
            except FujiaError as error:
                told_why(name, error)
                for request in new:  # the next session may try again
                    self._read.pop((name, request.messages[0]["content"]), None)

    def explain(self, error: ModelError, language: Language) -> str:
        """A short and true reply for somebody who waits for an answer that does not come.

        Where only models on this machine were asked, it speaks of no cloud.
        """
        return explain(error, language)

    def label(self, text: str, language: Language) -> str:
        """A text that an AI wrote, marked as such."""
        return label(text, language)

    def _is_new(self, name: str, request: Request) -> bool:
        mark = object()
        return self._read.setdefault((name, request.messages[0]["content"]), mark) is mark

    def _chain(self, role: Role) -> ChatModel:
        """The models of a role, one behind the other, with one memory before them."""
        names = self.usable(role)
        if not names:
            raise self._absence(role)
        known = self._chains.get(names)
        if known is None:
            checked = Checked(Fallback([self._model(name) for name in names]))
            lives_s = 60 * self.config.cache_minutes
            chain = Cached(checked, lives_s=lives_s, most=_MOST_ANSWERS) if lives_s else checked
            # Two threads may both have built it; one of the two is kept.
            known = self._chains.setdefault(names, chain)
        return known

    def _absence(self, role: Role) -> FujiaError:
        configured = self._configured(role)
        if not configured:
            return ModelError(f"no language model is set up for {role}", "not_configured")
        if not all(name in self._given for name in configured) and not is_installed():
            return MissingExtra("llm")
        return ModelError("there is no consent to send anything", "no_consent")

    def _model(self, name: str) -> ChatModel:
        model = self._built.get(name)
        if model is None:
            model = self._build(name, self.config.models[name], self.config)
            # The fuse must be one for all roles and threads.
            model = self._built.setdefault(name, model)
        return model

    def _build(self, name: str, known: ModelConfig, config: Config) -> ChatModel:
        if name in self._given:
            return wrap(self._given[name], known, config, self.ledger)
        try:
            return build_model(known, config, self.ledger, self.sent)
        except InputError as error:
            raise ModelError(str(error), "key") from None

    def _configured(self, role: Role) -> list[str]:
        """The models of a role that were given, or that have a key."""
        if not self.config.enabled:
            return []
        chain = self.config.chain(role, self.market)
        return [each for each in chain if each in self._given or self.config.models[each].has_key]

    def _may_ask(self, name: str) -> bool:
        if name not in self._given and not is_installed():
            return False
        local = self.config.models[name].is_local
        return self._consent is None or local or self._consent.allows("language_model")

    def _judge(self, request: Request) -> None:
        for message in request.messages:
            self._pass(message["content"], "in")

    def _pass(self, text: str, direction: Any) -> None:
        for content_filter in self._filters:
            reason = content_filter.blocks(text, direction)
            if reason:
                raise ModelError(f"the content filter stopped it: {reason}", "refused")

    def _heard(self, clause: str, withheld: Withheld) -> str:
        self._pass(clause, "out")
        return withheld.restore(clause)

    def _restored(self, completion: Completion, withheld: Withheld, *, is_json: bool) -> Completion:
        calls = [
            replace(call, arguments=withheld.restore_json(call.arguments))
            for call in completion.calls
        ]
        kept = completion.reasoning if self.config.keep_reasoning else ""
        restore = withheld.restore_json if is_json else withheld.restore
        text = restore(completion.text)
        return replace(completion, text=text, calls=tuple(calls), reasoning=kept)


def is_installed() -> bool:
    """Whether the client library of the extra ``llm`` is there."""
    return find_spec("openai") is not None
