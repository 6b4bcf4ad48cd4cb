"""How often somebody may try: counters per key in memory, over windows that begin with the first try."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tessera.errors import RateLimitError
from tessera.settings import RateLimit, Settings
from tessera.web.routing import Audience, Route

_KEYS: Final = 50_000  # as many as fit into some ten megabytes
_NOBODY: Final = "unknownEmail"
_USUAL: Final = RateLimit()

Key = tuple[str, ...]


@dataclass(slots=True)
class _Bucket:
    ends: int  # milliseconds since 1970
    count: int = 0


@dataclass(slots=True)
class RateLimiter:
    """Counts tries per process; whoever has too many is refused until the window ends."""

    usual: Mapping[Audience, RateLimit] = field(default_factory=dict)
    buckets: dict[Key, _Bucket] = field(default_factory=dict)

    def admit(self, route: Route, address: str, value: object, now: int) -> None:
        """Count one try of a route, or refuse it; `value` is what the body has in the limit's field."""
        limit, usual = route.limit, self.usual.get(route.audience, _USUAL)
        if limit is None or not (usual.enabled or limit.attempts):
            return
        place = f"{route.method} {route.path}"  # as declared, so that no spelling of the path is another key
        window = limit.seconds * 1000 if limit.seconds else usual.interval
        key = (place, address, _folded(value) if limit.by else "")
        self.count(key, limit.attempts or usual.attempts, now, window)
        if limit.client_attempts is not None:
            self.count((place, address), limit.client_attempts, now, window)

    def count(self, key: Key, attempts: int, now: int, window: int) -> None:
        """Count one try of whatever the key stands for, or refuse it; the window is in milliseconds."""
        bucket = self.buckets.get(key)
        if bucket is None or bucket.ends <= now:
            self._make_room(now)
            bucket = self.buckets[key] = _Bucket(now + window)
        bucket.count += 1
        if bucket.count > attempts:
            raise RateLimitError(retry_after=max(1, (bucket.ends - now + 999) // 1000))

    def _make_room(self, now: int) -> None:
        if len(self.buckets) < _KEYS:
            return
        self.buckets = {key: bucket for key, bucket in self.buckets.items() if bucket.ends > now}
        while len(self.buckets) >= _KEYS:
            del self.buckets[next(iter(self.buckets))]


def _folded(value: object) -> str:
    """Return one form for all spellings that a database might take for the same address."""
    if not isinstance(value, str):
        return _NOBODY
    letters = unicodedata.normalize("NFKD", value.strip()[:320].casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def limiter_of(settings: Settings) -> RateLimiter:
    """Return what counts the tries at both doors, each as its own settings say."""
    end_users = settings.plugins.end_users
    own = RateLimit(interval=end_users.attempts_interval, attempts=end_users.attempts)
    return RateLimiter({Audience.ADMIN: settings.admin.rate_limit, Audience.CONTENT: own})
