"""gerdy: what loads a runner's iliotibial band, what would change it, and whether it holds.

recording → motion → band load → why → programme → journal → outlook.
"""

from __future__ import annotations

__version__ = "0.1.0"

__all__ = ["__version__"]
