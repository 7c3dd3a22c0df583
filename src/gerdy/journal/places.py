"""Take places out of data that leave the house."""

from __future__ import annotations

import re
from typing import Any, Final

_PLACE: Final = re.compile(
    r"^((start|end|position|min|max|first|last)_?)?(lat|lon|lng|long|latitude|longitude)(_?(deg|degrees))?$"
    r"|^(position_lat|position_long|coordinates?|polyline|gps.*|geo.*|track_points|latlng)$",
    re.IGNORECASE,
)


def without_places(data: Any) -> Any:
    """Return `data` without any entry whose name is that of a coordinate, however deep it lies."""
    if isinstance(data, dict):
        return {key: without_places(item) for key, item in data.items() if not _PLACE.match(str(key))}
    if isinstance(data, list | tuple):
        return [without_places(item) for item in data]
    return data
