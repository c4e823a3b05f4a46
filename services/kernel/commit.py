"""All waiting commands of a process, decided one after another, written once (group commit).

The guard of a command is `CommandAnswered`: an event with the command id as its stream and version
1, in the same write as the command's own events. A repeat collides with it and gets the first
answer (P1, P2). One advisory lock per service orders the batches and pages of all its processes.
"""

from __future__ import annotations

import hashlib
import threading
import zlib
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import Context, copy_context
from dataclasses import dataclass
from functools import cache, partial, wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast, get_type_hints
from uuid import UUID, uuid4

import msgspec
from eventsourcing.persistence import EventStore, PersistenceError, RecordConflictError, StoredEvent

from contracts.errors import CommandIdReused, Refused, Unavailable
from services.kernel.aggregate import BareEvent, under_topic
from services.kernel.context import current
from services.kernel.work import UnitOfWork, current_work

P = ParamSpec("P")
R = TypeVar("R")
MOST_JOBS = 256
STREAMS = """SELECT originator_id, originator_version, topic, state FROM "{}"."{}"
WHERE originator_id = ANY(%s) ORDER BY originator_id, originator_version"""
MOST_RERUNS = 5


@dataclass(frozen=True)
class CommandAnswered(BareEvent):
    """The receipt of a command: its answer, and the digest of the question."""

    answer: Any
    asked: str


under_topic(CommandAnswered, "kernel.CommandAnswered")


class Job:
    """One waiting command."""

    def __init__(
        self, command_id: UUID, asked: str, act: Callable[[], Any], ids: Sequence[UUID]
    ) -> None:
        self.command_id = command_id
        self.asked = asked
        self.act = act
        self.ids = ids
        self.context: Context = copy_context()
        self.done = False
        self.answer: Any = None
        self.error: BaseException | None = None

    def finish(self, answer: Any = None, error: BaseException | None = None) -> None:
        self.answer, self.error, self.done = answer, error, True


class GroupCommit:
    """The one writer of a process. `written` is called after each write, outside the lock."""

    def __init__(self, store: EventStore[UUID], written: Callable[[], None]) -> None:
        self._store = store
        self._written = written
        self._waiting: deque[Job] = deque()
        self._turn = threading.Lock()

    def command(
        self, command_id: UUID, asked: str, act: Callable[[], Any], ids: Sequence[UUID] = ()
    ) -> Any:
        """Do `act` at most once under this id; its answer in plain JSON types.

        `ids` name what it will probably load: a hint, read for the whole batch at once.
        """
        job = Job(command_id, asked, act, ids)
        self._waiting.append(job)
        with self._turn:
            if not job.done:
                self._batch()
        if job.error is not None:
            raise job.error
        return job.answer

    def _batch(self) -> None:
        jobs = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_JOBS))]
        try:
            with self.alone():
                self._write(jobs)
        except (PersistenceError, OSError) as error:
            self._give_up(jobs, f"the store is away ({type(error).__name__})")
        finally:
            self._give_up(jobs, "the command was interrupted")
        self._written()

    def _write(self, jobs: list[Job]) -> None:
        """All at once, again after a conflict; at last each for itself, to spare the innocent."""
        for _ in range(MOST_RERUNS):
            if self._decided_and_written([job for job in jobs if not job.done]):
                return
        for job in jobs:
            if not job.done:
                self._decided_and_written([job])

    def _give_up(self, jobs: list[Job], why: str) -> None:
        for job in jobs:
            if not job.done:
                job.finish(error=Unavailable(why=why))

    def _decided_and_written(self, jobs: list[Job]) -> bool:
        """One pass. After a conflict, answers on record are given and the others run again."""
        work = UnitOfWork(self._store)
        work.ahead = self._read_ahead({id for job in jobs for id in job.ids})
        decided: dict[UUID, Job] = {}
        outcomes = [(job, self._decide(work, job, decided)) for job in jobs]
        try:
            self._store.put(work.events)
        except RecordConflictError:
            for job in jobs:
                self._answered_before(job)
            return all(job.done for job in jobs)
        for job, outcome in outcomes:
            if not job.done:
                job.finish(**outcome)
        return True

    def _read_ahead(self, ids: set[UUID]) -> dict[UUID, list[StoredEvent]]:
        """The streams of these ids by one statement; nothing where one by one is as good."""
        recorder: Any = self._store.recorder
        if len(ids) < 2 or not hasattr(recorder, "datastore"):
            return {}
        ahead: dict[UUID, list[StoredEvent]] = {id: [] for id in ids}
        statement = STREAMS.format(recorder.datastore.schema, recorder.events_table_name)
        with recorder.datastore.get_connection() as connection:
            for row in connection.execute(statement, (list(ids),), prepare=True):
                ahead[row["originator_id"]].append(StoredEvent(**row))
        return ahead

    def _decide(self, work: UnitOfWork, job: Job, decided: dict[UUID, Job]) -> dict[str, Any]:
        try:
            twin = decided.setdefault(job.command_id, job)
            if twin is not job:
                return self._same_answer(job, twin)
            job.answer = job.context.copy().run(work.run, partial(self._whole, work, job))
            return {"answer": job.answer}
        except Refused as refused:
            decided.pop(job.command_id, None)
            return {} if self._answered_before(job) else {"error": refused}
        except (PersistenceError, OSError):
            raise
        except Exception as defect:
            decided.pop(job.command_id, None)
            return {"error": defect}

    def _same_answer(self, job: Job, twin: Job) -> dict[str, Any]:
        if twin.asked != job.asked:
            return {"error": CommandIdReused(command_id=str(job.command_id))}
        return {"answer": twin.answer}

    def _whole(self, work: UnitOfWork, job: Job) -> Any:
        answer = msgspec.to_builtins(job.act())
        work.save(
            CommandAnswered(
                originator_id=job.command_id,
                originator_version=1,
                timestamp=CommandAnswered.create_timestamp(),
                answer=answer,
                asked=job.asked,
            )
        )
        return answer

    def _answered_before(self, job: Job) -> bool:
        for receipt in self._store.get(job.command_id, limit=1):
            if isinstance(receipt, CommandAnswered) and receipt.asked == job.asked:
                job.finish(answer=receipt.answer)
            else:
                job.finish(error=CommandIdReused(command_id=str(job.command_id)))
        return job.done

    @contextmanager
    def page(self) -> Iterator[UnitOfWork]:
        """A unit of work of the follower's own, under the same lock, written at the end."""
        with self._turn, self.alone():
            work = UnitOfWork(self._store)
            yield work
            self._store.put(work.events)
        self._written()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock of this service over all its processes, for one short transaction."""
        datastore = getattr(self._store.recorder, "datastore", None)
        if datastore is None:
            yield
            return
        key = zlib.crc32(datastore.schema.encode())
        with datastore.get_connection() as connection, connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (key,))
            yield


class Grouped(Protocol):
    """An application that has a group commit."""

    group: GroupCommit


G = TypeVar("G", bound=Grouped)


@cache
def returned_by(method: Callable[..., Any]) -> Any:
    """The type a method promises to return."""
    return get_type_hints(method)["return"]


def question(name: str, asked: dict[str, Any], secret: Collection[str]) -> str:
    """Digest of a question and its asker; secrets stay out of it."""
    actor = current().actor
    told = {key: value for key, value in sorted(asked.items()) if key not in secret}
    whole = msgspec.json.encode([name, told, actor.person, actor.agency])
    return hashlib.sha256(whole).hexdigest()


def command(
    *, first: Callable[..., None] | None = None, secret: Collection[str] = ()
) -> Callable[[Callable[Concatenate[G, P], R]], Callable[Concatenate[G, P], R]]:
    """Make an application's method a command: once per command id, in the group commit.

    The body loads and decides, nothing else. `first` runs before it, outside the lock, with the
    same arguments: files and other slow things go there. Inside a follower's page the body runs as
    part of the page.
    """

    def decorate(method: Callable[Concatenate[G, P], R]) -> Callable[Concatenate[G, P], R]:
        @wraps(method)
        def asked(self: G, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if current_work() is not None:
                return method(self, *args, **kwargs)
            if first is not None:
                first(self, *args, **kwargs)
            answer = self.group.command(
                current().command_id or uuid4(),
                question(method.__name__, dict(kwargs), secret),
                partial(method, self, *args, **kwargs),
                [value for value in kwargs.values() if isinstance(value, UUID)],
            )
            return cast(R, msgspec.convert(answer, returned_by(method)))

        return asked

    return decorate
