"""The stride that can be turned, as an HTML snippet with its scripts inside and their hashes for the page's policy."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, StrictUndefined

if TYPE_CHECKING:
    from gerdy.report.stride_3d import Stride

_ENVIRONMENT: Final = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)


@dataclass(frozen=True, slots=True)
class Turning:
    """A snippet and what the page must allow for it.

    Parameters
    ----------
    html : to stand in the page as it is
    policy : sources of scripts for the content security policy: hashes of the scripts inside, nothing else
    """

    html: str
    policy: str


def turning(stride: Stride) -> Turning:
    """Return the stride as a snippet that turns without a network.

    Plotly's script comes out of its own wheel and makes the page about 5 MB larger. Without JavaScript the snippet
    stays hidden, and the still picture of the same stance stands in its place.
    """
    folder = files("gerdy.report").joinpath("templates")
    own = folder.joinpath("stride_3d.js").read_text(encoding="utf-8")
    scripts = (plotly_script(), own)
    # "<" is escaped so that no text in the data can end the element.
    data = json.dumps(stride.to_json(), separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
    template = _ENVIRONMENT.from_string(folder.joinpath("stride_3d.html.j2").read_text(encoding="utf-8"))
    html = template.render(
        plotly=scripts[0], script=scripts[1], data=data, strides=stride.strides, leading=stride.leading
    )
    return Turning(html, " ".join(f"'{digest(script)}'" for script in scripts))


def digest(script: str) -> str:
    """Return a script's hash in the form that a content security policy names it.

    Examples
    --------
    The example of the specification, CSP Level 2:

    >>> digest("alert('Hello, world.');")
    'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='
    """
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


@cache
def plotly_script() -> str:
    """Return Plotly's script as it lies in its wheel, fit to stand inside a page."""
    text = files("plotly").joinpath("package_data", "plotly.min.js").read_text(encoding="utf-8")
    # Browsers read carriage returns as line ends, which would change the hash; and nothing may end the element early.
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("</script", "<\\/script")
