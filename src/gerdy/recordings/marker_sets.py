from dataclasses import dataclass


@dataclass(frozen=True)
class MarkerSet:
    name: str
    roles: dict
